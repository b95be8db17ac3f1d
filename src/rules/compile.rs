//! From documents to rules: names are settled first, so that combinations can refer to each other.

use super::compiler::Scope;
use super::condition::{self, Expression};
use super::lint;
use super::off;
use super::part::{Part, PartNode};
use super::rule::Rule;
use super::selection;
use super::sigma::{self, SigmaDocument};
use super::tree::{Mark, SourceFile};
use crate::content::{Content, ContentFile, Diagnostic};
use crate::facts::{Category, Field};
use crate::screening::{Detector, Level, PerDetector, RuleInfo, RuleOff};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rules, sorted by name, and what `rules check` has against them.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) rules: Vec<Rule>,
    pub(super) doubts: Vec<Diagnostic>,
    /// What was left out, in order of name.
    pub(super) off: Vec<RuleOff>,
}

/// A document and its file.
struct Written<'a> {
    file: SourceFile<'a>,
    family: &'a str,
    document: SigmaDocument,
}

/// Compiles every rule file but for what is left out; all errors of all files are reported at once.
pub(super) fn compile(
    files: &[ContentFile],
    content: &Content,
    leave_out: &[RuleOff],
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut written = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("detections/")) {
        if file.path.strip_suffix(".yml").is_none() {
            continue;
        }
        let source = SourceFile { path: &file.path, text: &file.text };
        let family = file.path.rsplit('/').nth(1).unwrap_or_default();
        if let Some(document) = sigma::read(source, &mut errors) {
            written.push(Written { file: source, family, document });
        }
    }
    written.sort_by(|a, b| (&a.document.name.value, a.file.path).cmp(&(&b.document.name.value, b.file.path)));
    repeated(&written, &mut errors);
    let documents: Vec<&SigmaDocument> = written.iter().map(|written| &written.document).collect();
    let mut compiled = Compiled { off: off::settled(leave_out, &documents, &mut errors), ..Compiled::default() };
    let names = positions(&written, &compiled.off);
    for written in &written {
        if names.get(written.document.name.value.as_str()).is_none_or(Option::is_none) {
            continue;
        }
        if let Some(rule) = rule(written, content, &names, &mut errors) {
            lint::check(written.file, &written.document, &rule, content, &mut compiled.doubts);
            compiled.rules.push(quieted(rule, &compiled.off));
        }
    }
    if errors.is_empty() { Ok(compiled) } else { Err(errors) }
}

/// Notes names and ids that stand in two files.
fn repeated(written: &[Written<'_>], errors: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for Written { file, document, .. } in written {
        for (seen, what, at) in [(&mut names, "name", &document.name), (&mut ids, "id", &document.id)] {
            if at.value.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert(&at.value, file.path) {
                let message = format!("the {what} `{}` stands in {first} as well", at.value);
                errors.push(file.at(at.mark, message).with_help(format!("a rule's {what} is its own for ever")));
            }
        }
    }
}

