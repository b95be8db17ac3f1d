//! Who of a batch shares what with whom of earlier ones.
//!
//! Memory follows the batch at hand: of each of its values at most as many earlier people are kept as may tie anybody,
//! each once for each name they went by, however many batches there are.

use super::batch::{Batch, Held};
use super::error::LedgerError;
use super::format::BatchSummary;
use super::read::{Visitor, walk};
use super::record::{KeyedHash, NameHash, veiled};
use crate::link::index::HUB;
use crate::link::key::KeyKind;
use crate::link::keyed::HashKey;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// What a batch and the earlier ones have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The batches of the index, the earliest first.
    pub batches: Vec<BatchSummary>,
    /// By record, kind, hash, then batch and record of the earlier one.
    pub matches: Vec<Match>,
    /// Values of the batch that tie nobody, since too many of this and earlier batches have them; by kind and hash.
    pub hubs: Vec<Common>,
    /// Positions of batches of the same inputs. They are this batch, scanned before, and it is not compared with them.
    pub known: Vec<usize>,
}

/// A value, by its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Common {
    /// What it is.
    pub kind: KeyKind,
    /// Its hash under the key.
    pub hash: KeyedHash,
}

/// A record of this batch and one of an earlier batch that have the same value.
///
/// The earlier one stands for all earlier records of the same id and names that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Number of the record of this batch, from 0.
    pub record: u32,
    /// What both have.
    pub common: Common,
    /// Position of the latest batch that it was in, among those of the index.
    pub batch: usize,
    /// Number of the record in that batch, from 0.
    pub earlier: u32,
    /// Number of earlier records that it stands for; at least 1.
    pub times: u32,
    /// Whether the names have a word in common; `None` where it cannot be said: a name is missing, or no full names of
    /// one script were given.
    pub shares_name: Option<bool>,
    /// Whether the ids are the same: the record itself, seen before.
    pub same_id: bool,
}

/// Looks for what a batch shares with those of an index. Nothing is found unless all of the index is as it was written.
///
/// # Errors
/// If it is no whole index under this key.
pub fn search(index: impl Read, batch: &Batch, key: &HashKey) -> Result<Found, LedgerError> {
    let mut search = Search::new(batch);
    let batches = walk(index, key, &mut search)?;
    let (matches, hubs) = search.finish(key);
    let same = |(at, earlier): (usize, &BatchSummary)| (earlier.scan.inputs == batch.scan.inputs).then_some(at);
    let known = batches.iter().enumerate().filter_map(same).collect();
    Ok(Found { batches, matches, hubs, known })
}

/// An earlier person who has a value.
#[derive(Debug)]
struct Sighting {
    id: KeyedHash,
    /// As they stand in the index.
    names: Box<[NameHash]>,
    batch: usize,
    record: u32,
    times: u32,
}

/// What was seen of a value.
#[derive(Debug)]
enum Seen {
    By(Vec<Sighting>),
    TooMany,
}

/// A pass through an index. Values are known by the position of their first holder in the batch.
struct Search<'b> {
    batch: &'b Batch,
    /// Number of batches that are done.
    done: usize,
    is_known: bool,
    /// Up to where values are behind the entry, or the hub, at hand.
    cursor: usize,
    hub_cursor: usize,
    /// Of the batch at hand: records by number with a value that they have; hubs; and who the records are.
    hits: Vec<(u32, usize)>,
    hubs: Vec<usize>,
    next_hit: usize,
    sightings: Vec<(usize, Sighting)>,
    /// Of batches that are verified.
    seen: BTreeMap<usize, Seen>,
}

impl<'b> Search<'b> {
    fn new(batch: &'b Batch) -> Self {
        Self {
            batch,
            done: 0,
            is_known: false,
            cursor: 0,
            hub_cursor: 0,
            hits: Vec::new(),
            hubs: Vec::new(),
            next_hit: 0,
            sightings: Vec::new(),
            seen: BTreeMap::new(),
        }
    }

    /// The position of the first holder of a value, if the batch has it; both are in order of hash.
    fn position(&self, cursor: usize, hash: &KeyedHash) -> (usize, bool) {
        let held = self.batch.held.get(cursor..).unwrap_or_default();
        let at = cursor + held.iter().take_while(|held| held.hash < *hash).count();
        (at, self.batch.held.get(at).is_some_and(|held| held.hash == *hash))
    }

