//! Why an index cannot be used. Nothing is taken from one that is not wholly as it was written.

use std::io;

/// Why an index cannot be read or written. Places are bytes from the start of the file; batches are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It begins with other bytes.
    #[error("it is no index of earlier batches: it begins with \"{found}\" (check the name)")]
    NotAnIndex {
        /// Its first bytes, as far as they can be printed.
        found: String,
    },
    /// A later version wrote it.
    #[error(
        "it is written in version {found} of the format, and version {expected} was expected (use a newer falseface)"
    )]
    Version {
        /// Version that was found.
        found: u16,
        /// Version that is read.
        expected: u16,
    },
    /// It was made under another key.
    #[error(
        "it was made under the key {index}, and the key {given} was given (nothing was compared; give the key's file)"
    )]
    OtherKey {
        /// Name of the key in the file, as far as it can be printed.
        index: String,
        /// Name of the key that was given.
        given: String,
    },
    /// It ends too early.
    #[error("it ends at byte {at}, where {expected} was expected: it was cut short (restore it from a copy)")]
    Cut {
        /// Where the part that is missing begins.
        at: u64,
        /// What should stand there.
        expected: &'static str,
    },
    /// Something stands where it cannot stand.
    #[error("at byte {at} {expected} was expected, and {found} was found: it is damaged (restore it from a copy)")]
    Broken {
        /// Where.
        at: u64,
        /// What should stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A batch is not what was written under the key.
    #[error("batch {batch}, bytes {from} to {to}, is not as it was written under this key (restore it from a copy)")]
    BatchSeal {
        /// Which batch.
        batch: u32,
        /// Its first byte.
        from: u64,
        /// Where it ends.
        to: u64,
    },
    /// Batches were taken out, moved or added without the key.
    #[error(
        "its {batches} batches are not those that were written under this key: the seal before byte {at} does not close them (restore it from a copy)"
    )]
    EndSeal {
        /// How many batches stand in it.
        batches: u32,
        /// Where the file ends.
        at: u64,
    },
    /// The batch does not fit the format.
    #[error("{what} is {found}, and an index holds at most {most} in a batch (scan in parts)")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// How large it is.
        found: usize,
        /// How large it may be.
        most: usize,
    },
    /// Reading failed.
    #[error("reading failed at byte {at}")]
    Read {
        /// Where.
        at: u64,
        /// What the system says.
        source: io::Error,
    },
    /// Writing failed.
    #[error("writing failed")]
    Write {
        /// What the system says.
        source: io::Error,
    },
}

impl LedgerError {
    /// What the system said while something was written.
    pub(super) fn writing(source: io::Error) -> Self {
        Self::Write { source }
    }
}
