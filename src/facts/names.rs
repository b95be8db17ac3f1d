//! Whether two spellings name the same person. Only agreement is ever said, never what a name is.
//!
//! Names are compared whatever their order, script, diacritics, initials and short forms; tables say which forms
//! belong together. Names in different scripts can agree but never disagree: a transliteration that this code does
//! not know is no contradiction. Knowing spellings and words apart is for [`spelling`](super::spelling).

use super::spelling::{NameKnowledge, Script, Spelled};
use crate::dossier::{DeclarationKind, Dossier, NameKind, Path};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Below this the closest spellings of two full names are those of different people.
const DIFFERENT: f64 = 0.5;

/// Names that the person gave.
#[derive(Debug)]
pub(crate) struct KnownNames<'d> {
    given: Vec<Given<'d>>,
    knowledge: &'d NameKnowledge,
}

/// A name that the person gave.
#[derive(Debug)]
struct Given<'d> {
    value: &'d str,
    path: Path,
    /// Most dossiers bear one spelling everywhere and never need this.
    spelled: OnceCell<Spelled>,
}

/// How two names compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Agree,
    Disagree,
    /// They share a part, or one of them is no full name.
    Unsure,
    /// Written in scripts that cannot be compared.
    Incomparable,
}

impl<'d> KnownNames<'d> {
    /// Profile and legal names, former names and transliterations, and whatever was declared.
    ///
    /// A handle, a meeting name or a payee that was not declared is something to compare, not something given.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &'d NameKnowledge) -> Self {
        let own = dossier.subject.names.iter().enumerate().filter(|(_, name)| {
            name.declared
                || matches!(
                    name.kind,
                    NameKind::Display | NameKind::Legal | NameKind::Former | NameKind::Transliteration
                )
        });
        let own = own.map(|(index, name)| (name.value.as_str(), Path::at("/subject/names/*/value", index)));
        let aliases = dossier.declarations.iter().enumerate().filter_map(|(index, declaration)| {
            let alias = (declaration.kind == DeclarationKind::Alias).then_some(declaration.value.as_deref()?)?;
            Some((alias, Path::at("/declarations/*/value", index)))
        });
        let given = own
            .chain(aliases)
            .filter(|(value, _)| !value.trim().is_empty())
            .map(|(value, path)| Given { value, path, spelled: OnceCell::new() })
            .collect();
        Self { given, knowledge }
    }

    /// Whether the person gave no name.
    pub(crate) fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Whether a name is, letter by letter, one that the person gave; costs no allocation.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given.iter().any(|given| given.value.eq_ignore_ascii_case(name))
    }

    /// The names, taken apart.
    pub(crate) fn spelled(&self) -> impl Iterator<Item = &Spelled> {
        self.given.iter().map(|given| given.spelled(self.knowledge))
    }

    /// Where the names were read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = Path> + '_ {
        self.given.iter().map(|given| given.path)
    }

    /// Whether a full name (of an account, a sender, a payee …) agrees with one that the person gave;
    /// `None` where it cannot be said.
    pub(crate) fn agrees(&self, name: &str) -> Option<bool> {
        self.agrees_beside(name, None)
    }

    /// The same, leaving out the name that was read at a path.
    pub(crate) fn agrees_beside(&self, name: &str, left_out: Option<Path>) -> Option<bool> {
        let name = name.trim();
        let given = || self.given.iter().filter(|given| Some(given.path) != left_out);
        if name.is_empty() || self.given.is_empty() {
            return None;
        }
        if given().any(|given| given.value.eq_ignore_ascii_case(name)) {
            return Some(true);
        }
        let other = self.knowledge.spell(name);
        let mut verdict = None;
        for given in given() {
            match compare(given.spelled(self.knowledge), &other, self.knowledge) {
                Comparison::Agree => return Some(true),
                Comparison::Disagree if verdict.is_none() => verdict = Some(Some(false)),
                Comparison::Unsure if given.spelled(self.knowledge).is_full() => verdict = Some(None),
                // A first name alone, given beside a full name, explains no other full name.
                Comparison::Unsure | Comparison::Disagree | Comparison::Incomparable => {}
            }
        }
        verdict.flatten()
    }

    /// Whether a handle or the local part of a mail address bears a name that agrees with one that the person
    /// gave; `None` where it bears no person's name.
    pub(crate) fn handle_agrees(&self, handle: &str) -> Option<bool> {
        let handle = self.knowledge.spell_handle(handle);
        let spelled = || self.spelled();
        if handle.words.is_empty() || self.given.is_empty() {
            return None;
        }
        if spelled().any(|name| handle_bears(&handle, name, self.knowledge)) {
            return Some(true);
        }
        let comparable = spelled().any(|name| name.script == Script::Latin && name.is_full());
        let bears_a_name = matches!(handle.words.len(), 2 | 3)
            && handle.words.iter().all(|word| word.len() >= 2)
            && handle.is_person
            && handle.words.iter().any(|word| self.knowledge.is_given_name(word));
        let near = || {
            spelled().any(|name| {
                name.words.iter().any(|word| handle.words.iter().any(|other| self.knowledge.same_word(word, other)))
            })
        };
        (comparable && bears_a_name && !near()).then_some(false)
    }
}

