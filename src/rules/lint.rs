//! What `rules check` has against a rule that could be evaluated: words of explanation that are missing,
//! a level that does not follow, a slow pattern, a field behind the fairness guard.

use super::leaf::{Leaf, Outcome, Test};
use super::rule::Rule;
use super::sigma::{At, SigmaDocument};
use super::tree::{Mark, SourceFile};
use crate::content::{Content, Diagnostic, Table, suggest};
use crate::dossier::Date;
use regex_syntax::hir::{Hir, HirKind};

/// Families of rules: those of one family look at the same thing.
pub const FAMILIES: [&str; 15] = [
    "animation",
    "cluster",
    "code",
    "combination",
    "conduct",
    "contact",
    "conversation",
    "defence",
    "education",
    "employer",
    "employment",
    "identity",
    "network",
    "payment",
    "watchlist",
];

const STATUSES: [&str; 5] = ["experimental", "test", "stable", "deprecated", "unsupported"];

/// Words in a field's name that tie it to where somebody comes from or is: the rule must say why it is fair.
const GUARDED: [&str; 7] = ["country", "countries", "zone", "vpn", "elsewhere", "travels", "network"];

/// Least bytes that every match of a pattern must have in common to be searched for quickly.
const LITERAL: usize = 2;

/// Notes everything that `rules check` refuses in one rule.
pub(super) fn check(
    file: SourceFile<'_>,
    document: &SigmaDocument,
    rule: &Rule,
    content: &Content,
    doubts: &mut Vec<Diagnostic>,
) {
    let mut checker = Checker { file, document, rule, doubts };
    checker.identity();
    checker.explanation();
    checker.weights();
    checker.fairness();
    checker.condition();
    checker.examples();
    checker.covers(content);
}

