//! Finds every phrase of every lexicon in a folded text, in one pass over the text.
//!
//! One pass looks for the literals that matches cannot be without; only where it finds them is the expression of
//! its phrase tried, and only as far around it as a match can reach. The result is that of searching for each
//! expression by itself, which a property test holds it to.

use super::finder::Finder;
use super::list::List;
use super::literal::{self, Literal, LiteralSet, Side};
use super::negation::Sightings;
use super::sketch::{Probe, Sketch};
use crate::dossier::{Folded, FoldedBuilder};
use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};
use regex_automata::util::captures::Captures;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Memory that searching reuses from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) builder: FoldedBuilder,
    pub(crate) found: Vec<Found>,
    pub(crate) sightings: Sightings,
    /// Lexicon and span of the phrases that negation took away.
    pub(crate) denied: Vec<(usize, Range<usize>)>,
    pub(crate) search: SearchMemory,
}

impl Scratch {
    /// The folded form of the text that was searched last.
    pub fn folded(&self) -> &Folded {
        self.builder.folded()
    }
}

/// Memory of the search itself.
#[derive(Debug, Default)]
pub(crate) struct SearchMemory {
    sketch: Sketch,
    announced: Vec<Announced>,
    windows: Vec<Window>,
    /// By phrase.
    engines: Vec<Option<Engine>>,
}

/// A way to match a phrase that a literal announces, and the literal in bytes of the text.
#[derive(Debug)]
struct Announced {
    way: u32,
    start: usize,
    end: usize,
}

/// What an expression writes to while it searches.
#[derive(Debug)]
struct Engine {
    cache: Cache,
    captures: Captures,
}

/// Where a phrase can be, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    phrase: u32,
    start: usize,
    end: usize,
}

/// A phrase found in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Position of the phrase.
    pub phrase: usize,
    /// Bytes of the folded text.
    pub span: Range<usize>,
    /// Bytes of the folded text that the group `value` took.
    pub value: Option<Range<usize>>,
}

/// All phrases, ready to be searched for.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    /// Literals that announce `ways`, by their position.
    finder: Finder,
    ways: Vec<Way>,
    /// Sets of literals, as what the sketch of a text has to show for each.
    sets: Vec<Vec<Probe>>,
    /// Phrases that no literal announces; they are tried on every text.
    unannounced: Vec<u32>,
    expressions: Vec<Expression>,
}

/// A way to match a phrase.
#[derive(Debug)]
struct Way {
    phrase: u32,
    /// Sets that a match has besides the one that announces it.
    others: Vec<(u32, Side)>,
    reach: Reach,
}

/// How far a match can reach from the start of a literal of it.
#[derive(Debug, Clone, Copy)]
struct Reach {
    /// Most bytes before and after.
    before: usize,
    after: usize,
    barriers: Barriers,
}

/// The expression of a phrase; compiled when it is first needed, since most runs need few.
#[derive(Debug)]
struct Expression {
    hir: Hir,
    regex: OnceLock<Option<Regex>>,
    captures: bool,
}

/// ASCII punctuation that no match contains, so that none reaches across it: a bit for each of [`BARRIERS`].
type Barriers = u8;

const BARRIERS: [u8; 4] = *b"\n.!?";

/// The bit of each byte that can be a barrier.
const BARRIER_BITS: [u8; 256] = {
    let mut bits = [0; 256];
    let mut index = 0;
    while index < BARRIERS.len() {
        bits[BARRIERS[index] as usize] = 1 << index;
        index += 1;
    }
    bits
};

impl Matcher {
    /// Prepares the search; `common` are words that most texts have, so that they are not what is looked for.
    pub(crate) fn new(expressions: Vec<Hir>, common: &List) -> Self {
        let mut matcher = Self::default();
        // Phrases share sets, and sets share literals.
        let mut announced: BTreeMap<Literal, Vec<u32>> = BTreeMap::new();
        let mut sets: BTreeMap<LiteralSet, u32> = BTreeMap::new();
        for (hir, phrase) in expressions.into_iter().zip(0..) {
            let barriers = barriers(&hir);
            match literal::ways(&hir, common) {
                None => matcher.unannounced.push(phrase),
                Some(ways) => {
                    for literal::Way { announcing, reach: (before, after), others } in ways {
                        let way = u32::try_from(matcher.ways.len()).unwrap_or(u32::MAX);
                        for literal in announcing {
                            announced.entry(literal).or_default().push(way);
                        }
                        let others = others.into_iter().map(|(set, side)| {
                            let number = u32::try_from(sets.len()).unwrap_or(u32::MAX);
                            let number = *sets.entry(set).or_insert_with_key(|set| {
                                matcher.sets.push(set.iter().filter_map(Probe::new).collect());
                                number
                            });
                            (number, side)
                        });
                        let others = others.collect();
                        let reach = Reach { before, after, barriers };
                        matcher.ways.push(Way { phrase, others, reach });
                    }
                }
            }
            matcher.expressions.push(Expression::new(hir));
        }
        matcher.finder = Finder::new(announced.into_iter().collect());
        matcher
    }

