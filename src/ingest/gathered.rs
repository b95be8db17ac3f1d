//! What an input of many messages holds before it shows whose each is: the messages aside in a private temporary file,
//! the files that they stand in, and what could not be read or was left out.
//!
//! So memory does not grow with what messages say; they are read back when the turn of their dossier comes.

use super::item::Item;
use crate::dossier::{Locator, Message, Provenance, Rejected, Skipped};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// A file that messages stand in.
#[derive(Debug)]
struct Source {
    locator: Locator,
    sha256: Option<String>,
}

/// Where a message was put aside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    offset: u64,
    length: u32,
}

impl Place {
    /// Bytes of the message as it was put aside.
    pub(crate) fn bytes(self) -> usize {
        self.length as usize
    }
}

/// What was gathered.
pub(crate) struct Gathered {
    aside: BufWriter<File>,
    written: u64,
    sources: Vec<Source>,
    rejected: Vec<Rejected>,
    notes: BTreeMap<Cow<'static, str>, (u64, Locator)>,
    skipped: Vec<Skipped>,
}

impl Gathered {
    /// # Errors
    /// If there is no room for a temporary file.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            aside: BufWriter::with_capacity(1 << 18, tempfile::tempfile()?),
            written: 0,
            sources: Vec::new(),
            rejected: Vec::new(),
            notes: BTreeMap::new(),
            skipped: Vec::new(),
        })
    }

    /// Begins a file.
    pub(crate) fn begin(&mut self, locator: Locator) {
        self.sources.push(Source { locator, sha256: None });
    }

    /// Notes the digest of the file that was begun last.
    pub(crate) fn digested(&mut self, sha256: Option<String>) {
        if let Some(source) = self.sources.last_mut() {
            source.sha256 = sha256;
        }
    }

    /// The number of the file that was begun last.
    pub(crate) fn current(&self) -> u32 {
        u32::try_from(self.sources.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// A line of a file.
    pub(crate) fn locate(&self, source: u32, line: Option<u64>) -> Locator {
        let file = self.sources.get(source as usize).map(|source| source.locator.clone()).unwrap_or_default();
        Locator { line, ..file }
    }

    /// A line of the file that was begun last.
    pub(crate) fn here(&self, line: Option<u64>) -> Locator {
        self.locate(self.current(), line)
    }

    /// Rejects something of the file that was begun last.
    pub(crate) fn reject(&mut self, line: Option<u64>, reason: String) {
        let source = self.here(line);
        self.reject_at(source, reason);
    }

    /// Rejects something anywhere.
    pub(crate) fn reject_at(&mut self, source: Locator, reason: String) {
        self.rejected.push(Rejected { source, reason });
    }

    /// Counts something of the file that was begun last among those of which the same is to be said.
    pub(crate) fn note(&mut self, line: Option<u64>, what: impl Into<Cow<'static, str>>) {
        let here = self.here(line);
        self.note_at(here, what);
    }

    /// Counts something that was met elsewhere.
    pub(crate) fn note_at(&mut self, place: Locator, what: impl Into<Cow<'static, str>>) {
        self.notes.entry(what.into()).or_insert((0, place)).0 += 1;
    }

    /// Says something of the whole input.
    pub(crate) fn skip(&mut self, source: Locator, reason: String) {
        self.skipped.push(Skipped { source, reason });
    }

    /// Puts a message aside.
    ///
    /// # Errors
    /// If there is no room in the temporary file.
    pub(crate) fn put(&mut self, message: &Message) -> io::Result<Place> {
        let json = serde_json::to_vec(message)?;
        self.aside.write_all(&json)?;
        let place = Place { offset: self.written, length: u32::try_from(json.len()).unwrap_or(u32::MAX) };
        self.written += json.len() as u64;
        Ok(place)
    }

    /// A message, read back.
    ///
    /// # Errors
    /// If the temporary file cannot be read.
    pub(crate) fn take(&mut self, place: Place) -> io::Result<Message> {
        self.aside.flush()?;
        let file = self.aside.get_mut();
        file.seek(SeekFrom::Start(place.offset))?;
        let mut json = vec![0; place.bytes()];
        file.read_exact(&mut json)?;
        Ok(serde_json::from_slice(&json)?)
    }

    /// The entry of a folder or archive, or the name of a loose file.
    pub(crate) fn name(&self, source: u32) -> String {
        self.sources.get(source as usize).map(|source| source.locator.file_name().to_owned()).unwrap_or_default()
    }

    /// Where values came from that stand in a file.
    pub(crate) fn provenance(&self, source: u32, adapter: &str) -> Provenance {
        let found = self.sources.get(source as usize);
        let locator = found.map(|source| source.locator.clone()).unwrap_or_default();
        Provenance {
            name: Some(locator.file_name().to_owned()),
            adapter: Some(adapter.to_owned()),
            source: Some(locator.input_name().to_owned()),
            entry: locator.entry.as_deref().map(str::to_owned),
            sha256: found.and_then(|source| source.sha256.clone()),
            ..Provenance::default()
        }
    }

    /// What could not be read, and what was left out, counted; `whole` is the input.
    pub(crate) fn leftovers(&mut self, whole: &Locator) -> Vec<Item> {
        let rejected = std::mem::take(&mut self.rejected).into_iter().map(Item::Rejected);
        let counted = std::mem::take(&mut self.notes).into_iter().map(|(what, (count, first))| Skipped {
            source: whole.clone(),
            reason: format!("{what}: {count} (the first at {first})"),
        });
        let skipped = std::mem::take(&mut self.skipped).into_iter().chain(counted).map(Item::Skipped);
        rejected.chain(skipped).collect()
    }
}
