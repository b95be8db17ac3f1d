//! Who may share something: the first visit keeps hashes of what each record has, and no value.
//!
//! What the hashes stand for, and whether it is really the same, is left to the second visit
//! ([`proof`](crate::link::proof)).

use super::near_photo::{DISTANCE, near};
use super::setup::{self, NearSetups, Setup};
use super::sketch::{Resemblances, Sketch, Sketched, Sketches, resemblances};
use std::collections::BTreeMap;

/// Values that more records than this share are hubs: a switchboard, an office, a template. They tie nobody.
pub const HUB: u32 = 50;

/// Hashes of what a dossier has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Of its keys.
    pub keys: Vec<u64>,
    /// Its texts, with the position of each among them.
    pub texts: Vec<(u32, Sketch)>,
    /// Perceptual hashes of its portraits, which may differ in a few bits.
    pub portraits: Vec<u64>,
    /// How its domains were registered, which may be some days apart.
    pub setups: Vec<Setup>,
}

/// Hashes of everything that records have, until all have been met.
#[derive(Debug, Default)]
pub struct Index {
    /// Hash of a key, and the record that has it: 16 bytes for each key.
    keys: Vec<(u64, u32)>,
    /// 128 bytes for each text, and 8 more while they are compared.
    texts: Sketches,
    /// Perceptual hash of a portrait, and the record that has it.
    portraits: Vec<(u64, u32)>,
    /// How a domain was registered, and the record whose it is: 24 bytes for each.
    setups: Vec<(Setup, u32)>,
}

/// What more than one record has.
#[derive(Debug, Default)]
pub struct Groups {
    /// In order of hash.
    keys: Vec<Group>,
    /// Texts that others have nearly the same, in order of record and position.
    texts: Vec<NearText>,
    /// Pairs of them, in order.
    near_texts: Vec<(u32, u32)>,
    /// Pairs of perceptual hashes that differ in a few bits, in order.
    near_portraits: Vec<(u64, u64)>,
    /// All that are in a pair, in order.
    near_hashes: Vec<u64>,
    /// Pairs of registrations that are some days apart, in order.
    near_setups: Vec<NearSetups>,
    /// All that are in a pair, in order.
    setups: Vec<Setup>,
    /// Records to be read again, in order.
    candidates: Vec<u32>,
}

/// A hash that more than one record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    hash: u64,
    holders: u32,
}

/// A text that others have nearly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NearText {
    record: u32,
    /// Position among the texts of its record.
    position: u32,
    /// Records that have it nearly the same, its own among them.
    pub(super) holders: u32,
    /// Whether it stands for a text that too many have.
    pub(super) is_template: bool,
}

impl Index {
    /// Notes what a record has.
    pub fn add(&mut self, record: u32, noted: Noted) {
        self.keys.extend(noted.keys.into_iter().map(|hash| (hash, record)));
        noted.texts.into_iter().for_each(|(position, sketch)| self.texts.push(Sketched { sketch, record, position }));
        self.portraits.extend(noted.portraits.into_iter().map(|hash| (hash, record)));
        self.setups.extend(noted.setups.into_iter().map(|setup| (setup, record)));
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        (self.keys.len() + self.portraits.len()) * size_of::<(u64, u32)>()
            + self.setups.len() * size_of::<(Setup, u32)>()
            + self.texts.len() * (size_of::<Sketched>() + size_of::<u64>())
    }

    /// What more than one record has, once all were met.
    pub fn groups(mut self) -> Groups {
        self.keys.sort_unstable();
        self.keys.dedup();
        let mut groups = Groups::default();
        for group in self.keys.chunk_by(|(a, _), (b, _)| a == b).filter(|group| group.len() > 1) {
            let holders = count(group.len());
            groups.keys.push(Group { hash: group[0].0, holders });
            // Of a hub one record is read again, to say what it is.
            let again = if holders > HUB { 1 } else { group.len() };
            groups.candidates.extend(group[..again].iter().map(|(_, record)| *record));
        }
        self.near_texts(&mut groups);
        self.near_portraits(&mut groups);
        self.near_setups(&mut groups);
        groups.candidates.sort_unstable();
        groups.candidates.dedup();
        groups
    }

