//! One person on the terminal: where they stand, what it rests on, what it does not, and what could not be seen.

use super::escape::readable;
use super::layout::{Ink, Page};
use super::told;
use super::words::plural;
use crate::screening::{Assessment, Detector, DetectorResult, Finding, Thresholds, Verdict};
use std::collections::BTreeSet;

/// Places of evidence that are shown of one finding.
const PIECES: usize = 2;

/// Records of earlier batches that are shown.
const EARLIER: usize = 3;

/// Appends the block of one person.
pub(super) fn person(page: &mut Page, assessment: &Assessment, thresholds: Option<&Thresholds>) {
    let results = told::by_verdict(assessment);
    let (shown, below): (Vec<_>, Vec<_>) =
        results.into_iter().partition(|(_, result)| result.verdict >= Verdict::Review);
    page.gap();
    let mut told = BTreeSet::new();
    for (number, (detector, result)) in shown.iter().enumerate() {
        headline(page, assessment, Some(*detector), result.verdict, number == 0);
        page.paragraph("", &told::standing(assessment, *detector, result, thresholds));
        page.gap();
        sum(page, assessment, result, &mut told);
        page.gap();
    }
    if shown.is_empty() {
        headline(page, assessment, None, assessment.verdict, true);
    }
    if let Some(change) = told::change(assessment) {
        page.paragraph("Since the earlier report: ", &format!("{}.", readable(&change)));
    }
    for suppressed in &assessment.screened.suppressed {
        page.paragraph("Set aside: ", &readable(&told::suppressed(suppressed)));
    }
    for (detector, result) in &below {
        below_review(page, assessment, *detector, result);
    }
    let joined: Vec<_> = assessment.screened.joined.iter().map(told::joined).collect();
    if !joined.is_empty() {
        page.paragraph("Joined of ", &format!("{}.", readable(&joined.join("; "))));
    }
    context(page, assessment);
    let asked = if shown.is_empty() { &below } else { &shown };
    let missing = told::not_visible(assessment, asked.iter().map(|(detector, _)| *detector));
    if !missing.is_empty() {
        page.paragraph("Not visible: ", &format!("{}.", missing.join(", ")));
    }
    last_words(page, assessment, !shown.is_empty());
}

fn headline(page: &mut Page, assessment: &Assessment, detector: Option<Detector>, verdict: Verdict, first: bool) {
    let ink = match verdict {
        Verdict::Escalate => Ink::Alarm,
        Verdict::Review => Ink::Notice,
        Verdict::Nothing | Verdict::Insufficient => Ink::Strong,
    };
    let mut parts = vec![page.ink(ink, &verdict.as_str().to_uppercase())];
    if let Some(detector) = detector {
        parts.push(detector.words().to_owned());
    }
    if first {
        let name = assessment.screened.subject.name.as_deref().unwrap_or("(no name)");
        parts.push(page.ink(Ink::Strong, &readable(name)));
        parts.push(readable(&assessment.screened.dossier).into_owned());
    }
    page.line(&parts.join("  "));
}

/// Every term of the score with its evidence, the strongest first, and the sum.
fn sum(page: &mut Page, assessment: &Assessment, result: &DetectorResult, told: &mut BTreeSet<String>) {
    for (family, position, part) in told::entries(result) {
        let finding = assessment.screened.findings.iter().find(|finding| finding.rule.name == part.rule);
        let again = !told.insert(part.rule.clone());
        let mut title = finding.map_or_else(|| part.rule.clone(), title);
        title.push_str(&told::share(family, position, part));
        if again {
            title.push_str(" (shown above)");
        }
        page.entry(&points(part.points), &title, &part.rule);
        if let (Some(finding), false) = (finding, again) {
            proof(page, finding);
        }
    }
    page.line(" ─────");
    page.line(&format!("{:>6.1}", result.score));
}

fn points(points: f64) -> String {
    format!("{points:>+6.1}  ")
}

fn title(finding: &Finding) -> String {
    readable(&told::title(finding)).into_owned()
}

/// What a finding rests on, what else it could be, and how to find out.
fn proof(page: &mut Page, finding: &Finding) {
    let further = page.evidence(&finding.evidence, PIECES);
    if further > 0 {
        page.paragraph("        ", &format!("… and {} more", plural(further, "place", "places")));
    }
    let rule = &finding.rule;
    let mut advice = Vec::new();
    if !rule.falsepositives.is_empty() {
        let others: Vec<_> = rule.falsepositives.iter().map(|other| other.trim_end_matches('.')).collect();
        advice.push(format!("Could be: {}.", others.join("; ")));
    }
    if !rule.verify.is_empty() {
        advice.push(format!("Verify: {}", rule.verify));
    }
    if !advice.is_empty() {
        page.paragraph("        ", &advice.join("  "));
    }
}

/// A detector that stays below review, with the rules that gave it points.
fn below_review(page: &mut Page, assessment: &Assessment, detector: Detector, result: &DetectorResult) {
    let parts: Vec<_> = result
        .terms
        .iter()
        .flat_map(|term| &term.rules)
        .map(|part| format!("{:+.1} {}", part.points, part.rule))
        .collect();
    let text = if parts.is_empty() {
        format!("{}; {}", result.verdict.words(), told::coverage(assessment, detector))
    } else {
        let signs = plural(parts.len(), "sign", "signs");
        format!(
            "Below review, {signs}: {:.1} points ({}); {}",
            result.score,
            parts.join(", "),
            told::coverage(assessment, detector)
        )
    };
    page.paragraph(&format!("{}: ", detector.words()), &text);
}

/// Findings without points for any detector that was asked.
fn context(page: &mut Page, assessment: &Assessment) {
    let asked = |finding: &Finding| {
        assessment.detectors.iter().any(|(detector, result)| {
            result.is_some() && finding.rule.weights[detector].is_some_and(|weight| weight != 0.0)
        })
    };
    let mut findings = assessment.screened.findings.iter().filter(|finding| !asked(finding)).peekable();
    if findings.peek().is_none() {
        return;
    }
    page.line("Context, without points:");
    for finding in findings {
        page.entry("        ", &title(finding), &finding.rule.name);
        page.evidence(&finding.evidence, 1);
    }
}

fn last_words(page: &mut Page, assessment: &Assessment, shown: bool) {
    if let Some(told) = told::impersonated(assessment) {
        page.paragraph("", &readable(&told));
    }
    if !assessment.clusters.is_empty() {
        page.paragraph("", &format!("Shares something with others: {}.", assessment.clusters.join(", ")));
    }
    let earlier = told::earlier(&assessment.earlier);
    for told in earlier.iter().take(EARLIER) {
        page.paragraph("Earlier: ", told);
    }
    if let Some(more @ 1..) = earlier.len().checked_sub(EARLIER) {
        page.paragraph("Earlier: ", &format!("and {more} more."));
    }
    if shown {
        page.paragraph("", &format!("More: {}", told::explain_command(assessment)));
    }
}
