//! Lexicons as written: what a text asks for, in the words of each language, with proof for every phrase.
//!
//! What a phrase compiles to is left to [`pattern`](crate::content::pattern), finding it to
//! [`matcher`](crate::content::matcher).

use super::diagnostic::Diagnostic;
use super::embedded::ContentFile;
use super::list::List;
use super::pattern;
use regex_syntax::hir::Hir;
use serde::Deserialize;
use serde_saphyr::{Location, Spanned};
use std::collections::BTreeMap;

/// The phrases that express one intent: a file of `lexicons/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LexiconDocument {
    /// Equals the file name.
    pub intent: Spanned<String>,
    /// What the phrases have in common, in a sentence.
    pub description: String,
    /// Where the phrases are documented.
    #[serde(default)]
    #[expect(dead_code, reason = "read by people; kept so that its shape is checked")]
    pub references: Vec<String>,
    /// Whether a negated, quoted or warned-of phrase is not the intent.
    #[serde(default = "yes")]
    pub negation: bool,
    /// By language (BCP 47), or `any` for what is the same in all.
    pub phrases: BTreeMap<String, Vec<PhraseDocument>>,
}

/// One phrase and its proof.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseDocument {
    /// A regular expression over folded text; `%name%` stands for the values of a list.
    pub pattern: Option<Spanned<String>>,
    /// Exact words, between word boundaries.
    pub literal: Option<Spanned<String>>,
    /// Texts that have it.
    #[serde(default, rename = "match")]
    pub matches: Vec<Spanned<String>>,
    /// Texts near it that do not express the intent.
    #[serde(default)]
    pub no_match: Vec<Spanned<String>>,
}

fn yes() -> bool {
    true
}

/// A phrase; its expression goes to the matcher.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Position of its lexicon.
    pub lexicon: usize,
    /// Its language, or `any`.
    pub language: String,
}

/// A lexicon file as read.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The file, for diagnostics.
    pub file: ContentFile,
    /// What it says.
    pub document: LexiconDocument,
}

impl Lexicon {
    /// Reads a lexicon file.
    pub(crate) fn parse(file: &ContentFile) -> Result<Self, Diagnostic> {
        let document: LexiconDocument = serde_saphyr::from_str(&file.text).map_err(|error| {
            let message = error.without_snippet().to_string();
            // The place is told by the diagnostic itself.
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            match error.location() {
                Some(location) => at(file, location, message),
                None => Diagnostic::of_file(&file.path, message),
            }
        })?;
        let stem = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".yml")).unwrap_or_default();
        if document.intent.value != stem {
            let message = format!("the intent is `{}`, but the file is named `{stem}`", document.intent.value);
            return Err(at(file, document.intent.referenced, message).with_help("both must be the same"));
        }
        Ok(Self { file: file.clone(), document })
    }

    /// Compiles the phrases, in order of language and then of the file.
    pub(crate) fn compile(
        &self,
        lexicon: usize,
        lists: &BTreeMap<String, List>,
    ) -> Result<Vec<(Phrase, Hir)>, Vec<Diagnostic>> {
        let mut phrases = Vec::new();
        let mut problems = Vec::new();
        for (language, documents) in &self.document.phrases {
            for document in documents {
                let (place, compiled) = match (&document.pattern, &document.literal) {
                    (Some(written), None) => (written.referenced, pattern::translate(&written.value, lists)),
                    (None, Some(written)) => (written.referenced, pattern::exact(&written.value)),
                    (Some(written), Some(_)) => {
                        (written.referenced, Err(("a phrase is a pattern or a literal, not both".to_owned(), None)))
                    }
                    (None, None) => (
                        self.document.intent.referenced,
                        Err((format!("a phrase of `{language}` has neither pattern nor literal"), None)),
                    ),
                };
                match compiled {
                    Ok(expression) => phrases.push((Phrase { lexicon, language: language.clone() }, expression)),
                    Err((message, help)) => problems.push(Diagnostic { help, ..at(&self.file, place, message) }),
                }
            }
        }
        if problems.is_empty() { Ok(phrases) } else { Err(problems) }
    }
}

/// A diagnostic at a place of a file.
pub(crate) fn at(file: &ContentFile, place: Location, message: impl Into<String>) -> Diagnostic {
    let number = |number: u64| usize::try_from(number).unwrap_or(0);
    Diagnostic::at(&file.path, &file.text, number(place.line()), number(place.column()), message)
}
