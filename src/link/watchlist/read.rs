//! From the bytes of a list to entries: its form is told by its content, every mistake is kept, what expired is counted.

use super::entry::{Entry, EntryKind, Listed};
use super::json::{self, Document};
use super::row::{LeftOut, Mistake, Row};
use super::{stix, table, value};
use crate::content::suggest;
use crate::dossier::Date;
use crate::ingest::delimited::to_utf8;
use crate::link::keyed::HashKey;
use crate::link::knowledge::LinkKnowledge;
use crate::screening::Detector;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A list, read: what others published, for comparing with dossiers.
#[derive(Debug)]
pub struct Watchlist {
    /// The list as it was named.
    pub name: String,
    /// SHA-256 over its bytes, in hex.
    pub digest: String,
    /// Entries that are compared, in the order of the list.
    pub entries: Vec<Entry>,
    /// Number of entries whose date had passed; they are not compared.
    pub expired: usize,
    /// What of a STIX bundle is not compared.
    pub left_out: Vec<LeftOut>,
    /// How many entries must match together, by their word, with those that expired.
    pub(super) together: BTreeMap<String, usize>,
    /// The key of its hashes; none unless [`Watchlist::unlock`] was given one.
    pub(super) key: Option<HashKey>,
}

impl Watchlist {
    /// Reads a list: a table (CSV, TSV), JSON Lines, or a STIX 2.1 bundle. `now` is the time of the run.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of lines.
    pub fn read(name: &str, bytes: &[u8], now: Date, knowledge: &LinkKnowledge<'_>) -> Result<Self, Vec<Mistake>> {
        let mut list = Self {
            name: name.to_owned(),
            digest: format!("{:x}", Sha256::digest(bytes)),
            entries: Vec::new(),
            expired: 0,
            left_out: Vec::new(),
            together: BTreeMap::new(),
            key: None,
        };
        let mut mistakes = Vec::new();
        let rows = rows(bytes, &mut list.left_out, &mut mistakes);
        let is_empty = rows.is_empty() && mistakes.is_empty() && list.left_out.is_empty();
        if is_empty {
            let help = "give a list that holds something, or none at all";
            mistakes.push(Mistake::new(1, "at least one entry", "none", help));
        }
        let read: Vec<(u64, Entry)> =
            rows.iter().filter_map(|row| Some((row.line, entry(row, knowledge, &mut mistakes)?))).collect();
        names_alone(&read, &mut mistakes);
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| mistake.line);
            return Err(mistakes);
        }
        for (_, entry) in read {
            if let Some(word) = &entry.together {
                *list.together.entry(word.clone()).or_default() += 1;
            }
            // A day is over when it is over everywhere.
            if entry.expires.interval().latest < now.interval().latest {
                list.expired += 1;
            } else {
                list.entries.push(entry);
            }
        }
        Ok(list)
    }

    /// Names of the keys that its values are hashed under.
    pub fn key_names(&self) -> BTreeSet<&str> {
        let hashed = self.entries.iter().filter_map(|entry| match &entry.value {
            Listed::Hashed { key, .. } => Some(key.as_str()),
            Listed::Plain(_) => None,
        });
        hashed.collect()
    }

    /// Gives a list the key of its hashes. One without hashes needs none, and takes any.
    ///
    /// # Errors
    /// If hashes are under another key, or under one that is not given.
    pub fn unlock(&mut self, key: Option<&HashKey>) -> Result<(), WrongKey> {
        let own = key.map(HashKey::name);
        let other = self.key_names().into_iter().find(|name| Some(*name) != own.as_deref()).map(str::to_owned);
        if let Some(wanted) = other {
            return Err(WrongKey { wanted, given: own.unwrap_or_else(|| "none".to_owned()) });
        }
        self.key = key.cloned();
        Ok(())
    }
}

/// A list is hashed under a key that was not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected the key named {wanted}, under which values are hashed, found {given} (give its file with --watchlist-key)"
)]
pub struct WrongKey {
    /// The name of the key that the list was hashed with.
    pub wanted: String,
    /// The name of the key that was given, or `none`.
    pub given: String,
}

