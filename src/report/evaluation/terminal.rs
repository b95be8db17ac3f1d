//! An evaluation on the terminal: rates with what they were counted from, and the cases worth looking at.

use crate::evaluation::{
    Case, Confusion, Counts, CurvePoint, DetectorEvaluation, Evaluation, OperatingPoint, Rate, RuleValue,
};
use crate::report::contract::Style;
use crate::report::escape::readable;
use crate::report::layout::{Ink, Page, moment};
use crate::report::told;
use crate::report::words::{percent, plural};
use crate::screening::Verdict;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Thresholds of the curve that are shown.
const THRESHOLDS: usize = 12;
/// Rules that are shown of each detector.
const RULES: usize = 20;
/// Ids of a kind that are named.
const IDS: usize = 5;

/// Prints an evaluation. Errors are those of the writer.
pub fn terminal(to: &mut dyn Write, evaluation: &Evaluation, style: &Style) -> io::Result<()> {
    let mut page = Page::new(style);
    let run = &evaluation.run;
    let digest = run.rules_digest.get(..8).unwrap_or(&run.rules_digest);
    page.paragraph("", &format!("{} · {} · offline · rules {digest} ({})", run.tool, moment(run.now), run.rules_count));
    if let Some(off) = told::rules_off(&run.rules_off) {
        page.paragraph("", &readable(&off));
    }
    counts(&mut page, evaluation.labels.as_deref(), &evaluation.counts);
    page.paragraph(
        "",
        "In brackets: the 95 % interval (Wilson). The balance of labelled data is artificial: see docs/evaluation.md.",
    );
    for detector in &evaluation.detectors {
        of_detector(&mut page, detector, evaluation);
    }
    silent(&mut page, evaluation);
    if evaluation.partial {
        let words = page.ink(Ink::Notice, "Interrupted: what was not read by then is missing.");
        page.line(&words);
    }
    to.write_all(page.take().as_bytes())?;
    to.flush()
}

fn counts(page: &mut Page, labels: Option<&str>, counts: &Counts) {
    let from = labels.map_or_else(|| "the labels in the records".to_owned(), |labels| readable(labels).into_owned());
    let mut text = format!("{} labelled, by {from}", plural(counts.labelled, "record", "records"));
    for (count, words, ids) in [
        (counts.unlabelled, "without a label", &counts.unlabelled_ids),
        (
            counts.without_record,
            if counts.without_record == 1 { "label without a record" } else { "labels without a record" },
            &counts.without_record_ids,
        ),
    ] {
        if count > 0 {
            let named: Vec<_> = ids.iter().take(IDS).map(|id| readable(id)).collect();
            let more = if count > named.len() as u64 { ", …" } else { "" };
            let _ = write!(text, " · {count} {words} ({}{more})", named.join(", "));
        }
    }
    for (count, words) in [
        (counts.doubtful_labels, "labels that contradict each other or name no detector"),
        (counts.rejected, "rejected"),
        (counts.skipped, "skipped"),
    ] {
        if count > 0 {
            let _ = write!(text, " · {count} {words}");
        }
    }
    page.paragraph("", &text);
}

fn of_detector(page: &mut Page, detector: &DetectorEvaluation, evaluation: &Evaluation) {
    page.gap();
    let title = page.ink(Ink::Strong, detector.detector.words());
    page.line(&format!("{title}  {}", detector.detector.as_str()));
    page.paragraph("", &units(detector));
    page.gap();
    point(page, &detector.review, evaluation.run.thresholds.review, evaluation.prevalence);
    point(page, &detector.escalate, evaluation.run.thresholds.escalate, evaluation.prevalence);
    let area =
        detector.area_under_curve.map_or_else(|| "none (it takes both kinds)".to_owned(), |area| format!("{area:.3}"));
    page.line(&format!("  AUC of the score  {area}"));
    curve(page, detector);
    languages(page, detector);
    rules(page, detector);
    cases(page, "Misses, lowest score first:", &detector.misses, detector.missed, miss);
    cases(page, "False alarms, highest score first:", &detector.false_alarms, detector.alarmed, alarm);
}

