//! A cell of a spreadsheet: text that no program takes for a formula, numbers that can be sorted, lists.
//!
//! Text in a cell is somebody else's: it is escaped and defanged as everything that a person reads, and what a
//! spreadsheet would calculate gets an apostrophe before it (OWASP, "CSV injection").

use super::escape::readable;
use serde::{Deserialize, Serialize};

/// UTF-16 units that Excel takes in a cell, with some room for what says that it was cut.
const CELL: usize = 32_000;
/// UTF-16 units of one of several texts in a cell.
const ITEM: usize = 1_000;
/// What stands after a text that was cut. It begins no formula, wherever a spreadsheet begins a cell.
const CUT: &str = "… (cut here, in full with --format jsonl)";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Cell {
    /// Nothing, or not known.
    Empty,
    /// A number, such as points or per cent.
    Number(f64),
    /// Text that is safe to open.
    Text(String),
    /// Several of them.
    List(Vec<String>),
}

impl Cell {
    /// A cell of untrusted text.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(safe(text, CELL)) }
    }

    /// A cell of several untrusted texts; each stands once.
    pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::items(texts.into_iter().map(|text| safe(text.as_ref(), ITEM)))
    }

    /// A cell of several texts that were made readable before; each stands once.
    pub(super) fn readable_list(texts: impl IntoIterator<Item = String>) -> Self {
        Self::items(texts.into_iter().map(|text| cut(guarded(&text), ITEM)))
    }

    fn items(texts: impl Iterator<Item = String>) -> Self {
        let mut items: Vec<String> = Vec::new();
        for text in texts {
            if !text.is_empty() && !items.contains(&text) {
                items.push(text);
            }
        }
        if items.is_empty() { Self::Empty } else { Self::List(items) }
    }

    /// The text of the cell, with this between several. Numbers have a point and no more decimals than they need.
    pub(super) fn joined(&self, between: &str) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(items) => cut(items.join(between), CELL),
        }
    }
}

/// Untrusted text as it may stand in a cell.
fn safe(text: &str, most: usize) -> String {
    // What is far too long is cut before it is looked at, and once more when escaping has made it longer.
    let raw = &text[..text.floor_char_boundary(most.saturating_mul(4))];
    let mut shown = guarded(&readable(raw));
    if raw.len() < text.len() {
        shown.push_str(CUT);
    }
    cut(shown, most)
}

fn cut(mut text: String, most: usize) -> String {
    let mut units = 0;
    let over = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > most
    });
    if let Some((at, _)) = over {
        text.truncate(at);
        text.push_str(CUT);
    }
    text
}

/// Text with an apostrophe before whatever would begin a formula: at its beginning, and after a semicolon, at which
/// spreadsheets of some countries begin a new cell whatever the quotes say.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for character in text.chars() {
        if begins && is_formula(character) {
            out.push('\'');
        }
        begins = match character {
            ';' => true,
            _ => begins && (character.is_whitespace() || character == '"'),
        };
        out.push(character);
    }
    out
}

/// Characters that begin a formula, and their full-width forms.
fn is_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−')
}

#[cfg(test)]
mod tests {
    use super::{CELL, CUT, Cell};
    use proptest::prelude::*;

    fn text(text: &str) -> String {
        Cell::text(text).joined("")
    }

    #[test]
    fn a_cell_never_begins_a_formula() {
        for (raw, shown) in [
            ("=1+1", "'=1+1"),
            ("+1 202 555 0142", "'+1 202 555 0142"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", " '=1"),
            ("\r=1", "'=1"),
            ("\u{a0} ＝1", "\u{a0} '＝1"),
            ("\"=1\"", "\"'=1\""),
            ("x; =1", "x; '=1"),
            ("a = b", "a = b"),
            ("\u{202e}=1", "<U+202E>=1"),
            ("\0=1", "\\x00=1"),
            ("", ""),
        ] {
            assert_eq!(text(raw), shown);
        }
    }

    #[test]
    fn what_no_cell_can_hold_is_cut_and_says_so() {
        let long = text(&"\u{1f600}".repeat(40_000));
        assert!(long.ends_with(CUT) && long.encode_utf16().count() <= CELL + CUT.len());
        let list = Cell::list((0..200).map(|number| format!("{number} {}", "a".repeat(900)))).joined("\n");
        assert!(list.ends_with(CUT) && list.len() <= CELL + CUT.len());
    }

    #[test]
    fn a_list_says_nothing_twice() {
        assert_eq!(Cell::list(["a", "b", "", "a"]).joined(" | "), "a | b");
        assert_eq!(Cell::list([""]), Cell::Empty);
    }

    proptest! {
        #[test]
        fn whatever_is_written_no_formula_begins(raw in "[ \t\r\n\"=+@;a\u{202e}\u{ff1d}-]{0,12}") {
            let shown = text(&raw);
            for part in shown.split(';') {
                let first = part.trim_start_matches(|c: char| c.is_whitespace() || c == '"').chars().next();
                prop_assert!(!first.is_some_and(super::is_formula), "{shown:?}");
            }
        }
    }
}
