//! What a line of `falseface.output/1` says of the configuration, of the rules that the run leaves out, and of the watchlists, the databases of
//! addresses and the index that it is made with.

use crate::dossier::Date;
use crate::screening::{Configured, GeoDatabaseUsed, IndexUsed, ListUsed, RuleOff};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a configuration set, by the long names of options.
#[derive(Serialize)]
pub(super) struct ConfiguredLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    set: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> ConfiguredLine<'a> {
    pub(super) fn new(Configured { file, profile, set }: &'a Configured) -> Self {
        Self { file: file.as_deref(), profile: profile.as_deref(), set }
    }
}

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
