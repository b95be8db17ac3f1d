//! Rules prove themselves: each example goes through the whole pipeline, and must fire or stay silent as it says.

use super::options::Options;
use super::stages::Stages;
use crate::dossier::Date;
use crate::facts::Knowledge;
use crate::link::{Earlier, LinkKnowledge, Watchlist, Watchlists};
use crate::rules::{Example, Rule};

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
    /// Its watchlist, or what is earlier, cannot be read.
    Broken,
}

impl ProofState {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Silent => "silent",
            Self::Missing => "missing",
            Self::Noisy => "noisy",
            Self::Broken => "broken",
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
    let knowledge = Knowledge::new(&stages.detection().content);
    let knowledge = LinkKnowledge::new(&knowledge);
    let mut proofs = Vec::new();
    for rule in stages.detection().rules.rules() {
        for example in &rule.examples {
            let options = Options::at(example.now.unwrap_or(now));
            let fired = match fires(rule, example, stages, &knowledge, &options) {
                Ok(fired) => fired,
                Err(mistake) => {
                    proofs.push(proof(rule, example, format!("{}: {mistake}", example.why), ProofState::Broken));
                    continue;
                }
            };
            let state = match (example.expect, fired) {
                (true, true) => ProofState::Reported,
                (true, false) => ProofState::Missing,
                (false, true) => ProofState::Noisy,
                (false, false) => ProofState::Silent,
            };
            proofs.push(proof(rule, example, example.why.clone(), state));
        }
    }
    proofs
}

fn proof(rule: &Rule, example: &Example, why: String, state: ProofState) -> Proof {
    Proof { rule: rule.info.name.clone(), file: rule.file.clone(), line: example.line, why, state }
}

/// Whether a rule fires on its example; what is wrong with the example otherwise.
fn fires(
    rule: &Rule,
    example: &Example,
    stages: &Stages<'_>,
    knowledge: &LinkKnowledge<'_>,
    options: &Options,
) -> Result<bool, String> {
    let earlier = Earlier::in_memory(&example.dossier, &example.earlier, options.now, knowledge)
        .map_err(|error| error.to_string())?;
    let assess =
        |stages: &Stages<'_>| stages.assess_beside(&example.dossier, &example.beside, earlier.as_ref(), options);
    let assessment = if example.watchlist.is_empty() {
        assess(stages)
    } else {
        let lines: Vec<String> = example.watchlist.iter().map(ToString::to_string).collect();
        let list = Watchlist::read("example", lines.join("\n").as_bytes(), options.now, knowledge)
            .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
        let lists = Watchlists::new(vec![list], knowledge);
        assess(&Stages::new(stages.detection()).with_watchlists(Some(&lists)))
    };
    Ok(assessment.screened.findings.iter().any(|finding| finding.rule.name == rule.info.name))
}
