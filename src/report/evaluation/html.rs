//! An evaluation as one page: no script, no file beside it, and nothing that it would load.
//!
//! Whatever came from a file goes through `markup::text`.

use super::markup::text;
use super::plot;
use crate::evaluation::{Case, DetectorEvaluation, Evaluation, OperatingPoint, Rate, RuleValue};
use crate::report::digest::hash_source;
use crate::report::told;
use crate::report::words::percent;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The style of the page.
const STYLE: &str = include_str!("style.css");

/// Writes the page. Errors are those of the writer.
pub fn html(to: &mut dyn Write, evaluation: &Evaluation) -> io::Result<()> {
    to.write_all(page(evaluation).as_bytes())?;
    to.flush()
}

fn page(evaluation: &Evaluation) -> String {
    let run = &evaluation.run;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri 'none'; \
         form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>falseface: evaluation</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Evaluation</h1>\n",
        hash_source(STYLE)
    );
    let _ = writeln!(
        out,
        "<p>{} · {} · rules {} ({})</p>",
        text(&run.tool),
        text(&run.now.to_string()),
        text(run.rules_digest.get(..12).unwrap_or(&run.rules_digest)),
        run.rules_count
    );
    if let Some(off) = told::rules_off(&run.rules_off) {
        let _ = writeln!(out, "<p>{}</p>", text(&off));
    }
    counts(&mut out, evaluation);
    for detector in &evaluation.detectors {
        section(&mut out, detector, evaluation);
    }
    silent(&mut out, evaluation);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn counts(out: &mut String, evaluation: &Evaluation) {
    let counts = &evaluation.counts;
    let from = evaluation.labels.as_deref().unwrap_or("the records themselves");
    let _ = writeln!(
        out,
        "<p>{} of {} records are labelled, by {}; {} labels have no record; {} labels contradict each other or name no \
         detector; {} records were rejected.</p>",
        counts.labelled,
        counts.records,
        text(from),
        counts.without_record,
        counts.doubtful_labels,
        counts.rejected
    );
    out.push_str(
        "<p>Ranges are 95 % intervals (Wilson). The balance of labelled data is artificial: recall and false-positive \
         rate carry over to other data of the same kind, shares of all hits do not.</p>\n",
    );
    if evaluation.partial {
        out.push_str("<p><strong>Interrupted: what was not read by then is missing.</strong></p>\n");
    }
}

fn section(out: &mut String, detector: &DetectorEvaluation, evaluation: &Evaluation) {
    let name = detector.detector.words();
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name} (<code>{id}</code>)</h2>\n<p>{} positive and {} \
         negative units from {} records. {} clusters count as one unit each, by the highest score and the greatest \
         verdict in them; {} have records of both kinds. Not enough information for {} positive and {} negative units, \
         which count as not hit.</p>",
        detector.positives,
        detector.negatives,
        detector.records,
        detector.clusters,
        detector.mixed_clusters,
        detector.insufficient_positives,
        detector.insufficient_negatives,
        id = detector.detector.as_str(),
    );
    points(out, detector, evaluation.prevalence);
    plots(out, detector, evaluation);
    curve(out, detector);
    languages(out, detector);
    rules(out, detector);
    cases(out, "Misses", "Positives below review, the lowest score first", &detector.misses, detector.missed, true);
    cases(
        out,
        "False alarms",
        "Negatives at review or above, the highest score first",
        &detector.false_alarms,
        detector.alarmed,
        false,
    );
    out.push_str("</section>\n");
}

