//! What stands in a line of `falseface.output/1`. Borrowed from the outcome, in the order of the contract.

use super::wire_changes::{BaselineUsedLine, ChangeLine, SuppressedLine, SuppressionsUsedLine};
use super::wire_clusters::EarlierLine;
use super::wire_findings::FindingLine;
use super::wire_joined::{JoinedLine, JoiningLine};
use super::wire_parts::{Decibans, Each, Rounded, Share, SourceLine, is_false};
use super::wire_used::{ConfiguredLine, GeoDatabaseUsedLine, IndexUsedLine, ListUsedLine, RuleOffLine};
use crate::dossier::{Date, InputDigest, Locator, Section};
use crate::screening::{
    Assessment, Detector, DetectorResult, EarlierRecord, Finding, JoinedSource, RulePoints, Run, Summary, Suppressed,
    Term, Thresholds, TimelineEntry, Verdict,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The value of `schema`.
const SCHEMA: &str = "falseface.output/1";

/// What a run was made with.
#[derive(Serialize)]
pub(super) struct RunLine<'a> {
    r#type: &'static str,
    schema: &'static str,
    tool: &'a str,
    rules: RuleSetLine<'a>,
    now: Date,
    thresholds: ThresholdsLine,
    weights: &'a str,
    detectors: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    watchlists: Vec<ListUsedLine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    geoip: Vec<GeoDatabaseUsedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<IndexUsedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joining: Option<JoiningLine<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    redacted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<SuppressionsUsedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<BaselineUsedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    configured: Option<ConfiguredLine<'a>>,
}

#[derive(Serialize)]
struct RuleSetLine<'a> {
    digest: String,
    count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    off: Vec<RuleOffLine<'a>>,
}

#[derive(Serialize)]
struct ThresholdsLine {
    review: Decibans,
    escalate: Decibans,
    strong: Decibans,
    families: usize,
    substance: Decibans,
}

impl<'a> RunLine<'a> {
    pub(super) fn new(run: &'a Run) -> Self {
        let Thresholds { review, escalate, strong, families, substance } = run.thresholds;
        Self {
            r#type: "run",
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

/// One person.
#[derive(Serialize)]
pub(super) struct AssessmentLine<'a> {
    r#type: &'static str,
    dossier: &'a str,
    source: SourceLine<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joined: Option<Each<'a, JoinedSource, JoinedLine<'a>>>,
    role: &'static str,
    subject: PersonLine<'a>,
    verdict: &'static str,
    detectors: DetectorLines<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeLine<'a>>,
    findings: Each<'a, Finding, FindingLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Each<'a, Suppressed, SuppressedLine<'a>>>,
    clusters: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<Each<'a, EarlierRecord, EarlierLine<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Each<'a, TimelineEntry, TimelineLine<'a>>>,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    name: Option<&'a str>,
    headline: Option<&'a str>,
}

impl<'a> AssessmentLine<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let screened = &assessment.screened;
        Self {
            r#type: "assessment",
            dossier: &screened.dossier,
            source: SourceLine::new(&screened.source),
            joined: (!screened.joined.is_empty()).then_some(Each(&screened.joined, JoinedLine::new)),
            role: screened.role.as_str(),
            subject: PersonLine {
                name: screened.subject.name.as_deref(),
                headline: screened.subject.headline.as_deref(),
            },
            verdict: assessment.verdict.as_str(),
            detectors: DetectorLines(assessment),
            change: assessment.change.as_ref().map(ChangeLine::new),
            findings: Each(&screened.findings, FindingLine::new),
            suppressed: (!screened.suppressed.is_empty()).then_some(Each(&screened.suppressed, SuppressedLine::new)),
            clusters: &assessment.clusters,
            earlier: (!assessment.earlier.is_empty()).then_some(Each(&assessment.earlier, EarlierLine::new)),
            timeline: (assessment.verdict >= Verdict::Review).then_some(Each(&screened.timeline, TimelineLine::new)),
        }
    }
}

/// The detectors that were asked.
struct DetectorLines<'a>(&'a Assessment);

impl Serialize for DetectorLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (detector, result) in self.0.detectors.iter() {
            if let Some(result) = result {
                map.serialize_entry(detector.as_str(), &DetectorLine::new(self.0, detector, result))?;
            }
        }
        map.end()
    }
}

