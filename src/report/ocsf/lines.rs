//! Events, one a line. A thread makes them without what only the run knows; the report puts that before them.

use super::event;
use crate::dossier::Role;
use crate::report::clock;
use crate::report::contract::Report;
use crate::report::weighed::weighed;
use crate::screening::{Assessment, Run, Summary, Verdict};
use serde::Serialize;
use std::io::{self, Write};

/// The version of the schema that events are written for.
const VERSION: &str = "1.5.0";

/// Writes one event a line.
pub(crate) struct Lines<W> {
    to: W,
    /// What every event begins with: its time, and what made it.
    beginning: Vec<u8>,
}

#[derive(Serialize)]
struct Beginning<'a> {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    time: i64,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    version: &'static str,
    product: Product<'a>,
}

#[derive(Serialize)]
struct Product<'a> {
    name: &'a str,
    vendor_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

impl<W: Write> Lines<W> {
    pub(crate) fn new(to: W) -> Self {
        Self { to, beginning: b"{".to_vec() }
    }
}

// What members of a cluster share is a finding of each of them; who is gone, and what could not be read, is none.
impl<W: Write + Send> Report for Lines<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let (name, version) =
            run.tool.split_once(' ').map_or((&*run.tool, None), |(name, version)| (name, Some(version)));
        let metadata = Metadata { version: VERSION, product: Product { name, vendor_name: name, version } };
        let time = clock::instant(run.now).saturating_mul(1_000);
        self.beginning = serde_json::to_vec(&Beginning { time, metadata })?;
        // The event goes on where the beginning ends.
        self.beginning.pop();
        self.beginning.push(b',');
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let mut bytes = Vec::new();
        pieces(assessment, &mut bytes);
        self.rendered(assessment.screened.role, &bytes)
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        for event in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.to.write_all(&self.beginning)?;
            self.to.write_all(event.strip_prefix(b"{").unwrap_or(event))?;
        }
        Ok(())
    }

    fn end(&mut self, _summary: &Summary) -> io::Result<()> {
        self.to.flush()
    }
}

/// Appends what threads make of a person: an event a line, none below `review`.
pub(crate) fn pieces(assessment: &Assessment, bytes: &mut Vec<u8>) {
    if assessment.verdict >= Verdict::Review {
        for one in weighed(assessment) {
            bytes.append(&mut event::json(assessment, &one));
            bytes.push(b'\n');
        }
    }
}
