//! Finds thousands of literals in a text.
//!
//! An Aho-Corasick automaton of this many literals outgrows the caches and visits a state for every byte. Here
//! [`filters`](crate::content::filters) say for each place whether a literal can start there; most places end there.
//! Literals that start a word, nearly all of those in Latin script, are asked for at starts of words only. Places are
//! collected before they are looked at, without a branch that could be foretold wrong.

use super::filters::{
    Filters, KEY_OF_FOUR, KEY_OF_SIX, SHORTER, SHORTER_WORD, SHORTEST, WORD, four_bytes, hash, key_of,
};
use super::literal::{LONGEST, Literal};
use super::sketch::{Sketch, hash_of_three};

/// Literals, ready to be found. All that is needed often is kept small, since the caches hold it or do not.
#[derive(Debug)]
pub(crate) struct Finder {
    filters: Filters,
    /// Hash table of keys: the first six bytes of literals of six or more, four of those of four and five, all of
    /// others.
    slots: Vec<Slot>,
    /// By key, and a last one that only ends what the one before stands for.
    entries: Vec<Entry>,
    /// What literals stand for, in order of the entries.
    told: Vec<u32>,
}

/// Entries of a key: `entries[first..last]`; empty if there are none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    first: u32,
    last: u32,
}

/// A literal.
#[derive(Debug, Default)]
struct Entry {
    /// Its bytes after the key, the first one lowest; at most ten.
    rest: u64,
    rest_end: u16,
    /// Its length in bytes.
    length: u8,
    bounds: u8,
    /// Where in `told` begins what it stands for, which ends where that of the next begins.
    told: u32,
}

/// Bits of [`Entry::bounds`]: a literal is the start of a word, or the end of one.
const STARTS_WORD: u8 = 1;
const ENDS_WORD: u8 = 2;

/// Places that are collected before they are looked at.
const BATCH: usize = 128;

/// How many bytes of a literal are its key.
fn key_length(length: usize) -> u32 {
    match length {
        0..4 => u32::try_from(length).unwrap_or(0),
        4 | 5 => 4,
        _ => 6,
    }
}

/// Sixteen bytes of a text, with zeros behind it.
fn sixteen(bytes: &[u8]) -> u128 {
    if let Some(sixteen) = bytes.first_chunk() {
        return u128::from_le_bytes(*sixteen);
    }
    let mut sixteen = [0; LONGEST];
    sixteen.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u128::from_le_bytes(sixteen)
}

impl Default for Finder {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Finder {
    /// Prepares literals, each with what it stands for; none may be empty, none given twice.
    pub(crate) fn new(literals: Vec<(Literal, Vec<u32>)>) -> Self {
        let key = |literal: &Literal| key_of(sixteen(&literal.bytes), key_length(literal.bytes.len()));
        let mut keyed: Vec<(u64, (Literal, Vec<u32>))> =
            literals.into_iter().map(|literal| (key(&literal.0), literal)).collect();
        keyed.sort();
        let mut finder = Self {
            filters: Filters::default(),
            slots: Vec::new(),
            entries: Vec::with_capacity(keyed.len() + 1),
            told: Vec::new(),
        };
        let mut keys: Vec<Slot> = Vec::new();
        for ((key, (literal, told)), position) in keyed.into_iter().zip(0_u32..) {
            finder.filters.let_through(key, &literal);
            match keys.last_mut() {
                Some(slot) if slot.key == key => slot.last = position + 1,
                _ => keys.push(Slot { key, first: position, last: position + 1 }),
            }
            finder.entries.push(Entry::new(&literal, finder.told.len()));
            finder.told.extend(told);
        }
        finder.entries.push(Entry { told: u32::try_from(finder.told.len()).unwrap_or(u32::MAX), ..Entry::default() });
        // A third stays empty, so that chains are short.
        let size = (keys.len() * 3 / 2 + 1).next_power_of_two();
        finder.slots = vec![Slot::default(); size];
        for key in keys {
            let mut slot = hash(key.key) & (size - 1);
            while finder.slots[slot].last != 0 {
                slot = (slot + 1) & (size - 1);
            }
            finder.slots[slot] = key;
        }
        finder
    }

