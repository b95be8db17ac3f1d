//! Rules prove themselves: each example goes through the whole pipeline, and must fire or stay silent as it says.

use super::options::Options;
use super::stages::Stages;
use crate::dossier::Date;

/// What became of one example of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Line of the example, from 1.
    pub line: usize,
    /// What the example shows.
    pub why: String,
    /// What became of it.
    pub state: ProofState,
}

/// What became of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofState {
    /// It should fire and did.
    Reported,
    /// It should stay silent and did.
    Silent,
    /// It should have fired and did not.
    Missing,
    /// It should have stayed silent and fired.
    Noisy,
}

impl ProofState {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Silent => "silent",
            Self::Missing => "missing",
            Self::Noisy => "noisy",
        }
    }

    /// Whether the rule behaves as its example says.
    pub fn holds(self) -> bool {
        matches!(self, Self::Reported | Self::Silent)
    }
}

/// When examples that do not say so are set, so that their ages stay what they were written for.
const EXAMPLES_NOW: &str = "2026-11-25";

/// Runs every example of every rule.
pub fn prove(stages: &Stages<'_>) -> Vec<Proof> {
    let Ok(now) = EXAMPLES_NOW.parse::<Date>() else { return Vec::new() };
    let mut proofs = Vec::new();
    for rule in stages.detection().rules.rules() {
        for example in &rule.examples {
            let options = Options::at(example.now.unwrap_or(now));
            let assessment = stages.assess_beside(&example.dossier, &example.beside, &options);
            let fired = assessment.screened.findings.iter().any(|finding| finding.rule.name == rule.info.name);
            let state = match (example.expect, fired) {
                (true, true) => ProofState::Reported,
                (true, false) => ProofState::Missing,
                (false, true) => ProofState::Noisy,
                (false, false) => ProofState::Silent,
            };
            proofs.push(Proof {
                rule: rule.info.name.clone(),
                file: rule.file.clone(),
                line: example.line,
                why: example.why.clone(),
                state,
            });
        }
    }
    proofs
}
