//! Labels: what people decided about records, from a table or from the records themselves.

use crate::dossier::Label;
use crate::screening::{Detector, Judged, PerDetector};
use std::collections::BTreeMap;

/// The word that stands for "none of the detectors".
const HONEST: &str = "honest";
/// Mistakes that are told of one table.
const MISTAKES: usize = 20;

/// What people decided about one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// For each detector whether it was the case; none where nobody judged.
    pub truth: PerDetector<Option<bool>>,
    /// Records of one cluster count as one.
    pub cluster: Option<String>,
    /// The language of the record, as stated.
    pub language: Option<String>,
}

impl Judgement {
    /// Whether any detector was judged.
    pub fn is_labelled(&self) -> bool {
        self.truth.iter().any(|(_, truth)| truth.is_some())
    }

    /// What the record itself says. Labels that contradict each other leave the detector without judgement, and labels
    /// for a detector that does not exist are left out; the second value is the number of both.
    pub(super) fn of_record(judged: &Judged) -> (Self, u64) {
        let mut doubts = 0;
        let mut said: PerDetector<Vec<bool>> = PerDetector::default();
        for Label { detector, positive, .. } in &judged.labels {
            match Detector::by_name(detector) {
                Some(detector) => said[detector].push(*positive),
                None => doubts += 1,
            }
        }
        let truth = PerDetector::from_fn(|detector| {
            let (first, rest) = said[detector].split_first()?;
            let agreed = rest.iter().all(|other| other == first);
            doubts += u64::from(!agreed);
            agreed.then_some(*first)
        });
        (Self { truth, cluster: None, language: judged.language.clone() }, doubts)
    }
}

/// A mistake in a table of labels.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found}")]
pub struct LabelError {
    /// From 1.
    pub line: usize,
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub found: String,
}

/// A table of labels, by the id of the record.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    rows: BTreeMap<String, Row>,
}

#[derive(Debug, Clone)]
struct Row {
    line: usize,
    judgement: Judgement,
    met: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Truth(Detector),
    Label,
    Cluster,
    Language,
}

impl Column {
    fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "label" => Self::Label,
            "cluster" => Self::Cluster,
            "language" => Self::Language,
            other => Self::Truth(Detector::by_name(other)?),
        })
    }
}

impl Labels {
    /// Reads tab-separated lines: a header with `id`, then either one column for each detector (1, 0 or nothing) or one
    /// column `label` (a detector's name, `honest` or nothing), and `cluster` and `language` where they are known.
    /// `#` lines before the header and empty lines are skipped.
    ///
    /// # Errors
    /// What is wrong, with the line; the first mistakes of a table that has many.
    pub fn parse(text: &str) -> Result<Self, Vec<LabelError>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty())
            .skip_while(|(_, line)| line.starts_with('#'));
        let Some((number, header)) = lines.next() else {
            return Err(vec![mistake(1, "a header line with `id`", "nothing")]);
        };
        let columns = columns(number, header).map_err(|error| vec![error])?;
        let mut labels = Self::default();
        let mut mistakes = Vec::new();
        for (number, line) in lines {
            if let Err(mistake) = labels.admit(number, line, &columns) {
                mistakes.push(mistake);
                if mistakes.len() == MISTAKES {
                    break;
                }
            }
        }
        if mistakes.is_empty() { Ok(labels) } else { Err(mistakes) }
    }

    fn admit(&mut self, line: usize, text: &str, columns: &[Column]) -> Result<(), LabelError> {
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        if cells.len() != columns.len() {
            let expected = format!("{} cells, as many as the header names", columns.len());
            return Err(mistake(line, expected, cells.len().to_string()));
        }
        let mut id = "";
        let mut judgement = Judgement::default();
        for (column, cell) in columns.iter().zip(cells) {
            let stated = || (!cell.is_empty()).then(|| cell.to_owned());
            match column {
                Column::Id => id = cell,
                Column::Truth(detector) => judgement.truth[*detector] = truth(line, *detector, cell)?,
                Column::Label => judgement.truth = label(line, cell)?,
                Column::Cluster => judgement.cluster = stated(),
                Column::Language => judgement.language = stated(),
            }
        }
        if id.is_empty() {
            return Err(mistake(line, "the id of a record in the column `id`", "nothing"));
        }
        if let Some(first) = self.rows.get(id) {
            return Err(mistake(line, "each id once", format!("{id:?}, which line {} has as well", first.line)));
        }
        self.rows.insert(id.to_owned(), Row { line, judgement, met: false });
        Ok(())
    }

    /// What was decided about a record, which is marked as met.
    pub(super) fn meet(&mut self, id: &str) -> Option<Judgement> {
        let row = self.rows.get_mut(id)?;
        row.met = true;
        Some(row.judgement.clone())
    }

    /// Ids whose record was not met, in order.
    pub(super) fn not_met(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|(_, row)| !row.met).map(|(id, _)| id.as_str())
    }
}

fn mistake(line: usize, expected: impl Into<String>, found: impl Into<String>) -> LabelError {
    LabelError { line, expected: expected.into(), found: found.into() }
}

