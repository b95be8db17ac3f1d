//! What a run was made with, as the machine contract has it.

use super::changes::{BaselineUsedLine, SuppressionsUsedLine};
use super::joined::JoiningLine;
use super::parts::{Decibans, Rounded, is_false};
use super::used::{ConfiguredLine, GeoDatabaseUsedLine, IndexUsedLine, ListUsedLine, RuleOffLine};
use super::words;
use crate::dossier::Date;
use crate::screening::{Run, Thresholds};
use schemars::JsonSchema;
use serde::Serialize;

/// The value of `schema`.
const SCHEMA: &str = "falseface.output/1";

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "run")]
pub(crate) struct RunLine<'a> {
    /// The version of the contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The program and its version.
    tool: &'a str,
    /// The rules.
    rules: RuleSetLine<'a>,
    /// The time of the run: `--now`, or that of the clock.
    now: Date,
    /// Where verdicts begin.
    thresholds: ThresholdsLine,
    /// Where the weights of rules are from: `built-in`.
    weights: &'a str,
    /// The questions that were asked.
    #[schemars(schema_with = "words::detectors")]
    detectors: Vec<&'static str>,
    /// The lists that people were held against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    watchlists: Vec<ListUsedLine<'a>>,
    /// The databases that countries and networks of addresses are from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    geoip: Vec<GeoDatabaseUsedLine<'a>>,
    /// The index of earlier batches that this one was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<IndexUsedLine<'a>>,
    /// Which records were joined, in a run that was asked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    joining: Option<JoiningLine<'a>>,
    /// Whether tokens stand in place of what came from an input.
    #[serde(skip_serializing_if = "is_false")]
    redacted: bool,
    /// The findings that people set aside, in a run that was given some.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<SuppressionsUsedLine<'a>>,
    /// The earlier report that the run was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<BaselineUsedLine<'a>>,
    /// What a configuration had a say in.
    #[serde(skip_serializing_if = "Option::is_none")]
    configured: Option<ConfiguredLine<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "rules")]
struct RuleSetLine<'a> {
    /// `sha256:` and the digest of all rules, in hex.
    digest: String,
    /// Number of all rules.
    count: usize,
    /// Rules that the run left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    off: Vec<RuleOffLine<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "thresholds")]
struct ThresholdsLine {
    /// The score from which on a person is at `review`.
    review: Decibans,
    /// The score from which on a person is at `escalate`, if the rest holds too.
    escalate: Decibans,
    /// What one finding must weigh at least to escalate.
    strong: Decibans,
    /// How many families must corroborate to escalate.
    families: usize,
    /// What families other than circumstances must sum up to at least to escalate.
    substance: Decibans,
}

impl<'a> RunLine<'a> {
    pub(crate) fn new(run: &'a Run) -> Self {
        let Thresholds { review, escalate, strong, families, substance } = run.thresholds;
        Self {
            schema: SCHEMA,
            tool: &run.tool,
            rules: RuleSetLine {
                digest: format!("sha256:{}", run.rules_digest),
                count: run.rules_count,
                off: run.rules_off.iter().map(RuleOffLine::new).collect(),
            },
            now: run.now,
            thresholds: ThresholdsLine {
                review: Rounded(review),
                escalate: Rounded(escalate),
                strong: Rounded(strong),
                families,
                substance: Rounded(substance),
            },
            weights: &run.weights,
            detectors: run.detectors.iter().map(|detector| detector.as_str()).collect(),
            watchlists: run.watchlists.iter().map(ListUsedLine::new).collect(),
            geoip: run.geoip.iter().map(GeoDatabaseUsedLine::new).collect(),
            index: run.index.as_ref().map(IndexUsedLine::new),
            joining: run.joining.as_ref().map(JoiningLine::new),
            redacted: run.is_redacted,
            suppressions: run.suppressions.as_ref().map(SuppressionsUsedLine::new),
            baseline: run.baseline.as_ref().map(BaselineUsedLine::new),
            configured: run.configured.as_ref().map(ConfiguredLine::new),
        }
    }
}