    /// Tells for each literal of a text what it stands for and its bytes, in order of its start; and draws the text.
    pub(crate) fn find(&self, text: &str, sketch: &mut Sketch, mut tell: impl FnMut(&[u32], usize, usize)) {
        let bytes = text.as_bytes();
        sketch.begin(bytes.len());
        let mut places = [(0, 0); BATCH];
        let mut before = b' ';
        let mut start = 0;
        while let Some(batch) = bytes.get(start..bytes.len().min(start + BATCH + 3)).filter(|batch| batch.len() >= 4) {
            let mut count = 0;
            for (next, place) in batch.windows(4).zip(0_u8..) {
                let &[a, b, c, d] = next else { continue };
                let four = u32::from_le_bytes([a, b, c, d]);
                let three = hash_of_three(four);
                sketch.draw(three, start + usize::from(place));
                let kinds = self.filters.kinds(before, four, three);
                places[count & (BATCH - 1)] = (place, kinds);
                count += usize::from(kinds != 0);
                before = a;
            }
            let mut likely = 0;
            for at in 0..count.min(BATCH) {
                let (place, kinds) = places[at];
                let kinds = self.filters.likely(sixteen(&bytes[start + usize::from(place)..]), kinds);
                places[likely] = (place, kinds);
                likely += usize::from(kinds != 0);
            }
            for &(place, kinds) in places.iter().take(likely) {
                self.look_at(bytes, start + usize::from(place), kinds, &mut tell);
            }
            start += batch.len() - 3;
        }
        for place in start..bytes.len() {
            let here = sixteen(&bytes[place..]);
            let three = hash_of_three(four_bytes(here));
            if place + 3 <= bytes.len() {
                sketch.draw(three, place);
            }
            let kinds = self.filters.likely(here, self.filters.kinds(before, four_bytes(here), three));
            if kinds != 0 {
                self.look_at(bytes, place, kinds, &mut tell);
            }
            before = bytes[place];
        }
    }

    /// Tells the literals that start at a place, where the given kinds are likely.
    fn look_at(&self, bytes: &[u8], at: usize, kinds: u8, tell: &mut impl FnMut(&[u32], usize, usize)) {
        let starts_word = at == 0 || !WORD[bytes[at - 1] as usize];
        let here =
            Here { bytes, at, sixteen: sixteen(&bytes[at..]), bounds: if starts_word { STARTS_WORD } else { 0 } };
        if kinds & KEY_OF_SIX != 0 {
            self.verify::<6>(&here, key_of(here.sixteen, 6), tell);
        }
        if kinds & KEY_OF_FOUR != 0 {
            self.verify::<4>(&here, key_of(here.sixteen, 4), tell);
        }
        if kinds & (SHORTER | SHORTER_WORD) != 0 {
            self.verify::<3>(&here, key_of(here.sixteen, 3), tell);
        }
        if kinds & SHORTEST != 0 {
            self.verify::<1>(&here, key_of(here.sixteen, 1), tell);
            if bytes.len() > at + 1 {
                self.verify::<2>(&here, key_of(here.sixteen, 2), tell);
            }
        }
    }

