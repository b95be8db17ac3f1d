//! Finds every phrase of every lexicon in a folded text, in one pass over the text.
//!
//! One automaton looks for the literals that matches cannot be without; only where it finds one is the expression of
//! its phrase tried, and only as far around it as a match can reach. The result is that of searching for each
//! expression by itself, which a property test holds it to.

use super::lexicon::Phrase;
use super::literal;
use super::negation::Sightings;
use crate::dossier::FoldedBuilder;
use aho_corasick::automaton::{Automaton, OverlappingState};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
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

/// Memory of the search itself.
#[derive(Debug, Default)]
pub(crate) struct SearchMemory {
    windows: Vec<Window>,
    /// By phrase.
    engines: Vec<Option<Engine>>,
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
    automaton: Option<NFA>,
    /// Phrases by literal of the automaton.
    phrases_of: Vec<Vec<u32>>,
    /// Phrases that no literal announces; they are tried on every text.
    unannounced: Vec<u32>,
    expressions: Vec<Expression>,
}

/// The expression of a phrase; compiled when it is first needed, since most runs need few.
#[derive(Debug)]
struct Expression {
    hir: Hir,
    regex: OnceLock<Option<Regex>>,
    /// Longest match in bytes.
    longest: Option<usize>,
    barriers: Barriers,
    captures: bool,
}

/// ASCII punctuation that no match contains, so that none reaches across it.
#[derive(Debug, Clone, Copy)]
struct Barriers {
    newline: bool,
    full_stop: bool,
    exclamation: bool,
    question: bool,
}

impl Matcher {
    /// Prepares the search.
    pub(crate) fn new(phrases: &[Phrase]) -> Result<Self, String> {
        let mut matcher = Self::default();
        let mut literals: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
        for (phrase, position) in phrases.iter().zip(0..) {
            match literal::required(&phrase.expression) {
                Some(set) => set.into_iter().for_each(|literal| literals.entry(literal).or_default().push(position)),
                None => matcher.unannounced.push(position),
            }
            matcher.expressions.push(Expression::new(phrase.expression.clone()));
        }
        let (literals, phrases_of): (Vec<_>, Vec<_>) = literals.into_iter().unzip();
        matcher.phrases_of = phrases_of;
        let automaton = NFA::builder().match_kind(MatchKind::Standard).build(&literals);
        matcher.automaton = Some(automaton.map_err(|error| error.to_string())?);
        Ok(matcher)
    }

    /// Whether a phrase has to be tried on every text.
    pub(crate) fn is_slow(&self, phrase: usize) -> bool {
        self.unannounced.iter().any(|&slow| slow as usize == phrase)
    }

    /// Appends all non-overlapping matches of each phrase, in order of phrase and then of the text.
    pub(crate) fn search(&self, text: &str, memory: &mut SearchMemory, found: &mut Vec<Found>) {
        let SearchMemory { windows, engines } = memory;
        windows.clear();
        self.find_windows(text, windows);
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

    /// Appends where phrases can be.
    fn find_windows(&self, text: &str, windows: &mut Vec<Window>) {
        windows.extend(self.unannounced.iter().map(|&phrase| Window { phrase, start: 0, end: text.len() }));
        let Some(automaton) = &self.automaton else { return };
        let input = aho_corasick::Input::new(text).anchored(Anchored::No);
        let mut state = OverlappingState::start();
        while automaton.try_find_overlapping(&input, &mut state).is_ok() {
            let Some(hit) = state.get_match() else { break };
            for &phrase in &self.phrases_of[hit.pattern().as_usize()] {
                let Range { start, end } = self.expressions[phrase as usize].reach(text.as_bytes(), hit.range());
                windows.push(Window { phrase, start, end });
            }
        }
    }
}

impl Expression {
    fn new(hir: Hir) -> Self {
        Self {
            longest: hir.properties().maximum_len(),
            barriers: Barriers {
                newline: !may_contain(&hir, '\n'),
                full_stop: !may_contain(&hir, '.'),
                exclamation: !may_contain(&hir, '!'),
                question: !may_contain(&hir, '?'),
            },
            captures: hir.properties().explicit_captures_len() > 0,
            regex: OnceLock::new(),
            hir,
        }
    }

    /// As far around a literal as a match that has it can reach.
    fn reach(&self, text: &[u8], literal: Range<usize>) -> Range<usize> {
        let longest = self.longest.unwrap_or(text.len());
        let mut start = literal.end.saturating_sub(longest);
        let mut end = literal.start.saturating_add(longest).min(text.len());
        let is_barrier = |byte: &u8| match byte {
            b'\n' => self.barriers.newline,
            b'.' => self.barriers.full_stop,
            b'!' => self.barriers.exclamation,
            b'?' => self.barriers.question,
            _ => false,
        };
        if let Some(at) = text[start..literal.start].iter().rposition(is_barrier) {
            start += at + 1;
        }
        if let Some(at) = text[literal.end..end].iter().position(is_barrier) {
            end = literal.end + at;
        }
        start..end
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
        let compile = || Regex::builder().build_from_hir(&self.hir).ok();
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
