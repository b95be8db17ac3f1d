//! The canonical format itself: JSON Lines, one JSON object, or an array of them.

use super::adapter::{Confidence, Context, Glimpse, Items, Opened};
use super::{json, parse};

/// Whether a file may be native: certain where a record names the schema, possible where it is JSON at all.
pub(crate) fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if glimpse.entries.is_some() {
        return None;
    }
    if json::has_all(glimpse, &["\"falseface.dossier/"]) {
        return Some(Confidence::Certain);
    }
    (json::is_json(glimpse.head) || glimpse.has_extension(&["json", "jsonl", "ndjson"])).then_some(Confidence::Possible)
}

/// Reads a native file.
pub(crate) fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, parse::record)
}
