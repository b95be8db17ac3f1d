//! Something that only looks at people as they pass: a report that writes nothing.

use super::output;
use crate::dossier::{Rejected, Role, Skipped};
use crate::ingest::{self, Input, ReadOptions};
use crate::report::Report;
use crate::screen::{self, Detection, Options, Outlet, Stages};
use crate::screening::{Assessment, Run, Summary};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Calls a function for each person, and says on standard error what could not be read.
pub(super) struct Observer<F> {
    each: F,
    rejected: bool,
}

impl<F> Observer<F> {
    /// Calls this for each person.
    pub(super) fn new(each: F) -> Self {
        Self { each, rejected: false }
    }

    /// Whether anything could not be read.
    pub(super) fn rejected(&self) -> bool {
        self.rejected
    }
}

/// Screens everybody in files or folders, and calls a function for each.
///
/// # Errors
/// If something that was named cannot be read or recognised, or changes meanwhile.
pub(super) fn observe(
    inputs: &[PathBuf],
    detection: &Detection,
    options: &Options,
    stop: &AtomicBool,
    each: impl FnMut(&Assessment) + Send,
) -> anyhow::Result<Summary> {
    let inputs: Vec<Input> = inputs.iter().cloned().map(Input::Path).collect();
    let reading = ReadOptions { again: options.link.is_some(), ..ReadOptions::default() };
    let mut reader = ingest::open(&inputs, &reading)?;
    let mut observer = Observer::new(each);
    Ok(screen::run(&mut reader, &Stages::new(detection), options, observer.outlet(), stop)?)
}

impl<F: FnMut(&Assessment) + Send> Observer<F> {
    /// Where assessments go that are only looked at.
    pub(super) fn outlet(&mut self) -> Outlet<'_> {
        Outlet { report: self, renderer: None, aside: Box::new(io::Cursor::new(Vec::new())), past: None, joining: None }
    }
}

impl<F: FnMut(&Assessment) + Send> Report for Observer<F> {
    fn begin(&mut self, _run: &Run) -> io::Result<()> {
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        (self.each)(assessment);
        Ok(())
    }

    fn rendered(&mut self, _role: Role, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.rejected = true;
        output::note(&output::safe(&format!("rejected {}: {}", rejected.source, rejected.reason)));
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        output::note(&output::safe(&format!("skipped {}: {}", skipped.source, skipped.reason)));
        Ok(())
    }

    fn end(&mut self, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}
