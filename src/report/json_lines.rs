//! JSON Lines: the machine contract `falseface.output/1`, one object a line, raw and complete.
//!
//! Fields are added, never renamed or reused. What a line looks like stands in `wire`; this writes the lines.

use super::contract::Report;
use super::wire::{AsideLine, AssessmentLine, RunLine, SummaryLine};
use super::wire_changes::GoneLine;
use super::wire_clusters::{ClusterLine, HubLine};
use super::wire_joined::UnmatchedLine;
use super::wire_parts::append;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use serde::Serialize;
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

    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        append_line(value, &mut self.line);
        self.to.write_all(&self.line)
    }
}

impl<W: Write + Send> Report for JsonLines<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.write(&RunLine::new(run))
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        self.write(&AssessmentLine::new(assessment))
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.write(&ClusterLine::new(cluster))
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.write(&HubLine::new(hub))
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.write(&AsideLine::new("rejected", &rejected.source, &rejected.reason))
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.write(&UnmatchedLine::new(dossier, source))
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.write(&GoneLine::new(dossier, verdict))
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.write(&AsideLine::new("skipped", &skipped.source, &skipped.reason))
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.write(&SummaryLine::new(summary))?;
        self.to.flush()
    }
}

/// Appends the line of one assessment, line feed included; for threads that write into memory of their own.
pub fn json_line(assessment: &Assessment, line: &mut Vec<u8>) {
    append_line(&AssessmentLine::new(assessment), line);
}

fn append_line(value: &impl Serialize, line: &mut Vec<u8>) {
    append(value, line);
    line.push(b'\n');
}
