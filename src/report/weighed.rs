//! The findings of a person with what each of them counts, the strongest first.

use crate::screening::{Assessment, Finding, PerDetector};
use std::collections::BTreeMap;

/// A finding and its points.
#[derive(Debug)]
pub(super) struct Weighed<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// What of its rule's weight counts for each detector, in decibans; `None` where it is not asked or nothing counts.
    pub(super) points: PerDetector<Option<f64>>,
}

/// What a finding means for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It adds points.
    For,
    /// It takes points away.
    Against,
    /// It has none.
    Context,
}

impl Weighed<'_> {
    /// The points that are greatest in size, of any detector; 0 if there are none.
    pub(super) fn most(&self) -> f64 {
        let points = self.points.iter().filter_map(|(_, points)| *points);
        points.fold(0.0, |most: f64, points| if points.abs() > most.abs() { points } else { most })
    }

    /// What it means for the person.
    pub(super) fn side(&self) -> Side {
        match self.most() {
            most if most > 0.0 => Side::For,
            most if most < 0.0 => Side::Against,
            _ => Side::Context,
        }
    }
}

/// Every finding, those with the most points first, those that take points away last.
///
/// A rule that stands twice (in two clusters) counts once: its points stand at the first of its findings.
pub(super) fn weighed(assessment: &Assessment) -> Vec<Weighed<'_>> {
    let mut counted: BTreeMap<&str, PerDetector<Option<f64>>> = BTreeMap::new();
    for (detector, result) in assessment.detectors.iter() {
        let parts = result.iter().flat_map(|result| &result.terms).flat_map(|term| &term.rules);
        for part in parts {
            // What exonerates may be subtracted from several families.
            *counted.entry(&part.rule).or_default()[detector].get_or_insert_default() += part.points;
        }
    }
    let weigh = |finding| Weighed { finding, points: counted.remove(&*finding.rule.name).unwrap_or_default() };
    let mut all: Vec<_> = assessment.screened.findings.iter().map(weigh).collect();
    // Stable: findings of equal points stay in the order of their rules' names.
    all.sort_by(|a, b| b.most().total_cmp(&a.most()));
    all
}
