//! The workbook while it is being written.
//!
//! A thread makes the cells of a person, as JSON; the sheets are filled in the order of the run. Rows lie in private
//! temporary files, so that memory does not grow with the number of people.

use super::sheet::Sheet;
use super::{about, findings, shared};
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::report::cell::Cell;
use crate::report::clock;
use crate::report::contract::Report;
use crate::report::people;
use crate::report::wire::parts::append;
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Thresholds, Verdict};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Widths of the columns of people that stand before those of the detectors, in characters.
const WIDTHS: [u8; 15] = [24, 22, 22, 20, 13, 44, 60, 44, 44, 30, 30, 24, 24, 40, 30];
/// How hard the workbook is compressed, of 9: harder takes most of a workbook's time, and makes it a tenth smaller.
const COMPRESSION: u8 = 3;
/// The width of each column of a detector.
const NUMBER: u8 = 14;

/// Writes a workbook, at the end.
pub(crate) struct Workbook<W> {
    to: W,
    open: Option<Open>,
    roles: BTreeSet<Role>,
}

/// A workbook that was begun.
struct Open {
    run: Run,
    book: rust_xlsxwriter::Workbook,
    people: Sheet,
    findings: Sheet,
    shared: Sheet,
    notes: Sheet,
}

/// What a thread makes of a person.
#[derive(Serialize, Deserialize)]
struct Piece {
    person: Vec<Cell>,
    findings: Vec<Vec<Cell>>,
}

impl<W: Write> Workbook<W> {
    pub(crate) fn new(to: W) -> Self {
        Self { to, open: None, roles: BTreeSet::new() }
    }

    /// Writes to the workbook, if it was begun.
    fn with(&mut self, write: impl FnOnce(&mut Open) -> Result<(), XlsxError>) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), write).map_err(failed)
    }

    fn note(&mut self, what: &str, source: &Locator, why: &str) -> io::Result<()> {
        let row = [Cell::text(what), Cell::text(&source.to_string()), Cell::text(why)];
        self.with(|open| open.notes.add(&mut open.book, &row))
    }
}

impl<W: Write + Send> Report for Workbook<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.open = Some(Open::new(run).map_err(failed)?);
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let Some(thresholds) = self.open.as_ref().map(|open| open.run.thresholds) else { return Ok(()) };
        let mut bytes = Vec::new();
        pieces(assessment, &thresholds, &mut bytes);
        self.rendered(assessment.screened.role, &bytes)
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        self.roles.insert(role);
        let Piece { person, findings } = serde_json::from_slice(bytes)?;
        self.with(|open| {
            open.people.add(&mut open.book, &person)?;
            findings.iter().try_for_each(|row| open.findings.add(&mut open.book, row))
        })
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.with(|open| shared::rows(cluster).try_for_each(|row| open.shared.add(&mut open.book, &row)))
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.with(|open| open.shared.add(&mut open.book, &shared::hub(hub)))
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.note("Could not be read", &rejected.source, &rejected.reason)
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.note("No other record is theirs", source, dossier)
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        let row = ["In the earlier report, and not here", dossier, verdict.words()].map(Cell::text);
        self.with(|open| open.notes.add(&mut open.book, &row))
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.note("Skipped", &skipped.source, &skipped.reason)
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        if let Some(open) = self.open.take() {
            open.finish(summary, &self.roles, &mut self.to)?;
        }
        self.to.flush()
    }
}

impl Open {
    fn new(run: &Run) -> Result<Self, XlsxError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let mut properties = DocProperties::new().set_title("falseface").set_comment(&*run.tool);
        // The time of the run, not of the clock; years before 1900 are none to Excel.
        let epoch = ExcelDateTime::from_timestamp(0)?;
        let made = ExcelDateTime::from_timestamp(clock::instant(run.now)).unwrap_or(epoch);
        properties = properties.set_creation_datetime(&made);
        book.set_properties(&properties);
        book.set_zip_compression_level(COMPRESSION);
        let widths = WIDTHS.into_iter().chain(std::iter::repeat(NUMBER));
        let people = people::columns().into_iter().zip(widths).collect();
        let notes: [(&str, u8); 3] = [("What", 26), ("Where", 60), ("Why", 80)];
        let notes = notes.into_iter().map(|(title, width)| (title.to_owned(), width)).collect();
        Ok(Self {
            run: run.clone(),
            people: Sheet::new(&mut book, "People", people)?,
            findings: Sheet::new(&mut book, "Findings", findings::columns())?,
            shared: Sheet::new(&mut book, "In common", shared::columns())?,
            notes: Sheet::new(&mut book, "Notes", notes)?,
            book,
        })
    }

    fn finish(self, summary: &Summary, roles: &BTreeSet<Role>, to: &mut (impl Write + Send)) -> io::Result<()> {
        let Self { run, mut book, people, findings, shared, notes } = self;
        let mut about = Sheet::new(&mut book, "About this run", about::columns()).map_err(failed)?;
        for row in about::rows(&run, summary, roles) {
            about.add(&mut book, &row).map_err(failed)?;
        }
        for sheet in [people, findings, shared, notes, about] {
            sheet.finish(&mut book).map_err(failed)?;
        }
        book.save_to_writer(to).map_err(failed)
    }
}

/// Appends what threads make of a person.
pub(crate) fn pieces(assessment: &Assessment, thresholds: &Thresholds, bytes: &mut Vec<u8>) {
    let piece = Piece { person: people::row(assessment, thresholds), findings: findings::rows(assessment) };
    append(&piece, bytes);
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(format!("could not write the workbook: {other}")),
    }
}
