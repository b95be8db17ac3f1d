//! All mails of an input: their words put aside, and in memory what tells whose each is: about a hundred bytes a mail,
//! whatever it says.

use super::letter::Letter;
use super::threads::Threads;
use crate::dossier::{Locator, Message};
use crate::ingest::gathered::{Gathered, Place};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;
use xxhash_rust::xxh3::xxh3_128;

/// What is remembered of a mail.
#[derive(Debug)]
pub(super) struct Kept {
    place: Place,
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
    /// Their words, and what could not be read.
    pub(super) gathered: Gathered,
    pub(super) letters: Vec<Kept>,
    pub(super) strings: Strings,
    pub(super) threads: Threads,
    /// Addresses to which mails were delivered, with the number of mails.
    pub(super) delivered: BTreeMap<u32, u64>,
    met: HashSet<u128>,
}

impl Mailbox {
    /// # Errors
    /// If there is no room for a temporary file.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            gathered: Gathered::new()?,
            letters: Vec::new(),
            strings: Strings::default(),
            threads: Threads::default(),
            delivered: BTreeMap::new(),
            met: HashSet::new(),
        })
    }

    /// Takes in a mail, and what is attached to it as mails of their own.
    ///
    /// The same mail met again counts once: same id, sender, subject, date and text.
    ///
    /// # Errors
    /// If there is no room in the temporary file.
    pub(super) fn admit(&mut self, letter: Letter, line: Option<u64>, is_attached: bool) -> io::Result<()> {
        for note in &letter.notes {
            self.gathered.note(line, *note);
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
            self.gathered
                .note(line, "mails that were met before (same id, sender, date, subject and text), which count once");
            return Ok(());
        }
        if let Some(to) = letter.delivered_to.filter(|to| *to != letter.from) {
            *self.delivered.entry(self.strings.number(&to)).or_default() += 1;
        }
        let place = self.gathered.put(message)?;
        let is_answer = !letter.references.is_empty();
        let inline = letter.inline.as_ref().map(|inline| {
            let address = inline.address.as_deref().map(|address| self.strings.number(address));
            (u32::try_from(inline.at).unwrap_or(u32::MAX), address)
        });
        self.letters.push(Kept {
            place,
            from: self.strings.number(&letter.from),
            name: message.sender.name.as_deref().map(|name| self.strings.number(name)),
            reply_to: letter.reply_to.as_deref().map(|reply| self.strings.number(reply)),
            to: letter.to.iter().map(|to| self.strings.number(to)).collect(),
            node: self.threads.admit(message.id.as_deref(), &letter.references),
            subject: if letter.base_subject.is_empty() { 0 } else { xxh3_64(letter.base_subject.as_bytes()) },
            is_answer,
            is_trimmed: letter.is_trimmed,
            inline,
            at: message.at.map_or(i64::MAX, |at| at.interval().middle()),
            source: self.gathered.current(),
            line: line.and_then(|line| u32::try_from(line).ok()),
            is_attached,
        });
        Ok(())
    }

    /// Where a mail stands.
    pub(super) fn locate(&self, letter: &Kept) -> Locator {
        self.gathered.locate(letter.source, letter.line.map(u64::from))
    }

    /// Bytes of a mail as it was put aside.
    pub(super) fn length_of(&self, index: usize) -> usize {
        self.letters.get(index).map_or(0, |letter| letter.place.bytes())
    }

    /// A mail, read back.
    ///
    /// # Errors
    /// If the temporary file cannot be read.
    pub(super) fn message(&mut self, index: usize) -> io::Result<Message> {
        let letter = self.letters.get(index).ok_or_else(|| io::Error::other("there is no such mail"))?;
        self.gathered.take(letter.place)
    }
}
