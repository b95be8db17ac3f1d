//! Something that only looks at people as they pass: a report that writes nothing.

use super::output;
use crate::dossier::{Rejected, Skipped};
use crate::report::Report;
use crate::screening::{Assessment, Cluster, Hub, Run, Summary};
use std::io;

/// Calls a function for each person, and says on standard error what could not be read.
pub(super) struct Observer<F>(pub(super) F);

impl<F: FnMut(&Assessment) + Send> Report for Observer<F> {
    fn begin(&mut self, _run: &Run) -> io::Result<()> {
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        (self.0)(assessment);
        Ok(())
    }

    fn rendered(&mut self, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn cluster(&mut self, _cluster: &Cluster) -> io::Result<()> {
        Ok(())
    }

    fn hub(&mut self, _hub: &Hub) -> io::Result<()> {
        Ok(())
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        output::note(&output::safe(&format!("rejected {}: {}", rejected.source, rejected.reason)));
        Ok(())
    }

    fn skipped(&mut self, _skipped: &Skipped) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}
