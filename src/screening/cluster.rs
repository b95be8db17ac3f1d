//! A cluster: dossiers that share something, and what they share.

/// Dossiers tied to one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Derived from its members.
    pub id: String,
    /// Dossier ids, sorted.
    pub members: Vec<String>,
    /// The names that they go by, sorted, those that differ only in their spelling once. One name: perhaps one person
    /// whose record stands in the batch more than once, which is no suspicion.
    pub names: Vec<String>,
    /// What ties them.
    pub ties: Vec<Tie>,
}

/// Two dossiers and what they share.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// A dossier id.
    pub a: String,
    /// Another.
    pub b: String,
    /// `phone`, `email`, `wallet`, `photo`, `near_text` …
    pub kind: String,
    /// Weight of evidence in decibans.
    pub strength: f64,
    /// In both dossiers.
    pub evidence: Vec<TieEvidence>,
}

/// One side of a tie.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TieEvidence {
    /// The dossier.
    pub dossier: String,
    /// JSON pointer into it.
    pub pointer: String,
    /// First byte of the quote.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What stands there.
    pub quote: String,
}

/// Something that so many have that it ties nobody: a switchboard, an office address, a common profile page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// As the kind of a tie.
    pub kind: String,
    /// In canonical form.
    pub value: String,
    /// Number of dossiers that have it.
    pub holders: u32,
}