/// Positions of the rules by name; a rule that is silenced keeps its name, but has no position.
fn positions<'w>(written: &'w [Written<'_>], off: &[RuleOff]) -> BTreeMap<&'w str, Option<u32>> {
    let mut names: BTreeMap<&str, Option<u32>> =
        written.iter().map(|written| (written.document.name.value.as_str(), None)).collect();
    let is_silenced = |name: &str| off.iter().any(|off| off.is_whole() && off.rule == name);
    for (position, (_, at)) in (0..).zip(names.iter_mut().filter(|(name, _)| !is_silenced(name))) {
        *at = Some(position);
    }
    names
}

/// A rule without its weights for the detectors that it is left out for.
fn quieted(mut rule: Rule, off: &[RuleOff]) -> Rule {
    if let Some(off) = off.iter().find(|off| off.rule == rule.info.name) {
        let info = Arc::make_mut(&mut rule.info);
        off.detectors.iter().for_each(|detector| info.weights[*detector] = None);
    }
    rule
}

fn rule(
    written: &Written<'_>,
    content: &Content,
    names: &BTreeMap<&str, Option<u32>>,
    errors: &mut Vec<Diagnostic>,
) -> Option<Rule> {
    let Written { file, family, document } = written;
    let category = document.category.as_ref()?.value;
    let scope = Scope { file: *file, content, category, rules: names };
    let before = errors.len();
    let parts: Vec<Option<Part>> =
        document.selections.iter().map(|(name, node)| selection::compile(scope, name, node, errors)).collect();
    let part = condition(*file, document, &parts, errors)?;
    let combination = part.fields().contains(&Field::FindingRule);
    if combination {
        let mark = document.category.as_ref().map_or(Mark::default(), |at| at.mark);
        if category != Category::Dossier {
            errors.push(file.at(mark, "a rule over other rules has the category dossier"));
        }
        if part.fields().iter().any(|field| *field != Field::FindingRule) {
            errors.push(
                file.at(document.condition.mark, "a rule over other rules reads `finding.rule` and nothing else")
                    .with_help("put the rest into a rule of weight 0, and name that one here"),
            );
        }
    }
    (errors.len() == before).then(|| Rule {
        info: Arc::new(info(family, document, combination)),
        category,
        file: file.path.to_owned(),
        status: document.status.value.clone(),
        fairness: document.extension.fairness.value.clone(),
        covers: texts(&document.extension.covers),
        examples: document.extension.examples.clone(),
        condition: document.condition.value.trim().to_owned(),
        selections: document.selections.iter().map(|(name, node)| (name.text.clone(), node.to_json())).collect(),
        part,
    })
}

fn info(family: &str, document: &SigmaDocument, combination: bool) -> RuleInfo {
    let mut weights = PerDetector::<Option<f64>>::default();
    for (detector, weight) in &document.extension.detectors {
        weights[*detector] = Some(weight.value);
    }
    RuleInfo {
        name: document.name.value.clone(),
        id: document.id.value.clone(),
        version: document.modified.as_ref().unwrap_or(&document.date).value.clone(),
        title: document.title.value.clone(),
        description: document.description.value.clone(),
        level: Level::of_weight(greatest(&weights)),
        family: family.to_owned(),
        weights,
        falsepositives: texts(&document.falsepositives),
        verify: document.extension.verify.value.clone(),
        tags: texts(&document.tags),
        references: texts(&document.references),
        published: document.extension.published,
        offsets: texts(&document.extension.offsets),
        combination,
    }
}

fn texts(list: &[sigma::At<String>]) -> Vec<String> {
    list.iter().map(|at| at.value.clone()).collect()
}

/// The greatest weight of a rule, in decibans; 0 if it has none.
fn greatest(weights: &PerDetector<Option<f64>>) -> f64 {
    Detector::ALL.into_iter().filter_map(|detector| weights[detector]).reduce(f64::max).unwrap_or_default()
}

/// The condition over its selections; a selection that it does not use is an error.
fn condition(
    file: SourceFile<'_>,
    document: &SigmaDocument,
    parts: &[Option<Part>],
    errors: &mut Vec<Diagnostic>,
) -> Option<Part> {
    let names: Vec<&str> = document.selections.iter().map(|(name, _)| name.text.as_str()).collect();
    let written = document.condition.value.as_str();
    if written.is_empty() {
        return None;
    }
    let expression = match condition::parse(written, &names) {
        Ok(expression) => expression,
        Err(error) => {
            let mark = document.condition.mark;
            let mut diagnostic = file.at(Mark { column: mark.column + error.offset, ..mark }, error.message);
            diagnostic.help = error.help;
            errors.push(diagnostic);
            return None;
        }
    };
    let mut used = vec![false; names.len()];
    mark_used(&expression, &mut used);
    for ((name, _), used) in document.selections.iter().zip(used) {
        if !used {
            errors.push(
                file.at(name.mark, format!("the condition does not use the selection `{}`", name.text))
                    .with_help("use it or remove it"),
            );
        }
    }
    let mut part = part(&expression, parts)?;
    part.text = written.trim().into();
    Some(part)
}

fn mark_used(expression: &Expression, used: &mut [bool]) {
    match expression {
        Expression::Selection(at) => used[*at] = true,
        Expression::Several(_, positions, _) => positions.iter().for_each(|at| used[*at] = true),
        Expression::Not(inner) => mark_used(inner, used),
        Expression::And(inner) | Expression::Or(inner) => inner.iter().for_each(|part| mark_used(part, used)),
    }
}

/// An expression with its selections put in; none if one of them has an error.
fn part(expression: &Expression, parts: &[Option<Part>]) -> Option<Part> {
    let all =
        |expressions: &[Expression]| expressions.iter().map(|inner| part(inner, parts)).collect::<Option<Vec<_>>>();
    Some(match expression {
        Expression::Selection(at) => parts.get(*at)?.clone()?,
        Expression::Not(inner) => {
            let inner = part(inner, parts)?;
            Part { text: format!("not {}", bracketed(&inner)).into(), node: PartNode::Not(Box::new(inner)) }
        }
        Expression::And(inner) => {
            let inner = all(inner)?;
            Part { text: joined(&inner, " and ").into(), node: PartNode::And(inner) }
        }
        Expression::Or(inner) => {
            let inner = all(inner)?;
            Part { text: joined(&inner, " or ").into(), node: PartNode::Or(inner) }
        }
        Expression::Several(every, positions, text) => {
            let inner = positions.iter().map(|at| parts.get(*at)?.clone()).collect::<Option<Vec<_>>>()?;
            let node = if *every { PartNode::And(inner) } else { PartNode::Or(inner) };
            Part { text: text.as_str().into(), node }
        }
    })
}

fn joined(parts: &[Part], word: &str) -> String {
    parts.iter().map(bracketed).collect::<Vec<_>>().join(word)
}

fn bracketed(part: &Part) -> String {
    if part.text.contains(" and ") || part.text.contains(" or ") {
        format!("({})", part.text)
    } else {
        part.text.to_string()
    }
}
