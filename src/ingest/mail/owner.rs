//! Whose mailbox it is: what the caller says, else where mail was delivered, else who stands in most mails.

use super::mailbox::Mailbox;
use super::relays;
use std::collections::{BTreeMap, BTreeSet};

/// The addresses of the owner, by number; `None` if nothing tells the owner from the other side.
///
/// `given` is an address, several with commas, or a name as the mails show it.
pub(super) fn infer(given: Option<&str>, mailbox: &Mailbox) -> Option<BTreeSet<u32>> {
    let owners = match given {
        Some(given) if given.contains('@') => {
            given.split(',').filter_map(|address| mailbox.strings.find(&address.trim().to_lowercase())).collect()
        }
        Some(name) => named(name, mailbox),
        None if mailbox.delivered.is_empty() => most_frequent(mailbox),
        None => delivered(mailbox),
    };
    (!owners.is_empty()).then_some(owners)
}

fn named(name: &str, mailbox: &Mailbox) -> BTreeSet<u32> {
    let plain = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let wanted = plain(name);
    let is_so = |number: &u32| plain(mailbox.strings.get(*number)) == wanted;
    mailbox.letters.iter().filter(|letter| letter.name.as_ref().is_some_and(is_so)).map(|letter| letter.from).collect()
}

/// Where most mails were delivered, and further addresses of the same mailbox.
///
/// A mail can bring such a field along: an address that wrote to the owner is none of the owner's.
fn delivered(mailbox: &Mailbox) -> BTreeSet<u32> {
    let most = mailbox.delivered.values().max().copied().unwrap_or_default();
    let mut owners: BTreeSet<u32> =
        mailbox.delivered.iter().filter(|(_, count)| **count == most).map(|(address, _)| *address).collect();
    let writers: BTreeSet<u32> = mailbox
        .letters
        .iter()
        .filter(|letter| letter.to.iter().any(|to| owners.contains(to)) || !owners.contains(&letter.from))
        .map(|letter| letter.from)
        .filter(|from| !owners.contains(from))
        .collect();
    owners.extend(mailbox.delivered.keys().filter(|address| !writers.contains(address)));
    owners
}

/// Who stands in more mails than anybody else. Where several do, none of whom wrote, each is on the owner's side.
fn most_frequent(mailbox: &Mailbox) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for letter in &mailbox.letters {
        let parties: BTreeSet<u32> = std::iter::once(letter.from).chain(letter.to.iter().copied()).collect();
        // A relay's address is nobody's mailbox.
        for party in parties.into_iter().filter(|party| !relays::is_relay(mailbox.strings.get(*party))) {
            *counts.entry(party).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or_default();
    let first: BTreeSet<u32> = counts.into_iter().filter(|(_, count)| *count == most).map(|(party, _)| party).collect();
    if first.len() == 1 {
        return first;
    }
    let wrote: BTreeSet<u32> = mailbox.letters.iter().map(|letter| letter.from).collect();
    let silent: BTreeSet<u32> = first.difference(&wrote).copied().collect();
    let wrote_among: Vec<&u32> = first.intersection(&wrote).collect();
    // One mail, or one sender only: whoever was written to is not who wrote.
    if !silent.is_empty() && (wrote_among.is_empty() || wrote.len() == 1) { silent } else { BTreeSet::new() }
}