fn units(detector: &DetectorEvaluation) -> String {
    let mut text = format!("{} positive, {} negative", detector.positives, detector.negatives);
    if detector.clusters > 0 {
        let _ = write!(
            text,
            ", from {} records: {} counted as one each, by the highest score and the greatest verdict in it",
            detector.records,
            plural(detector.clusters, "cluster", "clusters")
        );
    }
    if detector.mixed_clusters > 0 {
        let _ = write!(
            text,
            "; {} of both kinds, counted once for each",
            plural(detector.mixed_clusters, "cluster", "clusters")
        );
    }
    if detector.insufficient_positives + detector.insufficient_negatives > 0 {
        let _ = write!(
            text,
            "; not enough information for {} positive and {} negative, which count as not hit",
            detector.insufficient_positives, detector.insufficient_negatives
        );
    }
    text
}

fn point(page: &mut Page, point: &OperatingPoint, from: f64, prevalence: Option<f64>) {
    let verdict = point.verdict.as_str();
    let note = if point.verdict == Verdict::Escalate { ", with corroboration" } else { "" };
    page.line(&format!("  At {verdict} (from {from}{note})"));
    page.line(&format!("    recall               {}", rate(point.confusion.recall())));
    page.line(&format!("    false-positive rate  {}", rate(point.confusion.false_positive_rate())));
    if let Some(prevalence) = prevalence {
        let precision = point.precision.map_or_else(
            || "none: nothing is hit".to_owned(),
            |at| {
                format!(
                    "{} ({} to {} by the intervals above)",
                    percent(at.estimate),
                    percent(at.worst),
                    percent(at.best)
                )
            },
        );
        page.line(&format!("    precision            {precision}, where {} are positive", percent(prevalence)));
    }
}

fn curve(page: &mut Page, detector: &DetectorEvaluation) {
    if detector.positives == 0 || detector.negatives == 0 {
        return;
    }
    page.line("  If the score alone were the threshold:");
    page.line("    score from    recall   false-positive rate");
    for CurvePoint { threshold, positives, negatives } in picked(&detector.curve) {
        let share = |hits: u64, of: u64| percent(hits as f64 / of as f64);
        page.line(&format!(
            "    {threshold:>10.1}   {:>7}   {:>7}",
            share(*positives, detector.positives),
            share(*negatives, detector.negatives)
        ));
    }
}

/// At most so many points, evenly among all, the first and the last always.
fn picked(points: &[CurvePoint]) -> Vec<&CurvePoint> {
    if points.len() <= THRESHOLDS {
        return points.iter().collect();
    }
    (0..THRESHOLDS).filter_map(|step| points.get(step * (points.len() - 1) / (THRESHOLDS - 1))).collect()
}

fn languages(page: &mut Page, detector: &DetectorEvaluation) {
    page.line("  By language of the record, as stated (at review):");
    let widest = detector.languages.iter().map(|of| readable(&of.language).width()).max().unwrap_or(0).max(8);
    page.line(&format!("    {}  found  missed  alarmed  let be", pad("language", widest)));
    for of in &detector.languages {
        let Confusion { true_positives, false_negatives, false_positives, true_negatives } = of.review;
        page.line(&format!(
            "    {}  {true_positives:>5}  {false_negatives:>6}  {false_positives:>7}  {true_negatives:>6}",
            pad(&readable(&of.language), widest)
        ));
    }
}

