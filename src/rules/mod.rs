//! Rules: read, compiled, evaluated, traced.
//!
//! A rule is data: what is seen, why it matters, what else it could be, and its own proof.

mod rule;

pub use rule::{Example, Rule};

use crate::content::{Content, ContentFile, Diagnostic};
use crate::dossier::Section;
use crate::facts::{Category, Elements};
use crate::screening::{Finding, PerDetector, Trace};

/// Every rule of a run, sorted by name.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
}

/// What the elements of one dossier showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// In the order of rule names.
    pub findings: Vec<Finding>,
    /// Positions of the rules that could not be evaluated, in order; combinations and cluster rules left out.
    pub not_evaluable: Vec<u32>,
    /// Share of each detector's rule weight that could be evaluated, 0 to 1.
    pub coverage: PerDetector<f64>,
    /// For each detector, the sections whose absence kept rules from being evaluated.
    pub missing: PerDetector<Vec<Section>>,
}

impl RuleSet {
    /// The rules in `detections/<family>/<name>.yml`, but for the excluded names; other files are left to others.
    ///
    /// # Errors
    /// Everything that keeps a rule from meaning something, for every file at once.
    pub fn compile(_files: &[ContentFile], _content: &Content, _exclude: &[String]) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self::default())
    }

    /// Sorted by name.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of that name.
    pub fn by_name(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.info.name == name)
    }

    /// Positions of the rules of a category, in order.
    pub fn positions_of(&self, category: Category) -> Vec<u32> {
        (0..).zip(&self.rules).filter(|(_, rule)| rule.category == category).map(|(position, _)| position).collect()
    }
}

/// Evaluates every rule, but for combinations, on the elements of its category.
pub fn evaluate(_rules: &RuleSet, _elements: &Elements<'_>) -> Evaluation {
    Evaluation { coverage: PerDetector([1.0; 3]), ..Evaluation::default() }
}

/// Adds the findings of combinations, in the order in which they build on each other.
/// Returns the positions of the combinations that could not be evaluated.
pub fn combine(_rules: &RuleSet, _dossier_id: &str, _findings: &mut Vec<Finding>, _not_evaluable: &[u32]) -> Vec<u32> {
    Vec::new()
}

/// How a rule was evaluated, on each element of its category.
pub fn trace(_rules: &RuleSet, _rule: &str, _elements: &Elements<'_>, _findings: &[Finding]) -> Vec<Trace> {
    Vec::new()
}

/// What `rules check` refuses although the rules can be evaluated: missing words of explanation, levels that
/// do not follow from weights, slow patterns, fields behind the fairness guard.
pub fn lint(_rules: &RuleSet, _content: &Content) -> Vec<Diagnostic> {
    Vec::new()
}

/// Whether one rule, by its position, hits any of its elements. For measuring.
pub fn evaluate_one(_rules: &RuleSet, _position: usize, _elements: &Elements<'_>) -> bool {
    false
}
