//! A run as a whole: what it was made with, and what it counted.

use super::assessment::Assessment;
use super::change::{BaselineUsed, SuppressionsUsed};
use super::cluster::{Cluster, Hub};
use super::detector::Detector;
use super::joining::Joining;
use super::verdict::Verdict;
use crate::dossier::{Date, InputDigest, Rejected, Skipped};
use std::collections::BTreeMap;

/// What a run was made with: enough to repeat it.
#[derive(Debug, Clone)]
pub struct Run {
    /// `falseface 0.1.0`.
    pub tool: String,
    /// SHA-256 over the rule set, in hex.
    pub rules_digest: String,
    /// Number of rules, with those that are left out.
    pub rules_count: usize,
    /// What of the rules is left out, in order of name.
    pub rules_off: Vec<RuleOff>,
    /// The time of the run, as given or taken from the clock.
    pub now: Date,
    /// Where verdicts begin.
    pub thresholds: Thresholds,
    /// `built-in`, or where else weights came from.
    pub weights: String,
    /// Which detectors were asked.
    pub detectors: Vec<Detector>,
    /// The watchlists that dossiers were held against.
    pub watchlists: Vec<ListUsed>,
    /// The databases that filled countries and networks of addresses.
    pub geoip: Vec<GeoDatabaseUsed>,
    /// The index of earlier batches that this one was held against.
    pub index: Option<IndexUsed>,
    /// Which records of one person were joined; `None` where nobody asked.
    pub joining: Option<Joining>,
    /// The findings that people set aside, if a file of them was named.
    pub suppressions: Option<SuppressionsUsed>,
    /// The earlier report that it was held against.
    pub baseline: Option<BaselineUsed>,
    /// Whether a report of it shows tokens in place of what came from an input.
    pub is_redacted: bool,
    /// What a configuration set; `None` where everything was asked for by itself.
    pub configured: Option<Configured>,
}

/// What a configuration set of a run, beside what was asked for by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configured {
    /// The file, as it was named or found.
    pub file: Option<String>,
    /// The profile that was chosen.
    pub profile: Option<String>,
    /// What was set, by the long name of the option.
    pub set: BTreeMap<String, Vec<String>>,
}

/// A rule that a run leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOff {
    /// The rule's name.
    pub rule: String,
    /// The detectors that it is left out for, while it speaks to others; empty where it is left out wholly.
    pub detectors: Vec<Detector>,
}

impl RuleOff {
    /// A rule that is left out for every detector.
    pub fn whole(rule: impl Into<String>) -> Self {
        Self { rule: rule.into(), detectors: Vec::new() }
    }

    /// Whether nothing is left of the rule.
    pub fn is_whole(&self) -> bool {
        self.detectors.is_empty()
    }
}

/// A database of countries or networks of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeoDatabaseUsed {
    /// File name.
    pub file: String,
    /// What the database calls itself: `GeoLite2-City`.
    pub kind: String,
    /// The day on which it was built.
    pub built: Date,
    /// SHA-256 over its bytes, in hex.
    pub digest: String,
}

/// The index of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexUsed {
    /// The name of the key that it is made under.
    pub key: String,
    /// Number of earlier batches.
    pub batches: usize,
    /// Number of their records.
    pub records: u64,
}

/// A watchlist of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListUsed {
    /// As it was named.
    pub name: String,
    /// SHA-256 over its bytes, in hex.
    pub digest: String,
    /// Entries that were compared.
    pub used: usize,
    /// Entries whose date had passed.
    pub expired: usize,
    /// What else the list holds, which was named and not compared.
    pub left_out: usize,
}

/// Where verdicts begin, in decibans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// From here on: items to verify.
    pub review: f64,
    /// From here on, with corroboration: verify before deciding.
    pub escalate: f64,
    /// At least one finding must weigh this much to escalate.
    pub strong: f64,
    /// At least so many families must corroborate to escalate.
    pub families: usize,
    /// To escalate, families other than circumstances (network, payment) must make at least this many points.
    pub substance: f64,
}

/// What a run counted.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Dossiers assessed.
    pub dossiers: u64,
    /// Records or files rejected.
    pub rejected: u64,
    /// Files skipped, portraits among them.
    pub skipped: u64,
    /// Assessments at each verdict.
    pub by_verdict: BTreeMap<Verdict, u64>,
    /// What adapters removed on purpose, by field.
    pub dropped_fields: BTreeMap<String, u64>,
    /// Keys that no field of the record is for, by path.
    pub unknown_fields: BTreeMap<String, u64>,
    /// Digest of every input.
    pub inputs: Vec<InputDigest>,
    /// The run was interrupted before the end.
    pub partial: bool,
    /// Assessments that were not shown because of a filter.
    pub hidden: u64,
    /// Assessments that are as an earlier report has them; they are in no other count but that of dossiers.
    pub unchanged: u64,
    /// People of an earlier report who were not met.
    pub gone: u64,
    /// People of whom there is one record, where records were to be joined.
    pub unmatched: u64,
}

impl Summary {
    /// Counts an assessment.
    pub fn count(&mut self, verdict: Verdict) {
        self.dossiers += 1;
        *self.by_verdict.entry(verdict).or_default() += 1;
    }

    /// Counts an assessment that an earlier report has as it is.
    pub fn count_unchanged(&mut self) {
        self.dossiers += 1;
        self.unchanged += 1;
    }
}

/// A whole run, for those who want it in memory.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Screening {
    /// What it was made with.
    pub run: Run,
    /// In input order.
    pub assessments: Vec<Assessment>,
    /// Sorted by id.
    pub clusters: Vec<Cluster>,
    /// By kind and value.
    pub hubs: Vec<Hub>,
    /// In input order.
    pub rejected: Vec<Rejected>,
    /// In input order.
    pub skipped: Vec<Skipped>,
    /// What it counted.
    pub summary: Summary,
}

impl Screening {
    /// An outcome with nothing in it yet.
    pub fn new(run: Run) -> Self {
        Self {
            run,
            assessments: Vec::new(),
            clusters: Vec::new(),
            hubs: Vec::new(),
            rejected: Vec::new(),
            skipped: Vec::new(),
            summary: Summary::default(),
        }
    }
}