impl Given<'_> {
    fn spelled(&self, knowledge: &NameKnowledge) -> &Spelled {
        self.spelled.get_or_init(|| knowledge.spell(self.value))
    }
}

/// Whether two names, neither of which need be the subject's, are spellings of one; `None` where it cannot be said.
pub(crate) fn agree(first: &str, second: &str, knowledge: &NameKnowledge) -> Option<bool> {
    if first.trim().eq_ignore_ascii_case(second.trim()) {
        return (!first.trim().is_empty()).then_some(true);
    }
    agree_spelled(&knowledge.spell(first), &knowledge.spell(second), knowledge)
}

/// The same of names that were taken apart.
pub(crate) fn agree_spelled(first: &Spelled, second: &Spelled, knowledge: &NameKnowledge) -> Option<bool> {
    match compare(first, second, knowledge) {
        Comparison::Agree => Some(true),
        Comparison::Disagree => Some(false),
        Comparison::Unsure | Comparison::Incomparable => None,
    }
}

fn compare(first: &Spelled, second: &Spelled, knowledge: &NameKnowledge) -> Comparison {
    if first.words.is_empty() || second.words.is_empty() || !first.is_person || !second.is_person {
        return Comparison::Unsure;
    }
    let matches = Matches::of(&first.words, &second.words, knowledge);
    if first.native == second.native || same_joined(first, second) || matches.are_enough(first, second) {
        return Comparison::Agree;
    }
    if first.script != second.script {
        return Comparison::Incomparable;
    }
    let disagree = first.is_full()
        && second.is_full()
        && if matches!(first.script, Script::Han | Script::Hangul) {
            !first.native.chars().any(|character| second.native.contains(character))
        } else {
            matches.whole == 0 && matches.initials == 0 && similarity(first, second) < DIFFERENT
        };
    if disagree { Comparison::Disagree } else { Comparison::Unsure }
}

/// How many words of two names meet.
#[derive(Debug, Default)]
struct Matches {
    /// Pairs of words that are forms of one name.
    whole: usize,
    /// Pairs of an initial and a word.
    initials: usize,
    /// Words of the first name, and of the second, that are in no pair.
    left: (usize, usize),
}

impl Matches {
    fn of(first: &[String], second: &[String], knowledge: &NameKnowledge) -> Self {
        let first = joined(first, second, knowledge);
        let second = joined(second, &first, knowledge);
        let mut free: Vec<Option<&str>> = second.iter().map(|word| Some(&**word)).collect();
        let mut rest: Vec<&str> = Vec::new();
        let mut found = Self::default();
        for word in first.iter().map(|word| &**word) {
            if word.len() > 1
                && let Some(slot) = free
                    .iter_mut()
                    .find(|slot| slot.is_some_and(|other| other.len() > 1 && knowledge.same_word(word, other)))
            {
                *slot = None;
                found.whole += 1;
            } else {
                rest.push(word);
            }
        }
        // Initials are left for words that have no better partner: the J of "J Smith Jones" is not Jones's.
        rest.retain(|word| {
            let slot = free.iter_mut().find(|slot| {
                slot.is_some_and(|other| {
                    (word.len() == 1 || other.len() == 1) && word.as_bytes().first() == other.as_bytes().first()
                })
            });
            match slot {
                Some(slot) => {
                    *slot = None;
                    found.initials += 1;
                    false
                }
                None => true,
            }
        });
        found.left = (rest.len(), free.iter().flatten().count());
        found
    }

