//! What a record that was read again shares: its values and texts that others have too, with the words that show it.

use super::index::{Groups, Noted};
use super::key::{Key, KeyKind};
use super::keys::keys;
use super::knowledge::LinkKnowledge;
use super::near_text::{TextKind, folded, shingles, texts, tokens};
use super::persona::Persona;
use super::setup::Setup;
use super::sketch::Sketch;
use crate::dossier::{Dossier, Path, Place, Quote, Span};
use serde_json::Value as Json;
use std::cell::LazyCell;
use xxhash_rust::xxh3::xxh3_64;

/// Longest quote in bytes.
pub(super) const QUOTE: usize = 240;

/// What is noted of a dossier with these keys on the first visit.
pub(super) fn noted_of(dossier: &Dossier, keys: &[Key], knowledge: &LinkKnowledge<'_>) -> Noted {
    let mut noted = Noted::default();
    for key in keys {
        noted.keys.push(hash(key.kind, &key.value));
        noted.portraits.extend(portrait(key));
        noted.setups.extend(Setup::of(key));
    }
    for (position, text) in (0..).zip(texts(dossier)) {
        let shingles = shingles_of(text.text, knowledge);
        noted.texts.extend(shingles.map(|shingles| (position, Sketch::of(text.kind, &shingles))));
    }
    noted
}

/// The perceptual hash that a key is, if its kind is one that may differ in a few bits.
fn portrait(key: &Key) -> Option<u64> {
    let digits = key.value.strip_prefix("dct64:").filter(|_| key.kind == KeyKind::PhotoHash)?;
    u64::from_str_radix(digits, 16).ok()
}

/// The hash of a key; only equal kinds meet.
pub(super) fn hash(kind: KeyKind, value: &str) -> u64 {
    xxh3_64(format!("{} {value}", kind.as_str()).as_bytes())
}

/// The shingles of a text as it stands in a record; `None` if it says too little.
fn shingles_of(text: &str, knowledge: &LinkKnowledge<'_>) -> Option<Vec<u64>> {
    shingles(&tokens(folded(text).as_str()), |shingle| knowledge.ordinary.has(shingle))
}

/// What a record shares, and who it says it is.
#[derive(Debug)]
pub struct Seen {
    /// Its number in the input.
    pub(super) record: u32,
    /// The dossier's id.
    pub(super) id: String,
    pub(super) persona: Persona,
    pub(super) values: Vec<Value>,
    pub(super) portraits: Vec<Portrait>,
    pub(super) setups: Vec<Registered>,
    pub(super) texts: Vec<Said>,
}

/// A portrait that others are near to.
#[derive(Debug)]
pub(super) struct Portrait {
    pub(super) hash: u64,
    pub(super) place: Place,
    pub(super) quote: Quote,
}

/// A domain that others set up in the same way a few days apart.
#[derive(Debug)]
pub(super) struct Registered {
    pub(super) setup: Setup,
    pub(super) place: Place,
    pub(super) quote: Quote,
}

/// A value that others have too.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) kind: KeyKind,
    pub(super) canonical: String,
    pub(super) place: Place,
    /// As it stands in the record.
    pub(super) quote: Quote,
}

/// A text that others have nearly the same.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) kind: TextKind,
    pub(super) path: Path,
    pub(super) text: String,
    /// Hashes of its shingles, sorted.
    pub(super) shingles: Vec<u64>,
    /// Its number among such texts.
    pub(super) number: u32,
}

impl Seen {
    /// Reads a record again; pure, so that it can happen on any thread. `record` is its number in the input.
    pub fn of(record: u32, dossier: &Dossier, knowledge: &LinkKnowledge<'_>, groups: &Groups) -> Self {
        // A dossier was read from JSON or built from strings and numbers; if it does not print, nothing is quoted. Most
        // that are read again met others by chance, and have nothing to quote.
        let json = LazyCell::new(|| serde_json::to_value(dossier).unwrap_or_default());
        let mut values = Vec::new();
        let mut portraits = Vec::new();
        let mut setups = Vec::new();
        for key in keys(dossier, knowledge) {
            let quote = || quoted(&dossier.id, &json, key.place, &key.value);
            if let Some(hash) = portrait(&key).filter(|hash| groups.is_near(*hash)) {
                portraits.push(Portrait { hash, place: key.place, quote: quote() });
            }
            if let Some(setup) = Setup::of(&key).filter(|setup| groups.is_near_setup(*setup)) {
                setups.push(Registered { setup, place: key.place, quote: quote() });
            }
            if groups.holders(hash(key.kind, &key.value)) > 1 {
                values.push(Value { quote: quote(), kind: key.kind, place: key.place, canonical: key.value });
            }
        }
        let said = (0..).zip(texts(dossier)).filter_map(|(position, text)| {
            let number = groups.near_text(record, position)?;
            let shingles = shingles_of(text.text, knowledge)?;
            Some(Said { kind: text.kind, path: text.path, text: text.text.to_owned(), shingles, number })
        });
        let texts = said.collect();
        Self {
            record,
            id: dossier.id.clone(),
            persona: Persona::of(dossier, knowledge.facts),
            values,
            portraits,
            setups,
            texts,
        }
    }
}

/// The words at a place; the value itself where the record does not have it as text.
fn quoted(dossier: &str, json: &Json, place: Place, value: &str) -> Quote {
    let pointer = place.path.to_string();
    let text = match json.pointer(&pointer) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => value.to_owned(),
    };
    let range = match place.span {
        Span::Bytes(start, end) => start as usize..end as usize,
        Span::Whole => 0..text.floor_char_boundary(QUOTE),
    };
    let quote = text.get(range.clone()).unwrap_or_default().to_owned();
    Quote { dossier: dossier.to_owned(), pointer, start: range.start, end: range.end, quote }
}
