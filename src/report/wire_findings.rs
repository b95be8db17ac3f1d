//! A finding and its evidence in a line of the machine contract.

use super::wire_parts::{Each, Rounded, is_false};
use crate::dossier::Date;
use crate::screening::{Derived, Evidence, Finding, Observable};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingLine<'a> {
    rule: &'a str,
    id: &'a str,
    version: &'a str,
    title: &'a str,
    detectors: WeightLines<'a>,
    level: &'static str,
    family: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    published: bool,
    #[serde(skip_serializing_if = "is_false")]
    combination: bool,
    element: &'a str,
    count: usize,
    fingerprint: &'a str,
    evidence: Each<'a, Evidence, EvidenceLine<'a>>,
    verify: &'a str,
    falsepositives: &'a [String],
    tags: &'a [String],
}

impl<'a> FindingLine<'a> {
    pub(super) fn new(finding: &'a Finding) -> Self {
        let rule = &*finding.rule;
        Self {
            rule: &rule.name,
            id: &rule.id,
            version: &rule.version,
            title: &rule.title,
            detectors: WeightLines(finding),
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

/// A rule's weight for each detector it speaks to.
struct WeightLines<'a>(&'a Finding);

impl Serialize for WeightLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (detector, weight) in self.0.rule.weights.iter() {
            if let Some(weight) = weight {
                map.serialize_entry(detector.as_str(), &Rounded::<1>(*weight))?;
            }
        }
        map.end()
    }
}

#[derive(Serialize)]
struct EvidenceLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<&'a str>,
    pointer: &'a str,
    start: usize,
    end: usize,
    quote: &'a str,
    before: &'a str,
    after: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    observable: Option<ObservableLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derived: Option<DerivedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
}

#[derive(Serialize)]
struct ObservableLine<'a> {
    r#type: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct DerivedLine<'a> {
    field: &'static str,
    value: &'a str,
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
