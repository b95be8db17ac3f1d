//! Two reports of one run: the one that is read, which may leave people out, and the record, which has all there is.

use super::contract::{Renderer, Report};
use super::framed;
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

    /// Makes the bytes of both: whether the person is shown, what is shown as a part, and the record.
    pub fn renderer(shown: Renderer, record: Renderer, min_verdict: Verdict) -> Renderer {
        Box::new(move |assessment, bytes| {
            let is_shown = assessment.interest() >= min_verdict;
            bytes.push(is_shown.into());
            if is_shown {
                framed::append(bytes, |bytes| shown(assessment, bytes));
            }
            record(assessment, bytes);
        })
    }

    /// Tells both the same.
    fn both(&mut self, tell: impl Fn(&mut (dyn Report + 'r)) -> io::Result<()>) -> io::Result<()> {
        tell(self.shown.as_mut())?;
        tell(self.record.as_mut())
    }
}

impl Report for Recorded<'_> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.both(|report| report.begin(run))
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
        let (is_shown, mut record) = framed::as_made(bytes.split_first())?;
        if *is_shown == u8::from(true) {
            let (shown, rest) = framed::split(record)?;
            self.shown.rendered(role, shown)?;
            record = rest;
        } else {
            self.hidden += 1;
        }
        self.record.rendered(role, record)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.both(|report| report.cluster(cluster))
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        self.both(|report| report.hub(hub))
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.both(|report| report.rejected(rejected))
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.both(|report| report.unmatched(dossier, source))
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.both(|report| report.gone(dossier, verdict))
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.both(|report| report.skipped(skipped))
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.shown.end(&Summary { hidden: summary.hidden + self.hidden, ..summary.clone() })?;
        self.record.end(summary)
    }
}
