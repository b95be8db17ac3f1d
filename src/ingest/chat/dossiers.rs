//! One dossier for each person who wrote, made when its turn comes.

use super::chats::{Chats, Kept};
use super::owner;
use crate::dossier::{Coverage, Dossier, Locator, Rejected, Role, SCHEMA, Section};
use crate::ingest::adapter::Context;
use crate::ingest::id;
use crate::ingest::item::{Item, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The records of an input, and then what was left out.
pub(super) struct Dossiers {
    chats: Chats,
    /// Everybody who gets a dossier, in the order in which they first wrote.
    people: std::vec::IntoIter<u32>,
    owners: BTreeSet<u32>,
    /// Messages of each person, and of the owner in each conversation, by their numbers.
    by_person: BTreeMap<u32, Vec<u32>>,
    own: BTreeMap<u32, Vec<u32>>,
    source: Locator,
    most_bytes: usize,
    leftovers: Option<std::vec::IntoIter<Item>>,
}

impl Dossiers {
    pub(super) fn new(mut chats: Chats, context: &Context) -> Self {
        let owners = if chats.messages.is_empty() {
            BTreeSet::new()
        } else {
            owner::infer(context.owner.as_deref(), &chats).unwrap_or_else(|reason| {
                chats.gathered.reject_at(context.source.clone(), reason);
                chats.messages.clear();
                BTreeSet::new()
            })
        };
        let mut this = Self {
            people: Vec::new().into_iter(),
            by_person: BTreeMap::new(),
            own: BTreeMap::new(),
            owners,
            source: context.source.clone(),
            most_bytes: context.limits.max_record_bytes,
            leftovers: None,
            chats,
        };
        this.people = this.sort(context.include_owner).into_iter();
        this
    }

    /// Whose each message is, and who gets a dossier.
    fn sort(&mut self, include_owner: bool) -> Vec<u32> {
        let mut people = Vec::new();
        let mut answered = BTreeSet::new();
        for (at, kept) in (0..).zip(&self.chats.messages) {
            let is_own = self.owners.contains(&kept.person);
            if is_own {
                self.own.entry(kept.conversation).or_default().push(at);
            } else {
                answered.insert(kept.conversation);
            }
            if !is_own || include_owner {
                let theirs = self.by_person.entry(kept.person).or_default();
                if theirs.is_empty() {
                    people.push(kept.person);
                }
                theirs.push(at);
            }
        }
        let alone = self.own.iter().filter(|(conversation, _)| !answered.contains(conversation));
        for kept in alone.flat_map(|(_, own)| own).filter_map(|at| self.chats.messages.get(*at as usize)) {
            let place = self.chats.locate(kept);
            self.chats
                .gathered
                .note_at(place, "messages of the owner to nobody who wrote, of whom there is no dossier");
        }
        people
    }

    /// The messages of a dossier in the order in which they were sent: the person's, and the owner's beside them.
    fn messages_of(&self, person: u32) -> Vec<Kept> {
        let theirs = self.by_person.get(&person).map(Vec::as_slice).unwrap_or_default();
        let kept = |at: &u32| Some((*at, *self.chats.messages.get(*at as usize)?));
        let mut messages: Vec<(u32, Kept)> = theirs.iter().filter_map(kept).collect();
        if !self.owners.contains(&person) {
            let conversations: BTreeSet<u32> = messages.iter().map(|(_, kept)| kept.conversation).collect();
            let own = conversations.iter().filter_map(|conversation| self.own.get(conversation));
            messages.extend(own.flatten().filter_map(kept));
        }
        messages.sort_by_key(|(number, kept)| (kept.at, *number));
        messages.into_iter().map(|(_, kept)| kept).collect()
    }

    fn item(&mut self, person: u32) -> Item {
        let messages = self.messages_of(person);
        let place = messages.iter().find(|kept| kept.person == person).map(|kept| self.chats.locate(kept));
        let place = place.unwrap_or_else(|| self.source.clone());
        match self.dossier(person, &messages) {
            Ok(dossier) => {
                // What the whole export has and nobody knows is reported once, with the first person.
                let unknown = std::mem::take(&mut self.chats.unknown).into_iter().collect();
                Item::Record(Record::ready(place, dossier, unknown))
            }
            Err(error) => Item::Rejected(Rejected {
                source: place,
                reason: format!("could not read back what was put aside of this person's messages: {error}"),
            }),
        }
    }

    fn dossier(&mut self, person: u32, messages: &[Kept]) -> std::io::Result<Dossier> {
        let adapter = self.chats.adapter;
        let mut sources = BTreeSet::new();
        let (mut dossier, key) = match self.chats.known(person) {
            Some(known) => {
                sources.extend(known.source);
                (std::mem::take(&mut known.dossier), known.key.clone())
            }
            None => (Dossier::default(), String::new()),
        };
        SCHEMA.clone_into(&mut dossier.schema);
        dossier.id = id::of(adapter.name, &key);
        dossier.role = Role::Counterparty;
        let mut bytes = 0;
        for kept in messages {
            bytes += kept.place.bytes();
            if bytes > self.most_bytes && !dossier.messages.is_empty() {
                let (left, most) = (messages.len() - dossier.messages.len(), self.most_bytes);
                let reason = format!(
                    "{}: the last {left} of {} messages were left out, for together they have more than the {most} bytes that a record may have (raise --max-record-bytes if they are meant)",
                    dossier.id,
                    messages.len()
                );
                self.chats.gathered.skip(self.source.clone(), reason);
                break;
            }
            let mut message = self.chats.gathered.take(kept.place)?;
            message.from_subject = Some(kept.person == person);
            message.source = Some(self.chats.gathered.name(kept.source));
            if message.thread.is_none() {
                let conversation = self.chats.conversation(kept.conversation);
                message.thread = conversation.map(|conversation| conversation.label.clone());
            }
            sources.insert(kept.source);
            dossier.messages.push(message);
        }
        dossier.provenance =
            sources.into_iter().map(|source| self.chats.gathered.provenance(source, adapter.name)).collect();
        let absent = Section::ALL.iter().copied().filter(|section| !adapter.shows.contains(section)).collect();
        dossier.coverage = Coverage { present: vec![Section::Messages], absent };
        Ok(dossier)
    }
}

impl Iterator for Dossiers {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(person) = self.people.next() {
            return Some(self.item(person));
        }
        if self.leftovers.is_none() {
            self.leftovers = Some(self.chats.gathered.leftovers(&self.source).into_iter());
        }
        self.leftovers.as_mut()?.next()
    }
}
