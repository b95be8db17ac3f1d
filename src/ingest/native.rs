//! The canonical format itself: JSON Lines, one JSON object, or an array of them.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::json;
use super::parse::Canonical;
use crate::dossier::Section;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: "native",
    description: "falseface dossiers: JSON Lines, one JSON object, or an array (.gz and .zst too)",
    recognised_by: "JSON that is no other format: one object, an array, or one object a line; also `.gz`, `.zst`, standard input",
    becomes: "the dossiers as they are",
    shows: Section::ALL,
    gathers: None,
    detect,
    open,
};

/// Whether a file may be native: certain where a record names the schema, possible where it is JSON at all.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if glimpse.entries.is_some() {
        return None;
    }
    if json::is_canonical(glimpse) {
        return Some(Confidence::Certain);
    }
    (json::is_json(glimpse.head) || glimpse.has_extension(&["json", "jsonl", "ndjson"])).then_some(Confidence::Possible)
}

/// Reads a native file.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &Canonical)
}
