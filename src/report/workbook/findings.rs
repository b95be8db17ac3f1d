//! One row a finding: whose, what, what it counts, the words, what else it could be, and what to do.

use super::sheet::Column;
use crate::report::cell::Cell;
use crate::report::people::quote;
use crate::report::told::{quotes, title};
use crate::report::weighed::{Side, Weighed, weighed};
use crate::screening::{Assessment, Detector};

/// The columns before the points.
const BEFORE: [(&str, u8); 5] = [("Id", 20), ("Name", 22), ("Result", 24), ("Finding", 44), ("Times", 8)];
/// The columns behind them.
const BEHIND: [(&str, u8); 10] = [
    ("What it does", 18),
    ("In their words", 60),
    ("What would have been there", 30),
    ("What else it could be", 44),
    ("What to verify next", 44),
    ("What it means", 60),
    ("Rule", 28),
    ("Family", 14),
    ("Fingerprint", 34),
    ("Source", 30),
];

/// Every column, in order.
pub(super) fn columns() -> Vec<Column> {
    let fixed = |columns: &'static [(&str, u8)]| columns.iter().map(|(title, width)| ((*title).to_owned(), *width));
    let points = Detector::ALL.into_iter().map(|detector| (format!("{}: points", detector.words()), 12));
    fixed(&BEFORE).chain(points).chain(fixed(&BEHIND)).collect()
}

/// The rows of a person.
pub(super) fn rows(assessment: &Assessment) -> Vec<Vec<Cell>> {
    weighed(assessment).iter().map(|one| row(assessment, one)).collect()
}

fn row(assessment: &Assessment, weighed: &Weighed<'_>) -> Vec<Cell> {
    let (screened, finding) = (&assessment.screened, weighed.finding);
    let rule = &finding.rule;
    let mut row = vec![
        Cell::text(&screened.dossier),
        Cell::text(screened.subject.name.as_deref().unwrap_or_default()),
        Cell::text(assessment.verdict.words()),
        Cell::text(&title(finding)),
        Cell::Number(finding.count as f64),
    ];
    row.extend(weighed.points.iter().map(|(_, points)| points.map_or(Cell::Empty, Cell::Number)));
    let words = quotes(finding).into_iter().map(quote);
    row.extend([
        Cell::text(does(weighed)),
        Cell::readable_list(words),
        Cell::list(finding.evidence.iter().filter_map(|piece| piece.expected.as_deref())),
        Cell::list(&rule.falsepositives),
        Cell::text(&rule.verify),
        Cell::text(&rule.description),
        Cell::text(&rule.name),
        Cell::text(&rule.family),
        Cell::text(&finding.fingerprint),
        Cell::text(&screened.source.to_string()),
    ]);
    row
}

fn does(weighed: &Weighed<'_>) -> &'static str {
    match weighed.side() {
        Side::For => "adds points",
        Side::Against => "takes points away",
        Side::Context => "context",
    }
}
