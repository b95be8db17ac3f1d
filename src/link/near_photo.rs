//! Portraits that return in another record: perceptual hashes that differ in a few bits, as they are or mirrored.
//!
//! Who has a hash, and what a tie by it is worth, is left to others. Nearness is no identity: portraits are made alike,
//! and of a million hashes that have nothing to do with each other about five pairs are near.

/// Bits in which the hashes of one picture may differ. Saving anew and scaling cost up to 3 bits, cutting 2 % off up to
/// 7; hashes that have nothing to do with each other differ in about 32, portraits made alike in a few less.
pub(crate) const DISTANCE: u32 = 6;

/// A hash that more than so many others are near to is that of a template or of no picture: it ties nobody.
const CROWD: u32 = 50;

/// Fewer set bits than this, or fewer that are not, are those of a blank picture, a plain gradient, or a hash that was
/// made up. A picture's hash has about 32 and, with a chance of one in ten million, fewer than 12.
const FEWEST_ONES: u32 = 12;

/// Bits of the waves that turn an odd number of times from left to right, which a mirror turns over.
const ODD: u64 = 0x5555_5555_5555_5555;

/// Parts into which a hash is cut. Of two hashes that differ in few bits one part differs in a quarter of them.
const BANDS: usize = 4;

/// The hash of a picture mirrored from left to right, from the picture's own. It is exact but for waves that are too
/// weak to have a sign.
pub(crate) fn mirrored(hash: u64) -> u64 {
    hash ^ ODD
}

/// Bits in which two hashes differ, as they are or with one of them mirrored.
pub(crate) fn distance(first: u64, second: u64) -> u32 {
    let difference = first ^ second;
    difference.count_ones().min(mirrored(difference).count_ones())
}

/// Whether a hash tells no pictures apart: nearly all of its bits are equal.
pub(crate) fn is_blank(hash: u64) -> bool {
    hash.count_ones().min(hash.count_zeros()) < FEWEST_ONES
}

/// Pairs of hashes that differ in at most `distance` bits, or do once one of them is mirrored: positions `(i, j)`, `i`
/// below `j`, sorted. Blank hashes are in no pair, nor are those that more than 50 others are near to.
///
/// The hashes are distinct and sorted. Only hashes are compared that have a band nearly in common (multi-index
/// hashing: M. Norouzi, A. Punjani, D. Fleet, "Fast Exact Search in Hamming Space", 2014): of evenly spread ones
/// 0.2 % of all pairs.
pub(crate) fn near(hashes: &[u64], distance: u32) -> Vec<(usize, usize)> {
    let mut entries: Vec<(u64, usize)> = hashes.iter().copied().zip(0..).filter(|(hash, _)| !is_blank(*hash)).collect();
    let mut neighbours = vec![0_u32; hashes.len()];
    let mut pairs = Vec::new();
    for at in 0..BANDS {
        let steps: Vec<u16> = (0..=u16::MAX).filter(|step| meets(spread(*step, at), at, distance)).collect();
        // A pair that meets in several bands is counted in the first.
        let is_new = |difference| !(0..at).any(|before| meets(difference, before, distance));
        let buckets = Buckets::of(&mut entries, at);
        for (a, b) in buckets.pairs(&steps) {
            if self::distance(a.0, b.0) <= distance && is_new(a.0 ^ b.0) {
                neighbours[a.1] += 1;
                neighbours[b.1] += 1;
                // What is left out here bounds the memory that a crowd can take.
                if neighbours[a.1].max(neighbours[b.1]) <= CROWD {
                    pairs.push((a.1.min(b.1), a.1.max(b.1)));
                }
            }
        }
    }
    pairs.retain(|(i, j)| neighbours[*i].max(neighbours[*j]) <= CROWD);
    pairs.sort_unstable();
    pairs
}

/// A hash and its position.
type Entry = (u64, usize);

/// Hashes by one of their bands.
struct Buckets<'e> {
    entries: &'e [Entry],
    at: usize,
    /// Where each begins, and where the last ends.
    starts: Vec<usize>,
}

impl<'e> Buckets<'e> {
    fn of(entries: &'e mut [Entry], at: usize) -> Self {
        entries.sort_unstable_by_key(|(hash, _)| band(*hash, at));
        let mut starts = vec![0; usize::from(u16::MAX) + 2];
        for (hash, _) in &*entries {
            starts[usize::from(band(*hash, at)) + 1] += 1;
        }
        for value in 1..starts.len() {
            starts[value] += starts[value - 1];
        }
        Self { entries, at, starts }
    }

    fn get(&self, band: u16) -> &'e [Entry] {
        let value = usize::from(band);
        &self.entries[self.starts[value]..self.starts[value + 1]]
    }

    /// Each pair once whose bands differ by one of the steps.
    fn pairs(&self, steps: &[u16]) -> impl Iterator<Item = (&'e Entry, &'e Entry)> {
        self.entries.iter().enumerate().flat_map(move |(nth, entry)| {
            let here = band(entry.0, self.at);
            let there = steps.iter().map(move |step| here ^ step).filter(move |there| *there >= here);
            there.flat_map(move |there| {
                let others = if there == here {
                    &self.entries[nth + 1..self.starts[usize::from(here) + 1]]
                } else {
                    self.get(there)
                };
                others.iter().map(move |other| (entry, other))
            })
        })
    }
}

