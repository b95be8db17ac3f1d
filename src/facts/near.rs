//! Whether two texts say nearly the same, by their words.

/// Least share of words that two texts have in common to be nearly equal.
const NEARLY_EQUAL: f64 = 0.8;

/// Whether two texts have nearly the same words, in any order (Jaccard index of their words); none if one of them
/// has too few different words to say.
pub(crate) fn nearly_equal(first: &str, second: &str, fewest_words: usize) -> Option<bool> {
    // Texts of very different length need not be taken apart.
    if first.len().abs_diff(second.len()) * 3 > first.len().max(second.len()) {
        return Some(false);
    }
    let words = |text: &str| {
        let mut words: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (first, second) = (words(first), words(second));
    if first.len().min(second.len()) < fewest_words {
        return None;
    }
    let common = first.iter().filter(|word| second.binary_search(word).is_ok()).count();
    let all = first.len() + second.len() - common;
    Some(common as f64 >= NEARLY_EQUAL * all as f64)
}

#[cfg(test)]
mod tests {
    use super::nearly_equal;

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
