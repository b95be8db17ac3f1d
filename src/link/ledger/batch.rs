//! A batch: the records of one scan, in the order in which an index keeps and looks for them.

use super::day::day_of;
use super::record::{KeyedHash, LedgerRecord, NameHash};
use crate::dossier::Date;
use crate::link::index::HUB;
use crate::link::key::KeyKind;
use crate::link::keyed::HashKey;

/// When, by what and from what a batch was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    pub(super) day: Date,
    pub(super) version: String,
    pub(super) inputs: KeyedHash,
}

impl Scan {
    /// A scan by this version of falseface, on the day of the run's time.
    pub fn new(now: Date, inputs: KeyedHash) -> Self {
        Self { day: day_of(now), version: env!("CARGO_PKG_VERSION").to_owned(), inputs }
    }

    /// When it was: a day, a month or a year, as the run's time was given.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The version of falseface.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What was read, see [`inputs_hash`].
    pub fn inputs(&self) -> KeyedHash {
        self.inputs
    }
}

/// One hash for the digests of everything that was read, whatever their order: by it a batch that is scanned again is
/// told. Under the key too, since the digest of an export tells whoever has the export that it was scanned.
pub fn inputs_hash<D: AsRef<str>>(digests: impl IntoIterator<Item = D>, key: &HashKey) -> KeyedHash {
    let mut digests: Vec<D> = digests.into_iter().collect();
    digests.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
    digests.dedup_by(|a, b| a.as_ref() == b.as_ref());
    let lines: Vec<&str> = digests.iter().map(AsRef::as_ref).collect();
    key.hash("index inputs", &lines.join("\n"))
}

/// A value that a record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub(super) hash: KeyedHash,
    pub(super) record: u32,
    pub(super) kind: KeyKind,
}

/// A value that too many records have to tie anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BatchHub {
    pub(super) hash: KeyedHash,
    pub(super) records: u32,
}

/// A record's id, and where its names end.
#[derive(Debug, Clone, Copy)]
struct Person {
    id: KeyedHash,
    words_end: usize,
    names_end: usize,
}

/// A record as it is written and looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PersonView<'b> {
    pub(super) id: &'b KeyedHash,
    pub(super) words: &'b [NameHash],
    pub(super) scripts: &'b [NameHash],
}

/// Records while they come: some 180 bytes for each with five keys.
#[derive(Debug, Default)]
pub struct BatchBuilder {
    held: Vec<Held>,
    people: Vec<Person>,
    names: Vec<NameHash>,
}

impl BatchBuilder {
    /// Takes in the next record. Its number is how many came before it.
    pub fn add(&mut self, record: &LedgerRecord) {
        let number = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.held.extend(record.keys.iter().map(|(kind, hash)| Held { hash: *hash, record: number, kind: *kind }));
        self.names.extend(&record.name);
        let words_end = self.names.len();
        self.names.extend(&record.scripts);
        self.people.push(Person { id: record.id, words_end, names_end: self.names.len() });
    }

    /// The batch, once every record has come.
    pub fn finish(mut self, scan: Scan) -> Batch {
        self.held.sort_unstable();
        self.held.dedup();
        let mut hubs = Vec::new();
        for holders in self.held.chunk_by(|a, b| a.hash == b.hash) {
            let records = u32::try_from(holders.len()).unwrap_or(u32::MAX);
            if records > HUB {
                hubs.push(BatchHub { hash: holders[0].hash, records });
            }
        }
        self.held.retain(|held| hubs.binary_search_by(|hub| hub.hash.cmp(&held.hash)).is_err());
        Batch { scan, held: self.held, hubs, people: self.people, names: self.names }
    }
}

/// The records of one scan.
#[derive(Debug)]
pub struct Batch {
    pub(super) scan: Scan,
    /// In order of hash, then of record; hubs left out.
    pub(super) held: Vec<Held>,
    /// In order of hash.
    pub(super) hubs: Vec<BatchHub>,
    people: Vec<Person>,
    names: Vec<NameHash>,
}

impl Batch {
    /// When, by what and from what it was scanned.
    pub fn scan(&self) -> &Scan {
        &self.scan
    }

    /// Number of records.
    pub fn records(&self) -> usize {
        self.people.len()
    }

    /// Records in order of their numbers.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonView<'_>> {
        (0..self.people.len()).filter_map(|number| self.person(number))
    }

    /// The record of a number.
    pub(super) fn person(&self, number: usize) -> Option<PersonView<'_>> {
        let person = self.people.get(number)?;
        let start = number.checked_sub(1).and_then(|before| self.people.get(before)).map_or(0, |one| one.names_end);
        let words = self.names.get(start..person.words_end)?;
        let scripts = self.names.get(person.words_end..person.names_end)?;
        Some(PersonView { id: &person.id, words, scripts })
    }
}
