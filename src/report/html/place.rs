//! Places of a page: what links lead to.

use xxhash_rust::xxh3::xxh3_64;

/// Where a person or cluster stands, whatever its id consists of.
pub(super) fn place_of(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}

/// The same as the page calls it.
pub(super) fn id_of(id: &str) -> String {
    format!("p{:016x}", place_of(id))
}
