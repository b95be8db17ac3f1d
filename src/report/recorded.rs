//! Two reports of one run: the one that is read, which may leave people out, and the record, which has all there is.

use super::contract::{Renderer, Report};
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use std::io;

/// A report that is read, and the record of the same run. The run itself must leave nobody out.
pub struct Recorded<'r> {
    shown: Box<dyn Report + 'r>,
    record: Box<dyn Report + 'r>,
    min_verdict: Verdict,
    hidden: u64,
}

impl std::fmt::Debug for Recorded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorded").field("min_verdict", &self.min_verdict).finish_non_exhaustive()
    }
}

impl<'r> Recorded<'r> {
    /// Stands before both; people below the verdict are only counted in the one that is read.
    pub fn new(shown: Box<dyn Report + 'r>, record: Box<dyn Report + 'r>, min_verdict: Verdict) -> Self {
        Self { shown, record, min_verdict, hidden: 0 }
    }

    /// Makes the bytes of both: the length of what is read in eight bytes, that, and the record.
    pub fn renderer(shown: Renderer, record: Renderer, min_verdict: Verdict) -> Renderer {
        Box::new(move |assessment, bytes| {
            let start = bytes.len();
            bytes.extend_from_slice(&HIDDEN.to_le_bytes());
            if assessment.interest() >= min_verdict {
                shown(assessment, bytes);
                let length = (bytes.len() - start - LENGTH) as u64;
                bytes[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
            }
            record(assessment, bytes);
        })
    }
}

/// Bytes of a length.
const LENGTH: usize = 8;
/// Stands for the length of what is not shown.
const HIDDEN: u64 = u64::MAX;

impl Report for Recorded<'_> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.shown.begin(run)?;
        self.record.begin(run)
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        if assessment.interest() >= self.min_verdict {
            self.shown.assessment(assessment)?;
        } else {
            self.hidden += 1;
        }
        self.record.assessment(assessment)
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        let Some((length, rest)) = bytes.split_first_chunk::<LENGTH>() else { return Ok(()) };
        let length = u64::from_le_bytes(*length);
        if length == HIDDEN {
            self.hidden += 1;
            return self.record.rendered(role, rest);
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (shown, record) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        self.shown.rendered(role, shown)?;
        self.record.rendered(role, record)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.shown.cluster(cluster)?;
        self.record.cluster(cluster)
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.shown.hub(hub)?;
        self.record.hub(hub)
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.shown.rejected(rejected)?;
        self.record.rejected(rejected)
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.shown.unmatched(dossier, source)?;
        self.record.unmatched(dossier, source)
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.shown.gone(dossier, verdict)?;
        self.record.gone(dossier, verdict)
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.shown.skipped(skipped)?;
        self.record.skipped(skipped)
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.shown.end(&Summary { hidden: summary.hidden + self.hidden, ..summary.clone() })?;
        self.record.end(summary)
    }
}
