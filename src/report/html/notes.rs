//! What is told during a run and stands at the end of the page.

use crate::dossier::Role;
use crate::report::aside;
use crate::screening::{Cluster, Hub};
use std::collections::{BTreeSet, HashSet};

/// Rejected records, skipped files and people of each kind that are named.
const NAMED: usize = 200;

/// What the end of the page says.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) roles: BTreeSet<Role>,
    /// Places of the people who are on the page.
    pub(super) shown: HashSet<u64>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) hubs: Vec<Hub>,
    pub(super) rejected: aside::Notes,
    pub(super) skipped: aside::Notes,
    pub(super) unmatched: aside::Notes,
    pub(super) gone: aside::Notes,
}

impl Default for Notes {
    fn default() -> Self {
        let named = || aside::Notes::of_at_most(NAMED);
        Self {
            roles: BTreeSet::new(),
            shown: HashSet::new(),
            clusters: Vec::new(),
            hubs: Vec::new(),
            rejected: named(),
            skipped: named(),
            unmatched: named(),
            gone: named(),
        }
    }
}
