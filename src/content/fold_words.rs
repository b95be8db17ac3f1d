//! Folding of words: letters spaced out, digits and letters of another alphabet in place of letters, and letters with
//! their marks. What stands between words is left to [`fold`](crate::content::fold).

use super::character::{self, Kind, Traits};
use super::folding::{Fold, is_word_byte};

/// Fewest letters that spacing out is believed of: `U.S.A.` and `a.k.a.` are left alone.
const SPACED_LETTERS: usize = 4;

/// Longest word, in bytes, whose digits may stand for letters; beyond are hashes and keys.
const LONGEST_WORD: usize = 24;

impl Fold<'_> {
    /// Joins letters spaced out by what stands up to `end`, if they are enough.
    pub(super) fn spaced_letters(&mut self, end: usize) -> bool {
        let separator = &self.raw[self.at..end];
        let is_word = |c: char| character::is_letter(c) || c.is_ascii_digit();
        let mut before = self.raw[..self.at].chars().rev();
        if !before.next().is_some_and(character::is_letter) || before.next().is_some_and(is_word) {
            return false;
        }
        let mut letters = 1;
        let mut last = self.at;
        while let Some(rest) = self.raw[last..].strip_prefix(separator)
            && let Some(letter) = rest.chars().next().filter(|letter| character::is_letter(*letter))
            && !rest[letter.len_utf8()..].starts_with(is_word)
        {
            letters += 1;
            last += separator.len() + letter.len_utf8();
        }
        if letters < SPACED_LETTERS {
            return false;
        }
        let width = separator.len();
        self.flush(self.at);
        while self.at < last {
            self.at += width;
            self.done = self.at;
            let Some(letter) = self.raw[self.at..].chars().next() else { break };
            if letter.is_ascii() {
                self.at += 1;
            } else {
                self.cluster(letter);
            }
            self.flush(self.at);
        }
        true
    }

    /// A digit; one inside a word may stand for a letter.
    pub(super) fn digit(&mut self) {
        if self.at > self.done && self.bytes[self.at - 1].is_ascii_alphabetic() {
            let start = self.ascii_word_start();
            let len = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let end = self.at + len;
            if !is_word_byte(self.byte(end)) && start >= self.done && end - start <= LONGEST_WORD {
                let mut word = [0; LONGEST_WORD];
                let word = &mut word[..end - start];
                word.copy_from_slice(&self.bytes[start..end]);
                word.make_ascii_lowercase();
                if character::letters_for_digits(word)
                    && let Ok(text) = std::str::from_utf8(word)
                {
                    self.flush(start);
                    self.builder.push_verbatim(text, start);
                    self.done = end;
                }
            }
            self.at = end;
        } else {
            self.at += 1;
        }
    }

    /// Where the ASCII letters and digits before the current place start.
    pub(super) fn ascii_word_start(&self) -> usize {
        let before = &self.bytes[self.done..self.at];
        self.at - before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count()
    }

    /// Characters beyond ASCII that are folded already and written without regard to their neighbours.
    pub(super) fn folded(&mut self) {
        let mut last = self.at;
        let mut end = self.at;
        for next in self.raw[self.at..].chars().take_while(|next| !next.is_ascii()) {
            match character::traits(next) {
                Traits { kind: Kind::Unspaced | Kind::Script | Kind::Other, folded: true, .. } => {
                    last = end;
                    end += next.len_utf8();
                }
                // A mark belongs to the last of them.
                Traits { combines: true, .. } => {
                    end = last;
                    break;
                }
                _ => break,
            }
        }
        if end == self.at {
            let Some(first) = self.raw[self.at..].chars().next() else { return };
            self.cluster(first);
        } else {
            // Taken over with what stands before and after them.
            self.at = end;
        }
    }

    /// A character that is written without regard to its neighbours, with its combining marks.
    pub(super) fn cluster(&mut self, first: char) {
        let end = self.at + first.len_utf8() + marks(&self.raw[self.at + first.len_utf8()..]);
        let raw = &self.raw[self.at..end];
        let alone = raw.len() == first.len_utf8();
        if alone && character::traits(first).folded {
            self.at = end;
        } else if let Some(folded) = character::folded(first).filter(|_| alone) {
            // One character for one of the same length keeps the bytes aligned.
            if folded.len() == raw.len() && folded.chars().nth(1).is_none() {
                self.flush(self.at);
                self.builder.push_verbatim(folded, self.at);
                self.at = end;
                self.done = end;
            } else {
                self.replace(end, folded);
            }
        } else {
            let folded = character::fold_text(raw);
            self.replace(end, &folded);
        }
    }

    /// A word of an alphabet, from the ASCII letters just before on.
    pub(super) fn word(&mut self) {
        let start = self.ascii_word_start();
        let mut end = self.at;
        let (mut latin, mut foreign, mut folded) = (start < self.at, false, true);
        for next in self.raw[self.at..].chars() {
            if next.is_ascii() {
                if !next.is_ascii_alphanumeric() {
                    break;
                }
                latin |= next.is_ascii_alphabetic();
            } else {
                let traits = character::traits(next);
                match traits.kind {
                    Kind::Letter if traits.latin => latin = true,
                    Kind::Letter => foreign = true,
                    Kind::Invisible => {}
                    _ => break,
                }
                folded &= traits.folded;
            }
            end += next.len_utf8();
        }
        let marks = marks(&self.raw[end..]);
        end += marks;
        let disguise = if latin && foreign { character::disguise(&self.raw[start..end]) } else { None };
        if folded && marks == 0 && disguise.is_none() {
            self.at = end;
            return;
        }
        self.at = start;
        while self.at < end {
            let Some(first) = self.raw[self.at..].chars().next() else { break };
            let len = first.len_utf8();
            if let Some(letter) = disguise.and_then(|alphabet| alphabet.letter_for(first)) {
                self.replace(self.at + len, letter.encode_utf8(&mut [0; 4]));
            } else if first.is_ascii() && self.byte(self.at + 1).is_ascii() {
                // Taken over in lower case with what stands before and after it.
                self.at += 1;
            } else if character::traits(first).kind == Kind::Invisible {
                self.replace(self.at + len, "");
            } else {
                self.cluster(first);
            }
        }
    }
}

/// Length of the combining marks that a text starts with.
fn marks(text: &str) -> usize {
    if text.as_bytes().first().is_none_or(u8::is_ascii) {
        return 0;
    }
    text.chars().take_while(|&next| character::traits(next).combines).map(char::len_utf8).sum()
}
