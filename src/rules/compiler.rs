//! What the parts of a selection share while they are compiled: what they may refer to, and where errors go.

use super::part::Part;
use super::tree::{Mark, SourceFile};
use crate::content::{Content, Diagnostic, suggest};
use crate::facts::{CATALOGUE, Category, Field, FieldSpec};
use std::collections::BTreeMap;

/// What a selection may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) file: SourceFile<'a>,
    pub(super) content: &'a Content,
    pub(super) category: Category,
    /// Names of the other rules, with their positions; `None` for a rule that was silenced.
    pub(super) rules: &'a BTreeMap<&'a str, Option<u32>>,
}

/// Words of a field's name that say what no rule may read. Such fields do not exist; an author is told why.
const PROTECTED: &[&str] = &[
    "nationality",
    "ethnicity",
    "race",
    "citizenship",
    "religion",
    "birth",
    "birthplace",
    "gender",
    "sex",
    "accent",
    "language",
    "languages",
];

fn is_protected(name: &str) -> bool {
    matches!(name, "subject.name" | "subject.names" | "subject.country" | "subject.age")
        || name.split(['.', '_']).any(|word| PROTECTED.contains(&word))
}

/// Compiles the selections of one rule. Errors are noted, and what they are about is left out.
pub(super) struct Compiler<'a, 'e> {
    pub(super) scope: Scope<'a>,
    pub(super) errors: &'e mut Vec<Diagnostic>,
}

impl Compiler<'_, '_> {
    pub(super) fn error(&mut self, mark: Mark, message: impl Into<String>) -> Option<Part> {
        self.errors.push(self.scope.file.at(mark, message));
        None
    }

    pub(super) fn error_with(
        &mut self,
        mark: Mark,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<Part> {
        self.errors.push(self.scope.file.at(mark, message).with_help(help));
        None
    }

    /// The field of a name, if the rule's elements see it.
    pub(super) fn field(&mut self, mark: Mark, name: &str) -> Option<Field> {
        let visible = |spec: &&FieldSpec| spec.category == self.scope.category || spec.category == Category::Dossier;
        match CATALOGUE.iter().find(|spec| spec.name == name) {
            Some(spec) if visible(&spec) => Some(spec.field),
            Some(spec) => {
                let help = format!("write the rule for the category {}, or use another field", spec.category.as_str());
                let own = self.scope.category.as_str();
                self.error_with(mark, format!("an element of the category {own} does not see `{name}`"), help);
                None
            }
            None if is_protected(name) => {
                let help = "rules judge conduct, and contradictions between two statements of the same person";
                self.error_with(mark, format!("no rule may read `{name}`"), help);
                None
            }
            None => {
                let own = suggest(name, CATALOGUE.iter().filter(visible).map(|spec| spec.name));
                let help = match own.or_else(|| suggest(name, CATALOGUE.iter().map(|spec| spec.name))) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "docs/facts.md lists every field; what is not there cannot be judged".to_owned(),
                };
                self.error_with(mark, format!("there is no field `{name}`"), help);
                None
            }
        }
    }
}
