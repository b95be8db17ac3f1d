//! Several records of one person as one dossier: lists are put together without repeats, of single values the first counts, and
//! what the others say instead is kept where no rule reads.

use crate::dossier::{Dossier, Section};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// One dossier of what several say of one person; ids, origins and what was dropped are given by whoever reads them.
pub(super) fn joined(dossiers: Vec<Dossier>) -> Dossier {
    let mut dossiers = dossiers.into_iter();
    let mut whole = dossiers.next().unwrap_or_default();
    for other in dossiers {
        add(&mut whole, other);
    }
    once(&mut whole.subject.names);
    once(&mut whole.subject.photos);
    once(&mut whole.subject.languages);
    once(&mut whole.accounts);
    once(&mut whole.employment);
    once(&mut whole.education);
    once(&mut whole.skills);
    once(&mut whole.certifications);
    once(&mut whole.contacts);
    once(&mut whole.documents);
    once(&mut whole.observations);
    once(&mut whole.messages);
    for value in whole.extra.values_mut() {
        if let Value::Array(values) = value {
            once(values);
        }
    }
    whole
}

fn add(whole: &mut Dossier, other: Dossier) {
    let extra = &mut whole.extra;
    first(&mut whole.subject.headline, other.subject.headline, "headline", extra);
    first(&mut whole.subject.about, other.subject.about, "about", extra);
    first(&mut whole.subject.location, other.subject.location, "location", extra);
    whole.subject.names.extend(other.subject.names);
    whole.subject.photos.extend(other.subject.photos);
    whole.subject.languages.extend(other.subject.languages);
    whole.accounts.extend(other.accounts);
    whole.employment.extend(other.employment);
    whole.education.extend(other.education);
    whole.skills.extend(other.skills);
    whole.certifications.extend(other.certifications);
    whole.contacts.extend(other.contacts);
    whole.documents.extend(other.documents);
    whole.observations.extend(other.observations);
    whole.messages.extend(other.messages);
    for (name, value) in other.extra {
        keep(extra, name, value);
    }
    let present: BTreeSet<Section> = whole.coverage.present.iter().copied().chain(other.coverage.present).collect();
    whole.coverage.present = present.into_iter().collect();
}

/// The value that came first; another one that came later is kept under its name.
fn first<T: PartialEq + Serialize>(kept: &mut Option<T>, other: Option<T>, name: &str, extra: &mut Map<String, Value>) {
    if kept.is_none() {
        *kept = other;
    } else if *kept != other
        && let Some(Ok(value)) = other.map(serde_json::to_value)
    {
        keep(extra, name.to_owned(), Value::Array(vec![value]));
    }
}

/// Adds a value under a name that may hold one.
fn keep(extra: &mut Map<String, Value>, name: String, value: Value) {
    let Some(kept) = extra.get_mut(&name) else {
        extra.insert(name, value);
        return;
    };
    match (kept, value) {
        (kept, value) if *kept == value => {}
        (Value::Array(kept), Value::Array(values)) => kept.extend(values),
        (Value::Array(kept), value) => kept.push(value),
        (Value::Object(kept), Value::Object(values)) => {
            for (name, value) in values {
                keep(kept, name, value);
            }
        }
        (kept, value) => *kept = Value::Array(vec![kept.take(), value]),
    }
}

/// Leaves each element once, where it stands first.
fn once<T: Serialize>(elements: &mut Vec<T>) {
    if elements.len() > 1 {
        let mut met = BTreeSet::new();
        elements.retain(|element| serde_json::to_string(element).is_ok_and(|written| met.insert(written)));
    }
}
