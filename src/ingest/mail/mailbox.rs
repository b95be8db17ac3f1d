//! All mails of an input: their words aside in a private temporary file, and in memory what tells whose each is.
//!
//! So memory grows by about a hundred bytes a mail, whatever it says; a dossier is read back when its turn comes.

use super::letter::Letter;
use super::threads::Threads;
use crate::dossier::{Date, Locator, Message, Rejected, Skipped};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;
use xxhash_rust::xxh3::xxh3_128;

/// What is remembered of a mail.
#[derive(Debug)]
pub(super) struct Kept {
    offset: u64,
    length: u32,
    /// Addresses and names by their numbers.
    pub(super) from: u32,
    pub(super) name: Option<u32>,
    pub(super) reply_to: Option<u32>,
    pub(super) to: Box<[u32]>,
    /// The mail's place among all threads.
    pub(super) node: u32,
    /// Hash of the subject that answers share; 0 for none.
    pub(super) subject: u64,
    pub(super) is_answer: bool,
    pub(super) is_trimmed: bool,
    /// Where another mail begins in the text, and whose it says that it is.
    pub(super) inline: Option<(u32, Option<u32>)>,
    /// When it was sent, for ordering.
    pub(super) at: i64,
    pub(super) source: u32,
    pub(super) line: Option<u32>,
    /// Whether it came attached to another mail.
    pub(super) is_attached: bool,
}

/// A file that mails stand in.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) locator: Locator,
    pub(super) sha256: Option<String>,
}

/// Strings by number, each once.
#[derive(Default)]
pub(super) struct Strings {
    numbers: HashMap<Arc<str>, u32>,
    strings: Vec<Arc<str>>,
}

impl Strings {
    pub(super) fn number(&mut self, string: &str) -> u32 {
        if let Some(number) = self.numbers.get(string) {
            return *number;
        }
        let number = u32::try_from(self.strings.len()).unwrap_or(u32::MAX);
        let string: Arc<str> = string.into();
        self.strings.push(Arc::clone(&string));
        self.numbers.insert(string, number);
        number
    }

    pub(super) fn find(&self, string: &str) -> Option<u32> {
        self.numbers.get(string).copied()
    }

    pub(super) fn get(&self, number: u32) -> &str {
        self.strings.get(number as usize).map_or("", AsRef::as_ref)
    }
}

/// The mails.
pub(super) struct Mailbox {
    aside: BufWriter<File>,
    written: u64,
    pub(super) letters: Vec<Kept>,
    pub(super) strings: Strings,
    pub(super) threads: Threads,
    pub(super) sources: Vec<Source>,
    /// Addresses to which mails were delivered, with the number of mails.
    pub(super) delivered: BTreeMap<u32, u64>,
    met: HashSet<u128>,
    pub(super) rejected: Vec<Rejected>,
    notes: BTreeMap<&'static str, (u64, Locator)>,
    skipped: Vec<Skipped>,
}

