//! A rough picture of a text: about where it has which three bytes in a row.
//!
//! It answers within nanoseconds whether a literal can be near a place. It may say yes where there is none (one text
//! in some hundreds, for literals of four bytes and more), never no where there is one.

use super::literal::Literal;

/// Where each three bytes of a text start, by hash; reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    places: Vec<Places>,
    parts: Parts,
}

/// What a text that has a literal has: up to three times three bytes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    /// Of the first three bytes, three in the middle and the last three.
    hashes: [u16; 3],
    /// How many bytes further than the first the others start.
    offsets: [u8; 2],
}

/// Parts of a text, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Places(u64);

/// A text cut into at most 64 parts of equal length, to say in one word where something is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    /// The parts have two to the power of this many bytes.
    shift: u32,
}

/// Bits of a hash, of which a short text uses the lower ones.
const BITS: u32 = 14;

/// Fourteen bits of the first three of four bytes, the first one lowest (multiplicative hashing by the golden ratio).
pub(crate) fn hash_of_three(four: u32) -> u16 {
    // Fourteen bits always fit.
    u16::try_from((four << 8).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)).unwrap_or(0)
}

impl Sketch {
    /// Begins with a text of some bytes, of which each three are then drawn.
    pub(crate) fn begin(&mut self, length: usize) {
        self.parts = Parts::of_length(length);
        // Where entries are shared, the places seldom are.
        let size = length.next_power_of_two().clamp(128, 1 << BITS);
        self.places.clear();
        self.places.resize(size, Places::default());
    }

    /// Draws three bytes of a hash where they start.
    pub(crate) fn draw(&mut self, three: u16, at: usize) {
        let mask = self.places.len() - 1;
        self.places[usize::from(three) & mask].0 |= self.parts.of(at).0;
    }

    /// Whether the literal of a probe can start in one of the given parts.
    pub(crate) fn may_have(&self, probe: Probe, near: Places) -> bool {
        let mask = self.places.len() - 1;
        let places = |hash: u16| self.places[usize::from(hash) & mask].0;
        let [first, middle, last] = probe.hashes;
        let starts = places(first) & near.0;
        // Most texts lack the first three bytes already.
        if starts == 0 {
            return false;
        }
        let before = |places: u64, offset: u8| {
            let parts = u32::from(offset) >> self.parts.shift;
            places >> parts | places >> (parts + 1)
        };
        let [to_middle, to_last] = probe.offsets;
        starts & before(places(middle), to_middle) & before(places(last), to_last) != 0
    }

    /// The parts that a range of the text touches.
    pub(crate) fn parts(&self, start: usize, end: usize) -> Places {
        self.parts.of_range(start, end)
    }
}

impl Probe {
    /// `None` for literals of less than three bytes, which tell too little to be looked for.
    pub(crate) fn new(literal: &Literal) -> Option<Self> {
        let three = |at: usize| {
            let &[a, b, c] = literal.bytes.get(at..)?.first_chunk()?;
            Some(hash_of_three(u32::from_le_bytes([a, b, c, 0])))
        };
        let last = literal.bytes.len().checked_sub(3)?;
        let middle = last / 2;
        let offset = |at: usize| u8::try_from(at).ok();
        Some(Self { hashes: [three(0)?, three(middle)?, three(last)?], offsets: [offset(middle)?, offset(last)?] })
    }
}

impl Parts {
    fn of_length(length: usize) -> Self {
        let bits = usize::BITS - length.leading_zeros();
        Self { shift: bits.saturating_sub(6) }
    }

    /// The part of a place within the text.
    fn of(self, at: usize) -> Places {
        Places(1 << ((at >> self.shift) & 63))
    }

    /// The parts that a range touches.
    fn of_range(self, start: usize, end: usize) -> Places {
        let first = self.of(start).0;
        let last = self.of(end.saturating_sub(1).max(start)).0;
        // All bits from the first to the last.
        Places((last | (last - 1)) & !(first - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Probe, Sketch, hash_of_three};
    use crate::content::literal::Literal;
    use proptest::prelude::*;

    fn probe(bytes: &[u8]) -> Option<Probe> {
        Probe::new(&Literal { bytes: bytes.to_vec(), starts_word: false, ends_word: false })
    }

    fn may_have(text: &str, literal: &str, start: usize, end: usize) -> bool {
        let mut sketch = Sketch::default();
        sketch.begin(text.len());
        for (at, three) in text.as_bytes().windows(3).enumerate() {
            sketch.draw(hash_of_three(u32::from_le_bytes([three[0], three[1], three[2], 0])), at);
        }
        probe(literal.as_bytes()).is_none_or(|probe| sketch.may_have(probe, sketch.parts(start, end)))
    }

    #[test]
    fn a_literal_is_seen_where_it_is_and_not_elsewhere() {
        let text = "please pay the deposit first and write to me on telegram when it is done";
        assert!(may_have(text, "deposit", 0, text.len()) && may_have(text, "deposit", 10, 20));
        assert!(!may_have(text, "deposit", 40, text.len()));
        assert!(!may_have(text, "whatsapp", 0, text.len()) && !may_have(text, "deposition", 0, text.len()));
        assert!(probe(b"me").is_none());
    }

    proptest! {
        #[test]
        fn no_literal_is_overlooked(text in "[ab c]{3,40}|[a-z ]{3,4000}", at in any::<prop::sample::Index>(), length in 3_usize..=16) {
            let start = at.index(text.len() - 2);
            let literal = &text[start..text.len().min(start + length)];
            prop_assert!(may_have(&text, literal, start, start + 1));
            prop_assert!(may_have(&text, literal, 0, text.len()));
        }
    }
}
