//! The hash by which words of two texts are compared, whatever their case.

/// The hash of a word while its letters are read (FNV-1a over characters in lower case; Fowler, Noll, Vo 1991).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordHash(u64);

impl Default for WordHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHash {
    /// Adds a letter.
    pub(crate) fn add(&mut self, letter: char) {
        let mut step = |lower: char| self.0 = (self.0 ^ u64::from(lower)).wrapping_mul(0x0100_0000_01b3);
        if letter.is_ascii() {
            step(letter.to_ascii_lowercase());
        } else {
            letter.to_lowercase().for_each(step);
        }
    }

    /// The hash of the letters so far.
    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}