fn rules(page: &mut Page, detector: &DetectorEvaluation) {
    if detector.rules.is_empty() {
        page.line("  No rule hit.");
        return;
    }
    page.line("  Rules that hit (weight and what a hit was worth here, in decibans):");
    let shown = detector.rules.get(..RULES).unwrap_or(&detector.rules);
    let widest = shown.iter().map(|value| value.rule.name.len()).max().unwrap_or(0);
    page.line(&format!("    {}  weight  observed  true     false", pad("rule", widest)));
    for value in shown {
        page.line(&format!("    {}  {}", pad(&value.rule.name, widest), rule(value)));
    }
    if detector.rules.len() > shown.len() {
        page.line(&format!("    and {} more; --format json has them all", detector.rules.len() - shown.len()));
    }
    let mostly: Vec<_> =
        detector.rules.iter().filter(|value| value.mostly_false).map(|value| value.rule.name.as_str()).collect();
    if !mostly.is_empty() {
        page.paragraph("  Hits mostly negatives: ", &mostly.join(", "));
    }
}

fn rule(value: &RuleValue) -> String {
    let hits = |rate: Option<Rate>| rate.map_or_else(|| "-".to_owned(), |rate| format!("{}/{}", rate.hits, rate.of));
    let observed = value.observed.map_or_else(
        || "-".to_owned(),
        |ratio| format!("{}{:+.1}", if ratio.corrected { "~" } else { "" }, ratio.decibans),
    );
    format!("{:>+6.1}  {observed:>8}  {:<7}  {}", value.weight, hits(value.positives), hits(value.negatives))
}

fn cases(page: &mut Page, title: &str, cases: &[Case], all: u64, tell: fn(&Case) -> String) {
    if all == 0 {
        return;
    }
    page.line(&format!("  {title}"));
    for case in cases {
        let mut lead = format!("{} ", readable(&case.id));
        if case.records > 1 {
            let _ = write!(lead, "(highest of {} records) ", case.records);
        }
        page.paragraph("    - ", &format!("{lead} {:.1} {}: {}", case.score, case.verdict.as_str(), tell(case)));
    }
    let further = all.saturating_sub(cases.len() as u64);
    if further > 0 {
        page.line(&format!("    and {further} more; --worst N shows more"));
    }
}

fn miss(case: &Case) -> String {
    let sections: Vec<_> = case.missing.iter().map(|section| section.as_str().replace('_', " ")).collect();
    let missing =
        if sections.is_empty() { String::new() } else { format!("; the export lacked {}", sections.join(", ")) };
    let hit = if case.points.is_empty() { "no rule counted".to_owned() } else { points(case) };
    format!("{hit}; {:.0}\u{a0}% of checks could run{missing}", case.coverage * 100.0)
}

fn alarm(case: &Case) -> String {
    points(case)
}

fn points(case: &Case) -> String {
    case.points.iter().map(|(rule, points)| format!("{points:+.1} {rule}")).collect::<Vec<_>>().join(", ")
}

fn silent(page: &mut Page, evaluation: &Evaluation) {
    let labelled = evaluation.counts.labelled;
    let (unseen, quiet): (Vec<_>, Vec<_>) =
        evaluation.silent.iter().partition(|silent| silent.not_evaluable >= labelled);
    page.gap();
    page.paragraph(
        "",
        &format!(
            "{} of {} rules hit no labelled record; {} of them could not be evaluated on any: of those, the data says \
             nothing.",
            evaluation.silent.len(),
            evaluation.rules,
            unseen.len()
        ),
    );
    if !quiet.is_empty() {
        let names: Vec<_> = quiet.iter().take(RULES).map(|silent| silent.rule.name.as_str()).collect();
        let more = if quiet.len() > names.len() { ", …" } else { "" };
        page.paragraph("Evaluated and silent: ", &format!("{}{more}", names.join(", ")));
    }
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(
        || "none to count".to_owned(),
        |rate| {
            format!(
                "{}  ({} of {}) [{} to {}]",
                percent(rate.estimate),
                rate.hits,
                rate.of,
                percent(rate.low),
                percent(rate.high)
            )
        },
    )
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}
