//! Characters: which kind each is for folding, and what it is folded to.
//!
//! How they make words is left to [`fold`](crate::content::fold).

use std::borrow::Cow;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// What a character is to folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// White space of any width.
    Space,
    /// Pictures; they separate words.
    Emoji,
    /// Zero width, direction controls, variation selectors, soft hyphens, control characters.
    Invisible,
    /// A letter beyond ASCII of a script that has words of letters, or a mark on one.
    Letter,
    /// An ideograph or kana; no spaces divide them into words.
    Unspaced,
    /// A letter of any other script: Hangul, Arabic, Devanagari.
    Script,
    /// Anything else: ASCII, punctuation.
    Other,
}

/// What folding asks of a character at every step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traits {
    /// What it is.
    pub kind: Kind,
    /// Whether it belongs to the character before it.
    pub combines: bool,
    /// Whether it is of the Latin script.
    pub latin: bool,
    /// Whether it is its own folded form, where it stands without marks.
    pub folded: bool,
}

/// Characters of one page of [`traits`].
const PAGE: usize = 256;

/// The traits of a character; those of a script are worked out when it is first met.
pub(crate) fn traits(c: char) -> Traits {
    static PAGES: [OnceLock<Box<[Traits]>>; PAGE] = [const { OnceLock::new() }; PAGE];
    let (page, position) = (c as usize / PAGE, c as usize % PAGE);
    let worked_out = || {
        let codes = page * PAGE..(page + 1) * PAGE;
        let c = |code| u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
        codes.map(|code| Traits::of(c(code))).collect()
    };
    match PAGES.get(page) {
        Some(traits) => traits.get_or_init(worked_out)[position],
        None => Traits::of(c),
    }
}

impl Traits {
    /// [`traits`], worked out.
    fn of(c: char) -> Self {
        let combines = combines(c);
        let folded = !combines && fold_text(c.encode_utf8(&mut [0; 4])).chars().eq([c]);
        Self { kind: kind(c), combines, latin: is_latin(c), folded }
    }
}

/// Whether a character is a letter of any script.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && matches!(traits(c).kind, Kind::Letter | Kind::Unspaced | Kind::Script))
}

/// Whether a character is an ideograph or kana, which no spaces divide into words.
pub(crate) fn is_unspaced(c: char) -> bool {
    !c.is_ascii() && traits(c).kind == Kind::Unspaced
}

/// The kind of a character.
#[expect(clippy::match_same_arms, reason = "arms are in order of code points; what is usual comes first")]
fn kind(c: char) -> Kind {
    match c {
        '\t' | '\n' | '\x0b' | '\x0c' | '\r' | ' ' => Kind::Space,
        '\0'..='\x1f' | '\x7f'..='\u{84}' | '\u{86}'..='\u{9f}' => Kind::Invisible,
        '\x21'..='\x7e' => Kind::Other,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' => Kind::Invisible,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Kind::Invisible,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => Kind::Invisible,
        '\u{e0000}'..='\u{e0fff}' => Kind::Invisible,
        '\u{20e3}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1f0ff}' => Kind::Emoji,
        '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}' => Kind::Other,
        '\u{1f18a}'..='\u{1f1ff}' | '\u{1f260}'..='\u{1faff}' => Kind::Emoji,
        // Latin (with the extensions), Greek, Cyrillic, Armenian, and the marks between them.
        '\u{c0}'..='\u{24f}' if c != '×' && c != '÷' => Kind::Letter,
        '\u{250}'..='\u{2ff}' | '\u{370}'..='\u{58f}' | '\u{1c80}'..='\u{1c8f}' => Kind::Letter,
        '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' => Kind::Letter,
        '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' | '\u{a720}'..='\u{a7ff}' => Kind::Letter,
        '\u{300}'..='\u{36f}' => Kind::Letter,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => Kind::Unspaced,
        '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Kind::Unspaced,
        '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}' => Kind::Unspaced,
        _ if c.is_whitespace() => Kind::Space,
        _ if c.is_alphabetic() => Kind::Script,
        _ => Kind::Other,
    }
}

/// Whether a letter is of the Latin script (accented, extended, full width).
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{300}'..='\u{36f}' | '\u{1d00}'..='\u{1dbf}'
            | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

