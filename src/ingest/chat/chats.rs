//! All people and conversations of an input, and in memory of each message what tells whose it is.

use crate::dossier::{Contact, ContactKind, Dossier, Locator, Message, Name, NameKind};
use crate::ingest::adapter::Adapter;
use crate::ingest::gathered::{Gathered, Place};
use crate::ingest::json::{self, stream::Path};
use crate::ingest::parse::clipped;
use crate::ingest::profiles;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

/// Bytes of the name of a kind of message.
const MAX_KIND: usize = 40;
/// Kinds of messages that are counted by their names.
const MAX_KINDS: usize = 32;
/// Names that are kept of one person.
const MAX_NAMES: usize = 20;

/// Somebody who takes part.
pub(crate) struct Person {
    /// What the messenger knows them by.
    pub(super) key: String,
    /// What the export says of them.
    pub(crate) dossier: Dossier,
    /// The file that says so, where it is not one of those that messages stand in.
    pub(crate) source: Option<u32>,
}

impl Person {
    /// Keeps a name that is shown of them; `source` names the file.
    pub(crate) fn name(&mut self, value: &str, kind: NameKind, source: &str) {
        let names = &mut self.dossier.subject.names;
        if !value.is_empty() && names.len() < MAX_NAMES && !names.iter().any(|known| known.value == value) {
            names.push(Name { value: value.to_owned(), kind, source: Some(source.to_owned()), ..Name::default() });
        }
    }

    /// Keeps a way to reach them; `source` names the file.
    pub(crate) fn contact(&mut self, kind: ContactKind, value: String, source: &str) {
        let contacts = &mut self.dossier.contacts;
        if !contacts.iter().any(|known| known.kind == kind && known.value == value) {
            contacts.push(Contact { source: Some(source.to_owned()), ..profiles::contact(kind, value) });
        }
    }

    /// Counts fields that have no place in the record.
    pub(crate) fn dropped(&mut self, dropped: BTreeMap<String, u64>) {
        for (field, count) in dropped {
            *self.dossier.dropped.entry(field).or_default() += count;
        }
    }
}

/// A conversation.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    /// What it is called, and what tells it from others.
    pub(crate) label: String,
    /// The other side, where the export says that it is a conversation of two, and who the other is.
    pub(crate) other: Option<u32>,
    /// Whether people are in it who never met its owner, such as a channel that everybody may read.
    pub(crate) is_open: bool,
    /// Who is in it or wrote in it.
    pub(crate) members: BTreeSet<u32>,
    /// Where its messages stand in a file of JSON.
    pub(crate) pointer: Option<String>,
}

/// What is remembered of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) place: Place,
    pub(super) person: u32,
    pub(super) conversation: u32,
    pub(super) source: u32,
    /// Its line, or its number in the conversation.
    spot: u32,
    /// When it was sent, for ordering.
    pub(super) at: i64,
}

/// All conversations of an input.
pub(crate) struct Chats {
    pub(super) adapter: &'static Adapter,
    /// What stands in which file, and what could not be read.
    pub(crate) gathered: Gathered,
    pub(super) people: Vec<Person>,
    by_key: HashMap<String, u32>,
    pub(super) conversations: Vec<Conversation>,
    pub(super) messages: Vec<Kept>,
    /// The owner, where the export says who it is.
    pub(crate) owner: Option<u32>,
    /// Kinds of messages that nobody wrote, of those that were met.
    kinds: BTreeSet<String>,
    /// Pointers of fields that nobody knows.
    pub(super) unknown: BTreeSet<String>,
}

impl Chats {
    /// # Errors
    /// If there is no room for a temporary file.
    pub(super) fn new(adapter: &'static Adapter) -> io::Result<Self> {
        Ok(Self {
            adapter,
            gathered: Gathered::new()?,
            people: Vec::new(),
            by_key: HashMap::new(),
            conversations: Vec::new(),
            messages: Vec::new(),
            owner: None,
            kinds: BTreeSet::new(),
            unknown: BTreeSet::new(),
        })
    }

