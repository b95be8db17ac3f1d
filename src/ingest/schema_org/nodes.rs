//! Which objects of JSON-LD are people or adverts, and where they stand.

use crate::ingest::fields::Fields;
use crate::ingest::json;
use crate::ingest::parse::push_key;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Keys below which several things stand side by side, or the one that a page or an entry of a list is about.
const SEVERAL: [&str; 4] = ["@graph", "itemListElement", "item", "mainEntity"];

/// What was found in a value.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// People and adverts, with the pointer of where each stands.
    pub(super) ones: Vec<(String, Value)>,
    /// What else stands beside them, by its type.
    pub(super) others: BTreeSet<String>,
}

impl Found {
    /// Looks through a value; its nesting is bounded where it is parsed.
    pub(super) fn within(value: Value) -> Self {
        let mut found = Self::default();
        found.look(value, "");
        found
    }

    fn look(&mut self, value: Value, pointer: &str) {
        match value {
            Value::Array(values) => {
                for (index, value) in values.into_iter().enumerate() {
                    self.look(value, &format!("{pointer}/{index}"));
                }
            }
            Value::Object(object) if is_one(&object) => self.ones.push((pointer.to_owned(), object.into())),
            Value::Object(mut object) => {
                let inner: Vec<_> =
                    SEVERAL.iter().filter_map(|key| object.remove(*key).map(|value| (*key, value))).collect();
                if inner.is_empty() {
                    self.others.insert(types(&object).next().map_or("an object without a type", local).to_owned());
                }
                for (key, value) in inner {
                    let mut below = pointer.to_owned();
                    push_key(&mut below, key);
                    self.look(value, &below);
                }
            }
            other => {
                self.others.insert(json::kind(&other).to_owned());
            }
        }
    }
}

/// Whether an object is a person or an advert.
pub(super) fn is_one(object: &Map<String, Value>) -> bool {
    types(object).any(|name| matches!(local(name), "Person" | "JobPosting"))
}

/// Whether an object is an advert.
pub(super) fn is_advert(types: &[String]) -> bool {
    types.iter().any(|name| local(name) == "JobPosting")
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let names = match object.get("@type") {
        Some(Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    names.iter().filter_map(Value::as_str)
}

/// A type without the vocabulary that it is of: `https://schema.org/Person`, `schema:Person`.
fn local(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

/// Nothing more is read of an object: what JSON-LD needs for itself and what has no place in the record is counted, the rest told.
pub(super) fn finish(mut fields: Fields<'_>, aside: &[&str]) {
    fields.drop_together("keywords of JSON-LD", |key| matches!(key, "@type" | "@id" | "@context"));
    fields.drop_all(aside);
    fields.finish();
}
