//! Whose each mail is: one person for each address that wrote, and those behind a relay told apart.

use super::mailbox::{Kept, Mailbox};
use super::relays;
use std::collections::{BTreeSet, HashMap};

/// Somebody who wrote.
#[derive(Debug)]
pub(super) struct Person {
    /// What an id is made of.
    pub(super) identity: String,
    /// The mails, theirs and the owner's, in the order of the input.
    pub(super) letters: Vec<u32>,
    threads: BTreeSet<u32>,
    /// Whether their address is a relay's.
    pub(super) is_relayed: bool,
    /// Whether it is the owner of the mailbox.
    pub(super) is_owner: bool,
}

/// Everybody who wrote, in the order in which they first did.
pub(super) fn sort(mailbox: &mut Mailbox, owners: &BTreeSet<u32>, include_owner: bool) -> Vec<Person> {
    let mut people = People::default();
    let roots: Vec<u32> = (0..mailbox.letters.len()).map(|at| root_of(mailbox, at)).collect();
    for (at, (letter, root)) in mailbox.letters.iter().zip(&roots).enumerate() {
        if include_owner || !owners.contains(&letter.from) {
            let person = people.writer(mailbox, letter, *root, owners);
            people.give(person, at, *root);
        }
    }
    let mut unanswered = Vec::new();
    for (at, (letter, root)) in mailbox.letters.iter().zip(&roots).enumerate() {
        if owners.contains(&letter.from) {
            let readers = people.readers(letter, *root, owners);
            if readers.is_empty() {
                unanswered.push(mailbox.locate(letter));
            }
            for person in readers {
                people.give(person, at, *root);
            }
        }
    }
    for place in unanswered {
        mailbox.gathered.note_at(place, "mails of the owner to nobody who wrote, of whom there is no dossier");
    }
    for person in &mut people.list {
        person.letters.sort_unstable();
        person.letters.dedup();
    }
    people.list
}

fn root_of(mailbox: &mut Mailbox, at: usize) -> u32 {
    let node = mailbox.letters.get(at).map_or(0, |letter| letter.node);
    mailbox.threads.root(node)
}

#[derive(Default)]
struct People {
    list: Vec<Person>,
    by_identity: HashMap<String, usize>,
    /// Who is reached at an address: whoever wrote from it, or has answers sent to it.
    by_address: HashMap<u32, BTreeSet<usize>>,
}

impl People {
    fn give(&mut self, person: usize, letter: usize, root: u32) {
        if let Some(person) = self.list.get_mut(person) {
            person.letters.push(u32::try_from(letter).unwrap_or(u32::MAX));
            person.threads.insert(root);
        }
    }

    /// The person who wrote a mail: by address; behind a relay by the name that is shown and where answers go, and
    /// where those go to the relay, by name and conversation.
    fn writer(&mut self, mailbox: &Mailbox, letter: &Kept, root: u32, owners: &BTreeSet<u32>) -> usize {
        let is_owner = owners.contains(&letter.from);
        let address = mailbox.strings.get(letter.from);
        let is_relayed = !is_owner && relays::is_relay(address);
        let name = letter.name.map(|name| mailbox.strings.get(name)).filter(|_| is_relayed);
        let identities = match name {
            // All addresses of the owner are one person's.
            None if is_owner => {
                owners.iter().map(|owner| mailbox.strings.get(*owner).to_owned()).min().into_iter().collect()
            }
            None => vec![address.to_owned()],
            Some(name) => relayed(mailbox, letter, name, root),
        };
        let known = identities.iter().find_map(|identity| self.by_identity.get(identity).copied());
        let person = known.unwrap_or_else(|| {
            let identity = identities.first().cloned().unwrap_or_default();
            self.list.push(Person { identity, letters: Vec::new(), threads: BTreeSet::new(), is_relayed, is_owner });
            self.list.len() - 1
        });
        for identity in identities {
            self.by_identity.entry(identity).or_insert(person);
        }
        if !is_owner {
            for address in std::iter::once(letter.from).chain(letter.reply_to) {
                self.by_address.entry(address).or_default().insert(person);
            }
        }
        person
    }

    /// To whom the owner wrote, of those who wrote: where an address is that of several, those of the conversation.
    fn readers(&self, letter: &Kept, root: u32, owners: &BTreeSet<u32>) -> BTreeSet<usize> {
        let mut readers = BTreeSet::new();
        for to in letter.to.iter().filter(|to| !owners.contains(to)) {
            let Some(reached) = self.by_address.get(to) else { continue };
            let of_thread = |person: &&usize| self.list.get(**person).is_some_and(|one| one.threads.contains(&root));
            let near: BTreeSet<usize> = reached.iter().filter(of_thread).copied().collect();
            match (near.is_empty(), reached.len()) {
                (false, _) => readers.extend(near),
                (true, 1) => readers.extend(reached),
                // Of several nobody knows which.
                (true, _) => {}
            }
        }
        readers
    }
}

/// What somebody behind a relay is known by, the surest first.
fn relayed(mailbox: &Mailbox, letter: &Kept, name: &str, root: u32) -> Vec<String> {
    let service = relays::service(mailbox.strings.get(letter.from));
    let name = name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let reply = letter.reply_to.map(|reply| mailbox.strings.get(reply)).filter(|reply| !relays::is_relay(reply));
    if let Some(reply) = reply {
        return vec![format!("{service}\n{name}\n{reply}")];
    }
    let thread = format!("{service}\n{name}\nthread {:016x}", mailbox.threads.name(root));
    let subject = (letter.subject != 0).then(|| format!("{service}\n{name}\nsubject {:016x}", letter.subject));
    subject.into_iter().chain([thread]).collect()
}
