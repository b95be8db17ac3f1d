//! An assessment: one dossier's findings, weighed.

use super::change::{Change, Suppressed};
use super::cluster::EarlierRecord;
use super::detector::PerDetector;
use super::finding::Finding;
use super::joining::JoinedSource;
use super::verdict::Verdict;
use crate::dossier::{Date, Label, Locator, Role, Section};

/// What one dossier yields by itself, before linking.
#[derive(Debug, Clone, Default)]
pub struct Screened {
    /// The dossier's id.
    pub dossier: String,
    /// Where its record stood.
    pub source: Locator,
    /// What its record was joined of; empty where it is one.
    pub joined: Vec<JoinedSource>,
    /// In what capacity the person appears.
    pub role: Role,
    /// Who a reader sees.
    pub subject: SubjectLine,
    /// What its elements showed, in the order of rule names.
    pub findings: Vec<Finding>,
    /// Findings that people set aside: they have no points.
    pub suppressed: Vec<Suppressed>,
    /// Positions in the rule set of the rules that could not be evaluated, in order.
    pub not_evaluable: Vec<u32>,
    /// Share of each detector's rule weight that could be evaluated, 0 to 1.
    pub coverage: PerDetector<f64>,
    /// For each detector, the sections whose absence kept rules from being evaluated.
    pub missing: PerDetector<Vec<Section>>,
    /// Whether the core of each detector was in the export.
    pub core: PerDetector<bool>,
    /// Names for what happened when; only filled where there are findings.
    pub timeline: Vec<TimelineEntry>,
    /// What the record itself dates, in order of its beginning; only filled where there are findings.
    pub history: Vec<Dated>,
    /// What people decided; carried along for an evaluation, and read by no stage.
    pub judged: Judged,
}

/// What a record says of itself for an evaluation only: no rule can name it, no score rests on it, no report shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// What people decided about it.
    pub labels: Vec<Label>,
    /// The language of the record, where the record states it (`extra.language`). Never guessed from a text.
    pub language: Option<String>,
}

/// Who a reader sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectLine {
    /// The first display name.
    pub name: Option<String>,
    /// The headline.
    pub headline: Option<String>,
}

/// Something that happened, for the reader's orientation.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// When.
    pub at: Date,
    /// JSON pointer of what happened.
    pub pointer: String,
    /// In a few words: `message 3 · email`.
    pub label: String,
    /// Names of the rules whose evidence stands there.
    pub rules: Vec<String>,
}

/// Something that a record dates: a job, a study, an account, a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What it is.
    pub kind: DatedKind,
    /// As the record calls it: a title and an employer, a network, a channel.
    pub label: String,
    /// JSON pointer of it.
    pub pointer: String,
    /// When it began.
    pub from: Option<Date>,
    /// When it ended; the same as its beginning for what happened once, `None` where it goes on or nobody says.
    pub until: Option<Date>,
    /// Whether the record says that it goes on.
    pub goes_on: bool,
}

/// What a record may date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatedKind {
    /// A job.
    Employment,
    /// A study.
    Education,
    /// The creation of an account.
    Account,
    /// A conversation, from its first message to its last.
    Conversation,
    /// Sign-ins, devices, shipments, interviews, from the first to the last of a kind.
    Observation,
}

impl DatedKind {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Employment => "job",
            Self::Education => "study",
            Self::Account => "account created",
            Self::Conversation => "messages",
            Self::Observation => "observed",
        }
    }
}

/// One dossier, weighed.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// What it rests on, with the findings of clusters and combinations added.
    pub screened: Screened,
    /// The greatest verdict of the detectors that were asked.
    pub verdict: Verdict,
    /// What each detector says; `None` where it was not asked.
    pub detectors: PerDetector<Option<DetectorResult>>,
    /// Ids of the clusters it belongs to.
    pub clusters: Vec<String>,
    /// Records of earlier batches that share something with it.
    pub earlier: Vec<EarlierRecord>,
    /// What is different since an earlier report; `None` where it was held against none.
    pub change: Option<Change>,
}

impl Assessment {
    /// The greater verdict of now and an earlier report: who stood higher then is of as much interest as who does now.
    pub fn interest(&self) -> Verdict {
        let before = self.change.as_ref().and_then(|change| change.before);
        before.map_or(self.verdict, |before| before.max(self.verdict))
    }
}

/// What one detector says of a dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DetectorResult {
    /// Where it stands.
    pub verdict: Verdict,
    /// Sum of the terms, in decibans.
    pub score: f64,
    /// Families that corroborate: those with points, combinations left out.
    pub families: usize,
    /// The verdict rests on one family alone, by a published match.
    pub by_published_match: bool,
    /// What the score is the sum of, greatest first.
    pub terms: Vec<Term>,
}

/// The contribution of one family.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The family.
    pub family: String,
    /// Its contribution in decibans.
    pub points: f64,
    /// What it is the sum of, strongest first.
    pub rules: Vec<RulePoints>,
}

/// The contribution of one rule inside its family.
#[derive(Debug, Clone, PartialEq)]
pub struct RulePoints {
    /// The rule's name.
    pub rule: String,
    /// Its weight in decibans.
    pub weight: f64,
    /// What of it counts: whole, half, a quarter …
    pub points: f64,
}
