//! What is really the same: those who may share something were read again, and here they are compared.
//!
//! Which of the others belong together because of it is left to [`graph`](crate::link::graph), and what that means for
//! each of them to [`membership`](crate::link::membership).

use super::common::{Common, Holder, NEAR, NEARLY_SAME, REWORDED, What, alike, weighed};
use super::earlier::Earlier;
use super::graph::{Bond, Component, components};
use super::index::{Groups, HUB};
use super::key::KeyKind;
use super::membership::{Members, Membership, memberships};
use super::near_photo::distance;
use super::pairing::{beside, paired};
use super::persona::{Persona, differences, identities};
use super::seen::{Portrait, QUOTE, Registered, Said, Seen, Value, hash};
use super::setup::Setup;
use super::similarity::{jaccard, passages};
use crate::content::key;
use crate::dossier::{Place, Quote};
use crate::facts::Knowledge;
use crate::screening::{Cluster, Hub};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

/// Ties weaker than this, in decibans, make no cluster unless told otherwise: one thing in common that colleagues, a
/// family or an agency's people may share too. Fifty who share one strong thing are still above it.
pub const DEFAULT_THRESHOLD: f64 = 16.0;

/// Bytes of a common text that stand for it.
const SAMPLE: usize = 120;

/// A person, by position, and where they have something.
type Held = (usize, Place, Quote);

/// What is shared, while those who may share something are read again.
#[derive(Debug)]
pub struct Proof<'g> {
    groups: &'g Groups,
    /// Number in the input, id, and who it says it is, in the order in which they were read again.
    people: Vec<(u32, String, Persona)>,
    values: BTreeMap<(KeyKind, String), Vec<Held>>,
    /// By perceptual hash.
    portraits: BTreeMap<u64, Vec<Held>>,
    setups: BTreeMap<Setup, Vec<Held>>,
    /// By number, with the person whose each is.
    texts: BTreeMap<u32, (usize, Said)>,
}

/// Who is tied to whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linked {
    /// Sorted by id.
    pub clusters: Vec<Cluster>,
    /// By kind and value.
    pub hubs: Vec<Hub>,
    /// The part of each record that is in a cluster, by its number in the input.
    pub members: BTreeMap<u32, Membership>,
    /// What records share with earlier batches, by their numbers in the input.
    pub earlier: BTreeMap<u32, Earlier>,
}

/// What a record shares with others: the cluster of its batch that it is in because of it, and earlier records.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part<'l> {
    /// Of its batch.
    pub cluster: Option<(&'l Membership, &'l Cluster)>,
    /// Of earlier batches.
    pub earlier: Option<&'l Earlier>,
}

impl Linked {
    /// Whether a record shares something, by its number in the input.
    pub fn has(&self, record: u32) -> bool {
        self.members.contains_key(&record) || self.earlier.contains_key(&record)
    }

    /// What a record shares, by its number in the input.
    pub fn part_of(&self, record: u32) -> Part<'_> {
        self.part(self.members.get(&record), self.earlier.get(&record))
    }

    /// The same by the dossier's id.
    pub fn part_of_dossier(&self, id: &str) -> Part<'_> {
        let member = self.members.values().find(|part| part.dossier == id);
        self.part(member, self.earlier.values().find(|earlier| earlier.dossier == id))
    }

    fn part<'l>(&'l self, member: Option<&'l Membership>, earlier: Option<&'l Earlier>) -> Part<'l> {
        let cluster = member.and_then(|member| Some((member, self.clusters.get(member.cluster)?)));
        Part { cluster, earlier }
    }
}

impl<'g> Proof<'g> {
    /// Nobody was read again yet.
    pub fn new(groups: &'g Groups) -> Self {
        Self {
            groups,
            people: Vec::new(),
            values: BTreeMap::new(),
            portraits: BTreeMap::new(),
            setups: BTreeMap::new(),
            texts: BTreeMap::new(),
        }
    }

    /// Keeps what a record shares.
    pub fn add(&mut self, seen: Seen) {
        let person = self.people.len();
        for Value { kind, canonical, place, quote } in seen.values {
            self.values.entry((kind, canonical)).or_default().push((person, place, quote));
        }
        for Portrait { hash, place, quote } in seen.portraits {
            self.portraits.entry(hash).or_default().push((person, place, quote));
        }
        for Registered { setup, place, quote } in seen.setups {
            self.setups.entry(setup).or_default().push((person, place, quote));
        }
        for said in seen.texts {
            self.texts.insert(said.number, (person, said));
        }
        self.people.push((seen.record, seen.id, seen.persona));
    }

