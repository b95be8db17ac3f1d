//! What is told during a run and stands at the end of the page.

use crate::dossier::{Locator, Role};
use crate::report::told;
use crate::screening::{Cluster, Hub, Verdict};
use std::collections::{BTreeSet, HashSet};

/// Rejected records, skipped files and unmatched people that are named.
const NAMED: usize = 200;
/// What the end of the page says.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) roles: BTreeSet<Role>,
    /// Places of the people who are on the page.
    pub(super) shown: HashSet<u64>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) hubs: Vec<Hub>,
    pub(super) rejected: Vec<String>,
    pub(super) skipped: Vec<String>,
    pub(super) unmatched: Vec<String>,
    pub(super) gone: Vec<String>,
}

impl Notes {
    /// Keeps who is gone.
    pub(super) fn gone(&mut self, dossier: &str, verdict: Verdict) {
        if self.gone.len() < NAMED {
            self.gone.push(told::gone(dossier, verdict));
        }
    }
}

/// Keeps what is said of a place, of the first places.
pub(super) fn note(notes: &mut Vec<String>, source: &Locator, reason: &str) {
    if notes.len() < NAMED {
        notes.push(format!("{source}: {reason}"));
    }
}
