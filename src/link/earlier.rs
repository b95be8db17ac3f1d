//! What records share with those of earlier batches, of which nothing is left but hashes.
//!
//! How these are kept and searched is left to [`ledger`]. Here it is told which words of a record are meant, and what it
//! means: only who goes by another name there is more than somebody who was seen before.

use super::index::Noted;
use super::key::{Key, KeyKind};
use super::keyed::HashKey;
use super::keys::keys;
use super::knowledge::LinkKnowledge;
use super::ledger::{
    self, Batch, BatchBuilder, BatchSummary, LedgerError, LedgerRecord, Match, Scan, inputs_hash, value_hash,
};
use super::seen::noted_of;
use crate::dossier::{Date, Dossier, Path, Place};
use crate::facts::{Category, Elements, ElementsBuilder, Field, Origin, Value};
use crate::screening::{EarlierRecord, IndexUsed};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{Cursor, Read};

/// Earlier batches in a run: the index that is left of them, and what this batch leaves for later ones.
pub struct Past {
    key: HashKey,
    index: Option<Box<dyn Read + Send + Sync>>,
    used: IndexUsed,
    builder: BatchBuilder,
    /// Number in the input of each record that was taken in.
    numbers: Vec<u32>,
    batch: Option<Batch>,
    /// By number in the input.
    found: BTreeMap<u32, Vec<Sighting>>,
}

/// A value that a record and one of an earlier batch have, and when that was scanned.
#[derive(Debug, Clone, Copy)]
struct Sighting {
    found: Match,
    scanned: Date,
}

/// What a record shares with records of earlier batches.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The dossier's id.
    pub(super) dossier: String,
    shared: Vec<Shared>,
    /// The earlier records, the latest first.
    pub records: Vec<EarlierRecord>,
}

/// Something that a record and one of an earlier batch have.
#[derive(Debug, Clone, PartialEq)]
struct Shared {
    kind: KeyKind,
    /// Where the record has it.
    place: Place,
    /// Whether the names have nothing in common; `None` where that cannot be said.
    under_other_name: Option<bool>,
    /// The batch and the record in it.
    with: (usize, u32),
    scanned: Date,
}

impl Past {
    /// This is the first batch under the key.
    pub fn first(key: HashKey) -> Self {
        let used = IndexUsed { key: key.name(), batches: 0, records: 0 };
        let (builder, numbers) = (BatchBuilder::default(), Vec::new());
        Self { key, index: None, used, builder, numbers, batch: None, found: BTreeMap::new() }
    }

    /// There are earlier batches: their index, and what [verifying](ledger::verify) it said.
    pub fn after(key: HashKey, index: Box<dyn Read + Send + Sync>, batches: &[BatchSummary]) -> Self {
        let records = batches.iter().map(|batch| u64::from(batch.records)).sum();
        let first = Self::first(key);
        let used = IndexUsed { batches: batches.len(), records, ..first.used };
        Self { index: Some(index), used, ..first }
    }

    /// What a report says of it.
    pub fn used(&self) -> IndexUsed {
        self.used.clone()
    }

    /// The key under which hashes are.
    pub fn key(&self) -> &HashKey {
        &self.key
    }

    /// Takes in what a record leaves; records come in the order of their numbers in the input.
    pub fn add(&mut self, number: u32, left: &LedgerRecord) {
        self.builder.add(left);
        self.numbers.push(number);
    }

    /// Every record was taken in: looks for them in the index. `digests` are those of everything that was read.
    ///
    /// # Errors
    /// If the index is no whole one under the key; then nothing is found.
    pub fn search<D: AsRef<str>>(
        &mut self,
        now: Date,
        digests: impl IntoIterator<Item = D>,
    ) -> Result<(), LedgerError> {
        let batch = std::mem::take(&mut self.builder).finish(Scan::new(now, inputs_hash(digests, &self.key)));
        if let Some(index) = self.index.take() {
            let found = ledger::search(index, &batch, &self.key)?;
            for one in found.matches {
                let number = self.numbers.get(one.record as usize);
                if let (Some(number), Some(batch)) = (number, found.batches.get(one.batch)) {
                    let scanned = batch.scan.day();
                    self.found.entry(*number).or_default().push(Sighting { found: one, scanned });
                }
            }
        }
        self.batch = Some(batch);
        Ok(())
    }

    /// Whether a record shares something with an earlier one.
    pub fn has(&self, number: u32) -> bool {
        self.found.contains_key(&number)
    }

    /// Number of records that do.
    pub fn candidates(&self) -> usize {
        self.found.len()
    }

