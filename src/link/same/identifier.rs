//! What has one owner by its making: a mailbox, a phone number, an account, a file's digest, an id that an adapter made.

use crate::dossier::{DocumentKind, Dossier, Message, Path};
use crate::facts::mails;
use crate::link::collector::Collector;
use crate::link::key::{Key, KeyKind};
use crate::link::keys;
use crate::link::knowledge::LinkKnowledge;
use crate::link::ways::own_messages;
use std::collections::BTreeMap;
use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

/// An identifier of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// `mailbox`, `phone`, `handle`, `document`, `file` or `id`.
    pub kind: &'static str,
    /// Made comparable, as keys of records are.
    pub value: String,
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.value)
    }
}

/// How a record has an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// As its own.
    Own,
    /// The person sent it in a message, where it may be another's.
    Sent,
    /// It names a file that it does not hold, as a table of applications does.
    Named,
    /// It was given by hand, and may be another's in another file: only somebody who speaks of it means this record.
    Given,
}

/// The identifiers of a record, each once.
///
/// A record of an advert or a company that names nobody is no person's.
pub(super) fn identifiers(dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> BTreeMap<Identifier, Held> {
    let mut found = BTreeMap::new();
    let is_nobodys = !dossier.job_posts.is_empty() || !dossier.organisations.is_empty();
    if dossier.subject.names.is_empty() && dossier.accounts.is_empty() && is_nobodys {
        return found;
    }
    let own = keys(dossier, knowledge).into_iter().filter_map(of_key);
    found.extend(own.map(|identifier| (identifier, Held::Own)));
    let id = Identifier { kind: "id", value: dossier.id.clone() };
    found.insert(id, if is_made(dossier) { Held::Own } else { Held::Given });
    for document in dossier.documents.iter().filter(|document| document.kind != DocumentKind::Contract) {
        let how = if document.sha256.is_some() { Held::Own } else { Held::Named };
        found.extend(document.name.as_deref().and_then(file).map(|identifier| (identifier, how)));
    }
    for identifier in sent(dossier, knowledge) {
        found.entry(identifier).or_insert(Held::Sent);
    }
    found
}

/// The same as hashes, for a first look at many records.
pub fn hashes(dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> Vec<u64> {
    identifiers(dossier, knowledge).into_keys().map(|identifier| hash(&identifier)).collect()
}

pub(super) fn hash(identifier: &Identifier) -> u64 {
    xxh3_64(identifier.to_string().as_bytes())
}

/// A key that has one owner. A site may be a couple's, a portrait a stranger's, a session an office's.
pub(super) fn of_key(key: Key) -> Option<Identifier> {
    let kind = match key.kind {
        KeyKind::Mailbox | KeyKind::CommitEmail => KeyKind::Mailbox.as_str(),
        KeyKind::Phone | KeyKind::Handle | KeyKind::Document => key.kind.as_str(),
        _ => return None,
    };
    Some(Identifier { kind, value: key.value })
}

/// Kind of the names of files.
pub(super) const FILE: &str = "file";

/// The name of a file as it is compared: case aside, since tables are typed by hand. What has no ending is a title.
pub(super) fn file(name: &str) -> Option<Identifier> {
    let name = name.trim().rsplit(['/', '\\']).next()?.to_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    let is_file = !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
    is_file.then_some(Identifier { kind: FILE, value: name })
}

/// Whether an adapter made the id of a record, of who the person is.
fn is_made(dossier: &Dossier) -> bool {
    let adapter = dossier.provenance.first().and_then(|source| source.adapter.as_deref());
    let rest = adapter.and_then(|adapter| dossier.id.strip_prefix(adapter));
    rest.is_some_and(|rest| rest.starts_with('-'))
}

/// Mail addresses that the person sent in messages of their own.
fn sent(dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> Vec<Identifier> {
    // Most people sent none, and what keys are held against need not be made out once more.
    let may_hold_one = |message: &Message| message.text.as_deref().is_some_and(|text| text.contains('@'));
    if !dossier.messages.iter().any(may_hold_one) {
        return Vec::new();
    }
    let mut collector = Collector::new(dossier, knowledge);
    for (index, message) in own_messages(&collector) {
        let Some(text) = &message.text else { continue };
        for span in mails::find(&text.0) {
            let mail = collector.mail(&text.0[span]);
            collector.add(mail, Path::at("/messages/*/text", index));
        }
    }
    collector.finish().into_iter().filter_map(of_key).collect()
}
