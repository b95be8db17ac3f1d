//! The records of an answer or a file, put together by the person whom they are of.
//!
//! An answer holds a page of records below one of its keys. Somebody who applied several times stands in several records,
//! perhaps of several pages. So the records of a file are held, up to the limit of an entry, until all of it was read.

use super::merge::joined;
use crate::dossier::{Dossier, Locator, Rejected};
use crate::ingest::adapter::{Context, Items, Opened};
use crate::ingest::foreign::Format;
use crate::ingest::item::{Item, Record};
use crate::ingest::json::{self, Piece};
use crate::ingest::parse::Parse;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::{mem, vec};

/// What names the person in a record.
pub(super) type PersonOf = fn(&Map<String, Value>) -> Option<String>;

/// A system whose records are put together by person.
#[derive(Debug)]
pub(super) struct System {
    pub(super) format: Format,
    pub(super) person: PersonOf,
}

impl Parse for System {
    fn parse(&self, bytes: &[u8], source: &Locator, max_depth: usize) -> Result<(Dossier, Vec<String>), Rejected> {
        self.format.records_of_one(bytes, source, max_depth, joined)
    }
}

/// The records of a file, one for each person.
pub(super) fn records(opened: Opened, context: &Context, system: &'static System) -> Items {
    Box::new(People {
        pieces: Box::new(json::pieces(opened, context)),
        system,
        max_depth: context.limits.max_depth,
        most_bytes: context.limits.max_entry_bytes,
        met: Vec::new(),
        places: HashMap::new(),
        bytes: 0,
        ready: Vec::new().into_iter(),
    })
}

struct People {
    pieces: Box<dyn Iterator<Item = Piece> + Send>,
    system: &'static System,
    max_depth: usize,
    most_bytes: u64,
    met: Vec<Met>,
    places: HashMap<String, usize>,
    bytes: u64,
    ready: vec::IntoIter<Met>,
}

/// What was met, in order.
enum Met {
    Person { source: Locator, records: Vec<Vec<u8>> },
    Rejected(Rejected),
}

impl People {
    /// Takes in what lies in the file until it ends or too much is held.
    fn gather(&mut self) {
        while self.bytes <= self.most_bytes {
            match self.pieces.next() {
                Some(Ok((place, bytes))) => {
                    for (pointer, bytes, person) in self.parts(&bytes) {
                        self.take(place.below(&pointer), bytes, person);
                    }
                }
                Some(Err(rejected)) => self.met.push(Met::Rejected(rejected)),
                None => break,
            }
        }
        self.places.clear();
        self.bytes = 0;
        self.ready = mem::take(&mut self.met).into_iter();
    }

    /// A record, or those of the page that it is: where each lies, its bytes, and whose it is.
    fn parts(&self, bytes: &[u8]) -> Vec<(String, Vec<u8>, Option<String>)> {
        let whole = |person| vec![(String::new(), bytes.to_vec(), person)];
        // What is no object is told when it is read.
        let Ok(object) = serde_json::from_slice::<Map<String, Value>>(bytes) else { return whole(None) };
        if (self.system.format.is)(&object) {
            return whole((self.system.person)(&object));
        }
        let Ok(page) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(bytes) else { return whole(None) };
        for key in self.system.format.envelopes {
            match (object.get(*key), page.get(*key)) {
                (Some(Value::Array(values)), Some(raw)) => {
                    let Ok(raw) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) else { continue };
                    // Of what is none of the format's the person is not looked for: it is refused by itself.
                    let of = |value: &Value| {
                        value.as_object().filter(|object| (self.system.format.is)(object)).and_then(self.system.person)
                    };
                    let parts = values.iter().zip(raw).enumerate();
                    return parts
                        .map(|(at, (value, raw))| (format!("/{key}/{at}"), raw.get().as_bytes().to_vec(), of(value)))
                        .collect();
                }
                (Some(Value::Object(value)), Some(raw)) => {
                    return vec![(format!("/{key}"), raw.get().as_bytes().to_vec(), (self.system.person)(value))];
                }
                _ => {}
            }
        }
        whole(None)
    }

    fn take(&mut self, source: Locator, bytes: Vec<u8>, person: Option<String>) {
        self.bytes += bytes.len() as u64;
        let known = person.as_ref().and_then(|person| self.places.get(person).copied());
        if let Some(Met::Person { records, .. }) = known.and_then(|at| self.met.get_mut(at)) {
            records.push(bytes);
            return;
        }
        self.places.extend(person.map(|person| (person, self.met.len())));
        self.met.push(Met::Person { source, records: vec![bytes] });
    }
}

impl Iterator for People {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ready.len() == 0 {
            self.gather();
        }
        Some(match self.ready.next()? {
            Met::Rejected(rejected) => Item::Rejected(rejected),
            Met::Person { source, records } => {
                Item::Record(Record::raw(source, together(records), self.max_depth, self.system))
            }
        })
    }
}

/// A record, or several as an array.
fn together(mut records: Vec<Vec<u8>>) -> Vec<u8> {
    if records.len() < 2 {
        return records.pop().unwrap_or_default();
    }
    let mut all = vec![b'['];
    all.extend(records.join(&b','));
    all.push(b']');
    all
}
