//! What a text must contain for an expression to match.
//!
//! `regex_syntax`'s own extractor looks at the start and the end of an expression only; phrases are often rarest in
//! the middle (`(?:add|message) … (?:on|via) … telegram`), and need several things at once. So an expression becomes
//! ways to match it, and each way the strings that it needs one of. Which of them are looked for is left to
//! [`literal`](crate::content::literal).

use super::list::List;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// Literals while they are put together; [`BOUNDARY`] marks word boundaries.
pub(super) type Strings = Vec<Vec<u8>>;

/// Marks a word boundary in a string; no byte of UTF-8.
pub(super) const BOUNDARY: u8 = 0xff;

/// A word that most texts have tells as much as this many bytes.
const COMMON: usize = 2;

/// Most ways that an expression is taken apart into.
const MOST_WAYS: usize = 64;

/// Most strings that an exact part is multiplied out to.
const MOST_EXACT: usize = 48;

/// Largest class, in characters, that is multiplied out.
const LARGEST_CLASS: usize = 12;

/// Strings, one of which a match of a part has.
#[derive(Debug, Clone)]
pub(super) struct Needed {
    pub(super) strings: Strings,
    /// Most bytes of the part before such a string starts, and most after that.
    pub(super) before: usize,
    pub(super) after: usize,
    /// Whether such a string is always at the start of the part, or at its end.
    first: bool,
    last: bool,
    /// Chance of seeing one of the strings in a text, up to a factor.
    pub(super) commonness: f64,
}

impl Needed {
    /// The same with a word boundary before strings that are first, or after strings that are last.
    fn bounded(mut self, before: bool, after: bool) -> Self {
        for string in &mut self.strings {
            if before && self.first && string.first() != Some(&BOUNDARY) {
                string.insert(0, BOUNDARY);
            }
            if after && self.last && string.last() != Some(&BOUNDARY) {
                string.push(BOUNDARY);
            }
        }
        self
    }

    /// The same within a longer part.
    fn within(self, before: usize, after: usize) -> Self {
        Self { before: self.before.saturating_add(before), after: self.after.saturating_add(after), ..self }
    }
}

/// What is known of a part of an expression.
#[derive(Debug)]
pub(super) enum Part {
    /// All strings that the part matches.
    Exact(Strings),
    /// Ways to match it, each with what it needs, in the order of the places in a match.
    Ways(Vec<Vec<Needed>>),
}

impl Part {
    /// A part of which nothing is known.
    fn anything() -> Self {
        Self::Ways(vec![Vec::new()])
    }
}

/// Takes expressions apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extractor<'c> {
    /// Words that most texts have.
    pub(super) common: &'c List,
}

