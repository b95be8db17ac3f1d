//! A name as written, taken apart into words that can be compared, and which words are forms of one another.
//!
//! What the forms are is said by tables: `nicknames`, `romanisation`, `name-words`, and the lists `given-names` and
//! `company-forms`.

use crate::content::Content;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Words of at least this length that are this similar (Jaro-Winkler) are spellings of one.
const LONG_ENOUGH: usize = 4;
const SIMILAR: f64 = 0.92;

/// Nicknames, families of romanisation, words that are no names.
#[derive(Debug, Default)]
pub(crate) struct NameKnowledge {
    /// Groups that a word belongs to, sorted.
    groups: BTreeMap<Box<str>, Vec<u16>>,
    /// The first form of each group.
    first_forms: Vec<Box<str>>,
    /// A spelling and what it is read as, in order.
    spellings: Vec<(Box<str>, Box<str>)>,
    words: BTreeMap<Box<str>, WordKind>,
    given_names: BTreeSet<Box<str>>,
}

/// What a word beside a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// Title or pronoun: dropped.
    Aside,
    /// Dropped where two other words stand.
    Particle,
    /// Shows that this is no person's name.
    NoName,
}

/// In what script a name is written, as far as comparing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin letters.
    Latin,
    /// Another alphabet with words.
    Spaced,
    /// Han: a full name may be one word.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Hangul: a full name may be one word.
    Hangul,
    /// Several.
    Mixed,
}

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelled {
    /// Words in lower-case ASCII letters, titles dropped; initials are words of one letter.
    pub(crate) words: Vec<String>,
    /// All letters, as written but in lower case, joined.
    pub(crate) native: String,
    /// The script.
    pub(crate) script: Script,
    /// Nothing shows that this is no person's name.
    pub(crate) is_person: bool,
}

impl Spelled {
    /// Whether this is more than a first name.
    pub(crate) fn is_full(&self) -> bool {
        match self.script {
            Script::Han | Script::Hangul => self.native.chars().count() >= 2,
            Script::Mixed => false,
            Script::Kana | Script::Latin | Script::Spaced => {
                self.words.iter().filter(|word| word.len() > 1).count() >= 2
            }
        }
    }
}

impl NameKnowledge {
    /// Reads the tables; what is missing makes fewer names agree, and no more disagree than before.
    pub(crate) fn new(content: &Content) -> Self {
        let mut knowledge = Self::default();
        let mut group = 0;
        for row in content.table("nicknames").map_or(&[][..], |table| table.rows()) {
            knowledge.group(std::iter::once(row.cell(0)).chain(row.cell(1).split('|')), &mut group);
        }
        for row in content.table("romanisation").map_or(&[][..], |table| table.rows()) {
            match (row.cell(0), row.cell(1).split_once('|')) {
                ("spelling", Some((from, to))) => knowledge.spellings.push((from.into(), to.into())),
                ("family", _) => knowledge.group(row.cell(1).split('|'), &mut group),
                _ => {}
            }
        }
        for row in content.table("name-words").map_or(&[][..], |table| table.rows()) {
            let kind = match row.cell(1) {
                "particle" => WordKind::Particle,
                "none" => WordKind::NoName,
                _ => WordKind::Aside,
            };
            knowledge.words.insert(row.cell(0).into(), kind);
        }
        if let Some(forms) = content.list("company-forms") {
            for form in forms.values().filter(|form| form.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.'))
            {
                let form = form.replace('.', "");
                // `SA`, `AB`, `Co`: two letters are names too.
                if form.len() >= 3 {
                    knowledge.words.entry(form.into()).or_insert(WordKind::NoName);
                }
            }
        }
        if let Some(names) = content.list("given-names") {
            knowledge.given_names = names.values().map(Into::into).collect();
        }
        knowledge
    }

    fn group<'a>(&mut self, forms: impl Iterator<Item = &'a str>, group: &mut u16) {
        for form in forms.filter(|form| !form.is_empty()) {
            if self.first_forms.len() == usize::from(*group) {
                self.first_forms.push(form.into());
            }
            let groups = self.groups.entry(form.into()).or_default();
            if groups.last() != Some(group) {
                groups.push(*group);
            }
        }
        // A group without forms takes no number.
        *group = u16::try_from(self.first_forms.len()).unwrap_or(u16::MAX);
    }

