//! Clusters, hubs and earlier records as the machine contract has them.

use super::wire_parts::{Decibans, Each, Rounded};
use crate::dossier::{Date, Quote};
use crate::screening::{Cluster, EarlierRecord, Hub, Tie};
use serde::Serialize;
use std::collections::BTreeSet;

/// People who share something.
#[derive(Serialize)]
pub(super) struct ClusterLine<'a> {
    r#type: &'static str,
    id: &'a str,
    members: &'a [String],
    names: &'a [String],
    identities: usize,
    countries: usize,
    employers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[Date; 2]>,
    ties: Each<'a, Tie, TieLine<'a>>,
}

impl<'a> ClusterLine<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        Self {
            r#type: "cluster",
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

/// Something that too many share to tie any of them.
#[derive(Serialize)]
pub(super) struct HubLine<'a> {
    r#type: &'static str,
    kind: &'a str,
    value: &'a str,
    holders: u32,
}

impl<'a> HubLine<'a> {
    pub(super) fn new(hub: &'a Hub) -> Self {
        Self { r#type: "hub", kind: &hub.kind, value: &hub.value, holders: hub.holders }
    }
}

/// A record of an earlier batch.
#[derive(Serialize)]
pub(super) struct EarlierLine<'a> {
    scanned: Date,
    shares: &'a BTreeSet<String>,
    under_other_name: Option<bool>,
    times: u32,
}

impl<'a> EarlierLine<'a> {
    pub(super) fn new(record: &'a EarlierRecord) -> Self {
        let EarlierRecord { scanned, shares, under_other_name, times } = record;
        Self { scanned: *scanned, shares, under_other_name: *under_other_name, times: *times }
    }
}

#[derive(Serialize)]
struct TieLine<'a> {
    a: &'a str,
    b: &'a str,
    kind: &'a str,
    strength: Decibans,
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

#[derive(Serialize)]
struct QuoteLine<'a> {
    dossier: &'a str,
    pointer: &'a str,
    start: usize,
    end: usize,
    quote: &'a str,
}

impl<'a> QuoteLine<'a> {
    fn new(side: &'a Quote) -> Self {
        Self { dossier: &side.dossier, pointer: &side.pointer, start: side.start, end: side.end, quote: &side.quote }
    }
}
