//! What a report lists at its end: records that could not be read, and files that were passed over.
//!
//! So many are kept; further ones are only counted, so that a file of rubbish fills no memory.

use crate::dossier::Locator;

/// Notes of each kind that are kept.
const KEPT: usize = 10_000;

/// Something that did not become a dossier.
#[derive(Debug)]
pub(super) struct Note {
    /// Where it stood.
    pub(super) source: Locator,
    /// Why.
    pub(super) reason: String,
}

/// Notes of one kind, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Notes {
    kept: Vec<Note>,
    further: u64,
}

impl Notes {
    pub(super) fn add(&mut self, source: &Locator, reason: &str) {
        if self.kept.len() < KEPT {
            self.kept.push(Note { source: source.clone(), reason: reason.to_owned() });
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
