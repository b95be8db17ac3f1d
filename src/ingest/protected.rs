//! What nobody may be judged by, under the names that columns and keys of exports give it. It is never read; that it was
//! there is counted.
//!
//! The words are data, `rules/tables/protected-headers.tsv`, as the binary carries them.

use crate::content::{self, Table};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static PROTECTED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let rows = Table::embedded("tables/protected-headers.tsv").unwrap_or_default();
    rows.rows().iter().map(|row| fold(row.cell(0))).collect()
});

/// Whether a column or key of this name is never read.
pub(crate) fn is_protected(name: &str) -> bool {
    PROTECTED.contains(&fold(name))
}

/// A header or key as it is compared: without case, accents, white space and punctuation.
pub(crate) fn fold(name: &str) -> String {
    content::key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