/// What the columns hold: `id` and judgements, in one way.
fn columns(line: usize, header: &str) -> Result<Vec<Column>, LabelError> {
    let names: Vec<String> = header.split('\t').map(|name| name.trim().to_lowercase()).collect();
    let mut columns = Vec::with_capacity(names.len());
    for name in &names {
        let Some(column) = Column::by_name(name) else {
            let detectors = Detector::ALL.map(Detector::as_str).join(", ");
            let expected = format!("columns among id, {detectors}, label, cluster, language, separated by tabs");
            return Err(mistake(line, expected, format!("{name:?}")));
        };
        if columns.contains(&column) {
            return Err(mistake(line, "each column once", format!("{name:?} twice")));
        }
        columns.push(column);
    }
    let judges = columns.iter().any(|column| matches!(column, Column::Truth(_)));
    let labels = columns.contains(&Column::Label);
    if !columns.contains(&Column::Id) {
        return Err(mistake(line, "a column `id`", format!("{header:?}")));
    }
    if judges == labels {
        let found = if judges { "both" } else { "neither" };
        return Err(mistake(line, "either a column `label` or columns named like detectors", found));
    }
    Ok(columns)
}

fn truth(line: usize, detector: Detector, cell: &str) -> Result<Option<bool>, LabelError> {
    match cell {
        "1" => Ok(Some(true)),
        "0" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err(mistake(line, format!("1, 0 or nothing in the column `{}`", detector.as_str()), format!("{cell:?}"))),
    }
}

/// What one word says of all detectors. That one detector is right says nothing of the others; `honest` says that none
/// of them is.
fn label(line: usize, cell: &str) -> Result<PerDetector<Option<bool>>, LabelError> {
    let mut truth = PerDetector::default();
    match (cell, Detector::by_name(cell)) {
        ("", _) => {}
        (HONEST, _) => truth = PerDetector([Some(false); 3]),
        (_, Some(detector)) => truth[detector] = Some(true),
        _ => {
            let detectors = Detector::ALL.map(Detector::as_str).join(", ");
            return Err(mistake(
                line,
                format!("{HONEST}, {detectors} or nothing in the column `label`"),
                format!("{cell:?}"),
            ));
        }
    }
    Ok(truth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Labels::parse(text).expect_err("is refused").iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn columns_of_detectors_are_read_in_any_order() {
        let text = "\u{feff}# invented\nlanguage\tjob_scam\tid\tcluster\r\nde\t1\ta\tk1\r\n\r\n\t0\tb\t\n\t\tc\t\n";
        let mut labels = Labels::parse(text).expect("a table");
        let first = labels.meet("a").expect("is there");
        assert_eq!(first.truth, PerDetector([None, None, Some(true)]));
        assert_eq!((first.cluster.as_deref(), first.language.as_deref()), (Some("k1"), Some("de")));
        assert_eq!(labels.meet("b").expect("is there").truth[Detector::JobScam], Some(false));
        assert!(!labels.meet("c").expect("is there").is_labelled());
        assert_eq!(labels.meet("d"), None);
        assert_eq!(labels.not_met().count(), 0);
    }

    #[test]
    fn one_word_judges_its_detector_and_honest_all() {
        let mut labels = Labels::parse("id\tlabel\na\tfake_recruiter\nb\thonest\nc\t\n").expect("a table");
        assert_eq!(labels.meet("a").expect("is there").truth, PerDetector([Some(true), None, None]));
        assert_eq!(labels.meet("b").expect("is there").truth, PerDetector([Some(false); 3]));
        assert_eq!(labels.not_met().collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn mistakes_say_line_expectation_and_finding() {
        assert_eq!(error(""), "line 1: expected a header line with `id`, found nothing");
        assert_eq!(
            error("id\tjob_scam\na\tyes\nb\t1\t1\n\t1\na\t1\na\t0\n"),
            "line 2: expected 1, 0 or nothing in the column `job_scam`, found \"yes\"; \
             line 3: expected 2 cells, as many as the header names, found 3; \
             line 4: expected the id of a record in the column `id`, found nothing; \
             line 6: expected each id once, found \"a\", which line 5 has as well"
        );
        assert!(error("id\tlabel\na\tguilty\n").starts_with("line 2: expected honest, fake_recruiter,"));
        assert!(error("id,job_scam\n").contains("separated by tabs, found \"id,job_scam\""));
        assert!(error("id\tcluster\n").ends_with("columns named like detectors, found neither"));
        assert!(error("id\tlabel\tjob_scam\n").ends_with("found both"));
        assert!(error("job_scam\n").starts_with("line 1: expected a column `id`"));
        assert_eq!(error("id\tid\tlabel\n"), "line 1: expected each column once, found \"id\" twice");
    }

    #[test]
    fn labels_of_a_record_that_disagree_judge_nothing() {
        let label = |detector: &str, positive| Label { detector: detector.to_owned(), positive, ..Label::default() };
        let judged = Judged {
            labels: vec![
                label("job_scam", true),
                label("job_scam", false),
                label("fake_recruiter", true),
                label("x", true),
            ],
            language: Some("de".to_owned()),
        };
        let (judgement, doubts) = Judgement::of_record(&judged);
        assert_eq!((judgement.truth, doubts), (PerDetector([Some(true), None, None]), 2));
    }
}
