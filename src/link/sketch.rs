//! Texts in a few numbers each, by which those that are nearly the same meet without being read again.
//!
//! Texts whose sketches resemble each other may be near-duplicates; whether they are is left to
//! [`similarity`](crate::link::similarity).

use super::near_text::{TextKind, mixed};
use rayon::slice::ParallelSliceMut;

/// Bands of a sketch, and rows of a band. Texts whose shingles have the Jaccard index J have a band in common with the
/// probability 1 - (1 - J³)²⁰: 0.99 at 0.6, 0.92 at 0.5 (a fifth of the words changed), 0.002 at 0.05. (A. Broder, "On
/// the resemblance and containment of documents", 1997; J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive
/// Datasets", chapter 3.)
const BANDS: usize = 20;
const ROWS: usize = 3;

/// Fewest rows in common of texts that may be near-duplicates. Rows are equal with the probability J: of texts at 0.4,
/// the least that counts, 1 % have fewer, and of those at 0.1, more than unrelated ones, two pairs in 10,000 have as many.
const FEWEST_ROWS: usize = 16;

/// A text in sixty numbers: MinHash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sketch([u16; BANDS * ROWS]);

impl Sketch {
    /// Of the shingles of a text; texts of different kinds have nothing in common.
    pub(super) fn of(kind: TextKind, shingles: &[u64]) -> Self {
        let mut least = [i32::MAX; BANDS * ROWS];
        for shingle in shingles {
            let hash = upper_half(*shingle);
            for (row, mask) in least.iter_mut().zip(MASKS) {
                *row = (*row).min(hash ^ mask);
            }
        }
        // The lower half of a least number is spread evenly, its upper half is not.
        let kind = mixed(kind as u64 + 1).to_le_bytes();
        let kind = u16::from_le_bytes([kind[0], kind[1]]);
        Self(least.map(|row| u16::from_le_bytes([row.to_le_bytes()[0], row.to_le_bytes()[1]]) ^ kind))
    }

    /// Half a hash of a band.
    fn band(&self, at: usize) -> u32 {
        let rows = &self.0[at * ROWS..(at + 1) * ROWS];
        let joined = rows.iter().fold(at as u64 + 1, |joined, row| joined << 16 | u64::from(*row));
        (mixed(joined) >> 32) as u32
    }

    /// Whether the texts may be near-duplicates.
    fn resembles(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() >= FEWEST_ROWS
    }
}

/// A mask for each row, from a fixed seed: sketches must be the same in every run. Of hashes that are evenly spread,
/// the least one under a mask is any of them with the same chance, and masks are cheaper than permutations.
const MASKS: [i32; BANDS * ROWS] = {
    let mut masks = [0; BANDS * ROWS];
    let mut state = 0_u64;
    let mut row = 0;
    while row < masks.len() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        masks[row] = upper_half(mixed(state));
        row += 1;
    }
    masks
};

/// The upper half of a number.
const fn upper_half(number: u64) -> i32 {
    (number >> 32) as i32
}

/// A text of a record, as the first visit notes it: 128 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketched {
    pub(super) sketch: Sketch,
    /// Number of the record.
    pub(super) record: u32,
    /// Position among the texts of its record.
    pub(super) position: u32,
}

/// Texts of many records, in blocks: a single list would be copied whenever it grows, and take twice its bytes.
#[derive(Debug, Default)]
pub(super) struct Sketches(Vec<Vec<Sketched>>);

/// Texts of a block.
const BLOCK: usize = 1 << 12;

impl Sketches {
    pub(super) fn push(&mut self, text: Sketched) {
        match self.0.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(text),
            last => {
                // The first block grows with the batch: most batches are small.
                let mut block = Vec::with_capacity(if last.is_some() { BLOCK } else { 0 });
                block.push(text);
                self.0.push(block);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * BLOCK + last.len())
    }

    pub(super) fn get(&self, position: u32) -> &Sketched {
        &self.0[position as usize / BLOCK][position as usize % BLOCK]
    }

    fn iter(&self) -> impl Iterator<Item = &Sketched> {
        self.0.iter().flatten()
    }
}

/// Texts that resemble others.
#[derive(Debug, Default)]
pub(super) struct Resemblances {
    /// Pairs of different records, each once: positions `(i, j)`, `i` below `j`, sorted.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Texts that a crowd of records has nearly the same: one that stands for the others, and how many have it.
    pub(super) templates: Vec<(u32, u32)>,
}