    /// What a record that is read again shares; pure, so that it can happen on any thread.
    pub fn shared(&self, number: u32, dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> Option<Earlier> {
        let sightings = self.found.get(&number)?;
        let hash = |key: &Key| value_hash(key.kind, &key.value, &self.key);
        let places: BTreeMap<_, Place> =
            keys(dossier, knowledge).iter().map(|key| ((key.kind, hash(key)), key.place)).collect();
        let mut shared = Vec::new();
        let mut records: BTreeMap<(usize, u32), EarlierRecord> = BTreeMap::new();
        for Sighting { found, scanned } in sightings {
            let Some(place) = places.get(&(found.common.kind, found.common.hash)) else { continue };
            let (kind, with) = (found.common.kind, (found.batch, found.earlier));
            let under_other_name = found.shares_name.map(|shares| !shares);
            shared.push(Shared { kind, place: *place, under_other_name, with, scanned: *scanned });
            let record = records.entry(with).or_insert_with(|| EarlierRecord {
                scanned: *scanned,
                shares: BTreeSet::new(),
                under_other_name,
                times: found.times,
            });
            record.shares.insert(kind.as_str().to_owned());
        }
        let records = records.into_values().rev().collect();
        (!shared.is_empty()).then(|| Earlier { dossier: dossier.id.clone(), shared, records })
    }

    /// What this batch leaves for later ones, once it was searched for.
    pub fn into_batch(self) -> Option<Batch> {
        self.batch
    }
}

/// What is noted of a dossier on the first visit, and what it leaves for later batches under a key, if there is one; pure,
/// so that it can happen on any thread.
pub fn noted(dossier: &Dossier, knowledge: &LinkKnowledge<'_>, key: Option<&HashKey>) -> (Noted, Option<LedgerRecord>) {
    let keys = keys(dossier, knowledge);
    (noted_of(dossier, &keys, knowledge), key.map(|key| LedgerRecord::of(dossier, &keys, knowledge, key)))
}

impl Earlier {
    /// What a dossier shares with those of an earlier batch that are at hand, as in the example of a rule.
    ///
    /// # Errors
    /// If they are too many for an index.
    pub fn in_memory(
        dossier: &Dossier,
        before: &[Dossier],
        now: Date,
        knowledge: &LinkKnowledge<'_>,
    ) -> Result<Option<Self>, LedgerError> {
        let Ok(key) = HashKey::new(&[0; 32]) else { return Ok(None) };
        if before.is_empty() {
            return Ok(None);
        }
        let leave = |past: &mut Past, dossiers: &[Dossier]| {
            for (number, dossier) in (0..).zip(dossiers) {
                past.add(number, &LedgerRecord::of(dossier, &keys(dossier, knowledge), knowledge, past.key()));
            }
        };
        let mut first = Past::first(key.clone());
        leave(&mut first, before);
        first.search(now, ["earlier"])?;
        let mut index = Vec::new();
        if let Some(batch) = first.into_batch() {
            ledger::append(None::<&[u8]>, &batch, &key, &mut index)?;
        }
        let mut past = Past::after(key, Box::new(Cursor::new(index)), &[]);
        leave(&mut past, std::slice::from_ref(dossier));
        past.search(now, ["now"])?;
        Ok(past.shared(0, dossier, knowledge))
    }
}

impl fmt::Debug for Past {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Past").field("key", &self.key).field("found", &self.found.len()).finish_non_exhaustive()
    }
}

/// Adds what a record shares with earlier batches to its elements.
pub fn with_earlier<'d>(elements: Elements<'d>, earlier: &Earlier) -> Elements<'d> {
    let mut builder = elements.resume();
    let kind = |shared: &Shared| shared.kind.as_str().to_owned();
    words(&mut builder, Field::EarlierShared, earlier.shared.iter(), kind);
    if earlier.shared.iter().any(|shared| shared.under_other_name.is_some()) {
        let apart = || earlier.shared.iter().filter(|shared| shared.under_other_name == Some(true));
        words(&mut builder, Field::EarlierSharedUnderOtherName, apart(), kind);
        words(&mut builder, Field::EarlierScanned, apart(), |shared| shared.scanned.to_string());
        let records: BTreeSet<_> = apart().map(|shared| shared.with).collect();
        let places: BTreeSet<Place> = apart().map(|shared| shared.place).collect();
        builder.number(Field::EarlierRecords, records.len() as f64, Origin::derived_from(places));
    }
    builder.element(Category::Earlier, Path::ROOT);
    builder.finish()
}

/// A list of words, each once, with the places of whatever says it.
fn words<'s>(
    builder: &mut ElementsBuilder<'_>,
    field: Field,
    shared: impl Iterator<Item = &'s Shared>,
    word: impl Fn(&Shared) -> String,
) {
    let mut places: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    for shared in shared {
        places.entry(word(shared)).or_default().insert(shared.place);
    }
    builder.known(field);
    for (word, places) in places {
        builder.fact(field, Value::Text(word.into()), Origin::derived_from(places));
    }
}