/// Two of the eight rows of waves. Rows of slow waves are alike in many pictures, so each is put with one of faster waves.
fn band(hash: u64, at: usize) -> u16 {
    let rows = hash.to_be_bytes();
    u16::from_be_bytes([rows[at], rows[at + BANDS]])
}

/// A hash that has this band and no other bit.
fn spread(band: u16, at: usize) -> u64 {
    let mut rows = [0; 2 * BANDS];
    [rows[at], rows[at + BANDS]] = band.to_be_bytes();
    u64::from_be_bytes(rows)
}

/// Whether hashes with this difference may be near for all that one band says.
fn meets(difference: u64, at: usize, distance: u32) -> bool {
    let most = distance / 4;
    band(difference, at).count_ones() <= most || band(mirrored(difference), at).count_ones() <= most
}

#[cfg(test)]
mod tests {
    use super::{CROWD, DISTANCE, is_blank, mirrored, near};
    use proptest::prelude::*;

    /// Every pair compared.
    fn compared(hashes: &[u64], distance: u32) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for j in 0..hashes.len() {
            for i in 0..j {
                let apart = (hashes[i] ^ hashes[j]).count_ones().min((hashes[i] ^ mirrored(hashes[j])).count_ones());
                if apart <= distance && !is_blank(hashes[i]) && !is_blank(hashes[j]) {
                    pairs.push((i, j));
                }
            }
        }
        let neighbours = |of: usize| pairs.iter().filter(|(i, j)| *i == of || *j == of).count();
        let crowded: Vec<bool> = (0..hashes.len()).map(|of| neighbours(of) > CROWD as usize).collect();
        pairs.retain(|(i, j)| !crowded[*i] && !crowded[*j]);
        pairs.sort_unstable();
        pairs
    }

    fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// Hashes around a few others, mirrored or not, and some that are anywhere.
    fn hashes() -> impl Strategy<Value = Vec<u64>> {
        let flips = prop::collection::vec(0_u32..64, 0..9);
        let around = prop::collection::vec((0_usize..4, any::<bool>(), flips), 0..80);
        (prop::collection::vec(any::<u64>(), 4..60), around).prop_map(|(anywhere, around)| {
            let moved = around.iter().map(|(of, is_mirrored, flips)| {
                let hash = flips.iter().fold(anywhere[*of], |hash, bit| hash ^ (1 << bit));
                if *is_mirrored { mirrored(hash) } else { hash }
            });
            sorted(anywhere.iter().copied().chain(moved).collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_the_bands_find_is_what_comparing_all_finds(hashes in hashes(), distance in 0_u32..10) {
            prop_assert_eq!(near(&hashes, distance), compared(&hashes, distance));
        }
    }

    #[test]
    fn near_hashes_are_found_as_they_are_and_mirrored() {
        let hash = 0x8f0e_1d2c_3b4a_5968_u64;
        for flipped in [0x3f, 0x8000_0400_0020_0001, 0x0101_0101_0101_0000] {
            let pair = sorted(vec![hash, hash ^ flipped]);
            assert_eq!(near(&pair, DISTANCE), [(0, 1)], "{flipped:x}");
            assert_eq!(near(&sorted(vec![hash, mirrored(hash ^ flipped)]), DISTANCE), [(0, 1)], "{flipped:x} mirrored");
        }
        assert_eq!(near(&sorted(vec![hash, hash ^ 0x7f]), DISTANCE), []);
        assert_eq!(near(&[hash], DISTANCE), []);
        assert_eq!(near(&[], DISTANCE), []);
    }

    #[test]
    fn blank_pictures_are_near_to_nobody() {
        let blank = [0, 1, 0x8000_0000_0000_0000, 0x8800_0000_0000_0000, u64::MAX - 1, u64::MAX];
        assert!(blank.iter().all(|hash| is_blank(*hash)));
        assert_eq!(near(&sorted(blank.to_vec()), DISTANCE), []);
    }

    #[test]
    fn a_crowd_ties_nobody_and_takes_no_memory() {
        let hash = 0x8f0e_1d2c_3b4a_5968_u64;
        let all = (0..1 << 12).map(|bits| hash ^ bits).chain([!hash, !hash ^ 1]);
        let hashes = sorted(all.collect());
        let pairs = near(&hashes, DISTANCE);
        let apart = pairs.iter().map(|(i, j)| (hashes[*i], hashes[*j])).collect::<Vec<_>>();
        assert_eq!(apart, [(!hash, !hash ^ 1)].map(|(a, b)| (a.min(b), a.max(b))));
    }

    #[test]
    #[ignore = "takes seconds; cargo test --release near_photo -- --ignored --nocapture"]
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "it measures and tells what it measured")]
    fn a_million_hashes_take_seconds() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = || {
            // xorshift64 (G. Marsaglia, 2003).
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let hashes = sorted((0..1_000_000).map(|_| random()).collect());
        let started = std::time::Instant::now();
        let pairs = near(&hashes, DISTANCE);
        let spent = started.elapsed();
        eprintln!("{} hashes, {} pairs within {DISTANCE} bits, {spent:.1?}", hashes.len(), pairs.len());
        assert!(pairs.len() < 30, "about 4.5 by chance");
        assert!(spent.as_secs() < 60, "{spent:?}");
    }
}