/// The entries as written, whatever the form.
fn rows(bytes: &[u8], left_out: &mut Vec<LeftOut>, mistakes: &mut Vec<Mistake>) -> Vec<Row> {
    let bytes = to_utf8(bytes.to_vec());
    if !matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return table::read(&bytes, mistakes);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
            mistakes.push(Mistake::new(line, "UTF-8", "bytes that are none", "save the file as UTF-8"));
            return Vec::new();
        }
    };
    match json::document(text) {
        Ok(Document::Lines) => json::read(text, mistakes),
        Ok(Document::Bundle(objects)) => stix::read(text, &objects, left_out, mistakes),
        Err(mistake) => {
            mistakes.push(mistake);
            Vec::new()
        }
    }
}

/// An entry, if nothing is wrong with it; everything that is wrong is noted.
fn entry(row: &Row, knowledge: &LinkKnowledge<'_>, mistakes: &mut Vec<Mistake>) -> Option<Entry> {
    let before = mistakes.len();
    let mut refuse = |expected: &str, found: &str, help: &str| {
        let found = if found.is_empty() { "nothing".to_owned() } else { format!("`{found}`") };
        mistakes.push(Mistake::new(row.line, expected, found, help));
    };
    let source = row.source.trim();
    if source.is_empty() {
        refuse(
            "a source: where this was published",
            source,
            "without one nobody can check it; add it or remove the entry",
        );
    }
    let expires = row.expires.trim();
    let until = expires.parse::<Date>().ok();
    if until.is_none() {
        refuse("a date in expires (STIX: valid_until), until when this counts", expires, "write it as 2027-06-30");
    }
    let mut about: Vec<Detector> = Vec::new();
    for word in &row.about {
        if let Some(detector) = Detector::by_name(word.trim()) {
            about.push(detector);
        } else {
            let known = Detector::ALL.map(Detector::as_str);
            refuse(&format!("about {}", known.join(", ")), word, "leave it empty to mean all of them");
        }
    }
    about.sort_unstable();
    about.dedup();
    if about.is_empty() {
        about.extend(Detector::ALL);
    }
    let word = row.kind.trim();
    let kind = EntryKind::by_word(word);
    if kind.is_none() {
        let words: Vec<&str> = EntryKind::all().map(EntryKind::as_str).collect();
        let help = match suggest(word, words.iter().copied()).filter(|_| !word.is_empty()) {
            Some(near) => format!("did you mean {near}?"),
            None => "docs/watchlist.md says what each kind is".to_owned(),
        };
        refuse(&format!("a kind: {}", words.join(", ")), word, &help);
    }
    let raw = row.value.trim();
    let value = kind.and_then(|kind| match Listed::read(raw) {
        Some(Ok(hashed)) => Some((kind, hashed)),
        Some(Err(())) => {
            refuse(
                "hmac:, the name of a key (8 hex digits), `:` and 32 hex digits",
                raw,
                "make it with `watchlist hash`",
            );
            None
        }
        None => match value::comparable(kind, raw, knowledge) {
            Ok((kind, value)) => Some((kind, Listed::Plain(value))),
            Err(refusal) => {
                refuse(&format!("{} for the kind {kind}", refusal.expected), raw, refusal.help);
                None
            }
        },
    });
    if mistakes.len() > before {
        return None;
    }
    let stated = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (kind, value) = value?;
    Some(Entry {
        kind,
        value,
        source: source.to_owned(),
        expires: until?,
        entity: stated(&row.entity),
        about,
        together: stated(&row.together),
    })
}

/// Notes the names that have nothing beside them which could match: many people bear one name.
fn names_alone(read: &[(u64, Entry)], mistakes: &mut Vec<Mistake>) {
    let others: BTreeSet<&str> = read
        .iter()
        .filter(|(_, entry)| entry.kind != EntryKind::Name)
        .filter_map(|(_, entry)| entry.entity.as_deref())
        .collect();
    for (line, entry) in read.iter().filter(|(_, entry)| entry.kind == EntryKind::Name) {
        let found = match entry.entity.as_deref() {
            None => "a name without entity".to_owned(),
            Some(entity) if !others.contains(entity) => format!("only names of the entity `{entity}`"),
            Some(_) => continue,
        };
        let expected = "a name beside another identifier of the same entity";
        let help = "many people bear one name, which never matches by itself; add a mailbox, a handle or the like";
        mistakes.push(Mistake::new(*line, expected, found, help));
    }
}
