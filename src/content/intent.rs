//! Intents: what the phrases of all lexicons say about a raw text.

use super::diagnostic::Diagnostic;
use super::embedded::ContentFile;
use super::fold;
use super::lexicon::{Lexicon, Phrase};
use super::list::List;
use super::matcher::{Matcher, Scratch};
use super::negation::{self, Languages, Negation};
use super::table::Table;
use regex_syntax::hir::Hir;
use std::collections::BTreeMap;
use std::ops::Range;

/// Position of an intent in [`Content::intents`](crate::content::Content::intents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntentId(pub u16);

/// An intent found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub intent: IntentId,
    /// Bytes of the raw text.
    pub span: Range<usize>,
    /// Bytes of the raw text that a phrase names as its value: the employer of `I am a recruiter at …`.
    pub value: Option<Range<usize>>,
}

/// Every lexicon, ready to be searched for.
#[derive(Debug, Default)]
pub(crate) struct Intents {
    names: Vec<String>,
    pub(crate) lexicons: Vec<Lexicon>,
    pub(crate) phrases: Vec<Phrase>,
    matcher: Matcher,
    pub(crate) negation: Negation,
    /// By phrase, whose negation counts; `None` where the lexicon says that none does.
    negatable: Vec<Option<Languages>>,
}

impl Intents {
    /// Reads and compiles lexicon files; intents are in order of name.
    pub(crate) fn load(
        files: &[&ContentFile],
        lists: &BTreeMap<String, List>,
        negation: Option<&Table>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut intents = Self::default();
        for file in files {
            match Lexicon::parse(file) {
                Ok(lexicon) => intents.lexicons.push(lexicon),
                Err(problem) => problems.push(problem),
            }
        }
        intents.lexicons.sort_by(|a, b| a.document.intent.value.cmp(&b.document.intent.value));
        let mut expressions = Vec::new();
        for (index, lexicon) in intents.lexicons.iter().enumerate() {
            intents.names.push(lexicon.document.intent.value.clone());
            match lexicon.compile(index, lists) {
                Ok(compiled) => {
                    let (phrases, of_phrases): (Vec<_>, Vec<_>) = compiled.into_iter().unzip();
                    intents.phrases.extend(phrases);
                    expressions.extend(of_phrases);
                }
                Err(found) => problems.extend(found),
            }
        }
        match negation.map(Negation::load) {
            Some(Ok(negation)) => intents.negation = negation,
            Some(Err(found)) => problems.extend(found),
            None => {}
        }
        let languages = |phrase: &Phrase| {
            let negation = intents.lexicons[phrase.lexicon].document.negation;
            negation.then(|| intents.negation.languages(&phrase.language))
        };
        intents.negatable = intents.phrases.iter().map(languages).collect();
        if problems.is_empty() {
            let none = List::default();
            intents.matcher = Matcher::new(expressions, lists.get("common-words").unwrap_or(&none));
        }
        if problems.is_empty() { Ok(intents) } else { Err(problems) }
    }

    /// Whether a phrase has to be tried on every text.
    pub(crate) fn is_slow(&self, phrase: usize) -> bool {
        self.matcher.is_slow(phrase)
    }

    /// The expressions of all phrases, over folded text.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Hir> {
        self.matcher.expressions()
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Appends the intents of a raw text, by position.
    pub(crate) fn search(&self, text: &str, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        let first = hits.len();
        self.search_phrases(text, scratch, |_, hit| hits.push(hit));
        // Of equal spans the one with a value comes first and stays.
        let key = |hit: &Hit| (hit.span.start, hit.span.end, hit.intent, hit.value.is_none());
        hits[first..].sort_by_key(key);
        let mut kept = first;
        for at in first..hits.len() {
            let same = |a: &Hit, b: &Hit| a.span == b.span && a.intent == b.intent;
            if kept == first || !same(&hits[kept - 1], &hits[at]) {
                hits.swap(kept, at);
                kept += 1;
            }
        }
        hits.truncate(kept);
    }

    /// Tells each hit with the position of its phrase.
    pub(crate) fn search_phrases(&self, text: &str, scratch: &mut Scratch, mut tell: impl FnMut(usize, Hit)) {
        fold::fold_into(text, &mut scratch.builder);
        scratch.found.clear();
        let folded = scratch.builder.folded();
        self.matcher.search(folded.as_str(), &mut scratch.search, &mut scratch.found);
        scratch.denied.clear();
        for found in &scratch.found {
            let denied = self.negatable[found.phrase].is_some_and(|languages| {
                self.negation.denies(folded.as_str(), &found.span, languages, &mut scratch.sightings)
            });
            if denied {
                scratch.denied.push((self.phrases[found.phrase].lexicon, found.span.clone()));
            }
        }
        for found in &scratch.found {
            let lexicon = self.phrases[found.phrase].lexicon;
            // Neighbouring languages share words: what one of them sees negated is no intent in the other either.
            let denied = |(other, span): &(usize, Range<usize>)| {
                *other == lexicon && span.start < found.span.end && found.span.start < span.end
            };
            if scratch.denied.iter().any(denied) {
                continue;
            }
            let hit = Hit {
                intent: IntentId(u16::try_from(lexicon).unwrap_or(u16::MAX)),
                span: folded.raw_span(found.span.clone()),
                value: found.value.clone().map(|value| folded.raw_span(value)),
            };
            if !negation::is_quoted_line(text, hit.span.start) {
                tell(found.phrase, hit);
            }
        }
    }
}
