//! What a line of `falseface.output/1` says of a watchlist of the run.

use crate::screening::ListUsed;
use serde::Serialize;

/// A watchlist that dossiers were held against.
#[derive(Serialize)]
pub(super) struct ListUsedLine<'a> {
    name: &'a str,
    digest: String,
    used: usize,
    expired: usize,
    left_out: usize,
}

impl<'a> ListUsedLine<'a> {
    pub(super) fn new(ListUsed { name, digest, used, expired, left_out }: &'a ListUsed) -> Self {
        Self { name, digest: format!("sha256:{digest}"), used: *used, expired: *expired, left_out: *left_out }
    }
}
