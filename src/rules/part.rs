//! A condition as compiled: leaves joined by `and`, `or` and `not`, each part with the words it was written in.

use super::leaf::{Leaf, Outcome, Outcomes};
use crate::facts::{Element, Elements, Field};

/// A part of a condition.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// As written: `ask and not declared_norm`, `message.intent: off-platform`.
    pub(super) text: Box<str>,
    /// What it is made of.
    pub(super) node: PartNode,
}

/// What a part is made of.
#[derive(Debug, Clone)]
pub(super) enum PartNode {
    /// All of them hold.
    And(Vec<Part>),
    /// One of them holds.
    Or(Vec<Part>),
    /// It does not hold.
    Not(Box<Part>),
    /// A field has a value.
    Leaf(Leaf),
}

impl Part {
    /// What becomes of the part if a leaf becomes what `leaf` says: strong Kleene logic.
    pub(super) fn outcome(&self, leaf: &impl Fn(&Leaf) -> Outcome) -> Outcome {
        match &self.node {
            PartNode::Leaf(at) => leaf(at),
            PartNode::Not(part) => part.outcome(leaf).negated(),
            PartNode::And(parts) => {
                let mut worst = Outcome::Hit;
                for part in parts {
                    worst = worst.min(part.outcome(leaf));
                    if worst == Outcome::Miss {
                        break;
                    }
                }
                worst
            }
            PartNode::Or(parts) => {
                let mut best = Outcome::Miss;
                for part in parts {
                    best = best.max(part.outcome(leaf));
                    if best == Outcome::Hit {
                        break;
                    }
                }
                best
            }
        }
    }

    /// What becomes of it for an element.
    pub(super) fn outcome_for(&self, elements: &Elements<'_>, element: &Element) -> Outcome {
        self.outcome(&|leaf| leaf.outcome(elements, element))
    }

    /// What becomes of it, given which rules have hit.
    pub(super) fn outcome_of_findings(&self, outcomes: Outcomes<'_>) -> Outcome {
        self.outcome(&|leaf| leaf.outcome_of_findings(outcomes))
    }

    /// Its leaves, from left to right, with the part that each is.
    pub(super) fn leaves(&self) -> Vec<(&Self, &Leaf)> {
        match &self.node {
            PartNode::Leaf(leaf) => vec![(self, leaf)],
            PartNode::Not(part) => part.leaves(),
            PartNode::And(parts) | PartNode::Or(parts) => parts.iter().flat_map(Self::leaves).collect(),
        }
    }

    /// The fields that it reads.
    pub(super) fn fields(&self) -> Vec<Field> {
        self.leaves().into_iter().flat_map(|(_, leaf)| leaf.fields().collect::<Vec<_>>()).collect()
    }

    /// The leaves that made the part what it is, and whether each had to hold (or had to fail, below a `not`).
    pub(super) fn reasons<'p>(&'p self, leaf: &impl Fn(&Leaf) -> Outcome) -> Vec<(&'p Self, &'p Leaf, bool)> {
        let mut reasons = Vec::new();
        self.collect_reasons(leaf, true, &mut reasons);
        reasons
    }

    fn collect_reasons<'p>(
        &'p self,
        leaf: &impl Fn(&Leaf) -> Outcome,
        holds: bool,
        reasons: &mut Vec<(&'p Self, &'p Leaf, bool)>,
    ) {
        let wanted = Outcome::of(holds);
        match &self.node {
            PartNode::Leaf(at) => reasons.push((self, at, holds)),
            PartNode::Not(part) => part.collect_reasons(leaf, !holds, reasons),
            PartNode::And(parts) | PartNode::Or(parts) => {
                for part in parts.iter().filter(|part| part.outcome(leaf) == wanted) {
                    part.collect_reasons(leaf, holds, reasons);
                }
            }
        }
    }
}
