//! Folding: one form for the many ways to write the same words.
//!
//! Texts, patterns, list values and table keys are folded alike, so that they meet: compatibility forms (NFKC), case,
//! accents of Latin letters, quotation marks and dashes, white space, invisible characters, HTML entities, defanged
//! links, letters spaced out (`t e l e g r a m`), emoji as separators, look-alike letters of the other alphabet in a
//! word of Latin or Cyrillic letters, and digits for letters in Latin words. Which character stands for which is said
//! by [`character`](crate::content::character); where a folded text came from is kept by
//! [`Folded`](crate::dossier::Folded).
//!
//! A single line break is a space, since exported messages wrap; an empty line is a line break. Between ideographs or
//! kana, which no spaces divide into words, either wraps or hides, and is dropped.

use super::character::{self, Kind, Traits};
use super::defang;
use super::folding::{Fold, is_word_byte};
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
    /// An opening bracket, perhaps of a defanged address.
    Bracket,
    /// `:`, perhaps of a defanged scheme.
    Colon,
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
            b'[' | b'(' | b'{' => Class::Bracket,
            b':' => Class::Colon,
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

impl Fold<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Plain => self.plain(),
                Class::Space => self.white_space(),
                Class::Separator => self.separator(),
                Class::Digit => self.digit(),
                Class::Ampersand => self.entity(),
                Class::Bracket => self.bracket(),
                Class::Colon => {
                    self.scheme();
                    self.at += 1;
                }
                Class::Other => self.other(),
            }
        }
        self.flush(self.at);
    }

    /// Words and lone spaces between them, but where letters may be spaced out.
    fn plain(&mut self) {
        let class = |at: usize| CLASSES[self.byte(at) as usize];
        let mut at = self.at + 1;
        loop {
            at += self.bytes[at..].iter().take_while(|&&byte| CLASSES[byte as usize] == Class::Plain).count();
            if self.byte(at) != b' ' || class(at + 1) != Class::Plain || !is_word_byte(self.byte(at + 2)) {
                break;
            }
            at += 1;
        }
        self.at = at;
    }

    /// White space: a lone space stays, and whatever else is one character.
    fn white_space(&mut self) {
        let next = CLASSES[self.byte(self.at + 1) as usize];
        if self.bytes[self.at] == b' ' && !matches!(next, Class::Space | Class::Other | Class::Ampersand) {
            self.separator();
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
        if newlines == 0 && self.spaced_letters(end) {
            return;
        }
        if newlines <= 1 && self.is_unspaced_around(end) {
            self.replace(end, "");
            return;
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

    /// Whether ideographs or kana stand on both sides of what goes on up to `end`.
    fn is_unspaced_around(&self, end: usize) -> bool {
        let is_unspaced = |c: char| character::traits(c).kind == Kind::Unspaced;
        self.raw[..self.at].chars().next_back().is_some_and(is_unspaced)
            && self.raw[end..].chars().next().is_some_and(is_unspaced)
    }

    /// A character that may stand between spaced-out letters.
    fn separator(&mut self) {
        let (before, after) = (self.at.checked_sub(1).map_or(0, |at| self.bytes[at]), self.byte(self.at + 1));
        // Most separators end or start a longer word of ASCII.
        let perhaps = if before.is_ascii() {
            before.is_ascii_alphabetic() && after.is_ascii_alphabetic() && !is_word_byte(self.byte(self.at + 2))
        } else {
            !after.is_ascii()
        };
        if !perhaps || !self.spaced_letters(self.at + 1) {
            self.at += 1;
        }
    }

    /// An opening bracket, or a defanged part of an address.
    fn bracket(&mut self) {
        match defang::mark(&self.raw[self.at..]) {
            Some((length, plain)) => {
                if plain.starts_with(':') {
                    self.scheme();
                }
                self.replace(self.at + length, plain);
            }
            None => self.at += 1,
        }
    }

    /// Repairs a defanged scheme that ends at the current place.
    fn scheme(&mut self) {
        let Some(length) = defang::scheme(&self.raw[self.done..self.at]) else { return };
        let start = self.at - length;
        self.flush(start);
        let plain = &self.raw[start..self.at];
        self.builder.push_replaced("http", start..start + 4);
        self.builder.push_ascii_lowercase(&plain[4..], start + 4);
        self.done = self.at;
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
        assert_eq!(fold("पैसे नहीं भेजें, لا تُرسل"), "पैसे नहीं भेजें, لا تُرسل");
        assert_eq!(fold("ﾃﾚｸﾞﾗﾑ 텔레그램 ЁЛКА Й"), "テレグラム 텔레그램 елка й");
    }

    #[test]
    fn spaced_letters_are_joined_and_abbreviations_are_not() {
        assert_eq!(fold("on T e l e g r a m now"), "on telegram now");
        assert_eq!(fold("t.e.l.e.g.r.a.m"), "telegram");
        assert_eq!(fold("t  e  l  e  g  r  a  m, w🔸h🔸a🔸t🔸s🔸a🔸p🔸p"), "telegram, whatsapp");
        assert_eq!(fold("Т Е Л Е Г Р А М, 텔.레.그.램, 텔 레 그 램"), "телеграм, 텔레그램, 텔레그램");
        assert_eq!(fold("options:\na\nb\nc\nd"), "options: a b c d");
        assert_eq!(fold("a.k.a. the U.S.A., i.e. I a m"), "a.k.a. the u.s.a., i.e. i a m");
    }

    #[test]
    fn look_alikes_and_digits_in_latin_words() {
        assert_eq!(fold("Tеlеgrаm te1egram wh4tsapp d1scord g00gle"), "telegram telegram whatsapp discord google");
        assert_eq!(fold("web3 30k h264 2x h1b c2c trc20 sha256sum"), "web3 30k h264 2x h1b c2c trc20 sha256sum");
        assert_eq!(fold("сообщение в Telegram-боте"), "сообщение в telegram-боте");
    }

    #[test]
    fn look_alikes_in_cyrillic_words() {
        assert_eq!(fold("oплaтите взнос, пpедоплата"), "оплатите взнос, предоплата");
        assert_eq!(fold("IT-рынок, написан Rustом"), "it-рынок, написан rustом");
    }

    #[test]
    fn spaces_between_ideographs_and_kana_are_no_words() {
        assert_eq!(fold("加 微 信\n详谈，先 A 后 B"), "加微信详谈,先 a 后 b");
        assert_eq!(fold("テレグラム で 連絡\n\n以上"), "テレグラムで連絡\n以上");
    }

    #[test]
    fn defanged_links_are_whole() {
        assert_eq!(fold("HXXPS://t[.]me/a hxxp[:]//b(dot)example"), "https://t.me/a http://b.example");
        assert_eq!(fold("see [1] (a) note: hxxp is written {so}"), "see [1] (a) note: hxxp is written {so}");
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