    /// Whether a word, in lower-case ASCII, is known as somebody's given name or as a romanised name.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        word.len() >= 3 && self.given_names.contains(word)
    }

    /// Whether two words, in lower-case ASCII, are forms of one name.
    pub(crate) fn same_word(&self, first: &str, second: &str) -> bool {
        if first == second {
            return true;
        }
        let (Some(mine), Some(theirs)) = (self.groups.get(first), self.groups.get(second)) else {
            return self.sounds_alike(first, second);
        };
        mine.iter().any(|group| theirs.contains(group)) || self.sounds_alike(first, second)
    }

    fn sounds_alike(&self, first: &str, second: &str) -> bool {
        let shortest = first.len().min(second.len());
        // Cheap first: forms of one name begin and end within a letter or two of each other.
        shortest >= 2
            && first.len().abs_diff(second.len()) <= 3
            && ((shortest >= LONG_ENOUGH && strsim::jaro_winkler(first, second) >= SIMILAR)
                || self.skeleton(first) == self.skeleton(second))
    }

    /// The word, how it is read, and how the first form of each group that it belongs to is read: two words that are
    /// known as forms of one name have one of these in common.
    pub(crate) fn forms(&self, word: &str) -> Vec<String> {
        let groups = self.groups.get(word).into_iter().flatten();
        let first = groups.filter_map(|group| self.first_forms.get(usize::from(*group)));
        let read = std::iter::once(word).chain(first.map(|form| &**form)).map(|form| self.skeleton(form));
        std::iter::once(word.to_owned()).chain(read).collect()
    }

    /// A word with each spelling read as the table says, and doubled letters once.
    fn skeleton(&self, word: &str) -> String {
        let mut read = word.to_owned();
        for (from, to) in &self.spellings {
            if read.contains(&**from) {
                read = read.replace(&**from, to);
            }
        }
        let mut last = '\0';
        read.retain(|letter| std::mem::replace(&mut last, letter) != letter);
        read
    }

    /// Takes a full name apart.
    pub(crate) fn spell(&self, name: &str) -> Spelled {
        self.finish(Parts::of(name, false))
    }

    /// Takes a handle, or the local part of a mail address, apart: at separators, digits and `camelCase`.
    pub(crate) fn spell_handle(&self, handle: &str) -> Spelled {
        let local = handle.trim().trim_start_matches('@');
        let local = local.split_once('@').map_or(local, |(local, _)| local);
        let local = local.split_once('+').map_or(local, |(local, _)| local);
        self.finish(Parts::of(local, true))
    }

    fn finish(&self, mut parts: Parts) -> Spelled {
        parts.end_word();
        let script = parts.script.unwrap_or(Script::Latin);
        let mut words = parts.words;
        let mut is_person = true;
        words.retain(|word| match self.words.get(word.as_str()) {
            Some(WordKind::Aside) => false,
            Some(WordKind::NoName) => {
                is_person = false;
                true
            }
            Some(WordKind::Particle) | None => true,
        });
        let is_particle = |word: &String| self.words.get(word.as_str()) == Some(&WordKind::Particle);
        let particles = words.iter().filter(|word| is_particle(word)).count();
        if particles > 0 && words.len() - particles >= 2 {
            words.retain(|word| !is_particle(word));
        }
        Spelled { words, native: parts.native, script, is_person }
    }
}

/// A name while it is read.
#[derive(Debug, Default)]
struct Parts {
    words: Vec<String>,
    word: String,
    native: String,
    script: Option<Script>,
    after_lower: bool,
}

impl Parts {
    /// Takes a text apart; at `camelCase` too where it is a handle.
    fn of(text: &str, handle: bool) -> Self {
        let mut parts = Self::default();
        if text.is_ascii() {
            // Its own normal form.
            text.chars().for_each(|character| parts.take(character, handle));
        } else {
            text.nfkc().for_each(|character| parts.take(character, handle));
        }
        parts
    }

    fn take(&mut self, character: char, handle: bool) {
        if is_joiner(character) && !handle {
            return;
        }
        if !character.is_alphabetic() {
            // Marks that belong to a letter end no word.
            if !unicode_normalization::char::is_combining_mark(character) {
                self.end_word();
            }
            return;
        }
        if handle && character.is_uppercase() && self.after_lower {
            self.end_word();
        }
        self.after_lower = character.is_lowercase();
        self.native.extend(character.to_lowercase());
        let script = script_of(character);
        if self.script.get_or_insert(script) != &script {
            self.script = Some(Script::Mixed);
        }
        if character.is_ascii() {
            self.word.push(character.to_ascii_lowercase());
            return;
        }
        let letters = deunicode::deunicode_char(character).unwrap_or_default();
        self.word.extend(letters.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()));
    }

    fn end_word(&mut self) {
        self.after_lower = false;
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }
}

fn script_of(character: char) -> Script {
    match character {
        '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' => {
            Script::Hangul
        }
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Kana,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
        _ => Script::Spaced,
    }
}

/// Characters inside a word: apostrophes, soft hyphens, zero-width characters.
fn is_joiner(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::tables;

    #[test]
    fn words_are_taken_apart_and_titles_dropped() {
        let knowledge = NameKnowledge::new(&tables());
        let words = |name: &str| knowledge.spell(name).words;
        assert_eq!(words("Dr. Ana-María O’Example, PhD 🚀 (she/her)"), ["ana", "maria", "oexample"]);
        assert_eq!(words("Łukasz Straße"), ["lukasz", "strasse"]);
        assert_eq!(words("Van Le"), ["van", "le"]);
        assert_eq!(words("Jan van den Muster"), ["jan", "muster"]);
        assert_eq!(knowledge.spell_handle("AnaExample92+jobs@mail.example").words, ["ana", "example"]);
        assert!(!knowledge.spell("Muster GmbH").is_person);
        assert_eq!(knowledge.spell("김민수").script, Script::Hangul);
        assert_eq!(knowledge.spell("김민수 Minsu Kim").script, Script::Mixed);
    }
}
