//! The page for reviewers: one file that loads nothing, readable without its script, printable.
//!
//! The overview stands first and is known last, so rows and people wait aside until the run has ended.

mod beside;
mod frame;
mod graph;
mod marks;
mod notes;
mod person;
mod place;
mod row;
mod sum;
mod timeline;

use self::notes::Notes;
use self::place::place_of;
use super::contract::{Report, Style};
use super::framed;
use super::told;
use crate::dossier::{Date, Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Thresholds, Verdict};
use maud::html;
use std::io::{self, BufWriter, Write};
use tempfile::SpooledTempFile;

/// Writes a page.
pub(super) struct Html<W> {
    to: W,
    style: Style,
    run: Option<Run>,
    rows: BufWriter<SpooledTempFile>,
    people: BufWriter<SpooledTempFile>,
    notes: Notes,
}

impl<W: Write> Html<W> {
    pub(super) fn new(to: W, style: Style) -> Self {
        Self { to, style, run: None, rows: framed::aside(), people: framed::aside(), notes: Notes::default() }
    }
}

/// Appends one person: the place in eight bytes, the row as a part, the rest.
pub(super) fn block(assessment: &Assessment, style: &Style, thresholds: &Thresholds, now: Date, bytes: &mut Vec<u8>) {
    let has_article = assessment.verdict >= Verdict::Review
        || !assessment.screened.findings.is_empty()
        || !assessment.screened.suppressed.is_empty();
    let strongest = person::strongest(assessment);
    let row = row::row(assessment, style, &strongest, has_article).into_string();
    bytes.extend_from_slice(&place_of(&assessment.screened.dossier).to_le_bytes());
    framed::append(bytes, |bytes| bytes.extend_from_slice(row.as_bytes()));
    if has_article {
        bytes.extend_from_slice(person::article(assessment, &strongest, thresholds, now).into_string().as_bytes());
    }
}

impl<W: Write + Send> Report for Html<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.run = Some(run.clone());
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let Some(run) = &self.run else { return Ok(()) };
        let mut bytes = Vec::new();
        block(assessment, &self.style, &run.thresholds, run.now, &mut bytes);
        self.rendered(assessment.screened.role, &bytes)
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        self.notes.roles.insert(role);
        let (place, rest) = framed::as_made(bytes.split_first_chunk::<8>())?;
        self.notes.shown.insert(u64::from_le_bytes(*place));
        let (row, person) = framed::split(rest)?;
        self.rows.write_all(row)?;
        self.people.write_all(person)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.notes.clusters.push(cluster.clone());
        Ok(())
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.notes.hubs.push(hub.clone());
        Ok(())
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.notes.rejected.add(&rejected.source, &rejected.reason);
        Ok(())
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.notes.unmatched.add(source, dossier);
        Ok(())
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.notes.gone.add(None, &told::gone(dossier, verdict));
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.notes.skipped.add(&skipped.source, &skipped.reason);
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        let Some(run) = &self.run else { return Ok(()) };
        self.to.write_all(frame::before_rows(run, summary, &self.style).into_string().as_bytes())?;
        copy(&mut self.rows, &mut self.to)?;
        self.to.write_all(frame::after_rows().into_string().as_bytes())?;
        if copy(&mut self.people, &mut self.to)? == 0 {
            self.to.write_all(
                html! { p { "Nothing was found that could be told of anybody." } }.into_string().as_bytes(),
            )?;
        }
        self.to.write_all(frame::after_people(&self.notes, summary).into_string().as_bytes())?;
        self.to.flush()
    }
}

fn copy(from: &mut BufWriter<SpooledTempFile>, to: &mut impl Write) -> io::Result<u64> {
    io::copy(framed::from_start(from)?, to)
}
