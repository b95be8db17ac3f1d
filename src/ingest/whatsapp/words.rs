//! What WhatsApp itself writes into an export, in the language of the phone.
//!
//! The words are data, `rules/tables/chat-words.tsv`, as the binary carries them.

use crate::content::Table;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Bytes of words that may stand at the end of a text.
const MAX_PHRASE: usize = 160;

/// What words of the messenger mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    With,
    Am,
    Pm,
    Omitted,
    Document,
    Attached,
    Edited,
    System,
}

static WORDS: LazyLock<BTreeMap<String, Means>> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let table = Table::embedded("tables/chat-words.tsv").unwrap_or_default();
    table.rows().iter().filter_map(|row| Some((fold(row.cell(0)), means(row.cell(1))?))).collect()
});

fn means(word: &str) -> Option<Means> {
    Some(match word {
        "with" => Means::With,
        "am" => Means::Am,
        "pm" => Means::Pm,
        "omitted" => Means::Omitted,
        "document" => Means::Document,
        "attached" => Means::Attached,
        "edited" => Means::Edited,
        "system" => Means::System,
        _ => return None,
    })
}

/// What a text means, if all of it is the messenger's.
pub(super) fn meaning(text: &str) -> Option<Means> {
    WORDS.get(&fold(text)).copied()
}

/// Whose half of the day a word is: `p. m.`, `PM`.
pub(super) fn is_afternoon(word: &str) -> Option<bool> {
    let plain: String = word.chars().filter(|c| *c != '.' && !c.is_whitespace()).collect();
    match meaning(&plain) {
        Some(Means::Am) => Some(false),
        Some(Means::Pm) => Some(true),
        _ => None,
    }
}

/// What follows words of a meaning at the start of a text; the longest of them.
pub(super) fn after(text: &str, wanted: Means) -> Option<&str> {
    let folded = text.to_lowercase();
    let phrases = WORDS.iter().filter(|(phrase, means)| **means == wanted && folded.starts_with(phrase.as_str()));
    let longest = phrases.map(|(phrase, _)| phrase.chars().count()).max()?;
    text.char_indices().nth(longest).map(|(at, _)| &text[at..])
}

/// What precedes words of a meaning at the end of a text.
pub(super) fn before(text: &str, wanted: Means) -> Option<&str> {
    let start = text.ceil_char_boundary(text.len().saturating_sub(MAX_PHRASE));
    let ends = text[start..].char_indices().map(|(at, _)| start + at).filter(|at| text[..*at].ends_with(is_break));
    ends.map(|at| text.split_at(at)).find(|(_, end)| meaning(end) == Some(wanted)).map(|(start, _)| plain(start))
}

fn is_break(c: char) -> bool {
    c.is_whitespace() || is_mark(c)
}

/// Marks of writing direction, and of the order of bytes.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text without marks and white space at its ends.
pub(super) fn plain(text: &str) -> &str {
    text.trim_matches(is_break)
}

fn fold(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_mark(*c)).collect();
    kept.trim().trim_end_matches('.').to_lowercase()
}
