//! Which ids a batch has met: an id belongs to one dossier.

use crate::dossier::{Locator, Rejected};
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// The ids met so far, as hashes: a batch of a million costs some tens of megabytes.
#[derive(Debug, Default)]
pub struct Ids {
    first: HashMap<u128, (Arc<str>, Option<u64>)>,
}

impl Ids {
    /// Whether an id was met.
    pub fn has(&self, id: &str) -> bool {
        self.first.contains_key(&xxh3_128(id.as_bytes()))
    }

    /// Takes an id in.
    ///
    /// # Errors
    /// If it was met before; the rejection names where.
    pub fn admit(&mut self, id: &str, source: &Locator) -> Result<(), Rejected> {
        let hash = xxh3_128(id.as_bytes());
        let Some((path, line)) = self.first.get(&hash) else {
            self.first.insert(hash, (Arc::clone(&source.path), source.line));
            return Ok(());
        };
        let first = Locator { line: *line, ..Locator::file(Arc::clone(path)) };
        Err(Rejected {
            source: source.clone(),
            reason: format!(
                "the id {id:?} was met before, at {first} (ids must be unique in a batch: rename one, or make one dossier of records of one person with --join exact)"
            ),
        })
    }
}
