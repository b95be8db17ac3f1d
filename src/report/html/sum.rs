//! The score of a detector as a waterfall: a row for each rule, whose bar begins where the one before it ended.

use super::marks::Text;
use crate::report::told;
use crate::screening::{Assessment, DetectorResult, Thresholds};
use maud::{Markup, html};

/// Units of the drawing's width.
const WIDTH: f64 = 240.0;

/// The table whose last row is the sum of the others.
pub(super) fn waterfall(assessment: &Assessment, result: &DetectorResult, thresholds: &Thresholds) -> Markup {
    let entries = told::entries(result);
    let mut reached = 0.0_f64;
    let (mut least, mut most) = (0.0_f64, thresholds.escalate);
    let mut steps = Vec::with_capacity(entries.len());
    for (.., part) in &entries {
        let from = reached;
        reached += part.points;
        (least, most) = (least.min(reached), most.max(reached));
        steps.push((from, reached));
    }
    let scale = Scale { least, span: (most - least).max(f64::EPSILON) };
    html! {
        table.sum {
            thead { tr { th scope="col" { "Points" } th scope="col" { "For" } th.bar scope="col" { "Sum so far" } } }
            tbody {
                @for ((family, position, part), (from, to)) in entries.into_iter().zip(steps) {
                    tr {
                        td.num { (format!("{:+.1}", part.points)) }
                        td {
                            (Text(&title(assessment, &part.rule))) small { (told::share(family, position, part)) }
                        }
                        td.bar { (scale.bar(from, to, if part.points < 0.0 { "less" } else { "more" }, thresholds)) }
                    }
                }
            }
            tfoot {
                tr {
                    td.num { (format!("{:.1}", result.score)) }
                    th scope="row" { "Sum" }
                    td.bar { (scale.bar(0.0, result.score, "all", thresholds)) }
                }
            }
        }
    }
}

fn title(assessment: &Assessment, rule: &str) -> String {
    let finding = assessment.screened.findings.iter().find(|finding| finding.rule.name == rule);
    finding.map_or_else(|| rule.to_owned(), |finding| finding.rule.title.clone())
}

/// From points to places.
struct Scale {
    least: f64,
    span: f64,
}

impl Scale {
    fn place(&self, points: f64) -> String {
        format!("{:.1}", (points - self.least) / self.span * WIDTH)
    }

    /// A bar from one sum to another, with the lines from which verdicts begin. What it shows stands in its row in words.
    fn bar(&self, from: f64, to: f64, class: &str, thresholds: &Thresholds) -> Markup {
        let (left, right) = (from.min(to), from.max(to));
        let width = ((right - left) / self.span * WIDTH).max(0.5);
        html! {
            svg viewBox={ "0 0 " (WIDTH) " 12" } preserveAspectRatio="none" aria-hidden="true" {
                @for (line, points) in [("review", thresholds.review), ("escalate", thresholds.escalate)] {
                    path.(line) d={ "M" (self.place(points)) " 0v12" } {}
                }
                path.(class) d=(format!("M{} 2h{width:.1}v8h-{width:.1}z", self.place(left))) {}
            }
        }
    }
}
