//! An explanation for a person: why each rule did or did not hit, part by part, and what the score is the sum of.

use super::contract::Style;
use super::escape::readable;
use super::layout::{Ink, Page};
use super::told;
use crate::screening::{Detector, DetectorResult, Explanation, LeafState, Trace, TraceNode, Verdict};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Values of a leaf that are shown.
const VALUES: usize = 6;

/// Prints the sums of all detectors and the trace of each rule.
pub fn explain(to: &mut dyn Write, explanation: &Explanation, style: &Style) -> io::Result<()> {
    let mut page = Page::new(style);
    let screened = &explanation.assessment.screened;
    let name = screened.subject.name.as_deref().unwrap_or("(no name)");
    let name = page.ink(Ink::Strong, &readable(name));
    page.line(&format!("{name}  {}  {}", readable(&screened.dossier), readable(&screened.source.to_string())));
    for (detector, result) in explanation.assessment.detectors.iter() {
        if let Some(result) = result {
            page.gap();
            sum(&mut page, detector, result, screened.coverage[detector]);
        }
    }
    for suppressed in &screened.suppressed {
        page.gap();
        page.paragraph("Set aside: ", &readable(&told::suppressed(suppressed)));
    }
    for trace in &explanation.traces {
        page.gap();
        rule(&mut page, trace);
    }
    to.write_all(page.take().as_bytes())
}

/// Prints what would be different: for each detector, the terms that changed and both sums.
pub fn difference(
    to: &mut dyn Write,
    detector: Detector,
    before: &DetectorResult,
    after: &DetectorResult,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(style);
    let title = page.ink(Ink::Strong, detector.words());
    page.line(&title);
    let (old, new) = (points_by_rule(before), points_by_rule(after));
    let mut changed = false;
    for rule in old.keys().chain(new.keys().filter(|rule| !old.contains_key(*rule))) {
        let (was, is) = (old.get(rule).copied(), new.get(rule).copied());
        if was == is {
            continue;
        }
        changed = true;
        page.paragraph("  ", &format!("{} → {}  {} ({})", shown(was), shown(is), rule.1, rule.0));
    }
    if !changed {
        page.line("  no rule counts otherwise");
    }
    page.line(&format!(
        "  {:.1} → {:.1} points, {} → {}",
        before.score,
        after.score,
        before.verdict.as_str(),
        after.verdict.as_str()
    ));
    to.write_all(page.take().as_bytes())
}

/// Points by family and rule: exonerating evidence may stand in several families.
fn points_by_rule(result: &DetectorResult) -> BTreeMap<(&str, &str), f64> {
    let parts = result.terms.iter().flat_map(|term| term.rules.iter().map(move |part| (term, part)));
    parts.map(|(term, part)| ((term.family.as_str(), part.rule.as_str()), part.points)).collect()
}

fn shown(points: Option<f64>) -> String {
    points.map_or_else(|| "none".to_owned(), |points| format!("{points:+.1}"))
}

fn sum(page: &mut Page, detector: Detector, result: &DetectorResult, coverage: f64) {
    let title = page.ink(Ink::Strong, detector.words());
    page.paragraph(
        "",
        &format!(
            "{title}: {} ({}); {:.0}\u{a0}% of checks could run",
            result.verdict.words(),
            result.verdict.as_str(),
            coverage * 100.0
        ),
    );
    for term in &result.terms {
        page.line(&format!("{:>+7.1}  {}", term.points, term.family));
        for part in &term.rules {
            let weight = if (part.weight - part.points).abs() < 0.05 {
                String::new()
            } else {
                format!(" of {:+.1}", part.weight)
            };
            page.entry(&format!("{:>+16.1}  ", part.points), &part.rule, weight.trim_start());
        }
    }
    page.line(" ──────");
    page.line(&format!("{:>7.1}", result.score));
    if result.verdict < Verdict::Review {
        page.line("Below review; this is not clearance.");
    }
}

fn rule(page: &mut Page, trace: &Trace) {
    let state = state(page, trace.root.state);
    let element = if trace.element.is_empty() { "the dossier as a whole" } else { &trace.element };
    page.line(&format!("{state}  {}  {}", trace.rule, readable(element)));
    node(page, &trace.root, 1);
}

fn node(page: &mut Page, part: &TraceNode, depth: usize) {
    let lead = "  ".repeat(depth);
    let word = match part.state {
        LeafState::Hit => "yes      ",
        LeafState::Miss => "no       ",
        LeafState::NotEvaluable => "unknown  ",
    };
    page.paragraph(&format!("{lead}{word}"), &readable(&part.text));
    if let Some(leaf) = &part.leaf {
        let mut text = if leaf.seen.is_empty() {
            let what = if part.state == LeafState::NotEvaluable { "the export does not say" } else { "nothing there" };
            format!("{}: {what}", leaf.field)
        } else {
            let seen: Vec<_> = leaf.seen.iter().take(VALUES).map(|value| clipped(value)).collect();
            let further = leaf.seen.len().saturating_sub(VALUES);
            let further = if further > 0 { format!(", and {further} more") } else { String::new() };
            format!("{}: saw {}{further}", leaf.field, seen.join(", "))
        };
        if !leaf.pointers.is_empty() {
            text.push_str(" at ");
            text.push_str(&leaf.pointers.iter().take(VALUES).map(String::as_str).collect::<Vec<_>>().join(", "));
        }
        page.paragraph(&format!("{lead}         "), &text);
    }
    for inner in &part.parts {
        node(page, inner, depth + 1);
    }
}

/// A value of at most 80 characters.
fn clipped(value: &str) -> String {
    match value.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", readable(&value[..end])),
        None => readable(value).into_owned(),
    }
}

fn state(page: &Page, state: LeafState) -> String {
    match state {
        LeafState::Hit => page.ink(Ink::Notice, "HIT"),
        LeafState::Miss => page.ink(Ink::Faint, "MISS"),
        LeafState::NotEvaluable => page.ink(Ink::Faint, "NOT EVALUABLE"),
    }
}