    /// Every word of the shorter name has a partner, and one of them is a whole word; or two whole words meet.
    fn are_enough(&self, first: &Spelled, second: &Spelled) -> bool {
        let shorter_used_up = match (self.left.0, self.left.1) {
            (0, _) => first.words.len() <= second.words.len(),
            (_, 0) => second.words.len() <= first.words.len(),
            _ => false,
        };
        self.whole >= 2 || (self.whole >= 1 && shorter_used_up)
    }
}

/// The words of a name, neighbours joined where the other name writes them as one: `Min Su` beside `Minsu`.
fn joined<'a>(words: &'a [String], other: &[impl AsRef<str>], knowledge: &NameKnowledge) -> Vec<Cow<'a, str>> {
    let mut found: Vec<Cow<'a, str>> = Vec::with_capacity(words.len());
    for word in words {
        match found.last_mut() {
            Some(last) if words.len() > 2 => {
                let both = format!("{last}{word}");
                if other.iter().any(|other| knowledge.same_word(other.as_ref(), &both)) {
                    *last = Cow::Owned(both);
                } else {
                    found.push(Cow::Borrowed(word));
                }
            }
            _ => found.push(Cow::Borrowed(word)),
        }
    }
    found
}

/// Whether two names are the same letters, whatever the spaces and hyphens between them and with which word they begin.
fn same_joined(first: &Spelled, second: &Spelled) -> bool {
    let joined = first.words.concat();
    let other = &second.words;
    joined.len() == other.iter().map(String::len).sum::<usize>()
        && (0..other.len()).any(|start| {
            let mut rest = joined.as_str();
            other[start..].iter().chain(&other[..start]).all(|word| match rest.strip_prefix(word.as_str()) {
                Some(after) => {
                    rest = after;
                    true
                }
                None => false,
            })
        })
}

/// Similarity of two names whatever the order of their words, 0 to 1 (normalised Levenshtein distance).
fn similarity(first: &Spelled, second: &Spelled) -> f64 {
    let sorted = |name: &Spelled| {
        let mut words = name.words.clone();
        words.sort_unstable();
        words.concat()
    };
    strsim::normalized_levenshtein(&sorted(first), &sorted(second))
}

