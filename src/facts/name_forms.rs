//! Names as sets of words, for comparisons that can only ask whether two words are equal: those of their hashes.
//!
//! Nothing in common is said with the same care as in [`names`](super::names): never across scripts, of first names
//! alone, or of what is no person's name.

use super::names::KnownNames;
use super::spelling::{NameKnowledge, Script};
use std::collections::BTreeSet;

/// What names have in common with others, or have not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NameForms {
    /// Forms of every word; each character of names in Han and Hangul, which are not divided into words.
    pub(crate) words: BTreeSet<String>,
    /// Scripts in which a person's full name was given. Names without one in common are not known to differ.
    pub(crate) scripts: BTreeSet<&'static str>,
}

/// The forms of the names that the person gave.
pub(crate) fn forms(names: &KnownNames<'_>, knowledge: &NameKnowledge) -> NameForms {
    let mut forms = NameForms::default();
    for name in names.spelled() {
        // An initial has a letter in common with half the world.
        let words = name.words.iter().filter(|word| word.len() > 1);
        forms.words.extend(words.flat_map(|word| knowledge.forms(word)));
        if matches!(name.script, Script::Han | Script::Hangul) {
            forms.words.extend(name.native.chars().map(String::from));
        }
        if name.is_person && name.is_full() {
            forms.scripts.extend(word_for(name.script));
        }
    }
    forms
}

/// The word that stands for a script; none for several at once.
fn word_for(script: Script) -> Option<&'static str> {
    match script {
        Script::Latin => Some("latin"),
        Script::Spaced => Some("spaced"),
        Script::Han => Some("han"),
        Script::Kana => Some("kana"),
        Script::Hangul => Some("hangul"),
        Script::Mixed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{NameForms, forms};
    use crate::dossier::{Dossier, Name};
    use crate::facts::names::{KnownNames, agree};
    use crate::facts::spelling::NameKnowledge;
    use crate::facts::tests::tables;

    fn of(name: &str, knowledge: &NameKnowledge) -> NameForms {
        let mut dossier = Dossier::new("d");
        dossier.subject.names = vec![Name { value: name.into(), ..Name::default() }];
        forms(&KnownNames::new(&dossier, knowledge), knowledge)
    }

    /// What can be said of two names by equal forms alone.
    fn common(first: &str, second: &str) -> Option<bool> {
        let knowledge = NameKnowledge::new(&tables());
        let (first, second) = (of(first, &knowledge), of(second, &knowledge));
        let comparable = !first.scripts.is_disjoint(&second.scripts);
        if first.words.is_disjoint(&second.words) { comparable.then_some(false) } else { Some(true) }
    }

    #[test]
    fn forms_of_one_name_meet() {
        for (first, second) in [
            ("Ana Example", "EXAMPLE, Ana"),
            ("William Sample", "Bill Muster"),
            ("Minsu Kim", "Gim Beispiel"),
            ("José Álvarez", "Jose Muster"),
            ("Иван Примеров", "Ivan Muster"),
            ("김민수", "김 민수"),
            ("王小明", "王大伟"),
        ] {
            assert_eq!(common(first, second), Some(true), "{first} / {second}");
            assert_eq!(common(second, first), Some(true), "{second} / {first}");
        }
    }

    #[test]
    fn only_full_names_of_one_script_have_nothing_in_common() {
        for (first, second) in [("Ana Example", "Liam Farrow"), ("王小明", "李大伟")] {
            assert_eq!(common(first, second), Some(false), "{first} / {second}");
        }
        for (first, second) in [
            ("Ana Example", "Boris"),
            ("A. E.", "Liam Farrow"),
            ("김민수", "Robert Muster"),
            ("Liam Farrow", "HR Team"),
            ("Ana Example", ""),
        ] {
            assert_eq!(common(first, second), None, "{first} / {second}");
        }
    }

    #[test]
    fn where_forms_have_nothing_in_common_names_do_not_agree() {
        let knowledge = NameKnowledge::new(&tables());
        let names =
            ["Ana Example", "Bill Sample", "William Sample", "Kim Minsu", "Gim Min-su", "Wei Chang", "Zhang Wei"];
        for first in names {
            for second in names {
                if common(first, second) == Some(false) {
                    assert_ne!(agree(first, second, &knowledge), Some(true), "{first} / {second}");
                }
            }
        }
    }
}
