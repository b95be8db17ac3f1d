//! Finds thousands of literals in a text.
//!
//! An Aho-Corasick automaton of this many literals outgrows the caches and visits a state for every byte. Here a
//! small table says for each three bytes whether a literal can start with them; most places end there. Literals that
//! start a word, nearly all of those in Latin script, are asked for at starts of words only. Places are collected
//! before they are looked at, without a branch that could be foretold wrong.

use super::literal::{LONGEST, Literal};

/// Literals, ready to be found.
#[derive(Debug)]
pub(crate) struct Finder {
    /// By hash of three bytes, whether a literal of them can start there.
    three: Box<[u8; THREE]>,
    /// By hash of four bytes, whether a longer literal can start there: four entries in a byte, so that all stay in
    /// the first cache.
    four: Box<[u8; LONG / 4]>,
    /// By hash of four bytes, whether a literal of four or five can start there; by hash of six, a longer one.
    longer: Box<[u8; LONG]>,
    /// By first byte, whether a literal of one or two bytes can start there.
    short: [u8; 256],
    /// In order of key: the first six bytes of literals of six or more, four of those of four and five, all of others.
    entries: Vec<Entry>,
    /// Hash table of keys.
    slots: Vec<Slot>,
}

/// Entries of a key: `entries[first..last]`; empty if there are none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    first: u32,
    last: u32,
}

/// A literal.
#[derive(Debug)]
struct Entry {
    /// Its bytes, the first one lowest.
    bytes: u128,
    number: u32,
    length: u8,
    starts_word: bool,
    ends_word: bool,
}

/// Entries of the filters by hash of three bytes and of more.
const THREE: usize = 1 << 12;
const LONG: usize = 1 << 16;

/// A literal longer than three bytes can start here, or here if it is the start of a word.
const LONGER: u8 = 1;
const LONGER_WORD: u8 = 2;

/// The same of literals longer than five bytes is this many bits further up in the filter of longer ones.
const SIX: u8 = 4;

/// A literal of one, two or three bytes can start here.
const SHORTER: u8 = 4;
const SHORTER_WORD: u8 = 8;

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

/// Places that are collected before they are looked at.
const BATCH: usize = 256;

/// Sixteen bits of a key (multiplicative hashing by the golden ratio).
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

/// Where [`Finder::four`] has the entry of a hash: the byte, and by how many bits it is shifted.
const fn packed(hash: usize) -> (usize, usize) {
    (hash / 4, hash % 4 * 2)
}

/// The first bytes of a text as a key.
fn key_of(text: u128, bytes: u32) -> u64 {
    let mask = (1_u64 << (8 * bytes)) - 1;
    // A masked text of at most six bytes always fits.
    u64::try_from(text & u128::from(mask)).unwrap_or(0)
}

/// Whether the first bytes of a text are those of a literal.
fn same(text: u128, literal: u128, length: u8) -> bool {
    let beyond = u128::BITS - 8 * u32::from(length);
    (text ^ literal).checked_shl(beyond).unwrap_or(0) == 0
}

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

/// The bytes that words of ASCII are made of.
const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        word[byte as usize] = matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_');
        byte += 1;
    }
    word
};

