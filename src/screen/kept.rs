//! Assessments that wait until every record was read: whoever turns out to share something with others is assessed
//! once more. Their bytes lie aside, so that what is kept in memory of a record is a few bytes.

use super::halt::Halt;
use crate::dossier::Role;
use crate::report::Report;
use crate::screening::{Assessment, Summary, Verdict};
use std::collections::BTreeMap;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// Something that is written first and read later: a private file, or memory.
pub trait Spool: Read + Write + Seek + Send {}

impl<S: Read + Write + Seek + Send> Spool for S {}

/// An assessment, or the bytes that a thread already made of it.
pub(super) enum Shown {
    Assessment(Box<Assessment>),
    Bytes(Vec<u8>),
}

/// Assessments in the order of the input, while records are still being read.
pub(super) struct Kept {
    aside: BufWriter<Box<dyn Spool>>,
    /// By number of the record; rejected ones have none.
    entries: Vec<Option<Entry>>,
    /// Those that were not made bytes of.
    whole: BTreeMap<usize, Box<Assessment>>,
}

/// What is kept of an assessment.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// `None` if an earlier report has the same.
    verdict: Option<Verdict>,
    role: Role,
    /// Bytes that lie aside; `None` if it is only counted.
    bytes: Option<u32>,
}

impl Kept {
    pub(super) fn new(aside: Box<dyn Spool>) -> Self {
        Self { aside: BufWriter::with_capacity(1 << 16, aside), entries: Vec::new(), whole: BTreeMap::new() }
    }

    /// Keeps the assessment of a record; records come in the order of their numbers.
    pub(super) fn keep(
        &mut self,
        number: u32,
        verdict: Option<Verdict>,
        role: Role,
        shown: Option<Shown>,
    ) -> Result<(), Halt> {
        let number = number as usize;
        self.entries.resize(number, None);
        let bytes = match shown {
            None => None,
            Some(Shown::Bytes(bytes)) => {
                self.aside.write_all(&bytes).map_err(Halt::Aside)?;
                let length = u32::try_from(bytes.len());
                Some(length.map_err(|_| Halt::Aside(io::Error::other("an assessment has more than 4 GiB")))?)
            }
            Some(Shown::Assessment(assessment)) => {
                self.whole.insert(number, assessment);
                Some(0)
            }
        };
        self.entries.push(Some(Entry { verdict, role, bytes }));
        Ok(())
    }

    /// Everything was read: from here on it is reported.
    pub(super) fn replay(self) -> Result<Replay, Halt> {
        let mut aside = self.aside.into_inner().map_err(|error| Halt::Aside(error.into_error()))?;
        aside.rewind().map_err(Halt::Aside)?;
        let aside = BufReader::with_capacity(1 << 16, aside);
        Ok(Replay { aside, entries: self.entries, whole: self.whole, next: 0, bytes: Vec::new() })
    }
}

/// Kept assessments on their way to the report, in the order of the input.
pub(super) struct Replay {
    aside: BufReader<Box<dyn Spool>>,
    entries: Vec<Option<Entry>>,
    whole: BTreeMap<usize, Box<Assessment>>,
    next: usize,
    bytes: Vec<u8>,
}

impl Replay {
    /// Reports all that were kept of records before this number, and leaves out that of the number itself.
    pub(super) fn up_to(&mut self, number: u32, report: &mut dyn Report, summary: &mut Summary) -> Result<(), Halt> {
        while self.next < number as usize {
            self.one(Some(report), summary)?;
        }
        self.one(None, summary)
    }

    /// Reports all that are left.
    pub(super) fn rest(&mut self, report: &mut dyn Report, summary: &mut Summary) -> Result<(), Halt> {
        while self.next < self.entries.len() {
            self.one(Some(report), summary)?;
        }
        Ok(())
    }

    /// The next one; without a report it is passed over and not counted.
    fn one(&mut self, report: Option<&mut dyn Report>, summary: &mut Summary) -> Result<(), Halt> {
        let number = self.next;
        self.next += 1;
        let Some(Entry { verdict, role, bytes }) = self.entries.get(number).copied().flatten() else { return Ok(()) };
        let whole = self.whole.remove(&number);
        if let Some(length) = bytes.filter(|_| whole.is_none()) {
            self.bytes.resize(length as usize, 0);
            self.aside.read_exact(&mut self.bytes).map_err(Halt::Aside)?;
        }
        let Some(report) = report else { return Ok(()) };
        let Some(verdict) = verdict else {
            summary.count_unchanged();
            return Ok(());
        };
        summary.count(verdict);
        match (whole, bytes) {
            (Some(assessment), _) => report.assessment(&assessment)?,
            (None, Some(_)) => report.rendered(role, &self.bytes)?,
            (None, None) => summary.hidden += 1,
        }
        Ok(())
    }
}
