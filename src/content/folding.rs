//! A text while it is folded: what is taken over as it stands, and what is replaced.
//!
//! How words are folded is left to [`fold_words`](crate::content::fold_words), everything between them to
//! [`fold`](crate::content::fold).

use crate::dossier::FoldedBuilder;

/// A text on its way; `raw[done..at]` is to be taken as it is, but in lower case.
pub(super) struct Fold<'a> {
    pub(super) raw: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) done: usize,
    pub(super) at: usize,
    pub(super) builder: &'a mut FoldedBuilder,
}

impl Fold<'_> {
    /// Takes over everything up to a place, in lower case.
    pub(super) fn flush(&mut self, until: usize) {
        if self.done < until {
            self.builder.push_ascii_lowercase(&self.raw[self.done..until], self.done);
        }
        self.done = self.at.max(until);
    }

    /// Replaces the bytes up to `end` by a text.
    pub(super) fn replace(&mut self, end: usize, text: &str) {
        self.flush(self.at);
        self.builder.push_replaced(text, self.at..end);
        self.at = end;
        self.done = end;
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }
}

/// Whether a byte belongs to a word; parts of characters beyond ASCII do.
pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}
