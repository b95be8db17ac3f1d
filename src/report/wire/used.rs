//! What a run was made with beside its rules, as the machine contract has it: the configuration, rules that were left out,
//! watchlists, databases of addresses, the index.

use super::words;
use crate::dossier::Date;
use crate::screening::{Configured, GeoDatabaseUsed, IndexUsed, ListUsed, RuleOff};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "configured")]
pub(crate) struct ConfiguredLine<'a> {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// The profile that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    /// What they set, by the long names of options.
    set: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> ConfiguredLine<'a> {
    pub(crate) fn new(Configured { file, profile, set }: &'a Configured) -> Self {
        Self { file: file.as_deref(), profile: profile.as_deref(), set }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "rule_off")]
pub(crate) struct RuleOffLine<'a> {
    /// The rule's name.
    rule: &'a str,
    /// The questions that it is left out for; not there where it is left out for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "words::detectors")]
    detectors: Vec<&'static str>,
}

impl<'a> RuleOffLine<'a> {
    pub(crate) fn new(RuleOff { rule, detectors }: &'a RuleOff) -> Self {
        Self { rule, detectors: detectors.iter().map(|detector| detector.as_str()).collect() }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "watchlist")]
pub(crate) struct ListUsedLine<'a> {
    /// As it was named.
    name: &'a str,
    /// `sha256:` and the digest of its bytes, in hex.
    digest: String,
    /// Entries that were compared.
    used: usize,
    /// Entries whose last day has passed.
    expired: usize,
    /// What else it holds, which was named and not compared.
    left_out: usize,
}

impl<'a> ListUsedLine<'a> {
    pub(crate) fn new(ListUsed { name, digest, used, expired, left_out }: &'a ListUsed) -> Self {
        Self { name, digest: format!("sha256:{digest}"), used: *used, expired: *expired, left_out: *left_out }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "geoip")]
pub(crate) struct GeoDatabaseUsedLine<'a> {
    /// The file.
    file: &'a str,
    /// What the database calls itself.
    kind: &'a str,
    /// The day on which it was built.
    built: Date,
    /// `sha256:` and the digest of its bytes, in hex.
    digest: String,
}

impl<'a> GeoDatabaseUsedLine<'a> {
    pub(crate) fn new(GeoDatabaseUsed { file, kind, built, digest }: &'a GeoDatabaseUsed) -> Self {
        Self { file, kind, built: *built, digest: format!("sha256:{digest}") }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "index")]
pub(crate) struct IndexUsedLine<'a> {
    /// The name of the key that it is made under.
    key: &'a str,
    /// Number of earlier batches.
    batches: usize,
    /// Number of their records.
    records: u64,
}

impl<'a> IndexUsedLine<'a> {
    pub(crate) fn new(IndexUsed { key, batches, records }: &'a IndexUsed) -> Self {
        Self { key, batches: *batches, records: *records }
    }
}
