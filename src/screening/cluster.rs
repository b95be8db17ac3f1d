//! A cluster: dossiers that share something, and what they share.

/// Dossiers tied to one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Derived from its members.
    pub id: String,
    /// Dossier ids, sorted.
    pub members: Vec<String>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
