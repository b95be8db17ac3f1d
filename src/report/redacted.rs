//! A report that can be shown to others: it is told nothing that came from an input.

use super::contract::Report;
use super::redact_run;
use super::redactor::Redactor;
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::screening::{Assessment, Cluster, Hub, Run, Summary, Verdict};
use std::io;

/// What is said in place of a reason, which may quote what it is about.
const REASON: &str = "the reason is not shown in a redacted report";

/// A report that is told nothing that came from an input.
pub struct Redacted<'r> {
    inner: Box<dyn Report + 'r>,
    redactor: Redactor,
}

impl std::fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redacted")
    }
}

impl<'r> Redacted<'r> {
    /// Stands before a report.
    pub fn new(inner: Box<dyn Report + 'r>, redactor: Redactor) -> Self {
        Self { inner, redactor }
    }
}

impl Report for Redacted<'_> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.inner.begin(&redact_run::run(&self.redactor, run))
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        self.inner.assessment(&self.redactor.assessment(assessment))
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        self.inner.rendered(role, bytes)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.inner.cluster(&self.redactor.cluster(cluster))
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        let value = self.redactor.token("value", &hub.value);
        self.inner.hub(&Hub { value, ..hub.clone() })
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        let source = self.redactor.locator(&rejected.source);
        self.inner.rejected(&Rejected { source, reason: REASON.to_owned() })
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.inner.unmatched(&self.redactor.record(dossier), &self.redactor.locator(source))
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.inner.gone(&self.redactor.record(dossier), verdict)
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        let source = self.redactor.locator(&skipped.source);
        self.inner.skipped(&Skipped { source, reason: REASON.to_owned() })
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.inner.end(&redact_run::summary(&self.redactor, summary))
    }
}