    /// Those of the batch who have the value at a position.
    fn holders(&self, value: usize) -> &'b [Held] {
        let held = self.batch.held.get(value..).unwrap_or_default();
        held.chunk_by(|a, b| a.hash == b.hash).next().unwrap_or_default()
    }

    /// Takes in who has a value, once the batch is verified.
    fn keep(&mut self, value: usize, sighting: Sighting) {
        let Seen::By(seen) = self.seen.entry(value).or_insert_with(|| Seen::By(Vec::new())) else { return };
        if let Some(same) = seen.iter_mut().find(|one| one.id == sighting.id && one.names == sighting.names) {
            let times = same.times + 1;
            *same = Sighting { times, ..sighting };
            return;
        }
        seen.push(sighting);
        let mut people: BTreeSet<KeyedHash> = seen.iter().map(|one| one.id).collect();
        let now = self.holders(value).iter().filter_map(|held| self.batch.person(held.record as usize));
        people.extend(now.map(|person| *person.id));
        if people.len() > HUB as usize {
            self.seen.insert(value, Seen::TooMany);
        }
    }

    fn finish(self, key: &HashKey) -> (Vec<Match>, Vec<Common>) {
        let (mut matches, mut hubs) = (Vec::new(), Vec::new());
        for (value, seen) in &self.seen {
            let holders = self.holders(*value);
            let Some(common) = holders.first().map(|held| Common { kind: held.kind, hash: held.hash }) else {
                continue;
            };
            let Seen::By(seen) = seen else {
                hubs.push(common);
                continue;
            };
            for held in holders {
                matches.extend(seen.iter().filter_map(|sighting| self.matched(held.record, common, sighting, key)));
            }
        }
        matches.sort_unstable();
        hubs.sort_unstable();
        (matches, hubs)
    }

    fn matched(&self, record: u32, common: Common, sighting: &Sighting, key: &HashKey) -> Option<Match> {
        let person = self.batch.person(record as usize)?;
        let has =
            |names: &[NameHash]| names.iter().any(|name| sighting.names.contains(&veiled(*name, &sighting.id, key)));
        let shares_name = if has(person.words) { Some(true) } else { has(person.scripts).then_some(false) };
        Some(Match {
            record,
            common,
            batch: sighting.batch,
            earlier: sighting.record,
            times: sighting.times,
            shares_name,
            same_id: *person.id == sighting.id,
        })
    }
}

impl Visitor for Search<'_> {
    fn begins(&mut self, batch: &BatchSummary) {
        self.is_known = batch.scan.inputs == self.batch.scan.inputs;
        (self.cursor, self.hub_cursor, self.next_hit) = (0, 0, 0);
        self.hits.clear();
        self.hubs.clear();
        self.sightings.clear();
    }

    fn entry(&mut self, hash: &KeyedHash, record: u32) {
        let (at, has) = self.position(self.cursor, hash);
        self.cursor = at;
        if has && !self.is_known {
            self.hits.push((record, at));
        }
    }

    fn hub(&mut self, hash: &KeyedHash) {
        let (at, has) = self.position(self.hub_cursor, hash);
        self.hub_cursor = at;
        if has && !self.is_known {
            self.hubs.push(at);
        }
    }

    fn record(&mut self, number: u32, id: &KeyedHash, names: &[NameHash]) {
        if number == 0 {
            self.hits.sort_unstable();
        }
        while let Some((_, value)) = self.hits.get(self.next_hit).filter(|(record, _)| *record == number) {
            let sighting = Sighting { id: *id, names: names.into(), batch: self.done, record: number, times: 1 };
            self.sightings.push((*value, sighting));
            self.next_hit += 1;
        }
    }

    fn verified(&mut self, _seal: &[u8; 32]) {
        for (value, sighting) in std::mem::take(&mut self.sightings) {
            self.keep(value, sighting);
        }
        for value in std::mem::take(&mut self.hubs) {
            self.seen.insert(value, Seen::TooMany);
        }
        self.done += 1;
    }
}
