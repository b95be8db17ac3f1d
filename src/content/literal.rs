//! What a text must contain for an expression to match: sets of literals, one of which every match has.
//!
//! `regex_syntax`'s own extractor looks at the start and the end of an expression only; phrases are often rarest in
//! the middle (`(?:add|message) … (?:on|via) … telegram`).

use memchr::memmem;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Repetition};

/// Literals, at least one of which is in every match.
pub(crate) type LiteralSet = Vec<Vec<u8>>;

/// Most strings that an exact part is multiplied out to.
const MOST_EXACT: usize = 256;

/// Most strings that alternatives are collected to; lists may be long.
const MOST_ALTERNATIVES: usize = 20_000;

/// Largest class, in characters, that is multiplied out.
const LARGEST_CLASS: usize = 16;

/// The set that is rarest in texts, by the length of its literals; `None` if every set has an empty literal.
pub(crate) fn required(hir: &Hir) -> Option<LiteralSet> {
    part(hir).best()
}

/// Chance of seeing a set's literals in a text, up to a factor: rarer with every byte.
fn commonness(set: &LiteralSet) -> f64 {
    set.iter().map(|literal| 0.45_f64.powi(i32::try_from(literal.len().min(12)).unwrap_or(12))).sum()
}

/// What is known of a part of an expression.
#[derive(Debug, Default)]
struct Part {
    /// All strings that the part matches, if they are few.
    exact: Option<LiteralSet>,
    /// Sets that every match of the part has, where it is not exact.
    sets: Vec<LiteralSet>,
}

impl Part {
    fn exact(literals: LiteralSet) -> Self {
        Self { exact: Some(literals), sets: Vec::new() }
    }

    fn best(self) -> Option<LiteralSet> {
        let candidates = self.sets.into_iter().chain(self.exact).filter_map(tidy);
        candidates.min_by(|a, b| commonness(a).total_cmp(&commonness(b)))
    }
}

fn part(hir: &Hir) -> Part {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Part::exact(vec![Vec::new()]),
        HirKind::Literal(literal) => Part::exact(vec![literal.0.to_vec()]),
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.iter().map(ClassUnicodeRange::len).sum();
            if size == 0 || size > LARGEST_CLASS {
                return Part::default();
            }
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            Part::exact(chars.map(|c| c.encode_utf8(&mut [0; 4]).as_bytes().to_vec()).collect())
        }
        HirKind::Class(Class::Bytes(_)) => Part::default(),
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Capture(capture) => part(&capture.sub),
        HirKind::Concat(parts) => concatenated(parts),
        HirKind::Alternation(branches) => alternative(branches),
    }
}

fn repeated(repetition: &Repetition) -> Part {
    let sub = part(&repetition.sub);
    match (repetition.min, repetition.max) {
        (0, Some(1)) => match sub.exact {
            Some(mut literals) => {
                literals.push(Vec::new());
                Part::exact(literals)
            }
            None => Part::default(),
        },
        (0, _) => Part::default(),
        (min, max) => {
            let once = sub.exact.clone().filter(|_| Some(min) == max);
            let all = once.and_then(|once| (1..min).try_fold(once.clone(), |run, _| multiply(&run, &once)));
            match all {
                Some(literals) => Part::exact(literals),
                None => Part { exact: None, sets: sub.best().into_iter().collect() },
            }
        }
    }
}

fn concatenated(parts: &[Hir]) -> Part {
    let mut sets = Vec::new();
    let mut run = vec![Vec::new()];
    let mut whole = true;
    for hir in parts {
        let next = part(hir);
        match next.exact {
            Some(literals) => match multiply(&run, &literals) {
                Some(product) => run = product,
                None => {
                    whole = false;
                    sets.push(std::mem::replace(&mut run, literals));
                }
            },
            None => {
                whole = false;
                sets.push(std::mem::replace(&mut run, vec![Vec::new()]));
                sets.extend(next.sets);
            }
        }
    }
    if whole {
        return Part::exact(run);
    }
    sets.push(run);
    Part { exact: None, sets: sets.into_iter().filter_map(tidy).collect() }
}

fn alternative(branches: &[Hir]) -> Part {
    let parts: Vec<Part> = branches.iter().map(part).collect();
    let exact = parts.iter().all(|part| part.exact.is_some());
    let mut union = Vec::new();
    for part in parts {
        let set = if exact { part.exact } else { part.best() };
        match set {
            Some(literals) => union.extend(literals),
            None => return Part::default(),
        }
    }
    match (union.len() <= MOST_ALTERNATIVES, exact) {
        (false, _) => Part::default(),
        (true, true) => Part::exact(union),
        (true, false) => Part { exact: None, sets: vec![union] },
    }
}

/// Every literal of one set followed by every literal of another, if they are few.
fn multiply(first: &LiteralSet, second: &LiteralSet) -> Option<LiteralSet> {
    let size = first.len() * second.len();
    if size > MOST_EXACT && first.len() > 1 && second.len() > 1 {
        return None;
    }
    let mut product = Vec::with_capacity(size);
    for start in first {
        product.extend(second.iter().map(|end| [start.as_slice(), end.as_slice()].concat()));
    }
    Some(product)
}

/// The set without literals that contain another of it; `None` if one is empty.
fn tidy(mut set: LiteralSet) -> Option<LiteralSet> {
    if set.is_empty() || set.iter().any(Vec::is_empty) {
        return None;
    }
    set.sort_unstable();
    set.dedup();
    // Long lists are taken as they are: comparing all pairs would be slow, and a superfluous literal only costs room.
    if set.len() <= 512 {
        let all = set.clone();
        set.retain(|literal| {
            !all.iter().any(|other| other.len() < literal.len() && memmem::find(literal, other).is_some())
        });
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::required;

    fn of(pattern: &str) -> Option<Vec<String>> {
        let set = required(&regex_syntax::parse(pattern).expect("parses"))?;
        Some(set.into_iter().map(|literal| String::from_utf8(literal).expect("is text")).collect())
    }

    fn expect(pattern: &str, literals: &[&str]) {
        assert_eq!(of(pattern).expect("has a set"), literals, "{pattern}");
    }

    #[test]
    fn the_rarest_set_may_be_in_the_middle() {
        expect(
            r"\b(?:add|text)\b[^.]{0,40}\b(?:on|via)\b[^.]{0,14}\b(?:telegram|whats ?app)\b.*",
            &["telegram", "whats app", "whatsapp"],
        );
    }

    #[test]
    fn optional_parts_are_multiplied_out_and_the_rest_left_out() {
        expect(
            "colou?rs? (?:x|yz){2}",
            &[
                "color xx",
                "color xyz",
                "color yzx",
                "color yzyz",
                "colors xx",
                "colors xyz",
                "colors yzx",
                "colors yzyz",
                "colour xx",
                "colour xyz",
                "colour yzx",
                "colour yzyz",
                "colours xx",
                "colours xyz",
                "colours yzx",
                "colours yzyz",
            ],
        );
        expect("(?:pay)+ment.*", &["ment"]);
        expect("pay(?:ment)*[a-z]+", &["pay"]);
    }

    #[test]
    fn a_branch_without_literals_leaves_nothing_to_require() {
        assert_eq!(of(r"(?:telegram|\w+)"), None);
        assert_eq!(of(r"[0-9]+\w*"), Some((0..10).map(|digit| digit.to_string()).collect()));
        assert_eq!(of("(?:a|b)?"), None);
    }

    #[test]
    fn literals_that_hold_another_are_superfluous() {
        expect("(?:signal|signal messenger|my signal)", &["signal"]);
    }
}
