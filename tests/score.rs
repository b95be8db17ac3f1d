//! What the score promises, on invented rules and on arbitrary ones.

use falseface::score::{THRESHOLDS, verdict, weigh};
use falseface::screening::{Detector, DetectorResult, Finding, PerDetector, RuleInfo, Verdict};
use proptest::prelude::*;
use std::sync::Arc;

const ASKED: Detector = Detector::FakeRecruiter;

fn rule(name: &str, family: &str, weight: f64) -> RuleInfo {
    RuleInfo {
        name: name.to_owned(),
        family: family.to_owned(),
        weights: PerDetector([Some(weight), None, None]),
        ..RuleInfo::default()
    }
}

fn finding(rule: RuleInfo) -> Finding {
    Finding {
        rule: Arc::new(rule),
        element: "/messages/0".to_owned(),
        count: 1,
        fingerprint: String::new(),
        evidence: Vec::new(),
    }
}

fn found(name: &str, family: &str, weight: f64) -> Finding {
    finding(rule(name, family, weight))
}

fn exonerating(name: &str, family: &str, weight: f64, offsets: &[&str]) -> Finding {
    finding(RuleInfo {
        offsets: offsets.iter().map(|&offset| offset.to_owned()).collect(),
        ..rule(name, family, weight)
    })
}

fn weighed(findings: &[Finding]) -> DetectorResult {
    weigh(findings, ASKED, &THRESHOLDS, true)
}

fn points_of(result: &DetectorResult, rule: &str) -> Option<f64> {
    result.terms.iter().flat_map(|term| &term.rules).find(|part| part.rule == rule).map(|part| part.points)
}

#[test]
fn the_second_of_a_family_counts_half_and_the_third_a_quarter() {
    let result = weighed(&[found("c", "conduct", 5.0), found("a", "conduct", 10.0), found("b", "conduct", 5.0)]);
    assert_eq!(points_of(&result, "a"), Some(10.0));
    assert_eq!(points_of(&result, "b"), Some(2.5));
    assert_eq!(points_of(&result, "c"), Some(1.3), "5 / 4 = 1.25, to the nearest tenth");
    assert!((result.score - 13.8).abs() < 1e-9);
    assert_eq!((result.families, result.verdict), (1, Verdict::Review));
}

#[test]
fn a_rule_of_two_clusters_counts_once() {
    let twice = [found("shared-phone", "cluster", 5.0), found("shared-phone", "cluster", 5.0)];
    assert_eq!(weighed(&twice), weighed(&twice[..1]));
}

#[test]
fn one_family_alone_does_not_escalate_unless_its_match_is_published() {
    let alone = [found("a", "contact", 15.0), found("b", "contact", 15.0)];
    let result = weighed(&alone);
    assert!(result.score >= 20.0);
    assert_eq!(result.verdict, Verdict::Review);

    let published = [finding(RuleInfo { published: true, ..rule("a", "contact", 15.0) }), alone[1].clone()];
    let result = weighed(&published);
    assert_eq!((result.verdict, result.by_published_match), (Verdict::Escalate, true));
}

#[test]
fn two_families_without_a_strong_finding_do_not_escalate() {
    let moderate: Vec<_> =
        ["contact", "conduct", "code", "document"].map(|family| found(family, family, 9.0)).into_iter().collect();
    assert_eq!(weighed(&moderate).verdict, Verdict::Review);
}

#[test]
fn circumstances_alone_do_not_escalate() {
    let circumstances = [found("vpn", "network", 15.0), found("payee", "payment", 15.0)];
    assert_eq!(weighed(&circumstances).verdict, Verdict::Review);

    let mut with_weak = circumstances.to_vec();
    with_weak.push(found("phone", "contact", 2.0));
    assert_eq!(weighed(&with_weak).verdict, Verdict::Review, "a weak sign lifts no circumstances");

    let mut with_contradiction = circumstances.to_vec();
    with_contradiction.push(found("two-names", "identity", 5.0));
    assert_eq!(weighed(&with_contradiction).verdict, Verdict::Escalate);
}

#[test]
fn a_combination_adds_points_but_corroborates_nothing() {
    let combined = finding(RuleInfo { combination: true, ..rule("both", "combination", 10.0) });
    let result = weighed(&[found("a", "contact", 10.0), combined]);
    assert!((result.score - 20.0).abs() < 1e-9);
    assert_eq!((result.families, result.verdict), (1, Verdict::Review));
}

#[test]
fn exonerating_evidence_stops_at_zero_and_spares_conduct() {
    let result = weighed(&[
        found("lookalike", "contact", 5.0),
        found("fee", "conduct", 10.0),
        exonerating("dkim", "contact", -8.0, &["contact", "conduct"]),
        exonerating("spf", "contact", -4.0, &["contact"]),
    ]);
    assert_eq!(points_of(&result, "dkim"), Some(-5.0));
    assert_eq!(points_of(&result, "spf"), None, "only the strongest of its family counts");
    assert!((result.score - 10.0).abs() < 1e-9);
    assert_eq!(result.families, 1, "a family that was offset to nothing does not corroborate");
}

