//! Names of companies: the form in which they are compared, and which lists hold them.

use crate::content::{Content, IntentId, List};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;

/// Legal forms of companies, dropped when names are compared.
#[derive(Debug, Default)]
pub(crate) struct CompanyForms<'c> {
    /// Folded to one token.
    forms: HashSet<String>,
    /// Those that are written without a space.
    attached: Vec<&'c str>,
}

/// Lists that concern employers' names.
#[derive(Debug, Default)]
pub(crate) struct EmployerKnowledge<'c> {
    forms: CompanyForms<'c>,
    /// By name, as [`CompanyForms::key`] folds it, the lists that have it.
    names: HashMap<String, Lists>,
    /// By domain, the lists that have it.
    domains: HashMap<&'c str, Lists>,
    /// Id of the intent whose value is an employer.
    says_employer: Option<IntentId>,
}

impl<'c> CompanyForms<'c> {
    /// Reads the list `company-forms`.
    pub(crate) fn new(content: &'c Content) -> Self {
        Self::from_values(content.list("company-forms").into_iter().flat_map(List::values))
    }

    fn from_values(values: impl Iterator<Item = &'c str>) -> Self {
        let mut forms = Self::default();
        for form in values {
            if form.is_ascii() {
                forms.forms.insert(Words::of(form).joined());
            } else {
                forms.attached.push(form);
            }
        }
        forms
    }

    /// A company's name for comparing: letters and digits only, without case, marks, legal forms and a leading article.
    pub(crate) fn key(&self, name: &str) -> String {
        let mut name = Cow::Borrowed(name.trim());
        if !name.is_ascii() {
            for form in &self.attached {
                if let Some(rest) = name.strip_prefix(form).or_else(|| name.strip_suffix(form))
                    && !rest.trim().is_empty()
                {
                    name = Cow::Owned(rest.trim().to_owned());
                }
            }
        }
        let mut words = Words::of(&name);
        while words.len() > 1 && words.last().is_some_and(|word| self.forms.contains(word)) {
            words.drop_last();
        }
        if words.len() > 1 && words.first().is_some_and(|word| word == "the" || self.forms.contains(word)) {
            words.drop_first();
        }
        words.joined()
    }
}

/// Some of [`LISTS`], a bit each.
type Lists = u8;

/// Lists of employers' names and domains: those that published reports give, and then defence companies.
const LISTS: [&str; 5] = ["front-companies", "listed-studios", "lure-domains", "diploma-mills", "defence-primes"];
const PUBLISHED: &[&str] = LISTS.split_at(4).0;
const DEFENCE: Lists = 1 << PUBLISHED.len();

impl<'c> EmployerKnowledge<'c> {
    /// Reads `company-forms`, `defence-primes` and the lists of published names; a missing one is empty.
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut knowledge = Self { forms: CompanyForms::new(content), ..Self::default() };
        knowledge.says_employer = content
            .intents()
            .iter()
            .position(|name| name == "says-employer")
            .and_then(|id| u16::try_from(id).ok())
            .map(IntentId);
        for (name, position) in LISTS.into_iter().zip(0..) {
            for value in content.list(name).into_iter().flat_map(List::values) {
                *knowledge.names.entry(knowledge.forms.key(value)).or_default() |= 1 << position;
                *knowledge.domains.entry(value).or_default() |= 1 << position;
            }
        }
        knowledge
    }

    /// [`CompanyForms::key`].
    pub(crate) fn key(&self, name: &str) -> String {
        self.forms.key(name)
    }

    /// The intent whose value is an employer.
    pub(crate) fn says_employer(&self) -> Option<IntentId> {
        self.says_employer
    }

    /// Lists of published names that hold an employer's name or domain.
    pub(crate) fn listed(&self, key: &str, domain: Option<&str>) -> impl Iterator<Item = &'static str> {
        let lists = self.lists(key, domain);
        PUBLISHED.iter().zip(0..).filter(move |(_, position)| lists & 1 << position != 0).map(|(name, _)| *name)
    }

    /// Whether a name or domain stands in the list of defence companies.
    pub(crate) fn is_defence(&self, key: &str, domain: Option<&str>) -> bool {
        self.lists(key, domain) & DEFENCE != 0
    }

    /// The lists that have a folded name, or a domain or one above it.
    fn lists(&self, key: &str, domain: Option<&str>) -> Lists {
        let mut lists = if key.is_empty() { 0 } else { self.names.get(key).copied().unwrap_or_default() };
        let mut rest = domain.unwrap_or_default();
        // A listed domain has a dot; a bare suffix is never looked up.
        while let Some((_, parent)) = rest.split_once('.') {
            lists |= self.domains.get(rest).copied().unwrap_or_default();
            rest = parent;
        }
        lists
    }
}

/// A name's words in lower case without marks, one after the other; a dot or apostrophe inside a word is dropped.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Where each word ends.
    ends: Vec<usize>,
    /// Words that were dropped at the beginning.
    dropped: usize,
}

impl Words {
    fn of(name: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;
        use unicode_normalization::char::is_combining_mark;

        let mut words = Self { text: String::with_capacity(name.len()), ends: Vec::with_capacity(4), dropped: 0 };
        if name.is_ascii() {
            name.chars().for_each(|letter| words.push(letter));
        } else {
            // Composed again, so that syllables that are written as one letter stay one.
            let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter) || is_kana_mark(*letter));
            letters.nfc().for_each(|letter| words.push(letter));
        }
        words.end_word();
        words
    }

    fn push(&mut self, letter: char) {
        if letter.is_ascii() && letter.is_ascii_alphanumeric() {
            self.text.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            self.text.extend(letter.to_lowercase());
        } else if !matches!(letter, '.' | '\'' | '’') {
            self.end_word();
        }
    }

    fn end_word(&mut self) {
        if self.text.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.text.len());
        }
    }

    fn len(&self) -> usize {
        self.ends.len() - self.dropped
    }

    fn start_of(&self, word: usize) -> usize {
        word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }

    fn word(&self, word: usize) -> Option<&str> {
        self.text.get(self.start_of(word)..*self.ends.get(word)?)
    }

    fn first(&self) -> Option<&str> {
        self.word(self.dropped)
    }

    fn last(&self) -> Option<&str> {
        self.word(self.ends.len().checked_sub(1)?)
    }

    fn drop_last(&mut self) {
        self.ends.pop();
    }

    fn drop_first(&mut self) {
        self.dropped += 1;
    }

    fn joined(mut self) -> String {
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
        self.text.drain(..self.start_of(self.dropped));
        self.text
    }
}

/// The voicing marks of kana make other letters, unlike accents.
fn is_kana_mark(letter: char) -> bool {
    matches!(letter, '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_forms_marks_and_case() {
        let forms = CompanyForms::from_values(["co", "gmbh", "ltd", "s.r.o.", "株式会社", "(주)"].into_iter());
        for (name, key) in [
            ("Acme Tools Co., Ltd.", "acmetools"),
            ("The ACME tools", "acmetools"),
            ("Äcme-Tools GmbH", "acmetools"),
            ("Acme Tools s.r.o.", "acmetools"),
            ("株式会社アクメ", "アクメ"),
            ("(주)아크메", "아크메"),
            ("Ltd", "ltd"),
            ("  ", ""),
        ] {
            assert_eq!(forms.key(name), key, "{name}");
        }
        assert_ne!(forms.key("ガス"), forms.key("カス"), "voicing makes another name");
    }
}
