//! Free text as written, and its folded form with a map back to the raw bytes.
//!
//! How a text is folded is content's business; this only guarantees that whatever is found
//! in a folded text can be quoted from the raw one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::{Deref, Range};

/// Free text, exactly as the source had it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self(raw.to_owned())
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Self(raw)
    }
}

/// A folded text and where each of its bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
}

/// A stretch of folded text. A verbatim run maps byte by byte; any other maps as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    folded: u32,
    raw_start: u32,
    raw_end: u32,
    verbatim: bool,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the raw text that the given bytes of the folded text came from.
    ///
    /// An empty range maps to an empty range.
    pub fn raw_span(&self, folded: Range<usize>) -> Range<usize> {
        if self.runs.is_empty() {
            return 0..0;
        }
        let first = self.run_at(folded.start);
        let start = if first.verbatim {
            first.raw_start as usize + (folded.start - first.folded as usize)
        } else {
            first.raw_start as usize
        };
        if folded.end <= folded.start {
            return start..start;
        }
        let last = self.run_at(folded.end - 1);
        let end = if last.verbatim {
            last.raw_start as usize + (folded.end - last.folded as usize)
        } else {
            last.raw_end as usize
        };
        start..end
    }

    /// The run that holds a byte of the folded text.
    fn run_at(&self, byte: usize) -> Run {
        let after = self.runs.partition_point(|run| run.folded as usize <= byte);
        self.runs[after.saturating_sub(1)]
    }
}

/// Builds a [`Folded`] from left to right; can be reused to spare allocations.
#[derive(Debug, Clone, Default)]
pub struct FoldedBuilder {
    folded: Folded,
}

impl FoldedBuilder {
    /// Forgets what was pushed, keeps the memory.
    pub fn clear(&mut self) {
        self.folded.text.clear();
        self.folded.runs.clear();
    }

    /// Appends text that stands in the raw text as it is (or with bytes replaced one for one), from `raw_start` on.
    pub fn push_verbatim(&mut self, text: &str, raw_start: usize) {
        if text.is_empty() {
            return;
        }
        let raw_start = narrow(raw_start);
        let raw_end = raw_start + narrow(text.len());
        match self.folded.runs.last_mut() {
            Some(run) if run.verbatim && run.raw_end == raw_start => run.raw_end = raw_end,
            _ => self.folded.runs.push(Run {
                folded: narrow(self.folded.text.len()),
                raw_start,
                raw_end,
                verbatim: true,
            }),
        }
        self.folded.text.push_str(text);
    }

    /// Appends text as [`Self::push_verbatim`] does, with its ASCII letters in lower case.
    pub fn push_ascii_lowercase(&mut self, text: &str, raw_start: usize) {
        let before = self.folded.text.len();
        self.push_verbatim(text, raw_start);
        self.folded.text[before..].make_ascii_lowercase();
    }

    /// Appends text that stands for the given bytes of the raw text as a whole.
    pub fn push_replaced(&mut self, text: &str, raw: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.folded.runs.push(Run {
            folded: narrow(self.folded.text.len()),
            raw_start: narrow(raw.start),
            raw_end: narrow(raw.end),
            verbatim: false,
        });
        self.folded.text.push_str(text);
    }

    /// What was pushed so far.
    pub fn folded(&self) -> &Folded {
        &self.folded
    }

    /// What was pushed, taken out.
    pub fn finish(self) -> Folded {
        self.folded
    }
}

/// Texts of 4 GiB and more exceed every record limit.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_map_back_through_replacements() {
        // raw: "ﬁx  it" (ﬁ is one character of three bytes; two spaces become one)
        let mut builder = FoldedBuilder::default();
        builder.push_replaced("fi", 0..3);
        builder.push_verbatim("x", 3);
        builder.push_replaced(" ", 4..6);
        builder.push_verbatim("it", 6);
        let folded = builder.finish();
        assert_eq!(folded.as_str(), "fix it");
        assert_eq!(folded.raw_span(0..3), 0..4);
        assert_eq!(folded.raw_span(1..2), 0..3);
        assert_eq!(folded.raw_span(4..6), 6..8);
        assert_eq!(folded.raw_span(3..4), 4..6);
    }
}
