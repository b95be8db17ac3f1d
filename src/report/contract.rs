//! What every report is: something that is told of the outcome, piece by piece, and writes it in its own way.

use super::order::Order;
use super::tlp::Tlp;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use std::io;

/// A report while it is being written. Errors are those of the writer.
///
/// What a format has no place for it need not take: the summary at the end counts all of it, whatever the format.
pub trait Report: Send {
    /// What the run is made with; first and once.
    fn begin(&mut self, run: &Run) -> io::Result<()>;

    /// One person.
    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()>;

    /// One person in that capacity, as `Format::renderer` made them.
    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()>;

    /// People who share something.
    fn cluster(&mut self, _cluster: &Cluster) -> io::Result<()> {
        Ok(())
    }

    /// Something that too many share to tie any of them.
    fn hub(&mut self, _hub: &Hub) -> io::Result<()> {
        Ok(())
    }

    /// A record or file that could not be read.
    fn rejected(&mut self, _rejected: &Rejected) -> io::Result<()> {
        Ok(())
    }

    /// A person of whom there is one record, where records were to be joined.
    fn unmatched(&mut self, _dossier: &str, _source: &Locator) -> io::Result<()> {
        Ok(())
    }

    /// A person of an earlier report who was not met, and where they stood.
    fn gone(&mut self, _dossier: &str, _verdict: Verdict) -> io::Result<()> {
        Ok(())
    }

    /// A file that is no export.
    fn skipped(&mut self, _skipped: &Skipped) -> io::Result<()> {
        Ok(())
    }

    /// What the run counted; last and once. Flushes the writer.
    fn end(&mut self, summary: &Summary) -> io::Result<()>;
}

/// Appends what a report takes of one assessment to bytes, in whatever form it writes or keeps it; on any thread.
pub type Renderer = Box<dyn Fn(&Assessment, &mut Vec<u8>) + Send + Sync>;

/// How a report looks, where that is the reader's choice. Of `jsonl`, the order alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Columns of a line; less than 40 is taken as 40.
    pub width: usize,
    /// People below this verdict are only counted.
    pub min_verdict: Verdict,
    /// With whom a STIX bundle may be shared.
    pub tlp: Tlp,
    /// On the terminal: a table with a line for each person instead of what was found.
    pub summary: bool,
    /// In which order people stand.
    pub order: Order,
    /// Whether the page's table of people has their points.
    pub points: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            min_verdict: Verdict::Review,
            tlp: Tlp::default(),
            summary: false,
            order: Order::default(),
            points: false,
        }
    }
}
