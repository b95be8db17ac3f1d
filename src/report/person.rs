//! One person on the terminal: where they stand, what it rests on, what it does not, and what could not be seen.

use super::escape::{argument, readable};
use super::layout::{Ink, Page};
use super::words::plural;
use crate::dossier::Role;
use crate::screening::{
    Assessment, Detector, DetectorResult, EarlierRecord, Finding, JoinedSource, RulePoints, Thresholds, Verdict,
};
use std::collections::BTreeSet;

/// Places of evidence that are shown of one finding.
const PIECES: usize = 2;

/// Records of earlier batches that are shown.
const EARLIER: usize = 3;

/// Appends the block of one person.
pub(super) fn person(page: &mut Page, assessment: &Assessment, thresholds: Option<&Thresholds>) {
    let results = by_verdict(assessment);
    let (shown, below): (Vec<_>, Vec<_>) =
        results.into_iter().partition(|(_, result)| result.verdict >= Verdict::Review);
    page.gap();
    let mut told = BTreeSet::new();
    for (number, (detector, result)) in shown.iter().enumerate() {
        headline(page, assessment, Some(*detector), result.verdict, number == 0);
        standing(page, assessment, *detector, result, thresholds);
        page.gap();
        sum(page, assessment, result, &mut told);
        page.gap();
    }
    if shown.is_empty() {
        headline(page, assessment, None, assessment.verdict, true);
    }
    for (detector, result) in &below {
        below_review(page, assessment, *detector, result);
    }
    joined(page, assessment);
    context(page, assessment);
    not_visible(page, assessment, if shown.is_empty() { &below } else { &shown });
    last_words(page, assessment, !shown.is_empty());
}

/// The sources of a record that was joined, and what ties them.
fn joined(page: &mut Page, assessment: &Assessment) {
    let all = &assessment.screened.joined;
    if all.is_empty() {
        return;
    }
    let source = |joined: &JoinedSource| {
        let file = joined.source.as_deref().filter(|file| *file != joined.name);
        let file = file.map_or_else(String::new, |file| format!(" ({})", readable(file)));
        format!("{}{file} by {}", readable(&joined.name), readable(&joined.by.join(", ")))
    };
    let sources: Vec<_> = all.iter().map(source).collect();
    page.paragraph("Joined of ", &format!("{}.", sources.join("; ")));
}

