//! Messages and invitations, split by counterparty.

use super::archive::Archive;
use super::entries::Kind;
use super::owner::Owner;
use super::people::{Meeting, People, is_anonymous};
use super::rows::{Invited, Party, Sent};
use crate::dossier::{Attachment, Channel, Link, Message, Sender};
use crate::ingest::html;
use std::collections::BTreeMap;

/// Everybody else in each conversation, and who stands behind a name without an address in it.
struct Threads<'a> {
    others: BTreeMap<&'a str, Vec<&'a Party>>,
    profiles: BTreeMap<(&'a str, String), &'a Party>,
}

impl<'a> Threads<'a> {
    fn of(messages: &'a [Sent], owner: &Owner) -> Self {
        let mut threads = Self { others: BTreeMap::new(), profiles: BTreeMap::new() };
        for sent in messages {
            let Some(thread) = sent.thread.as_deref() else { continue };
            for party in
                std::iter::once(&sent.from).chain(&sent.to).filter(|party| !is_nobody(party) && !owner.is(party))
            {
                let others = threads.others.entry(thread).or_default();
                if !others.contains(&party) {
                    others.push(party);
                }
                if party.url.is_some()
                    && let Some(name) = party.plain_name()
                {
                    threads.profiles.entry((thread, name)).or_insert(party);
                }
            }
        }
        threads
    }

    /// The party with its address, where another row of the conversation gives it.
    fn resolve<'b>(&self, thread: Option<&'a str>, party: &'b Party) -> &'b Party
    where
        'a: 'b,
    {
        let (None, Some(thread), Some(name)) = (&party.url, thread, party.plain_name()) else { return party };
        self.profiles.get(&(thread, name)).copied().unwrap_or(party)
    }
}

/// Gives every message to the people of its conversation: to its sender, or, where the exporter wrote it, to everybody else.
pub(super) fn messages(sent: &[Sent], owner: &Owner, people: &mut People, archive: &mut Archive) {
    let threads = Threads::of(sent, owner);
    let (mut drafts, mut notes) = (0, 0);
    for row in sent {
        if row.draft {
            drafts += 1;
            continue;
        }
        let from_owner = match row.incoming {
            Some(incoming) if row.from.url.is_none() => !incoming,
            _ => owner.is(&row.from),
        };
        let thread = row.thread.as_deref();
        let mut others: Vec<&Party> = if from_owner {
            row.to.iter().filter(|party| !is_nobody(party) && !owner.is(party)).collect()
        } else {
            vec![&row.from]
        };
        if others.is_empty() && row.to.iter().any(|party| owner.is(party)) {
            notes += 1;
            continue;
        }
        if others.iter().all(|party| is_nobody(party)) {
            others = thread.and_then(|thread| threads.others.get(thread)).cloned().unwrap_or_default();
            if !from_owner && others.len() > 1 {
                others.clear();
            }
        }
        if others.is_empty() {
            archive.reject(Kind::Messages, row.line, "the row does not say with whom (no sender or no recipient)");
            continue;
        }
        let message = message(row, !from_owner, archive);
        for party in others {
            let party = threads.resolve(thread, party);
            let anonymous = party.name.as_deref().is_some_and(is_anonymous);
            let meeting = Meeting {
                kind: Kind::Messages,
                line: row.line,
                thread: thread.or(if anonymous { row.subject.as_deref() } else { None }),
                email: None,
            };
            people.meet(party, &meeting, archive).dossier.messages.push(message.clone());
        }
    }
    archive.skip(Kind::Messages, drafts, "drafts, which were never sent");
    archive.skip(Kind::Messages, notes, "messages from the exporter to the exporter");
}

/// Gives every invitation to the person on the other side.
///
/// One without words is noted under `extra`: it shows when two people met, and is no message.
pub(super) fn invitations(invited: &[Invited], owner: &Owner, people: &mut People, archive: &mut Archive) {
    for row in invited {
        let incoming = row.incoming.unwrap_or_else(|| !owner.is(&row.from));
        let other = if incoming { &row.from } else { &row.to };
        if is_nobody(other) {
            archive.reject(Kind::Invitations, row.line, "the row does not say with whom (no name and no address)");
            continue;
        }
        let at = archive.date(Kind::Invitations, "Sent At", row.at.as_deref());
        let source = archive.entry_name(Kind::Invitations);
        let meeting = Meeting { kind: Kind::Invitations, line: row.line, thread: None, email: None };
        let person = people.meet(other, &meeting, archive);
        let Some(words) = &row.message else {
            let mut note = serde_json::Map::new();
            note.insert("incoming".to_owned(), incoming.into());
            if let Some(at) = at {
                note.insert("at".to_owned(), at.to_string().into());
            }
            let notes = person.dossier.extra.entry("linkedin_invitations").or_insert_with(|| Vec::<u8>::new().into());
            if let serde_json::Value::Array(notes) = notes {
                notes.push(note.into());
            }
            continue;
        };
        let fragment = html::read(words);
        // The network repeats an accepted invitation's words as the conversation's first message.
        let repeated = person.dossier.messages.iter().any(|message| {
            message.from_subject == Some(incoming)
                && message.text.as_ref().is_some_and(|text| text.trim() == fragment.text.trim())
        });
        if !repeated {
            person.dossier.messages.push(Message {
                at,
                from_subject: Some(incoming),
                channel: Some(Channel::Linkedin),
                sender: sender(&row.from),
                text: Some(fragment.text.into()),
                links: fragment.links,
                source: Some(source),
                ..Message::default()
            });
        }
    }
}

fn message(row: &Sent, from_subject: bool, archive: &mut Archive) -> Message {
    let fragment = row.content.as_deref().map(html::read);
    let (text, links) = fragment.map(|fragment| (fragment.text, fragment.links)).unzip();
    let mut links = links.unwrap_or_default();
    let mut attachments = Vec::new();
    for cell in &row.attachments {
        let (name, href) = attachment(cell);
        attachments.push(Attachment { name: Some(name.clone()), ..Attachment::default() });
        links.extend(href.map(|href| Link { href, text: Some(name) }));
    }
    Message {
        id: None,
        thread: row.thread.clone(),
        at: archive.date(Kind::Messages, "DATE", row.date.as_deref()),
        from_subject: Some(from_subject),
        channel: Some(Channel::Linkedin),
        sender: sender(&row.from),
        subject: row.subject.as_deref().map(|subject| html::read(subject).text.into()),
        text: text.filter(|text| !text.is_empty()).map(Into::into),
        links,
        attachments,
        mail: None,
        source: Some(archive.entry_name(Kind::Messages)),
    }
}

/// The file name of an attachment, and its address where the file gives one.
fn attachment(cell: &str) -> (String, Option<String>) {
    if !cell.contains("://") {
        return (cell.to_owned(), None);
    }
    let path = cell.split(['?', '#']).next().unwrap_or(cell).trim_end_matches('/');
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(cell);
    (name.to_owned(), Some(cell.to_owned()))
}

fn sender(party: &Party) -> Sender {
    Sender { name: party.name.clone(), url: party.url.clone(), ..Sender::default() }
}

fn is_nobody(party: &Party) -> bool {
    party.name.is_none() && party.url.is_none()
}
