//! From a tally to the outcome: units are counted, rates computed, the worst cases picked.

use super::outcome::{
    Case, Confusion, DetectorEvaluation, Evaluation, LanguageConfusion, OperatingPoint, Precision, RuleValue,
    SilentRule, UNKNOWN_LANGUAGE,
};
use super::statistics::{LikelihoodRatio, Rate, area_under_curve, curve};
use super::tally::{NAMED, Tally};
use super::units::{Unit, units};
use crate::screening::{Detector, RuleInfo, Run, Summary, Verdict};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the caller decides about an evaluation.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where the labels came from, where it was a file.
    pub labels: Option<String>,
    /// The share of positives among those whom the tool will meet, 0 to 1; without it there is no precision.
    pub prevalence: Option<f64>,
    /// Misses and false alarms that are shown of each detector.
    pub worst: usize,
}

/// No record was labelled for a detector that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no record of {records} is labelled for a detector that was asked")]
pub struct NothingLabelled {
    /// Records that were screened.
    pub records: u64,
}

/// What detectors and rules are worth on the records of a tally.
///
/// # Errors
/// If no record is labelled: there is nothing to measure.
pub fn evaluate(tally: Tally, run: Run, summary: &Summary, settings: Settings) -> Result<Evaluation, NothingLabelled> {
    let Tally { labels, rules, not_evaluable, hits, records, mut counts } = tally;
    if counts.labelled == 0 {
        return Err(NothingLabelled { records: counts.records });
    }
    if let Some(labels) = &labels {
        for id in labels.not_met() {
            counts.without_record += 1;
            if counts.without_record_ids.len() < NAMED {
                counts.without_record_ids.push(id.to_owned());
            }
        }
    }
    counts.rejected = summary.rejected;
    counts.skipped = summary.skipped;
    let detectors = Detector::ALL
        .into_iter()
        .map(|detector| (detector, units(&records, detector)))
        .filter(|(_, units)| !units.is_empty())
        .map(|(detector, units)| of_detector(detector, &units, &rules, &settings))
        .collect();
    let silent = rules.iter().zip(hits.iter().zip(&not_evaluable)).filter(|(_, (hits, _))| **hits == 0);
    let silent =
        silent.map(|(rule, (_, not_evaluable))| SilentRule { rule: Arc::clone(rule), not_evaluable: *not_evaluable });
    Ok(Evaluation {
        run,
        labels: settings.labels,
        prevalence: settings.prevalence,
        counts,
        detectors,
        silent: silent.collect(),
        rules: rules.len(),
        partial: summary.partial,
    })
}

