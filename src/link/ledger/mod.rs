//! The index of earlier batches: whether somebody of this batch shares something with somebody of an earlier one, when
//! nothing but hashes under a key is left of the earlier ones.
//!
//! Pure: from bytes that are read to bytes that are written. Which file these are, that it appears whole or not at all,
//! and that only one process changes it is for the command line. Whether what is shared ties people is for whoever
//! asks. What the bytes are is said by [`format`] and, for people, by `docs/index-file.md`.

mod batch;
mod day;
mod error;
mod format;
mod read;
mod record;
mod search;
#[cfg(test)]
mod tests;
mod write;

pub use batch::{Batch, BatchBuilder, Scan, inputs_hash};
pub use error::LedgerError;
pub use format::BatchSummary;
pub use read::verify;
pub(super) use record::value_hash;
pub use record::{KeyedHash, LedgerRecord, NameHash};
pub use search::{Common, Found, Match, search};
pub use write::{Appended, Forgotten, append, forget};
