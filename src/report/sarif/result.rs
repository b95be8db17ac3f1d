//! A finding as a result: what was found, how loud, where, and by which words.

use super::level;
use super::location::Place;
use super::rule::help;
use super::text::Message;
use crate::report::escape::{quoted, readable};
use crate::report::told::{quotes, title};
use crate::report::weighed::Weighed;
use crate::report::wire::parts::{Decibans, Each, Rounded};
use crate::screening::{Assessment, Detector, DetectorResult, Evidence, PerDetector, Suppressed};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One finding of one person.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingResult<'a> {
    rule_id: &'a str,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    /// Only where the run was held against an earlier report.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    /// In every result or in none, says SARIF 3.27.23; so those that count have an empty list.
    suppressions: Vec<Suppression>,
    properties: Properties<'a>,
}

/// Why a result does not count.
#[derive(Debug, Serialize)]
struct Suppression {
    /// People decided it in a file of their own, and not where the words stand.
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Debug, Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "falseface/v1")]
    finding: &'a str,
}

/// What SARIF has no word for. Raw, as in `jsonl`; names of people stay out.
#[derive(Serialize)]
struct Properties<'a> {
    dossier: &'a str,
    role: &'static str,
    source: String,
    verdict: &'static str,
    detectors: BTreeMap<&'static str, Standing>,
    count: usize,
    evidence: Each<'a, Evidence, Words<'a>>,
}

/// Where a person stands with a detector, and what this finding adds to it.
#[derive(Serialize)]
struct Standing {
    verdict: &'static str,
    score: Decibans,
    points: Decibans,
}

#[derive(Serialize)]
struct Words<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<&'a str>,
    pointer: &'a str,
    start: usize,
    end: usize,
    quote: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
}

impl<'a> FindingResult<'a> {
    pub(super) fn new(assessment: &'a Assessment, weighed: &Weighed<'a>) -> Self {
        let (screened, finding) = (&assessment.screened, weighed.finding);
        let (kind, level) = level::of_finding(weighed, assessment.verdict);
        let mut places = BTreeSet::new();
        let mut places = finding.evidence.iter().filter(|piece| places.insert((&piece.dossier, &piece.pointer)));
        let first = Place::first(&screened.source, &screened.dossier, places.next());
        let further = places.zip(1..).map(|(piece, number)| Place::further(number, &screened.dossier, piece));
        Self {
            rule_id: &finding.rule.name,
            kind,
            level,
            message: message(assessment, weighed),
            locations: [first],
            related_locations: further.collect(),
            partial_fingerprints: Fingerprints { finding: &finding.fingerprint },
            baseline_state: assessment
                .change
                .as_ref()
                .map(|change| if change.new.contains(&finding.fingerprint) { "new" } else { "unchanged" }),
            suppressions: Vec::new(),
            properties: Properties {
                dossier: &screened.dossier,
                role: screened.role.as_str(),
                source: screened.source.to_string(),
                verdict: assessment.verdict.as_str(),
                detectors: standings(assessment, weighed),
                count: finding.count,
                evidence: Each(&finding.evidence, Words::new),
            },
        }
    }
}

impl FindingResult<'_> {
    /// A finding that was set aside, as it would be told otherwise, but quietly.
    pub(super) fn suppressed<'a>(assessment: &'a Assessment, suppressed: &'a Suppressed) -> FindingResult<'a> {
        let Suppressed { finding, reason, author, expires } = suppressed;
        let weighed = Weighed { finding, points: PerDetector::default() };
        let suppression = Suppression {
            kind: "external",
            status: "accepted",
            justification: readable(&format!("{reason} (by {author} through {expires})")).into_owned(),
        };
        FindingResult {
            kind: "fail",
            level: "note",
            suppressions: vec![suppression],
            ..FindingResult::new(assessment, &weighed)
        }
    }
}

/// The title, whose record, the strongest words, what else it could be and what to do.
fn message(assessment: &Assessment, weighed: &Weighed<'_>) -> Message {
    let finding = weighed.finding;
    let mut text = format!("{} ({})", readable(&title(finding)), readable(&assessment.screened.dossier));
    if let Some(piece) = quotes(finding).first() {
        let (words, mark) = quoted(&piece.before, &piece.quote, &piece.after);
        text.push_str(": “");
        text.push_str(words.get(mark).unwrap_or_default());
        text.push('”');
    }
    text.push_str(". ");
    text.push_str(&readable(&help(&finding.rule)));
    Message::shown(&text)
}

fn standings(assessment: &Assessment, weighed: &Weighed<'_>) -> BTreeMap<&'static str, Standing> {
    let of = |(detector, result): (Detector, &Option<DetectorResult>)| {
        let result = result.as_ref()?;
        let points = weighed.points[detector].unwrap_or_default();
        let standing =
            Standing { verdict: result.verdict.as_str(), score: Rounded(result.score), points: Rounded(points) };
        Some((detector.as_str(), standing))
    };
    assessment.detectors.iter().filter_map(of).collect()
}

impl<'a> Words<'a> {
    fn new(piece: &'a Evidence) -> Self {
        let derived = piece.derived.as_ref();
        Self {
            dossier: piece.dossier.as_deref(),
            pointer: &piece.pointer,
            start: piece.start,
            end: piece.end,
            quote: &piece.quote,
            field: derived.map(|derived| derived.field),
            value: derived.map(|derived| derived.value.as_str()),
            expected: piece.expected.as_deref(),
        }
    }
}
