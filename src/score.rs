//! Findings weighed into a verdict: weight of evidence, in decibans, that adds up by hand.
//!
//! `docs/scoring.md` is this page for readers. Each contribution is rounded to a tenth of a deciban
//! before it is added, so that the printed terms add up to the printed score. What a finding is worth
//! stands in its rule; which findings there are is for `rules` and `link` to say.

use crate::screening::{
    Detector, DetectorResult, Finding, PerDetector, RuleInfo, RulePoints, Term, Thresholds, Verdict,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where verdicts begin, unless measurement on labelled data says otherwise.
///
/// 20 decibans are a likelihood ratio of 100; 10 is the "strong" of the starting scale (weak 2,
/// moderate 5, strong 10, hard match 15), and 5 its "moderate".
pub const THRESHOLDS: Thresholds =
    Thresholds { review: 8.0, escalate: 20.0, strong: 10.0, families: 2, substance: 5.0 };

/// Families of circumstances, which go with migration and poverty as well: they never escalate by themselves.
const CIRCUMSTANCES: [&str; 2] = ["network", "payment"];

/// The family from which nothing exonerating is subtracted: whoever asks for a fee or tells somebody to paste
/// a command has done so, however well they are otherwise documented.
const NOT_EXONERATED: &str = "conduct";

/// The family whose published matches stay circumstances: an address in a published range is still only an address.
const ADDRESSES: &str = "network";

/// What one detector says of these findings.
///
/// `core_present` says whether what the detector needs at least was in the export. The order of the findings
/// does not matter. A rule that stands twice (in two clusters) counts once.
pub fn weigh(findings: &[Finding], detector: Detector, thresholds: &Thresholds, core_present: bool) -> DetectorResult {
    let rules: BTreeMap<&str, (&RuleInfo, i64)> = findings
        .iter()
        .filter_map(|finding| {
            let weight = tenths(finding.rule.weights[detector]?);
            (weight != 0).then_some((finding.rule.name.as_str(), (&*finding.rule, weight)))
        })
        .collect();
    if rules.is_empty() {
        return DetectorResult { verdict: below_review(core_present), ..DetectorResult::default() };
    }
    let mut families = incriminating(&rules);
    exonerate(&mut families, &rules);
    conclude(families, thresholds, core_present)
}

/// Where a dossier stands: the greatest verdict of the detectors that were asked.
pub fn verdict(detectors: &PerDetector<Option<DetectorResult>>) -> Verdict {
    detectors.iter().filter_map(|(_, result)| result.as_ref()).map(|result| result.verdict).max().unwrap_or_default()
}

/// One family while it is being weighed, in tenths of a deciban.
struct Family<'r> {
    name: &'r str,
    total: i64,
    corroborates: bool,
    parts: Vec<Part<'r>>,
}

/// A rule inside its family.
struct Part<'r> {
    rule: &'r RuleInfo,
    weight: i64,
    points: i64,
}