    /// The person whom the messenger knows by a key.
    pub(crate) fn person(&mut self, key: &str) -> u32 {
        if let Some(known) = self.by_key.get(key) {
            return *known;
        }
        let number = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.people.push(Person { key: key.to_owned(), dossier: Dossier::default(), source: None });
        self.by_key.insert(key.to_owned(), number);
        number
    }

    /// What is known of a person.
    pub(crate) fn known(&mut self, person: u32) -> Option<&mut Person> {
        self.people.get_mut(person as usize)
    }

    /// The name by which somebody is shown.
    pub(crate) fn shown_name(&self, key: &str) -> Option<String> {
        let person = self.people.get(*self.by_key.get(key)? as usize)?;
        person.dossier.subject.shown_name().map(str::to_owned)
    }

    /// Begins a conversation.
    pub(crate) fn converse(&mut self, conversation: Conversation) -> u32 {
        self.conversations.push(conversation);
        u32::try_from(self.conversations.len() - 1).unwrap_or(u32::MAX)
    }

    /// A conversation, of which more has become known.
    pub(crate) fn conversation(&mut self, number: u32) -> Option<&mut Conversation> {
        self.conversations.get_mut(number as usize)
    }

    /// Takes in a message; `spot` is its line, or its number in the conversation.
    ///
    /// # Errors
    /// If there is no room in the temporary file.
    pub(crate) fn say(&mut self, conversation: u32, person: u32, spot: u64, message: &Message) -> io::Result<()> {
        let kept = Kept {
            place: self.gathered.put(message)?,
            person,
            conversation,
            source: self.gathered.current(),
            spot: u32::try_from(spot).unwrap_or(u32::MAX),
            at: message.at.map_or(i64::MAX, |at| at.interval().middle()),
        };
        self.messages.push(kept);
        if let Some(conversation) = self.conversation(conversation) {
            conversation.members.insert(person);
        }
        Ok(())
    }

    /// What the file that was begun last is called.
    pub(crate) fn source(&self) -> String {
        self.gathered.name(self.gathered.current())
    }

    /// Where a value of JSON stands in the file that was begun last.
    pub(crate) fn place(&self, at: &Path) -> Locator {
        Locator { pointer: Some(at.pointer().into()), ..self.gathered.here(None) }
    }

    /// Rejects what is no object where one is expected.
    pub(crate) fn unexpected(&mut self, at: &Path, value: &Value) {
        let reason = format!("expected an object or a list of them, found {}", json::kind(value));
        self.gathered.reject_at(self.place(at), reason);
    }

    /// Counts a message by which the messenger says what happened.
    pub(crate) fn service(&mut self, at: &Path, kind: &str) {
        let kind = clipped(kind, MAX_KIND);
        let is_named = self.kinds.contains(kind) || self.kinds.len() < MAX_KINDS;
        let kind = if is_named { kind } else { "…" };
        self.kinds.insert(kind.to_owned());
        self.gathered.note_at(self.place(at), format!("service messages, which nobody wrote (`{kind}`)"));
    }

    /// Reports fields that nobody knows.
    pub(crate) fn unknown(&mut self, pointers: Vec<String>) {
        if self.unknown.len() < 64 {
            self.unknown.extend(pointers);
        }
    }

    /// Where a message stands.
    pub(super) fn locate(&self, kept: &Kept) -> Locator {
        let spot = u64::from(kept.spot);
        let conversation = self.conversations.get(kept.conversation as usize);
        match conversation.and_then(|conversation| conversation.pointer.as_ref()) {
            Some(pointer) => {
                Locator { pointer: Some(format!("{pointer}/{spot}").into()), ..self.gathered.locate(kept.source, None) }
            }
            None => self.gathered.locate(kept.source, Some(spot)),
        }
    }
}