#[test]
fn what_was_not_in_the_export_is_no_conclusion() {
    assert_eq!(weigh(&[], ASKED, &THRESHOLDS, false).verdict, Verdict::Insufficient);
    assert_eq!(weigh(&[], ASKED, &THRESHOLDS, true).verdict, Verdict::Nothing);
    assert_eq!(weigh(&[found("a", "contact", 10.0)], ASKED, &THRESHOLDS, false).verdict, Verdict::Review);
}

#[test]
fn a_detector_that_was_not_asked_does_not_count() {
    let nothing = DetectorResult { verdict: Verdict::Nothing, ..DetectorResult::default() };
    assert_eq!(verdict(&PerDetector([None, Some(nothing), None])), Verdict::Nothing);
    assert_eq!(verdict(&PerDetector::default()), Verdict::Insufficient);
}

const FAMILIES: [&str; 6] = ["conduct", "contact", "identity", "network", "payment", "combination"];

prop_compose! {
    fn any_finding()(number in 0_u8..20, family in 0..FAMILIES.len(), tenths in -150_i32..=150, published in any::<bool>(),
                     offsets in prop::collection::vec(0..FAMILIES.len(), 0..3)) -> Finding {
        // One name has one rule, as in a rule set: everything but the weight follows from number and family.
        finding(RuleInfo {
            published,
            combination: FAMILIES[family] == "combination",
            offsets: offsets.into_iter().map(|offset| FAMILIES[offset].to_owned()).collect(),
            ..rule(&format!("{}-{number:02}", FAMILIES[family]), FAMILIES[family], f64::from(tenths) / 10.0)
        })
    }
}

fn any_findings() -> impl Strategy<Value = Vec<Finding>> {
    prop::collection::vec(any_finding(), 0..14).prop_map(|mut findings| {
        findings.sort_by(|a, b| a.rule.name.cmp(&b.rule.name));
        findings.dedup_by(|a, b| a.rule.name == b.rule.name);
        findings
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a few hundred decibans")]
fn in_tenths(value: f64) -> i64 {
    (value * 10.0).round() as i64
}

proptest! {
    #[test]
    fn terms_add_up(findings in any_findings()) {
        let result = weighed(&findings);
        prop_assert_eq!(in_tenths(result.score), result.terms.iter().map(|term| in_tenths(term.points)).sum::<i64>());
        for term in &result.terms {
            prop_assert_eq!(in_tenths(term.points), term.rules.iter().map(|part| in_tenths(part.points)).sum::<i64>());
            prop_assert!(term.points >= 0.0);
        }
    }

    #[test]
    fn the_order_of_findings_changes_nothing(findings in any_findings().prop_shuffle(), seed in any::<usize>()) {
        let mut other = findings.clone();
        if !other.is_empty() {
            let by = seed % other.len();
            other.rotate_left(by);
        }
        prop_assert_eq!(weighed(&findings), weighed(&other));
    }

    #[test]
    fn exonerating_evidence_never_raises(findings in any_findings(), weight in 1_i32..200, offset in 0..FAMILIES.len(), family in 0..FAMILIES.len()) {
        let before = weighed(&findings);
        let mut more = findings;
        more.push(exonerating("zz", FAMILIES[family], -f64::from(weight) / 10.0, &[FAMILIES[offset]]));
        let after = weighed(&more);
        prop_assert!(after.score <= before.score);
        prop_assert!(after.verdict <= before.verdict);
    }

    #[test]
    fn incriminating_evidence_never_lowers_by_more_than_rounding(findings in any_findings(), weight in 1_i32..200, family in 0..FAMILIES.len()) {
        let before = weighed(&findings);
        let mut more = findings;
        more.push(found("zz", FAMILIES[family], f64::from(weight) / 10.0));
        prop_assert!(weighed(&more).score >= before.score - 0.11);
    }

    #[test]
    fn conduct_is_never_offset(findings in any_findings()) {
        let conduct: Vec<_> = findings.iter().filter(|finding| finding.rule.family == "conduct").cloned().collect();
        let of = |result: &DetectorResult| result.terms.iter().find(|term| term.family == "conduct").map(|term| in_tenths(term.points));
        prop_assert_eq!(of(&weighed(&findings)), of(&weighed(&conduct)));
    }

    #[test]
    fn circumstances_never_escalate_by_themselves(findings in any_findings()) {
        let circumstances: Vec<_> = findings
            .into_iter()
            .filter(|finding| ["network", "payment", "combination"].contains(&finding.rule.family.as_str()) && !finding.rule.published)
            .collect();
        prop_assert!(weighed(&circumstances).verdict < Verdict::Escalate);
    }
}