/// The strongest rule of a family whole, the next half, the next a quarter, and so on.
fn incriminating<'r>(rules: &BTreeMap<&'r str, (&'r RuleInfo, i64)>) -> Vec<Family<'r>> {
    let mut by_family: BTreeMap<&str, Vec<Part<'_>>> = BTreeMap::new();
    for &(rule, weight) in rules.values().filter(|(_, weight)| *weight > 0) {
        by_family.entry(&rule.family).or_default().push(Part { rule, weight, points: 0 });
    }
    by_family
        .into_iter()
        .map(|(name, mut parts)| {
            // Stable over the order of names that the map gave.
            parts.sort_by_key(|part| Reverse(part.weight));
            for (position, part) in parts.iter_mut().enumerate() {
                part.points = share(part.weight, position);
            }
            let total = parts.iter().map(|part| part.points).sum();
            let corroborates = parts.iter().any(|part| !part.rule.combination);
            Family { name, total, corroborates, parts }
        })
        .collect()
}

/// Subtracts exonerating evidence: for each family of origin and each family that it is subtracted from, the
/// strongest rule only, and never more than is there.
fn exonerate<'r>(families: &mut [Family<'r>], rules: &BTreeMap<&'r str, (&'r RuleInfo, i64)>) {
    for family in families.iter_mut().filter(|family| family.name != NOT_EXONERATED) {
        let mut strongest: BTreeMap<&str, (&RuleInfo, i64)> = BTreeMap::new();
        for &(rule, weight) in rules.values().filter(|(_, weight)| *weight < 0) {
            if rule.offsets.iter().any(|offset| offset == family.name) {
                let held = strongest.entry(&rule.family).or_insert((rule, weight));
                if weight < held.1 {
                    *held = (rule, weight);
                }
            }
        }
        let mut subtracted: Vec<_> = strongest.into_values().collect();
        subtracted
            .sort_by(|(rule, weight), (other, other_weight)| (weight, &rule.name).cmp(&(other_weight, &other.name)));
        for (rule, weight) in subtracted {
            let points = weight.max(-family.total);
            family.total += points;
            family.parts.push(Part { rule, weight, points });
        }
    }
}

fn conclude(mut families: Vec<Family<'_>>, thresholds: &Thresholds, core_present: bool) -> DetectorResult {
    families.sort_by_key(|family| (Reverse(family.total), family.name));
    let score: i64 = families.iter().map(|family| family.total).sum();
    let corroborating = families.iter().filter(|family| family.total > 0 && family.corroborates).count();
    let standing = || families.iter().filter(|family| family.total > 0);
    let published = standing().any(|family| family.parts.iter().any(|part| part.rule.published && part.weight > 0));
    let strong = standing().any(|family| family.parts.iter().any(|part| part.weight >= tenths(thresholds.strong)));
    let enough = corroborating >= thresholds.families;
    let verdict = if score >= tenths(thresholds.escalate)
        && strong
        && (enough || published)
        && substance(&families) >= tenths(thresholds.substance)
    {
        Verdict::Escalate
    } else if score >= tenths(thresholds.review) {
        Verdict::Review
    } else {
        below_review(core_present)
    };
    DetectorResult {
        verdict,
        score: decibans(score),
        families: corroborating,
        by_published_match: verdict == Verdict::Escalate && !enough,
        terms: families.into_iter().map(term).collect(),
    }
}

/// Points that are more than circumstances: those of families other than circumstances and combinations,
/// and those of published matches other than network ranges.
fn substance(families: &[Family<'_>]) -> i64 {
    families
        .iter()
        .filter(|family| family.total > 0 && family.corroborates)
        .map(|family| {
            if CIRCUMSTANCES.contains(&family.name) {
                let is_match = |part: &&Part<'_>| part.rule.published && part.weight > 0 && family.name != ADDRESSES;
                let published = family.parts.iter().filter(is_match);
                published.map(|part| part.points).sum::<i64>().min(family.total)
            } else {
                family.total
            }
        })
        .sum()
}

fn below_review(core_present: bool) -> Verdict {
    if core_present { Verdict::Nothing } else { Verdict::Insufficient }
}

fn term(family: Family<'_>) -> Term {
    Term {
        family: family.name.to_owned(),
        points: decibans(family.total),
        rules: family
            .parts
            .into_iter()
            .map(|part| RulePoints {
                rule: part.rule.name.clone(),
                weight: decibans(part.weight),
                points: decibans(part.points),
            })
            .collect(),
    }
}

/// A weight divided by two as often as there are stronger ones, rounded to the nearest tenth, halves up.
fn share(weight: i64, position: usize) -> i64 {
    match position {
        0 => weight,
        1..=32 => (weight + (1 << (position - 1))) >> position,
        _ => 0,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights are decibans; the cast saturates and NaN is 0")]
fn tenths(weight: f64) -> i64 {
    (weight.clamp(-1e6, 1e6) * 10.0).round() as i64
}

fn decibans(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}
