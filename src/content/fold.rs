//! Folding: one form for the many ways to write the same words.
//!
//! Texts, patterns, list values and table keys are folded alike, so that they meet: compatibility forms (NFKC), case,
//! accents of Latin letters, quotation marks and dashes, white space, invisible characters, HTML entities, letters
//! spaced out (`t e l e g r a m`), emoji as separators, and, in Latin words only, look-alike letters of other scripts
//! and digits for letters. Which character stands for which is said by [`character`](crate::content::character);
//! where a folded text came from is kept by [`Folded`](crate::dossier::Folded).
//!
//! A single line break is a space, since exported messages wrap; an empty line is a line break.

use super::character::{self, Kind, Traits};
use crate::dossier::FoldedBuilder;
use std::borrow::Cow;

/// A list value, a table key or a literal of a pattern, folded; borrowed if it is so already. White space around it
/// is dropped.
pub fn key(value: &str) -> Cow<'_, str> {
    let value = value.trim();
    let plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && byte != b'&';
    let mut words = value.split(' ');
    if words.all(|word| !word.is_empty() && word.bytes().all(plain) && !has_digit_inside(word)) && !is_spaced(value) {
        return Cow::Borrowed(value);
    }
    let mut builder = FoldedBuilder::default();
    fold_into(value, &mut builder);
    Cow::Owned(builder.folded().as_str().trim().to_owned())
}

/// Whether a digit stands between two letters.
fn has_digit_inside(word: &str) -> bool {
    word.as_bytes().windows(3).any(|w| w[0].is_ascii_alphabetic() && w[1].is_ascii_digit())
}

/// Whether single letters follow each other with one separator between them.
fn is_spaced(value: &str) -> bool {
    value
        .as_bytes()
        .windows(4)
        .any(|w| w[0].is_ascii_alphabetic() && is_separator(w[1]) && w[2].is_ascii_alphabetic() && w[1] == w[3])
}

/// Folds a text; what the builder held before is forgotten.
pub fn fold_into(raw: &str, builder: &mut FoldedBuilder) {
    builder.clear();
    let mut fold = Fold { raw, bytes: raw.as_bytes(), done: 0, at: 0, builder };
    fold.run();
}

/// What an ASCII byte asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing beyond lower case.
    Plain,
    /// White space.
    Space,
    /// A separator of spaced-out letters that is not white space.
    Separator,
    /// A digit.
    Digit,
    /// `&`, perhaps an entity.
    Ampersand,
    /// A control character, or not ASCII.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0x21;
    while byte < 0x7f {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => Class::Digit,
            b'&' => Class::Ampersand,
            _ if is_separator(byte) => Class::Separator,
            _ => Class::Plain,
        };
        byte += 1;
    }
    let spaces = [b' ', b'\t', b'\n', b'\r', 0x0b, 0x0c];
    let mut index = 0;
    while index < spaces.len() {
        classes[spaces[index] as usize] = Class::Space;
        index += 1;
    }
    classes
};

/// Separators of spaced-out letters.
const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'.' | b'-' | b'_' | b'*' | b'|' | b'~')
}

/// Fewest letters that spacing out is believed of: `U.S.A.` and `a.k.a.` are left alone.
const SPACED_LETTERS: usize = 4;

/// Longest word, in bytes, whose digits may stand for letters; beyond are hashes and keys.
const LONGEST_WORD: usize = 24;

/// A text on its way; `raw[done..at]` is to be taken as it is, but in lower case.
struct Fold<'a> {
    raw: &'a str,
    bytes: &'a [u8],
    done: usize,
    at: usize,
    builder: &'a mut FoldedBuilder,
}

