//! CSV for a spreadsheet: one row a person, then one for each record that could not be read.
//!
//! RFC 4180 in UTF-8, with the mark by which Excel tells that it is UTF-8. What the cells say stands in `people`.

use super::aside::Notes;
use super::cell::Cell;
use super::contract::Report;
use super::people;
use super::told;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Run, Summary, Thresholds, Verdict};
use std::io::{self, Write};

/// What tells Excel that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Between several texts of a cell.
const BETWEEN: &str = " | ";

/// Writes one row a person.
pub(super) struct Csv<W> {
    to: W,
    /// Of the run.
    thresholds: Option<Thresholds>,
    rejected: Notes,
    skipped: Notes,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, thresholds: None, rejected: Notes::default(), skipped: Notes::default() }
    }

    fn note(&mut self, result: &str, source: Option<&Locator>, reason: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        append(&people::note(result, source, reason), &mut bytes);
        self.to.write_all(&bytes)
    }

    fn notes(&mut self, result: &str, notes: &Notes) -> io::Result<()> {
        for note in notes.kept() {
            self.note(result, note.source.as_ref(), &note.reason)?;
        }
        notes.further().map_or(Ok(()), |further| self.note(result, None, &further))
    }
}

// Who shares something bears the cluster's id in a cell, and who has no other record a row; ties have none.
impl<W: Write + Send> Report for Csv<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.thresholds = Some(run.thresholds);
        let titles: Vec<Cell> = people::columns().into_iter().map(Cell::Text).collect();
        let mut bytes = BYTE_ORDER_MARK.to_vec();
        append(&titles, &mut bytes);
        self.to.write_all(&bytes)
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let Some(thresholds) = &self.thresholds else { return Ok(()) };
        let mut bytes = Vec::new();
        line(assessment, thresholds, &mut bytes);
        self.to.write_all(&bytes)
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.rejected.add(&rejected.source, &rejected.reason);
        Ok(())
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.note("In the earlier report, and not here", None, &told::gone(dossier, verdict))
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.skipped.add(&skipped.source, &skipped.reason);
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        let (rejected, skipped) = (std::mem::take(&mut self.rejected), std::mem::take(&mut self.skipped));
        self.notes("Could not be read", &rejected)?;
        self.notes("Skipped", &skipped)?;
        if summary.hidden > 0 {
            let hidden = format!("{} below the verdict that was asked for", summary.hidden);
            self.note("Not shown", None, &hidden)?;
        }
        if summary.unchanged > 0 {
            self.note("Not shown", None, &format!("{} as in the earlier report", summary.unchanged))?;
        }
        if summary.partial {
            self.note("Interrupted", None, "What was not read by then is missing.")?;
        }
        self.to.flush()
    }
}

/// Appends the row of one person, line end included; for threads that write into memory of their own.
pub(super) fn line(assessment: &Assessment, thresholds: &Thresholds, bytes: &mut Vec<u8>) {
    append(&people::row(assessment, thresholds), bytes);
}

fn append(row: &[Cell], bytes: &mut Vec<u8>) {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(bytes);
    // Memory takes everything, and every row is written by a writer of its own, so none has too few cells.
    let written = writer.write_record(row.iter().map(|cell| cell.joined(BETWEEN)));
    debug_assert!(written.is_ok(), "{written:?}");
}