    /// Who is tied to whom by at least `threshold` decibans.
    pub fn finish(mut self, threshold: f64, knowledge: &Knowledge<'_>) -> Linked {
        let (ranks, ordered) = self.ranked();
        let mut hubs = Vec::new();
        let mut commons = self.common_values(&ranks, &mut hubs);
        commons.extend(self.near_portraits(&ranks));
        commons.extend(self.near_setups(&ranks));
        commons.extend(self.near_texts(&ranks));
        hubs.extend(self.common_texts());
        let bonds: Vec<Bond> = commons.iter().map(bond).collect();
        let mut found: Vec<_> = components(&bonds, threshold)
            .into_iter()
            .map(|component| {
                let ids: Vec<String> =
                    component.members.iter().map(|rank| self.people[ordered[*rank as usize]].1.clone()).collect();
                (id_of(&ids), ids, component)
            })
            .collect();
        found.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let mut linked = Linked { hubs, ..Linked::default() };
        for (id, members, Component { members: ranks, bonds }) in found {
            let commons: Vec<Common> = bonds.iter().filter_map(|at| commons[*at].among(&ranks)).collect();
            let people: Vec<_> = ranks.iter().map(|rank| &self.people[ordered[*rank as usize]]).collect();
            let personas: Vec<&Persona> = people.iter().map(|(_, _, persona)| persona).collect();
            let identities = identities(&personas, &knowledge.names);
            let names = distinct_names(personas.iter().filter_map(|persona| persona.shown.as_deref()));
            let differences = differences(&personas, &identities);
            let of_cluster = Members { ranks: &ranks, personas: &personas, identities: &identities };
            let parts = memberships(linked.clusters.len(), &members, &of_cluster, &commons, &knowledge.names);
            linked.members.extend(people.iter().map(|(record, ..)| *record).zip(parts));
            let ties = commons.iter().flat_map(Common::ties).collect();
            linked.clusters.push(Cluster { id, members, names, differences, ties });
        }
        linked
    }

    /// The rank of each person, by id, and the person at each rank: the order of the records makes no difference.
    fn ranked(&self) -> (Vec<u32>, Vec<usize>) {
        let mut ordered: Vec<usize> = (0..self.people.len()).collect();
        ordered.sort_by(|a, b| self.people[*a].1.cmp(&self.people[*b].1));
        let mut ranks = vec![0; ordered.len()];
        for (rank, person) in (0..).zip(&ordered) {
            ranks[*person] = rank;
        }
        (ranks, ordered)
    }

    /// Values that several have; those that too many have are hubs.
    fn common_values(&mut self, ranks: &[u32], hubs: &mut Vec<Hub>) -> Vec<Common> {
        let mut commons = Vec::new();
        for ((kind, value), holders) in std::mem::take(&mut self.values) {
            let number = self.groups.holders(hash(kind, &value));
            if number > HUB {
                hubs.push(Hub { kind: kind.as_str().to_owned(), value, holders: number });
                continue;
            }
            commons.extend(common(What::Key(kind), weighed(kind.strength(), number), holders, ranks));
        }
        commons
    }

    /// Portraits that look alike; equal ones were met by value.
    fn near_portraits(&self, ranks: &[u32]) -> Vec<Common> {
        let of = |hash: &u64| self.portraits.get(hash).map_or(&[][..], Vec::as_slice);
        let near = |(first, second): &(u64, u64)| {
            let holders: Vec<_> = of(first).iter().chain(of(second)).cloned().collect();
            let number = u32::try_from(holders.len()).unwrap_or(u32::MAX);
            common(What::Portrait, weighed(alike(distance(*first, *second)), number), holders, ranks)
        };
        self.groups.near_portraits().iter().filter_map(near).collect()
    }

    /// Domains that two people set up in the same way some days apart.
    fn near_setups(&self, ranks: &[u32]) -> Vec<Common> {
        let holder =
            |(person, place, quote): &Held| Holder { rank: ranks[*person], place: *place, quote: quote.clone() };
        let of = |setup: &Setup| self.setups.get(setup).into_iter().flatten().map(holder).collect::<Vec<_>>();
        let apart = self
            .groups
            .near_setups()
            .iter()
            .flat_map(|near| beside(near.days(), near.holders, &of(&near.first), &of(&near.second)));
        let of_one_day = self.setups.keys().map(of).flat_map(|holders| beside(0, 0, &holders, &holders));
        paired(apart.chain(of_one_day).collect())
    }

