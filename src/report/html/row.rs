//! One person in the table of people.

use super::marks::Text;
use super::person::verdict;
use super::place::id_of;
use crate::report::contract::Style;
use crate::report::told;
use crate::report::urgency::Urgency;
use crate::screening::{Assessment, Finding, Verdict};
use maud::{Markup, html};

/// Heads of the columns of numbers, which a narrow page repeats before each of them.
pub(super) const POINTS: &str = "Points";
pub(super) const SEEN: &str = "Checks that could run";

/// Findings that a row names.
const NAMED: usize = 2;

/// The row; its name is a link where the page says more.
pub(super) fn row(assessment: &Assessment, style: &Style, strongest: &[&Finding], has_article: bool) -> Markup {
    let screened = &assessment.screened;
    let name = screened.subject.name.as_deref().unwrap_or("(no name)");
    let asked: Vec<_> =
        told::by_verdict(assessment).into_iter().filter(|(_, r)| r.verdict >= Verdict::Review).collect();
    let words: Vec<&str> = asked.iter().map(|(detector, _)| detector.words()).collect();
    let titles: Vec<&str> = strongest.iter().take(NAMED).map(|finding| finding.rule.title.as_str()).collect();
    let seen = assessment.detectors.iter().filter(|(_, result)| result.is_some());
    let seen = seen.map(|(detector, _)| screened.coverage[detector]).fold(0.0, f64::max);
    html! {
        tr id=[(!has_article).then(|| id_of(&screened.dossier))] data-v=(assessment.verdict.as_str()) {
            th scope="row" {
                @if has_article { a href={ "#" (id_of(&screened.dossier)) } { (Text(name)) } } @else { (Text(name)) }
                " " small { (Text(&screened.dossier)) }
            }
            td data-k=(assessment.verdict as u8) {
                (verdict(assessment.verdict))
                @if let Some(change) = told::change(assessment) { small { (Text(&change)) } }
            }
            @if style.points {
                @let Urgency { points, .. } = Urgency::of(assessment);
                td.num data-k=(points) data-label=(POINTS) { (format!("{points:.1}")) }
            }
            td { (words.join(", ")) }
            td { (Text(&titles.join("; "))) }
            td.num data-k=(format!("{:.0}", seen * 100.0)) data-label=(SEEN) { (format!("{:.0}\u{a0}%", seen * 100.0)) }
            td { (Text(&screened.source.to_string())) }
        }
    }
}
