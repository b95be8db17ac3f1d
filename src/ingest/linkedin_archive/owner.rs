//! Whose archive it is: what the caller says, else the profile's name and the address that goes with it.

use super::rows::{Invited, Party, Sent, plain_name, profile};
use std::collections::{BTreeMap, BTreeSet};

/// The exporter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Owner {
    /// As the archive writes it.
    pub(super) name: Option<String>,
    /// As it is compared.
    pub(super) profile: Option<String>,
    /// The address as written.
    pub(super) url: Option<String>,
    /// Names under which the exporter's own rows stand, as they are compared.
    names: Vec<String>,
}

impl Owner {
    /// Infers the exporter; `None` if nothing tells the exporter from the other side.
    ///
    /// What the caller gives comes first, then the profile's name, a stated direction, and who occurs most often;
    /// nobody is connected with themselves, so `connected` profiles are the other side.
    pub(super) fn infer(
        given: Option<&str>,
        profile_name: Option<&str>,
        messages: &[Sent],
        invitations: &[Invited],
        connected: &BTreeSet<String>,
    ) -> Option<Self> {
        let (given_url, given_name) = match given {
            Some(given) if given.contains('/') => (profile(given), None),
            Some(given) => (None, Some(given)),
            None => (None, None),
        };
        let name = given_name.or(profile_name);
        let parties = Parties::count(messages, invitations);
        let profile = given_url
            .or_else(|| name.and_then(|name| parties.profile_of(name)))
            .or_else(|| parties.by_direction.iter().max_by_key(|(_, count)| **count).map(|(url, _)| url.clone()))
            .or_else(|| if given_name.is_some() { None } else { parties.most_frequent(connected) });
        let owner = Self {
            name: name.map(str::to_owned).or_else(|| profile.as_ref().and_then(|p| parties.name_of(p))),
            url: profile
                .as_ref()
                .and_then(|profile| parties.urls.get(profile).cloned())
                .or_else(|| given.filter(|given| given.contains('/')).map(str::to_owned)),
            names: name.map(plain_name).into_iter().chain(parties.names_by_direction).collect(),
            profile,
        };
        (owner.profile.is_some() || !owner.names.is_empty()).then_some(owner)
    }

    /// Whether a party is the exporter. An address decides where there are two; else a name does.
    pub(super) fn is(&self, party: &Party) -> bool {
        match (self.profile.as_deref(), party.profile()) {
            (Some(own), Some(other)) => own == other,
            _ => party.plain_name().is_some_and(|name| {
                self.names.contains(&name) || self.name.as_deref().map(plain_name).is_some_and(|own| own == name)
            }),
        }
    }
}

/// How often each address and name occurs, and with what.
#[derive(Default)]
struct Parties {
    /// Rows in which an address occurs.
    rows: BTreeMap<String, u64>,
    /// Address and name that stood together.
    pairs: BTreeMap<(String, String), u64>,
    urls: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    /// Addresses that a stated direction shows to be the exporter's.
    by_direction: BTreeMap<String, u64>,
    /// Names that a stated direction shows to be the exporter's.
    names_by_direction: Vec<String>,
}

impl Parties {
    fn count(messages: &[Sent], invitations: &[Invited]) -> Self {
        let mut counted = Self::default();
        for sent in messages {
            counted.row(std::iter::once(&sent.from).chain(&sent.to));
            match sent.incoming {
                Some(true) if sent.to.len() == 1 => counted.own(sent.to.first()),
                Some(false) => counted.own(Some(&sent.from)),
                _ if sent.draft => counted.own(Some(&sent.from)),
                _ => {}
            }
        }
        for invited in invitations {
            counted.row([&invited.from, &invited.to].into_iter());
            match invited.incoming {
                Some(true) => counted.own(Some(&invited.to)),
                Some(false) => counted.own(Some(&invited.from)),
                None => {}
            }
        }
        counted
    }

    fn row<'a>(&mut self, parties: impl Iterator<Item = &'a Party>) {
        for party in parties {
            let Some(profile) = party.profile() else { continue };
            *self.rows.entry(profile.clone()).or_default() += 1;
            if let Some(url) = &party.url {
                self.urls.entry(profile.clone()).or_insert_with(|| url.clone());
            }
            if let Some(name) = &party.name {
                self.names.entry(profile.clone()).or_insert_with(|| name.clone());
                *self.pairs.entry((plain_name(name), profile)).or_default() += 1;
            }
        }
    }

    fn own(&mut self, party: Option<&Party>) {
        let Some(party) = party else { return };
        if let Some(profile) = party.profile() {
            *self.by_direction.entry(profile).or_default() += 1;
        } else if let Some(name) = party.plain_name()
            && !self.names_by_direction.contains(&name)
        {
            self.names_by_direction.push(name);
        }
    }

    /// The address that stood most often beside a name.
    fn profile_of(&self, name: &str) -> Option<String> {
        let name = plain_name(name);
        let beside = self.pairs.iter().filter(|((other, _), _)| *other == name);
        beside.max_by_key(|(_, count)| **count).map(|((_, profile), _)| profile.clone())
    }

    /// The address that occurs in more rows than any other, except those of connections.
    fn most_frequent(&self, connected: &BTreeSet<String>) -> Option<String> {
        let rows = || self.rows.iter().filter(|(profile, _)| !connected.contains(*profile));
        let most = rows().map(|(_, count)| count).max()?;
        let mut first = rows().filter(|(_, count)| *count == most);
        match (first.next(), first.next()) {
            (Some((profile, _)), None) => Some(profile.clone()),
            _ => None,
        }
    }

    fn name_of(&self, profile: &str) -> Option<String> {
        self.names.get(profile).cloned()
    }
}
