//! Objects of a bundle, with ids that follow from what they are: the same run gives the same objects.

use super::actors::{Imitation, LeftOut};
use crate::report::tlp::Tlp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::{Uuid, uuid};

/// The namespace of observables (STIX 2.1, 2.9), which nothing else may use.
const OBSERVABLES: Uuid = uuid!("00abedb4-aa42-466c-9c01-fed23315a9b7");
/// The namespace of everything else that falseface writes.
const OWN: Uuid = uuid!("7c1c62b3-0b0e-4b0e-9d55-6d0c5f6fd1a4");
/// When falseface was first named in a bundle.
const NAMED: &str = "2026-11-25T00:00:00.000Z";

/// What all objects of a bundle have in common.
#[derive(Debug)]
pub(super) struct Common {
    /// With whom it may be shared.
    pub(super) tlp: Tlp,
    /// The time of the run, to the millisecond.
    pub(super) now: String,
}

/// The id of a thing of our own.
pub(super) fn id(kind: &str, of: &str) -> String {
    format!("{kind}--{}", Uuid::new_v5(&OWN, format!("{kind}:{of}").as_bytes()))
}

fn creator() -> String {
    id("identity", "falseface")
}

impl Common {
    /// The program that made the bundle.
    pub(super) fn identity(&self) -> Value {
        json!({
            "type": "identity",
            "spec_version": "2.1",
            "id": creator(),
            "created": NAMED,
            "modified": NAMED,
            "name": "falseface",
            "identity_class": "system",
            "object_marking_refs": [self.tlp.id()],
        })
    }

    /// The domain itself.
    pub(super) fn domain_name(&self, domain: &str) -> Value {
        // The name of an observable's id is its value as canonical JSON (RFC 8785), as which serde_json writes it.
        let name = json!({ "value": domain }).to_string();
        json!({
            "type": "domain-name",
            "spec_version": "2.1",
            "id": format!("domain-name--{}", Uuid::new_v5(&OBSERVABLES, name.as_bytes())),
            "value": domain,
            "object_marking_refs": [self.tlp.id()],
        })
    }

    /// What to look for, and why; it says that nobody confirmed it yet.
    pub(super) fn indicator(&self, imitation: &Imitation) -> Value {
        let Imitation { domain, rule, title } = imitation;
        // Names of hosts have neither quotes nor backslashes.
        let pattern = format!("[domain-name:value = '{domain}']");
        json!({
            "type": "indicator",
            "spec_version": "2.1",
            "id": id("indicator", &format!("{} {pattern}", self.now)),
            "created_by_ref": creator(),
            "created": self.now,
            "modified": self.now,
            "name": format!("A domain that imitates another: {domain}"),
            "description": format!(
                "{title} (rule {rule}), met with somebody who reached \"verify before deciding\". No person confirmed it: \
                 verify before blocking."
            ),
            "indicator_types": ["anomalous-activity"],
            "pattern": pattern,
            "pattern_type": "stix",
            "pattern_version": "2.1",
            "valid_from": self.now,
            "external_references": [{ "source_name": "falseface", "external_id": rule }],
            "object_marking_refs": [self.tlp.id()],
        })
    }

    /// What stayed out of the bundle.
    pub(super) fn note(&self, left_out: &BTreeMap<LeftOut, u64>) -> Value {
        let counts: Vec<_> = left_out.iter().map(|(reason, count)| format!("{}: {count}", reason.words())).collect();
        let content = format!(
            "Left out of this bundle: {}. Who exported it finds them in the other reports, and can add what a person \
             confirmed.",
            counts.join("; ")
        );
        json!({
            "type": "note",
            "spec_version": "2.1",
            "id": id("note", &format!("{} {content}", self.now)),
            "created_by_ref": creator(),
            "created": self.now,
            "modified": self.now,
            "abstract": "What was left out, because it may be a victim's or anybody's",
            "content": content,
            "object_refs": [creator()],
            "object_marking_refs": [self.tlp.id()],
        })
    }
}
