//! The people of an archive: who is the same person in which file, and what each file says of them.

use super::archive::Archive;
use super::entries::{Kind, NAME};
use super::rows::{Party, plain_name, profile};
use crate::dossier::{
    Account, Contact, ContactKind, Coverage, Dossier, Locator, Message, Name, NameKind, Role, Section,
};
use crate::ingest::id;
use crate::ingest::item::{Item, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Names that the network shows for somebody whom it does not name.
const ANONYMOUS: &[&str] = &["linkedin member", "linkedin-mitglied", "membre de linkedin", "miembro de linkedin"];

/// Sections that an archive cannot have about anybody but its exporter.
const ABSENT: [Section; 13] = [
    Section::Education,
    Section::Skills,
    Section::Certifications,
    Section::References,
    Section::Declarations,
    Section::Payments,
    Section::Documents,
    Section::Code,
    Section::Observations,
    Section::JobPosts,
    Section::Organisations,
    Section::Domains,
    Section::Photos,
];

/// One person.
pub(super) struct Person {
    identity: String,
    pub(super) dossier: Dossier,
    source: Locator,
    kinds: BTreeSet<Kind>,
}

/// Everybody but the exporter, in the order in which they first occur.
#[derive(Default)]
pub(super) struct People {
    list: Vec<Person>,
    by_identity: BTreeMap<String, usize>,
    by_name: BTreeMap<String, BTreeSet<usize>>,
}

/// Where a person is met.
pub(super) struct Meeting<'a> {
    pub(super) kind: Kind,
    pub(super) line: u64,
    /// The conversation, or what else tells two people of one name apart.
    pub(super) thread: Option<&'a str>,
    pub(super) email: Option<&'a str>,
}

impl People {
    /// The person that a row names: by profile, else by mail, else by name and conversation.
    ///
    /// A row that has no conversation and no profile is of the only person of that name, if there is only one.
    pub(super) fn meet(&mut self, party: &Party, meeting: &Meeting<'_>, archive: &Archive) -> &mut Person {
        let identity = self.identity(party, meeting);
        let index = if let Some(index) = self.by_identity.get(&identity) {
            *index
        } else {
            let mut dossier = Dossier::new(id::of(NAME, &identity));
            dossier.role = Role::Counterparty;
            let source = archive.locate(meeting.kind, meeting.line);
            self.list.push(Person { identity: identity.clone(), dossier, source, kinds: BTreeSet::new() });
            self.by_identity.insert(identity, self.list.len() - 1);
            self.list.len() - 1
        };
        if let Some(name) = party.plain_name() {
            self.by_name.entry(name).or_default().insert(index);
        }
        let person = &mut self.list[index];
        person.kinds.insert(meeting.kind);
        person.note(party, &archive.entry_name(meeting.kind));
        person
    }

    fn identity(&self, party: &Party, meeting: &Meeting<'_>) -> String {
        if let Some(profile) = party.profile() {
            return profile;
        }
        let name = party.plain_name().unwrap_or_default();
        if meeting.thread.is_none()
            && let Some(namesakes) = self.by_name.get(&name)
            && let Some(only) = namesakes.first()
            && namesakes.len() == 1
            && let Some(person) = self.list.get(*only)
        {
            return person.identity.clone();
        }
        match meeting.email {
            Some(email) => email.to_lowercase(),
            None => format!("{name}\n{}", meeting.thread.unwrap_or_default()),
        }
    }

    /// The people as records.
    pub(super) fn finish(self, archive: &mut Archive) -> Vec<Item> {
        let mut unknown: Vec<String> = std::mem::take(&mut archive.unknown).into_iter().collect();
        let mut items = Vec::new();
        for person in self.list {
            let Person { mut dossier, source, kinds, .. } = person;
            dossier.messages.sort_by_key(|message| message.at.map_or(i64::MAX, |at| at.interval().middle()));
            join_threads(&mut dossier.messages);
            dossier.provenance = kinds.iter().map(|kind| archive.provenance(*kind)).collect();
            let present = if archive.has(Kind::Messages) { vec![Section::Messages] } else { Vec::new() };
            dossier.coverage = Coverage { present, absent: ABSENT.to_vec() };
            // What the whole archive has and nobody knows is reported once, with the first person.
            items.push(Item::Record(Record::ready(source, dossier, std::mem::take(&mut unknown))));
        }
        archive.unknown.extend(unknown);
        items
    }
}

impl Person {
    /// Keeps a name and a profile that a row gives.
    fn note(&mut self, party: &Party, source: &str) {
        if let Some(name) = &party.name
            && !self.dossier.subject.names.iter().any(|known| same_name(&known.value, name))
        {
            self.dossier.subject.names.push(Name {
                value: name.clone(),
                kind: NameKind::Display,
                source: Some(source.to_owned()),
                ..Name::default()
            });
        }
        if self.dossier.accounts.is_empty()
            && let Some(url) = &party.url
        {
            self.dossier.accounts.push(account(url));
        }
    }

    /// Keeps a mail address.
    pub(super) fn email(&mut self, email: &str, source: &str) {
        self.dossier.contacts.push(Contact {
            kind: ContactKind::Email,
            value: email.to_owned(),
            network: None,
            source: Some(source.to_owned()),
            first_seen: None,
        });
    }
}

/// An account on LinkedIn, by its profile's address; some files write the address without its scheme.
pub(super) fn account(url: &str) -> Account {
    let plain = profile(url);
    Account {
        network: Some("linkedin".to_owned()),
        handle: plain.and_then(|plain| plain.strip_prefix("linkedin.com/in/").map(str::to_owned)),
        url: Some(if url.contains("://") { url.to_owned() } else { format!("https://{url}") }),
        ..Account::default()
    }
}

/// Whether two files write the same name; some write no space between its parts.
fn same_name(first: &str, second: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    plain(first) == plain(second)
}

/// Whether the network withheld the name.
pub(super) fn is_anonymous(name: &str) -> bool {
    ANONYMOUS.contains(&plain_name(name).as_str())
}

/// An invitation's message belongs to the conversation that followed, where there was one only.
fn join_threads(messages: &mut [Message]) {
    let threads: BTreeSet<String> = messages.iter().filter_map(|message| message.thread.clone()).collect();
    let mut threads = threads.into_iter();
    let (Some(only), None) = (threads.next(), threads.next()) else { return };
    for message in messages {
        message.thread.get_or_insert_with(|| only.clone());
    }
}
