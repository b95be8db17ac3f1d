//! An entry as written, whatever the form of the list, and what may be wrong with it.

use serde::{Deserialize, Deserializer};

/// What is wrong with a list, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found} ({help})")]
pub struct Mistake {
    /// From 1.
    pub line: u64,
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub found: String,
    /// What to do.
    pub help: String,
}

impl Mistake {
    pub(super) fn new(
        line: u64,
        expected: impl Into<String>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { line, expected: expected.into(), found: found.into(), help: help.into() }
    }
}

/// Something of a list that is no entry, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// From 1; 0 where several are meant.
    pub line: u64,
    /// What it is.
    pub what: String,
}

/// The names of the fields, as in the header of a table.
pub(super) const FIELDS: [&str; 8] = ["kind", "value", "source", "expires", "entity", "about", "note", "together"];

/// An entry as written; what is empty was not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Row {
    /// Where it stands, from 1.
    #[serde(skip)]
    pub(super) line: u64,
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) source: String,
    pub(super) expires: String,
    pub(super) entity: String,
    #[serde(deserialize_with = "one_or_several")]
    pub(super) about: Vec<String>,
    /// For whoever keeps the list; nothing reads it.
    pub(super) note: String,
    pub(super) together: String,
}

/// The words of a cell: separated by white space, commas, semicolons or bars.
pub(super) fn words(cell: &str) -> Vec<String> {
    let parts = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    parts.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a word or a list of words")]
    enum About {
        One(String),
        Several(Vec<String>),
    }
    Ok(match About::deserialize(deserializer)? {
        About::One(cell) => words(&cell),
        About::Several(list) => list,
    })
}
