//! What people decided about findings, and what changed since an earlier report.

use super::finding::Finding;
use super::verdict::Verdict;
use crate::dossier::Date;
use serde::Deserialize;

/// A finding that a person looked into and set aside: it has no points, and stays visible.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it was set aside.
    pub reason: String,
    /// Who did so.
    pub author: String,
    /// The last day on which it is.
    pub expires: Date,
}

/// What is different of a person since an earlier report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where they stood; `None` for whom the earlier report does not have.
    pub before: Option<Verdict>,
    /// Fingerprints of findings that the earlier report does not have.
    pub new: Vec<String>,
    /// Findings of the earlier report that are no longer there.
    pub gone: Vec<FindingRef>,
}

/// A finding as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct FindingRef {
    /// The rule's name.
    pub rule: String,
    /// Digest of rule id, dossier id and quotes, in hex.
    pub fingerprint: String,
}

/// The suppressions of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuppressionsUsed {
    /// SHA-256 over the bytes of their file, in hex.
    pub digest: String,
    /// Entries that hold.
    pub used: usize,
    /// Entries whose day has passed: their findings count again.
    pub expired: usize,
}

/// The earlier report of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineUsed {
    /// SHA-256 over its bytes, in hex.
    pub digest: String,
    /// People in it.
    pub people: usize,
}
