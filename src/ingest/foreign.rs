//! An object of somebody else's JSON format: parsed, told, read by the format's own file, and given its id and origin.

use super::bounded;
use super::fields::{Fields, Notes};
use super::id;
use super::item::{Item, Record};
use super::options::Limits;
use super::parse::{Parse, depth, plain_reason};
use crate::dossier::hex;
use crate::dossier::{Dossier, Locator, Provenance, Rejected, SCHEMA};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::io::Read;

/// A format whose records are objects.
#[derive(Debug)]
pub(crate) struct Format {
    /// The adapter's name.
    pub(crate) name: &'static str,
    /// What a record is, for an error: `a résumé, an object with …`.
    pub(crate) expected: &'static str,
    /// Keys below which a record may stand, of the answers of services; the outermost first.
    pub(crate) envelopes: &'static [&'static str],
    /// Whether an object is a record of it.
    pub(crate) is: fn(&Map<String, Value>) -> bool,
    /// What becomes of it; id, provenance (but for when it was captured) and what was dropped are added.
    pub(crate) read: fn(Fields<'_>) -> Dossier,
    /// What names the person in the format; without it each record is one of its own.
    pub(crate) identity: fn(&Dossier) -> Option<String>,
}

impl Parse for Format {
    fn parse(&self, bytes: &[u8], source: &Locator, max_depth: usize) -> Result<(Dossier, Vec<String>), Rejected> {
        let value = parsed(bytes, source, max_depth)?;
        self.record_of(value, bytes, source)
    }
}

impl Format {
    /// Reads one record that was parsed out of these bytes.
    pub(crate) fn record_of(
        &self,
        value: Value,
        bytes: &[u8],
        source: &Locator,
    ) -> Result<(Dossier, Vec<String>), Rejected> {
        let notes = Notes::default();
        let dossier = self.one(value, &notes, source)?;
        Ok(self.finished(dossier, notes, bytes, source))
    }

    /// The same as what was met.
    pub(crate) fn item(&self, value: Value, bytes: &[u8], source: &Locator) -> Item {
        match self.record_of(value, bytes, source) {
            Ok((dossier, unknown)) => Item::Record(Record::ready(source.clone(), dossier, unknown)),
            Err(rejected) => Item::Rejected(rejected),
        }
    }

    /// Reads the records of one person: an object, or an array of several, of which `join` makes one dossier.
    pub(crate) fn records_of_one(
        &self,
        bytes: &[u8],
        source: &Locator,
        max_depth: usize,
        join: fn(Vec<Dossier>) -> Dossier,
    ) -> Result<(Dossier, Vec<String>), Rejected> {
        let values = match parsed(bytes, source, max_depth)? {
            Value::Array(values) if !values.is_empty() => values,
            other => vec![other],
        };
        let notes = Notes::default();
        let dossiers: Result<Vec<_>, _> = values.into_iter().map(|value| self.one(value, &notes, source)).collect();
        Ok(self.finished(join(dossiers?), notes, bytes, source))
    }

    fn one(&self, value: Value, notes: &Notes, source: &Locator) -> Result<Dossier, Rejected> {
        let object = self.unwrapped(value).ok_or_else(|| Rejected {
            source: source.clone(),
            reason: format!("expected {}, found something else", self.expected),
        })?;
        Ok((self.read)(Fields::new(object, notes)))
    }

    /// Adds what every record has: id, origin, and what was dropped.
    fn finished(&self, dossier: Dossier, notes: Notes, bytes: &[u8], source: &Locator) -> (Dossier, Vec<String>) {
        let sha256 = hex(&Sha256::digest(bytes));
        let id = id::of(self.name, (self.identity)(&dossier).as_deref().unwrap_or(&sha256));
        let captured_at = dossier.provenance.first().and_then(|origin| origin.captured_at);
        let provenance = Provenance {
            adapter: Some(self.name.to_owned()),
            source: Some(source.file_name().to_owned()),
            sha256: Some(sha256),
            captured_at,
            ..Provenance::default()
        };
        let (unknown, dropped) = notes.finish();
        let schema = SCHEMA.to_owned();
        (Dossier { schema, id, provenance: vec![provenance], dropped, ..dossier }, unknown)
    }

    /// The record itself, out of the envelope that it may be in.
    fn unwrapped(&self, value: Value) -> Option<Map<String, Value>> {
        let Value::Object(mut object) = value else { return None };
        if (self.is)(&object) {
            return Some(object);
        }
        let inner = self.envelopes.iter().find_map(|key| object.remove(*key))?;
        if let Value::Object(inner) = inner { Some(inner).filter(self.is) } else { None }
    }
}

/// A whole document, which is one record.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub(crate) fn whole(reader: impl Read, limits: &Limits) -> Result<Vec<u8>, String> {
    let most = limits.max_record_bytes;
    let bytes = bounded::read(reader, most as u64).map_err(|error| error.to_string())?;
    bytes.ok_or_else(|| {
        format!(
            "the document has more than the {most} bytes that a record may have (raise --max-record-bytes if it is meant)"
        )
    })
}

/// A record as JSON.
///
/// # Errors
/// The rejection of what is none, or is nested too deep.
pub(crate) fn parsed(bytes: &[u8], source: &Locator, max_depth: usize) -> Result<Value, Rejected> {
    let rejected = |reason: String| Rejected { source: source.clone(), reason };
    if depth(bytes) > max_depth {
        return Err(rejected(format!("the record is nested deeper than {max_depth} levels")));
    }
    serde_json::from_slice(bytes).map_err(|error| rejected(plain_reason(&error)))
}
