//! Words in cells of logs: how a sign-in ended, and names of countries.
//!
//! The words are data, `rules/tables/sign-in-results.tsv` and `rules/tables/places.tsv`, as the binary carries them.

use crate::content::{self, Table};
use crate::ingest::protected::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

static RESULTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    // Tables that the binary carries parse: a test reads them.
    let table = Table::embedded("tables/sign-in-results.tsv").unwrap_or_default();
    table.rows().iter().map(|row| (fold(row.cell(0)), row.cell(1).to_owned())).collect()
});

/// Codes of countries by their names in any language, and by their codes.
static COUNTRIES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let table = Table::embedded("tables/places.tsv").unwrap_or_default();
    let [name, kind, code, aliases] =
        ["name", "kind", "country", "aliases"].map(|column| table.column(column).unwrap_or(0));
    let countries = table.rows().iter().filter(|row| row.cell(kind) == "country");
    let mut codes = HashMap::new();
    for row in countries {
        let code = row.cell(code);
        for written in [code, row.cell(name)].into_iter().chain(row.cell(aliases).split('|')) {
            codes.entry(content::key(written).into_owned()).or_insert_with(|| code.to_owned());
        }
    }
    codes
});

/// `success`, `failure` or `interrupted`, if the word is known.
pub(super) fn outcome(text: &str) -> Option<String> {
    RESULTS.get(&fold(text)).cloned()
}

/// The ISO 3166-1 alpha-2 code of a country.
pub(super) fn country(text: &str) -> Option<String> {
    if text.is_empty() { None } else { COUNTRIES.get(content::key(text).as_ref()).cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_outcome_of_the_record() {
        let path = "tables/sign-in-results.tsv";
        let text = content::embedded().into_iter().find(|file| file.path == path).expect("is carried").text;
        let table = Table::parse(path, &text).expect("parses");
        for row in table.rows() {
            assert!(matches!(row.cell(1), "success" | "failure" | "interrupted"), "{}", row.cell(0));
            assert_eq!(outcome(row.cell(0)).as_deref(), Some(row.cell(1)), "{} stands there twice", row.cell(0));
        }
    }
}
