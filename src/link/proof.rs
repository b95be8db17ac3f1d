//! What is really the same: the second visit reads again whoever may share something, and keeps what they share with
//! the words that show it.
//!
//! Which of the others belong together because of it is left to [`graph`](crate::link::graph).

use super::graph::{Bond, components};
use super::index::{Groups, HUB};
use super::key::KeyKind;
use super::keys::keys;
use super::knowledge::LinkKnowledge;
use super::near_text::{Signature, TextKind, texts};
use super::similarity::compare;
use crate::content::key;
use crate::dossier::{Dossier, Place, Span};
use crate::screening::{Cluster, Hub, Tie, TieEvidence};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Ties weaker than this, in decibans, make no cluster unless told otherwise: one thing in common that colleagues, a
/// family or an agency's people may share too. Fifty who share one strong thing are still above it.
pub const DEFAULT_THRESHOLD: f64 = 16.0;

/// Least share of shingles that two texts have in common to be near-duplicates, and to be nearly the same.
const NEAR: f64 = 0.6;
const NEARLY_SAME: f64 = 0.8;

/// Longest quote in bytes.
const QUOTE: usize = 240;

/// Hashes of what a dossier has: its keys, and the bands of its texts.
pub fn noted(dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> (Vec<u64>, Vec<u64>) {
    let keys = keys(dossier, knowledge).iter().map(|key| hash(key.kind, &key.value)).collect();
    let bands = texts(dossier).iter().flat_map(|text| bands(text.kind, text.text)).collect();
    (keys, bands)
}

/// The hash of a key; only equal kinds meet.
fn hash(kind: KeyKind, value: &str) -> u64 {
    xxh3_64(format!("{} {value}", kind.as_str()).as_bytes())
}

/// The bands of a text; only texts of one kind meet.
fn bands(kind: TextKind, text: &str) -> Vec<u64> {
    let kind = xxh3_64(kind.as_str().as_bytes());
    Signature::of(text).into_iter().flat_map(|signature| signature.bands().map(|band| band ^ kind)).collect()
}

/// What is shared, while those who may share something are read again.
#[derive(Debug)]
pub struct Proof<'g> {
    groups: &'g Groups,
    /// Dossier ids, in the order in which they were read again.
    people: Vec<String>,
    /// The name that each goes by.
    names: BTreeMap<String, String>,
    values: BTreeMap<(KeyKind, String), Vec<(usize, TieEvidence)>>,
    texts: Vec<Said>,
    bands: BTreeMap<u64, Vec<usize>>,
}

/// A text that shares a band with another.
#[derive(Debug)]
struct Said {
    person: usize,
    kind: TextKind,
    pointer: String,
    text: String,
}

/// Who is tied to whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linked {
    /// Sorted by id.
    pub clusters: Vec<Cluster>,
    /// By kind and value.
    pub hubs: Vec<Hub>,
}

impl<'g> Proof<'g> {
    /// Nobody was read again yet.
    pub fn new(groups: &'g Groups) -> Self {
        Self {
            groups,
            people: Vec::new(),
            names: BTreeMap::new(),
            values: BTreeMap::new(),
            texts: Vec::new(),
            bands: BTreeMap::new(),
        }
    }

    /// Keeps what a dossier shares.
    pub fn see(&mut self, dossier: &Dossier, knowledge: &LinkKnowledge<'_>) {
        let person = self.people.len();
        self.people.push(dossier.id.clone());
        if let Some(name) = dossier.subject.shown_name() {
            self.names.insert(dossier.id.clone(), name.to_owned());
        }
        // A dossier was read from JSON or built from strings and numbers; if it does not print, nothing is quoted.
        let json = serde_json::to_value(dossier).unwrap_or_default();
        for key in keys(dossier, knowledge) {
            if self.groups.holders(hash(key.kind, &key.value)) > 1 {
                let evidence = quoted(&dossier.id, &json, key.place, &key.value);
                self.values.entry((key.kind, key.value)).or_default().push((person, evidence));
            }
        }
        for text in texts(dossier) {
            let shared: Vec<u64> =
                bands(text.kind, text.text).into_iter().filter(|band| self.groups.shares_band(*band)).collect();
            if !shared.is_empty() {
                for band in shared {
                    self.bands.entry(band).or_default().push(self.texts.len());
                }
                let (pointer, text_of) = (text.path.to_string(), text.text.to_owned());
                self.texts.push(Said { person, kind: text.kind, pointer, text: text_of });
            }
        }
    }

