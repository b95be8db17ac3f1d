//! The words of résumés in many languages: what a heading begins, and what a document calls itself.
//!
//! The words are data: `rules/tables/resume-headings.tsv` and `resume-dates.tsv`, as the binary carries them.

use crate::content::Table;
use crate::ingest::protected::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters of a line that may be a heading.
const LONGEST_HEADING: usize = 60;

/// What stands below a heading, or what a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Employment,
    Education,
    /// Anything else that is known.
    Other,
    /// The document's own title: a résumé.
    Resume,
    /// The document's own title: a cover letter.
    CoverLetter,
}

static HEADINGS: LazyLock<HashMap<String, Heading>> = LazyLock::new(|| {
    let meaning = |word: &str| match word {
        "employment" => Heading::Employment,
        "education" => Heading::Education,
        "resume" => Heading::Resume,
        "cover-letter" => Heading::CoverLetter,
        _ => Heading::Other,
    };
    rows("tables/resume-headings.tsv").into_iter().map(|(word, section)| (fold(&word), meaning(&section))).collect()
});

/// The rows of a table of two columns. A table that the binary carries parses: a test reads it.
pub(super) fn rows(table: &str) -> Vec<(String, String)> {
    let table = Table::embedded(table).unwrap_or_default();
    table.rows().iter().map(|row| (row.cell(0).to_owned(), row.cell(1).to_owned())).collect()
}

/// What heading a line is.
pub(super) fn heading(line: &str) -> Option<Heading> {
    let line = line.trim().trim_start_matches(['#', '*', '=', '-']).trim();
    (line.chars().count() <= LONGEST_HEADING).then(|| HEADINGS.get(&fold(line)).copied()).flatten()
}

/// Whether a text has the headings of a résumé: one of jobs or of studies, or two of any.
pub(super) fn has_heading(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    is_resume(&text)
}

/// The same of a text.
pub(super) fn is_resume(text: &str) -> bool {
    let mut others = 0;
    for line in text.lines().take(2_000) {
        match heading(line) {
            Some(Heading::Employment | Heading::Education | Heading::Resume) => return true,
            Some(Heading::Other) => others += 1,
            Some(Heading::CoverLetter) | None => {}
        }
    }
    others > 1
}

/// What a file name says that a document is.
pub(super) fn named_as(name: &str) -> Option<Heading> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Of two or three words that stand side by side, as in `Cover Letter`.
    let mut kinds = (1..=3).flat_map(|length| words.windows(length)).filter_map(|words| heading(&words.concat()));
    kinds.rfind(|kind| matches!(kind, Heading::Resume | Heading::CoverLetter))
}

#[cfg(test)]
mod tests {
    use super::{Heading, heading, named_as};

    #[test]
    fn headings_are_known_in_many_languages_and_spellings() {
        for (line, expected) in [
            ("WORK EXPERIENCE:", Heading::Employment),
            ("E X P É R I E N C E", Heading::Employment),
            ("## Berufserfahrung", Heading::Employment),
            ("学歴", Heading::Education),
            ("Опыт работы", Heading::Employment),
        ] {
            assert_eq!(heading(line), Some(expected), "{line}");
        }
        assert_eq!(heading("My experience with Rust"), None);
        assert_eq!(named_as("ana_example-cover-letter.docx"), Some(Heading::CoverLetter));
        assert_eq!(named_as("Lebenslauf Ana Example.pdf"), Some(Heading::Resume));
        assert_eq!(named_as("invoice.pdf"), None);
    }
}