/// Which texts resemble each other. Only those are compared that have a band in common, and of a band that many have
/// only one stands for all: more than `crowd` of them. However large a batch is, each text is compared with twenty crowds
/// at most.
pub(super) fn resemblances(texts: &Sketches, crowd: u32) -> Resemblances {
    let mut found = Resemblances::default();
    let mut entries: Vec<u64> = Vec::with_capacity(texts.len());
    for at in 0..BANDS {
        entries.clear();
        entries
            .extend((0..).zip(texts.iter()).map(|(position, text)| u64::from(text.sketch.band(at)) << 32 | position));
        entries.par_sort_unstable();
        let before = found.pairs.len();
        for group in entries.chunk_by(|a, b| a >> 32 == b >> 32).filter(|group| group.len() > 1) {
            if group.len() <= crowd as usize {
                found.pairs.extend(pairs(texts, group));
            } else {
                found.templates.extend(template(texts, group).filter(|(_, number)| *number > crowd));
            }
        }
        // Texts that are the same have all bands in common: without this, each pair would be kept twenty times.
        if found.pairs.len() > before {
            found.pairs.sort_unstable();
            found.pairs.dedup();
        }
    }
    found.templates = distinct(texts, found.templates);
    found
}

/// Pairs of a group that resemble each other.
fn pairs<'t>(texts: &'t Sketches, group: &'t [u64]) -> impl Iterator<Item = (u32, u32)> + 't {
    group.iter().enumerate().flat_map(move |(nth, first)| {
        let (first, a) = text_of(texts, *first);
        let others = group[nth + 1..].iter().map(|second| text_of(texts, *second));
        let alike = others.filter(move |(_, b)| a.record != b.record && a.sketch.resembles(&b.sketch));
        alike.map(move |(second, _)| (first, second))
    })
}

/// The text that stands for a large group, and the records that have it nearly the same. Which one that is does not depend on the order of
/// the records.
fn template(texts: &Sketches, group: &[u64]) -> Option<(u32, u32)> {
    let members = || group.iter().map(|entry| text_of(texts, *entry));
    let (least, text) = members().min_by_key(|(_, text)| (text.sketch, text.record))?;
    let mut records: Vec<u32> =
        members().filter(|(_, other)| text.sketch.resembles(&other.sketch)).map(|(_, other)| other.record).collect();
    records.sort_unstable();
    records.dedup();
    Some((least, u32::try_from(records.len()).unwrap_or(u32::MAX)))
}

/// Each template once, with the most that were counted in a band.
fn distinct(texts: &Sketches, mut templates: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let sketch = |position: u32| &texts.get(position).sketch;
    templates.sort_by_key(|(position, number)| (std::cmp::Reverse(*number), *sketch(*position)));
    let mut kept: Vec<(u32, u32)> = Vec::new();
    for (position, number) in templates {
        if !kept.iter().any(|(other, _)| sketch(*other).resembles(sketch(position))) {
            kept.push((position, number));
        }
    }
    kept
}

/// The text of an entry, and its position.
fn text_of(texts: &Sketches, entry: u64) -> (u32, &Sketched) {
    // The lower half of an entry always fits.
    let position = u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(0);
    (position, texts.get(position))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Sketch, Sketched, Sketches, resemblances};
    use crate::link::near_text::TextKind;

    const CROWD: u32 = 50;

    /// A text of so many shingles of its own after those that it has in common.
    fn text(record: u32, common: u64, own: u64) -> Sketched {
        let number = |n: u64| super::mixed(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let shingles: Vec<u64> =
            (1..=common).chain((1..=own).map(|n| u64::from(record + 1) << 32 | n)).map(number).collect();
        Sketched { sketch: Sketch::of(TextKind::About, &shingles), record, position: 0 }
    }

    fn sketches(texts: impl IntoIterator<Item = Sketched>) -> Sketches {
        let mut sketches = Sketches::default();
        texts.into_iter().for_each(|text| sketches.push(text));
        sketches
    }

    #[test]
    fn blocks_are_one_list() {
        let texts = sketches((0..).take(2 * BLOCK + 3).map(|record| Sketched { record, ..text(0, 3, 0) }));
        assert_eq!(texts.len(), 2 * BLOCK + 3);
        assert!((0..).zip(texts.iter()).all(|(at, text)| text.record == at && texts.get(at).record == at));
    }

    #[test]
    fn those_that_have_most_in_common_are_pairs() {
        let texts = sketches([text(0, 80, 20), text(1, 80, 20), text(2, 5, 95), text(3, 5, 95), text(1, 80, 20)]);
        assert_eq!(resemblances(&texts, CROWD).pairs, [(0, 1), (0, 4)], "a record is no pair with itself");
    }

    #[test]
    fn texts_of_different_kinds_have_nothing_in_common() {
        let shingles: Vec<u64> = (1..50).map(super::mixed).collect();
        let [about, letter] = [TextKind::About, TextKind::Letter].map(|kind| Sketch::of(kind, &shingles));
        assert!(!about.resembles(&letter));
    }

    #[test]
    fn a_text_that_many_have_is_told_once_and_pairs_nobody() {
        let texts = sketches((0..=CROWD).map(|record| text(record, 100, 0)));
        let found = resemblances(&texts, CROWD);
        assert_eq!((found.pairs.len(), found.templates), (0, vec![(0, CROWD + 1)]));
    }
}
