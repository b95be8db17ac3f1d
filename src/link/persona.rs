//! Who a record says it is, as far as that is compared with records that share something with it.
//!
//! Only agreement and contradiction between records is ever said: never what a name or a country is.

use super::meetings::Meeting;
use super::stints::Stint;
use crate::dossier::{Date, Dossier};
use crate::facts::Knowledge;
use crate::facts::employers::Employers;
use crate::facts::names::{KnownNames, agree_spelled};
use crate::facts::places::Claimed;
use crate::facts::spelling::{NameKnowledge, Spelled};
use crate::facts::texts::Texts;
use crate::screening::Differences;
use std::collections::{BTreeMap, BTreeSet};

/// Distinct spellings in a cluster that are compared one by one; in larger ones each further spelling counts as
/// a name of its own, so that a group of thousands under thousands of names costs no more.
const COMPARED: usize = 256;

/// Who a record says it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Persona {
    /// The name that a reader sees.
    pub(super) shown: Option<String>,
    /// Names that the person gave or declared, in the order of the record.
    names: Vec<Spelled>,
    /// The country that the person claims to be in.
    country: Option<String>,
    /// Employers that the person names, folded.
    employers: BTreeSet<String>,
    /// Those for whom the record's adverts are: who an advert is by, where it names nobody.
    advertises: BTreeSet<String>,
    /// First and last time that something of the record bears.
    span: Option<(Date, Date)>,
    /// Interviews, calls and meetings that the person was in.
    pub(super) meetings: Vec<Meeting>,
    /// Times at employers, in order of employer.
    pub(super) stints: Vec<Stint>,
}

impl Persona {
    pub(super) fn of(dossier: &Dossier, knowledge: &Knowledge<'_>) -> Self {
        let employers = Employers::new(dossier, knowledge, &Texts::default());
        let names = dossier.job_posts.iter().filter_map(|post| post.employer.name.as_deref());
        let advertises = names.map(|name| knowledge.employers.key(name)).filter(|key| !key.is_empty()).collect();
        Self {
            advertises,
            shown: dossier.subject.shown_name().map(str::to_owned),
            names: KnownNames::new(dossier, &knowledge.names).spelled().cloned().collect(),
            country: Claimed::new(dossier, &knowledge.places).country().map(str::to_owned),
            employers: employers.all.into_iter().map(|employer| employer.key).filter(|key| !key.is_empty()).collect(),
            span: span(dossier),
            meetings: Meeting::all(dossier),
            stints: Stint::all(dossier, knowledge),
        }
    }

    /// Whether the record says who it is by: a person, or an employer that advertises.
    fn is_named(&self) -> bool {
        !self.names.is_empty() || !self.advertises.is_empty()
    }

    /// Whether both name an employer, and one of them is the same.
    pub(super) fn shares_employer(&self, other: &Self) -> bool {
        !self.employers.is_disjoint(&other.employers)
    }

    /// Whether both give a name, and one of them is the same person's.
    pub(super) fn bears_name_of(&self, other: &Self, knowledge: &NameKnowledge) -> bool {
        !self.names.is_empty() && self.agrees(other, knowledge) == Some(true)
    }

    /// Whether any name of one agrees with any of the other; `Some(false)` where none does, and some have nothing in
    /// common. Of adverts that name nobody, the same of their employers.
    fn agrees(&self, other: &Self, knowledge: &NameKnowledge) -> Option<bool> {
        if self.names.is_empty() && other.names.is_empty() {
            return Some(!self.advertises.is_disjoint(&other.advertises));
        }
        let mut verdict = None;
        for first in &self.names {
            for second in &other.names {
                match agree_spelled(first, second, knowledge) {
                    Some(true) => return Some(true),
                    Some(false) => verdict = Some(false),
                    None => {}
                }
            }
        }
        verdict
    }
}

/// Times that things of the person bear: messages, adverts, payments, observations.
fn span(dossier: &Dossier) -> Option<(Date, Date)> {
    let messages = dossier.messages.iter().filter_map(|message| message.at);
    let posts = dossier.job_posts.iter().filter_map(|post| post.posted_at);
    let payments = dossier.payments.iter().filter_map(|payment| payment.at);
    let observations = dossier.observations.iter().filter_map(|seen| seen.at);
    let dates = || messages.clone().chain(posts.clone()).chain(payments.clone()).chain(observations.clone());
    let first = dates().min_by_key(|date| date.interval())?;
    let last = dates().max_by_key(|date| date.interval())?;
    Some((first, last))
}

/// Numbers for the names that members of a cluster go by: equal ones where names agree, or where it cannot be said that
/// they have nothing in common. `None` for records that say nobody's name.
pub(super) fn identities(members: &[&Persona], knowledge: &NameKnowledge) -> Vec<Option<usize>> {
    let mut numbers: BTreeMap<(Vec<&str>, &BTreeSet<String>), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Persona>> = Vec::new();
    let mut found = Vec::with_capacity(members.len());
    for persona in members.iter().copied() {
        let letters = persona.names.iter().map(|name| name.native.as_str()).collect();
        let names = (letters, &persona.advertises);
        let number = numbers.get(&names).copied().or_else(|| {
            if !persona.is_named() {
                return None;
            }
            let joined = if numbers.len() < COMPARED { joined(&groups, persona, knowledge) } else { None };
            let number = joined.unwrap_or(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            groups[number].push(persona);
            numbers.insert(names, number);
            Some(number)
        });
        found.push(number);
    }
    found
}

/// The group in which a name agrees with another, or else the first in which it contradicts none.
fn joined(groups: &[Vec<&Persona>], persona: &Persona, knowledge: &NameKnowledge) -> Option<usize> {
    let mut unsure = None;
    for (number, group) in groups.iter().enumerate() {
        let mut contradicts = false;
        for other in group {
            match persona.agrees(other, knowledge) {
                Some(true) => return Some(number),
                Some(false) => contradicts = true,
                None => {}
            }
        }
        if !contradicts && unsure.is_none() {
            unsure = Some(number);
        }
    }
    unsure
}

/// In what the members of a cluster differ, given the numbers of their names.
pub(super) fn differences(members: &[&Persona], identities: &[Option<usize>]) -> Differences {
    let names: BTreeSet<usize> = identities.iter().flatten().copied().collect();
    let countries: BTreeSet<&String> = members.iter().filter_map(|member| member.country.as_ref()).collect();
    let naming: Vec<_> = members.iter().map(|member| &member.employers).filter(|named| !named.is_empty()).collect();
    let all: BTreeSet<&String> = naming.iter().flat_map(|named| named.iter()).collect();
    let common = all.iter().filter(|employer| naming.iter().all(|named| named.contains(**employer))).count();
    let spans = || members.iter().filter_map(|member| member.span);
    let first = spans().map(|(first, _)| first).min_by_key(|date| date.interval());
    let last = spans().map(|(_, last)| last).max_by_key(|date| date.interval());
    Differences {
        identities: names.len(),
        countries: countries.len(),
        employers: all.len() - common,
        span: first.zip(last),
    }
}
