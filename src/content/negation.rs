//! Negation and reported speech: whether the words around a phrase say that it is not the writer's own intent.
//!
//! The words are data, `tables/negation.tsv`, by language of the phrase; this knows only clauses, sentences,
//! quotation marks and quoted lines. Nothing here guesses the language of a text.

use super::diagnostic::Diagnostic;
use super::fold;
use super::table::{Row, Table};
use aho_corasick::automaton::{Automaton, OverlappingState};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use std::ops::Range;

/// The file with the words, for diagnostics.
const FILE: &str = "tables/negation.tsv";

/// The languages of a phrase, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Languages(u32);

/// What a cue does to a phrase near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Negates within its clause: `do not`.
    Negator,
    /// Says of the whole sentence that it is never done: `will never ask`.
    Denial,
    /// Warns in the whole sentence: `beware of`.
    Warning,
    /// Tells what another asked, within its clause: `he asked me`.
    Reported,
    /// Announces words of another, in quotation marks.
    Quotation,
    /// Looks like a negator and is none: `don't hesitate`.
    Exception,
}

/// Where a cue stands, seen from the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Inside,
    After,
    Any,
}

/// A row of the table.
#[derive(Debug)]
struct Cue {
    languages: Languages,
    kind: Kind,
    side: Side,
    /// In characters.
    window: usize,
    /// Whether the word may go on after it.
    open: bool,
}

/// The cues of all languages.
#[derive(Debug, Default)]
pub(crate) struct Negation {
    /// Languages in order of their bits.
    languages: Vec<String>,
    /// As many as patterns of the automaton.
    cues: Vec<Cue>,
    automaton: Option<NFA>,
    /// Greatest window, in characters.
    reach: usize,
}

/// A cue found near a phrase, in bytes of the text.
#[derive(Debug, Clone)]
struct Sighting {
    cue: usize,
    span: Range<usize>,
}

/// Memory that judging reuses.
#[derive(Debug, Default)]
pub(crate) struct Sightings {
    found: Vec<Sighting>,
}

impl Negation {
    /// Reads the table; errors name the row by its phrase.
    pub(crate) fn load(table: &Table) -> Result<Self, Vec<Diagnostic>> {
        let mut negation = Self::default();
        let mut phrases = Vec::new();
        let mut problems = Vec::new();
        let columns = ["lang", "kind", "side", "window", "phrase"].map(|name| {
            table.column(name).ok_or_else(|| Diagnostic::of_file(FILE, format!("the column `{name}` is missing")))
        });
        let mut positions = [0; 5];
        for (position, column) in positions.iter_mut().zip(columns) {
            *position = column.map_err(|problem| vec![problem])?;
        }
        for row in table.rows() {
            match negation.cue(row, positions) {
                Ok((cue, phrase)) => {
                    negation.reach = negation.reach.max(cue.window);
                    negation.cues.push(cue);
                    phrases.push(phrase);
                }
                Err(message) => {
                    let message = format!("{message} (row of `{}`)", row.cell(positions[4]));
                    problems.push(Diagnostic::of_file(FILE, message));
                }
            }
        }
        match NFA::builder().match_kind(MatchKind::Standard).build(&phrases) {
            Ok(automaton) => negation.automaton = Some(automaton),
            Err(error) => problems.push(Diagnostic::of_file(FILE, error.to_string())),
        }
        if problems.is_empty() { Ok(negation) } else { Err(problems) }
    }

    /// A row read.
    fn cue(&mut self, row: &Row, [lang, kind, side, window, phrase]: [usize; 5]) -> Result<(Cue, String), String> {
        let kind = match row.cell(kind) {
            "negator" => Kind::Negator,
            "denial" => Kind::Denial,
            "warning" => Kind::Warning,
            "reported" => Kind::Reported,
            "quotation" => Kind::Quotation,
            "exception" => Kind::Exception,
            other => return Err(format!("unknown kind `{other}`")),
        };
        let side = match row.cell(side) {
            "before" => Side::Before,
            "inside" => Side::Inside,
            "after" => Side::After,
            "any" if kind == Kind::Exception => Side::Any,
            other => return Err(format!("unknown side `{other}`")),
        };
        let window = row.cell(window).parse().map_err(|_| format!("`{}` is no number", row.cell(window)))?;
        let written = row.cell(phrase);
        let words = written.strip_suffix('*').unwrap_or(written);
        let folded = fold::key(words).into_owned();
        if folded.is_empty() {
            return Err("the phrase is empty".to_owned());
        }
        let language = row.cell(lang);
        let bit = match self.languages.iter().position(|known| known == language) {
            Some(bit) => bit,
            None if self.languages.len() < 32 => {
                self.languages.push(language.to_owned());
                self.languages.len() - 1
            }
            None => return Err("more than 32 languages".to_owned()),
        };
        let cue = Cue { languages: Languages(1 << bit), kind, side, window, open: words.len() < written.len() };
        Ok((cue, folded))
    }