    /// Tells the literals of a key of some bytes that stand at a place.
    fn verify<const KEY: u8>(&self, here: &Here<'_>, key: u64, tell: &mut impl FnMut(&[u32], usize, usize)) {
        let mut slot = hash(key) & (self.slots.len() - 1);
        let (first, last) = loop {
            match &self.slots[slot] {
                Slot { last: 0, .. } => return,
                found if found.key == key => break (found.first as usize, found.last as usize),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        };
        for at in first..last {
            let entry = &self.entries[at];
            let end = here.at + usize::from(entry.length);
            if entry.follows::<KEY>(here.sixteen)
                && entry.bounds & STARTS_WORD <= here.bounds
                && !(entry.bounds & ENDS_WORD != 0 && here.bytes.get(end).is_some_and(|&next| WORD[next as usize]))
            {
                tell(&self.told[entry.told as usize..self.entries[at + 1].told as usize], here.at, end);
            }
        }
    }
}

/// A place of a text.
#[derive(Debug)]
struct Here<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Sixteen bytes from there on.
    sixteen: u128,
    /// [`STARTS_WORD`] if a word may start there.
    bounds: u8,
}

impl Entry {
    fn new(literal: &Literal, told: usize) -> Self {
        let rest = sixteen(literal.bytes.get(key_length(literal.bytes.len()) as usize..).unwrap_or_default());
        let bound = |is_bound, bit| if is_bound { bit } else { 0 };
        Self {
            // Masked bits always fit.
            rest: u64::try_from(rest & u128::from(u64::MAX)).unwrap_or(0),
            rest_end: u16::try_from(rest >> u64::BITS & u128::from(u16::MAX)).unwrap_or(0),
            length: u8::try_from(literal.bytes.len().min(LONGEST)).unwrap_or(0),
            bounds: bound(literal.starts_word, STARTS_WORD) | bound(literal.ends_word, ENDS_WORD),
            told: u32::try_from(told).unwrap_or(u32::MAX),
        }
    }

    /// Whether a text that begins with a key of some bytes goes on with the rest of the literal.
    fn follows<const KEY: u8>(&self, text: u128) -> bool {
        // At the end of a text a shorter key, filled up with zeros, may have led here.
        let Some(length) = self.length.checked_sub(KEY) else { return false };
        let rest = u128::from(self.rest) | u128::from(self.rest_end) << u64::BITS;
        let beyond = u128::BITS - 8 * u32::from(length);
        ((text >> (8 * KEY)) ^ rest).checked_shl(beyond).unwrap_or(0) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Finder, Sketch};
    use crate::content::literal::Literal;

    fn found(literals: &[(&str, bool, bool)], text: &str) -> Vec<(u32, String)> {
        let literal = |&(bytes, starts_word, ends_word): &(&str, bool, bool)| Literal {
            bytes: bytes.as_bytes().to_vec(),
            starts_word,
            ends_word,
        };
        let literals: Vec<_> = literals.iter().map(literal).zip((0..).map(|number| vec![number])).collect();
        let mut found = Vec::new();
        Finder::new(literals).find(text, &mut Sketch::default(), |told, start, end| {
            found.extend(told.iter().map(|&number| (number, format!("{start} {}", &text[start..end]))));
        });
        found
    }

    #[test]
    fn literals_of_every_length_are_found_wherever_they_stand() {
        let literals = [("$", false, false), ("ur", false, false), ("pay", false, false), ("telegram", false, false)];
        let all = found(&literals, "$ pay your telegram$");
        let shown: Vec<_> = all.iter().map(|(_, what)| what.as_str()).collect();
        assert_eq!(shown, ["0 $", "2 pay", "8 ur", "11 telegram", "19 $"]);
    }

    #[test]
    fn words_start_and_end_where_asked() {
        let literals = [("pay", true, true), ("able", true, false), ("gram", false, true)];
        assert_eq!(found(&literals, "repay payment pay"), [(0, "14 pay".to_owned())]);
        assert_eq!(
            found(&literals, "payable able-bodied telegramme telegram가"),
            [(1, "8 able".to_owned()), (2, "35 gram".to_owned()),]
        );
    }

    #[test]
    fn literals_may_overlap_and_differ_in_their_boundaries_only() {
        let literals = [("abcd", false, false), ("abcd", true, false), ("bcde", false, false)];
        let mut numbers: Vec<u32> = found(&literals, "abcde").into_iter().map(|(number, _)| number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [0, 1, 2]);
        assert!(found(&literals, "").is_empty() && found(&[], "abc").is_empty());
    }
}
