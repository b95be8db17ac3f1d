//! Clusters, hubs and earlier records, as the machine contract has them.

use super::parts::{Decibans, Each, Rounded};
use crate::dossier::{Date, Quote};
use crate::screening::{Cluster, EarlierRecord, Hub, Tie};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "cluster")]
pub(crate) struct ClusterLine<'a> {
    /// The cluster's id: it follows from its members.
    id: &'a str,
    /// Ids of the people.
    members: &'a [String],
    /// The names that they go by, those that differ only in spelling once.
    names: &'a [String],
    /// Number of names that have nothing in common. One: perhaps one person in several records.
    identities: usize,
    /// Number of countries that they say they are in.
    countries: usize,
    /// Number of employers that some name and not all.
    employers: usize,
    /// The first and the last time in their records.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[Date; 2]>,
    /// What ties them.
    ties: Each<'a, Tie, TieLine<'a>>,
}

impl<'a> ClusterLine<'a> {
    pub(crate) fn new(cluster: &'a Cluster) -> Self {
        Self {
            id: &cluster.id,
            members: &cluster.members,
            names: &cluster.names,
            identities: cluster.differences.identities,
            countries: cluster.differences.countries,
            employers: cluster.differences.employers,
            span: cluster.differences.span.map(Into::into),
            ties: Each(&cluster.ties, TieLine::new),
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "hub")]
pub(crate) struct HubLine<'a> {
    /// What it is, as the `kind` of a tie.
    kind: &'a str,
    /// In the form that it was compared in.
    value: &'a str,
    /// Number of people who have it.
    holders: u32,
}

impl<'a> HubLine<'a> {
    pub(crate) fn new(hub: &'a Hub) -> Self {
        Self { kind: &hub.kind, value: &hub.value, holders: hub.holders }
    }
}

/// A record of an earlier batch.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "earlier")]
pub(crate) struct EarlierLine<'a> {
    /// When its batch was scanned.
    scanned: Date,
    /// Kinds of what both records have.
    shares: &'a BTreeSet<String>,
    /// Whether the names of both have nothing in common; `null` where that cannot be said.
    under_other_name: Option<bool>,
    /// Number of earlier records that it stands for.
    times: u32,
}

impl<'a> EarlierLine<'a> {
    pub(crate) fn new(record: &'a EarlierRecord) -> Self {
        let EarlierRecord { scanned, shares, under_other_name, times } = record;
        Self { scanned: *scanned, shares, under_other_name: *under_other_name, times: *times }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "tie")]
struct TieLine<'a> {
    /// One person's id.
    a: &'a str,
    /// The other's.
    b: &'a str,
    /// What they share: `phone`, `email`, `wallet`, `near_text` …
    kind: &'a str,
    /// What that weighs.
    strength: Decibans,
    /// Where it stands in both records.
    evidence: Each<'a, Quote, QuoteLine<'a>>,
}

impl<'a> TieLine<'a> {
    fn new(tie: &'a Tie) -> Self {
        Self {
            a: &tie.a,
            b: &tie.b,
            kind: &tie.kind,
            strength: Rounded(tie.strength),
            evidence: Each(&tie.evidence, QuoteLine::new),
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "quote")]
struct QuoteLine<'a> {
    /// Whose record.
    dossier: &'a str,
    /// JSON Pointer into the canonical record.
    pointer: &'a str,
    /// First byte of the quote in the text at `pointer`.
    start: usize,
    /// The byte after the quote.
    end: usize,
    /// The words.
    quote: &'a str,
}

impl<'a> QuoteLine<'a> {
    fn new(side: &'a Quote) -> Self {
        Self { dossier: &side.dossier, pointer: &side.pointer, start: side.start, end: side.end, quote: &side.quote }
    }
}
