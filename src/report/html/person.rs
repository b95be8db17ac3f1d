//! One person on the page: what to verify and ask first, then what it rests on, then what could not be seen.

use super::beside;
use super::marks::{self, Text};
use super::place::id_of;
use super::sum::waterfall;
use super::timeline;
use crate::dossier::Date;
use crate::report::layout::moment;
use crate::report::told;
use crate::report::words::plural;
use crate::screening::{Assessment, Detector, DetectorResult, Evidence, Finding, Thresholds, Verdict};
use maud::{Markup, html};

/// Places of evidence that stand open; the others are folded.
const PLACES: usize = 3;
/// Findings that the summary names.
const NAMED: usize = 2;

/// The part of the page that is one person's.
///
/// A browser that runs scripts takes what stands in `noscript` for one piece of text, and the page's script makes a person
/// of it when somebody looks: ten thousand open as quickly as one. Without scripts everything stands there.
///
/// `strongest` are those of [`strongest`].
pub(super) fn article(assessment: &Assessment, strongest: &[&Finding], thresholds: &Thresholds, now: Date) -> Markup {
    let screened = &assessment.screened;
    let results = told::by_verdict(assessment);
    let detectors = results.iter().map(|(detector, _)| *detector);
    let missing = told::not_visible(assessment, detectors);
    let beside = beside::all(assessment);
    let inside = html! {
        (beside::table(&beside))
        @if let Some(question) = beside::question(screened.role, &beside) {
            h4 { "To ask" }
            blockquote.ask { p { (Text(&question)) } }
        }
        (steps(strongest))
        @for (detector, result) in &results {
            (standing(assessment, *detector, result, thresholds))
        }
        (findings(assessment, strongest))
        @if !assessment.screened.suppressed.is_empty() {
            h4 { "Set aside by people" }
            ul { @for suppressed in &assessment.screened.suppressed { li { (Text(&told::suppressed(suppressed))) } } }
        }
        (timeline::drawing(screened, now))
        h4 { "What could be seen" }
        ul {
            @for (detector, _) in &results { li { (detector.words()) ": " (told::coverage(assessment, *detector)) } }
            @if !missing.is_empty() { li { "Not visible in this export: " (missing.join(", ")) "." } }
        }
    };
    html! {
        article.person id=(id_of(&screened.dossier)) {
            noscript {
                header {
                    h3 { (verdict(assessment.verdict)) " " (Text(screened.subject.name.as_deref().unwrap_or("(no name)"))) }
                    p.sub {
                        (screened.role.as_str())
                        @if let Some(headline) = &screened.subject.headline { " · " (Text(headline)) }
                        " · " code { (Text(&screened.dossier)) } " · " (Text(&screened.source.to_string()))
                    }
                }
                @if let Some(change) = told::change(assessment) {
                    p { b { "Since the earlier report: " } (Text(&change)) "." }
                }
                p.summary { (summary(assessment, strongest, &missing)) }
                @if assessment.verdict >= Verdict::Review { (inside) } @else {
                    details { summary { "What was seen, below review" } (inside) }
                }
                (context(assessment))
            }
        }
    }
}

/// A verdict as a shape and a word; the shape differs, not only its colour.
pub(super) fn verdict(verdict: Verdict) -> Markup {
    let (shape, words) = match verdict {
        Verdict::Escalate => ("▲", "verify before deciding"),
        Verdict::Review => ("◆", "items to verify"),
        Verdict::Nothing => ("○", "nothing found"),
        Verdict::Insufficient => ("–", "not enough information"),
    };
    html! { span.verdict.(verdict.as_str()) { span aria-hidden="true" { (shape) } " " (words) } }
}

/// Three sentences: how much there is, what is strongest, what the export did not show.
fn summary(assessment: &Assessment, strongest: &[&Finding], missing: &[String]) -> Markup {
    let titles = strongest.iter().take(NAMED).map(|finding| finding.rule.title.trim_end_matches('.'));
    let titles: Vec<&str> = titles.collect();
    html! {
        (assessment.verdict.words()) ": " (plural(strongest.len(), "item", "items")) " in what the export shows of this person. "
        @if titles.is_empty() { "None of them weighs anything by itself. " }
        @else { "What weighs most: " (Text(&titles.join("; "))) ". " }
        @if missing.is_empty() { "A person must decide." }
        @else { "Not visible: " (missing.join(", ")) "; a person must decide." }
    }
}

