//! Whose chats they are: what the caller says, else what the export says, else the side that all conversations share.

use super::chats::Chats;
use crate::ingest::narrow::is_called;
use std::collections::BTreeSet;

/// Names of people that a refusal lists.
const MAX_LISTED: usize = 5;

/// The owner, by number; an empty set where the owner is known to have written nothing.
///
/// # Errors
/// Why nothing tells the owner from the other side, and what to do.
pub(super) fn infer(given: Option<&str>, chats: &Chats) -> Result<BTreeSet<u32>, String> {
    let called = given.map(|given| named(given, chats)).unwrap_or_default();
    if !called.is_empty() {
        return Ok(called);
    }
    if let Some(owner) = chats.owner {
        return Ok(BTreeSet::from([owner]));
    }
    across(chats).or_else(|| shared(chats)).ok_or_else(|| refusal(given, chats))
}

fn named(given: &str, chats: &Chats) -> BTreeSet<u32> {
    let is_so = |person: &u32| {
        chats.people.get(*person as usize).is_some_and(|person| {
            person.key == given
                || is_called(&person.dossier, given)
                || person.dossier.accounts.iter().any(|account| account.id.as_deref() == Some(given))
        })
    };
    (0..).take(chats.people.len()).filter(is_so).collect()
}

/// Who writes to the other side of conversations of two.
fn across(chats: &Chats) -> Option<BTreeSet<u32>> {
    let pairs = || chats.conversations.iter().filter_map(|one| Some((one.other?, &one.members)));
    let near: BTreeSet<u32> =
        pairs().flat_map(|(other, members)| members.iter().copied().filter(move |member| *member != other)).collect();
    let everywhere = pairs().count() == chats.conversations.len();
    (near.len() == 1 || near.is_empty() && everywhere && pairs().next().is_some()).then_some(near)
}

/// The only one who is in all of several conversations.
fn shared(chats: &Chats) -> Option<BTreeSet<u32>> {
    let mut closed = chats.conversations.iter().filter(|one| !one.is_open && !one.members.is_empty());
    let (first, second) = (closed.next()?, closed.next()?);
    let mut shared: BTreeSet<u32> = first.members.intersection(&second.members).copied().collect();
    for one in closed {
        shared.retain(|member| one.members.contains(member));
    }
    (shared.len() == 1).then_some(shared)
}

fn refusal(given: Option<&str>, chats: &Chats) -> String {
    let writers: BTreeSet<u32> = chats.messages.iter().map(|message| message.person).collect();
    let shown = |person: &u32| {
        let person = chats.people.get(*person as usize)?;
        Some(person.dossier.subject.shown_name().unwrap_or(&person.key).to_owned())
    };
    let names: Vec<String> = writers.iter().take(MAX_LISTED).filter_map(shown).collect();
    let more = if writers.len() > names.len() { ", …" } else { "" };
    let asked = given.map(|given| format!("; nobody is called {given:?}")).unwrap_or_default();
    format!(
        "could not tell whose chats they are, so nobody knows who wrote to whom{asked} (name the owner with --self NAME; those who wrote are {}{more}); {} messages are unread",
        names.join(", "),
        chats.messages.len()
    )
}