/// The detectors that were asked, the greatest verdict first, then the greatest score.
fn by_verdict(assessment: &Assessment) -> Vec<(Detector, &DetectorResult)> {
    let mut results: Vec<_> =
        assessment.detectors.iter().filter_map(|(detector, result)| Some((detector, result.as_ref()?))).collect();
    results.sort_by(|(_, a), (_, b)| b.verdict.cmp(&a.verdict).then(b.score.total_cmp(&a.score)));
    results
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

/// Verdict in words, score and what it stands against, and how much could be seen at all.
fn standing(
    page: &mut Page,
    assessment: &Assessment,
    detector: Detector,
    result: &DetectorResult,
    thresholds: Option<&Thresholds>,
) {
    let against = thresholds.map_or_else(String::new, |thresholds| {
        let Thresholds { review, escalate, .. } = thresholds;
        match result.verdict {
            Verdict::Escalate if result.by_published_match => {
                format!(" (escalates from {escalate}; one family alone, by a match with published intelligence)")
            }
            Verdict::Escalate => format!(" (escalates from {escalate})"),
            _ if result.score >= *escalate => format!(
                " (stays below escalation, which from {escalate} on takes {} families, a finding of {} or more, and \
                 more than facts of network and payment)",
                thresholds.families, thresholds.strong
            ),
            _ => format!(" (review from {review}, escalates from {escalate})"),
        }
    });
    page.paragraph(
        "",
        &format!(
            "{}: {:.1} points, {}{against} · {} · a person must decide",
            result.verdict.words(),
            result.score,
            plural(result.families, "family", "families"),
            coverage(assessment, detector),
        ),
    );
}

fn coverage(assessment: &Assessment, detector: Detector) -> String {
    format!("{:.0}\u{a0}% of checks could run", assessment.screened.coverage[detector] * 100.0)
}

/// Every term of the score with its evidence, the strongest first, and the sum.
fn sum(page: &mut Page, assessment: &Assessment, result: &DetectorResult, told: &mut BTreeSet<String>) {
    let mut entries: Vec<(&str, usize, &RulePoints)> = result
        .terms
        .iter()
        .flat_map(|term| term.rules.iter().enumerate().map(|(position, part)| (term.family.as_str(), position, part)))
        .collect();
    entries.sort_by(|(.., a), (.., b)| b.points.total_cmp(&a.points));
    for (family, position, part) in entries {
        let finding = assessment.screened.findings.iter().find(|finding| finding.rule.name == part.rule);
        let again = !told.insert(part.rule.clone());
        let mut title = finding.map_or_else(|| part.rule.clone(), title);
        title.push_str(&share(family, position, part));
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
    let title = readable(&finding.rule.title);
    if finding.count > 1 { format!("{title} ({} times)", finding.count) } else { title.into_owned() }
}

/// What of a rule's weight counts, where it is not all.
fn share(family: &str, position: usize, part: &RulePoints) -> String {
    let weight = part.weight.abs();
    if part.weight < 0.0 {
        return if part.points > part.weight {
            format!(" (takes {weight} from {family}, as far as there is)")
        } else {
            format!(" (takes {weight} from {family})")
        };
    }
    match position {
        0 => String::new(),
        1 => format!(" ({weight}, halved: also {family})"),
        2 => format!(" ({weight}, a quarter of it: also {family})"),
        _ => format!(" ({weight}, 1/{} of it: also {family})", 1_u64 << position.min(32)),
    }
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
        format!("{}; {}", result.verdict.words(), coverage(assessment, detector))
    } else {
        let signs = plural(parts.len(), "sign", "signs");
        format!(
            "Below review, {signs}: {:.1} points ({}); {}",
            result.score,
            parts.join(", "),
            coverage(assessment, detector)
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

fn not_visible(page: &mut Page, assessment: &Assessment, results: &[(Detector, &DetectorResult)]) {
    let missing: BTreeSet<_> =
        results.iter().flat_map(|(detector, _)| &assessment.screened.missing[*detector]).copied().collect();
    if !missing.is_empty() {
        let words: Vec<_> = missing.into_iter().map(|section| section.as_str().replace('_', " ")).collect();
        page.paragraph("Not visible: ", &format!("{}.", words.join(", ")));
    }
}

/// Records of earlier batches, those under another name first.
fn earlier(page: &mut Page, records: &[EarlierRecord]) {
    let mut records: Vec<&EarlierRecord> = records.iter().collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.under_other_name));
    for record in records.iter().take(EARLIER) {
        let shares: Vec<String> = record.shares.iter().map(|kind| kind.replace('_', " ")).collect();
        let name = match record.under_other_name {
            Some(true) => "under another name",
            Some(false) => "under this name",
            None => "whose name cannot be compared",
        };
        let times = if record.times > 1 { format!(", seen {} times", record.times) } else { String::new() };
        let (shares, scanned) = (shares.join(", "), record.scanned);
        page.paragraph("Earlier: ", &format!("{shares} in common with a record {name}, scanned {scanned}{times}."));
    }
    if let Some(more @ 1..) = records.len().checked_sub(EARLIER) {
        page.paragraph("Earlier: ", &format!("and {more} more."));
    }
}

fn last_words(page: &mut Page, assessment: &Assessment, shown: bool) {
    let screened = &assessment.screened;
    if shown && matches!(screened.role, Role::Recruiter | Role::Counterparty) {
        let name = screened.subject.name.as_deref().unwrap_or("This");
        page.paragraph("", &format!("{} may be a real person who is being impersonated.", readable(name)));
    }
    if !assessment.clusters.is_empty() {
        page.paragraph("", &format!("Shares something with others: {}.", assessment.clusters.join(", ")));
    }
    earlier(page, &assessment.earlier);
    if shown {
        let (source, dossier) = (argument(&screened.source.path), argument(&screened.dossier));
        page.paragraph("", &format!("More: falseface explain {source} --dossier {dossier}"));
    }
}
