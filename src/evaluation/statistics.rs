//! The statistics of an evaluation: shares with their intervals, how well a score separates, what a hit is worth.
//!
//! Counts go in, numbers come out; what was counted is for others to say.

/// The 97.5 % quantile of the normal distribution: intervals are two-sided, at 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A share of a whole, with the interval that holds the true share in 95 of 100 such samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// How many did.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
    /// The share, 0 to 1.
    pub estimate: f64,
    /// Lower end of the interval, 0 to 1.
    pub low: f64,
    /// Upper end of the interval, 0 to 1.
    pub high: f64,
}

impl Rate {
    /// A share with its Wilson score interval; none of nothing.
    ///
    /// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    /// Statistical Association 22 (1927), 209–212: with p = hits / n, the centre is (p + z²/2n) / (1 + z²/n) and half
    /// the width z / (1 + z²/n) · √(p(1−p)/n + z²/4n²). Unlike p ± z·√(p(1−p)/n) it stays within 0 and 1, and it does
    /// not shrink to a point where nothing or everything was hit.
    pub fn new(hits: u64, of: u64) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let hits = hits.min(of);
        let n = of as f64;
        let estimate = hits as f64 / n;
        let stretch = 1.0 + Z * Z / n;
        let centre = (estimate + Z * Z / (2.0 * n)) / stretch;
        let half = Z / stretch * (estimate * (1.0 - estimate) / n + Z * Z / (4.0 * n * n)).sqrt();
        // The formula holds the estimate; rounding at either end may not.
        let low = (centre - half).clamp(0.0, 1.0).min(estimate);
        let high = (centre + half).clamp(0.0, 1.0).max(estimate);
        Some(Self { hits, of, estimate, low, high })
    }
}

/// The area under the receiver operating characteristic: the chance that a positive scores higher than a negative,
/// both drawn at random, ties counted half. 0.5 is no better than a coin; none without a positive or a negative.
///
/// J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC)
/// curve", Radiology 143 (1982), 29–36: the area is the statistic of Wilcoxon, Mann and Whitney over the number of
/// pairs.
pub fn area_under_curve(positives: &[f64], negatives: &[f64]) -> Option<f64> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let mut below = negatives.to_vec();
    below.sort_by(f64::total_cmp);
    let halves: u64 = positives
        .iter()
        .map(|score| {
            let less = below.partition_point(|other| other < score);
            let not_more = below.partition_point(|other| other <= score);
            (less + not_more) as u64
        })
        .sum();
    Some(halves as f64 / (2.0 * positives.len() as f64 * negatives.len() as f64))
}

/// What one threshold would hit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Everything from this score on is hit.
    pub threshold: f64,
    /// Positives that are hit.
    pub positives: u64,
    /// Negatives that are hit.
    pub negatives: u64,
}

/// What each score would hit as a threshold: every score that occurs, the highest first. Both counts only grow.
///
/// T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006), 861–874, algorithm 1: equal
/// scores make one point.
pub fn curve(positives: &[f64], negatives: &[f64]) -> Vec<CurvePoint> {
    let positive = positives.iter().map(|score| (*score, true));
    let mut scores: Vec<(f64, bool)> = positive.chain(negatives.iter().map(|score| (*score, false))).collect();
    scores.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut points: Vec<CurvePoint> = Vec::new();
    let (mut hit_positives, mut hit_negatives) = (0, 0);
    for (threshold, truth) in scores {
        if truth {
            hit_positives += 1;
        } else {
            hit_negatives += 1;
        }
        let point = CurvePoint { threshold, positives: hit_positives, negatives: hit_negatives };
        match points.last_mut() {
            Some(last) if last.threshold.total_cmp(&threshold).is_eq() => *last = point,
            _ => points.push(point),
        }
    }
    points
}

