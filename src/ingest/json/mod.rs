//! Records cut out of JSON: one a line, the elements of an array, or objects one after the other.
//!
//! The reading thread only cuts; what a record says is parsed and checked where it is read.

mod cut;
mod lines;
pub(crate) mod stream;
mod values;

use crate::dossier::{Locator, Rejected};
use crate::ingest::adapter::{Context, Glimpse, Items, Opened};
use crate::ingest::item::Item;
use crate::ingest::parse::{Canonical, Parse};
use cut::Layout;
use lines::Lines;
use values::Values;

/// Whether the first bytes of a file are those of objects, or of an array of them.
pub(crate) fn is_json(head: &[u8]) -> bool {
    cut::looks_like_json(head)
}

/// Whether a file is of JSON that names the schema of the canonical format.
pub(crate) fn is_canonical(glimpse: &Glimpse<'_>) -> bool {
    glimpse.entries.is_none() && is_json(glimpse.head) && has(glimpse, "\"falseface.dossier/")
}

/// Whether a file is of somebody else's JSON, and its first bytes have all of these words. A dossier that was made of a
/// foreign record names its keys as well: they were dropped.
pub(crate) fn has_all(glimpse: &Glimpse<'_>, words: &[&str]) -> bool {
    let is_foreign = || is_json(glimpse.head) && !is_canonical(glimpse);
    glimpse.entries.is_none() && words.iter().all(|word| has(glimpse, word)) && is_foreign()
}

/// Whether the first bytes of a file have a word.
pub(crate) fn has(glimpse: &Glimpse<'_>, word: &str) -> bool {
    memchr::memmem::find(glimpse.head, word.as_bytes()).is_some()
}

/// What kind of value it is, for an error.
pub(crate) fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "nothing",
        serde_json::Value::Bool(_) => "true or false",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}

/// The records of a file, each to be parsed when it is read.
pub(crate) fn records(opened: Opened, context: &Context, parse: &'static dyn Parse) -> Items {
    let Opened::Stream { reader, head, name } = opened else {
        return Box::new(std::iter::empty());
    };
    let named_as_lines = name.split('.').skip(1).any(|part| matches!(part, "jsonl" | "ndjson"));
    match cut::layout(&head) {
        Layout::Array => Box::new(Values::array(reader, context, parse)),
        Layout::Object if !named_as_lines => Box::new(Values::objects(reader, context, parse)),
        Layout::Object | Layout::Lines => Box::new(Lines::new(reader, context, parse)),
    }
}

/// A record as it was cut out, and where it stood; or why it could not be.
pub(crate) type Piece = Result<(Locator, Vec<u8>), Rejected>;

/// The records of a file as they were cut out, for who makes one dossier of several; and those that could not be.
pub(crate) fn pieces(opened: Opened, context: &Context) -> impl Iterator<Item = Piece> + use<> {
    records(opened, context, &Canonical).filter_map(|item| match item {
        Item::Record(record) => record.into_raw().map(Ok),
        Item::Rejected(rejected) => Some(Err(rejected)),
        Item::Skipped(_) => None,
    })
}
