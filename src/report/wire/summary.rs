//! What a run counted, as the machine contract has it.

use super::parts::{Each, SourceLine};
use crate::dossier::InputDigest;
use crate::screening::{Summary, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "summary")]
pub(crate) struct SummaryLine<'a> {
    /// People that were assessed.
    dossiers: u64,
    /// Records and files that could not be read.
    rejected: u64,
    /// Files that were passed over.
    skipped: u64,
    /// Number of people at each verdict; those who are as an earlier report has them are in none.
    by_verdict: BTreeMap<&'static str, u64>,
    /// How often a field was left out on purpose, by its name: nobody may be judged by it, or it says nothing.
    dropped_fields: &'a BTreeMap<String, u64>,
    /// How often something was found that there is no field for, by its name.
    unknown_fields: &'a BTreeMap<String, u64>,
    /// Every file that was read.
    inputs: Each<'a, InputDigest, InputLine<'a>>,
    /// Whether the run was interrupted: people may be missing.
    partial: bool,
    /// People who were assessed and counted, and not shown, because of a filter.
    hidden: u64,
    /// People who are as the earlier report has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<u64>,
    /// People of the earlier report who were not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    gone: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "input")]
struct InputLine<'a> {
    /// The file, or the entry of an archive.
    source: SourceLine<'a>,
    /// SHA-256 of its bytes, in hex.
    sha256: &'a str,
}

impl<'a> SummaryLine<'a> {
    pub(crate) fn new(summary: &'a Summary) -> Self {
        let counted = |verdict: Verdict| summary.by_verdict.get(&verdict).copied().unwrap_or(0);
        let input =
            |input: &'a InputDigest| InputLine { source: SourceLine::new(&input.source), sha256: &input.sha256 };
        Self {
            dossiers: summary.dossiers,
            rejected: summary.rejected,
            skipped: summary.skipped,
            by_verdict: Verdict::ALL.into_iter().map(|verdict| (verdict.as_str(), counted(verdict))).collect(),
            dropped_fields: &summary.dropped_fields,
            unknown_fields: &summary.unknown_fields,
            inputs: Each(&summary.inputs, input),
            partial: summary.partial,
            hidden: summary.hidden,
            unchanged: (summary.unchanged > 0).then_some(summary.unchanged),
            gone: (summary.gone > 0).then_some(summary.gone),
        }
    }
}
