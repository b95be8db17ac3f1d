//! Words such as `careers` that look-alike domains add to an employer's name.

use foldhash::HashMap;

/// Words such as `careers` that are added to an employer's name.
#[derive(Debug, Default)]
pub(crate) struct AddedWords<'c> {
    /// Words by first byte, for prefixes, and by last byte, for suffixes.
    by_first: HashMap<u8, Vec<&'c str>>,
    by_last: HashMap<u8, Vec<&'c str>>,
}

impl<'c> AddedWords<'c> {
    /// Words in lower case.
    pub(crate) fn new(words: impl Iterator<Item = &'c str>) -> Self {
        let mut added = Self::default();
        for word in words {
            if let (Some(first), Some(last)) = (word.bytes().next(), word.bytes().last()) {
                added.by_first.entry(first).or_default().push(word);
                added.by_last.entry(last).or_default().push(word);
            }
        }
        added
    }

    /// What remains of a label without an added word, and whether a hyphen stood between.
    ///
    /// A label with two words (`jobs-acme-careers`) loses one at each end.
    pub(crate) fn stripped<'l>(&'l self, label: &'l str) -> impl Iterator<Item = (&'l str, bool)> {
        let ending = label
            .bytes()
            .last()
            .and_then(|last| self.by_last.get(&last))
            .into_iter()
            .flatten()
            .filter_map(|word| split_hyphen(label.strip_suffix(word)?, |rest| rest.strip_suffix('-')));
        let starting = self.without_start(label);
        let both = ending
            .clone()
            .flat_map(|(rest, hyphen)| self.without_start(rest).map(move |(rest, other)| (rest, hyphen && other)));
        ending.chain(starting).chain(both)
    }

    fn without_start<'l>(&'l self, label: &'l str) -> impl Iterator<Item = (&'l str, bool)> + Clone {
        label
            .bytes()
            .next()
            .and_then(|first| self.by_first.get(&first))
            .into_iter()
            .flatten()
            .filter_map(move |word| split_hyphen(label.strip_prefix(word)?, |rest| rest.strip_prefix('-')))
    }

    /// Whether a word of the list stands in a label, at an end or between hyphens.
    pub(crate) fn stands_in(&self, label: &str) -> bool {
        label.split('-').any(|part| {
            part.bytes().next().and_then(|first| self.by_first.get(&first)).is_some_and(|words| words.contains(&part))
        }) || self.stripped(label).any(|(rest, _)| rest.len() >= 3)
    }
}

fn split_hyphen(rest: &str, without_hyphen: impl Fn(&str) -> Option<&str>) -> Option<(&str, bool)> {
    let (rest, hyphen) = without_hyphen(rest).map_or((rest, false), |rest| (rest, true));
    (!rest.is_empty()).then_some((rest, hyphen))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(label: &str) -> Vec<String> {
        let words = AddedWords::new(["apply", "careers", "hr", "jobs"].into_iter());
        let mut found: Vec<_> =
            words.stripped(label).map(|(rest, hyphen)| format!("{rest}{}", u8::from(hyphen))).collect();
        found.sort();
        found
    }

    #[test]
    fn words_are_taken_off_both_ends() {
        assert_eq!(stripped("acme-careers"), ["acme1"]);
        assert_eq!(stripped("jobsacme"), ["acme0"]);
        assert_eq!(stripped("jobs-acme-careers"), ["acme-careers1", "acme1", "jobs-acme1"]);
        assert!(stripped("careers").is_empty() && stripped("acme").is_empty());
    }

    #[test]
    fn a_word_stands_between_hyphens_or_at_an_end() {
        let words = AddedWords::new(["hr", "jobs"].into_iter());
        for label in ["my-jobs-desk", "acmejobs", "hr-acme"] {
            assert!(words.stands_in(label), "{label}");
        }
        for label in ["acme", "chromium", "hra"] {
            assert!(!words.stands_in(label), "{label}");
        }
    }
}
