//! Lists as JSON Lines: one object a line, with the fields of a table.

use super::row::{Mistake, Row};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a document of JSON is.
pub(super) enum Document<'t> {
    /// An object a line.
    Lines,
    /// A STIX bundle, with the text of each of its objects.
    Bundle(Vec<&'t RawValue>),
}

#[derive(Deserialize)]
struct Whole<'t> {
    r#type: Option<String>,
    #[serde(borrow, default)]
    objects: Vec<&'t RawValue>,
}

/// Tells a bundle from lines.
///
/// # Errors
/// If it is one document over several lines that is no bundle, or a list.
pub(super) fn document(text: &str) -> Result<Document<'_>, Mistake> {
    let help = "a watchlist is a table, an object a line, or a STIX bundle; docs/watchlist.md shows each";
    let line_of = |offset: usize| text[..text.floor_char_boundary(offset)].matches('\n').count() as u64 + 1;
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with('[') {
        let expected = "an object a line, or a STIX bundle";
        return Err(Mistake::new(line_of(start), expected, "a list", "write each entry on a line of its own"));
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Whole<'_>>();
    match values.next() {
        Some(Ok(whole)) if whole.r#type.as_deref() == Some("bundle") => {
            let rest = values.byte_offset();
            match text.get(rest..).map(str::trim_start) {
                None | Some("") => Ok(Document::Bundle(whole.objects)),
                Some(after) => {
                    let line = line_of(text.len() - after.len());
                    Err(Mistake::new(line, "the end of the bundle", "more text", "give each bundle a file of its own"))
                }
            }
        }
        // Over several lines it can only be one document.
        Some(Ok(_)) if text[start..values.byte_offset()].contains('\n') => Err(Mistake::new(
            line_of(start),
            "a STIX bundle, or an object a line",
            "an object over several lines",
            help,
        )),
        Some(Err(error)) if !error.is_data() && error.line() as u64 > line_of(start) => {
            Err(Mistake::new(error.line() as u64, "a STIX bundle", format!("broken JSON: {error}"), help))
        }
        _ => Ok(Document::Lines),
    }
}

/// Reads each line that is not empty; a line that is no entry costs itself only.
pub(super) fn read(text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, written) in (1..).zip(text.lines()) {
        if written.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Row>(written) {
            Ok(row) => rows.push(Row { line, ..row }),
            Err(error) => {
                let expected = "an object with kind, value, source and expires as texts";
                mistakes.push(Mistake::new(line, expected, error.to_string(), "docs/watchlist.md shows each field"));
            }
        }
    }
    rows
}