    /// Texts that others have nearly the same, and who wrote them.
    fn near_texts(&self, groups: &mut Groups) {
        let Resemblances { pairs, templates } = resemblances(&self.texts, HUB);
        let mut near: BTreeMap<u32, NearText> = BTreeMap::new();
        let found = |position: u32| {
            let Sketched { record, position, .. } = *self.texts.get(position);
            NearText { record, position, holders: 1, is_template: false }
        };
        for (a, b) in &pairs {
            for one in [a, b] {
                near.entry(*one).or_insert_with(|| found(*one)).holders += 1;
            }
        }
        for (position, holders) in templates {
            let text = near.entry(position).or_insert_with(|| found(position));
            *text = NearText { holders, is_template: true, ..*text };
        }
        // Texts are noted in the order of their records, and of their positions in each.
        let at: Vec<u32> = near.keys().copied().collect();
        let nth = |position: &u32| count(at.partition_point(|other| other < position));
        groups.near_texts = pairs.iter().map(|(a, b)| (nth(a), nth(b))).collect();
        groups.texts = near.into_values().collect();
        groups.candidates.extend(groups.texts.iter().map(|text| text.record));
    }

    /// Portraits that are near to each other, and who has them.
    fn near_portraits(&mut self, groups: &mut Groups) {
        self.portraits.sort_unstable();
        self.portraits.dedup();
        let of_hash: Vec<&[(u64, u32)]> = self.portraits.chunk_by(|(a, _), (b, _)| a == b).collect();
        let hashes: Vec<u64> = of_hash.iter().map(|holders| holders[0].0).collect();
        for (a, b) in near(&hashes, DISTANCE) {
            // A default picture that many have ties nobody, and neither does what looks like it.
            if of_hash[a].len() + of_hash[b].len() <= HUB as usize {
                groups.near_portraits.push((hashes[a], hashes[b]));
                groups.near_hashes.extend([hashes[a], hashes[b]]);
                groups.candidates.extend([a, b].into_iter().flat_map(|at| of_hash[at]).map(|(_, record)| *record));
            }
        }
        groups.near_hashes.sort_unstable();
        groups.near_hashes.dedup();
    }

    /// Domains that were set up in the same way some days apart, and whose they are.
    fn near_setups(&mut self, groups: &mut Groups) {
        self.setups.sort_unstable();
        self.setups.dedup();
        groups.near_setups = setup::near(&self.setups, HUB);
        groups.setups = groups.near_setups.iter().flat_map(|pair| [pair.first, pair.second]).collect();
        groups.setups.sort_unstable();
        groups.setups.dedup();
        let of_pair = self.setups.iter().filter(|(setup, _)| groups.setups.binary_search(setup).is_ok());
        groups.candidates.extend(of_pair.map(|(_, record)| *record));
    }
}

impl Groups {
    /// Whether a record has to be read again.
    pub fn is_candidate(&self, record: u32) -> bool {
        self.candidates.binary_search(&record).is_ok()
    }

    /// Number of records to be read again.
    pub fn candidates(&self) -> usize {
        self.candidates.len()
    }

    /// Number of records that have a key; at least one has.
    pub(crate) fn holders(&self, hash: u64) -> u32 {
        self.keys.binary_search_by_key(&hash, |group| group.hash).map_or(1, |at| self.keys[at].holders)
    }

    /// The number of a text among those that others have nearly the same, by its record and its position there.
    pub(crate) fn near_text(&self, record: u32, position: u32) -> Option<u32> {
        self.texts.binary_search_by_key(&(record, position), |text| (text.record, text.position)).ok().map(count)
    }

    /// A text that others have nearly the same, by its number.
    pub(super) fn text(&self, number: u32) -> NearText {
        self.texts[number as usize]
    }

