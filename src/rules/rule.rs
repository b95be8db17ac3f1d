//! A rule as compiled: what reports may know of it, what it is evaluated on, and its own proof.

use super::part::Part;
use crate::dossier::{Date, Dossier};
use crate::facts::{Category, Field};
use crate::screening::RuleInfo;
use std::sync::Arc;

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What a report may know of it.
    pub info: Arc<RuleInfo>,
    /// The elements that it is evaluated on.
    pub category: Category,
    /// Its file, relative to the content folder.
    pub file: String,
    /// experimental, test, stable or deprecated.
    pub status: String,
    /// The risk of unfairness, and why the rule is conduct or inconsistency; `none` where there is none.
    pub fairness: String,
    /// Further heuristics of the table `catalogue` that it shows; that of its own name is not repeated.
    pub covers: Vec<String>,
    /// Its proof.
    pub examples: Vec<Example>,
    /// The condition as written.
    pub condition: String,
    /// The selections as written, by name.
    pub selections: serde_json::Map<String, serde_json::Value>,
    /// The condition as compiled.
    pub(super) part: Part,
}

impl Rule {
    /// The fields that it reads, sorted, each once.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = self.part.fields();
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

/// A dossier on which a rule must hit, or must not.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub why: String,
    /// The dossier; `schema` and `id` are filled in.
    pub dossier: Dossier,
    /// Others of the same batch; their ids are filled in too.
    pub beside: Vec<Dossier>,
    /// Those of an earlier batch, of which only an index is left.
    pub earlier: Vec<Dossier>,
    /// Entries of a watchlist that the dossier is held against, as data.
    pub watchlist: Vec<serde_json::Value>,
    /// Whether the rule must hit.
    pub expect: bool,
    /// The time of the run, where the example depends on it.
    pub now: Option<Date>,
    /// Line in the rule's file, from 1.
    pub line: usize,
}
