//! Moves: whose verdict a change of detection content changes, and by which rules.

use crate::screening::{Assessment, Detector, DetectorResult, PerDetector, Verdict};
use std::collections::BTreeMap;

/// A rule that two sets of content do not have alike.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleChange {
    /// Only the new content has it.
    Added {
        /// The rule.
        rule: String,
        /// Its weights, in decibans.
        weights: PerDetector<Option<f64>>,
    },
    /// Only the old content has it.
    Removed {
        /// The rule.
        rule: String,
        /// Its weights, in decibans.
        weights: PerDetector<Option<f64>>,
    },
    /// Both have it, and not alike.
    Changed {
        /// The rule.
        rule: String,
        /// What differs, each in a few words.
        differences: Vec<String>,
    },
}

/// A lexicon, list or table that two sets of content do not have alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentChange {
    /// The file, relative to the content folder.
    pub file: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
}

/// What differs between two sets of content.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// In order of rule names.
    pub rules: Vec<RuleChange>,
    /// Lexicons, lists and tables, in order.
    pub content: Vec<ContentChange>,
}

/// Somebody whose verdict for a detector changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Id of the dossier.
    pub id: String,
    /// The detector.
    pub detector: Detector,
    /// Verdict and score with the old content.
    pub old: (Verdict, f64),
    /// Verdict and score with the new content.
    pub new: (Verdict, f64),
    /// Rules that count otherwise, the greatest change first.
    pub rules: Vec<PointsMoved>,
}

impl Move {
    /// Whether the new verdict is the greater.
    pub fn is_up(&self) -> bool {
        self.new.0 > self.old.0
    }
}

/// A rule that counts otherwise, in decibans; none where it does not count at all.
#[derive(Debug, Clone, PartialEq)]
pub struct PointsMoved {
    /// The rule.
    pub rule: String,
    /// With the old content.
    pub old: Option<f64>,
    /// With the new content.
    pub new: Option<f64>,
}

/// Where everybody stands with one set of content.
#[derive(Debug, Default)]
pub struct Standings {
    by_id: BTreeMap<String, PerDetector<Option<Standing>>>,
}

#[derive(Debug)]
struct Standing {
    verdict: Verdict,
    score: f64,
    points: BTreeMap<String, f64>,
}

impl Standing {
    fn of(result: &DetectorResult) -> Self {
        let mut points: BTreeMap<String, f64> = BTreeMap::new();
        for part in result.terms.iter().flat_map(|term| &term.rules) {
            *points.entry(part.rule.clone()).or_default() += part.points;
        }
        Self { verdict: result.verdict, score: result.score, points }
    }
}

impl Standings {
    /// Takes in one person.
    pub fn add(&mut self, assessment: &Assessment) {
        let standings = PerDetector::from_fn(|detector| assessment.detectors[detector].as_ref().map(Standing::of));
        self.by_id.insert(assessment.screened.dossier.clone(), standings);
    }
}

/// Who moves between two sets of content.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moves {
    /// People whom both runs assessed.
    pub people: u64,
    /// In the order of the second run, then of the detectors.
    pub moves: Vec<Move>,
    /// People whose score changes for some detector, although no verdict does.
    pub only_score: u64,
}

impl Moves {
    /// Compares one person with where they stood before.
    pub fn compare(&mut self, before: &Standings, assessment: &Assessment) {
        let id = &assessment.screened.dossier;
        let Some(held) = before.by_id.get(id) else { return };
        self.people += 1;
        let first = self.moves.len();
        let mut score_changes = false;
        for (detector, result) in assessment.detectors.iter() {
            let (Some(old), Some(result)) = (&held[detector], result) else { continue };
            let new = Standing::of(result);
            if old.verdict != new.verdict {
                self.moves.push(Move {
                    id: id.clone(),
                    detector,
                    old: (old.verdict, old.score),
                    new: (new.verdict, new.score),
                    rules: moved(&old.points, &new.points),
                });
            }
            score_changes |= old.score.total_cmp(&new.score).is_ne();
        }
        self.only_score += u64::from(score_changes && self.moves.len() == first);
    }

    /// People with a verdict that rises.
    pub fn up(&self) -> u64 {
        self.people_who(Move::is_up)
    }

    /// People with a verdict that falls. Somebody may be among both.
    pub fn down(&self) -> u64 {
        self.people_who(|moved| !moved.is_up())
    }

    fn people_who(&self, holds: impl Fn(&Move) -> bool) -> u64 {
        let mut ids: Vec<&str> =
            self.moves.iter().filter(|moved| holds(moved)).map(|moved| moved.id.as_str()).collect();
        // The moves of one person stand together.
        ids.dedup();
        ids.len() as u64
    }
}

fn moved(old: &BTreeMap<String, f64>, new: &BTreeMap<String, f64>) -> Vec<PointsMoved> {
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    let mut moved: Vec<PointsMoved> = names
        .map(|name| PointsMoved { rule: name.clone(), old: old.get(name).copied(), new: new.get(name).copied() })
        .filter(|points| points.old != points.new)
        .collect();
    let size = |points: &PointsMoved| (points.new.unwrap_or(0.0) - points.old.unwrap_or(0.0)).abs();
    moved.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.rule.cmp(&b.rule)));
    moved
}
