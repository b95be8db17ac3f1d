//! An evaluation for machines: one object, `falseface.evaluation/1`, described in `docs/evaluation.md`.
//!
//! Fields are added, never renamed or reused. Rates are shares from 0 to 1; `null` where there was nothing to count.

use crate::evaluation::{
    Case, Confusion, CurvePoint, DetectorEvaluation, Evaluation, LanguageConfusion, LikelihoodRatio, OperatingPoint,
    Rate, RuleValue,
};
use crate::report::wire::used::RuleOffLine;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The value of `schema`.
const SCHEMA: &str = "falseface.evaluation/1";

/// Writes an evaluation and a line feed. Errors are those of the writer.
pub fn json(to: &mut dyn Write, evaluation: &Evaluation) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, &object(evaluation))?;
    to.write_all(b"\n")?;
    to.flush()
}

fn object(evaluation: &Evaluation) -> Value {
    let (run, counts) = (&evaluation.run, &evaluation.counts);
    let silent = evaluation.silent.iter();
    let off: Vec<_> = run.rules_off.iter().map(RuleOffLine::new).collect();
    json!({
        "schema": SCHEMA,
        "tool": run.tool,
        "rules": { "digest": format!("sha256:{}", run.rules_digest), "count": run.rules_count, "off": off },
        "now": run.now.to_string(),
        "thresholds": { "review": run.thresholds.review, "escalate": run.thresholds.escalate },
        "labels": evaluation.labels,
        "prevalence": evaluation.prevalence,
        "partial": evaluation.partial,
        "counts": {
            "records": counts.records,
            "labelled": counts.labelled,
            "unlabelled": counts.unlabelled,
            "unlabelled_ids": counts.unlabelled_ids,
            "labels_without_record": counts.without_record,
            "labels_without_record_ids": counts.without_record_ids,
            "doubtful_labels": counts.doubtful_labels,
            "rejected": counts.rejected,
            "skipped": counts.skipped,
        },
        "detectors": evaluation.detectors.iter()
            .map(|detector| (detector.detector.as_str().to_owned(), of_detector(detector)))
            .collect::<serde_json::Map<_, _>>(),
        "silent_rules": silent
            .map(|silent| json!({ "rule": silent.rule.name, "not_evaluable": silent.not_evaluable }))
            .collect::<Vec<_>>(),
    })
}

fn of_detector(detector: &DetectorEvaluation) -> Value {
    json!({
        "positives": detector.positives,
        "negatives": detector.negatives,
        "records": detector.records,
        "clusters": detector.clusters,
        "mixed_clusters": detector.mixed_clusters,
        "insufficient": { "positives": detector.insufficient_positives, "negatives": detector.insufficient_negatives },
        "review": point(&detector.review),
        "escalate": point(&detector.escalate),
        "auc": detector.area_under_curve.map(share),
        "curve": detector.curve.iter().map(|at| curve_point(at, detector)).collect::<Vec<_>>(),
        "languages": detector.languages.iter().map(language).collect::<Vec<_>>(),
        "rules": detector.rules.iter().map(rule).collect::<Vec<_>>(),
        "missed": detector.missed,
        "misses": detector.misses.iter().map(case).collect::<Vec<_>>(),
        "alarmed": detector.alarmed,
        "false_alarms": detector.false_alarms.iter().map(case).collect::<Vec<_>>(),
    })
}

fn point(point: &OperatingPoint) -> Value {
    let mut object = confusion(&point.confusion);
    object["precision"] = point.precision.map_or(Value::Null, |precision| {
        json!({ "estimate": share(precision.estimate), "worst": share(precision.worst), "best": share(precision.best) })
    });
    object
}

fn confusion(confusion: &Confusion) -> Value {
    json!({
        "true_positives": confusion.true_positives,
        "false_negatives": confusion.false_negatives,
        "false_positives": confusion.false_positives,
        "true_negatives": confusion.true_negatives,
        "recall": confusion.recall().map(rate),
        "false_positive_rate": confusion.false_positive_rate().map(rate),
    })
}

fn curve_point(point: &CurvePoint, detector: &DetectorEvaluation) -> Value {
    json!({
        "score": tenths(point.threshold),
        "recall": Rate::new(point.positives, detector.positives).map(|rate| share(rate.estimate)),
        "false_positive_rate": Rate::new(point.negatives, detector.negatives).map(|rate| share(rate.estimate)),
    })
}

fn language(of: &LanguageConfusion) -> Value {
    json!({ "language": of.language, "review": confusion(&of.review), "escalate": confusion(&of.escalate) })
}

fn rule(value: &RuleValue) -> Value {
    json!({
        "rule": value.rule.name,
        "family": value.rule.family,
        "weight": tenths(value.weight),
        "recall": value.positives.map(rate),
        "false_positive_rate": value.negatives.map(rate),
        "observed": value.observed.map(observed),
        "mostly_false": value.mostly_false,
    })
}

fn observed(ratio: LikelihoodRatio) -> Value {
    json!({
        "likelihood_ratio": share(ratio.ratio),
        "decibans": tenths(ratio.decibans),
        "low": tenths(ratio.low),
        "high": tenths(ratio.high),
        "corrected": ratio.corrected,
    })
}

fn case(case: &Case) -> Value {
    json!({
        "dossier": case.id,
        "cluster": case.cluster,
        "records": case.records,
        "score": tenths(case.score),
        "verdict": case.verdict.as_str(),
        "coverage": share(case.coverage),
        "missing": case.missing.iter().map(|section| section.as_str()).collect::<Vec<_>>(),
        "rules": case.points.iter()
            .map(|(rule, points)| json!({ "rule": rule, "points": tenths(*points) }))
            .collect::<Vec<_>>(),
    })
}

fn rate(rate: Rate) -> Value {
    json!({
        "estimate": share(rate.estimate), "low": share(rate.low), "high": share(rate.high),
        "hits": rate.hits, "of": rate.of,
    })
}

/// To four decimals.
fn share(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

fn tenths(decibans: f64) -> f64 {
    (decibans * 10.0).round() / 10.0 + 0.0
}
