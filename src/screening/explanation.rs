//! An explanation: why a rule did or did not hit, as a tree, and what the score is the sum of.

use super::assessment::Assessment;

/// Why one dossier was assessed as it was.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The assessment that is explained.
    pub assessment: Assessment,
    /// The rules that were asked about, each on every element.
    pub traces: Vec<Trace>,
}

/// How one rule was evaluated on one element.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The rule's name.
    pub rule: String,
    /// JSON pointer of the element.
    pub element: String,
    /// The condition.
    pub root: TraceNode,
}

/// A part of a condition and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceNode {
    /// As written: `ask and not declared_norm`, `message.intent: off-platform`.
    pub text: String,
    /// What became of it.
    pub state: LeafState,
    /// The value seen, for a leaf.
    pub leaf: Option<Leaf>,
    /// Its parts.
    pub parts: Vec<TraceNode>,
}

/// What became of a part of a condition, in three values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafState {
    /// It held.
    Hit,
    /// It did not.
    Miss,
    /// The export does not say.
    NotEvaluable,
}

/// What a leaf of a condition saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The field.
    pub field: String,
    /// The values that were seen; none if unknown or absent.
    pub seen: Vec<String>,
    /// JSON pointers where they were read.
    pub pointers: Vec<String>,
}
