//! The terminal in one screen: a line a person, the most urgent first, and what was counted.
//!
//! Who stands there, as what, and what weighs most: why, and what else it could be, says the report without `--summary`.

use super::contract::{Report, Style};
use super::escape::readable;
use super::framed;
use super::layout::{Ink, LEAST_WIDTH, Page};
use super::told;
use super::urgency::Urgency;
use super::words::plural;
use crate::dossier::Role;
use crate::screening::{Assessment, Run, Summary, Verdict};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// People who are shown; less urgent ones are only counted.
const MOST: usize = 1000;
/// What stands above the columns.
const HEADS: [&str; COLUMNS] = ["verdict", "as", "points", "name", "id", "weighs most"];
const COLUMNS: usize = 6;
/// The column of numbers, which are set to the right.
const POINTS: usize = 2;
/// Columns that give way where the width is small, and the share of it that is theirs.
const NARROWED: [(usize, usize); 2] = [(3, 6), (4, 4)];

/// A line of the table.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    urgency: Urgency,
    cells: [String; COLUMNS],
}

impl Row {
    fn of(assessment: &Assessment) -> Self {
        let strongest = told::by_verdict(assessment).into_iter().next();
        let urgency = Urgency::of(assessment);
        let rule = strongest.and_then(|(_, result)| told::entries(result).first().map(|(.., part)| &part.rule));
        let finding = assessment.screened.findings.iter().find(|finding| Some(&finding.rule.name) == rule);
        let name = assessment.screened.subject.name.as_deref().unwrap_or("(no name)");
        let cells = [
            assessment.verdict.as_str(),
            strongest.and_then(|(detector, _)| detector.words().split(' ').next()).unwrap_or("-"),
            &format!("{:.1}", urgency.points),
            name,
            &assessment.screened.dossier,
            finding.map_or("-", |finding| &finding.rule.title),
        ];
        Self { urgency, cells: cells.map(|cell| readable(cell).into_owned()) }
    }

    /// How urgent, then the cells in lines: readable text has no line breaks.
    fn write(&self, bytes: &mut Vec<u8>) {
        self.urgency.write(bytes);
        bytes.extend_from_slice(self.cells.join("\n").as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (urgency, cells) = Urgency::read(bytes)?;
        let cells: Vec<String> = std::str::from_utf8(cells).ok()?.split('\n').map(str::to_owned).collect();
        Some(Self { urgency, cells: cells.try_into().ok()? })
    }
}

/// Appends the line of one person, for the report to put in its place.
pub(super) fn block(assessment: &Assessment, bytes: &mut Vec<u8>) {
    Row::of(assessment).write(bytes);
}

/// Writes the table.
pub(super) struct SummaryTable<W> {
    to: W,
    page: Page,
    style: Style,
    rows: Vec<Row>,
    further: u64,
}

impl<W: Write> SummaryTable<W> {
    pub(super) fn new(to: W, style: Style) -> Self {
        Self { to, page: Page::new(&style), style, rows: Vec::new(), further: 0 }
    }

    fn add(&mut self, row: Row) {
        self.rows.push(row);
        if self.rows.len() >= 2 * MOST {
            self.keep_most_urgent();
        }
    }

    /// Sorts, those who are as urgent in the order of the input, and counts those for whom there is no room.
    fn keep_most_urgent(&mut self) {
        self.rows.sort_by(|a, b| a.urgency.first(&b.urgency));
        self.further += self.rows.len().saturating_sub(MOST) as u64;
        self.rows.truncate(MOST);
    }

    fn table(&mut self) {
        let width = self.style.width.max(LEAST_WIDTH);
        let widths = widths(&self.rows, width);
        self.page.gap();
        let heads = HEADS.map(str::to_owned);
        let heads = self.page.ink(Ink::Faint, &cut(&line(&heads, &widths), width));
        self.page.line(&heads);
        for Row { urgency: Urgency { verdict, .. }, cells } in &self.rows {
            let text = cut(&line(cells, &widths), width);
            let (word, rest) = text.split_at(verdict.as_str().len().min(text.len()));
            let ink = if *verdict == Verdict::Escalate { Ink::Alarm } else { Ink::Notice };
            let word = if *verdict < Verdict::Review { word.to_owned() } else { self.page.ink(ink, word) };
            self.page.line(&format!("{word}{rest}"));
        }
        if self.further > 0 {
            let people = plural(self.further, "person", "people");
            self.page.line(&format!("and {people} less urgent; without --summary, or in jsonl, everybody is shown"));
        }
    }
}

impl<W: Write + Send> Report for SummaryTable<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        for line in told::run(run) {
            self.page.paragraph("", &readable(&line));
        }
        Ok(())
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        if assessment.interest() >= self.style.min_verdict {
            self.add(Row::of(assessment));
        }
        Ok(())
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        let row = framed::as_made(Row::read(bytes))?;
        self.add(row);
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.keep_most_urgent();
        if !self.rows.is_empty() {
            self.table();
        }
        self.page.gap();
        told::counts(&mut self.page, summary);
        self.to.write_all(self.page.take().as_bytes())?;
        self.to.flush()
    }
}

/// Columns of each cell: as wide as the widest, but for those that give way.
fn widths(rows: &[Row], width: usize) -> [usize; COLUMNS] {
    let mut widths = HEADS.map(UnicodeWidthStr::width);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.width().max(*width);
        }
    }
    for (column, share) in NARROWED {
        widths[column] = widths[column].min((width / share).max(HEADS[column].len()));
    }
    let before: usize = widths[..COLUMNS - 1].iter().map(|width| width + 2).sum();
    widths[COLUMNS - 1] = width.saturating_sub(before).max(HEADS[COLUMNS - 1].len());
    widths
}

/// Cells side by side, each cut to its width.
fn line(cells: &[String; COLUMNS], widths: &[usize; COLUMNS]) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let cell = cut(cell, *width);
        let room = " ".repeat(width - cell.width());
        let (before, after) = if column == POINTS { (room, String::new()) } else { (String::new(), room) };
        line.extend([before, cell, after, "  ".to_owned()]);
    }
    line.truncate(line.trim_end().len());
    line
}

/// As much of a text as fits.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used < width
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::{Row, cut};
    use crate::report::urgency::Urgency;
    use crate::screening::Verdict;

    #[test]
    fn a_line_that_a_worker_made_is_the_line_that_is_read() {
        let cells = ["review", "Job offer", "12.5", "Ana 例", "p1", "Asks to pay"].map(str::to_owned);
        let row = Row { urgency: Urgency { verdict: Verdict::Review, points: 12.5 }, cells };
        let mut bytes = Vec::new();
        row.write(&mut bytes);
        assert_eq!(Row::read(&bytes), Some(row));
        assert_eq!(Row::read(&bytes[..5]), None);
    }

    #[test]
    fn what_is_too_wide_is_cut_by_columns() {
        assert_eq!((cut("Ana", 3), cut("Annabel", 4)), ("Ana".to_owned(), "Ann…".to_owned()));
        assert_eq!(cut("例例例", 5), "例例…");
        assert_eq!(cut("例例例", 4), "例…");
    }
}
