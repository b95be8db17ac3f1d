//! Whether two texts say nearly the same, by their words.

use crate::content::{self, WordHash};
use std::cell::OnceCell;

/// Least share of words that two texts have in common to be nearly equal.
const NEARLY_EQUAL: f64 = 0.8;

/// A text to compare with others; it is taken apart when it is first needed, and once.
#[derive(Debug)]
pub(crate) struct Compared<'t> {
    text: &'t str,
    /// Hashes of its different words, whatever their case, in order.
    words: OnceCell<Vec<u64>>,
}

impl<'t> Compared<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, words: OnceCell::new() }
    }

    /// Whether two texts have nearly the same words, in any order (Jaccard index of their words); none if one of them
    /// has too few different words to say.
    pub(crate) fn nearly_equals(&self, other: &Self, fewest_words: usize) -> Option<bool> {
        let (first, second) = (self.text.len(), other.text.len());
        // Texts of very different length need not be taken apart.
        if first.abs_diff(second) * 3 > first.max(second) {
            return Some(false);
        }
        let [first, second] = [self, other].map(|compared| compared.words.get_or_init(|| words(compared.text)));
        if first.len().min(second.len()) < fewest_words {
            return None;
        }
        let common = first.iter().filter(|word| second.binary_search(word).is_ok()).count();
        let all = first.len() + second.len() - common;
        Some(common as f64 >= NEARLY_EQUAL * all as f64)
    }
}

/// Hashes of the different words of a text, whatever their case, in order.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut word: Option<WordHash> = None;
    for letter in text.chars() {
        if content::is_letter(letter) || letter.is_ascii_digit() {
            word.get_or_insert_default().add(letter);
        } else {
            words.extend(word.take().map(WordHash::finish));
        }
    }
    words.extend(word.map(WordHash::finish));
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::Compared;

    fn nearly_equal(first: &str, second: &str, fewest: usize) -> Option<bool> {
        Compared::new(first).nearly_equals(&Compared::new(second), fewest)
    }

    #[test]
    fn nearly_equal_texts_share_most_words() {
        let text = "Hi Ana, did you have time to look at the role we spoke about?";
        let same = "Hello Ana, did you have time to look at the role we spoke about?";
        assert_eq!(nearly_equal(text, same, 5), Some(true));
        let other = "Hi Ana, thank you for your time today, the contract is attached.";
        assert_eq!(nearly_equal(text, other, 5), Some(false));
        assert_eq!(nearly_equal("Any news?", "Any news?", 5), None, "too short to say");
    }
}
