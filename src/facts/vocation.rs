//! What work a job title names and what level a degree, so that two of them can be told to differ for certain.
//!
//! `Developer` and `Software Engineer` are one kind of work in other words; `Developer` and `Director` are not.

use super::place::fold;
use crate::content::Content;
use std::collections::BTreeMap;

/// Words of job titles and degrees, by the tables `title-words` and `degrees`.
#[derive(Debug, Default)]
pub(crate) struct Vocation {
    titles: Words,
    degrees: Words,
}

/// Words and the kind that each names, as a bit.
#[derive(Debug, Default)]
struct Words {
    kinds: BTreeMap<Box<str>, u32>,
    /// Words of scripts without spaces, which are looked for inside a text.
    inside: Vec<(Box<str>, u32)>,
}

impl Vocation {
    /// Reads the tables; without them nothing differs.
    pub(crate) fn new(content: &Content) -> Self {
        Self { titles: Words::new(content, "title-words"), degrees: Words::new(content, "degrees") }
    }

    /// Whether two titles name different work; `None` where one of them names none that is known.
    pub(crate) fn titles_differ(&self, first: &str, second: &str) -> Option<bool> {
        differ(self.titles.kinds(first), self.titles.kinds(second))
    }

    /// Whether two degrees are of different levels; `None` where one of them names none that is known.
    pub(crate) fn degrees_differ(&self, first: &str, second: &str) -> Option<bool> {
        differ(self.degrees.kinds(first), self.degrees.kinds(second))
    }
}

fn differ(first: u32, second: u32) -> Option<bool> {
    (first != 0 && second != 0).then_some(first & second == 0)
}

impl Words {
    fn new(content: &Content, table: &str) -> Self {
        let mut words = Self::default();
        let mut names: Vec<&str> = Vec::new();
        for row in content.table(table).map_or(&[][..], |table| table.rows()) {
            let kind = names.iter().position(|name| *name == row.cell(1)).unwrap_or_else(|| {
                names.push(row.cell(1));
                names.len() - 1
            });
            let bit = 1_u32.checked_shl(u32::try_from(kind).unwrap_or(u32::MAX)).unwrap_or(0);
            let word = fold(row.cell(0));
            if !word.is_ascii() {
                words.inside.push((word.as_str().into(), bit));
            }
            words.kinds.insert(word.into(), bit);
        }
        words
    }

    /// Every kind that a text names.
    fn kinds(&self, text: &str) -> u32 {
        let text = fold(text);
        let mut kinds = text.split(' ').filter_map(|word| self.kinds.get(word)).fold(0, |kinds, kind| kinds | kind);
        if !text.is_ascii() {
            for (word, kind) in &self.inside {
                if text.contains(&**word) {
                    kinds |= kind;
                }
            }
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::tables;

    #[test]
    fn only_different_work_differs() {
        let vocation = Vocation::new(&tables());
        for (first, second, expected) in [
            ("Developer", "Director", Some(true)),
            ("Software Developer", "Senior Engineer (Backend)", Some(false)),
            ("Engineering Manager", "Software Engineer", Some(false)),
            ("ソフトウェアエンジニア", "人事部長", Some(true)),
            ("소프트웨어 엔지니어", "Developer", Some(false)),
            ("Wizard", "Developer", None),
            ("Team Lead", "Developer", None),
        ] {
            assert_eq!(vocation.titles_differ(first, second), expected, "{first} / {second}");
        }
        assert_eq!(vocation.degrees_differ("B.Sc. Computer Science", "Master of Science"), Some(true));
        assert_eq!(vocation.degrees_differ("B.Sc.", "Bachelor's degree"), Some(false));
        assert_eq!(vocation.degrees_differ("Certificate", "PhD"), None);
    }
}
