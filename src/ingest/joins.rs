//! Which records of an input are one person's, and the records themselves until all of a person were met.
//!
//! Who is one person was found out before; here the records are held, and handed on as one where the last of them stood.

use super::item::{Item, Read, Record};
use super::merged::{JoinedPart, joined};
use crate::dossier::{Locator, Rejected};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Which records of an input are one person's, by their number among all records that are met, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joins {
    /// The person of a record, and what ties it to the others.
    records: HashMap<u32, (usize, Vec<String>)>,
    /// Records of each person.
    sizes: Vec<usize>,
}

impl Joins {
    /// People with several records, each record with what ties it to the others; a record belongs to one person.
    pub fn new(people: impl IntoIterator<Item = BTreeMap<u32, Vec<String>>>) -> Self {
        let mut joins = Self::default();
        for person in people {
            joins.sizes.push(person.len());
            let number = joins.sizes.len() - 1;
            joins.records.extend(person.into_iter().map(|(record, by)| (record, (number, by))));
        }
        joins
    }

    /// Records that are joined, and the people that they become.
    pub fn counts(&self) -> (usize, usize) {
        (self.records.len(), self.sizes.len())
    }
}

/// Records on their way to becoming one.
pub(crate) struct Joining {
    joins: Arc<Joins>,
    /// Number of the next record.
    next: u32,
    held: BTreeMap<usize, Vec<(Read, Vec<String>)>>,
    /// What the reading was that the joins were found in.
    expected: Vec<(Locator, u128)>,
    over: bool,
}

impl Joining {
    pub(crate) fn new(joins: Arc<Joins>, expected: Vec<(Locator, u128)>) -> Self {
        Self { joins, next: 0, held: BTreeMap::new(), expected, over: false }
    }

    /// The same from the start.
    pub(crate) fn again(&self) -> Self {
        Self::new(Arc::clone(&self.joins), self.expected.clone())
    }

    /// Takes in what was met; gives what is ready, in order.
    pub(crate) fn take(&mut self, item: Item) -> Vec<Item> {
        let Item::Record(record) = item else { return vec![item] };
        let number = self.next;
        self.next = self.next.saturating_add(1);
        let Some((person, by)) = self.joins.records.get(&number) else { return vec![Item::Record(record.alone())] };
        let read = match record.read() {
            Ok(read) => read,
            // It was read before: the input changed, which is told at the end.
            Err(rejected) => return vec![Item::Rejected(rejected)],
        };
        let held = self.held.entry(*person).or_default();
        held.push((read, by.clone()));
        if held.len() < self.joins.sizes[*person] {
            return Vec::new();
        }
        self.held.remove(person).map(whole).unwrap_or_default()
    }

    /// Everything was met: what is still held, once, and a rejection of inputs that are no longer what they were.
    pub(crate) fn finish(&mut self, read: &[(Locator, u128)]) -> Vec<Item> {
        if std::mem::replace(&mut self.over, true) {
            return Vec::new();
        }
        let mut left: Vec<Item> = std::mem::take(&mut self.held).into_values().flat_map(whole).collect();
        for (source, fingerprint) in read {
            let before = self.expected.iter().find(|(other, _)| other == source);
            if before.is_none_or(|(_, before)| before != fingerprint) {
                let reason = "changed while it was being read, so that records may have been joined wrongly (run it again once it rests)";
                left.push(Item::Rejected(Rejected { source: source.clone(), reason: reason.to_owned() }));
            }
        }
        left
    }
}

/// The records of one person as one, and what of them could not be read.
fn whole(held: Vec<(Read, Vec<String>)>) -> Vec<Item> {
    let Some(source) = held.first().map(|(read, _)| read.source.clone()) else { return Vec::new() };
    let (mut parts, mut unknown_fields, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for (read, by) in held {
        unknown_fields.extend(read.unknown_fields);
        items.extend(read.skipped.into_iter().map(Item::Skipped));
        let place = read.source.to_string();
        let place = place.rsplit(['/', '\\']).next().unwrap_or(&place).to_owned();
        parts.push(JoinedPart { place, dossier: read.dossier, by });
    }
    unknown_fields.sort();
    unknown_fields.dedup();
    items.extend(joined(parts).map(|dossier| Item::Record(Record::ready(source, dossier, unknown_fields))));
    items
}
