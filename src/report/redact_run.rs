//! What a run was made with and what it counted, without what came from an input.

use super::redactor::Redactor;
use crate::dossier::InputDigest;
use crate::screening::{Configured, Contested, Run, Summary};
use std::collections::BTreeMap;

/// What stands in place of the names of fields, which anybody may have given.
const FIELDS: &str = "fields whose names are not shown";

/// What a run was made with.
pub(super) fn run(redactor: &Redactor, run: &Run) -> Run {
    let mut redacted = run.clone();
    redacted.is_redacted = true;
    if redacted.weights != "built-in" {
        redacted.weights = redactor.token("file", &redacted.weights);
    }
    for list in &mut redacted.watchlists {
        list.name = redactor.token("list", &list.name);
    }
    for database in &mut redacted.geoip {
        database.file = redactor.token("file", &database.file);
    }
    if let Some(index) = &mut redacted.index {
        index.key = redactor.token("key", &index.key);
    }
    if let Some(joining) = &mut redacted.joining {
        joining.unheard = joining.unheard.iter().map(|unheard| redactor.identifier(unheard)).collect();
        for Contested { identifiers, names, records } in &mut joining.contested {
            *identifiers = identifiers.iter().map(|identifier| redactor.identifier(identifier)).collect();
            *names = names.iter().map(|name| redactor.token("name", name)).collect();
            *records = records.iter().map(|record| redactor.locator(record)).collect();
        }
    }
    if let Some(Configured { file, profile, set }) = &mut redacted.configured {
        *file = file.as_deref().map(|file| redactor.token("file", file));
        *profile = profile.as_deref().map(|profile| redactor.token("profile", profile));
        // Values may name people, contacts and files.
        set.values_mut().flatten().for_each(|value| *value = redactor.token("value", value));
    }
    if let Some(configured) = &mut redacted.configured {
        configured.file = configured.file.as_deref().map(|file| redactor.token("file", file));
        for values in configured.set.values_mut() {
            *values = values.iter().map(|value| redactor.token("value", value)).collect();
        }
    }
    redacted
}

/// What a run counted. A digest says whether somebody has the same file, so it gives way too.
pub(super) fn summary(redactor: &Redactor, summary: &Summary) -> Summary {
    let counted = |fields: &BTreeMap<String, u64>| {
        let total: u64 = fields.values().sum();
        if total > 0 { BTreeMap::from([(FIELDS.to_owned(), total)]) } else { BTreeMap::new() }
    };
    let inputs = summary.inputs.iter().map(|input| InputDigest {
        source: redactor.locator(&input.source),
        sha256: redactor.token("digest", &input.sha256),
    });
    Summary {
        dropped_fields: counted(&summary.dropped_fields),
        unknown_fields: counted(&summary.unknown_fields),
        inputs: inputs.collect(),
        ..summary.clone()
    }
}