    /// Who is tied to whom by at least so many decibans.
    pub fn finish(self, threshold: f64) -> Linked {
        let mut ids = self.people.clone();
        ids.sort_unstable();
        // Numbers in order of id, so that the order of the records makes no difference.
        let rank = |person: usize| ids.binary_search(&self.people[person]).unwrap_or(0);
        let mut hubs = Vec::new();
        let mut bonds = Vec::new();
        let mut ties = Vec::new();
        for ((kind, value), holders) in &self.values {
            let number = self.groups.holders(hash(*kind, value));
            if number > HUB {
                hubs.push(Hub { kind: kind.as_str().to_owned(), value: value.clone(), holders: number });
                continue;
            }
            let held: BTreeMap<usize, &TieEvidence> =
                holders.iter().map(|(person, evidence)| (rank(*person), evidence)).collect();
            let sides: Vec<(usize, TieEvidence)> =
                held.into_iter().map(|(person, evidence)| (person, evidence.clone())).collect();
            if sides.len() > 1 {
                let strength = weighed(kind.strength(), sides.len());
                bonds.push(bond(&sides, strength));
                ties.push(chain(&ids, kind.as_str(), strength, &sides));
            }
        }
        for (first, second, jaccard, evidence) in self.near_texts(&rank) {
            let strength = if jaccard >= NEARLY_SAME { 20.0 } else { 12.0 };
            let [a, b] = evidence;
            let sides = [(first, a), (second, b)];
            bonds.push(bond(&sides, strength));
            ties.push(chain(&ids, "near_text", strength, &sides));
        }
        let cluster = |component: super::graph::Component| {
            let members: Vec<String> = component.members.iter().map(|member| ids[*member as usize].clone()).collect();
            let ties = component.bonds.iter().flat_map(|position| ties[*position].iter().cloned()).collect();
            let names = distinct_names(members.iter().filter_map(|member| self.names.get(member)));
            Cluster { id: id_of(&members), members, names, ties }
        };
        let mut clusters: Vec<Cluster> = components(&bonds, threshold).into_iter().map(cluster).collect();
        clusters.sort_by(|a, b| a.id.cmp(&b.id));
        Linked { clusters, hubs }
    }

    /// Pairs of different people whose texts are near-duplicates, in order: what they have in common is quoted.
    fn near_texts(&self, rank: &impl Fn(usize) -> usize) -> Vec<(usize, usize, f64, [TieEvidence; 2])> {
        let mut pairs = BTreeSet::new();
        for texts in self.bands.values() {
            for (at, first) in texts.iter().enumerate() {
                for second in &texts[at + 1..] {
                    let (a, b) = (&self.texts[*first], &self.texts[*second]);
                    if a.person != b.person && a.kind == b.kind {
                        let (a, b) = if rank(a.person) < rank(b.person) { (first, second) } else { (second, first) };
                        pairs.insert((*a, *b));
                    }
                }
            }
        }
        let mut found: Vec<_> = pairs
            .into_iter()
            .filter_map(|(first, second)| {
                let (a, b) = (&self.texts[first], &self.texts[second]);
                let similarity = compare(&a.text, &b.text);
                let passage = similarity.passages.first()?;
                let side = |said: &Said, range: &Range<usize>| {
                    let passage = &said.text[range.clone()];
                    let quote = &passage[..passage.floor_char_boundary(QUOTE)];
                    TieEvidence {
                        dossier: self.people[said.person].clone(),
                        pointer: said.pointer.clone(),
                        start: range.start,
                        end: range.start + quote.len(),
                        quote: quote.to_owned(),
                    }
                };
                let evidence = [side(a, &passage.first), side(b, &passage.second)];
                (similarity.jaccard >= NEAR).then(|| (rank(a.person), rank(b.person), similarity.jaccard, evidence))
            })
            .collect();
        // The closest pair of texts stands for two people.
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)).then_with(|| a.3.cmp(&b.3)));
        found.dedup_by_key(|(first, second, ..)| (*first, *second));
        found
    }
}

/// Names, sorted; those that differ only in case, accents or white space once.
fn distinct_names<'n>(names: impl Iterator<Item = &'n String>) -> Vec<String> {
    let mut names: Vec<&String> = names.collect();
    names.sort_unstable();
    let mut distinct: BTreeMap<String, &String> = BTreeMap::new();
    for name in names {
        distinct.entry(key(name).into_owned()).or_insert(name);
    }
    let mut names: Vec<String> = distinct.into_values().cloned().collect();
    names.sort_unstable();
    names
}

/// What a value that so many share weighs: five decibans less for each time that their number is ten times larger,
/// since what many have says less of two of them. A judgement.
fn weighed(strength: f64, holders: usize) -> f64 {
    strength - 5.0 * (holders as f64 / 2.0).log10()
}

fn bond(sides: &[(usize, TieEvidence)], strength: f64) -> Bond {
    let members = sides.iter().map(|(person, _)| u32::try_from(*person).unwrap_or(u32::MAX)).collect();
    Bond { members, strength }
}

/// Ties from each holder to the next, in order of id: all that share a value are tied by one less than their number.
fn chain(ids: &[String], kind: &str, strength: f64, sides: &[(usize, TieEvidence)]) -> Vec<Tie> {
    let tie = |pair: &[(usize, TieEvidence)]| Tie {
        a: ids[pair[0].0].clone(),
        b: ids[pair[1].0].clone(),
        kind: kind.to_owned(),
        strength,
        evidence: vec![pair[0].1.clone(), pair[1].1.clone()],
    };
    sides.windows(2).map(tie).collect()
}

/// The words at a place; the value itself where the record does not have it as text.
fn quoted(dossier: &str, json: &Json, place: Place, value: &str) -> TieEvidence {
    let pointer = place.path.to_string();
    let text = match json.pointer(&pointer) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => value.to_owned(),
    };
    let range = match place.span {
        Span::Bytes(start, end) => start as usize..end as usize,
        Span::Whole => 0..text.floor_char_boundary(QUOTE),
    };
    let quote = text.get(range.clone()).unwrap_or_default().to_owned();
    TieEvidence { dossier: dossier.to_owned(), pointer, start: range.start, end: range.end, quote }
}

/// Names a cluster by its members: `c-` and twelve hex digits of their SHA-256, so that the same people are the same
/// cluster in every run.
fn id_of(members: &[String]) -> String {
    let digest = Sha256::digest(members.join("\n").as_bytes());
    let six = digest.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("c-{six:012x}")
}
