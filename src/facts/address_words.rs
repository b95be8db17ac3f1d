//! The words of a postal address that tell it from another.

use super::place::fold;
use crate::content::{Content, List};
use std::collections::BTreeSet;

/// Words of an address that say nothing.
#[derive(Debug, Default)]
pub(crate) struct AddressKnowledge {
    dropped: BTreeSet<Box<str>>,
}

impl AddressKnowledge {
    /// Reads the list `address-words`.
    pub(crate) fn new(content: &Content) -> Self {
        Self { dropped: content.list("address-words").into_iter().flat_map(List::values).map(Into::into).collect() }
    }

    /// The words that say something.
    pub(crate) fn parts(&self, address: &str) -> Parts {
        let mut parts = Parts::default();
        for word in fold(address).split(' ').filter(|word| !word.is_empty() && !self.dropped.contains(*word)) {
            let words =
                if word.bytes().any(|byte| byte.is_ascii_digit()) { &mut parts.numbers } else { &mut parts.words };
            words.insert(word.to_owned());
        }
        parts
    }
}

/// Words of an address.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Those without a digit.
    pub(crate) words: BTreeSet<String>,
    /// House numbers, postal codes.
    pub(crate) numbers: BTreeSet<String>,
}

impl Parts {
    /// House, street and town, or more.
    pub(crate) fn are_complete(&self) -> bool {
        !self.numbers.is_empty() && self.words.len() >= 2
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len() + self.numbers.len()
    }
}