impl Extractor<'_> {
    /// `None` if a string is empty, so that nothing is needed.
    fn needed(self, mut strings: Strings, before: usize, after: usize) -> Option<Needed> {
        if strings.is_empty() || strings.iter().any(|string| length(string) == 0) {
            return None;
        }
        strings.sort_unstable();
        strings.dedup();
        let commonness = strings.iter().map(|string| self.commonness(string)).sum();
        Some(Needed { strings, before, after, first: false, last: false, commonness })
    }

    /// Chance of seeing a string in a text, up to a factor: rarer with every byte and at either end of a word, but for
    /// words that most texts have.
    fn commonness(self, marked: &[u8]) -> f64 {
        const RARITY: [f64; 11] = [1.0, 0.45, 0.2, 0.09, 0.04, 0.018, 0.008, 0.0037, 0.0017, 0.000_76, 0.000_34];
        let text: Vec<u8> = marked.iter().copied().filter(|&byte| byte != BOUNDARY).collect();
        let text = String::from_utf8_lossy(&text);
        let mut telling = 0;
        let mut is_common = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let holds = self.common.holds(word);
            telling += if holds { word.len().min(COMMON) } else { word.len() };
            is_common &= holds;
        }
        if !is_common {
            telling += marked.len() - text.len() + text.matches(' ').count();
        }
        RARITY[telling.min(10)]
    }

    /// The ways to match a part.
    pub(super) fn ways(self, part: Part) -> Vec<Vec<Needed>> {
        match part {
            Part::Exact(strings) => {
                let longest = strings.iter().map(|string| length(string)).max().unwrap_or(0);
                let needed = self.needed(strings, 0, longest);
                vec![needed.map(|needed| Needed { first: true, last: true, ..needed }).into_iter().collect()]
            }
            Part::Ways(ways) => ways,
        }
    }

    /// What is known of an expression.
    pub(super) fn part(self, hir: &Hir) -> Part {
        match hir.kind() {
            HirKind::Look(Look::WordAscii | Look::WordUnicode) => Part::Exact(vec![vec![BOUNDARY]]),
            HirKind::Empty | HirKind::Look(_) => Part::Exact(vec![Vec::new()]),
            HirKind::Literal(literal) => Part::Exact(vec![literal.0.to_vec()]),
            HirKind::Class(Class::Unicode(class)) => {
                let size: usize = class.iter().map(ClassUnicodeRange::len).sum();
                if size == 0 || size > LARGEST_CLASS {
                    return Part::anything();
                }
                let chars = class.iter().flat_map(|range| range.start()..=range.end());
                Part::Exact(chars.map(|c| c.encode_utf8(&mut [0; 4]).as_bytes().to_vec()).collect())
            }
            HirKind::Class(Class::Bytes(_)) => Part::anything(),
            HirKind::Repetition(repetition) => self.repeated(repetition, longest(hir)),
            HirKind::Capture(capture) => self.part(&capture.sub),
            HirKind::Concat(parts) => self.concatenated(parts),
            HirKind::Alternation(branches) => self.alternative(branches),
        }
    }

    fn repeated(self, repetition: &Repetition, longest: usize) -> Part {
        match (repetition.min, repetition.max) {
            (0, Some(1)) => match self.part(&repetition.sub) {
                Part::Exact(mut strings) => {
                    strings.push(Vec::new());
                    Part::Exact(strings)
                }
                Part::Ways(_) => Part::anything(),
            },
            (0, _) => Part::anything(),
            (min, max) => {
                let once = self.part(&repetition.sub);
                if let Part::Exact(once) = &once
                    && Some(min) == max
                    && let Some(all) = (1..min).try_fold(once.clone(), |run, _| multiply(&run, once))
                {
                    return Part::Exact(all);
                }
                // It may be any of the repetitions.
                let anywhere =
                    |needed: Needed| Needed { before: longest, after: longest, first: false, last: false, ..needed };
                let ways = self.ways(once).into_iter().map(|way| way.into_iter().map(anywhere).collect());
                Part::Ways(ways.collect())
            }
        }
    }

    fn concatenated(self, parts: &[Hir]) -> Part {
        // Most bytes before and after the place between two parts.
        let mut before_part = vec![0_usize];
        for hir in parts {
            before_part.push(before_part[before_part.len() - 1].saturating_add(longest(hir)));
        }
        let mut after_part = vec![0_usize; parts.len() + 1];
        for (at, hir) in parts.iter().enumerate().rev() {
            after_part[at] = after_part[at + 1].saturating_add(longest(hir));
        }
        let mut before = Vec::new();
        let mut apart: Option<Vec<Vec<Needed>>> = None;
        let mut after = Vec::new();
        // Strings that the parts from `start` on match exactly.
        let (mut run, mut start) = (vec![Vec::new()], 0);
        for (at, hir) in parts.iter().enumerate() {
            let needed = if apart.is_some() { &mut after } else { &mut before };
            match self.part(hir) {
                Part::Exact(strings) => {
                    if let Some(product) = multiply(&run, &strings) {
                        run = product;
                    } else {
                        let first = before_part[start] == 0;
                        let new = self.needed(run, before_part[start], after_part[start]);
                        needed.extend(new.map(|new| Needed { first, ..new }));
                        (run, start) = (strings, at);
                    }
                }
                Part::Ways(ways) => {
                    let first = before_part[start] == 0;
                    let after_boundary = run.iter().all(|string| string.last() == Some(&BOUNDARY));
                    let before_boundary = parts.get(at + 1).is_some_and(is_boundary);
                    let new = self.needed(run, before_part[start], after_part[start]);
                    needed.extend(new.map(|new| Needed { first, ..new }));
                    (run, start) = (vec![Vec::new()], at + 1);
                    let within = |needed: Needed| {
                        let needed = needed.bounded(after_boundary, before_boundary);
                        let (first, last) = (before_part[at] == 0, after_part[at + 1] == 0);
                        let needed = Needed { first: needed.first && first, last: needed.last && last, ..needed };
                        needed.within(before_part[at], after_part[at + 1])
                    };
                    let mut ways: Vec<Vec<_>> =
                        ways.into_iter().map(|way| way.into_iter().map(within).collect()).collect();
                    match (ways.len(), &apart) {
                        (1, _) => needed.extend(ways.pop().into_iter().flatten()),
                        (_, None) => apart = Some(ways),
                        // A product of ways would grow too fast; one of several sets is still needed.
                        (_, Some(_)) => needed.extend(self.any_of(ways)),
                    }
                }
            }
        }
        if start == 0 {
            return Part::Exact(run);
        }
        let needed = if apart.is_some() { &mut after } else { &mut before };
        let first = before_part[start] == 0;
        let new = self.needed(run, before_part[start], after_part[start]);
        needed.extend(new.map(|new| Needed { first, last: true, ..new }));
        let ways = apart.unwrap_or_else(|| vec![Vec::new()]);
        Part::Ways(ways.into_iter().map(|way| [before.as_slice(), &way, &after].concat()).collect())
    }

    fn alternative(self, branches: &[Hir]) -> Part {
        let parts: Vec<Part> = branches.iter().map(|branch| self.part(branch)).collect();
        if parts.iter().all(|part| matches!(part, Part::Exact(_))) {
            let strings = |part| if let Part::Exact(strings) = part { strings } else { Vec::new() };
            return Part::Exact(parts.into_iter().flat_map(strings).collect());
        }
        let ways: Vec<_> = parts.into_iter().flat_map(|part| self.ways(part)).collect();
        if ways.len() <= MOST_WAYS {
            Part::Ways(ways)
        } else {
            Part::Ways(vec![self.any_of(ways).into_iter().collect()])
        }
    }

    /// One set for several ways: the rarest of each.
    fn any_of(self, ways: Vec<Vec<Needed>>) -> Option<Needed> {
        let mut union = Needed { strings: Vec::new(), before: 0, after: 0, first: true, last: true, commonness: 0.0 };
        for way in ways {
            let rarest = way.into_iter().min_by(|a, b| a.commonness.total_cmp(&b.commonness))?;
            union.strings.extend(rarest.strings);
            union.before = union.before.max(rarest.before);
            union.after = union.after.max(rarest.after);
            union.first &= rarest.first;
            union.last &= rarest.last;
        }
        let new = self.needed(union.strings, union.before, union.after);
        new.map(|new| Needed { first: union.first, last: union.last, ..new })
    }
}

fn is_boundary(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Look(Look::WordAscii | Look::WordUnicode))
}

/// Longest match in bytes.
fn longest(hir: &Hir) -> usize {
    hir.properties().maximum_len().unwrap_or(usize::MAX)
}

/// Every string of one set followed by every string of another, if they are few.
fn multiply(first: &Strings, second: &Strings) -> Option<Strings> {
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

/// Length of a string without marks.
fn length(marked: &[u8]) -> usize {
    marked.iter().filter(|&&byte| byte != BOUNDARY).count()
}
