//! A report that has the most urgent people first.
//!
//! Nobody is the most urgent before everybody is known, so people wait aside, as the bytes that the format makes of them.

use super::contract::{Renderer, Report};
use super::framed;
use super::urgency::Urgency;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// A report that gets the most urgent first.
pub(super) fn by_urgency<'r>(report: Box<dyn Report + 'r>) -> Box<dyn Report + 'r> {
    Box::new(ByUrgency::new(report))
}

/// Puts how urgent somebody is before the bytes that are made of them, for a report by urgency.
pub(super) fn with_urgency(renderer: Renderer) -> Renderer {
    Box::new(move |assessment, bytes| {
        Urgency::of(assessment).write(bytes);
        renderer(assessment, bytes);
    })
}

/// Somebody who waits.
struct Waiting {
    urgency: Urgency,
    held: Held,
}

/// What is held of them.
enum Held {
    /// So many bytes from there on.
    Bytes { role: Role, at: u64, length: u64 },
    /// An assessment that nobody made bytes of.
    Assessment(Box<Assessment>),
}

/// Holds people back until all are known.
struct ByUrgency<'r> {
    inner: Box<dyn Report + 'r>,
    aside: BufWriter<SpooledTempFile>,
    written: u64,
    waiting: Vec<Waiting>,
}

impl<'r> ByUrgency<'r> {
    fn new(inner: Box<dyn Report + 'r>) -> Self {
        Self { inner, aside: framed::aside(), written: 0, waiting: Vec::new() }
    }

    /// Tells of everybody who waits.
    fn release(&mut self) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        // Stable: among equals, whoever was read first.
        waiting.sort_by(|one, other| one.urgency.first(&other.urgency));
        let file = framed::from_start(&mut self.aside)?;
        let mut bytes = Vec::new();
        for Waiting { held, .. } in waiting {
            match held {
                Held::Bytes { role, at, length } => {
                    bytes.clear();
                    file.seek(SeekFrom::Start(at))?;
                    Read::by_ref(file).take(length).read_to_end(&mut bytes)?;
                    self.inner.rendered(role, &bytes)?;
                }
                Held::Assessment(assessment) => self.inner.assessment(&assessment)?,
            }
        }
        Ok(())
    }
}

impl Report for ByUrgency<'_> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.inner.begin(run)
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let held = Held::Assessment(Box::new(assessment.clone()));
        self.waiting.push(Waiting { urgency: Urgency::of(assessment), held });
        Ok(())
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        let (urgency, rest) = framed::as_made(Urgency::read(bytes))?;
        self.aside.write_all(rest)?;
        let length = rest.len() as u64;
        self.waiting.push(Waiting { urgency, held: Held::Bytes { role, at: self.written, length } });
        self.written += length;
        Ok(())
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.release()?;
        self.inner.cluster(cluster)
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.release()?;
        self.inner.hub(hub)
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.inner.rejected(rejected)
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.inner.unmatched(dossier, source)
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.release()?;
        self.inner.gone(dossier, verdict)
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.inner.skipped(skipped)
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.release()?;
        self.inner.end(summary)
    }
}
