//! An earlier report that a run is held against, so that only what is new, changed or gone is told.
//!
//! People are known by the ids of their records, findings by their fingerprints, which rest on what was quoted and not on
//! where it stood.

use crate::dossier::hex;
use crate::screening::{Assessment, BaselineUsed, Change, Detector, FindingRef, Verdict};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// Why a file is no baseline; in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NoBaseline {
    /// The system refused.
    #[error("could not read it: {0}")]
    Unreadable(#[from] std::io::Error),
    /// Not JSON Lines of the contract.
    #[error(
        "line {line}: expected a line of a report in JSON Lines (falseface scan --format jsonl -o FILE), found {found}"
    )]
    NoReport {
        /// From 1.
        line: usize,
        /// What was found.
        found: String,
    },
    /// Its ids are tokens.
    #[error("it is redacted, and its tokens are nobody's ids (keep an unredacted report as the baseline)")]
    Redacted,
}

/// An earlier report.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    people: BTreeMap<String, Known>,
    detectors: Vec<String>,
    digest: String,
    left_out: Option<u64>,
}

/// What it says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    verdict: Verdict,
    findings: BTreeSet<FindingRef>,
}

/// A line of it, as far as it matters.
#[derive(Deserialize)]
struct Line {
    r#type: String,
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    redacted: bool,
    /// Of a run.
    #[serde(default)]
    detectors: serde_json::Value,
    #[serde(default)]
    dossier: String,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    findings: BTreeSet<FindingRef>,
    /// Of a summary.
    #[serde(default)]
    hidden: u64,
    #[serde(default)]
    unchanged: u64,
    #[serde(default)]
    partial: bool,
}

impl Baseline {
    /// Reads a report in JSON Lines.
    ///
    /// # Errors
    /// If it cannot be read, is no such report, or is redacted.
    pub fn read(mut report: impl BufRead) -> Result<Self, NoBaseline> {
        let mut baseline = Self::default();
        let mut digest = Sha256::new();
        let mut bytes = Vec::new();
        let mut number = 0;
        while report.read_until(b'\n', &mut bytes)? > 0 {
            number += 1;
            digest.update(&bytes);
            let no_report = |found: String| NoBaseline::NoReport { line: number, found };
            let line: Line = serde_json::from_slice(&bytes).map_err(|error| no_report(error.to_string()))?;
            bytes.clear();
            if number == 1 && !line.schema.as_deref().is_some_and(|schema| schema.starts_with("falseface.output/1")) {
                return Err(no_report(format!("a line of the type {:?}", line.r#type)));
            }
            if line.redacted {
                return Err(NoBaseline::Redacted);
            }
            if number == 1 {
                baseline.detectors = serde_json::from_value(line.detectors).unwrap_or_default();
            }
            if line.r#type == "assessment" {
                let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == line.verdict);
                let verdict = verdict.ok_or_else(|| no_report(format!("the verdict {:?}", line.verdict)))?;
                baseline.people.insert(line.dossier, Known { verdict, findings: line.findings });
            } else if line.r#type == "summary" && !line.partial {
                baseline.left_out = Some(line.hidden + line.unchanged);
            }
        }
        if number == 0 {
            return Err(NoBaseline::NoReport { line: 1, found: "an empty file".to_owned() });
        }
        baseline.digest = hex(&digest.finalize());
        Ok(baseline)
    }

    /// Every finding in it, with the record that it is about.
    pub fn findings(&self) -> impl Iterator<Item = (&str, &FindingRef)> {
        self.people.iter().flat_map(|(id, known)| known.findings.iter().map(move |finding| (id.as_str(), finding)))
    }

    /// Whether it was made by asking the same detectors: verdicts of others cannot be held against each other.
    pub fn asked(&self, detectors: &[Detector]) -> bool {
        let asked: BTreeSet<&str> = detectors.iter().map(|detector| detector.as_str()).collect();
        self.detectors.iter().map(String::as_str).collect::<BTreeSet<_>>() == asked
    }

    /// How many people it was made of and does not name, because of a filter or because they were as an earlier report had
    /// them; `None` if nobody knows, because it was interrupted or its end is missing.
    pub fn left_out(&self) -> Option<u64> {
        self.left_out
    }

    /// What a report says of it.
    pub fn used(&self) -> BaselineUsed {
        BaselineUsed { digest: self.digest.clone(), people: self.people.len() }
    }

    /// What is different of a person; `None` if nothing is.
    pub fn change(&self, assessment: &Assessment) -> Option<Change> {
        let found: BTreeSet<&str> =
            assessment.screened.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let Some(known) = self.people.get(&assessment.screened.dossier) else {
            return Some(Change {
                before: None,
                new: found.into_iter().map(str::to_owned).collect(),
                gone: Vec::new(),
            });
        };
        let had: BTreeSet<&str> = known.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        if known.verdict == assessment.verdict && found == had {
            return None;
        }
        Some(Change {
            before: Some(known.verdict),
            new: found.difference(&had).map(|fingerprint| (*fingerprint).to_owned()).collect(),
            gone: known
                .findings
                .iter()
                .filter(|finding| !found.contains(finding.fingerprint.as_str()))
                .cloned()
                .collect(),
        })
    }

    /// Whoever is in it and was not met, with where they stood.
    pub fn missing(&self, was_met: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, Verdict)> {
        self.people.iter().filter(move |(id, _)| !was_met(id)).map(|(id, known)| (id.as_str(), known.verdict))
    }
}
