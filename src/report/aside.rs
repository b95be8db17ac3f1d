//! What a report lists at its end: records that could not be read, and files that were passed over.
//!
//! So many are kept; further ones are only counted, so that a file of rubbish fills no memory.

use crate::dossier::Locator;
use std::fmt;

/// Notes of each kind that machines and spreadsheets get.
const KEPT: usize = 10_000;

/// Something that did not become a dossier.
#[derive(Debug)]
pub(super) struct Note {
    /// Where it stood; `None` for what is in no input.
    pub(super) source: Option<Locator>,
    /// Why.
    pub(super) reason: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{source}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// Notes of one kind, in the order in which they were met.
#[derive(Debug)]
pub(super) struct Notes {
    most: usize,
    kept: Vec<Note>,
    further: u64,
}

impl Default for Notes {
    fn default() -> Self {
        Self::of_at_most(KEPT)
    }
}

impl Notes {
    /// Keeps so many.
    pub(super) fn of_at_most(most: usize) -> Self {
        Self { most, kept: Vec::new(), further: 0 }
    }

    pub(super) fn add<'s>(&mut self, source: impl Into<Option<&'s Locator>>, reason: &str) {
        if self.kept.len() < self.most {
            self.kept.push(Note { source: source.into().cloned(), reason: reason.to_owned() });
        } else {
            self.further += 1;
        }
    }

    /// The notes that were kept.
    pub(super) fn kept(&self) -> &[Note] {
        &self.kept
    }

    /// What to say of those that were only counted, if there are any.
    pub(super) fn further(&self) -> Option<String> {
        (self.further > 0).then(|| format!("and {} more, all named with --format jsonl", self.further))
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Notes};
    use crate::dossier::Locator;

    #[test]
    fn what_is_not_kept_is_counted() {
        let mut notes = Notes::default();
        for _ in 0..KEPT {
            notes.add(&Locator::file("a.jsonl"), "no object");
        }
        assert_eq!(notes.further(), None);
        notes.add(&Locator::file("a.jsonl"), "no object");
        assert_eq!(notes.kept().len(), KEPT);
        assert_eq!(notes.further().as_deref(), Some("and 1 more, all named with --format jsonl"));
    }
}
