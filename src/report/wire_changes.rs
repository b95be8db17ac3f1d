//! What people decided and what changed since an earlier report, in lines of the machine contract.

use super::wire_findings::FindingLine;
use crate::dossier::Date;
use crate::screening::{BaselineUsed, Change, FindingRef, Suppressed, SuppressionsUsed, Verdict};
use serde::Serialize;

/// A finding that was set aside.
#[derive(Serialize)]
pub(super) struct SuppressedLine<'a> {
    reason: &'a str,
    author: &'a str,
    expires: Date,
    finding: FindingLine<'a>,
}

impl<'a> SuppressedLine<'a> {
    pub(super) fn new(suppressed: &'a Suppressed) -> Self {
        let Suppressed { finding, reason, author, expires } = suppressed;
        Self { reason, author, expires: *expires, finding: FindingLine::new(finding) }
    }
}

/// What is different of a person.
#[derive(Serialize)]
pub(super) struct ChangeLine<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_before: Option<&'static str>,
    new: &'a [String],
    gone: Vec<FindingRefLine<'a>>,
}

#[derive(Serialize)]
struct FindingRefLine<'a> {
    rule: &'a str,
    fingerprint: &'a str,
}

impl<'a> ChangeLine<'a> {
    pub(super) fn new(change: &'a Change) -> Self {
        let gone = |finding: &'a FindingRef| FindingRefLine { rule: &finding.rule, fingerprint: &finding.fingerprint };
        Self {
            status: if change.before.is_some() { "changed" } else { "new" },
            verdict_before: change.before.map(Verdict::as_str),
            new: &change.new,
            gone: change.gone.iter().map(gone).collect(),
        }
    }
}

/// A person of the earlier report who was not met.
#[derive(Serialize)]
pub(super) struct GoneLine<'a> {
    r#type: &'static str,
    dossier: &'a str,
    verdict_before: &'static str,
}

impl<'a> GoneLine<'a> {
    pub(super) fn new(dossier: &'a str, verdict: Verdict) -> Self {
        Self { r#type: "gone", dossier, verdict_before: verdict.as_str() }
    }
}

/// The suppressions of a run.
#[derive(Serialize)]
pub(super) struct SuppressionsUsedLine<'a> {
    sha256: &'a str,
    used: usize,
    expired: usize,
}

impl<'a> SuppressionsUsedLine<'a> {
    pub(super) fn new(used: &'a SuppressionsUsed) -> Self {
        Self { sha256: &used.digest, used: used.used, expired: used.expired }
    }
}

/// The earlier report of a run.
#[derive(Serialize)]
pub(super) struct BaselineUsedLine<'a> {
    sha256: &'a str,
    people: usize,
}

impl<'a> BaselineUsedLine<'a> {
    pub(super) fn new(used: &'a BaselineUsed) -> Self {
        Self { sha256: &used.digest, people: used.people }
    }
}
