//! The tally: what is kept of each labelled record while a batch streams by. Of an unlabelled one, only that it was.

use super::labels::{Judgement, Labels};
use super::outcome::Counts;
use crate::dossier::Section;
use crate::screening::{Assessment, DetectorResult, PerDetector, RuleInfo, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Ids of a kind that are named; further ones are only counted.
pub(super) const NAMED: usize = 20;

/// What was seen of a batch so far.
#[derive(Debug)]
pub struct Tally {
    /// None where the records carry their labels.
    pub(super) labels: Option<Labels>,
    /// Every rule, in order of name; records refer to them by position.
    pub(super) rules: Vec<Arc<RuleInfo>>,
    /// For each rule, the labelled records on which it could not be evaluated.
    pub(super) not_evaluable: Vec<u64>,
    /// For each rule, the labelled records that it hit.
    pub(super) hits: Vec<u64>,
    /// The labelled records, in the order of the input.
    pub(super) records: Vec<Record>,
    pub(super) counts: Counts,
}

/// What is kept of one labelled record.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) judgement: Judgement,
    /// Where each detector that was asked left it.
    pub(super) standings: PerDetector<Option<Standing>>,
    /// Positions of the rules that hit, in order.
    pub(super) hits: Vec<u32>,
}

/// Where one detector left one record.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) verdict: Verdict,
    pub(super) score: f64,
    pub(super) coverage: f64,
    pub(super) missing: Vec<Section>,
    /// Positions of rules with their points.
    pub(super) points: Vec<(u32, f64)>,
}

impl Tally {
    /// A tally over the rules of a run, in order of name, as the rule set has them.
    pub fn new(rules: Vec<Arc<RuleInfo>>, labels: Option<Labels>) -> Self {
        debug_assert!(rules.is_sorted_by(|a, b| a.name < b.name), "positions are those of the rule set");
        let zeros = vec![0; rules.len()];
        Self {
            labels,
            not_evaluable: zeros.clone(),
            hits: zeros,
            rules,
            records: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// Takes in one record.
    pub fn add(&mut self, assessment: &Assessment) {
        let screened = &assessment.screened;
        self.counts.records += 1;
        let judgement = self.judgement(assessment);
        let asked = |(detector, truth): (_, &Option<bool>)| truth.is_some() && assessment.detectors[detector].is_some();
        let Some(judgement) = judgement.filter(|judgement| judgement.truth.iter().any(asked)) else {
            self.counts.unlabelled += 1;
            if self.counts.unlabelled_ids.len() < NAMED {
                self.counts.unlabelled_ids.push(screened.dossier.clone());
            }
            return;
        };
        self.counts.labelled += 1;
        for position in &screened.not_evaluable {
            if let Some(count) = self.not_evaluable.get_mut(*position as usize) {
                *count += 1;
            }
        }
        let mut hits: Vec<u32> =
            screened.findings.iter().filter_map(|finding| self.position(&finding.rule.name)).collect();
        hits.sort_unstable();
        hits.dedup();
        for position in &hits {
            self.hits[*position as usize] += 1;
        }
        let standings = PerDetector::from_fn(|detector| {
            let result = assessment.detectors[detector].as_ref()?;
            // Reasons are only told of records that were judged.
            judgement.truth[detector]?;
            Some(Standing {
                verdict: result.verdict,
                score: result.score,
                coverage: screened.coverage[detector],
                missing: screened.missing[detector].clone(),
                points: self.points(result),
            })
        });
        self.records.push(Record { id: screened.dossier.clone(), judgement, standings, hits });
    }

    fn judgement(&mut self, assessment: &Assessment) -> Option<Judgement> {
        let judged = &assessment.screened.judged;
        let Some(labels) = &mut self.labels else {
            let (judgement, doubtful) = Judgement::of_record(judged);
            self.counts.doubtful_labels += doubtful;
            return Some(judgement);
        };
        let mut judgement = labels.meet(&assessment.screened.dossier)?;
        judgement.language = judgement.language.or_else(|| judged.language.clone());
        Some(judgement)
    }

    fn position(&self, name: &str) -> Option<u32> {
        let position = self.rules.binary_search_by(|rule| rule.name.as_str().cmp(name)).ok()?;
        u32::try_from(position).ok()
    }

    /// Points by rule; exonerating evidence may stand in several families.
    fn points(&self, result: &DetectorResult) -> Vec<(u32, f64)> {
        let mut points: BTreeMap<u32, f64> = BTreeMap::new();
        for part in result.terms.iter().flat_map(|term| &term.rules) {
            if let Some(position) = self.position(&part.rule) {
                *points.entry(position).or_default() += part.points;
            }
        }
        points.into_iter().collect()
    }
}
