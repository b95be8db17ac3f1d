//! The canonical format itself: JSON Lines, one JSON object, or an array of them.
//!
//! The reading thread only cuts records out; parsing and checking is done where the record is read.

mod cut;
mod lines;
mod values;

use crate::ingest::adapter::{Confidence, Context, Glimpse, Opened};
use crate::ingest::item::Item;
use cut::Layout;
use lines::Lines;
use values::Values;

/// Whether a file may be native: certain where a record names the schema, possible where it is JSON at all.
pub(crate) fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if glimpse.entries.is_some() {
        return None;
    }
    let head = cut::without_bom(glimpse.head);
    if memchr::memmem::find(head, b"\"falseface.dossier/").is_some() && cut::looks_like_json(head) {
        return Some(Confidence::Certain);
    }
    (cut::looks_like_json(head) || glimpse.has_extension(&["json", "jsonl", "ndjson"])).then_some(Confidence::Possible)
}

/// Reads a native file.
pub(crate) fn open(opened: Opened, context: &Context) -> Box<dyn Iterator<Item = Item> + Send> {
    let Opened::Stream { reader, head, name } = opened else {
        return Box::new(std::iter::empty());
    };
    let named_as_lines = name.contains(".jsonl") || name.contains(".ndjson");
    match cut::layout(&head) {
        Layout::Array => Box::new(Values::array(reader, context)),
        Layout::Object if !named_as_lines => Box::new(Values::objects(reader, context)),
        Layout::Object | Layout::Lines => Box::new(Lines::new(reader, context)),
    }
}
