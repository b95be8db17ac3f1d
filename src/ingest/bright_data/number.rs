//! The service's own number of an advert or a company, which is what its dossier's id is made of.

use serde_json::{Map, Value};

/// Under which it is kept.
pub(super) const ID: &str = "id";

/// What is kept of it.
pub(super) fn numbered(id: Option<String>) -> Map<String, Value> {
    id.map(|id| (ID.to_owned(), Value::from(id))).into_iter().collect()
}