impl Default for Finder {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Finder {
    /// Prepares literals, which are told by their position; none may be empty.
    #[expect(clippy::large_stack_arrays, reason = "64 KiB, once for a run; a fixed size spares a check for each byte")]
    pub(crate) fn new(literals: &[Literal]) -> Self {
        let mut keyed: Vec<(u64, u32, &Literal)> = literals
            .iter()
            .zip(0..)
            .map(|(literal, number)| {
                (key_of(sixteen(&literal.bytes), key_length(literal.bytes.len())), number, literal)
            })
            .collect();
        keyed.sort_unstable_by_key(|&(key, number, _)| (key, number));
        let mut finder = Self {
            three: Box::new([0; THREE]),
            four: Box::new([0; LONG / 4]),
            longer: Box::new([0; LONG]),
            short: [0; 256],
            entries: Vec::with_capacity(literals.len()),
            slots: Vec::new(),
        };
        let mut keys: Vec<Slot> = Vec::new();
        for ((key, number, literal), position) in keyed.into_iter().zip(0_u32..) {
            let &Literal { ref bytes, starts_word, ends_word } = literal;
            let (shorter, longer) = if starts_word { (SHORTER_WORD, LONGER_WORD) } else { (SHORTER, LONGER) };
            match bytes.len() {
                0..3 => bytes.first().into_iter().for_each(|&first| finder.short[first as usize] = SHORTER),
                3 => finder.three[hash(key) % THREE] |= shorter,
                length => {
                    let (byte, shift) = packed(hash(key & 0xffff_ffff));
                    finder.four[byte] |= longer << shift;
                    finder.longer[hash(key)] |= if length < 6 { longer } else { longer << SIX };
                }
            }
            match keys.last_mut() {
                Some(slot) if slot.key == key => slot.last = position + 1,
                _ => keys.push(Slot { key, first: position, last: position + 1 }),
            }
            let length = u8::try_from(bytes.len().min(LONGEST)).unwrap_or(0);
            finder.entries.push(Entry { bytes: sixteen(bytes), number, length, starts_word, ends_word });
        }
        let size = (keys.len() * 2).next_power_of_two();
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

    /// Tells each literal of a text, by its number and its bytes, in order of its start.
    pub(crate) fn find(&self, text: &str, mut tell: impl FnMut(u32, usize, usize)) {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return;
        }
        self.look_at(bytes, 0, ALLOWED[b' ' as usize], &mut tell);
        let mut places = [0; BATCH];
        let mut at = 1;
        while at + 4 <= bytes.len() {
            // A place, with the byte before it and the three after it.
            let end = bytes.len().min(at + 3 + BATCH);
            let mut count = 0;
            for (surroundings, place) in bytes[at - 1..end].windows(5).zip(at..) {
                let &[before, a, b, c, d] = surroundings else { continue };
                let four = u32::from_le_bytes([a, b, c, d]);
                let (byte, shift) = packed(hash(u64::from(four)));
                let longer = self.four[byte] >> shift & (LONGER | LONGER_WORD);
                let here = longer | self.three[hash(u64::from(four & 0x00ff_ffff)) % THREE] | self.short[a as usize];
                places[count & (BATCH - 1)] = place;
                count += usize::from(here & ALLOWED[before as usize] != 0);
            }
            for &place in places.iter().take(count) {
                self.look_at(bytes, place, ALLOWED[bytes[place - 1] as usize], &mut tell);
            }
            at = end - 3;
        }
        for place in at..bytes.len() {
            self.look_at(bytes, place, ALLOWED[bytes[place - 1] as usize], &mut tell);
        }
    }

    /// Tells the literals that start at a place, where the given kinds may.
    fn look_at(&self, bytes: &[u8], at: usize, allowed: u8, tell: &mut impl FnMut(u32, usize, usize)) {
        let here = sixteen(&bytes[at..]);
        let starts_word = allowed & LONGER_WORD != 0;
        let (three, four, six) = (key_of(here, 3), key_of(here, 4), key_of(here, 6));
        if self.longer[hash(six)] >> SIX & allowed & (LONGER | LONGER_WORD) != 0 {
            self.verify(bytes, at, six, here, starts_word, tell);
        }
        if self.longer[hash(four)] & allowed & (LONGER | LONGER_WORD) != 0 {
            self.verify(bytes, at, four, here, starts_word, tell);
        }
        if self.three[hash(three) % THREE] & allowed & (SHORTER | SHORTER_WORD) != 0 {
            self.verify(bytes, at, three, here, starts_word, tell);
        }
        if self.short[bytes[at] as usize] != 0 {
            self.verify(bytes, at, key_of(here, 1), here, starts_word, tell);
            if bytes.len() > at + 1 {
                self.verify(bytes, at, key_of(here, 2), here, starts_word, tell);
            }
        }
    }

    /// Tells the literals of a key that stand at a place.
    fn verify(
        &self,
        bytes: &[u8],
        at: usize,
        key: u64,
        here: u128,
        starts_word: bool,
        tell: &mut impl FnMut(u32, usize, usize),
    ) {
        let mut slot = hash(key) & (self.slots.len() - 1);
        let entries = loop {
            match &self.slots[slot] {
                Slot { last: 0, .. } => return,
                found if found.key == key => break &self.entries[found.first as usize..found.last as usize],
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        };
        for entry in entries {
            let end = at + usize::from(entry.length);
            if same(here, entry.bytes, entry.length)
                && (starts_word || !entry.starts_word)
                && !(entry.ends_word && bytes.get(end).is_some_and(|&next| WORD[next as usize]))
            {
                tell(entry.number, at, end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Finder;
    use crate::content::literal::Literal;

    fn found(literals: &[(&str, bool, bool)], text: &str) -> Vec<(u32, String)> {
        let literals: Vec<_> = literals
            .iter()
            .map(|&(bytes, starts_word, ends_word)| Literal {
                bytes: bytes.as_bytes().to_vec(),
                starts_word,
                ends_word,
            })
            .collect();
        let mut found = Vec::new();
        Finder::new(&literals)
            .find(text, |number, start, end| found.push((number, format!("{start} {}", &text[start..end]))));
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
        let numbers: Vec<u32> = found(&literals, "abcde").into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert!(found(&literals, "").is_empty() && found(&[], "abc").is_empty());
    }
}
