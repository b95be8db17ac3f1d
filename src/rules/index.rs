//! Which rules an element can concern at all: most rules need one field to have one of a few values,
//! and an element without it need not be tried on them.

use super::coverage::Sections;
use super::leaf::{Leaf, Target, Test};
use super::part::{Part, PartNode};
use super::rule::Rule;
use super::value::lowercase;
use crate::facts::{Category, Field};
use crate::screening::PerDetector;
use std::collections::BTreeMap;

/// The rules, by what an element must show for them.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// By [`Category`].
    pub(super) categories: Vec<CategoryIndex>,
    /// Sum of the positive weights of the rules that elements of one dossier are evaluated on.
    pub(super) weights: PerDetector<f64>,
    /// The sections that each rule rests on, by position.
    pub(super) sections: Vec<Sections>,
}

/// The rules of one category; combinations left out.
#[derive(Debug, Clone, Default)]
pub(super) struct CategoryIndex {
    /// All of them.
    pub(super) rules: Vec<u32>,
    /// Those that are always tried.
    pub(super) unguarded: Vec<u32>,
    /// Those that a field decides about.
    pub(super) guards: Vec<Guard>,
}

/// The rules that miss unless a field has a certain value.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    /// The field. If it is unknown, all its rules are tried; if it has no value, all miss.
    pub(super) field: Field,
    /// All its rules.
    pub(super) rules: Vec<u32>,
    /// Rules that miss unless the field has this value, lower-case; sorted by value.
    pub(super) words: Vec<(Box<str>, Vec<u32>)>,
    /// Rules that are tried on any value.
    pub(super) any: Vec<u32>,
}

impl Guard {
    /// The rules that a value, lower-case, does not rule out; besides [`Guard::any`].
    pub(super) fn rules_of(&self, word: &str) -> &[u32] {
        match self.words.binary_search_by(|(other, _)| (**other).cmp(word)) {
            Ok(at) => &self.words[at].1,
            Err(_) => &[],
        }
    }
}

/// What must be so for a part to hold: the field has a value, one of these where they are given.
struct Need {
    field: Field,
    words: Option<Vec<Box<str>>>,
}

impl Index {
    pub(super) fn of(rules: &[Rule]) -> Self {
        let mut index = Self { categories: vec![CategoryIndex::default(); Category::ALL.len()], ..Self::default() };
        index.sections = rules.iter().map(Sections::of).collect();
        for (position, rule) in (0..).zip(rules).filter(|(_, rule)| !rule.info.combination) {
            let category = &mut index.categories[rule.category as usize];
            category.rules.push(position);
            match need(&rule.part, rule.category) {
                Some(need) => category.guard(need, position),
                None => category.unguarded.push(position),
            }
            if !rule.category.is_from_elsewhere() {
                for (detector, weight) in rule.info.weights.iter() {
                    index.weights[detector] += weight.unwrap_or_default().max(0.0);
                }
            }
        }
        index
    }
}

impl CategoryIndex {
    fn guard(&mut self, need: Need, position: u32) {
        let at = self.guards.iter().position(|guard| guard.field == need.field).unwrap_or_else(|| {
            self.guards.push(Guard { field: need.field, rules: Vec::new(), words: Vec::new(), any: Vec::new() });
            self.guards.len() - 1
        });
        let guard = &mut self.guards[at];
        guard.rules.push(position);
        let Some(words) = need.words else {
            guard.any.push(position);
            return;
        };
        let mut by_word: BTreeMap<Box<str>, Vec<u32>> = std::mem::take(&mut guard.words).into_iter().collect();
        for word in words {
            let rules = by_word.entry(word).or_default();
            if rules.last() != Some(&position) {
                rules.push(position);
            }
        }
        guard.words = by_word.into_iter().collect();
    }
}

/// The most telling need of a part, if it has one.
fn need(part: &Part, category: Category) -> Option<Need> {
    match &part.node {
        PartNode::Leaf(leaf) => need_of_leaf(leaf),
        PartNode::Not(_) => None,
        PartNode::And(parts) => {
            // The first of equals, so that the index is the same for the same rules.
            let needs = parts.iter().filter_map(|part| need(part, category));
            needs.reduce(|best, other| if worth(&other, category) > worth(&best, category) { other } else { best })
        }
        PartNode::Or(parts) => {
            let mut needs = parts.iter().map(|part| need(part, category));
            let mut joined = needs.next()??;
            for other in needs {
                let other = other.filter(|other| other.field == joined.field)?;
                joined.words = joined.words.zip(other.words).map(|(mut words, more)| {
                    words.extend(more);
                    words
                });
            }
            Some(joined)
        }
    }
}

fn need_of_leaf(leaf: &Leaf) -> Option<Need> {
    let Target::Field(field) = leaf.target else { return None };
    if leaf.negated {
        return None;
    }
    let mut words = Some(Vec::new());
    for test in &leaf.tests {
        match test {
            Test::Null | Test::Exists(_) => return None,
            Test::Words(more) | Test::CasedWords(more) => {
                if let Some(words) = &mut words {
                    words.extend(more.iter().map(|word| Box::from(lowercase(word))));
                }
            }
            _ => words = None,
        }
    }
    Some(Need { field, words })
}

/// How few elements a need leaves: an element's own words say more than its flags, and those more than the dossier's.
fn worth(need: &Need, category: Category) -> u8 {
    use crate::facts::Kind;
    let spec = need.field.spec();
    if spec.category != category {
        return 0;
    }
    match (&need.words, spec.kind) {
        (Some(_), _) if spec.list => 4,
        (Some(_), _) => 3,
        (None, Kind::Flag) => 1,
        (None, _) => 2,
    }
}
