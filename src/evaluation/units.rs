//! Units: what is counted as one. A record by itself, or the records of a cluster: near-duplicates, or the work of one
//! hand, would otherwise be counted as so many independent proofs.
//!
//! A cluster stands where its highest member stands: the highest score, the greatest verdict, every rule that hit one
//! of them. Where a cluster has records of both kinds, each kind is a unit of its own.

use super::tally::{Record, Standing};
use crate::screening::{Detector, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Records of one kind that count as one, for one detector.
#[derive(Debug)]
pub(super) struct Unit<'r> {
    pub(super) truth: bool,
    pub(super) cluster: Option<&'r str>,
    /// The record with the highest score; the first of several.
    pub(super) highest: &'r Record,
    pub(super) standing: &'r Standing,
    /// The greatest verdict among the records.
    pub(super) verdict: Verdict,
    /// Positions of the rules that hit one of the records.
    pub(super) hits: BTreeSet<u32>,
    pub(super) records: u64,
}

/// The units of all records that were judged for a detector, in the order of their first record.
pub(super) fn units(records: &[Record], detector: Detector) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit<'_>> = Vec::new();
    let mut of_cluster: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for record in records {
        let (Some(truth), Some(standing)) = (record.judgement.truth[detector], &record.standings[detector]) else {
            continue;
        };
        let cluster = record.judgement.cluster.as_deref();
        let known = cluster.and_then(|cluster| of_cluster.get(&(cluster, truth)).copied());
        if let Some(unit) = known.and_then(|at| units.get_mut(at)) {
            unit.records += 1;
            unit.verdict = unit.verdict.max(standing.verdict);
            unit.hits.extend(&record.hits);
            if standing.score > unit.standing.score {
                (unit.highest, unit.standing) = (record, standing);
            }
            continue;
        }
        if let Some(cluster) = cluster {
            of_cluster.insert((cluster, truth), units.len());
        }
        let hits = record.hits.iter().copied().collect();
        units.push(Unit { truth, cluster, highest: record, standing, verdict: standing.verdict, hits, records: 1 });
    }
    units
}
