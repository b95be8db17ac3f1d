//! Finds every phrase of every lexicon in a text.

use crate::content::lexicon::Phrase;
use crate::content::negation::Sightings;
use crate::dossier::FoldedBuilder;
use regex_automata::meta::Regex;
use std::ops::Range;

/// Memory that searching reuses from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) builder: FoldedBuilder,
    pub(crate) found: Vec<Found>,
    pub(crate) sightings: Sightings,
    /// Lexicon and span of the phrases that negation took away.
    pub(crate) denied: Vec<(usize, Range<usize>)>,
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
    regexes: Vec<Regex>,
}

impl Matcher {
    /// Prepares the search. An error names the phrase by position.
    pub(crate) fn new(phrases: &[Phrase]) -> Result<Self, (usize, String)> {
        let regexes = phrases
            .iter()
            .enumerate()
            .map(|(index, phrase)| {
                Regex::builder().build_from_hir(&phrase.expression).map_err(|error| (index, error.to_string()))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { regexes })
    }

    /// Appends all non-overlapping matches of each phrase.
    pub(crate) fn search(&self, folded: &str, found: &mut Vec<Found>) {
        for (phrase, regex) in self.regexes.iter().enumerate() {
            if regex.captures_len() > 1 {
                found.extend(regex.captures_iter(folded).filter_map(|captures| {
                    let value = captures.get_group_by_name("value").map(|span| span.range());
                    Some(Found { phrase, span: captures.get_match()?.range(), value })
                }));
            } else {
                found.extend(regex.find_iter(folded).map(|found| Found { phrase, span: found.range(), value: None }));
            }
        }
    }
}