    /// Pairs of different people whose texts are near-duplicates, in order: what they have in common is quoted.
    fn near_texts(&self, ranks: &[u32]) -> Vec<Common> {
        let mut found: Vec<Common> =
            self.groups.near_texts().iter().filter_map(|(a, b)| self.near(*a, *b, ranks)).collect();
        // The closest pair of texts stands for two people.
        let people = |common: &Common| (common.holders[0].rank, common.holders[1].rank);
        let quotes = |common: &Common| (common.holders[0].quote.clone(), common.holders[1].quote.clone());
        found.sort_by(|a, b| {
            let by_similarity = || similarity(b.what).total_cmp(&similarity(a.what));
            people(a).cmp(&people(b)).then_with(by_similarity).then_with(|| quotes(a).cmp(&quotes(b)))
        });
        found.dedup_by_key(|common| people(common));
        found
    }

    /// Two texts by their numbers, if they are near-duplicates.
    fn near(&self, first: u32, second: u32, ranks: &[u32]) -> Option<Common> {
        let mut both = [self.texts.get(&first)?, self.texts.get(&second)?];
        both.sort_by_key(|(person, _)| ranks[*person]);
        let [a, b] = both;
        let jaccard = jaccard(&a.1.shingles, &b.1.shingles);
        let (_, strength) = [NEARLY_SAME, NEAR, REWORDED].into_iter().find(|(least, _)| jaccard >= *least)?;
        let passages = passages(&a.1.text, &b.1.text);
        let passage = passages.first()?;
        let side = |(person, said): &(usize, Said), range: &Range<usize>| {
            let passage = &said.text[range.clone()];
            let quote = &passage[..passage.floor_char_boundary(QUOTE)];
            let end = range.start + quote.len();
            let quote = Quote {
                dossier: self.people[*person].1.clone(),
                pointer: said.path.to_string(),
                start: range.start,
                end,
                quote: quote.to_owned(),
            };
            Holder { rank: ranks[*person], place: Place::part(said.path, range.start, end), quote }
        };
        Some(Common {
            what: What::Text(a.1.kind, jaccard),
            strength: weighed(strength, self.groups.text(first).holders.min(self.groups.text(second).holders)),
            holders: vec![side(a, &passage.first), side(b, &passage.second)],
        })
    }

    /// Texts that so many have that they are templates.
    fn common_texts(&self) -> Vec<Hub> {
        let templates = self.texts.iter().map(|(number, (_, said))| (self.groups.text(*number), said));
        let mut hubs: Vec<Hub> = templates
            .filter(|(text, _)| text.is_template)
            .map(|(text, said)| {
                let sample = said.text[..said.text.floor_char_boundary(SAMPLE)].trim();
                Hub { kind: "near_text".to_owned(), value: sample.to_owned(), holders: text.holders }
            })
            .collect();
        hubs.sort_by(|a, b| a.value.cmp(&b.value));
        hubs.dedup_by(|a, b| a.value == b.value);
        hubs
    }
}

/// Something that these people have, each once; `None` if it is only one.
fn common(what: What, strength: f64, holders: Vec<Held>, ranks: &[u32]) -> Option<Common> {
    let mut held: BTreeMap<u32, (Place, Quote)> = BTreeMap::new();
    for (person, place, quote) in holders {
        held.entry(ranks[person]).or_insert((place, quote));
    }
    let holders: Vec<Holder> = held.into_iter().map(|(rank, (place, quote))| Holder { rank, place, quote }).collect();
    (holders.len() > 1).then_some(Common { what, strength, holders })
}

/// The Jaccard index of texts.
fn similarity(what: What) -> f64 {
    if let What::Text(_, jaccard) = what { jaccard } else { 0.0 }
}

/// What belongs together is decided by who has something, how much it weighs, and of which part of the record it is.
fn bond(common: &Common) -> Bond {
    Bond {
        members: common.holders.iter().map(|holder| holder.rank).collect(),
        elements: common.holders.iter().map(|holder| holder.place.path.element()).collect(),
        strength: common.strength,
    }
}

/// Names, sorted; those that differ only in case, accents or white space once.
fn distinct_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let mut distinct: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        distinct.entry(key(name).into_owned()).or_insert(name);
    }
    let mut names: Vec<String> = distinct.into_values().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

/// Names a cluster by its members: `c-` and twelve hex digits of their SHA-256, so that the same people are the same
/// cluster in every run.
fn id_of(members: &[String]) -> String {
    let digest = Sha256::digest(members.join("\n").as_bytes());
    let six = digest.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("c-{six:012x}")
}