    /// The expressions of all phrases.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Hir> {
        self.expressions.iter().map(|expression| &expression.hir)
    }

    /// Whether a phrase has to be tried on every text.
    pub(crate) fn is_slow(&self, phrase: usize) -> bool {
        self.unannounced.iter().any(|&slow| slow as usize == phrase)
    }

    /// Appends all non-overlapping matches of each phrase, in order of phrase and then of the text.
    pub(crate) fn search(&self, text: &str, memory: &mut SearchMemory, found: &mut Vec<Found>) {
        self.find_windows(text, memory);
        let SearchMemory { windows, engines, .. } = memory;
        windows.sort_unstable();
        engines.resize_with(self.expressions.len(), || None);
        let mut rest = windows.as_slice();
        while let [first, after @ ..] = rest {
            let mut window = *first;
            rest = after;
            while let [next, after @ ..] = rest
                && next.phrase == window.phrase
                && next.start < window.end
            {
                window.end = window.end.max(next.end);
                rest = after;
            }
            let phrase = window.phrase as usize;
            self.expressions[phrase].find(text, window.start..window.end, phrase, &mut engines[phrase], found);
        }
    }

    /// Notes where phrases can be: where a literal announces them and all else that they require can be near.
    fn find_windows(&self, text: &str, memory: &mut SearchMemory) {
        let SearchMemory { sketch, announced, windows, .. } = memory;
        windows.clear();
        windows.extend(self.unannounced.iter().map(|&phrase| Window { phrase, start: 0, end: text.len() }));
        announced.clear();
        let announce =
            |ways: &[u32], start, end| announced.extend(ways.iter().map(|&way| Announced { way, start, end }));
        self.finder.find(text, sketch, announce);
        for &Announced { way, start, end } in announced.iter() {
            let Way { phrase, others, reach } = &self.ways[way as usize];
            let has_others_in = |range: &Range<usize>| {
                others.iter().all(|&(set, side)| {
                    let near = match side {
                        Side::Before => sketch.parts(range.start, end),
                        Side::After => sketch.parts(start, range.end),
                    };
                    self.sets[set as usize].iter().any(|&probe| sketch.may_have(probe, near))
                })
            };
            // Looking for barriers takes longest: only where the rest is there.
            if !has_others_in(&reach.widest(text.as_bytes(), &(start..end))) {
                continue;
            }
            let range = reach.around(text.as_bytes(), start..end);
            if has_others_in(&range) {
                windows.push(Window { phrase: *phrase, start: range.start, end: range.end });
            }
        }
    }
}

impl Reach {
    /// At most as far around a literal as a match that has it can reach.
    fn widest(&self, text: &[u8], literal: &Range<usize>) -> Range<usize> {
        let end = literal.start.saturating_add(self.after).min(text.len());
        literal.start.saturating_sub(self.before)..end.max(literal.end)
    }

    /// As far around a literal as a match that has it can reach.
    fn around(&self, text: &[u8], literal: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = self.widest(text, &literal);
        let is_barrier = |byte: &u8| BARRIER_BITS[*byte as usize] & self.barriers != 0;
        if let Some(at) = text[start..literal.start].iter().rposition(is_barrier) {
            start += at + 1;
        }
        if let Some(at) = text[literal.end..end].iter().position(is_barrier) {
            end = literal.end + at;
        }
        start..end
    }
}

impl Expression {
    fn new(hir: Hir) -> Self {
        Self { captures: hir.properties().explicit_captures_len() > 0, regex: OnceLock::new(), hir }
    }

    /// Appends the matches within a part of the text.
    fn find(
        &self,
        text: &str,
        window: Range<usize>,
        phrase: usize,
        engine: &mut Option<Engine>,
        found: &mut Vec<Found>,
    ) {
        // Each thread keeps what each expression learns; without a limit that is up to two megabytes each.
        let config = Regex::config().hybrid_cache_capacity(1 << 18);
        let compile = || Regex::builder().configure(config).build_from_hir(&self.hir).ok();
        let Some(regex) = self.regex.get_or_init(compile) else { return };
        let Engine { cache, captures } = engine.get_or_insert_with(|| Engine {
            cache: regex.create_cache(),
            captures: if self.captures { regex.create_captures() } else { Captures::empty(regex.group_info().clone()) },
        });
        let mut start = window.start;
        while start <= window.end {
            let input = Input::new(text).range(start..window.end);
            let (span, value) = if self.captures {
                regex.search_captures_with(cache, &input, captures);
                let Some(span) = captures.get_match() else { break };
                (span.range(), captures.get_group(1).map(|group| group.range()))
            } else {
                let Some(span) = regex.search_with(cache, &input) else { break };
                (span.range(), None)
            };
            start = span.end;
            found.push(Found { phrase, span, value });
        }
    }
}

/// What no match contains.
fn barriers(hir: &Hir) -> Barriers {
    let absent = |&(_, &byte): &(usize, &u8)| !may_contain(hir, char::from(byte));
    BARRIERS.iter().enumerate().filter(absent).map(|(index, _)| 1 << index).sum()
}

/// Whether a match may contain a character.
fn may_contain(hir: &Hir, c: char) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&(c as u8)),
        HirKind::Class(Class::Unicode(class)) => class.iter().any(|range| range.start() <= c && c <= range.end()),
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => may_contain(&repetition.sub, c),
        HirKind::Capture(capture) => may_contain(&capture.sub, c),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(|part| may_contain(part, c)),
    }
}