/// Findings that speak for something, the strongest first.
pub(super) fn strongest(assessment: &Assessment) -> Vec<&Finding> {
    let greatest = |finding: &Finding| -> f64 {
        let weights = assessment.detectors.iter().filter(|(_, result)| result.is_some());
        weights.filter_map(|(detector, _)| finding.rule.weights[detector]).fold(0.0, f64::max)
    };
    let mut findings: Vec<_> = assessment
        .screened
        .findings
        .iter()
        .map(|finding| (greatest(finding), finding))
        .filter(|(w, _)| *w > 0.0)
        .collect();
    findings.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// What else it could be, and what to do next, as a list to be ticked on paper or screen.
fn steps(strongest: &[&Finding]) -> Markup {
    let mut reasons: Vec<&str> = Vec::new();
    let mut steps: Vec<(&str, &str)> = Vec::new();
    for finding in strongest {
        for reason in &finding.rule.falsepositives {
            if !reasons.contains(&reason.as_str()) {
                reasons.push(reason);
            }
        }
        let verify = finding.rule.verify.as_str();
        if !verify.is_empty() && !steps.iter().any(|(step, _)| *step == verify) {
            steps.push((verify, &finding.rule.name));
        }
    }
    html! {
        @if !reasons.is_empty() {
            h4 { "Ordinary reasons" }
            ul.reasons { @for reason in reasons { li { (Text(reason)) } } }
        }
        @if !steps.is_empty() {
            h4 { "Next steps" }
            ul.steps {
                @for (step, rule) in steps {
                    li { label { input type="checkbox"; " " (Text(step)) } " " small { (rule) } }
                }
            }
        }
    }
}

fn standing(assessment: &Assessment, detector: Detector, result: &DetectorResult, thresholds: &Thresholds) -> Markup {
    html! {
        @if result.verdict >= Verdict::Review {
            section.detector {
                h4 { (detector.words()) ": " (verdict(result.verdict)) }
                p { (told::standing(assessment, detector, result, Some(thresholds))) }
                (waterfall(assessment, result, thresholds))
            }
        } @else if !result.terms.is_empty() {
            details.detector {
                summary { (detector.words()) ": below review, " (format!("{:.1}", result.score)) " points" }
                (waterfall(assessment, result, thresholds))
            }
        }
    }
}

fn findings(assessment: &Assessment, strongest: &[&Finding]) -> Markup {
    let all = &assessment.screened.findings;
    let rest = all.iter().filter(|finding| !strongest.iter().any(|other| std::ptr::eq(*other, *finding)));
    let rest: Vec<&Finding> = rest.collect();
    html! {
        @if !strongest.is_empty() { h4 { "What it rests on" } }
        @for finding in strongest { (proof(finding)) }
        @if !rest.is_empty() {
            h4 { "Context, and what speaks against" }
            details {
                summary { (plural(rest.len(), "item", "items")) }
                @for finding in rest { (proof(finding)) }
            }
        }
    }
}

fn proof(finding: &Finding) -> Markup {
    let rule = &finding.rule;
    let quoted = distinct(&finding.evidence);
    let (open, folded) = quoted.split_at(quoted.len().min(PLACES));
    let absent: Vec<&str> = finding.evidence.iter().filter_map(|evidence| evidence.expected.as_deref()).collect();
    let place = |evidence: &Evidence| {
        html! {
            figure {
                figcaption {
                    (Text(&evidence.label))
                    @if let Some(at) = evidence.at { " · " (moment(at)) }
                    @if let Some(origin) = &evidence.origin { " · " (Text(origin)) }
                    @if let Some(other) = &evidence.dossier { " · in the record of " code { (Text(other)) } }
                }
                blockquote { p { (marks::evidence(evidence)) } }
            }
        }
    };
    html! {
        section.finding {
            h5 {
                (Text(&rule.title))
                @if finding.count > 1 { " (" (finding.count) " times)" }
                " " code { (rule.name) }
                @for (detector, weight) in rule.weights.iter() {
                    @if let Some(weight) = weight.filter(|weight| *weight != 0.0) {
                        " " small.points { (format!("{weight:+}")) " " (detector.words()) }
                    }
                }
            }
            @for evidence in open { (place(evidence)) }
            @if !folded.is_empty() {
                details { summary { (plural(folded.len(), "more place", "more places")) } @for evidence in folded { (place(evidence)) } }
            }
            @if !absent.is_empty() { p { "Not there: " (Text(&absent.join("; "))) "." } }
            @if !rule.falsepositives.is_empty() {
                p { b { "Could be: " } (Text(&rule.falsepositives.join(" "))) }
            }
            @if !rule.verify.is_empty() { p { b { "Verify: " } (Text(&rule.verify)) } }
        }
    }
}

/// Quotes, those left out that lie within another one.
fn distinct(evidence: &[Evidence]) -> Vec<&Evidence> {
    let within = |one: &Evidence, other: &Evidence| {
        (&one.dossier, &one.pointer) == (&other.dossier, &other.pointer)
            && other.start <= one.start
            && one.end <= other.end
    };
    let mut kept: Vec<&Evidence> = Vec::new();
    for one in evidence.iter().filter(|evidence| !evidence.quote.is_empty()) {
        if !kept.iter().any(|other| within(one, other)) {
            kept.retain(|other| !within(other, one));
            kept.push(one);
        }
    }
    kept
}

/// What is beside the findings: sources, others who share something, earlier batches, and how to see more.
fn context(assessment: &Assessment) -> Markup {
    let screened = &assessment.screened;
    html! {
        @if told::impersonated(assessment).is_some() {
            p { "The name may be that of a real person who is being impersonated." }
        }
        @if !screened.joined.is_empty() {
            p { "Joined of " (Text(&screened.joined.iter().map(told::joined).collect::<Vec<_>>().join("; "))) "." }
        }
        @if !assessment.clusters.is_empty() {
            p { "Shares something with others: " @for id in &assessment.clusters { a href={ "#" (id_of(id)) } { (Text(id)) } " " } }
        }
        @for earlier in told::earlier(&assessment.earlier) { p { "Earlier: " (Text(&earlier)) } }
        p.more { "Every condition and value: " code { (told::explain_command(assessment)) } }
        p.back { a href="#people" { "Back to the table" } }
    }
}
