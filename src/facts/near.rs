//! Whether two texts say nearly the same, by their words.

use xxhash_rust::xxh3::xxh3_64;

/// Least share of words that two texts have in common to be nearly equal.
const NEARLY_EQUAL: f64 = 0.8;

/// The different words of a text, to compare with those of others.
#[derive(Debug)]
pub(crate) struct Words(Vec<u64>);

impl Words {
    /// The words of a text, whatever their case.
    pub(crate) fn of(text: &str) -> Self {
        let mut lower = String::new();
        let hash = |word: &str| {
            lower.clear();
            if word.is_ascii() {
                lower.push_str(word);
                lower.make_ascii_lowercase();
            } else {
                lower.extend(word.chars().flat_map(char::to_lowercase));
            }
            xxh3_64(lower.as_bytes())
        };
        let is_between = |c: char| if c.is_ascii() { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() };
        let mut words: Vec<u64> = text.split(is_between).filter(|word| !word.is_empty()).map(hash).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// Whether two texts have nearly the same words, in any order (Jaccard index of their words); none if both have
    /// too few different words to say.
    pub(crate) fn nearly_equal(&self, other: &Self, fewest: usize) -> Option<bool> {
        let (fewer, more) = (self.0.len().min(other.0.len()), self.0.len().max(other.0.len()));
        // However few the words of one are, they are not those of a text of many.
        if more >= fewest && (fewer as f64) < NEARLY_EQUAL * more as f64 {
            return Some(false);
        }
        if fewer < fewest {
            return None;
        }
        let common = self.0.iter().filter(|word| other.0.binary_search(word).is_ok()).count();
        Some(common as f64 >= NEARLY_EQUAL * (fewer + more - common) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn nearly_equal(first: &str, second: &str, fewest: usize) -> Option<bool> {
        Words::of(first).nearly_equal(&Words::of(second), fewest)
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
