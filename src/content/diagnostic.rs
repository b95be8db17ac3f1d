//! What is wrong with a file of detection content, where, and what to do about it.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::fmt;

/// An error in a file of detection content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to the content folder: `detections/conversation/lure-paste-command.yml`.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the whole line is meant.
    pub column: usize,
    /// The line itself, for the snippet; empty where the whole file is meant.
    pub snippet: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// About a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), message: message.into(), ..Self::default() }
    }

    /// About a place of a file, by line and column in characters, both from 1 (0 as in the fields).
    pub fn at(file: impl Into<String>, text: &str, line: usize, column: usize, message: impl Into<String>) -> Self {
        let snippet = line.checked_sub(1).and_then(|index| text.lines().nth(index)).unwrap_or_default().to_owned();
        Self { line, column, snippet, ..Self::of_file(file, message) }
    }

    /// About a place of a file, by byte offset; offsets beyond the text mean its end.
    pub fn at_offset(file: impl Into<String>, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Self::at(file, text, line, column, message)
    }

    /// The same, with what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error with its line and a mark below the place, for a terminal; without line break at the end.
    pub fn render(&self, color: bool) -> String {
        let title = Level::ERROR.primary_title(self.message.as_str());
        let mut group = if self.line == 0 {
            title.element(annotate_snippets::Origin::path(self.file.as_str()))
        } else {
            let mark = self.mark();
            title.element(
                Snippet::source(self.snippet.as_str())
                    .path(self.file.as_str())
                    .line_start(self.line)
                    .annotation(AnnotationKind::Primary.span(mark)),
            )
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// Bytes of the snippet to mark: the word at the column, or the whole line.
    fn mark(&self) -> std::ops::Range<usize> {
        let Some(skip) = self.column.checked_sub(1) else {
            let indent = self.snippet.len() - self.snippet.trim_start().len();
            return indent..self.snippet.trim_end().len().max(indent);
        };
        let start = self.snippet.char_indices().nth(skip).map_or(self.snippet.len(), |(at, _)| at);
        let rest = &self.snippet[start..];
        let word = rest.find([' ', ':', ',', ']', '}']).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        start..start + word.max(first)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// The candidate nearest to a mistyped word, if one is near enough to be meant; the first of equals.
///
/// Near enough is a Jaro-Winkler similarity of 0.8 (strsim), or one holding the other.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in candidates {
        let mut score = strsim::jaro_winkler(word, candidate);
        if word.len() >= 4 && (candidate.contains(word) || word.contains(candidate) && candidate.len() >= 4) {
            score = score.max(0.8);
        }
        if score >= 0.8 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, suggest};

    #[test]
    fn an_offset_becomes_a_line_and_a_column_in_characters() {
        let text = "a: 1\nüb: falsch\n";
        let found = Diagnostic::at_offset("x.yml", text, text.find("falsch").expect("is there"), "wrong word");
        assert_eq!((found.line, found.column, found.snippet.as_str()), (2, 5, "üb: falsch"));
        assert_eq!(Diagnostic::at_offset("x.yml", text, 999, "end").line, 3);
    }

    #[test]
    fn a_rendered_error_marks_the_word() {
        let shown = Diagnostic::at("x.yml", "a: 1\nb: falsch # why\n", 2, 4, "wrong word")
            .with_help("write `false`")
            .render(false);
        assert_eq!(
            shown,
            "error: wrong word\n --> x.yml:2:4\n  |\n2 | b: falsch # why\n  |    ^^^^^^\n  |\n  = help: write `false`"
        );
        assert!(Diagnostic::of_file("lists/x.txt", "no such list").render(false).contains("lists/x.txt"));
    }

    #[test]
    fn the_nearest_word_is_suggested_only_if_it_is_near() {
        assert_eq!(suggest("mesage.intent", ["message.text", "message.intent"]), Some("message.intent"));
        assert_eq!(suggest("zebra", ["message.text"]), None);
    }
}
