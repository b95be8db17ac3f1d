//! Who is in an export: one line a person, without any judgement.

use crate::dossier::{Date, Dossier, Role};
use std::collections::BTreeSet;

/// One person of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The dossier.
    pub id: String,
    /// The first name that is shown.
    pub name: Option<String>,
    /// The first profile.
    pub url: Option<String>,
    /// In what capacity.
    pub role: Role,
    /// When the first message was sent.
    pub first: Option<Date>,
    /// When the last message was sent.
    pub last: Option<Date>,
    /// Messages, both ways.
    pub messages: usize,
    /// Conversations.
    pub threads: usize,
}

/// What the list of an export's people says of one.
pub fn roster(dossier: &Dossier) -> RosterLine {
    let dates = || dossier.messages.iter().filter_map(|message| message.at);
    let threads: BTreeSet<&str> =
        dossier.messages.iter().map(|message| message.thread.as_deref().unwrap_or_default()).collect();
    RosterLine {
        id: dossier.id.clone(),
        name: dossier.subject.names.first().map(|name| name.value.clone()),
        url: dossier.accounts.iter().find_map(|account| account.url.clone()),
        role: dossier.role,
        first: dates().min_by_key(|date| date.interval()),
        last: dates().max_by_key(|date| date.interval()),
        messages: dossier.messages.len(),
        threads: threads.len(),
    }
}
