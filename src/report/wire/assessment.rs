//! One person, as the machine contract has them.

use super::changes::{ChangeLine, SuppressedLine};
use super::clusters::EarlierLine;
use super::findings::FindingLine;
use super::joined::JoinedLine;
use super::parts::{ByDetector, Decibans, Each, Rounded, Share, SourceLine, is_false};
use super::words;
use crate::dossier::{Date, Role, Section};
use crate::screening::{
    Assessment, Detector, DetectorResult, EarlierRecord, Finding, JoinedSource, PerDetector, RulePoints, Suppressed,
    Term, TimelineEntry, Verdict,
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "assessment")]
pub(crate) struct AssessmentLine<'a> {
    /// The person's id in the report.
    dossier: &'a str,
    /// Where the record stood.
    source: SourceLine<'a>,
    /// The records that the person's was joined of.
    #[serde(skip_serializing_if = "Option::is_none")]
    joined: Option<Each<'a, JoinedSource, JoinedLine<'a>>>,
    /// In what capacity the person appears.
    #[schemars(with = "Role")]
    role: &'static str,
    /// Who a reader sees.
    subject: PersonLine<'a>,
    /// The greatest verdict of the questions that were asked. `nothing` is no clearance.
    #[schemars(schema_with = "words::verdict")]
    verdict: &'static str,
    /// What each question that was asked comes to.
    detectors: ByDetector<DetectorLine<'a>>,
    /// What is different since the earlier report, in a run that was held against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeLine<'a>>,
    /// What was found, in order of the rules' names.
    findings: Each<'a, Finding, FindingLine<'a>>,
    /// Findings that people set aside: they have no points.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Each<'a, Suppressed, SuppressedLine<'a>>>,
    /// Ids of the clusters that the person belongs to.
    clusters: &'a [String],
    /// Records of earlier batches that have something in common with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<Each<'a, EarlierRecord, EarlierLine<'a>>>,
    /// What happened when, at `review` and above.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Each<'a, TimelineEntry, TimelineLine<'a>>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "subject")]
struct PersonLine<'a> {
    /// The first name that the record shows.
    name: Option<&'a str>,
    /// What stands below it on a profile.
    headline: Option<&'a str>,
}

impl<'a> AssessmentLine<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let screened = &assessment.screened;
        Self {
            dossier: &screened.dossier,
            source: SourceLine::new(&screened.source),
            joined: (!screened.joined.is_empty()).then_some(Each(&screened.joined, JoinedLine::new)),
            role: screened.role.as_str(),
            subject: PersonLine {
                name: screened.subject.name.as_deref(),
                headline: screened.subject.headline.as_deref(),
            },
            verdict: assessment.verdict.as_str(),
            detectors: ByDetector(PerDetector::from_fn(|detector| {
                let result = assessment.detectors[detector].as_ref();
                result.map(|result| DetectorLine::new(assessment, detector, result))
            })),
            change: assessment.change.as_ref().map(ChangeLine::new),
            findings: Each(&screened.findings, FindingLine::new),
            suppressed: (!screened.suppressed.is_empty()).then_some(Each(&screened.suppressed, SuppressedLine::new)),
            clusters: &assessment.clusters,
            earlier: (!assessment.earlier.is_empty()).then_some(Each(&assessment.earlier, EarlierLine::new)),
            timeline: (assessment.verdict >= Verdict::Review).then_some(Each(&screened.timeline, TimelineLine::new)),
        }
    }
}

/// What one question comes to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "detector")]
struct DetectorLine<'a> {
    /// Where the person stands by this question.
    #[schemars(schema_with = "words::verdict")]
    verdict: &'static str,
    /// The sum of the terms.
    score: Decibans,
    /// Number of families that corroborate each other: those with points, combinations left out.
    families: usize,
    /// Whether the verdict rests on a match with something published, and on one family alone.
    #[serde(skip_serializing_if = "is_false")]
    by_published_match: bool,
    /// How much of the weight of the question's rules could be looked at. Little says that the export shows little.
    coverage: Share,
    /// The sections of the record whose absence kept rules from being looked at.
    #[schemars(with = "Vec<Section>")]
    missing: Each<'a, Section, &'static str>,
    /// What the score is the sum of, the greatest first.
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

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "term")]
struct TermLine<'a> {
    /// Rules of one family look at the same thing.
    family: &'a str,
    /// What the family adds to the score.
    points: Decibans,
    /// What that is the sum of, the strongest first.
    rules: Each<'a, RulePoints, RulePointsLine<'a>>,
}

impl<'a> TermLine<'a> {
    fn new(term: &'a Term) -> Self {
        Self { family: &term.family, points: Rounded(term.points), rules: Each(&term.rules, RulePointsLine::new) }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "rule_points")]
struct RulePointsLine<'a> {
    /// The rule's name.
    rule: &'a str,
    /// What it weighs by itself.
    weight: Decibans,
    /// What of that counts: all, half, a quarter …
    points: Decibans,
}

impl<'a> RulePointsLine<'a> {
    fn new(part: &'a RulePoints) -> Self {
        Self { rule: &part.rule, weight: Rounded(part.weight), points: Rounded(part.points) }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "event")]
struct TimelineLine<'a> {
    /// When it happened.
    at: Date,
    /// JSON Pointer of it.
    pointer: &'a str,
    /// What it is, for a reader.
    label: &'a str,
    /// Names of the rules whose evidence stands there.
    rules: &'a [String],
}

impl<'a> TimelineLine<'a> {
    fn new(entry: &'a TimelineEntry) -> Self {
        Self { at: entry.at, pointer: &entry.pointer, label: &entry.label, rules: &entry.rules }
    }
}
