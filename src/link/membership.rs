//! What it means for a record to be in a cluster: what it shares with whom, and whether they go by another name.

use super::common::{Beside, Common, Holder, What};
use super::compared;
use super::persona::Persona;
use crate::dossier::{Place, Quote};
use crate::facts::spelling::NameKnowledge;
use std::collections::{BTreeMap, BTreeSet};

/// Others whose words are kept beside the record's own.
const ELSEWHERE: usize = 3;

/// A record's part in a cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The dossier's id.
    pub dossier: String,
    /// Position of the cluster.
    pub cluster: usize,
    /// What the record shares, strongest first.
    pub(super) shared: Vec<Shared>,
    /// Its meetings that overlap with one of a member under another name; `None` where no two can be compared.
    pub(super) meetings_at_once: Option<Vec<Beside>>,
    /// Its jobs that a member under the same name dates otherwise; `None` where no two can be compared.
    pub(super) jobs_dated_otherwise: Option<Vec<Beside>>,
}

/// Something that a record shares.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shared {
    pub(super) what: What,
    /// Where the record has it.
    pub(super) place: Place,
    /// Records that have it too under a name that has nothing in common with the record's, by rank; `None` where no
    /// two names can be compared.
    pub(super) others: Option<Vec<u32>>,
    /// Whether one of these names no employer that the record names.
    pub(super) by_strangers: bool,
    /// Number of names beside it that have nothing in common, the record's own included.
    pub(super) names: usize,
    /// Words of others, those under another name first.
    pub(super) elsewhere: Vec<Quote>,
}

/// The members of a cluster, in order of rank: who each says it is, and the number of its name.
#[derive(Debug)]
pub(super) struct Members<'p> {
    pub(super) ranks: &'p [u32],
    pub(super) personas: &'p [&'p Persona],
    pub(super) identities: &'p [Option<usize>],
}

impl Members<'_> {
    fn position(&self, holder: &Holder) -> usize {
        // Whoever holds something of a cluster is one of its members.
        self.ranks.binary_search(&holder.rank).unwrap_or(0)
    }
}

/// What each member of a cluster shares, in order of rank, in which their ids are too.
pub(super) fn memberships(
    cluster: usize,
    ids: &[String],
    members: &Members<'_>,
    commons: &[Common],
    knowledge: &NameKnowledge,
) -> Vec<Membership> {
    let mut shared: BTreeMap<u32, Vec<(f64, Shared)>> = BTreeMap::new();
    for common in commons {
        let at: Vec<usize> = common.holders.iter().map(|holder| members.position(holder)).collect();
        let names: BTreeSet<usize> = at.iter().filter_map(|at| members.identities[*at]).collect();
        for (own, holder) in common.holders.iter().enumerate() {
            let part = share(common, &at, own, names.len(), members);
            shared.entry(holder.rank).or_default().push((common.strength, part));
        }
    }
    let strongest_first = |mut of_record: Vec<(f64, Shared)>| {
        // Stable, so that equal ones keep the order of kinds and values.
        of_record.sort_by(|(strength, _), (other, _)| other.total_cmp(strength));
        of_record.into_iter().map(|(_, shared)| shared).collect()
    };
    let (personas, identities) = (members.personas, members.identities);
    let meetings = compared::meetings(ids, personas, identities);
    let jobs = compared::jobs(ids, personas, identities, knowledge);
    let part = |((rank, id), (meetings_at_once, jobs_dated_otherwise))| Membership {
        dossier: String::clone(id),
        cluster,
        shared: strongest_first(shared.remove(rank).unwrap_or_default()),
        meetings_at_once,
        jobs_dated_otherwise,
    };
    members.ranks.iter().zip(ids).zip(meetings.into_iter().zip(jobs)).map(part).collect()
}

/// What a holder shares by something in common; `at` are the positions of the holders among the members.
fn share(common: &Common, at: &[usize], own: usize, names: usize, members: &Members<'_>) -> Shared {
    let me = at[own];
    let others = || (0..at.len()).filter(|other| *other != own);
    let differs =
        |other: &usize| members.identities[at[*other]].is_some_and(|name| members.identities[me] != Some(name));
    let is_named = |other: usize| members.identities[at[other]].is_some();
    let can_tell = members.identities[me].is_some() && others().any(is_named);
    let apart: Vec<usize> = if can_tell { others().filter(differs).collect() } else { Vec::new() };
    let is_stranger = |other: &usize| !members.personas[me].shares_employer(members.personas[at[*other]]);
    let rest = others().filter(|other| !apart.contains(other));
    let elsewhere = apart.iter().copied().chain(rest).take(ELSEWHERE);
    Shared {
        what: common.what,
        place: common.holders[own].place,
        by_strangers: apart.iter().any(is_stranger),
        names,
        elsewhere: elsewhere.map(|other| common.holders[other].quote.clone()).collect(),
        others: can_tell.then(|| apart.iter().map(|other| common.holders[*other].rank).collect()),
    }
}