/// A table in a box that scrolls by itself. Heads and cells must be escaped; all columns but the first are numbers
/// where `numbers` is set.
fn table(out: &mut String, caption: &str, heads: &[&str], rows: &[Vec<String>], numbers: bool) {
    let class = |at: usize| if numbers && at > 0 { " class=\"n\"" } else { "" };
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>"
    );
    for (at, head) in heads.iter().enumerate() {
        let _ = write!(out, "<th scope=\"col\"{}>{head}</th>", class(at));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            if at == 0 {
                let _ = write!(out, "<th scope=\"row\">{cell}</th>");
            } else {
                let _ = write!(out, "<td{}>{cell}</td>", class(at));
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn points(out: &mut String, detector: &DetectorEvaluation, prevalence: Option<f64>) {
    let row = |point: &OperatingPoint| {
        let mut row = vec![
            point.verdict.as_str().to_owned(),
            rate(point.confusion.recall()),
            rate(point.confusion.false_positive_rate()),
        ];
        if prevalence.is_some() {
            row.push(point.precision.map_or_else(
                || "none".to_owned(),
                |at| format!("{} ({} to {})", percent(at.estimate), percent(at.worst), percent(at.best)),
            ));
        }
        row
    };
    let precision = prevalence.map(|prevalence| format!("precision where {} are positive", percent(prevalence)));
    let mut heads = vec!["from verdict", "recall", "false-positive rate"];
    heads.extend(precision.as_deref());
    table(out, "What each verdict finds", &heads, &[row(&detector.review), row(&detector.escalate)], true);
}

fn plots(out: &mut String, detector: &DetectorEvaluation, evaluation: &Evaluation) {
    let Some(area) = detector.area_under_curve else {
        out.push_str("<p>No curve: it takes positives and negatives.</p>\n");
        return;
    };
    let rates = |point: &OperatingPoint| {
        let share = |rate: Option<Rate>| rate.map_or_else(|| "none".to_owned(), |rate| percent(rate.estimate));
        format!("{} and {}", share(point.confusion.recall()), share(point.confusion.false_positive_rate()))
    };
    let (review, escalate) = (rates(&detector.review), rates(&detector.escalate));
    let (at_review, at_escalate) = (evaluation.run.thresholds.review, evaluation.run.thresholds.escalate);
    let _ = writeln!(
        out,
        "<figure>{}<figcaption>Recall over false-positive rate (ROC); the area is {area:.3}, where 0.5 is chance (dotted \
         line). Recall and false-positive rate are {review} at review, {escalate} at escalate.</figcaption></figure>\n\
         <figure>{}<figcaption>Share of positives (solid) and of negatives (dashed) that score at least so much. Review \
         begins at {at_review}, escalation at {at_escalate}, the latter only with corroboration. The table below has the \
         numbers.</figcaption></figure>",
        plot::roc(detector, &format!("ROC curve, area {area:.3}")),
        plot::thresholds(detector, at_review, at_escalate, "Recall and false-positive rate over the score"),
    );
}

fn curve(out: &mut String, detector: &DetectorEvaluation) {
    let rows: Vec<Vec<String>> = detector
        .curve
        .iter()
        .map(|point| {
            vec![
                format!("{:.1}", point.threshold),
                rate(Rate::new(point.positives, detector.positives)),
                rate(Rate::new(point.negatives, detector.negatives)),
            ]
        })
        .collect();
    out.push_str("<details><summary>Thresholds as a table</summary>\n");
    table(out, "If the score alone were the threshold", &["score from", "recall", "false-positive rate"], &rows, true);
    out.push_str("</details>\n");
}

fn languages(out: &mut String, detector: &DetectorEvaluation) {
    let rows: Vec<Vec<String>> = detector
        .languages
        .iter()
        .map(|of| {
            let counts = of.review;
            vec![
                text(&of.language),
                counts.true_positives.to_string(),
                counts.false_negatives.to_string(),
                counts.false_positives.to_string(),
                counts.true_negatives.to_string(),
                rate(counts.recall()),
                rate(counts.false_positive_rate()),
            ]
        })
        .collect();
    out.push_str("<h3>By language</h3>\n");
    let heads = ["language", "found", "missed", "alarmed", "let be", "recall", "false-positive rate"];
    table(out, "At review, by the language that the labels or the record state", &heads, &rows, true);
}

fn rules(out: &mut String, detector: &DetectorEvaluation) {
    let row = |value: &RuleValue| {
        let observed = value.observed.map_or_else(
            || "none".to_owned(),
            |ratio| {
                let mark = if ratio.corrected { "about " } else { "" };
                format!("{mark}{:+.1} ({:+.1} to {:+.1})", ratio.decibans, ratio.low, ratio.high)
            },
        );
        vec![
            text(&value.rule.name),
            format!("{:+.1}", value.weight),
            observed,
            rate(value.positives),
            rate(value.negatives),
            if value.mostly_false { "yes" } else { "" }.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = detector.rules.iter().map(row).collect();
    out.push_str("<h3>Rules</h3>\n");
    let heads = ["rule", "weight", "observed", "recall", "false-positive rate", "hits mostly negatives"];
    table(out, "Rules that hit; weight and observed worth of a hit in decibans", &heads, &rows, true);
}

fn cases(out: &mut String, title: &str, caption: &str, cases: &[Case], all: u64, misses: bool) {
    let _ = writeln!(out, "<h3>{title}: {all}</h3>");
    if cases.is_empty() {
        return;
    }
    let row = |case: &Case| {
        let points: Vec<_> = case.points.iter().map(|(rule, points)| format!("{points:+.1} {}", text(rule))).collect();
        let mut row = vec![
            text(&case.id),
            case.records.to_string(),
            format!("{:.1}", case.score),
            case.verdict.as_str().to_owned(),
            if points.is_empty() { "none".to_owned() } else { points.join(", ") },
        ];
        if misses {
            let missing: Vec<_> = case.missing.iter().map(|section| section.as_str().replace('_', " ")).collect();
            row.push(format!("{:.0} % of checks", case.coverage * 100.0));
            row.push(if missing.is_empty() { "nothing".to_owned() } else { missing.join(", ") });
        }
        row
    };
    let mut heads = vec!["record", "records in unit", "score", "verdict", "rules with points"];
    if misses {
        heads.extend(["could run", "the export lacked"]);
    }
    table(out, caption, &heads, &cases.iter().map(row).collect::<Vec<_>>(), false);
}

fn silent(out: &mut String, evaluation: &Evaluation) {
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"silent\">\n<h2 id=\"silent\">Rules that hit nobody</h2>\n<p>{} of {} rules hit no \
         labelled record. Where a rule could not be evaluated on any of the {} labelled records, the data says nothing \
         of it.</p>",
        evaluation.silent.len(),
        evaluation.rules,
        evaluation.counts.labelled
    );
    let rows: Vec<Vec<String>> = evaluation
        .silent
        .iter()
        .map(|silent| vec![text(&silent.rule.name), silent.not_evaluable.to_string()])
        .collect();
    out.push_str("<details><summary>Their names</summary>\n");
    table(out, "Rules without a hit", &["rule", "records on which it could not be evaluated"], &rows, true);
    out.push_str("</details>\n</section>\n");
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(
        || "none to count".to_owned(),
        |rate| {
            format!(
                "{} ({} of {}; {} to {})",
                percent(rate.estimate),
                rate.hits,
                rate.of,
                percent(rate.low),
                percent(rate.high)
            )
        },
    )
}
