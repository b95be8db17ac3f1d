//! What a line of `falseface.output/1` says of the rules that the run leaves out, and of the watchlists, the databases of
//! addresses and the index that it is made with.

use crate::dossier::Date;
use crate::screening::{GeoDatabaseUsed, IndexUsed, ListUsed, RuleOff};
use serde::Serialize;

/// A rule that is left out: for these detectors, or wholly.
#[derive(Serialize)]
pub(super) struct RuleOffLine<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detectors: Vec<&'static str>,
}

impl<'a> RuleOffLine<'a> {
    pub(super) fn new(RuleOff { rule, detectors }: &'a RuleOff) -> Self {
        Self { rule, detectors: detectors.iter().map(|detector| detector.as_str()).collect() }
    }
}

/// A watchlist that dossiers were held against.
#[derive(Serialize)]
pub(super) struct ListUsedLine<'a> {
    name: &'a str,
    digest: String,
    used: usize,
    expired: usize,
    left_out: usize,
}

impl<'a> ListUsedLine<'a> {
    pub(super) fn new(ListUsed { name, digest, used, expired, left_out }: &'a ListUsed) -> Self {
        Self { name, digest: format!("sha256:{digest}"), used: *used, expired: *expired, left_out: *left_out }
    }
}

/// A database that filled countries or networks of addresses.
#[derive(Serialize)]
pub(super) struct GeoDatabaseUsedLine<'a> {
    file: &'a str,
    kind: &'a str,
    built: Date,
    digest: String,
}

impl<'a> GeoDatabaseUsedLine<'a> {
    pub(super) fn new(GeoDatabaseUsed { file, kind, built, digest }: &'a GeoDatabaseUsed) -> Self {
        Self { file, kind, built: *built, digest: format!("sha256:{digest}") }
    }
}

/// The index of earlier batches that the batch was held against.
#[derive(Serialize)]
pub(super) struct IndexUsedLine<'a> {
    key: &'a str,
    batches: usize,
    records: u64,
}

impl<'a> IndexUsedLine<'a> {
    pub(super) fn new(IndexUsed { key, batches, records }: &'a IndexUsed) -> Self {
        Self { key, batches: *batches, records: *records }
    }
}