/// Whether a character belongs to the one before it.
#[expect(clippy::match_same_arms, reason = "arms are in order of code points; what is usual comes first")]
fn combines(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{590}' | '\u{2010}'..='\u{2027}' => false,
        '\u{3000}'..='\u{3029}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4e00}'..='\u{9fff}' => false,
        '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff9d}' => false,
        // Vowels and finals of decomposed Hangul, voicing marks of half-width kana.
        '\u{1161}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}' => true,
        _ => canonical_combining_class(c) != 0 || ('\u{300}'..='\u{36f}').contains(&c),
    }
}

/// Whether a character without marks is surely its own folded form; false only costs time.
fn is_folded(c: char) -> bool {
    match c {
        'A'..='Z' => false,
        '\0'..='\x7f' | 'а'..='я' | 'ђ'..='џ' => c != 'ё',
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '、' | '。' | '一'..='\u{9fff}' | '가'..='힣' => true,
        _ => false,
    }
}

/// A short text in its folded form, character by character: no look-alikes, no digits for letters, no joining.
pub(crate) fn fold_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_folded) && !text.contains(combines) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut base = None;
    // Decomposed after lower-casing, so that marks which lower-casing makes are seen too.
    for c in
        text.nfkc().flat_map(char::to_lowercase).flat_map(|c| if keeps_marks(c) { Parts::One(c) } else { Parts::of(c) })
    {
        // Without a letter before it, a mark is judged by its own script.
        if is_combining_mark(c) && base.map_or_else(|| is_latin(c), |base: char| is_latin(base) || base.is_ascii()) {
            continue;
        }
        base = Some(c);
        match alias(c) {
            Some(alias) => folded.push_str(alias),
            None if kind(c) == Kind::Invisible => {}
            None if kind(c) == Kind::Space => folded.push(if c == '\n' { '\n' } else { ' ' }),
            None => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// Whether the marks of a letter make it another letter: everything that is not Latin.
fn keeps_marks(c: char) -> bool {
    !is_latin(c)
}

/// The parts of one character.
enum Parts {
    One(char),
    Many(unicode_normalization::Decompositions<std::iter::Once<char>>),
    None,
}

impl Parts {
    fn of(c: char) -> Self {
        Self::Many(std::iter::once(c).nfkd())
    }
}

impl Iterator for Parts {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(c) => {
                let c = *c;
                *self = Self::None;
                Some(c)
            }
            Self::Many(parts) => parts.next(),
            Self::None => None,
        }
    }
}

/// What a lower-case character is written as where normalisation does not say so.
fn alias(c: char) -> Option<&'static str> {
    const LETTERS: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
        "w", "x", "y", "z",
    ];
    let negative = |first: u32| LETTERS.get((c as u32).wrapping_sub(first) as usize).copied();
    Some(match c {
        '‘' | '’' | '‛' | 'ʼ' | '′' | '´' | '`' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ё' => "е",
        '\u{1f150}'..='\u{1f169}' => return negative(0x1_f150),
        '\u{1f170}'..='\u{1f189}' => return negative(0x1_f170),
        _ => return None,
    })
}

/// The alphabets that most words beyond ASCII are written in: Latin with its extensions, Greek, Cyrillic, Armenian.
const ALPHABETS: std::ops::Range<u32> = 0x80..0x590;

/// What is worked out once for a letter of [`ALPHABETS`].
struct Letter {
    folded: Box<str>,
    looks_like: Option<char>,
}

/// The letter's entry in the table of [`ALPHABETS`].
fn letter(c: char) -> Option<&'static Letter> {
    static LETTERS: OnceLock<Box<[Letter]>> = OnceLock::new();
    let position = (c as u32).checked_sub(ALPHABETS.start)? as usize;
    let table = || {
        let letters = ALPHABETS.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        let entry = |c: char| Letter { folded: fold_text(c.encode_utf8(&mut [0; 4])).into(), looks_like: likeness(c) };
        letters.map(entry).collect()
    };
    if ALPHABETS.contains(&(c as u32)) { LETTERS.get_or_init(table).get(position) } else { None }
}

/// The folded form of a character that stands without marks, where it is known beforehand.
pub(crate) fn folded(c: char) -> Option<&'static str> {
    letter(c).map(|letter| &*letter.folded)
}

/// The Latin letter, in lower case, that a letter of another script looks like (Unicode confusables).
pub(crate) fn looks_like(c: char) -> Option<char> {
    match letter(c) {
        Some(letter) => letter.looks_like,
        None => likeness(c),
    }
}