/// The share of hits that are positive where a share `prevalence` of all is positive; none where nothing is hit.
///
/// Bayes' theorem: with recall r, false-positive rate f and prevalence π, it is πr / (πr + (1−π)f).
pub fn precision(recall: f64, false_positive_rate: f64, prevalence: f64) -> Option<f64> {
    let true_hits = prevalence * recall;
    let hits = true_hits + (1.0 - prevalence) * false_positive_rate;
    (hits > 0.0).then(|| true_hits / hits)
}

/// How much more often a rule hits positives than negatives, as weight of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LikelihoodRatio {
    /// The ratio of both shares; above 1 a hit speaks for a positive.
    pub ratio: f64,
    /// Ten times its decimal logarithm: the unit of the rules' weights.
    pub decibans: f64,
    /// Lower end of the 95 % interval, in decibans.
    pub low: f64,
    /// Upper end of the 95 % interval, in decibans.
    pub high: f64,
    /// One of the counts was 0, so that half a hit was added to each: the number is no more than a direction.
    pub corrected: bool,
}

impl LikelihoodRatio {
    /// The ratio of (hits among positives / positives) to (hits among negatives / negatives); none without a hit, a
    /// positive or a negative.
    ///
    /// The interval is that of D. L. Simel, G. P. Samsa and D. B. Matchar, "Likelihood ratios with confidence: sample
    /// size estimation for diagnostic test studies", Journal of Clinical Epidemiology 44 (1991), 763–770: the variance
    /// of the logarithm is 1/a − 1/n₁ + 1/b − 1/n₂. Where a or b is 0, a half is added to both and 1 to both wholes, as
    /// J. B. S. Haldane and F. J. Anscombe proposed in 1956. Decibans are those of I. J. Good, "Probability and the
    /// Weighing of Evidence" (1950).
    pub fn new(positives: Rate, negatives: Rate) -> Option<Self> {
        if positives.hits + negatives.hits == 0 {
            return None;
        }
        let corrected = positives.hits == 0 || negatives.hits == 0;
        let add = if corrected { 0.5 } else { 0.0 };
        let counts = |rate: Rate| (rate.hits as f64 + add, rate.of as f64 + 2.0 * add);
        let ((a, all_a), (b, all_b)) = (counts(positives), counts(negatives));
        let ratio = (a / all_a) / (b / all_b);
        let spread = Z * (1.0 / a - 1.0 / all_a + 1.0 / b - 1.0 / all_b).max(0.0).sqrt();
        let decibans = |logarithm: f64| 10.0 * logarithm / std::f64::consts::LN_10;
        let log = ratio.ln();
        Some(Self {
            ratio,
            decibans: decibans(log),
            low: decibans(log - spread),
            high: decibans(log + spread),
            corrected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-9
    }

    #[test]
    fn the_interval_is_that_of_the_textbook() {
        // 8 of 10: 0.4902 to 0.9433; computed by hand from the formula.
        let rate = Rate::new(8, 10).expect("something");
        assert!((rate.low - 0.490_162).abs() < 1e-6 && (rate.high - 0.943_318).abs() < 1e-6, "{rate:?}");
        assert!(Rate::new(0, 0).is_none());
        let none = Rate::new(0, 20).expect("something");
        assert!(near(none.low, 0.0) && none.high > 0.1, "no hit among twenty proves little: {none:?}");
    }

    #[test]
    fn ties_count_half() {
        assert_eq!(area_under_curve(&[1.0, 2.0], &[1.0]), Some(0.75));
        assert_eq!(area_under_curve(&[], &[1.0]), None);
    }

    #[test]
    fn precision_depends_on_the_base_rate() {
        let at = |prevalence| precision(0.8, 0.1, prevalence).expect("something is hit");
        assert!(near(at(0.5), 8.0 / 9.0));
        assert!(near(at(0.01), 0.008 / 0.107));
        assert_eq!(precision(0.0, 0.0, 0.5), None);
    }

    #[test]
    fn ten_times_as_often_is_ten_decibans() {
        let rate = |hits, of| Rate::new(hits, of).expect("something");
        let ratio = LikelihoodRatio::new(rate(50, 100), rate(5, 100)).expect("hits");
        assert!(near(ratio.decibans, 10.0) && !ratio.corrected, "{ratio:?}");
        let one_sided = LikelihoodRatio::new(rate(5, 10), rate(0, 10)).expect("hits");
        assert!(one_sided.corrected && one_sided.decibans.is_finite() && one_sided.decibans > 0.0);
        assert!(LikelihoodRatio::new(rate(0, 10), rate(0, 10)).is_none());
    }

    /// Scores as they occur: tenths, with many ties.
    fn scores() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((0_i32..60).prop_map(|tenths| f64::from(tenths) / 2.0), 1..40)
    }

    proptest! {
        #[test]
        fn an_interval_holds_the_estimate_and_stays_within_bounds(of in 1_u64..100_000, part in 0.0_f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small count")]
            let hits = (of as f64 * part) as u64;
            let rate = Rate::new(hits, of).expect("something");
            prop_assert!(0.0 <= rate.low && rate.low <= rate.estimate);
            prop_assert!(rate.estimate <= rate.high && rate.high <= 1.0);
        }

        #[test]
        fn an_interval_narrows_with_the_sample(hits in 0_u64..50, more in 2_u64..20) {
            let width = |rate: Rate| rate.high - rate.low;
            let small = Rate::new(hits, 50).expect("something");
            let large = Rate::new(hits * more, 50 * more).expect("something");
            prop_assert!(width(large) < width(small));
        }

        #[test]
        fn a_constant_score_separates_nothing(score in -50.0_f64..50.0, positives in 1_usize..30, negatives in 1_usize..30) {
            let area = area_under_curve(&vec![score; positives], &vec![score; negatives]);
            prop_assert_eq!(area, Some(0.5));
        }

        #[test]
        fn the_area_depends_on_order_alone(positives in scores(), negatives in scores()) {
            let changed = |scores: &[f64]| scores.iter().map(|score| (score / 10.0).exp() * 3.0 - 7.0).collect::<Vec<_>>();
            prop_assert_eq!(
                area_under_curve(&positives, &negatives),
                area_under_curve(&changed(&positives), &changed(&negatives))
            );
        }

        #[test]
        fn the_area_of_swapped_classes_is_the_rest(positives in scores(), negatives in scores()) {
            let one = area_under_curve(&positives, &negatives).expect("both");
            let other = area_under_curve(&negatives, &positives).expect("both");
            prop_assert!(near(one + other, 1.0));
        }

        #[test]
        fn the_curve_falls_in_threshold_and_grows_in_hits(positives in scores(), negatives in scores()) {
            let points = curve(&positives, &negatives);
            for pair in points.windows(2) {
                prop_assert!(pair[0].threshold > pair[1].threshold);
                prop_assert!(pair[0].positives <= pair[1].positives && pair[0].negatives <= pair[1].negatives);
            }
            let last = points.last().expect("a score");
            prop_assert_eq!((last.positives, last.negatives), (positives.len() as u64, negatives.len() as u64));
        }

        #[test]
        fn the_area_is_that_below_the_curve(positives in scores(), negatives in scores()) {
            // Trapezia between the points of the curve, from (0, 0).
            let (mut area, mut before) = (0.0, (0_u64, 0_u64));
            for point in curve(&positives, &negatives) {
                area += (point.negatives - before.1) as f64 * (point.positives + before.0) as f64 / 2.0;
                before = (point.positives, point.negatives);
            }
            let pairs = (positives.len() * negatives.len()) as f64;
            prop_assert!(near(area / pairs, area_under_curve(&positives, &negatives).expect("both")));
        }

        #[test]
        fn a_ratio_stands_within_its_interval(a in 0_u64..=40, b in 0_u64..=60) {
            let rates = (Rate::new(a, 40).expect("something"), Rate::new(b, 60).expect("something"));
            if let Some(ratio) = LikelihoodRatio::new(rates.0, rates.1) {
                prop_assert!(ratio.low <= ratio.decibans && ratio.decibans <= ratio.high && ratio.ratio > 0.0);
            }
        }
    }
}
