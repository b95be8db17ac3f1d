//! One row a person, in plain words, for whoever works with spreadsheets.
//!
//! What the row says is what the terminal says; how a cell is written is for each format to say.

use super::cell::Cell;
use super::escape::{quoted, readable};
use super::layout::moment;
use super::told;
use super::weighed::{Side, weighed};
use crate::dossier::Locator;
use crate::screening::{Assessment, Detector, DetectorResult, EarlierRecord, Evidence, Finding, Thresholds, Verdict};

/// Findings of a person, the strongest first, whose words are quoted.
const QUOTES: usize = 3;

/// The columns before those of the detectors.
const WORDS: [&str; 15] = [
    "Result",
    "Concerns",
    "Name",
    "Id",
    "Role",
    "What was found",
    "In their words",
    "What else it could be",
    "What to verify next",
    "What speaks against it",
    "Context, without points",
    "Not visible",
    "In common with others",
    "Please note",
    "Source",
];
/// Where the source stands, and the note.
const SOURCE: usize = 14;
const NOTE: usize = 13;
/// The columns of each detector.
const NUMBERS: [&str; 4] = ["result", "points", "families", "checks that could run (%)"];

/// The titles of every column, in order.
pub(super) fn columns() -> Vec<String> {
    let of = |detector: Detector| NUMBERS.map(|words| format!("{}: {words}", detector.words()));
    WORDS.into_iter().map(str::to_owned).chain(Detector::ALL.into_iter().flat_map(of)).collect()
}

/// The row of a person.
pub(super) fn row(assessment: &Assessment, thresholds: &Thresholds) -> Vec<Cell> {
    let screened = &assessment.screened;
    let weighed = weighed(assessment);
    let of = |side| weighed.iter().filter(move |one| one.side() == side);
    let titles = |side| Cell::list(of(side).map(|one| told::title(one.finding)));
    let asked = assessment.detectors.iter().filter(|(_, result)| result.is_some()).map(|(detector, _)| detector);
    let found = || of(Side::For).map(|one| one.finding);
    let scores = assessment.detectors.iter().filter_map(|(_, result)| result.as_ref().map(|result| result.score));
    let most = scores.fold(0.0, f64::max);
    let mut row = vec![
        Cell::text(told::result(assessment.verdict, most)),
        Cell::list(concerns(assessment)),
        Cell::text(screened.subject.name.as_deref().unwrap_or_default()),
        Cell::text(&screened.dossier),
        Cell::text(screened.role.as_str()),
        titles(Side::For),
        Cell::readable_list(found().take(QUOTES).filter_map(words)),
        Cell::list(found().flat_map(|finding| &finding.rule.falsepositives)),
        Cell::list(found().map(|finding| &finding.rule.verify)),
        titles(Side::Against),
        titles(Side::Context),
        Cell::list(told::not_visible(assessment, asked)),
        Cell::list(in_common(assessment)),
        Cell::list(notes(assessment, thresholds)),
        Cell::text(&screened.source.to_string()),
    ];
    for (detector, result) in assessment.detectors.iter() {
        match result {
            None => row.extend(NUMBERS.map(|_| Cell::Empty)),
            Some(result) => row.extend([
                Cell::text(told::result(result.verdict, result.score)),
                Cell::Number(result.score),
                Cell::Number(result.families as f64),
                Cell::Number((screened.coverage[detector] * 100.0).round()),
            ]),
        }
    }
    row
}

/// A row that is about no person: what happened instead of a result, where, and why.
pub(super) fn note(result: &str, source: Option<&Locator>, reason: &str) -> Vec<Cell> {
    let mut row = vec![Cell::Empty; WORDS.len() + NUMBERS.len() * Detector::ALL.len()];
    row[0] = Cell::text(result);
    row[NOTE] = Cell::text(reason);
    row[SOURCE] = source.map_or(Cell::Empty, |source| Cell::text(&source.to_string()));
    row
}

/// The words that a finding rests on, and where they stand, for a person to read.
fn words(finding: &Finding) -> Option<String> {
    told::quotes(finding).into_iter().next().map(quote)
}

/// The words of a piece of evidence, and where and when they were written.
pub(super) fn quote(piece: &Evidence) -> String {
    let (text, mark) = quoted(&piece.before, &piece.quote, &piece.after);
    let words = text.get(mark).unwrap_or_default();
    let place = if piece.label.is_empty() { &piece.pointer } else { &piece.label };
    let at = piece.at.map_or_else(String::new, |at| format!(" · {}", moment(at)));
    // What somebody else wrote is not to be taken for this person's.
    let whose = piece.dossier.as_ref().map_or_else(String::new, |dossier| format!("{} · ", readable(dossier)));
    format!("“{words}” ({whose}{}{at})", readable(place))
}

/// The detectors at the person's verdict, if that is review or above.
fn concerns(assessment: &Assessment) -> impl Iterator<Item = &'static str> {
    let least = assessment.verdict.max(Verdict::Review);
    let reaches = move |result: &Option<DetectorResult>| result.as_ref().is_some_and(|result| result.verdict >= least);
    assessment.detectors.iter().filter(move |(_, result)| reaches(result)).map(|(detector, _)| detector.words())
}

/// The clusters of a person, and the records of earlier batches that share something with theirs.
fn in_common(assessment: &Assessment) -> impl Iterator<Item = String> {
    assessment.clusters.iter().cloned().chain(assessment.earlier.iter().map(earlier))
}

fn earlier(record: &EarlierRecord) -> String {
    let kinds: Vec<String> = record.shares.iter().map(|kind| kind.replace('_', " ")).collect();
    let name = match record.under_other_name {
        Some(true) => " under another name",
        Some(false) => " under this name",
        None => "",
    };
    format!("{} with a record{name} of {}", kinds.join(", "), record.scanned)
}

/// What a reader must know before acting.
fn notes(assessment: &Assessment, thresholds: &Thresholds) -> Vec<String> {
    let screened = &assessment.screened;
    let mut notes = Vec::new();
    if assessment.verdict >= Verdict::Review {
        notes.push("A person must decide.".to_owned());
    }
    notes.extend(told::impersonated(assessment));
    for (detector, result) in assessment.detectors.iter() {
        let why = result.as_ref().and_then(|result| told::held_back(result, thresholds));
        notes.extend(why.map(|why| format!("{}: {why}.", detector.words())));
    }
    if assessment.detectors.iter().any(|(_, result)| result.as_ref().is_some_and(|result| result.by_published_match)) {
        notes.push("One family of signs alone, by a match with published intelligence.".to_owned());
    }
    notes.extend(told::change(assessment).map(|change| format!("Since the earlier report: {change}.")));
    notes.extend(screened.suppressed.iter().map(|one| format!("Set aside: {}", told::suppressed(one))));
    if !screened.joined.is_empty() {
        let names: Vec<_> = screened.joined.iter().map(|source| source.name.as_str()).collect();
        notes.push(format!("Joined of {}.", names.join(", ")));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::{NOTE, SOURCE, WORDS, columns, note, row};
    use crate::score::THRESHOLDS;
    use crate::screening::{Assessment, PerDetector, Screened, Verdict};

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let nobody = Assessment {
            screened: Screened::default(),
            verdict: Verdict::Insufficient,
            detectors: PerDetector::default(),
            clusters: Vec::new(),
            earlier: Vec::new(),
            change: None,
        };
        assert_eq!(row(&nobody, &THRESHOLDS).len(), columns().len());
        assert_eq!(note("Skipped", None, "").len(), columns().len());
        assert_eq!((WORDS[NOTE], WORDS[SOURCE]), ("Please note", "Source"));
    }
}
