//! What became of input that did not become a dossier: rejected with a reason, or skipped as no export.

use super::locator::Locator;

/// A record, or a whole file, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stood.
    pub source: Locator,
    /// Where, what was expected, what was found, what to do.
    pub reason: String,
}

/// A file that was passed over: one of a walked folder that is no export, or a portrait or document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file, or the place in the record that names it.
    pub source: Locator,
    /// Why it was passed over.
    pub reason: String,
}

/// An input and its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDigest {
    /// The input as it was named.
    pub source: Locator,
    /// SHA-256 in hex.
    pub sha256: String,
}
