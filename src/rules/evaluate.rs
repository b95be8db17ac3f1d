//! Rules on the elements of a dossier, in three values.
//!
//! Nothing is allocated for what does not hit, but for one note for each rule.

use super::coverage;
use super::evidence::Prover;
use super::index::{Guard, Index};
use super::leaf::Outcome;
use super::rule::Rule;
use super::value::lowercase;
use crate::dossier::Section;
use crate::facts::{Category, Element, Elements, Known, Value};
use crate::screening::{Finding, PerDetector};

/// What the elements of one dossier showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// In the order of rule names.
    pub findings: Vec<Finding>,
    /// Positions of the rules that could not be evaluated, in order; combinations left out, and rules of
    /// categories that are from elsewhere unless there are such elements.
    pub not_evaluable: Vec<u32>,
    /// Share of each detector's rule weight that could be evaluated, 0 to 1.
    pub coverage: PerDetector<f64>,
    /// For each detector, the sections whose absence kept rules from being evaluated.
    pub missing: PerDetector<Vec<Section>>,
}

/// What became of one rule so far.
#[derive(Debug, Clone, Copy)]
struct Note {
    outcome: Outcome,
    /// Number of the last element that it was tried on, from 1.
    tried_on: u32,
}

/// A rule that hit.
struct Hit {
    rule: u32,
    category: Category,
    first: usize,
    count: usize,
}

struct Evaluator<'a, 'd> {
    rules: &'a [Rule],
    elements: &'a Elements<'d>,
    notes: Vec<Note>,
    hits: Vec<Hit>,
    element: u32,
}

/// Evaluates every rule but for combinations.
pub(super) fn evaluate(rules: &[Rule], index: &Index, elements: &Elements<'_>) -> Evaluation {
    let notes = vec![Note { outcome: Outcome::Miss, tried_on: 0 }; rules.len()];
    let mut evaluator = Evaluator { rules, elements, notes, hits: Vec::new(), element: 0 };
    for (category, of_category) in Category::ALL.into_iter().zip(&index.categories) {
        let parts = elements.of(category);
        if parts.is_empty() {
            // No export could show what comes from elsewhere.
            if !category.is_from_elsewhere() && !elements.known_empty(category) {
                for rule in &of_category.rules {
                    evaluator.notes[*rule as usize].outcome = Outcome::NotEvaluable;
                }
            }
            continue;
        }
        for (at, element) in parts.iter().enumerate() {
            evaluator.element += 1;
            evaluator.try_all(&of_category.unguarded, at, element);
            for guard in &of_category.guards {
                evaluator.try_guarded(guard, at, element);
            }
        }
    }
    evaluator.finish(index)
}

impl Evaluator<'_, '_> {
    fn try_guarded(&mut self, guard: &Guard, at: usize, element: &Element) {
        match self.elements.get(element, guard.field) {
            Known::Unknown => self.try_unknown(&guard.rules, at, element),
            Known::Absent | Known::Present([]) => {}
            Known::Present(facts) => {
                self.try_all(&guard.any, at, element);
                for fact in facts {
                    let Value::Text(text) = &fact.value else { continue };
                    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
                        self.try_all(guard.rules_of(text), at, element);
                    } else {
                        self.try_all(guard.rules_of(&lowercase(text)), at, element);
                    }
                }
            }
        }
    }

    /// Rules that an unknown field keeps from hitting: where they miss so far, whether they could be evaluated counts.
    fn try_unknown(&mut self, rules: &[u32], at: usize, element: &Element) {
        for rule in rules {
            if self.notes[*rule as usize].outcome == Outcome::Miss {
                self.try_all(std::slice::from_ref(rule), at, element);
            }
        }
    }

    fn try_all(&mut self, rules: &[u32], at: usize, element: &Element) {
        for rule in rules {
            let note = &mut self.notes[*rule as usize];
            if note.tried_on == self.element {
                continue;
            }
            note.tried_on = self.element;
            let outcome = self.rules[*rule as usize].part.outcome_for(self.elements, element);
            note.outcome = note.outcome.max(outcome);
            if outcome == Outcome::Hit {
                match self.hits.iter_mut().find(|hit| hit.rule == *rule) {
                    Some(hit) => hit.count += 1,
                    None => self.hits.push(Hit { rule: *rule, category: element.category, first: at, count: 1 }),
                }
            }
        }
    }

    fn finish(mut self, index: &Index) -> Evaluation {
        let not_evaluable: Vec<u32> = (0..)
            .zip(&self.notes)
            .filter(|(_, note)| note.outcome == Outcome::NotEvaluable)
            .map(|(rule, _)| rule)
            .collect();
        let (coverage, missing) =
            coverage::of(self.rules, &index.weights, &index.sections, &not_evaluable, self.elements.dossier());
        self.hits.sort_unstable_by_key(|hit| hit.rule);
        let mut findings = Vec::with_capacity(self.hits.len());
        if !self.hits.is_empty() {
            let prover = Prover::new(self.elements);
            for hit in &self.hits {
                let rule = &self.rules[hit.rule as usize];
                if let Some(element) = self.elements.of(hit.category).get(hit.first) {
                    findings.push(prover.finding(rule, element, hit.count));
                }
            }
        }
        Evaluation { findings, not_evaluable, coverage, missing }
    }
}
