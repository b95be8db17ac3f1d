//! A finding: a rule and the evidence that satisfied it.

use super::detector::PerDetector;
use crate::dossier::Date;
use std::sync::Arc;

/// What a report may know of a rule. Shared by all its findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleInfo {
    /// The readable id: `lure-paste-command`.
    pub name: String,
    /// UUID, unique for ever.
    pub id: String,
    /// `modified`, else `date`, of the rule.
    pub version: String,
    /// What is seen, in a line.
    pub title: String,
    /// What is seen, why impostors do it, what it does not prove.
    pub description: String,
    /// Severity, from the greatest weight.
    pub level: Level,
    /// The folder of the rule; rules of one family look at the same thing.
    pub family: String,
    /// Weight of evidence in decibans for each detector; `None` where the rule does not speak to it. 0 is context.
    pub weights: PerDetector<Option<f64>>,
    /// What else it could be.
    pub falsepositives: Vec<String>,
    /// The next step of verification.
    pub verify: String,
    /// Sigma tags, such as `attack.t1566.003`.
    pub tags: Vec<String>,
    /// Sources.
    pub references: Vec<String>,
    /// An exact match with published threat intelligence.
    pub published: bool,
    /// Families that exonerating evidence of this rule is subtracted from.
    pub offsets: Vec<String>,
    /// Whether it is a rule over other findings.
    pub combination: bool,
}

/// Severity of a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Weight 0 (or exonerating).
    #[default]
    Informational,
    /// Under 5 decibans.
    Low,
    /// Under 10.
    Medium,
    /// Under 15.
    High,
    /// From 15 on.
    Critical,
}

impl Level {
    /// Every level, from the quietest to the loudest.
    pub const ALL: [Self; 5] = [Self::Informational, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The level that follows from the greatest weight, in decibans.
    pub fn of_weight(weight: f64) -> Self {
        match weight {
            w if w <= 0.0 => Self::Informational,
            w if w < 5.0 => Self::Low,
            w if w < 10.0 => Self::Medium,
            w if w < 15.0 => Self::High,
            _ => Self::Critical,
        }
    }

    /// The word that stands in a Sigma rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Informational => "informational",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A rule that was satisfied, once for a dossier, and what satisfied it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// JSON pointer of the first element that satisfied it.
    pub element: String,
    /// Number of elements that satisfied it.
    pub count: usize,
    /// Digest of rule id, dossier id and quotes, in hex.
    pub fingerprint: String,
    /// What satisfied it, strongest first; never without a quote.
    pub evidence: Vec<Evidence>,
}

/// A place in the dossier that satisfied a part of a rule's condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The dossier that the words stand in, where that is another than the one assessed.
    pub dossier: Option<String>,
    /// JSON pointer into the canonical dossier.
    pub pointer: String,
    /// First byte of the quote in the raw string at `pointer`.
    pub start: usize,
    /// The byte after the quote.
    pub end: usize,
    /// The slice from `start` to `end`, or the JSON token of a number, boolean or null.
    pub quote: String,
    /// Some of the text before the quote.
    pub before: String,
    /// Some of the text after the quote.
    pub after: String,
    /// The technical thing that the quote is, where it is one.
    pub observable: Option<Observable>,
    /// How the value was computed, where it was not read as it stands.
    pub derived: Option<Derived>,
    /// For a negated or absent part: what would have been there.
    pub expected: Option<String>,
    /// In what the quote stands, for a reader: `message 3 · email`.
    pub label: String,
    /// When that was written or observed.
    pub at: Option<Date>,
    /// The source of it, in a record that was joined of several.
    pub origin: Option<String>,
}

/// A technical thing that can be searched for elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observable {
    /// `domain`, `url`, `email`, `phone`, `wallet`, `ip`, `file-name`, `sha256`.
    pub kind: &'static str,
    /// The raw value.
    pub value: String,
}

/// How a value was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The field of the catalogue.
    pub field: &'static str,
    /// Its value.
    pub value: String,
    /// JSON pointers of everything it was computed from.
    pub from: Vec<String>,
}
