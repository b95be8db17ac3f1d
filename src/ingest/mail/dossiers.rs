//! One dossier for each person, made when its turn comes.

use super::mailbox::{Kept, Mailbox};
use super::people::Person;
use super::relays;
use crate::dossier::{
    Contact, ContactKind, Coverage, Dossier, Locator, Message, Name, NameKind, Provenance, Rejected, Role, Section,
};
use crate::ingest::id;
use crate::ingest::item::{Item, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What the format is called.
pub(super) const NAME: &str = "mail";

/// Sections that mail cannot have.
const ABSENT: [Section; 15] = [
    Section::Accounts,
    Section::Employment,
    Section::Education,
    Section::Skills,
    Section::Certifications,
    Section::Recommendations,
    Section::References,
    Section::Declarations,
    Section::Payments,
    Section::Code,
    Section::Observations,
    Section::JobPosts,
    Section::Organisations,
    Section::Domains,
    Section::Photos,
];
/// Names that are kept of one person.
const MAX_NAMES: usize = 20;

/// The records of a mailbox, and then what was left out.
pub(super) struct Dossiers {
    mailbox: Mailbox,
    people: std::vec::IntoIter<Person>,
    owners: BTreeSet<u32>,
    source: Locator,
    most_bytes: usize,
    leftovers: Option<std::vec::IntoIter<Item>>,
}

impl Dossiers {
    pub(super) fn new(
        mailbox: Mailbox,
        people: Vec<Person>,
        owners: BTreeSet<u32>,
        source: Locator,
        most_bytes: usize,
    ) -> Self {
        Self { mailbox, people: people.into_iter(), owners, source, most_bytes, leftovers: None }
    }

    fn item(&mut self, person: &Person) -> Item {
        let mut letters: Vec<usize> = person.letters.iter().map(|at| *at as usize).collect();
        letters.sort_by_key(|at| (self.mailbox.letters.get(*at).map_or(i64::MAX, |letter| letter.at), *at));
        let place = letters.first().and_then(|at| self.mailbox.letters.get(*at));
        let place = place.map_or_else(|| self.source.clone(), |letter| self.mailbox.locate(letter));
        match self.dossier(person, &letters) {
            Ok(dossier) => Item::Record(Record::ready(place, dossier, Vec::new())),
            Err(error) => Item::Rejected(Rejected {
                source: place,
                reason: format!("could not read back what was put aside of this person's mails: {error}"),
            }),
        }
    }

    fn dossier(&mut self, person: &Person, letters: &[usize]) -> std::io::Result<Dossier> {
        let mut dossier = Dossier::new(id::of(NAME, &person.identity));
        dossier.role = Role::Counterparty;
        let mut threads = Labels::default();
        let mut sources = BTreeSet::new();
        let mut bytes = 0;
        for at in letters {
            bytes += self.mailbox.length_of(*at);
            if bytes > self.most_bytes && !dossier.messages.is_empty() {
                let left = letters.len() - dossier.messages.len();
                let most = self.most_bytes;
                let reason = format!(
                    "{}: the last {left} of {} mails were left out, for together they have more than the {most} bytes that a record may have (raise --max-record-bytes if they are meant)",
                    dossier.id,
                    letters.len()
                );
                self.mailbox.gathered.skip(self.source.clone(), reason);
                break;
            }
            let mut message = self.mailbox.message(*at)?;
            let Some(letter) = self.mailbox.letters.get(*at) else { continue };
            let (node, subject, is_answer) = (letter.node, letter.subject, letter.is_answer);
            let is_theirs = person.is_owner || !self.owners.contains(&letter.from);
            message.from_subject = Some(is_theirs);
            message.source = Some(source_name(&self.mailbox, letter));
            sources.insert((letter.source, letter.is_attached));
            if is_theirs {
                let is_cut = self.cut_answered(*at, &mut message);
                if is_cut || self.mailbox.letters.get(*at).is_some_and(|letter| letter.is_trimmed) {
                    *dossier.dropped.entry("quoted_text".to_owned()).or_default() += 1;
                }
                note_person(&mut dossier, &message, person.is_relayed);
            }
            let root = self.mailbox.threads.root(node);
            let label = threads.label(root, subject, is_answer, message.id.as_deref());
            message.thread = Some(label);
            dossier.messages.push(message);
        }
        dossier.provenance =
            sources.into_iter().map(|(source, is_attached)| provenance(&self.mailbox, source, is_attached)).collect();
        dossier.coverage = Coverage { present: vec![Section::Contacts, Section::Messages], absent: ABSENT.to_vec() };
        Ok(dossier)
    }

    /// Cuts an answer where what the owner wrote begins, and counts mails that others wrote and this one passes on.
    fn cut_answered(&mut self, at: usize, message: &mut Message) -> bool {
        let Some(letter) = self.mailbox.letters.get(at) else { return false };
        let Some((begin, address)) = letter.inline else { return false };
        if address.is_none_or(|address| !self.owners.contains(&address)) {
            let place = self.mailbox.locate(letter);
            self.mailbox.gathered.note_at(
                place,
                "mails that pass another on within their text, where it has lost its header: its words stand as those of whoever passed it on (have it forwarded as an attachment)",
            );
            return false;
        }
        let Some(text) = &mut message.text else { return false };
        let kept = text.0.get(..begin as usize).map(str::trim_end).unwrap_or_default().len();
        if kept == 0 {
            return false;
        }
        text.0.truncate(kept);
        true
    }

    fn leftovers(&mut self) -> std::vec::IntoIter<Item> {
        self.mailbox.gathered.leftovers(&self.source).into_iter()
    }
}

impl Iterator for Dossiers {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(person) = self.people.next() {
            return Some(self.item(&person));
        }
        if self.leftovers.is_none() {
            self.leftovers = Some(self.leftovers());
        }
        self.leftovers.as_mut()?.next()
    }
}