/// [`looks_like`], worked out.
fn likeness(c: char) -> Option<char> {
    if c.is_ascii() || is_latin(c) {
        return None;
    }
    let skeleton = |c: char| {
        let mut buffer = [0; 4];
        let mut skeleton = unicode_security::skeleton(c.encode_utf8(&mut buffer));
        match (skeleton.next(), skeleton.next()) {
            (Some(one), None) if one.is_ascii_alphabetic() => Some(one.to_ascii_lowercase()),
            _ => None,
        }
    };
    skeleton(c).or_else(|| c.to_lowercase().next().and_then(skeleton))
}

/// An alphabet that a word is written in, but for letters of another that look like its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    Latin,
    Cyrillic,
}

impl Alphabet {
    /// The letter of this alphabet, in lower case, that a letter of the other stands for.
    pub(crate) fn letter_for(self, c: char) -> Option<char> {
        match self {
            Self::Latin => looks_like(c),
            Self::Cyrillic => cyrillic_like(c),
        }
    }
}

/// The alphabet of a word of Latin and other letters, if all that are not of it look like some that are; where that is
/// so of both, the one of most letters.
pub(crate) fn disguise(word: &str) -> Option<Alphabet> {
    let (mut latin, mut other) = (0_usize, 0_usize);
    let (mut all_look_latin, mut all_look_cyrillic) = (true, true);
    for c in word.chars() {
        if c.is_ascii_alphabetic() {
            latin += 1;
            all_look_cyrillic &= cyrillic_like(c).is_some();
        } else if let Traits { kind: Kind::Letter, latin: is_latin, .. } = traits(c) {
            if is_latin {
                latin += 1;
                all_look_cyrillic = false;
            } else {
                other += 1;
                all_look_latin &= looks_like(c).is_some();
                all_look_cyrillic &= is_cyrillic(c);
            }
        }
    }
    match (all_look_latin, all_look_cyrillic && other >= latin) {
        (true, true) if other > latin => Some(Alphabet::Cyrillic),
        (true, _) => Some(Alphabet::Latin),
        (false, true) => Some(Alphabet::Cyrillic),
        (false, false) => None,
    }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// The Cyrillic letter, in lower case, that a Latin letter of ASCII looks like.
fn cyrillic_like(c: char) -> Option<char> {
    static LETTERS: OnceLock<[Option<char>; 26]> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let mut letters = [None; 26];
        // Letters of Russian first: what looks like one of them hardly ever stands for another.
        for cyrillic in ('а'..='я').chain('А'..='Я').chain('ѐ'..='џ') {
            let latin = looks_like(cyrillic).and_then(|latin| letters.get_mut(position(latin)?));
            if let Some(slot) = latin {
                slot.get_or_insert(cyrillic.to_lowercase().next().unwrap_or(cyrillic));
            }
        }
        letters
    });
    letters.get(position(c)?).copied().flatten()
}

/// The position of a Latin letter of ASCII in its alphabet.
fn position(c: char) -> Option<usize> {
    c.is_ascii_alphabetic().then(|| usize::from(c.to_ascii_lowercase() as u8 - b'a'))
}

/// Puts letters for the digits of a lower-case ASCII word, if each stands between letters and looks like one.
///
/// `te1egram`, `wh4tsapp`, `g00gle`. Left alone: words of under five characters (`h1b`, `log4` stays too), and those
/// where digits are many or look like no letter (`sha256sum`).
pub(crate) fn letters_for_digits(word: &mut [u8]) -> bool {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let looks = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'0' | b'1' | b'3' | b'4' | b'5' | b'7');
    let ends = word.first().zip(word.last()).is_some_and(|(a, z)| a.is_ascii_alphabetic() && z.is_ascii_alphabetic());
    if digits == 0 || word.len() < 6 || digits * 3 > word.len() || !ends || !word.iter().all(looks) {
        return false;
    }
    let vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'0' | b'3' | b'4');
    for at in 1..word.len() - 1 {
        word[at] = match word[at] {
            b'0' => b'o',
            // An l stands before or after a vowel, an i between consonants: te1egram, d1scord.
            b'1' if vowel(word[at - 1]) || vowel(word[at + 1]) => b'l',
            b'1' => b'i',
            b'3' => b'e',
            b'4' => b'a',
            b'5' => b's',
            b'7' => b't',
            other => other,
        };
    }
    true
}

/// The character of the HTML entity that a text starts with, and its length in bytes.
pub(crate) fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.as_bytes().iter().take(10).position(|&byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, decoded))
}
