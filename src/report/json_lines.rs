//! JSON Lines: the machine contract `falseface.output/1`, one object a line, raw and complete.
//!
//! Fields are added, never renamed or reused. What a line looks like stands in `wire`; this writes the lines.

use super::contract::Report;
use super::wire::assessment::AssessmentLine;
use super::wire::changes::GoneLine;
use super::wire::clusters::{ClusterLine, HubLine};
use super::wire::joined::UnmatchedLine;
use super::wire::line::Line;
use super::wire::parts::{AsideLine, append};
use super::wire::run::RunLine;
use super::wire::summary::SummaryLine;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use std::io::{self, Write};

/// Writes one object a line.
pub(super) struct JsonLines<W> {
    to: W,
    line: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, line: Vec::with_capacity(4096) }
    }

    fn write(&mut self, line: &Line) -> io::Result<()> {
        self.line.clear();
        append_line(line, &mut self.line);
        self.to.write_all(&self.line)
    }
}

impl<W: Write + Send> Report for JsonLines<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.write(&Line::Run(RunLine::new(run)))
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        self.write(&Line::Assessment(AssessmentLine::new(assessment)))
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.write(&Line::Cluster(ClusterLine::new(cluster)))
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.write(&Line::Hub(HubLine::new(hub)))
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.write(&Line::Rejected(AsideLine::new(&rejected.source, &rejected.reason)))
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.write(&Line::Unmatched(UnmatchedLine::new(dossier, source)))
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.write(&Line::Gone(GoneLine::new(dossier, verdict)))
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.write(&Line::Skipped(AsideLine::new(&skipped.source, &skipped.reason)))
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.write(&Line::Summary(SummaryLine::new(summary)))?;
        self.to.flush()
    }
}

/// Appends the line of one assessment, line feed included; for threads that write into memory of their own.
pub fn json_line(assessment: &Assessment, line: &mut Vec<u8>) {
    append_line(&Line::Assessment(AssessmentLine::new(assessment)), line);
}

fn append_line(line: &Line, bytes: &mut Vec<u8>) {
    append(line, bytes);
    bytes.push(b'\n');
}