    /// The languages that a phrase's language stands for; none if the table has no row of it.
    pub(crate) fn languages(&self, language: &str) -> Languages {
        let short = language.split('-').next().unwrap_or_default();
        match self.languages.iter().position(|known| known == language || known == short) {
            Some(bit) => Languages(1 << bit),
            None if language == "any" => Languages(u32::MAX),
            None => Languages(0),
        }
    }

    /// Whether the table has rows of a language.
    pub(crate) fn knows(&self, language: &str) -> bool {
        self.languages(language) != Languages(0)
    }

    /// Whether the words around a phrase, found in folded text, make it something else than the writer's intent.
    pub(crate) fn denies(&self, folded: &str, span: &Range<usize>, of: Languages, memory: &mut Sightings) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        let sentence = self.sentence(folded, span);
        let found = &mut memory.found;
        found.clear();
        let text = &folded[sentence.clone()];
        let input = aho_corasick::Input::new(text).anchored(Anchored::No);
        let mut state = OverlappingState::start();
        while automaton.try_find_overlapping(&input, &mut state).is_ok() {
            let Some(hit) = state.get_match() else { break };
            let cue = hit.pattern().as_usize();
            let bounded = is_boundary(text, hit.start()) && (self.cues[cue].open || is_boundary(text, hit.end()));
            if self.cues[cue].languages.0 & of.0 != 0 && bounded {
                let span = sentence.start + hit.start()..sentence.start + hit.end();
                found.push(Sighting { cue, span });
            }
        }
        found.iter().any(|sighting| self.applies(folded, span, sighting) && !self.excepted(sighting, found))
    }

    /// Whether a cue stands where it counts.
    fn applies(&self, folded: &str, span: &Range<usize>, Sighting { cue, span: at }: &Sighting) -> bool {
        let cue = &self.cues[*cue];
        let between = match cue.side {
            Side::Before if at.start < span.start => &folded[at.end.min(span.start)..span.start],
            Side::Inside if span.start <= at.start && at.end <= span.end => "",
            Side::After if span.end < at.end => &folded[span.end..at.start.max(span.end)],
            _ => return false,
        };
        if between.chars().count() > cue.window {
            return false;
        }
        match cue.kind {
            Kind::Negator | Kind::Reported => !between.contains(ends_clause),
            Kind::Denial | Kind::Warning => true,
            Kind::Quotation => between.contains(['"', '「', '『']),
            Kind::Exception => false,
        }
    }

    /// Whether a cue is part of a phrase that only looks like one.
    fn excepted(&self, sighting: &Sighting, found: &[Sighting]) -> bool {
        let negates = matches!(self.cues[sighting.cue].kind, Kind::Negator | Kind::Denial);
        negates
            && found.iter().any(|other| {
                self.cues[other.cue].kind == Kind::Exception
                    && other.span.start <= sighting.span.start
                    && sighting.span.end <= other.span.end
            })
    }

    /// The sentence around a phrase, as far as a cue can reach.
    fn sentence(&self, folded: &str, span: &Range<usize>) -> Range<usize> {
        // Cues themselves have a length too; that of the longest is far below this.
        let reach = self.reach + 40;
        let mut start = span.start;
        for (at, c) in folded[..span.start].char_indices().rev().take(reach) {
            if ends_sentence(c, folded[at + c.len_utf8()..].chars().next()) {
                break;
            }
            start = at;
        }
        let mut end = span.end;
        for (at, c) in folded[span.end..].char_indices().take(reach) {
            if ends_sentence(c, folded[span.end + at + c.len_utf8()..].chars().next()) {
                break;
            }
            end = span.end + at + c.len_utf8();
        }
        start..end
    }
}

/// Whether a place of a raw text is in a line that quotes another message: it starts with `>`.
pub(crate) fn is_quoted_line(raw: &str, at: usize) -> bool {
    let before = raw.get(..at).unwrap_or_default();
    let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
    let first = line.trim_start().chars().next().or_else(|| raw.get(at..).and_then(|rest| rest.chars().next()));
    matches!(first, Some('>'))
}

/// Whether a sentence ends with a character, given the next one.
fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '!' | '?' | '\n' | '。' | '؟' | '۔' | '।' => true,
        '.' => next.is_none_or(|next| matches!(next, ' ' | '\n' | '"' | '\'' | ')')),
        _ => false,
    }
}

/// Whether a clause ends with a character.
fn ends_clause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '(' | ')' | '、' | '،' | '؛')
}

/// Whether a cue may start or end at a place: not inside a word of an alphabet.
fn is_boundary(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    !(before.is_some_and(is_alphabetic) && after.is_some_and(is_alphabetic))
}

/// Whether a character belongs to words with spaces around them. Hangul does not: its particles attach.
fn is_alphabetic(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '가'..='힣')
}
