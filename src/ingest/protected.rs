//! What nobody may be judged by, under the names that columns and keys of exports give it. It is never read; that it was
//! there is counted.
//!
//! The words are data, `rules/tables/protected-headers.tsv`, as the binary carries them.

use crate::content::{self, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a word stands for that is about the person wherever it is said; the others are meant only where they stand alone, as
/// `address` in a question for a mail address is not.
const TELLING: [&str; 13] = [
    "age",
    "birth",
    "disability",
    "gender",
    "maiden_name",
    "marital_state",
    "mother_tongue",
    "nationality",
    "orientation",
    "race",
    "religion",
    "veteran",
    "visa",
];
/// Words of the longest name that is looked for in a question.
const MAX_WORDS: usize = 4;

struct Words {
    names: BTreeSet<String>,
    /// Names that are looked for inside of a question: whether they stand in a script that sets no spaces.
    telling: BTreeMap<String, bool>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let rows = Table::embedded("tables/protected-headers.tsv").unwrap_or_default();
    let names = rows.rows().iter().map(|row| fold(row.cell(0))).collect();
    let telling = rows.rows().iter().filter(|row| TELLING.contains(&row.cell(1)) || row.cell(0).contains(' '));
    let telling = telling.map(|row| fold(row.cell(0)));
    let telling = telling.map(|name| (name.chars().count() > 1 && name.chars().all(is_east_asian), name));
    Words { names, telling: telling.map(|(unspaced, name)| (name, unspaced)).collect() }
});

/// Whether a column or key of this name is never read.
pub(crate) fn is_protected(name: &str) -> bool {
    WORDS.names.contains(&fold(name))
}

/// Whether a question, or a field that somebody named, asks for what is never read: in one of its words or in several of them.
pub(crate) fn asks_protected(question: &str) -> bool {
    if is_protected(question) {
        return true;
    }
    let folded = content::key(question);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let asks = |from: usize| {
        let mut run = String::new();
        words[from..].iter().take(MAX_WORDS).any(|word| {
            run.push_str(word);
            WORDS.telling.contains_key(&run)
        })
    };
    (0..words.len()).any(asks)
        || (folded.chars().any(is_east_asian)
            && WORDS.telling.iter().any(|(name, unspaced)| *unspaced && folded.contains(name.as_str())))
}

/// Whether a letter is of a script in which a word can go on without a space where another begins.
fn is_east_asian(c: char) -> bool {
    ('\u{2E80}'..='\u{D7FF}').contains(&c)
}

/// A header or key as it is compared: without case, accents, white space and punctuation.
pub(crate) fn fold(name: &str) -> String {
    content::key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::asks_protected;

    #[test]
    fn questions_are_told_by_their_words() {
        for asked in [
            "Are you a protected veteran?",
            "What are your pronouns?",
            "requires_visa_sponsorship_",
            "Do you identify as having a disability?",
            "Your date of birth, please",
            "What is your home address?",
            "custom_field_gender",
            "생년월일을 적어 주세요",
        ] {
            assert!(asks_protected(asked), "{asked}");
        }
        for asked in [
            "What is your email address?",
            "Website address",
            "Which languages do you trace bugs in?",
            "LinkedIn Profile",
            "What is the height of a tree of a thousand leaves?",
            "",
        ] {
            assert!(!asks_protected(asked), "{asked}");
        }
    }
}