#[derive(Serialize)]
struct DetectorLine<'a> {
    verdict: &'static str,
    score: Decibans,
    families: usize,
    #[serde(skip_serializing_if = "is_false")]
    by_published_match: bool,
    coverage: Share,
    missing: Each<'a, Section, &'static str>,
    terms: Each<'a, Term, TermLine<'a>>,
}

impl<'a> DetectorLine<'a> {
    fn new(assessment: &'a Assessment, detector: Detector, result: &'a DetectorResult) -> Self {
        Self {
            verdict: result.verdict.as_str(),
            score: Rounded(result.score),
            families: result.families,
            by_published_match: result.by_published_match,
            coverage: Rounded(assessment.screened.coverage[detector]),
            missing: Each(&assessment.screened.missing[detector], |section| section.as_str()),
            terms: Each(&result.terms, TermLine::new),
        }
    }
}

#[derive(Serialize)]
struct TermLine<'a> {
    family: &'a str,
    points: Decibans,
    rules: Each<'a, RulePoints, RulePointsLine<'a>>,
}

impl<'a> TermLine<'a> {
    fn new(term: &'a Term) -> Self {
        Self { family: &term.family, points: Rounded(term.points), rules: Each(&term.rules, RulePointsLine::new) }
    }
}

#[derive(Serialize)]
struct RulePointsLine<'a> {
    rule: &'a str,
    weight: Decibans,
    points: Decibans,
}

impl<'a> RulePointsLine<'a> {
    fn new(part: &'a RulePoints) -> Self {
        Self { rule: &part.rule, weight: Rounded(part.weight), points: Rounded(part.points) }
    }
}

#[derive(Serialize)]
struct TimelineLine<'a> {
    at: Date,
    pointer: &'a str,
    label: &'a str,
    rules: &'a [String],
}

impl<'a> TimelineLine<'a> {
    fn new(entry: &'a TimelineEntry) -> Self {
        Self { at: entry.at, pointer: &entry.pointer, label: &entry.label, rules: &entry.rules }
    }
}

/// Something that did not become a dossier.
#[derive(Serialize)]
pub(super) struct AsideLine<'a> {
    r#type: &'static str,
    source: SourceLine<'a>,
    reason: &'a str,
}

impl<'a> AsideLine<'a> {
    pub(super) fn new(kind: &'static str, source: &'a Locator, reason: &'a str) -> Self {
        Self { r#type: kind, source: SourceLine::new(source), reason }
    }
}

/// What a run counted.
#[derive(Serialize)]
pub(super) struct SummaryLine<'a> {
    r#type: &'static str,
    dossiers: u64,
    rejected: u64,
    skipped: u64,
    by_verdict: BTreeMap<&'static str, u64>,
    dropped_fields: &'a BTreeMap<String, u64>,
    unknown_fields: &'a BTreeMap<String, u64>,
    inputs: Each<'a, InputDigest, InputLine<'a>>,
    partial: bool,
    hidden: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gone: Option<u64>,
}

#[derive(Serialize)]
struct InputLine<'a> {
    source: SourceLine<'a>,
    sha256: &'a str,
}

impl<'a> SummaryLine<'a> {
    pub(super) fn new(summary: &'a Summary) -> Self {
        let counted = |verdict: Verdict| summary.by_verdict.get(&verdict).copied().unwrap_or(0);
        let input =
            |input: &'a InputDigest| InputLine { source: SourceLine::new(&input.source), sha256: &input.sha256 };
        Self {
            r#type: "summary",
            dossiers: summary.dossiers,
            rejected: summary.rejected,
            skipped: summary.skipped,
            by_verdict: Verdict::ALL.into_iter().map(|verdict| (verdict.as_str(), counted(verdict))).collect(),
            dropped_fields: &summary.dropped_fields,
            unknown_fields: &summary.unknown_fields,
            inputs: Each(&summary.inputs, input),
            partial: summary.partial,
            hidden: summary.hidden,
            unchanged: (summary.unchanged > 0).then_some(summary.unchanged),
            gone: (summary.gone > 0).then_some(summary.gone),
        }
    }
}
