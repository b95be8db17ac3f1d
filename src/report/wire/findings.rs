//! A finding and its evidence, as the machine contract has them.

use super::parts::{ByDetector, Decibans, Each, Rounded, is_false};
use super::words;
use crate::dossier::Date;
use crate::screening::{Derived, Evidence, Finding, Observable, PerDetector};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "finding")]
pub(crate) struct FindingLine<'a> {
    /// The rule's name, a promise.
    rule: &'a str,
    /// The rule's UUID.
    id: &'a str,
    /// The day on which the rule was last changed.
    version: &'a str,
    /// What is seen, in a line.
    title: &'a str,
    /// What the rule weighs for each question that it speaks to. 0 is context, less speaks against.
    detectors: ByDetector<Decibans>,
    /// How loud the rule is, by its greatest weight.
    #[schemars(schema_with = "words::level")]
    level: &'static str,
    /// Rules of one family look at the same thing.
    family: &'a str,
    /// Whether it is a match with something published.
    #[serde(skip_serializing_if = "is_false")]
    published: bool,
    /// Whether it is a finding over other findings.
    #[serde(skip_serializing_if = "is_false")]
    combination: bool,
    /// JSON Pointer of the first element of the record that satisfied the rule.
    element: &'a str,
    /// Number of elements that satisfied it.
    count: usize,
    /// The finding, known again from run to run: a digest of rule, person and quotes.
    fingerprint: &'a str,
    /// What satisfied the rule, the strongest first; at least one has a quote.
    evidence: Each<'a, Evidence, EvidenceLine<'a>>,
    /// What to verify next.
    verify: &'a str,
    /// What else it could be.
    falsepositives: &'a [String],
    /// Techniques and topics, as in the rule.
    tags: &'a [String],
}

impl<'a> FindingLine<'a> {
    pub(crate) fn new(finding: &'a Finding) -> Self {
        let rule = &*finding.rule;
        Self {
            rule: &rule.name,
            id: &rule.id,
            version: &rule.version,
            title: &rule.title,
            detectors: ByDetector(PerDetector::from_fn(|detector| rule.weights[detector].map(Rounded))),
            level: rule.level.as_str(),
            family: &rule.family,
            published: rule.published,
            combination: rule.combination,
            element: &finding.element,
            count: finding.count,
            fingerprint: &finding.fingerprint,
            evidence: Each(&finding.evidence, EvidenceLine::new),
            verify: &rule.verify,
            falsepositives: &rule.falsepositives,
            tags: &rule.tags,
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "evidence")]
struct EvidenceLine<'a> {
    /// Whose record the words stand in, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<&'a str>,
    /// JSON Pointer into the canonical record (`falseface convert` prints it).
    pointer: &'a str,
    /// First byte of the quote in the raw text at `pointer`.
    start: usize,
    /// The byte after the quote.
    end: usize,
    /// The words; for a number, boolean or null its JSON token; empty where something is not there.
    quote: &'a str,
    /// Some of the text before.
    before: &'a str,
    /// Some of the text after.
    after: &'a str,
    /// The technical thing that the quote is.
    #[serde(skip_serializing_if = "Option::is_none")]
    observable: Option<ObservableLine<'a>>,
    /// How the value was computed, where it does not stand in the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    derived: Option<DerivedLine<'a>>,
    /// What would be there, where something is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    /// In what the quote stands, for a reader.
    label: &'a str,
    /// When that was written or observed.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Date>,
    /// Which of the joined records it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "observable")]
struct ObservableLine<'a> {
    /// What it is: `domain`, `url`, `email`, `phone`, `wallet`, `ip`, `file-name`, `sha256`.
    r#type: &'static str,
    /// The raw value.
    value: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "derived")]
struct DerivedLine<'a> {
    /// The field, as rules name it.
    field: &'static str,
    /// Its value.
    value: &'a str,
    /// JSON Pointers of what it was computed from; `/run/now` is the time of the run.
    from: &'a [String],
}

impl<'a> EvidenceLine<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        let observable = |Observable { kind, value }: &'a Observable| ObservableLine { r#type: kind, value };
        let derived = |Derived { field, value, from }: &'a Derived| DerivedLine { field, value, from };
        Self {
            dossier: evidence.dossier.as_deref(),
            pointer: &evidence.pointer,
            start: evidence.start,
            end: evidence.end,
            quote: &evidence.quote,
            before: &evidence.before,
            after: &evidence.after,
            observable: evidence.observable.as_ref().map(observable),
            derived: evidence.derived.as_ref().map(derived),
            expected: evidence.expected.as_deref(),
            label: &evidence.label,
            at: evidence.at,
            origin: evidence.origin.as_deref(),
        }
    }
}
