//! A cluster: dossiers that share something, and what they share.

use crate::dossier::{Date, Quote};
use std::collections::BTreeSet;

/// Dossiers tied to one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Derived from its members.
    pub id: String,
    /// Dossier ids, sorted.
    pub members: Vec<String>,
    /// The names that they go by, sorted, those that differ only in their spelling once.
    pub names: Vec<String>,
    /// In what they differ.
    pub differences: Differences,
    /// What ties them.
    pub ties: Vec<Tie>,
}

/// In what the members of a cluster differ. What no member says counts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Number of names that have nothing in common. One: perhaps one person whose record stands in the batch more than
    /// once, which is no suspicion. None: nobody bears a name.
    pub identities: usize,
    /// Number of countries that members claim to be in.
    pub countries: usize,
    /// Number of employers that members name and that are not common to all who name any.
    pub employers: usize,
    /// The first and last time that something of a member's record bears.
    pub span: Option<(Date, Date)>,
}

impl Cluster {
    /// Whether all that differs is no name: one person, as far as the records say.
    pub fn is_one_person(&self) -> bool {
        self.differences.identities == 1
    }
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
    pub evidence: Vec<Quote>,
}

/// A record of an earlier batch that has something that a record of this one has too. Nothing else is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRecord {
    /// When its batch was scanned: a day, a month or a year.
    pub scanned: Date,
    /// Kinds of what both have, as the kinds of ties.
    pub shares: BTreeSet<String>,
    /// Whether its names and those of the record have nothing in common; `None` where that cannot be said.
    pub under_other_name: Option<bool>,
    /// Number of earlier records of the same id and names that it stands for; at least 1.
    pub times: u32,
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
