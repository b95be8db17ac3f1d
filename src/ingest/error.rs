//! What can be wrong with an input that was named: found before anything is scanned, and ends the run.
//!
//! What is wrong with one record or one file of a walked folder is a rejection or a skip instead.

use std::fmt;
use std::io;

/// Why the inputs cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// There is nothing to read.
    #[error("could not read anything: no input was named (name a file or a folder, or - for standard input)")]
    NoInput,
    /// Nothing stands at this path.
    #[error("could not read {path}: there is no such file or folder (check the name)")]
    Missing {
        /// As named.
        path: String,
    },
    /// The system refused, or the file is damaged at its very start.
    #[error("could not read {path}: {reason}")]
    Unreadable {
        /// As named.
        path: String,
        /// What the system or the decoder said.
        reason: String,
    },
    /// No adapter knows the file.
    #[error("could not tell what {path} is: {reason} (formats that are read: {known}; --input-format names one)")]
    NotRecognised {
        /// As named.
        path: String,
        /// What was seen.
        reason: String,
        /// Names of all adapters.
        known: Names,
    },
    /// More than one adapter knows the file.
    #[error("could not tell what {path} is: it may be {candidates} (say which with --input-format)")]
    Ambiguous {
        /// As named.
        path: String,
        /// Names of the adapters that claim it.
        candidates: Names,
    },
    /// No adapter has this name.
    #[error("could not use the input format {given:?}: there is none of that name (formats that are read: {known})")]
    UnknownFormat {
        /// As given.
        given: String,
        /// Names of all adapters.
        known: Names,
    },
}

impl IngestError {
    /// What the system said of an input.
    pub(crate) fn unreadable(path: &str, error: &io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), reason: error.to_string() }
    }
}

/// Names of adapters, printed with commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(pub Vec<&'static str>);

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}
