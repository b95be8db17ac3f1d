//! What people decided and what changed since an earlier report, as the machine contract has it.

use super::findings::FindingLine;
use super::words;
use crate::dossier::Date;
use crate::screening::{BaselineUsed, Change, FindingRef, Suppressed, SuppressionsUsed, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

/// A finding that a person looked into and set aside.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "suppressed")]
pub(crate) struct SuppressedLine<'a> {
    /// Why.
    reason: &'a str,
    /// Who did so.
    author: &'a str,
    /// The last day on which it holds.
    expires: Date,
    /// The finding.
    finding: FindingLine<'a>,
}

impl<'a> SuppressedLine<'a> {
    pub(crate) fn new(suppressed: &'a Suppressed) -> Self {
        let Suppressed { finding, reason, author, expires } = suppressed;
        Self { reason, author, expires: *expires, finding: FindingLine::new(finding) }
    }
}

/// What is different of a person.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "change")]
pub(crate) struct ChangeLine<'a> {
    /// `new` for a person whom the earlier report does not have.
    #[schemars(extend("enum" = [NEW, CHANGED]))]
    status: &'static str,
    /// Where the person stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "words::verdict")]
    verdict_before: Option<&'static str>,
    /// Fingerprints of findings that the earlier report does not have.
    new: &'a [String],
    /// Findings of the earlier report that are no longer there.
    gone: Vec<FindingRefLine<'a>>,
}

/// The two values of a change's `status`.
const NEW: &str = "new";
const CHANGED: &str = "changed";

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "finding_ref")]
struct FindingRefLine<'a> {
    /// The rule's name.
    rule: &'a str,
    /// The finding's fingerprint.
    fingerprint: &'a str,
}

impl<'a> ChangeLine<'a> {
    pub(crate) fn new(change: &'a Change) -> Self {
        let gone = |finding: &'a FindingRef| FindingRefLine { rule: &finding.rule, fingerprint: &finding.fingerprint };
        Self {
            status: if change.before.is_some() { CHANGED } else { NEW },
            verdict_before: change.before.map(Verdict::as_str),
            new: &change.new,
            gone: change.gone.iter().map(gone).collect(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "gone")]
pub(crate) struct GoneLine<'a> {
    /// The person's id in the earlier report.
    dossier: &'a str,
    /// Where the person stood.
    #[schemars(schema_with = "words::verdict")]
    verdict_before: &'static str,
}

impl<'a> GoneLine<'a> {
    pub(crate) fn new(dossier: &'a str, verdict: Verdict) -> Self {
        Self { dossier, verdict_before: verdict.as_str() }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "suppressions")]
pub(crate) struct SuppressionsUsedLine<'a> {
    /// SHA-256 of the file's bytes, in hex.
    sha256: &'a str,
    /// Entries that hold.
    used: usize,
    /// Entries whose last day has passed: their findings count again.
    expired: usize,
}

impl<'a> SuppressionsUsedLine<'a> {
    pub(crate) fn new(used: &'a SuppressionsUsed) -> Self {
        Self { sha256: &used.digest, used: used.used, expired: used.expired }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "baseline")]
pub(crate) struct BaselineUsedLine<'a> {
    /// SHA-256 of the earlier report's bytes, in hex.
    sha256: &'a str,
    /// People in it.
    people: usize,
}

impl<'a> BaselineUsedLine<'a> {
    pub(crate) fn new(used: &'a BaselineUsed) -> Self {
        Self { sha256: &used.digest, people: used.people }
    }
}
