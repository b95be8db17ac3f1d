//! Rules: read, compiled, evaluated, traced.
//!
//! A rule is data: what is seen, why it matters, what else it could be, and its own proof. Rules are Sigma
//! documents; a detection is evaluated in three values, so that what an export lacks is never held against
//! anybody. What findings weigh together is left to `score`, and running the examples to `screen`.

mod combine;
mod comparison;
mod compile;
mod compiler;
mod condition;
mod coverage;
mod difference;
mod encode;
mod evaluate;
mod evidence;
mod index;
mod leaf;
mod lint;
mod modifier;
mod off;
mod part;
mod raw;
mod rule;
mod selection;
mod sigma;
mod trace;
mod tree;
mod value;

pub use evaluate::Evaluation;
pub use lint::FAMILIES;
pub use rule::{Example, Rule};

use crate::content::{Content, ContentFile, Diagnostic};
use crate::evaluation::RuleChange;
use crate::facts::{Category, Element, Elements};
use crate::screening::{Finding, RuleOff, Trace};
use index::Index;
use leaf::{Outcome, Outcomes};

/// Every rule of a run, sorted by name.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    index: Index,
    /// Positions of the combinations, each after those that it names.
    combinations: Vec<u32>,
    doubts: Vec<Diagnostic>,
    off: Vec<RuleOff>,
}

impl RuleSet {
    /// The rules in `detections/<family>/<name>.yml`, but for what is left out; other files are left to others.
    ///
    /// # Errors
    /// Everything that keeps a rule from meaning something, for every file at once.
    pub fn compile(files: &[ContentFile], content: &Content, leave_out: &[RuleOff]) -> Result<Self, Vec<Diagnostic>> {
        let compile::Compiled { rules, doubts, off } = compile::compile(files, content, leave_out)?;
        let combinations = combine::order(&rules).map_err(|position| {
            let (file, name) = rules.get(position as usize).map_or(("", ""), |rule| (&rule.file, &rule.info.name));
            vec![
                Diagnostic::of_file(file, format!("the combination `{name}` rests on itself, by way of others"))
                    .with_help("take one of them out of the circle"),
            ]
        })?;
        let index = Index::of(&rules);
        Ok(Self { rules, index, combinations, doubts, off })
    }

    /// Sorted by name.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What is left out of the rules that there are, in order of name.
    pub fn off(&self) -> &[RuleOff] {
        &self.off
    }

    /// The rule of that name.
    pub fn by_name(&self, name: &str) -> Option<&Rule> {
        self.rules.get(combine::position(&self.rules, name)? as usize)
    }

    /// Positions of the rules of a category, in order.
    pub fn positions_of(&self, category: Category) -> Vec<u32> {
        (0..).zip(&self.rules).filter(|(_, rule)| rule.category == category).map(|(position, _)| position).collect()
    }
}

/// Evaluates every rule, but for combinations, on the elements of its category.
pub fn evaluate(rules: &RuleSet, elements: &Elements<'_>) -> Evaluation {
    evaluate::evaluate(&rules.rules, &rules.index, elements)
}

/// Adds the findings of combinations, in the order in which they build on each other, and sorts all by rule name.
/// Without a finding there is nothing to combine. Returns the positions of those that could not be evaluated.
pub fn combine(rules: &RuleSet, dossier_id: &str, findings: &mut Vec<Finding>, not_evaluable: &[u32]) -> Vec<u32> {
    combine::combine(&rules.rules, &rules.combinations, dossier_id, findings, not_evaluable)
}

/// How a rule was evaluated, on each element of its category; none if there is no such rule.
/// For a combination, `findings` are those that it may name.
pub fn trace(rules: &RuleSet, rule: &str, elements: &Elements<'_>, findings: &[Finding]) -> Vec<Trace> {
    let Some(rule) = rules.by_name(rule) else { return Vec::new() };
    if !rule.info.combination {
        return trace::on_elements(rule, elements);
    }
    let mut hit: Vec<(u32, String)> = findings
        .iter()
        .filter_map(|finding| {
            let name = &finding.rule.name;
            Some((combine::position(&rules.rules, name)?, name.clone()))
        })
        .collect();
    hit.sort_unstable();
    let mut unknown = evaluate(rules, elements).not_evaluable;
    unknown.extend(combine(rules, &elements.dossier().id, &mut findings.to_vec(), &unknown));
    unknown.sort_unstable();
    let positions: Vec<u32> = hit.iter().map(|(position, _)| *position).collect();
    trace::on_findings(rule, &hit, Outcomes { hit: &positions, unknown: &unknown })
}

/// Every rule that two sets do not have alike, in order of name: only what can change a verdict is compared.
pub fn changes(old: &RuleSet, new: &RuleSet) -> Vec<RuleChange> {
    difference::changes(&old.rules, &new.rules)
}

/// What `rules check` refuses although the rules can be evaluated: missing words of explanation, levels that
/// do not follow from weights, slow patterns, fields behind the fairness guard, unproved rules.
pub fn lint(rules: &RuleSet, content: &Content) -> Vec<Diagnostic> {
    let _ = content;
    rules.doubts.clone()
}

/// Number of elements that one rule, by its position, hits; combinations hit none. For measuring.
pub fn hits_of(rules: &RuleSet, position: usize, elements: &Elements<'_>) -> usize {
    let Some(rule) = rules.rules.get(position).filter(|rule| !rule.info.combination) else { return 0 };
    let hits = |element: &&Element| rule.part.outcome_for(elements, element) == Outcome::Hit;
    elements.of(rule.category).iter().filter(hits).count()
}
