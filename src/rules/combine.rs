//! Combinations: rules over rules that have hit, in the order in which they build on each other.

use super::evidence::{distinct, fingerprint};
use super::leaf::{Leaf, Outcome, Outcomes, Test};
use super::rule::Rule;
use crate::screening::{Evidence, Finding};
use std::sync::Arc;

/// The rules that a leaf or a condition names, by position.
fn named(leaf: &Leaf) -> impl Iterator<Item = u32> + '_ {
    leaf.tests
        .iter()
        .filter_map(|test| match test {
            Test::Rules(rules) => Some(rules.iter().copied()),
            _ => None,
        })
        .flatten()
}

/// Positions of the combinations, each after those that it names; the position of one in a circle if there is one.
pub(super) fn order(rules: &[Rule]) -> Result<Vec<u32>, u32> {
    let mut waiting: Vec<u32> =
        (0..).zip(rules).filter(|(_, rule)| rule.info.combination).map(|(position, _)| position).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while let Some(first) = waiting.first().copied() {
        let (ready, later): (Vec<u32>, Vec<u32>) = waiting.iter().partition(|position| {
            let leaves = rules[**position as usize].part.leaves();
            !leaves.iter().any(|(_, leaf)| named(leaf).any(|name| waiting.contains(&name)))
        });
        if ready.is_empty() {
            return Err(first);
        }
        ordered.extend(ready);
        waiting = later;
    }
    Ok(ordered)
}

/// Adds the findings of combinations; returns the positions of those that could not be evaluated, in order.
pub(super) fn combine(
    rules: &[Rule],
    order: &[u32],
    dossier_id: &str,
    findings: &mut Vec<Finding>,
    not_evaluable: &[u32],
) -> Vec<u32> {
    if findings.is_empty() {
        return Vec::new();
    }
    let mut hit: Vec<u32> = findings.iter().filter_map(|finding| position(rules, &finding.rule.name)).collect();
    hit.sort_unstable();
    let mut unknown = not_evaluable.to_vec();
    unknown.sort_unstable();
    let mut not_evaluable = Vec::new();
    for position in order {
        let Some(rule) = rules.get(*position as usize) else { continue };
        let outcomes = Outcomes { hit: &hit, unknown: &unknown };
        match rule.part.outcome_of_findings(outcomes) {
            Outcome::Miss => {}
            Outcome::NotEvaluable => {
                unknown.insert(unknown.partition_point(|other| other < position), *position);
                not_evaluable.push(*position);
            }
            Outcome::Hit => {
                if let Some(finding) = finding(rules, rule, dossier_id, findings, outcomes) {
                    findings.push(finding);
                    hit.insert(hit.partition_point(|other| other < position), *position);
                }
            }
        }
    }
    findings.sort_by(|a, b| a.rule.name.cmp(&b.rule.name));
    not_evaluable.sort_unstable();
    not_evaluable
}

/// The finding of a combination: its evidence is that of its parts.
fn finding(
    rules: &[Rule],
    rule: &Rule,
    dossier_id: &str,
    findings: &[Finding],
    outcomes: Outcomes<'_>,
) -> Option<Finding> {
    let reasons = rule.part.reasons(&|leaf: &Leaf| leaf.outcome_of_findings(outcomes));
    let mut parts: Vec<&Finding> = Vec::new();
    for (_, leaf, holds) in reasons {
        if holds {
            parts.extend(named(leaf).filter_map(|position| {
                let name = &rules.get(position as usize)?.info.name;
                findings.iter().find(|finding| finding.rule.name == *name)
            }));
        }
    }
    // The first of each part, then the second, so that no part is left out where there is too much.
    let deepest = parts.iter().map(|part| part.evidence.len()).max().unwrap_or(0);
    let pieces = (0..deepest).flat_map(|depth| parts.iter().filter_map(move |part| part.evidence.get(depth)));
    let evidence: Vec<Evidence> = distinct(pieces.cloned());
    let first = parts.first()?;
    Some(Finding {
        rule: Arc::clone(&rule.info),
        element: first.element.clone(),
        count: 1,
        fingerprint: fingerprint(&rule.info.id, dossier_id, &evidence),
        evidence,
    })
}

/// The position of a rule by name; rules are sorted by name.
pub(super) fn position(rules: &[Rule], name: &str) -> Option<u32> {
    let at = rules.binary_search_by(|rule| rule.info.name.as_str().cmp(name)).ok()?;
    u32::try_from(at).ok()
}
