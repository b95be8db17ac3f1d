//! One record: from raw JSON to a checked dossier, or to a rejection that says where, what was expected and what was found.

use super::check;
use crate::dossier::{Dossier, Locator, Rejected, SCHEMA};
use serde::Deserialize;
use serde_ignored::Path as Ignored;
use serde_path_to_error::Segment;

/// Unknown keys that one record may report; a record of a foreign format would otherwise list all of its keys.
const MAX_UNKNOWN: usize = 64;
/// Bytes of an unknown key's pointer that are kept.
const MAX_POINTER: usize = 160;

/// A format whose records are parsed where they are read, and not where they are cut out.
pub(crate) trait Parse: std::fmt::Debug + Sync {
    /// How the bytes of a record become a dossier, with the pointers of keys that are not known, sorted and without repeats.
    ///
    /// # Errors
    /// A rejection that says where, what was expected and what was found; also of what is nested deeper than `max_depth`.
    fn parse(&self, bytes: &[u8], source: &Locator, max_depth: usize) -> Result<(Dossier, Vec<String>), Rejected>;
}

/// The canonical format.
#[derive(Debug)]
pub(crate) struct Canonical;

impl Parse for Canonical {
    fn parse(&self, bytes: &[u8], source: &Locator, max_depth: usize) -> Result<(Dossier, Vec<String>), Rejected> {
        record(bytes, source, max_depth)
    }
}

/// Parses and checks one record of the canonical format.
///
/// Gives the dossier and the pointers of keys that are not known, sorted and without repeats.
pub(crate) fn record(bytes: &[u8], source: &Locator, max_depth: usize) -> Result<(Dossier, Vec<String>), Rejected> {
    read(bytes, max_depth).map_err(|fault| Rejected { source: fault.place(source), reason: fault.reason })
}

/// Why a record is rejected, and where inside it.
struct Fault {
    pointer: Option<String>,
    reason: String,
}

impl Fault {
    fn whole(reason: impl Into<String>) -> Self {
        Self { pointer: None, reason: reason.into() }
    }

    fn place(&self, source: &Locator) -> Locator {
        source.below(self.pointer.as_deref().unwrap_or_default())
    }
}

fn read(bytes: &[u8], max_depth: usize) -> Result<(Dossier, Vec<String>), Fault> {
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        Fault::whole(format!("the record is not UTF-8 at its byte {} (save the file as UTF-8)", error.valid_up_to()))
    })?;
    // The parser would take an array for an object, field by field.
    if !text.trim_start().starts_with('{') {
        return Err(Fault::whole("expected a JSON object, one dossier a record, found something else"));
    }
    let mut unknown = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = serde_ignored::deserialize(&mut deserializer, |path| note(&mut unknown, &path))
        .and_then(|dossier: Dossier| deserializer.end().map(|()| dossier));
    let dossier = parsed.map_err(|error| explain(text, &error))?;
    unknown.sort_unstable();
    unknown.dedup();
    // The parser limits what it keeps to 128 levels; only what it passes over can be deeper.
    if (!unknown.is_empty() || max_depth < 128) && depth(bytes) > max_depth {
        return Err(Fault::whole(format!("the record is nested deeper than {max_depth} levels, which no dossier is")));
    }
    check_schema(&dossier.schema)?;
    check::dossier(&dossier).map_err(|(pointer, reason)| Fault { pointer: Some(pointer), reason })?;
    Ok((dossier, unknown))
}

fn check_schema(schema: &str) -> Result<(), Fault> {
    match schema {
        SCHEMA => Ok(()),
        "" => Err(Fault {
            pointer: Some("/schema".to_owned()),
            reason: format!(
                "`schema` is missing (a dossier begins with \"schema\":\"{SCHEMA}\"; see `falseface schema dossier`)"
            ),
        }),
        other => Err(Fault {
            pointer: Some("/schema".to_owned()),
            reason: format!(
                "expected the schema {SCHEMA}, found {:?} (use the version of falseface that wrote it, or convert the record)",
                clipped(other, 80)
            ),
        }),
    }
}

/// Enough of a record to tell which version wrote it.
#[derive(Deserialize)]
struct Versioned {
    #[serde(default)]
    schema: String,
}

/// Re-reads a failed record slowly, to say where and why it failed.
fn explain(text: &str, error: &serde_json::Error) -> Fault {
    if !error.is_data() {
        let deep = error.to_string().contains("recursion limit");
        return Fault::whole(if deep {
            "the record is nested deeper than 128 levels, which no dossier is".to_owned()
        } else {
            format!("{} at byte {}", plain_reason(error), offset(text, error))
        });
    }
    // Another version's record fails by its types: its version is the reason worth telling.
    if let Ok(Versioned { schema }) = serde_json::from_str(text)
        && let Err(fault) = check_schema(&schema)
    {
        return fault;
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, Dossier>(&mut deserializer) {
        Ok(_) => Fault::whole(plain_reason(error)),
        Err(located) => {
            let mut pointer = String::new();
            for segment in located.path() {
                match segment {
                    Segment::Seq { index } => push_key(&mut pointer, &index.to_string()),
                    Segment::Map { key } => push_key(&mut pointer, key),
                    Segment::Enum { .. } | Segment::Unknown => {}
                }
            }
            let reason = plain_reason(located.inner());
            Fault { pointer: (!pointer.is_empty()).then_some(pointer), reason }
        }
    }
}

/// The parser's words without its line and column, and with what was expected first.
pub(crate) fn plain_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) = message.strip_prefix(prefix).and_then(|rest| rest.split_once(", expected ")) {
            return format!("expected {expected}, found {}", clipped(found, 120));
        }
    }
    if let Some((found, expected)) = message.strip_prefix("unknown variant ").and_then(|r| r.split_once(", expected "))
    {
        return format!("expected {expected}, found {}", clipped(found, 120));
    }
    clipped(message, 400).to_owned()
}

fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    line_start + error.column().saturating_sub(1)
}

fn note(unknown: &mut Vec<String>, path: &Ignored<'_>) {
    if unknown.len() < MAX_UNKNOWN {
        let mut pointer = String::new();
        write_pointer(&mut pointer, path);
        let kept = clipped(&pointer, MAX_POINTER).len();
        pointer.truncate(kept);
        unknown.push(pointer);
    }
}

fn write_pointer(pointer: &mut String, path: &Ignored<'_>) {
    match path {
        Ignored::Root => {}
        Ignored::Seq { parent, .. } => {
            write_pointer(pointer, parent);
            pointer.push_str("/*");
        }
        Ignored::Map { parent, key } => {
            write_pointer(pointer, parent);
            push_key(pointer, key);
        }
        Ignored::Some { parent } | Ignored::NewtypeStruct { parent } | Ignored::NewtypeVariant { parent } => {
            write_pointer(pointer, parent);
        }
    }
}

/// Appends a key to a JSON pointer (RFC 6901).
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// At most `limit` bytes of a text, whole characters only.
pub(crate) fn clipped(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// How deep brackets are nested.
pub(crate) fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