/// Whether a handle holds a word of a name: `jsmith92` and `smith.j` bear John Smith's, `billsm` William's.
fn handle_bears(handle: &Spelled, name: &Spelled, knowledge: &NameKnowledge) -> bool {
    let joined = handle.words.concat();
    same_joined(name, handle)
        || name.words.iter().any(|word| {
            (word.len() >= 4 && joined.contains(word.as_str()))
                || (word.len() >= 2 && (joined.starts_with(word.as_str()) || joined.ends_with(word.as_str())))
                || (word.len() >= 2
                    && handle.words.iter().any(|other| other.len() > 1 && knowledge.same_word(word, other)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Name;
    use crate::facts::tests::tables;
    use proptest::strategy::Strategy;

    fn knowledge() -> NameKnowledge {
        NameKnowledge::new(&tables())
    }

    fn named(names: &[(&str, NameKind)]) -> Dossier {
        let mut dossier = Dossier::new("d");
        dossier.subject.names =
            names.iter().map(|(value, kind)| Name { value: (*value).into(), kind: *kind, ..Name::default() }).collect();
        dossier
    }

    #[test]
    fn spellings_of_one_name_agree() {
        let knowledge = knowledge();
        for (first, second) in [
            ("Ana Example", "ana  EXAMPLE"),
            ("Ana Example", "Example, Ana"),
            ("José Álvarez Núñez", "Jose Alvarez"),
            ("William Sample", "Bill Sample"),
            ("W. Sample", "William Sample"),
            ("Minsu Kim", "Gim Min-su"),
            ("Min Soo Park", "Pak Minsu"),
            ("Kim Min Su", "Kim Minsu"),
            ("Zhang Wei", "Wei Chang"),
            ("Mohammed Al-Sample", "Muhammad Sample"),
            ("Jürgen Beispiel", "Juergen Beispiel"),
            ("Иван Примеров", "Ivan Primerov"),
            ("Dr. Eva Muster, PhD", "Eva Muster"),
            ("Dmitry Obraztsov", "Dmitri Obraztsov"),
            ("William (Bill) Sample", "Bill Sample"),
            ("Maria de la Prueba", "Maria Delaprueba"),
            ("O'Sample Nora", "Nora OSample"),
            ("김민수", "김 민수"),
        ] {
            assert_eq!(agree(first, second, &knowledge), Some(true), "{first} / {second}");
            assert_eq!(agree(second, first, &knowledge), Some(true), "{second} / {first}");
        }
    }

    #[test]
    fn only_full_names_that_share_nothing_disagree() {
        let knowledge = knowledge();
        for (first, second) in [("Ana Example", "Liam Farrow"), ("Minsu Kim", "Robert Muster"), ("王小明", "李大伟")]
        {
            assert_eq!(agree(first, second, &knowledge), Some(false), "{first} / {second}");
        }
        for (first, second) in [
            ("Ana Example", "Ana Beispiel"),
            ("Ana Example", "Boris"),
            ("Ana Example", "B. Muster"),
            ("김민수", "Robert Muster"),
            ("王小明", "王大伟"),
            ("Ana Example", "Microsoft Word"),
            ("Ana Example", "Example Studio Ltd"),
            ("Ana Example", "HR Team"),
            ("Ana Example", ""),
            ("Ana Example", "…"),
        ] {
            assert_eq!(agree(first, second, &knowledge), None, "{first} / {second}");
        }
    }

    #[test]
    fn declared_and_former_names_are_the_persons_own() {
        let knowledge = knowledge();
        let dossier = named(&[("Ana Example", NameKind::Display), ("Ana Vorher", NameKind::Former)]);
        let names = KnownNames::new(&dossier, &knowledge);
        assert_eq!(names.agrees("Vorher Ana"), Some(true));
        assert_eq!(names.agrees("Liam Farrow"), Some(false));
        let dossier = named(&[("Ana Example", NameKind::Display), ("Liam Farrow", NameKind::Meeting)]);
        assert_eq!(KnownNames::new(&dossier, &knowledge).agrees("Liam Farrow"), Some(false));
        let mut dossier = dossier;
        dossier.subject.names[1].declared = true;
        assert_eq!(KnownNames::new(&dossier, &knowledge).agrees("Liam Farrow"), Some(true));
        assert_eq!(KnownNames::new(&Dossier::new("d"), &knowledge).agrees("Liam Farrow"), None);
    }

    #[test]
    fn a_name_in_another_script_neither_hides_nor_makes_a_contradiction() {
        let knowledge = knowledge();
        let dossier = named(&[("Minsu Kim", NameKind::Display), ("김민수", NameKind::Transliteration)]);
        let names = KnownNames::new(&dossier, &knowledge);
        assert_eq!(names.agrees("Robert Muster"), Some(false));
        assert_eq!(names.agrees("田中一郎"), None);
        let dossier = named(&[("김민수", NameKind::Display)]);
        assert_eq!(KnownNames::new(&dossier, &knowledge).agrees("Robert Muster"), None);
    }

    #[test]
    fn a_handle_that_bears_no_persons_name_says_nothing() {
        let knowledge = knowledge();
        let dossier = named(&[("John Muster", NameKind::Display)]);
        let names = KnownNames::new(&dossier, &knowledge);
        for handle in ["john.muster", "jmuster92", "muster_j", "JohnMuster", "jack.muster", "john+jobs@mail.example"] {
            assert_eq!(names.handle_agrees(handle), Some(true), "{handle}");
        }
        for handle in ["liam.farrow", "liam_farrow88", "LiamFarrow", "liam-farrow"] {
            assert_eq!(names.handle_agrees(handle), Some(false), "{handle}");
        }
        for handle in ["superdev", "blue.ocean", "hr.team", "lf92", "dev.liam", "liamfarrow", "x", "", "123"] {
            assert_eq!(names.handle_agrees(handle), None, "{handle}");
        }
    }

    #[test]
    fn no_order_of_names_and_no_text_surprises() {
        let knowledge = knowledge();
        let word = "(kim|min|su|minsu|ana|anna|bill|william|w|b|o'neil|de|la|van|example|muster|김민수|Иван|ß|é|ltd|[a-z]{1,6}|\\PC{0,5})";
        let names = proptest::collection::vec(word, 0..5).prop_map(|words| words.join(" "));
        let pairs = (names.clone(), names);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let result = runner.run(&pairs, |(first, second)| {
            proptest::prop_assert_eq!(agree(&first, &second, &knowledge), agree(&second, &first, &knowledge));
            let dossier = named(&[(&first, NameKind::Display)]);
            let _ = KnownNames::new(&dossier, &knowledge).handle_agrees(&second);
            Ok(())
        });
        result.expect("agreement has no order");
    }
}
