//! The outcome of an evaluation: all that a report of it may know.

use super::statistics::{CurvePoint, LikelihoodRatio, Rate, precision};
use crate::dossier::Section;
use crate::screening::{Detector, RuleInfo, Run, Verdict};
use std::sync::Arc;

/// The language of records that state none.
pub const UNKNOWN_LANGUAGE: &str = "unknown";

/// What the detectors and rules are worth on labelled records.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// What the records were screened with.
    pub run: Run,
    /// Where the labels came from: the name of a file; none where the records carry them.
    pub labels: Option<String>,
    /// The share of positives that precision is computed for, where one was given.
    pub prevalence: Option<f64>,
    /// What was counted on the way.
    pub counts: Counts,
    /// Those that were asked and that have a labelled record.
    pub detectors: Vec<DetectorEvaluation>,
    /// Rules that hit no labelled record, by name.
    pub silent: Vec<SilentRule>,
    /// Number of rules.
    pub rules: usize,
    /// The run was interrupted: what was not read by then is missing.
    pub partial: bool,
}

/// What was counted on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were screened.
    pub records: u64,
    /// Those of them that are labelled for a detector that was asked.
    pub labelled: u64,
    /// Those of them that are not.
    pub unlabelled: u64,
    /// The first ids of records without a label.
    pub unlabelled_ids: Vec<String>,
    /// Labels whose record was not there.
    pub without_record: u64,
    /// The first ids of labels without a record.
    pub without_record_ids: Vec<String>,
    /// Labels in records that contradict each other or name no detector; they were not counted.
    pub doubtful_labels: u64,
    /// Records or files that could not be read.
    pub rejected: u64,
    /// Files that are no export.
    pub skipped: u64,
}

/// What one detector is worth. Units are records, or clusters of records that count as one.
#[derive(Debug, Clone)]
pub struct DetectorEvaluation {
    /// The detector.
    pub detector: Detector,
    /// Units where it was the case.
    pub positives: u64,
    /// Units where it was not.
    pub negatives: u64,
    /// Labelled records, before clusters were counted as one.
    pub records: u64,
    /// Clusters of more than one record among the units.
    pub clusters: u64,
    /// Clusters with records of both kinds: each kind is a unit of its own.
    pub mixed_clusters: u64,
    /// Positive units for which the export did not suffice for a conclusion.
    pub insufficient_positives: u64,
    /// Negative units for which the export did not suffice for a conclusion.
    pub insufficient_negatives: u64,
    /// At `review` or above.
    pub review: OperatingPoint,
    /// At `escalate`.
    pub escalate: OperatingPoint,
    /// The area under the curve of the score; none without both kinds.
    pub area_under_curve: Option<f64>,
    /// What each score would hit as a threshold, the highest first.
    pub curve: Vec<CurvePoint>,
    /// By the language of the record, in order.
    pub languages: Vec<LanguageConfusion>,
    /// Rules with a weight for the detector that hit a labelled unit: most hits first, then by name.
    pub rules: Vec<RuleValue>,
    /// Positives below review: lowest score first.
    pub misses: Vec<Case>,
    /// Number of all positives below review.
    pub missed: u64,
    /// Negatives at review or above: highest score first.
    pub false_alarms: Vec<Case>,
    /// Number of all negatives at review or above.
    pub alarmed: u64,
}

/// What a verdict as a threshold gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OperatingPoint {
    /// This verdict or above counts as a hit.
    pub verdict: Verdict,
    /// The four counts.
    pub confusion: Confusion,
    /// Where the base rate was given, and something is hit.
    pub precision: Option<Precision>,
}

/// The share of hits that would be true at some base rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// From both rates as measured.
    pub estimate: f64,
    /// From the lowest recall and the highest false-positive rate of their intervals.
    pub worst: f64,
    /// From the highest recall and the lowest false-positive rate of their intervals.
    pub best: f64,
}

impl Precision {
    /// Precision at a base rate; none where a rate is missing or nothing is hit.
    pub(super) fn new(confusion: &Confusion, prevalence: f64) -> Option<Self> {
        let (recall, alarms) = (confusion.recall()?, confusion.false_positive_rate()?);
        let estimate = precision(recall.estimate, alarms.estimate, prevalence)?;
        let worst = precision(recall.low, alarms.high, prevalence).unwrap_or(estimate);
        let best = precision(recall.high, alarms.low, prevalence).unwrap_or(estimate);
        Some(Self { estimate, worst, best })
    }
}

/// Units by what they are and whether they were hit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Positives that were hit.
    pub true_positives: u64,
    /// Positives that were not.
    pub false_negatives: u64,
    /// Negatives that were hit.
    pub false_positives: u64,
    /// Negatives that were not.
    pub true_negatives: u64,
}

impl Confusion {
    /// Counts one unit.
    pub fn count(&mut self, truth: bool, hit: bool) {
        let cell = match (truth, hit) {
            (true, true) => &mut self.true_positives,
            (true, false) => &mut self.false_negatives,
            (false, true) => &mut self.false_positives,
            (false, false) => &mut self.true_negatives,
        };
        *cell += 1;
    }

    /// Share of the positives that were hit.
    pub fn recall(&self) -> Option<Rate> {
        Rate::new(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Share of the negatives that were hit.
    pub fn false_positive_rate(&self) -> Option<Rate> {
        Rate::new(self.false_positives, self.false_positives + self.true_negatives)
    }

    /// Units in all.
    pub fn total(&self) -> u64 {
        self.true_positives + self.false_negatives + self.false_positives + self.true_negatives
    }
}

/// Units of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageConfusion {
    /// As the labels or the record state it; [`UNKNOWN_LANGUAGE`] otherwise.
    pub language: String,
    /// At review or above.
    pub review: Confusion,
    /// At escalate.
    pub escalate: Confusion,
}

/// What one rule is worth to one detector.
#[derive(Debug, Clone)]
pub struct RuleValue {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// Its weight for the detector, in decibans.
    pub weight: f64,
    /// Hits among the positives: the rule's recall.
    pub positives: Option<Rate>,
    /// Hits among the negatives: the rule's false-positive rate.
    pub negatives: Option<Rate>,
    /// What a hit was worth here; none without both kinds.
    pub observed: Option<LikelihoodRatio>,
    /// It counts against people, and hit more negatives than positives.
    pub mostly_false: bool,
}

/// A rule that hit no labelled record.
#[derive(Debug, Clone)]
pub struct SilentRule {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// Labelled records on which it could not be evaluated.
    pub not_evaluable: u64,
}

/// A unit on the wrong side.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Id of the record, or of the record with the highest score of a cluster.
    pub id: String,
    /// Its cluster, where the labels give one.
    pub cluster: Option<String>,
    /// Records of the unit.
    pub records: u64,
    /// The highest score among them, in decibans.
    pub score: f64,
    /// The greatest verdict among them.
    pub verdict: Verdict,
    /// Share of the detector's rule weight that could be evaluated on the record of that id, 0 to 1.
    pub coverage: f64,
    /// Sections that the export lacked and that kept rules from being evaluated.
    pub missing: Vec<Section>,
    /// Rules with points for the detector, most points first.
    pub points: Vec<(String, f64)>,
}