impl Fold<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Plain => self.at += 1,
                Class::Space => self.white_space(),
                Class::Separator => self.separator(byte),
                Class::Digit => self.digit(),
                Class::Ampersand => self.entity(),
                Class::Other => self.other(),
            }
        }
        self.flush(self.at);
    }

    /// Takes over everything up to a place, in lower case.
    fn flush(&mut self, until: usize) {
        if self.done < until {
            self.builder.push_ascii_lowercase(&self.raw[self.done..until], self.done);
        }
        self.done = self.at.max(until);
    }

    /// Replaces the bytes up to `end` by a text.
    fn replace(&mut self, end: usize, text: &str) {
        self.flush(self.at);
        self.builder.push_replaced(text, self.at..end);
        self.at = end;
        self.done = end;
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// White space: a lone space stays, and whatever else is one character.
    fn white_space(&mut self) {
        let next = CLASSES[self.byte(self.at + 1) as usize];
        if self.bytes[self.at] == b' ' && !matches!(next, Class::Space | Class::Other | Class::Ampersand) {
            self.separator(b' ');
        } else {
            self.separators();
        }
    }

    /// A run of white space, emoji and invisible characters.
    fn separators(&mut self) {
        let mut end = self.at;
        let mut newlines = 0;
        while let Some(next) = self.raw[end..].chars().next() {
            match character::traits(next).kind {
                Kind::Space => newlines += usize::from(matches!(next, '\n' | '\u{2028}' | '\u{2029}')),
                Kind::Emoji | Kind::Invisible => {}
                _ => break,
            }
            end += next.len_utf8();
        }
        let text = if newlines > 1 { "\n" } else { " " };
        if end - self.at == 1 {
            // One byte for one byte keeps the run going.
            if self.bytes[self.at] != b' ' {
                self.flush(self.at);
                self.builder.push_verbatim(text, self.at);
                self.done = end;
            }
            self.at = end;
        } else {
            self.replace(end, text);
        }
    }

    /// A character that may stand between spaced-out letters.
    fn separator(&mut self, separator: u8) {
        let spaced = self.byte(self.at + 2) == separator
            && self.byte(self.at + 1).is_ascii_alphabetic()
            && self.at > 0
            && self.bytes[self.at - 1].is_ascii_alphabetic()
            && (self.at < 2 || !is_word_byte(self.bytes[self.at - 2]));
        if !spaced || !self.spaced_letters(self.at - 1, separator) {
            self.at += 1;
        }
    }

    /// Joins the spaced-out ASCII letters that start at a place, if they are enough.
    fn spaced_letters(&mut self, start: usize, separator: u8) -> bool {
        let mut letters = 1;
        let mut last = start;
        while self.byte(last + 1) == separator
            && self.byte(last + 2).is_ascii_alphabetic()
            && !is_word_byte(self.byte(last + 3))
        {
            letters += 1;
            last += 2;
        }
        if letters < SPACED_LETTERS {
            return false;
        }
        self.flush(start);
        for at in (start..=last).step_by(2) {
            self.builder.push_ascii_lowercase(&self.raw[at..=at], at);
        }
        self.at = last + 1;
        self.done = self.at;
        true
    }

    /// A digit; one inside a word may stand for a letter.
    fn digit(&mut self) {
        if self.at > self.done.min(self.at) && self.at > 0 && self.bytes[self.at - 1].is_ascii_alphabetic() {
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
    fn ascii_word_start(&self) -> usize {
        let before = &self.bytes[self.done..self.at];
        self.at - before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count()
    }

    /// An HTML entity, or only an ampersand.
    fn entity(&mut self) {
        match character::entity(&self.raw[self.at..]) {
            Some((len, decoded)) => {
                let mut buffer = [0; 4];
                let end = self.at + len;
                match character::traits(decoded).kind {
                    Kind::Invisible => self.replace(end, ""),
                    Kind::Space | Kind::Emoji => self.replace(end, " "),
                    _ => {
                        let folded = character::fold_text(decoded.encode_utf8(&mut buffer));
                        self.replace(end, &folded);
                    }
                }
            }
            None => self.at += 1,
        }
    }

    /// A control character, or anything that is not ASCII.
    fn other(&mut self) {
        let Some(next) = self.raw[self.at..].chars().next() else {
            self.at += 1;
            return;
        };
        match character::traits(next) {
            Traits { kind: Kind::Space | Kind::Emoji, .. } => self.separators(),
            Traits { kind: Kind::Invisible, .. } => self.replace(self.at + next.len_utf8(), ""),
            Traits { kind: Kind::Letter, .. } => self.word(),
            Traits { folded: true, .. } => self.folded(),
            _ => self.cluster(next),
        }
    }

    /// Characters beyond ASCII that are folded already and written without regard to their neighbours.
    fn folded(&mut self) {
        let mut last = self.at;
        let mut end = self.at;
        for next in self.raw[self.at..].chars().take_while(|next| !next.is_ascii()) {
            match character::traits(next) {
                Traits { kind: Kind::Other, folded: true, .. } => {
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
    fn cluster(&mut self, first: char) {
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
    fn word(&mut self) {
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
        let look_alikes = latin && foreign && character::all_look_latin(&self.raw[start..end]);
        if folded && marks == 0 && !look_alikes {
            self.at = end;
            return;
        }
        self.at = start;
        while self.at < end {
            let Some(first) = self.raw[self.at..].chars().next() else { break };
            let len = first.len_utf8();
            if first.is_ascii() && self.byte(self.at + 1).is_ascii() {
                // Taken over in lower case with what stands before and after it.
                self.at += 1;
            } else if character::traits(first).kind == Kind::Invisible {
                self.replace(self.at + len, "");
            } else if let Some(letter) = character::looks_like(first).filter(|_| look_alikes) {
                self.replace(self.at + len, letter.encode_utf8(&mut [0; 4]));
            } else {
                self.cluster(first);
            }
        }
    }
}

/// Whether a byte belongs to a word; parts of characters beyond ASCII do.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Length of the combining marks that a text starts with.
fn marks(text: &str) -> usize {
    if text.as_bytes().first().is_none_or(u8::is_ascii) {
        return 0;
    }
    text.chars().take_while(|&next| character::traits(next).combines).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::{fold_into, key};
    use crate::dossier::FoldedBuilder;

    fn fold(raw: &str) -> String {
        let mut builder = FoldedBuilder::default();
        fold_into(raw, &mut builder);
        builder.folded().as_str().to_owned()
    }

    #[test]
    fn case_white_space_and_invisible_characters() {
        assert_eq!(fold("Hello   World\r\nagain"), "hello world again");
        assert_eq!(fold("one\n\ntwo"), "one\ntwo");
        assert_eq!(fold("te\u{200b}le\u{ad}gram \u{202e}x"), "telegram x");
        assert_eq!(fold("a\u{a0}b\u{3000}c"), "a b c");
    }

    #[test]
    fn compatibility_forms_accents_and_punctuation() {
        assert_eq!(fold("ＷｈａｔｓＡｐｐ ﬁx 𝐓𝐞𝐥𝐞𝐠𝐫𝐚𝐦"), "whatsapp fix telegram");
        assert_eq!(fold("Déposer año über Straße e\u{301}"), "deposer ano uber strasse e");
        assert_eq!(fold("don’t “pay” — first…"), "don't \"pay\" - first...");
        assert_eq!(fold("ﾃﾚｸﾞﾗﾑ 텔레그램 ЁЛКА Й"), "テレグラム 텔레그램 елка й");
    }

    #[test]
    fn spaced_letters_are_joined_and_abbreviations_are_not() {
        assert_eq!(fold("on T e l e g r a m now"), "on telegram now");
        assert_eq!(fold("t.e.l.e.g.r.a.m"), "telegram");
        assert_eq!(fold("a.k.a. the U.S.A., i.e. I a m"), "a.k.a. the u.s.a., i.e. i a m");
    }

    #[test]
    fn look_alikes_and_digits_in_latin_words() {
        assert_eq!(fold("Tеlеgrаm te1egram wh4tsapp d1scord g00gle"), "telegram telegram whatsapp discord google");
        assert_eq!(fold("web3 30k h264 2x h1b c2c trc20 sha256sum"), "web3 30k h264 2x h1b c2c trc20 sha256sum");
        assert_eq!(fold("сообщение в Telegram-боте"), "сообщение в telegram-боте");
    }

    #[test]
    fn emoji_and_entities() {
        assert_eq!(fold("add📲Telegram 👉🏽 now"), "add telegram now");
        assert_eq!(fold("R&amp;D&nbsp;lab te&#8203;st AT&T &#x41;"), "r&d lab test at&t a");
    }

    #[test]
    fn a_key_is_borrowed_if_it_is_folded_already() {
        assert!(matches!(key("mail.example"), std::borrow::Cow::Borrowed("mail.example")));
        assert_eq!(key("  Göttingen "), "gottingen");
        assert_eq!(key(""), "");
    }
}
