//! Why a rule did or did not hit: every part of its condition, and what each leaf saw.

use super::evidence::shown;
use super::leaf::{Leaf as RuleLeaf, Outcome, Outcomes, Target};
use super::part::{Part, PartNode};
use super::rule::Rule;
use crate::facts::{Element, Elements, Known};
use crate::screening::{Leaf, Trace, TraceNode};

/// Values of a leaf that are shown.
const SEEN: usize = 20;

/// How a rule was evaluated on each element of its category; one trace without an element if there is none.
pub(super) fn on_elements(rule: &Rule, elements: &Elements<'_>) -> Vec<Trace> {
    let of_category = elements.of(rule.category);
    let trace = |element: String, root| Trace { rule: rule.info.name.clone(), element, root };
    if of_category.is_empty() {
        // What comes from elsewhere is there or is not: no export could say more of it.
        let is_known = elements.known_empty(rule.category) || rule.category.is_from_elsewhere();
        let state = if is_known { Outcome::Miss } else { Outcome::NotEvaluable };
        let leaf = |leaf: &RuleLeaf| (state, unseen(leaf));
        let mut root = node(&rule.part, &leaf);
        // A condition that would hold of nothing still needs an element to hold of.
        root.state = state.into();
        return vec![trace(String::new(), root)];
    }
    let of = |element: &Element| {
        let leaf = |leaf: &RuleLeaf| (leaf.outcome(elements, element), seen(leaf, elements, element));
        trace(element.path.to_string(), node(&rule.part, &leaf))
    };
    of_category.iter().map(of).collect()
}

/// How a combination was evaluated, given which rules have hit.
pub(super) fn on_findings(rule: &Rule, hit: &[(u32, String)], outcomes: Outcomes<'_>) -> Vec<Trace> {
    let leaf = |leaf: &RuleLeaf| {
        let names = hit.iter().filter(|(position, _)| {
            leaf.outcome_of_findings(Outcomes { hit: &[*position], unknown: &[] }) == Outcome::Hit
        });
        let mut seen = unseen(leaf);
        seen.seen = names.map(|(_, name)| name.clone()).collect();
        (leaf.outcome_of_findings(outcomes), seen)
    };
    vec![Trace { rule: rule.info.name.clone(), element: String::new(), root: node(&rule.part, &leaf) }]
}

fn node(part: &Part, leaf: &impl Fn(&RuleLeaf) -> (Outcome, Leaf)) -> TraceNode {
    let parts = match &part.node {
        PartNode::Leaf(at) => {
            let (outcome, seen) = leaf(at);
            return TraceNode {
                text: part.text.to_string(),
                state: outcome.into(),
                leaf: Some(seen),
                parts: Vec::new(),
            };
        }
        PartNode::Not(inner) => vec![node(inner, leaf)],
        PartNode::And(parts) | PartNode::Or(parts) => parts.iter().map(|part| node(part, leaf)).collect(),
    };
    let state = part.outcome(&|at: &RuleLeaf| leaf(at).0).into();
    TraceNode { text: part.text.to_string(), state, leaf: None, parts }
}

/// A leaf that saw nothing.
fn unseen(leaf: &RuleLeaf) -> Leaf {
    let names: Vec<&str> = match &leaf.target {
        Target::Field(field) => vec![field.name()],
        Target::Texts(fields) => fields.iter().map(|field| field.name()).collect(),
        Target::Findings => vec!["finding.rule"],
    };
    Leaf { field: names.join(", "), seen: Vec::new(), pointers: Vec::new() }
}

fn seen(leaf: &RuleLeaf, elements: &Elements<'_>, element: &Element) -> Leaf {
    let mut seen = unseen(leaf);
    for field in leaf.fields() {
        let Known::Present(facts) = elements.get(element, field) else { continue };
        for fact in facts.iter().take(SEEN) {
            seen.seen.push(shown(&fact.value));
            for place in fact.origin.places() {
                let pointer = place.path.to_string();
                if !seen.pointers.contains(&pointer) && seen.pointers.len() < SEEN {
                    seen.pointers.push(pointer);
                }
            }
        }
    }
    seen
}
