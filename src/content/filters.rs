//! Filters that say within a few steps whether a literal can start at a place of a text; most places end there.

use super::literal::Literal;
use super::sketch::hash_of_three;

/// What can start where, by the bytes that follow.
#[derive(Debug)]
pub(super) struct Filters {
    /// By first two bytes, a bit that says whether a literal of one or two bytes can start there.
    two: Box<[u8; TWO / 8]>,
    /// By hash of three bytes, whether a literal of them can start there.
    three: Box<[u8; THREE]>,
    /// By hash of four bytes, whether a longer literal can start there: four entries in a byte, so that all stay in
    /// the first cache.
    four: Box<[u8; LONG / 4]>,
    /// By hash of four bytes, whether a literal of four or five can start there; by hash of six, a longer one.
    longer: Box<[u8; LONG]>,
}

/// Pairs of bytes.
const TWO: usize = 1 << 16;

/// Entries of the filters by hash of three bytes and of more.
const THREE: usize = 1 << 12;
const LONG: usize = 1 << 16;

/// A literal longer than three bytes can start here, or here if it is the start of a word.
const LONGER: u8 = 1;
const LONGER_WORD: u8 = 2;

/// The same of literals longer than five bytes is this many bits further up in the filter of longer ones.
const SIX: u8 = 4;

/// In place of these: a literal of four or five bytes, and one of more, is likely.
pub(super) const KEY_OF_FOUR: u8 = 1;
pub(super) const KEY_OF_SIX: u8 = 2;

/// A literal of three bytes can start here, or here if it is the start of a word.
pub(super) const SHORTER: u8 = 4;
pub(super) const SHORTER_WORD: u8 = 8;

/// A literal of one or two bytes can start here.
pub(super) const SHORTEST: u8 = 16;

/// What can start after each byte: words only where none goes on.
const ALLOWED: [u8; 256] = {
    let mut allowed = [LONGER | SHORTER | LONGER_WORD | SHORTER_WORD; 256];
    let mut byte = 0;
    while byte < 128 {
        if WORD[byte] {
            allowed[byte] = LONGER | SHORTER;
        }
        byte += 1;
    }
    allowed
};

/// Sixteen bits of a key (multiplicative hashing by the golden ratio).
pub(super) fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

/// The same of four bytes, the first one lowest.
fn hash_of_four(four: u32) -> u32 {
    four.wrapping_mul(0x9e37_79b1) >> 16
}

/// Where [`Filters::three`] has a hash of three bytes.
fn three_of(hash: u16) -> usize {
    usize::from(hash) % THREE
}

/// Where [`Filters::four`] has four bytes: the byte, and by how many bits it is shifted.
fn four_of(four: u32) -> (usize, u32) {
    let hash = hash_of_four(four);
    ((hash / 4) as usize, hash % 4 * 2)
}

/// Where [`Filters::two`] has the first two bytes of four: the byte, and by how many bits it is shifted.
fn two_of(four: u32) -> (usize, u32) {
    let two = four & 0xffff;
    ((two / 8) as usize, two % 8)
}

/// The first four bytes of a text.
pub(super) fn four_bytes(text: u128) -> u32 {
    // Masked bits always fit.
    u32::try_from(text & 0xffff_ffff).unwrap_or(0)
}

/// The first bytes of a text as a key.
pub(super) fn key_of(text: u128, bytes: u32) -> u64 {
    let mask = (1_u64 << (8 * bytes)) - 1;
    // A masked text of at most six bytes always fits.
    u64::try_from(text & u128::from(mask)).unwrap_or(0)
}

/// The bytes that words of ASCII are made of.
pub(super) const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        word[byte as usize] = matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_');
        byte += 1;
    }
    word
};

impl Default for Filters {
    #[expect(clippy::large_stack_arrays, reason = "64 KiB, once for a run; a fixed size spares a check for each byte")]
    fn default() -> Self {
        Self {
            two: Box::new([0; TWO / 8]),
            three: Box::new([0; THREE]),
            four: Box::new([0; LONG / 4]),
            longer: Box::new([0; LONG]),
        }
    }
}

impl Filters {
    /// Lets a literal through the filters.
    pub(super) fn let_through(&mut self, key: u64, literal: &Literal) {
        let (shorter, longer) = if literal.starts_word { (SHORTER_WORD, LONGER_WORD) } else { (SHORTER, LONGER) };
        let four = four_bytes(u128::from(key));
        match *literal.bytes.as_slice() {
            [] => {}
            [first] => {
                self.two.chunks_exact_mut(32).for_each(|seconds| seconds[usize::from(first) / 8] |= 1 << (first % 8));
            }
            [_, _] => {
                let (byte, shift) = two_of(four);
                self.two[byte] |= 1 << shift;
            }
            [_, _, _] => self.three[three_of(hash_of_three(four))] |= shorter,
            [_, _, _, _, ref rest @ ..] => {
                let (byte, shift) = four_of(four);
                self.four[byte] |= longer << shift;
                self.longer[hash(key)] |= if rest.len() < 2 { longer } else { longer << SIX };
            }
        }
    }

    /// What can start with four bytes after another.
    pub(super) fn kinds(&self, before: u8, four: u32, three: u16) -> u8 {
        let (byte, shift) = four_of(four);
        let longer = self.four[byte] >> shift & (LONGER | LONGER_WORD);
        let (byte, shift) = two_of(four);
        let shortest = (self.two[byte] >> shift & 1) * SHORTEST;
        (longer | self.three[three_of(three)]) & ALLOWED[before as usize] | shortest
    }

    /// What of that is likely by the bytes that follow: instead of longer literals, those of four and of six bytes.
    pub(super) fn likely(&self, here: u128, kinds: u8) -> u8 {
        let longer = kinds & (LONGER | LONGER_WORD);
        let six = self.longer[hash(key_of(here, 6))] >> SIX & longer;
        let four = self.longer[hash(key_of(here, 4))] & longer;
        (kinds ^ longer) | (u8::from(six != 0) * KEY_OF_SIX) | (u8::from(four != 0) * KEY_OF_FOUR)
    }
}
