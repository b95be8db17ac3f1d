//! The plots of a page: inline SVG without script or style of its own. What each shows is said in words beside it.

use crate::evaluation::DetectorEvaluation;
use std::fmt::Write as _;

/// Edge of the plotted square, and the space around it for the scales.
const SIZE: f64 = 240.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 22.0;

/// Recall over the false-positive rate, from the strictest threshold to none.
pub(super) fn roc(detector: &DetectorEvaluation, label: &str) -> String {
    let mut line = vec![(0.0, 0.0)];
    line.extend(rates(detector).map(|(_, recall, alarms)| (alarms, recall)));
    line.push((1.0, 1.0));
    let mut body = frame("false-positive rate", "recall", &percent_ticks());
    let _ = write!(body, "<path class=\"chance\" d=\"{}\"/>", path(&[(0.0, 0.0), (1.0, 1.0)]));
    let _ = write!(body, "<path class=\"recall\" d=\"{}\"/>", path(&line));
    for point in [&detector.review, &detector.escalate] {
        if let (Some(recall), Some(alarms)) = (point.confusion.recall(), point.confusion.false_positive_rate()) {
            let (x, y) = place(alarms.estimate, recall.estimate);
            let _ = write!(
                body,
                "<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                x + 7.0,
                y + 12.0,
                point.verdict.as_str()
            );
        }
    }
    svg(label, &body)
}

/// Recall and false-positive rate over the score as a threshold, with the thresholds in force.
pub(super) fn thresholds(detector: &DetectorEvaluation, review: f64, escalate: f64, label: &str) -> String {
    let highest = detector.curve.first().map_or(0.0, |point| point.threshold).max(escalate * 1.25).max(1.0);
    // The four steps of the scale are whole numbers.
    let highest = (highest / 4.0).ceil() * 4.0;
    let mut ticks = String::new();
    for step in 0..=4 {
        let share = f64::from(step) / 4.0;
        let (x, _) = place(share, 0.0);
        let _ = write!(
            ticks,
            "<text class=\"tick\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{:.1}\">{:.0}</text>",
            TOP + SIZE + 14.0,
            share * highest
        );
    }
    let mut body = frame("score from", "share hit", &ticks);
    // A share holds for every threshold down to the next score below it: stairs, from the right.
    let (mut recall, mut alarms) = (vec![(1.0, 0.0)], vec![(1.0, 0.0)]);
    for (threshold, found, alarmed) in rates(detector) {
        let x = threshold.max(0.0) / highest;
        for (stairs, share) in [(&mut recall, found), (&mut alarms, alarmed)] {
            let before = stairs.last().map_or(0.0, |(_, y)| *y);
            stairs.push((x, before));
            stairs.push((x, share));
        }
    }
    // Below the lowest score everything is hit.
    for stairs in [&mut recall, &mut alarms] {
        let last = stairs.last().map_or(0.0, |(_, y)| *y);
        stairs.push((0.0, last));
    }
    let _ = write!(
        body,
        "<path class=\"recall\" d=\"{}\"/><path class=\"alarms\" d=\"{}\"/>",
        path(&recall),
        path(&alarms)
    );
    for (name, at) in [("review", review), ("escalate", escalate)] {
        let (x, _) = place(at / highest, 0.0);
        let _ = write!(
            body,
            "<path class=\"limit\" d=\"M{x:.1} {TOP}V{:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\">{name}</text>",
            TOP + SIZE,
            x + 3.0,
            TOP + 11.0
        );
    }
    svg(label, &body)
}

/// Threshold, recall and false-positive rate of each point.
fn rates(detector: &DetectorEvaluation) -> impl Iterator<Item = (f64, f64, f64)> {
    let share = |hits: u64, of: u64| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
    let (positives, negatives) = (detector.positives, detector.negatives);
    detector
        .curve
        .iter()
        .map(move |point| (point.threshold, share(point.positives, positives), share(point.negatives, negatives)))
}

/// Where two shares stand.
fn place(x: f64, y: f64) -> (f64, f64) {
    (LEFT + x * SIZE, TOP + (1.0 - y) * SIZE)
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (number, (x, y)) in points.iter().enumerate() {
        let (x, y) = place(*x, *y);
        let _ = write!(path, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' });
    }
    path
}

fn percent_ticks() -> String {
    let mut ticks = String::new();
    for step in 0..=4 {
        let (x, _) = place(f64::from(step) / 4.0, 0.0);
        let _ = write!(
            ticks,
            "<text class=\"tick\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{:.1}\">{} %</text>",
            TOP + SIZE + 14.0,
            step * 25
        );
    }
    ticks
}

/// The frame with a scale of shares at its left and what stands below.
fn frame(below: &str, beside: &str, ticks: &str) -> String {
    let mut out = format!("<rect class=\"frame\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{SIZE}\" height=\"{SIZE}\"/>{ticks}");
    for step in 0..=4 {
        let (_, y) = place(0.0, f64::from(step) / 4.0);
        let _ = write!(
            out,
            "<text class=\"tick\" text-anchor=\"end\" x=\"{:.1}\" y=\"{:.1}\">{} %</text>",
            LEFT - 5.0,
            y + 4.0,
            step * 25
        );
    }
    let _ = write!(
        out,
        "<text text-anchor=\"middle\" x=\"{:.1}\" y=\"{:.1}\">{below}</text><text x=\"{:.1}\" y=\"9\">{beside}</text>",
        LEFT + SIZE / 2.0,
        TOP + SIZE + 32.0,
        0.0
    );
    out
}

/// `label` must be escaped.
fn svg(label: &str, body: &str) -> String {
    format!(
        "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {:.0} {:.0}\" width=\"{:.0}\" height=\"{:.0}\">{body}</svg>",
        LEFT + SIZE + 60.0,
        TOP + SIZE + 40.0,
        LEFT + SIZE + 60.0,
        TOP + SIZE + 40.0
    )
}
