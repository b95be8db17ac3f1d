//! Reports: one file for each output format, each a view of the same screening.
//!
//! A report knows the outcome and nothing else. It gets borrowed values in the order of the run and writes to
//! whatever it was given; files and standard output are the command line's business.

#[expect(dead_code, reason = "the terminal, which uses it, follows")]
mod escape;
mod json_lines;
mod wire;

pub use json_lines::json_line;

use crate::dossier::{Rejected, Skipped};
use crate::screening::{Assessment, Cluster, Run, Summary, Verdict};
use std::io::{self, Write};

/// A report while it is being written. Errors are those of the writer.
pub trait Report {
    /// What the run is made with; first and once.
    fn begin(&mut self, run: &Run) -> io::Result<()>;

    /// One person.
    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()>;

    /// One person, as [`Format::renderer`] made them. Only for formats that have a renderer.
    fn rendered(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// People who share something.
    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()>;

    /// A record or file that could not be read.
    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()>;

    /// A file that is no export.
    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()>;

    /// What the run counted; last and once. Flushes the writer.
    fn end(&mut self, summary: &Summary) -> io::Result<()>;
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    Terminal,
    /// For machines: the contract `falseface.output/1`.
    JsonLines,
}

/// How a report for a person looks. Machine formats do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Columns of a line; less than 40 is taken as 40.
    pub width: usize,
    /// People below this verdict are only counted.
    pub min_verdict: Verdict,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100, min_verdict: Verdict::Review }
    }
}

/// Appends one assessment to bytes, the same as the report itself would write.
pub type Renderer = fn(&Assessment, &mut Vec<u8>);

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Terminal, Self::JsonLines];

    /// The name in arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::JsonLines => "jsonl",
        }
    }

    /// What makes the bytes of one assessment in any thread, for formats where people do not depend on each other.
    pub fn renderer(self) -> Option<Renderer> {
        match self {
            Self::Terminal => None,
            Self::JsonLines => Some(json_line),
        }
    }
}

/// A report in a format, to a writer that should be buffered.
pub fn open<'w>(format: Format, to: impl Write + 'w, _style: Style) -> Box<dyn Report + 'w> {
    match format {
        Format::Terminal | Format::JsonLines => Box::new(json_lines::JsonLines::new(to)),
    }
}
