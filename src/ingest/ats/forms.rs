//! What a form asked and what fields hold that a customer of the system made up: told by the table of headers that tables of
//! candidates are read by, or else kept as they are where no rule reads.
//!
//! A name that asks for what is never read is counted, and its value left alone.

use super::merge::joined;
use crate::dossier::Dossier;
use crate::ingest::candidate_table::Claims;
use crate::ingest::column_map::{self, DateOrder, Field, Plain};
use crate::ingest::fields::Fields;
use crate::ingest::protected::asks_protected;
use serde_json::{Map, Value};
use std::mem;

/// What somebody filled in, by the name of what was asked.
pub(super) type Given = Vec<(String, Value)>;

/// A list of objects, each with a name and a value.
pub(super) fn listed(fields: &mut Fields<'_>, key: &str, name: &str, value: &str, aside: &[&str]) -> Given {
    fields.objects(key).into_iter().filter_map(|field| one(field, name, value, aside)).collect()
}

/// An object of objects, each with a name and a value.
pub(super) fn keyed(fields: &mut Fields<'_>, key: &str, name: &str, value: &str, aside: &[&str]) -> Given {
    let Some(fields) = fields.object(key) else { return Given::new() };
    let mut given = Given::new();
    for (key, field) in fields.into_objects() {
        if asks_protected(&key) {
            field.drop_whole();
        } else {
            given.extend(one(field, name, value, aside));
        }
    }
    given
}

fn one(mut field: Fields<'_>, name: &str, value: &str, aside: &[&str]) -> Option<(String, Value)> {
    let name = field.text(name)?;
    if asks_protected(&name) {
        field.drop_as(&name);
        return None;
    }
    let value = field.value(value);
    field.drop_all(aside);
    field.finish();
    Some((name, value?))
}

/// Adds what was filled in to a dossier.
pub(super) fn claims(dossier: &mut Dossier, given: Given) {
    let mut cells: Vec<(&Field, String)> = Vec::new();
    let mut others = Map::new();
    for (name, value) in given {
        let field = column_map::known(&name).and_then(|known| known.field.as_ref());
        let field = field.filter(|field| !matches!(field, Field::Plain(Plain::Id | Plain::Role | Plain::Ignore)));
        let is_free = |field: &&Field| field.holds_many() || !cells.iter().any(|(taken, _)| taken == field);
        match field.filter(is_free).zip(words(&value)) {
            Some((field, words)) => cells.push((field, words)),
            None => drop(others.insert(name, value)),
        }
    }
    let mut claimed = Dossier::default();
    Claims::new(cells.iter().map(|(field, words)| (*field, words.as_str())), DateOrder::Unknown).claims(&mut claimed);
    if !others.is_empty() {
        claimed.extra.insert("custom".to_owned(), Value::Object(others));
    }
    *dossier = joined(vec![mem::take(dossier), claimed]);
}

/// A value in words, as a cell would hold it.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let words: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            words.map(|words| words.join("\n"))
        }
        _ => None,
    }
}