struct Checker<'a> {
    file: SourceFile<'a>,
    document: &'a SigmaDocument,
    rule: &'a Rule,
    doubts: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn doubt(&mut self, mark: Mark, message: impl Into<String>, help: impl Into<String>) {
        self.doubts.push(self.file.at(mark, message).with_help(help));
    }

    fn identity(&mut self) {
        let document = self.document;
        let stem = self.file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".yml")).unwrap_or_default();
        if document.name.value != stem {
            let message = format!("the name `{}` is not that of the file, `{stem}`", document.name.value);
            self.doubt(document.name.mark, message, "a rule is found by its name");
        }
        if !is_uuid(&document.id.value) {
            self.doubt(document.id.mark, "`id` must be a UUID", "make one, for instance with uuidgen; never reuse one");
        }
        let family = &self.rule.info.family;
        if !FAMILIES.contains(&family.as_str()) {
            let help = match suggest(family, FAMILIES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("families: {}", FAMILIES.join(", ")),
            };
            self.doubt(Mark::default(), format!("there is no family `{family}`"), help);
        }
        if self.rule.info.combination != (family == "combination") {
            let message = if self.rule.info.combination {
                "a rule over `finding.rule` belongs into the folder combination"
            } else {
                "a rule in the folder combination must read `finding.rule`"
            };
            self.doubt(document.condition.mark, message, "the folder is the family, and families are weighed apart");
        }
        if !STATUSES.contains(&document.status.value.as_str()) {
            let message = format!("the status `{}` is none of Sigma's", document.status.value);
            self.doubt(document.status.mark, message, format!("one of {}", STATUSES.join(", ")));
        }
        for at in [Some(&document.date), document.modified.as_ref()].into_iter().flatten() {
            if at.value.len() != 10 || at.value.parse::<Date>().is_err() {
                self.doubt(at.mark, format!("`{}` is no date", at.value), "write it as 2026-11-24");
            }
        }
    }

    fn explanation(&mut self) {
        let document = self.document;
        let extension = &document.extension;
        let mark = extension.mark;
        let texts: [(&At<String>, &str, &str); 3] = [
            (&document.description, "description", "say what is seen, why impostors do it, and what it does not prove"),
            (&extension.verify, "falseface.verify", "say what a person does next to find out"),
            (
                &extension.fairness,
                "falseface.fairness",
                "write `none`, or the risk and why the rule is conduct or inconsistency",
            ),
        ];
        for (at, key, help) in texts {
            if at.value.is_empty() {
                self.doubt(if at.mark.line > 0 { at.mark } else { mark }, format!("`{key}` is missing"), help);
            }
        }
        if document.falsepositives.iter().all(|at| at.value.is_empty()) {
            self.doubt(Mark::default(), "`falsepositives` is missing", "say what else it could be");
        }
        for at in &document.references {
            if !at.value.starts_with("https://") && !at.value.starts_with("http://") {
                self.doubt(at.mark, format!("the reference `{}` is no address of a page", at.value), "as https://…");
            }
        }
    }

    fn weights(&mut self) {
        let (document, info) = (self.document, &self.rule.info);
        let level = info.level.as_str();
        if document.level.value != level {
            let message = format!("the level `{}` does not follow from the greatest weight", document.level.value);
            self.doubt(
                document.level.mark,
                message,
                format!("write `{level}`: 0 informational, under 5 low, under 10 medium, under 15 high, else critical"),
            );
        }
        let exonerating = document.extension.detectors.iter().any(|(_, weight)| weight.value < 0.0);
        for at in &document.extension.offsets {
            if !FAMILIES.contains(&at.value.as_str()) {
                let help = match suggest(&at.value, FAMILIES) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("families: {}", FAMILIES.join(", ")),
                };
                self.doubt(at.mark, format!("there is no family `{}`", at.value), help);
            } else if !exonerating {
                let help = "give a detector a negative weight, or remove `offsets`";
                self.doubt(at.mark, "only exonerating evidence is subtracted from families", help);
            }
        }
        if exonerating && document.extension.offsets.is_empty() {
            let help = "name the families that it is subtracted from in `falseface.offsets`";
            self.doubt(document.extension.mark, "this exonerating evidence is subtracted from nothing", help);
        }
    }

    fn fairness(&mut self) {
        if self.document.extension.fairness.value != "none" {
            return;
        }
        let weighs = self.rule.info.weights.iter().any(|(_, weight)| weight.is_some_and(|weight| weight > 0.0));
        let guarded = self.rule.fields().into_iter().find(|field| {
            field.name().split(['.', '_']).skip(1).any(|word| GUARDED.contains(&word))
                && field.name() != "account.network"
        });
        if let Some(field) = guarded.filter(|_| weighs) {
            self.doubt(
                self.document.extension.fairness.mark,
                format!("`{}` goes with migration and poverty as well; `fairness: none` cannot be", field.name()),
                "name the risk, and say why the rule is conduct or inconsistency all the same",
            );
        }
    }

    fn condition(&mut self) {
        // Nothing that is looked for was seen, everything else is known to be missing: that must not be enough.
        let nothing =
            |leaf: &Leaf| Outcome::of(leaf.tests.iter().any(|test| matches!(test, Test::Null | Test::Exists(false))));
        if self.rule.part.outcome(&nothing) == Outcome::Hit {
            self.doubt(
                self.document.condition.mark,
                "this condition holds of what is missing, with nothing to quote",
                "require something that is seen: missing is unknown, never guilt",
            );
        }
        for (part, leaf) in self.rule.part.leaves() {
            for test in &leaf.tests {
                let Test::Pattern(regex) = test else { continue };
                let prose = leaf.fields().any(|field| field.spec().kind == crate::facts::Kind::Prose);
                if prose && !has_literal(regex.as_str()) {
                    let selection = self.document.selections.first().map_or(Mark::default(), |(key, _)| key.mark);
                    self.doubt(
                        selection,
                        format!("`{}` has no letters that every match needs, and is slow on long texts", part.text),
                        format!("require at least {LITERAL} letters in a row, or write a lexicon"),
                    );
                }
            }
        }
    }

    fn examples(&mut self) {
        for (expect, key) in [(true, "match"), (false, "no_match")] {
            if !self.rule.examples.iter().any(|example| example.expect == expect) {
                let message = format!("there is no example under `falseface.examples.{key}`");
                self.doubt(self.document.extension.mark, message, "a rule carries its own proof");
            }
        }
    }

    fn covers(&mut self, content: &Content) {
        let document = self.document;
        let catalogue = content.table("catalogue");
        for at in &document.extension.covers {
            if at.value == document.name.value {
                self.doubt(at.mark, "a rule covers the heuristic of its own name anyway", "name further ones only");
            } else if catalogue.is_none_or(|table| table.rows_of(&at.value).is_empty()) {
                let known = catalogue.map_or(&[][..], Table::rows).iter().map(|row| row.cell(0));
                let help = match suggest(&at.value, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "heuristics stand in the first column of tables/catalogue.tsv".to_owned(),
                };
                self.doubt(at.mark, format!("the catalogue has no heuristic `{}`", at.value), help);
            }
        }
    }
}

/// Whether a text has the shape of a UUID (RFC 9562).
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, char)| match at {
            8 | 13 | 18 | 23 => char == '-',
            _ => char.is_ascii_digit() || ('a'..='f').contains(&char),
        })
}

/// Whether every match of a pattern needs some letters in a row; case is left out of the question.
fn has_literal(pattern: &str) -> bool {
    regex_syntax::Parser::new().parse(pattern).is_ok_and(|hir| longest(&hir) >= LITERAL)
}

/// Length of the longest text that every match holds.
fn longest(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Capture(capture) => longest(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => longest(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().map(longest).max().unwrap_or(0),
        HirKind::Alternation(parts) => parts.iter().map(longest).min().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_needs_letters_in_a_row() {
        for fast in ["telegram", "(?:pay|fee) first", r"\bcurl\s+-s", "(ab)+"] {
            assert!(has_literal(fast), "{fast}");
        }
        for slow in [r"\d{4,}", "a|bc", "(?:ab)?", ".*", "[a-z]+"] {
            assert!(!has_literal(slow), "{slow}");
        }
    }

    #[test]
    fn ids_are_uuids() {
        assert!(is_uuid("5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11"));
        assert!(!is_uuid("5B0A4A5E-8c0f-4a53-9a53-0c6f3d9b7f11") && !is_uuid("rule-1"));
    }
}