/// The threads of one dossier, by what they are called: the id of their first mail.
#[derive(Default)]
struct Labels {
    by_root: BTreeMap<u32, String>,
    by_subject: BTreeMap<u64, String>,
}

impl Labels {
    /// By what the mails answer; a mail that answers none is of the thread of its subject.
    fn label(&mut self, root: u32, subject: u64, is_answer: bool, id: Option<&str>) -> String {
        let of_subject = self.by_subject.get(&subject).filter(|_| !is_answer && subject != 0);
        let label = match self.by_root.get(&root).or(of_subject) {
            Some(known) => known.clone(),
            None => id.map_or_else(|| format!("thread-{}", self.by_root.len() + 1), str::to_owned),
        };
        self.by_root.entry(root).or_insert_with(|| label.clone());
        self.by_subject.entry(subject).or_insert_with(|| label.clone());
        label
    }
}

/// Keeps a name and the ways to reach somebody that a mail of theirs gives.
fn note_person(dossier: &mut Dossier, message: &Message, is_relayed: bool) {
    if let Some(name) = &message.sender.name
        && dossier.subject.names.len() < MAX_NAMES
        && !dossier.subject.names.iter().any(|known| known.value == *name)
    {
        dossier.subject.names.push(Name {
            value: name.clone(),
            kind: NameKind::Display,
            source: message.source.clone(),
            ..Name::default()
        });
    }
    let from = message.sender.email.as_ref().filter(|_| !is_relayed);
    let reply = message.mail.as_ref().and_then(|mail| mail.reply_to.as_ref()).filter(|reply| !relays::is_relay(reply));
    for (address, first_seen) in [(from, message.at), (reply, None)] {
        if let Some(address) = address
            && !dossier.contacts.iter().any(|known| known.value == *address)
        {
            dossier.contacts.push(Contact {
                kind: ContactKind::Email,
                value: address.clone(),
                network: None,
                source: message.source.clone(),
                first_seen,
            });
        }
    }
}

fn source_name(mailbox: &Mailbox, letter: &Kept) -> String {
    named(&mailbox.gathered.name(letter.source), letter.is_attached)
}

fn named(file: &str, is_attached: bool) -> String {
    if is_attached { format!("{file} (attached)") } else { file.to_owned() }
}

fn provenance(mailbox: &Mailbox, source: u32, is_attached: bool) -> Provenance {
    let file = mailbox.gathered.provenance(source, NAME);
    Provenance {
        name: file.name.map(|name| named(&name, is_attached)),
        pointer: is_attached.then(|| "message/rfc822".to_owned()),
        ..file
    }
}