fn of_detector(
    detector: Detector,
    units: &[Unit<'_>],
    rules: &[Arc<RuleInfo>],
    settings: &Settings,
) -> DetectorEvaluation {
    let scores = |truth: bool| -> Vec<f64> {
        units.iter().filter(|unit| unit.truth == truth).map(|unit| unit.standing.score).collect()
    };
    let (positive, negative) = (scores(true), scores(false));
    let insufficient = |truth: bool| {
        let undecided = |unit: &&Unit<'_>| unit.truth == truth && unit.verdict == Verdict::Insufficient;
        units.iter().filter(undecided).count() as u64
    };
    let mut misses: Vec<&Unit<'_>> = units.iter().filter(|unit| unit.truth && unit.verdict < Verdict::Review).collect();
    misses.sort_by(|a, b| a.standing.score.total_cmp(&b.standing.score).then_with(|| a.highest.id.cmp(&b.highest.id)));
    let mut alarms: Vec<&Unit<'_>> =
        units.iter().filter(|unit| !unit.truth && unit.verdict >= Verdict::Review).collect();
    alarms.sort_by(|a, b| b.standing.score.total_cmp(&a.standing.score).then_with(|| a.highest.id.cmp(&b.highest.id)));
    let cases = |units: &[&Unit<'_>]| units.iter().take(settings.worst).map(|unit| case(unit, rules)).collect();
    DetectorEvaluation {
        detector,
        positives: positive.len() as u64,
        negatives: negative.len() as u64,
        records: units.iter().map(|unit| unit.records).sum(),
        clusters: units.iter().filter(|unit| unit.records > 1).count() as u64,
        mixed_clusters: mixed_clusters(units),
        insufficient_positives: insufficient(true),
        insufficient_negatives: insufficient(false),
        review: operating_point(units, Verdict::Review, settings.prevalence),
        escalate: operating_point(units, Verdict::Escalate, settings.prevalence),
        area_under_curve: area_under_curve(&positive, &negative),
        curve: curve(&positive, &negative),
        languages: languages(units),
        rules: rule_values(detector, units, rules),
        missed: misses.len() as u64,
        misses: cases(&misses),
        alarmed: alarms.len() as u64,
        false_alarms: cases(&alarms),
    }
}

fn mixed_clusters(units: &[Unit<'_>]) -> u64 {
    let of = |truth: bool| -> BTreeSet<&str> {
        units.iter().filter(|unit| unit.truth == truth).filter_map(|unit| unit.cluster).collect()
    };
    of(true).intersection(&of(false)).count() as u64
}

fn operating_point(units: &[Unit<'_>], verdict: Verdict, prevalence: Option<f64>) -> OperatingPoint {
    let mut confusion = Confusion::default();
    for unit in units {
        confusion.count(unit.truth, unit.verdict >= verdict);
    }
    let precision = prevalence.and_then(|prevalence| Precision::new(&confusion, prevalence));
    OperatingPoint { verdict, confusion, precision }
}

/// By what the labels or the record state; a cluster has the language of its highest record.
fn languages(units: &[Unit<'_>]) -> Vec<LanguageConfusion> {
    let mut by_language: BTreeMap<&str, (Confusion, Confusion)> = BTreeMap::new();
    for unit in units {
        let language = unit.highest.judgement.language.as_deref().unwrap_or(UNKNOWN_LANGUAGE);
        let (review, escalate) = by_language.entry(language).or_default();
        review.count(unit.truth, unit.verdict >= Verdict::Review);
        escalate.count(unit.truth, unit.verdict >= Verdict::Escalate);
    }
    by_language
        .into_iter()
        .map(|(language, (review, escalate))| LanguageConfusion { language: language.to_owned(), review, escalate })
        .collect()
}

fn rule_values(detector: Detector, units: &[Unit<'_>], rules: &[Arc<RuleInfo>]) -> Vec<RuleValue> {
    let mut hits: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for unit in units {
        for position in &unit.hits {
            let (positives, negatives) = hits.entry(*position).or_default();
            *(if unit.truth { positives } else { negatives }) += 1;
        }
    }
    let all = |truth: bool| units.iter().filter(|unit| unit.truth == truth).count() as u64;
    let (all_positives, all_negatives) = (all(true), all(false));
    let mut values: Vec<(u64, RuleValue)> = hits
        .into_iter()
        .filter_map(|(position, (true_hits, false_hits))| {
            let rule = rules.get(position as usize)?;
            let weight = rule.weights[detector]?;
            let (positives, negatives) = (Rate::new(true_hits, all_positives), Rate::new(false_hits, all_negatives));
            let observed = positives.zip(negatives).and_then(|(a, b)| LikelihoodRatio::new(a, b));
            let mostly_false = weight > 0.0 && false_hits > true_hits;
            let value = RuleValue { rule: Arc::clone(rule), weight, positives, negatives, observed, mostly_false };
            Some((true_hits + false_hits, value))
        })
        .collect();
    // Stable over the order of names that the map gave.
    values.sort_by_key(|(hits, _)| Reverse(*hits));
    values.into_iter().map(|(_, value)| value).collect()
}

fn case(unit: &Unit<'_>, rules: &[Arc<RuleInfo>]) -> Case {
    let name = |position: u32| rules.get(position as usize).map_or_else(String::new, |rule| rule.name.clone());
    let mut points: Vec<(String, f64)> =
        unit.standing.points.iter().map(|(position, points)| (name(*position), *points)).collect();
    points.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    Case {
        id: unit.highest.id.clone(),
        cluster: unit.cluster.map(str::to_owned),
        records: unit.records,
        score: unit.standing.score,
        verdict: unit.verdict,
        coverage: unit.standing.coverage,
        missing: unit.standing.missing.clone(),
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::labels::Labels;
    use crate::evaluation::outcome::Counts;
    use crate::screening::{Assessment, DetectorResult, Finding, PerDetector, Screened, Thresholds};
    use proptest::prelude::*;
    use std::fmt::Write as _;

    fn rule(name: &str, weight: f64) -> Arc<RuleInfo> {
        let weights = PerDetector([Some(weight), None, None]);
        Arc::new(RuleInfo { name: name.to_owned(), weights, ..RuleInfo::default() })
    }

    fn rules() -> Vec<Arc<RuleInfo>> {
        vec![rule("asks-for-a-code", 10.0), rule("never-seen", 5.0), rule("writes-at-night", 2.0)]
    }

    /// Somebody with a score, who is at `review` from 8 on, and the rules that hit.
    fn somebody(id: &str, score: f64, hits: &[usize]) -> Assessment {
        let rules = rules();
        let verdict = if score >= 8.0 { Verdict::Review } else { Verdict::Nothing };
        let findings = hits.iter().map(|at| Finding {
            rule: Arc::clone(&rules[*at]),
            element: String::new(),
            count: 1,
            fingerprint: String::new(),
            evidence: Vec::new(),
        });
        Assessment {
            screened: Screened {
                dossier: id.to_owned(),
                findings: findings.collect(),
                not_evaluable: vec![1],
                ..Screened::default()
            },
            verdict,
            detectors: PerDetector([Some(DetectorResult { verdict, score, ..DetectorResult::default() }), None, None]),
            clusters: Vec::new(),
            earlier: Vec::new(),
            change: None,
        }
    }

    fn run() -> Run {
        Run {
            tool: "falseface".to_owned(),
            rules_digest: "0".repeat(64),
            rules_count: 3,
            rules_off: Vec::new(),
            now: "2026-11-25".parse().expect("a date"),
            thresholds: Thresholds { review: 8.0, escalate: 20.0, strong: 10.0, families: 2, substance: 5.0 },
            weights: "built-in".to_owned(),
            detectors: Detector::ALL.to_vec(),
            watchlists: Vec::new(),
            geoip: Vec::new(),
            index: None,
            joining: None,
            suppressions: None,
            baseline: None,
            is_redacted: false,
            configured: None,
        }
    }

    fn evaluated(labels: &str, people: &[Assessment]) -> Evaluation {
        let mut tally = Tally::new(rules(), Some(Labels::parse(labels).expect("labels")));
        for person in people {
            tally.add(person);
        }
        let settings = Settings { labels: None, prevalence: Some(0.01), worst: 10 };
        evaluate(tally, run(), &Summary::default(), settings).expect("something is labelled")
    }

    #[test]
    fn a_detector_is_measured_on_its_labelled_records() {
        let evaluation = evaluated(
            "id\tfake_recruiter\tlanguage\na\t1\tde\nb\t1\t\nc\t0\tde\nd\t0\t\ne\t\t\nx\t1\t\n",
            &[
                somebody("a", 12.0, &[0, 2]),
                somebody("b", 2.0, &[2]),
                somebody("c", 8.0, &[2]),
                somebody("d", 0.0, &[]),
                somebody("e", 30.0, &[0]),
                somebody("f", 30.0, &[0]),
            ],
        );
        let counts = Counts {
            records: 6,
            labelled: 4,
            unlabelled: 2,
            unlabelled_ids: vec!["e".to_owned(), "f".to_owned()],
            without_record: 1,
            without_record_ids: vec!["x".to_owned()],
            ..Counts::default()
        };
        assert_eq!(evaluation.counts, counts);
        let [detector] = evaluation.detectors.as_slice() else { panic!("one detector was judged") };
        let confusion = Confusion { true_positives: 1, false_negatives: 1, false_positives: 1, true_negatives: 1 };
        assert_eq!(detector.review.confusion, confusion);
        assert_eq!(detector.escalate.confusion.total(), 4);
        // Of four pairs the positive is higher in three.
        assert_eq!(detector.area_under_curve, Some(0.75));
        let languages: Vec<_> = detector
            .languages
            .iter()
            .map(|of| (of.language.as_str(), of.review.true_positives, of.review.total()))
            .collect();
        assert_eq!(languages, [("de", 1, 2), ("unknown", 0, 2)]);
        let values: Vec<_> =
            detector.rules.iter().map(|value| (value.rule.name.as_str(), value.mostly_false)).collect();
        assert_eq!(values, [("writes-at-night", false), ("asks-for-a-code", false)]);
        assert_eq!((detector.missed, detector.misses[0].id.as_str()), (1, "b"));
        assert_eq!((detector.alarmed, detector.false_alarms[0].id.as_str()), (1, "c"));
        let silent: Vec<_> =
            evaluation.silent.iter().map(|silent| (silent.rule.name.as_str(), silent.not_evaluable)).collect();
        assert_eq!(silent, [("never-seen", 4)]);
        let precision = detector.review.precision.expect("the base rate was given");
        assert!((precision.estimate - 0.01).abs() < 1e-9, "as many hits of both kinds: the base rate itself");
        assert!(precision.worst < precision.estimate && precision.estimate < precision.best);
    }

    #[test]
    fn a_cluster_is_one_unit_that_stands_where_its_highest_record_stands() {
        let evaluation = evaluated(
            "id\tlabel\tcluster\na\tfake_recruiter\tk\nb\tfake_recruiter\tk\nc\thonest\tk\nd\thonest\t\n",
            &[somebody("a", 2.0, &[2]), somebody("b", 12.0, &[0]), somebody("c", 0.0, &[]), somebody("d", 0.0, &[])],
        );
        let detector = &evaluation.detectors[0];
        assert_eq!((detector.positives, detector.negatives, detector.records), (1, 2, 4));
        assert_eq!((detector.clusters, detector.mixed_clusters), (1, 1));
        assert_eq!(detector.review.confusion.true_positives, 1);
        assert_eq!(detector.rules.len(), 2, "every rule that hit one of them");
    }

    #[test]
    fn nothing_labelled_is_an_error() {
        let mut tally = Tally::new(rules(), None);
        tally.add(&somebody("a", 0.0, &[]));
        let ended = evaluate(tally, run(), &Summary::default(), Settings::default());
        assert_eq!(ended.expect_err("is refused"), NothingLabelled { records: 1 });
    }

    proptest! {
        #[test]
        fn the_four_counts_add_up(people in prop::collection::vec((any::<bool>(), 0_u8..30, 0_u8..6), 1..40)) {
            let mut labels = "id\tfake_recruiter\tcluster\tlanguage\n".to_owned();
            let mut assessed = Vec::new();
            for (number, (truth, score, cluster)) in people.iter().enumerate() {
                let cluster_name = if *cluster < 3 { format!("k{cluster}") } else { String::new() };
                writeln!(labels, "p{number}\t{}\t{cluster_name}\tl{cluster}", u8::from(*truth)).expect("memory");
                assessed.push(somebody(&format!("p{number}"), f64::from(*score), &[0]));
            }
            let evaluation = evaluated(&labels, &assessed);
            let detector = &evaluation.detectors[0];
            let units = detector.positives + detector.negatives;
            prop_assert_eq!(detector.records, people.len() as u64);
            for point in [detector.review, detector.escalate] {
                prop_assert_eq!(point.confusion.total(), units);
                prop_assert_eq!(point.confusion.true_positives + point.confusion.false_negatives, detector.positives);
            }
            let by_language: u64 = detector.languages.iter().map(|of| of.review.total()).sum();
            prop_assert_eq!(by_language, units);
            prop_assert_eq!(detector.missed, detector.review.confusion.false_negatives);
            prop_assert_eq!(detector.alarmed, detector.review.confusion.false_positives);
        }
    }
}