impl Mailbox {
    /// # Errors
    /// If there is no room for a temporary file.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            aside: BufWriter::with_capacity(1 << 18, tempfile::tempfile()?),
            written: 0,
            letters: Vec::new(),
            strings: Strings::default(),
            threads: Threads::default(),
            sources: Vec::new(),
            delivered: BTreeMap::new(),
            met: HashSet::new(),
            rejected: Vec::new(),
            notes: BTreeMap::new(),
            skipped: Vec::new(),
        })
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, locator: Locator) {
        self.sources.push(Source { locator, sha256: None });
    }

    /// Notes the digest of the file that was begun last.
    pub(super) fn digested(&mut self, sha256: Option<String>) {
        if let Some(source) = self.sources.last_mut() {
            source.sha256 = sha256;
        }
    }

    fn here(&self, line: Option<u64>) -> Locator {
        let file = self.sources.last().map(|source| source.locator.clone()).unwrap_or_default();
        Locator { line, ..file }
    }

    /// Rejects a mail of the file that was begun last.
    pub(super) fn reject(&mut self, line: Option<u64>, reason: String) {
        let source = self.here(line);
        self.rejected.push(Rejected { source, reason });
    }

    /// Counts a mail of the file that was begun last among those of which something is to be said.
    pub(super) fn note(&mut self, line: Option<u64>, what: &'static str) {
        let here = self.here(line);
        self.note_at(here, what);
    }

    /// Counts something that was met elsewhere.
    pub(super) fn note_at(&mut self, place: Locator, what: &'static str) {
        self.notes.entry(what).or_insert((0, place)).0 += 1;
    }

    /// Says something of the whole input.
    pub(super) fn skip(&mut self, source: Locator, reason: String) {
        self.skipped.push(Skipped { source, reason });
    }

    /// Takes in a mail, and what is attached to it as mails of their own.
    ///
    /// The same mail met again counts once: same id, sender, subject, date and text.
    ///
    /// # Errors
    /// If there is no room in the temporary file.
    pub(super) fn admit(&mut self, letter: Letter, line: Option<u64>, is_attached: bool) -> io::Result<()> {
        for note in &letter.notes {
            self.note(line, note);
        }
        for inner in letter.attached {
            self.admit(inner, line, true)?;
        }
        let message = &letter.message;
        // Copies differ in their lines, and in what mailboxes quote with `>`.
        let words = message.text.as_deref().unwrap_or_default().split_whitespace();
        let words: String = words.map(|word| word.trim_start_matches('>')).collect();
        let identity = (&message.id, &letter.from, message.at.map(|at| at.to_string()), &message.subject, words);
        if !self.met.insert(xxh3_128(&serde_json::to_vec(&identity)?)) {
            self.note(line, "mails that were met before (same id, sender, date, subject and text), which count once");
            return Ok(());
        }
        if let Some(to) = letter.delivered_to.filter(|to| *to != letter.from) {
            *self.delivered.entry(self.strings.number(&to)).or_default() += 1;
        }
        let json = serde_json::to_vec(message)?;
        self.aside.write_all(&json)?;
        let is_answer = !letter.references.is_empty();
        let inline = letter.inline.as_ref().map(|inline| {
            let address = inline.address.as_deref().map(|address| self.strings.number(address));
            (u32::try_from(inline.at).unwrap_or(u32::MAX), address)
        });
        self.letters.push(Kept {
            offset: self.written,
            length: u32::try_from(json.len()).unwrap_or(u32::MAX),
            from: self.strings.number(&letter.from),
            name: message.sender.name.as_deref().map(|name| self.strings.number(name)),
            reply_to: letter.reply_to.as_deref().map(|reply| self.strings.number(reply)),
            to: letter.to.iter().map(|to| self.strings.number(to)).collect(),
            node: self.threads.admit(message.id.as_deref(), &letter.references),
            subject: if letter.base_subject.is_empty() { 0 } else { xxh3_64(letter.base_subject.as_bytes()) },
            is_answer,
            is_trimmed: letter.is_trimmed,
            inline,
            at: message.at.map_or(i64::MAX, middle),
            source: u32::try_from(self.sources.len().saturating_sub(1)).unwrap_or(u32::MAX),
            line: line.and_then(|line| u32::try_from(line).ok()),
            is_attached,
        });
        self.written += json.len() as u64;
        Ok(())
    }

    /// Where a mail stands.
    pub(super) fn locate(&self, letter: &Kept) -> Locator {
        let file = self.sources.get(letter.source as usize).map(|source| source.locator.clone()).unwrap_or_default();
        Locator { line: letter.line.map(u64::from), ..file }
    }

    /// Bytes of a mail as it was put aside.
    pub(super) fn length_of(&self, index: usize) -> usize {
        self.letters.get(index).map_or(0, |letter| letter.length as usize)
    }

    /// A mail, read back.
    ///
    /// # Errors
    /// If the temporary file cannot be read.
    pub(super) fn message(&mut self, index: usize) -> io::Result<Message> {
        let letter = self.letters.get(index).ok_or_else(|| io::Error::other("there is no such mail"))?;
        self.aside.flush()?;
        let file = self.aside.get_mut();
        file.seek(SeekFrom::Start(letter.offset))?;
        let mut json = vec![0; letter.length as usize];
        file.read_exact(&mut json)?;
        Ok(serde_json::from_slice(&json)?)
    }

    /// What was left out or could not be read, counted.
    pub(super) fn leftovers(&mut self, source: &Locator) -> Vec<Skipped> {
        let mut skipped = std::mem::take(&mut self.skipped);
        for (what, (count, first)) in std::mem::take(&mut self.notes) {
            let reason = format!("{what}: {count} (the first at {first})");
            skipped.push(Skipped { source: source.clone(), reason });
        }
        skipped
    }
}

/// The middle of what a date may stand for.
fn middle(date: Date) -> i64 {
    let interval = date.interval();
    interval.earliest + (interval.latest - interval.earliest) / 2
}
