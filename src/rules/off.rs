//! Rules that a run leaves out: wholly, or for some of the detectors that they speak to.

use super::sigma::SigmaDocument;
use crate::content::{Diagnostic, suggest};
use crate::screening::{Detector, RuleOff};
use std::collections::{BTreeMap, BTreeSet};

/// Where such a rule is named, for an error.
const NAMED_BY: &str = "--exclude-rule";

/// What was asked for, each rule once, in order of name. A rule that is left out for every detector that it speaks to is
/// left out wholly. Names that no rule has, and detectors that a rule does not speak to, are noted.
pub(super) fn settled(asked: &[RuleOff], documents: &[&SigmaDocument], errors: &mut Vec<Diagnostic>) -> Vec<RuleOff> {
    let known: BTreeMap<&str, BTreeSet<Detector>> = documents
        .iter()
        .map(|document| {
            (document.name.value.as_str(), document.extension.detectors.iter().map(|(at, _)| *at).collect())
        })
        .collect();
    let mut gone: BTreeMap<&str, BTreeSet<Detector>> = BTreeMap::new();
    for RuleOff { rule, detectors } in asked {
        let Some(spoken) = known.get(rule.as_str()) else {
            errors.push(unknown(rule, known.keys().copied()));
            continue;
        };
        let unspoken = detectors.iter().filter(|detector| !spoken.contains(detector));
        errors.extend(unspoken.map(|detector| silent(rule, *detector, spoken)));
        let gone = gone.entry(rule).or_default();
        if detectors.is_empty() {
            gone.extend(spoken);
        } else {
            gone.extend(detectors);
        }
    }
    let of = |(rule, gone): (&str, BTreeSet<Detector>)| {
        let is_whole = known.get(rule).is_none_or(|spoken| gone.is_superset(spoken));
        RuleOff { rule: rule.to_owned(), detectors: if is_whole { Vec::new() } else { gone.into_iter().collect() } }
    };
    gone.into_iter().map(of).collect()
}

fn unknown<'n>(rule: &str, names: impl Iterator<Item = &'n str>) -> Diagnostic {
    let error = Diagnostic::of_file(NAMED_BY, format!("there is no rule `{rule}`"));
    match suggest(rule, names) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error.with_help("`falseface rules list` shows every name"),
    }
}

fn silent(rule: &str, detector: Detector, spoken: &BTreeSet<Detector>) -> Diagnostic {
    let spoken: Vec<_> = spoken.iter().map(|detector| detector.as_str()).collect();
    Diagnostic::of_file(NAMED_BY, format!("the rule `{rule}` does not speak to {}", detector.as_str()))
        .with_help(format!("it speaks to {}", spoken.join(", ")))
}
