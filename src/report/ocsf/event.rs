//! One finding as an event, in so many bytes: collectors cut longer ones, and lose their end.

use crate::report::told::title;
use crate::report::weighed::Weighed;
use crate::report::wire::parts::{Decibans, Rounded, append};
use crate::screening::{Assessment, Evidence, Level, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bytes of an event, without its time and what made it.
const EVENT: usize = 7_600;
/// How much of texts and of evidence there is: the first that fits is taken. The last always does: whatever is in a
/// text, a byte of it takes six bytes in JSON at most.
const SIZES: [Size; 5] = [
    Size { text: 1_000, pieces: 64 },
    Size { text: 1_000, pieces: 12 },
    Size { text: 400, pieces: 6 },
    Size { text: 120, pieces: 3 },
    Size { text: 40, pieces: 1 },
];
/// Techniques of ATT&CK that are named.
const TECHNIQUES: usize = 4;

/// Bytes of each text, and pieces of evidence.
#[derive(Debug, Clone, Copy)]
struct Size {
    text: usize,
    pieces: usize,
}

#[derive(Serialize)]
struct Event<'a> {
    activity_id: u8,
    category_uid: u8,
    class_uid: u16,
    type_uid: u32,
    severity_id: u8,
    severity: &'static str,
    status_id: u8,
    is_alert: bool,
    message: String,
    finding_info: FindingInfo<'a>,
    evidences: Vec<EvidenceArtifact>,
    resources: [Resource; 1],
    remediation: Remediation,
    unmapped: Unmapped,
}

#[derive(Serialize)]
struct FindingInfo<'a> {
    uid: &'a str,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    desc: String,
    analytic: Analytic,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attacks: Vec<Attack>,
}

/// The rule.
#[derive(Serialize)]
struct Analytic {
    type_id: u8,
    r#type: &'static str,
    name: String,
    uid: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    version: String,
}

/// A technique of ATT&CK.
#[derive(Serialize)]
struct Attack {
    technique: Technique,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_technique: Option<Technique>,
}

#[derive(Serialize)]
struct Technique {
    uid: String,
}

/// A piece of evidence.
#[derive(Serialize)]
struct EvidenceArtifact {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    data: Words,
}

#[derive(Serialize)]
struct Words {
    pointer: String,
    quote: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// Whose record it is; by its id, never by a name.
#[derive(Serialize)]
struct Resource {
    uid: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Remediation {
    desc: String,
}

/// What the class has no attribute for.
#[derive(Serialize)]
struct Unmapped {
    verdict: &'static str,
    role: &'static str,
    source: String,
    family: String,
    points: BTreeMap<&'static str, Decibans>,
    scores: BTreeMap<&'static str, Decibans>,
    could_be: String,
    count: usize,
    shortened: bool,
}

/// The event of a finding as JSON, without its time and what made it.
pub(super) fn json(assessment: &Assessment, weighed: &Weighed<'_>) -> Vec<u8> {
    let mut json = Vec::new();
    for size in SIZES {
        json.clear();
        append(&event(assessment, weighed, size, size.text < SIZES[0].text), &mut json);
        if json.len() <= EVENT {
            break;
        }
    }
    json
}

fn event<'a>(assessment: &Assessment, weighed: &Weighed<'a>, size: Size, shortened: bool) -> Event<'a> {
    let (screened, finding) = (&assessment.screened, weighed.finding);
    let rule = &finding.rule;
    let text = |text: &str| cut(text, size.text);
    let (severity_id, severity) = severity(weighed, assessment.verdict);
    let pieces = finding.evidence.iter().filter(|piece| !piece.quote.is_empty());
    let results = || assessment.detectors.iter().filter_map(|(detector, result)| Some((detector, result.as_ref()?)));
    Event {
        activity_id: 1,
        category_uid: 2,
        class_uid: 2004,
        type_uid: 200_401,
        severity_id,
        severity,
        status_id: 1,
        is_alert: assessment.verdict == Verdict::Escalate && weighed.most() > 0.0,
        message: text(&title(finding)),
        finding_info: FindingInfo {
            uid: &finding.fingerprint,
            title: text(&rule.title),
            desc: text(&rule.description),
            analytic: Analytic {
                type_id: 1,
                r#type: "Rule",
                name: text(&rule.name),
                uid: text(&rule.id),
                version: text(&rule.version),
            },
            attacks: rule.tags.iter().filter_map(|tag| attack(tag)).take(TECHNIQUES).collect(),
        },
        evidences: pieces.clone().take(size.pieces).map(|piece| artifact(piece, size)).collect(),
        resources: [Resource { uid: text(&screened.dossier), r#type: "dossier" }],
        remediation: Remediation {
            desc: text(if rule.verify.is_empty() { "A person must decide." } else { &rule.verify }),
        },
        unmapped: Unmapped {
            verdict: assessment.verdict.as_str(),
            role: screened.role.as_str(),
            source: text(&screened.source.to_string()),
            family: text(&rule.family),
            points: results()
                .map(|(detector, _)| (detector, weighed.points[detector].unwrap_or_default()))
                .map(rounded)
                .collect(),
            scores: results().map(|(detector, result)| (detector, result.score)).map(rounded).collect(),
            could_be: text(&rule.falsepositives.join(" ")),
            count: finding.count,
            shortened: shortened || pieces.count() > size.pieces,
        },
    }
}

fn rounded((detector, number): (crate::screening::Detector, f64)) -> (&'static str, Decibans) {
    (detector.as_str(), Rounded(number))
}

fn artifact(piece: &Evidence, size: Size) -> EvidenceArtifact {
    let derived = piece.derived.as_ref();
    EvidenceArtifact {
        name: cut(&piece.label, size.text),
        data: Words {
            pointer: cut(&piece.pointer, size.text),
            quote: cut(&piece.quote, size.text),
            field: derived.map(|derived| derived.field),
            value: derived.map(|derived| cut(&derived.value, size.text)),
        },
    }
}

/// OCSF's severity: the rule's, never louder than medium for a person at review; information where there are no points.
fn severity(weighed: &Weighed<'_>, verdict: Verdict) -> (u8, &'static str) {
    if weighed.most() <= 0.0 {
        return (1, "Informational");
    }
    match (weighed.finding.rule.level, verdict) {
        (Level::Informational | Level::Low, _) => (2, "Low"),
        (Level::Critical, Verdict::Escalate) => (5, "Critical"),
        (Level::High, Verdict::Escalate) => (4, "High"),
        _ => (3, "Medium"),
    }
}

/// The technique of a Sigma tag such as `attack.t1566.003`.
fn attack(tag: &str) -> Option<Attack> {
    let number = tag.strip_prefix("attack.t")?;
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole, 4) || !part.is_none_or(|part| is_number(part, 3)) {
        return None;
    }
    let technique = Technique { uid: format!("T{whole}") };
    Some(Attack { technique, sub_technique: part.map(|part| Technique { uid: format!("T{whole}.{part}") }) })
}

/// Text of at most so many bytes, and a mark where something is missing.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(most)])
}
