//! Who may share something: the first visit keeps hashes of what each record has, and no value.
//!
//! What the hashes stand for, and whether it is really the same, is left to the second visit
//! ([`proof`](crate::link::proof)).

use super::near_photo::{DISTANCE, near};

/// Values that more records than this share are hubs: a switchboard, an office, a template. They tie nobody.
pub const HUB: u32 = 50;

/// Hashes of what a dossier has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Of its keys.
    pub keys: Vec<u64>,
    /// Bands of its texts.
    pub bands: Vec<u64>,
    /// Perceptual hashes of its portraits, which may differ in a few bits.
    pub portraits: Vec<u64>,
}

/// Hashes of everything that records have, until all have been met.
#[derive(Debug, Default)]
pub struct Index {
    /// Hash of a key, and the record that has it: 16 bytes for each key.
    keys: Vec<(u64, u32)>,
    /// Half a hash of a band of a text, and the record in the lower half: 8 bytes for each band, 160 for each text.
    bands: Vec<u64>,
    /// Perceptual hash of a portrait, and the record that has it.
    portraits: Vec<(u64, u32)>,
}

/// What more than one record has.
#[derive(Debug, Default)]
pub struct Groups {
    /// In order of hash.
    keys: Vec<Group<u64>>,
    bands: Vec<Group<u32>>,
    /// Pairs of perceptual hashes that differ in a few bits, in order.
    near_portraits: Vec<(u64, u64)>,
    /// All that are in a pair, in order.
    near_hashes: Vec<u64>,
    /// Records to be read again, in order.
    candidates: Vec<u32>,
}

/// A hash that more than one record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group<H> {
    hash: H,
    holders: u32,
}

impl Index {
    /// Notes what a record has.
    pub fn add(&mut self, record: u32, noted: Noted) {
        self.keys.extend(noted.keys.into_iter().map(|hash| (hash, record)));
        self.bands.extend(noted.bands.into_iter().map(|band| (band & !u64::from(u32::MAX)) | u64::from(record)));
        self.portraits.extend(noted.portraits.into_iter().map(|hash| (hash, record)));
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        (self.keys.len() + self.portraits.len()) * size_of::<(u64, u32)>() + self.bands.len() * size_of::<u64>()
    }

    /// What more than one record has, once all were met.
    pub fn groups(mut self) -> Groups {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.bands.sort_unstable();
        self.bands.dedup();
        let mut groups = Groups::default();
        for group in self.keys.chunk_by(|(a, _), (b, _)| a == b).filter(|group| group.len() > 1) {
            let holders = count(group.len());
            groups.keys.push(Group { hash: group[0].0, holders });
            // Of a hub one record is read again, to say what it is.
            let again = if holders > HUB { 1 } else { group.len() };
            groups.candidates.extend(group[..again].iter().map(|(_, record)| *record));
        }
        for group in self.bands.chunk_by(|a, b| upper(*a) == upper(*b)).filter(|group| group.len() > 1) {
            let holders = count(group.len());
            groups.bands.push(Group { hash: upper(group[0]), holders });
            let again = if holders > HUB { 1 } else { group.len() };
            groups.candidates.extend(group[..again].iter().map(|entry| lower(*entry)));
        }
        self.near_portraits(&mut groups);
        groups.candidates.sort_unstable();
        groups.candidates.dedup();
        groups
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

    /// Number of records that have a band of a text; at least one has.
    pub(crate) fn band_holders(&self, band: u64) -> u32 {
        let found = self.bands.binary_search_by_key(&upper(band), |group| group.hash);
        found.map_or(1, |at| self.bands[at].holders)
    }
}

impl Groups {
    /// Whether a perceptual hash is near to another one.
    pub(crate) fn is_near(&self, hash: u64) -> bool {
        self.near_hashes.binary_search(&hash).is_ok()
    }

    /// Pairs of perceptual hashes that differ in a few bits.
    pub(crate) fn near_portraits(&self) -> &[(u64, u64)] {
        &self.near_portraits
    }
}

/// The half of a band's hash that is kept.
fn upper(band: u64) -> u32 {
    // A shifted half always fits.
    u32::try_from(band >> 32).unwrap_or(0)
}

/// The record of an entry.
fn lower(entry: u64) -> u32 {
    u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(0)
}

fn count(records: usize) -> u32 {
    u32::try_from(records).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{HUB, Index, Noted};

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
        (0..=HUB).for_each(|record| index.add(record, Noted { bands: vec![u64::MAX], ..keys(&[7]) }));
        let groups = index.groups();
        assert_eq!((groups.holders(7), groups.candidates()), (HUB + 1, 1));
        assert_eq!(groups.band_holders(u64::MAX), HUB + 1);
    }

    #[test]
    fn bands_are_told_by_half_their_hash() {
        let mut index = Index::default();
        let bands = |bands: &[u64]| Noted { bands: bands.to_vec(), ..Noted::default() };
        index.add(4, bands(&[5 << 32 | 1]));
        index.add(9, bands(&[5 << 32 | 2, 6 << 32]));
        let groups = index.groups();
        assert_eq!((groups.band_holders(5 << 32), groups.band_holders(6 << 32)), (2, 1));
        assert!(groups.is_candidate(4) && groups.is_candidate(9));
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