    /// Pairs of texts that resemble each other, by their numbers.
    pub(crate) fn near_texts(&self) -> &[(u32, u32)] {
        &self.near_texts
    }

    /// Whether a perceptual hash is near to another one.
    pub(crate) fn is_near(&self, hash: u64) -> bool {
        self.near_hashes.binary_search(&hash).is_ok()
    }

    /// Pairs of perceptual hashes that differ in a few bits.
    pub(crate) fn near_portraits(&self) -> &[(u64, u64)] {
        &self.near_portraits
    }

    /// Whether a domain was set up some days apart from another record's.
    pub(super) fn is_near_setup(&self, setup: Setup) -> bool {
        self.setups.binary_search(&setup).is_ok()
    }

    /// Pairs of registrations that are some days apart.
    pub(super) fn near_setups(&self) -> &[NearSetups] {
        &self.near_setups
    }
}

fn count(records: usize) -> u32 {
    u32::try_from(records).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{HUB, Index, Noted};
    use crate::link::near_text::{TextKind, mixed};
    use crate::link::sketch::Sketch;

    fn keys(keys: &[u64]) -> Noted {
        Noted { keys: keys.to_vec(), ..Noted::default() }
    }

    #[test]
    fn only_what_is_shared_is_read_again() {
        let mut index = Index::default();
        index.add(0, keys(&[1, 2]));
        index.add(1, keys(&[2, 3]));
        index.add(2, keys(&[4]));
        assert_eq!(index.bytes(), 5 * 16);
        let groups = index.groups();
        assert_eq!((groups.holders(2), groups.holders(3), groups.candidates()), (2, 1, 2));
        assert!(groups.is_candidate(0) && groups.is_candidate(1) && !groups.is_candidate(2));
    }

    #[test]
    fn of_a_hub_one_record_is_read_again() {
        let mut index = Index::default();
        (0..=HUB).for_each(|record| index.add(record, keys(&[7])));
        let groups = index.groups();
        assert_eq!((groups.holders(7), groups.candidates()), (HUB + 1, 1));
    }

    #[test]
    fn texts_that_are_nearly_the_same_are_read_again() {
        let sketch = |from: u64| Sketch::of(TextKind::About, &(from..from + 60).map(mixed).collect::<Vec<u64>>());
        let texts = |texts: &[(u32, u64)]| Noted {
            texts: texts.iter().map(|(position, from)| (*position, sketch(*from))).collect(),
            ..Noted::default()
        };
        let mut index = Index::default();
        index.add(4, texts(&[(2, 900), (5, 100)]));
        index.add(9, texts(&[(0, 104)]));
        assert_eq!(index.bytes(), 3 * 136);
        let groups = index.groups();
        assert!(groups.is_candidate(4) && groups.is_candidate(9));
        assert_eq!(groups.near_texts(), [(0, 1)]);
        assert_eq!([groups.near_text(4, 2), groups.near_text(4, 5), groups.near_text(9, 0)], [None, Some(0), Some(1)]);
        assert_eq!(groups.text(1).holders, 2);
    }

    #[test]
    fn portraits_that_differ_in_a_few_bits_are_read_again() {
        let portrait = |hash: u64| Noted { portraits: vec![hash], ..Noted::default() };
        let mut index = Index::default();
        index.add(0, portrait(0x9c3a_6be1_d20f_4785));
        index.add(1, portrait(0x9c3a_6be1_d20f_4785 ^ 0b1_0100));
        index.add(2, portrait(0x63c5_941e_2df0_b87a));
        let groups = index.groups();
        assert!(groups.is_candidate(0) && groups.is_candidate(1) && !groups.is_candidate(2));
        assert_eq!(groups.near_portraits().len(), 1);
        assert!(groups.is_near(0x9c3a_6be1_d20f_4785) && !groups.is_near(0x63c5_941e_2df0_b87a));
    }
}
