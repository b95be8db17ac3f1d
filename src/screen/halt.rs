//! Why a batch could not be brought to its end.

use crate::ingest::IngestError;
use crate::link::ledger::LedgerError;
use std::io;

/// Why a batch could not be brought to its end.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The report could not be written.
    #[error("could not write the report: {0}")]
    Write(#[from] io::Error),
    /// The threads could not be started.
    #[error("could not start the threads: {0} (a smaller number after --threads may help)")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// Assessments could not be kept until everything was read.
    #[error(
        "could not keep assessments in a temporary file until everything was read: {0} (make room, name another folder in \
         TMPDIR, or do without clusters: --no-link)"
    )]
    Aside(io::Error),
    /// An input could not be read a second time.
    #[error("could not read the input again: {0}")]
    Again(#[from] IngestError),
    /// The index of earlier batches could not be used.
    #[error("could not use the index: {0}")]
    Index(#[from] LedgerError),
    /// An input is no longer what it was.
    #[error("the input changed while it was being read, so that nothing can be proved (run it again once it rests)")]
    Changed,
}
