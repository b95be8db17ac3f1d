//! Whether lexicons hold what they promise: every phrase finds its own examples and leaves the others alone.

use super::diagnostic::Diagnostic;
use super::intent::{Hit, Intents};
use super::lexicon::at;
use super::matcher::Scratch;

/// What is doubtful, in order of file, language and phrase.
pub(crate) fn check(intents: &Intents) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut scratch = Scratch::default();
    let mut phrase = 0;
    for (index, lexicon) in intents.lexicons.iter().enumerate() {
        let file = &lexicon.file;
        let document = &lexicon.document;
        if document.description.trim().is_empty() {
            problems.push(at(file, document.intent.referenced, "the description is empty"));
        }
        for language in document.phrases.keys().filter(|language| !intents.negation.knows(language)) {
            let message = format!("tables/negation.tsv has no words of the language `{language}`");
            if document.negation {
                problems.push(at(file, document.intent.referenced, message));
            }
        }
        for document in lexicon.document.phrases.values().flatten() {
            let Some(written) = document.pattern.as_ref().or(document.literal.as_ref()) else { continue };
            let mut hits: Vec<(usize, Hit)> = Vec::new();
            let mut search = |text: &str| {
                hits.clear();
                intents.search_phrases(text, &mut scratch, |phrase, hit| hits.push((phrase, hit)));
                hits.clone()
            };
            if document.matches.is_empty() || document.no_match.is_empty() {
                problems.push(
                    at(file, written.referenced, "the phrase lacks an example")
                        .with_help("give at least one `match` and one `no_match`"),
                );
            }
            if intents.is_slow(phrase) {
                problems.push(
                    at(file, written.referenced, "slow: no word is required, so that every text must be tried")
                        .with_help("require at least one word or one of several words"),
                );
            }
            for example in &document.matches {
                if !search(&example.value).iter().any(|&(found, _)| found == phrase) {
                    let message = format!("missing: the phrase does not find `{}`", example.value);
                    problems.push(at(file, example.referenced, message));
                }
            }
            for example in &document.no_match {
                let hits = search(&example.value);
                if let Some((_, hit)) = hits.iter().find(|(_, hit)| usize::from(hit.intent.0) == index) {
                    let words = &example.value[hit.span.clone()];
                    let message = format!("noisy: the lexicon finds `{words}` in `{}`", example.value);
                    problems.push(at(file, example.referenced, message));
                }
            }
            phrase += 1;
        }
    }
    problems
}
