//! What a record dates, drawn as bars and points over the years, with the jobs that overlap and the places of evidence.

use super::marks::Text;
use crate::dossier::{Date, Interval};
use crate::report::layout::moment;
use crate::report::words::shortened;
use crate::screening::{Dated, DatedKind, Screened};
use maud::{Markup, html};

/// Rows that are drawn of one person.
const ROWS: usize = 24;
/// Units of the drawing: its width, where bars begin, the height of a row.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 250.0;
const ROW: f64 = 20.0;
/// Characters of a label; a list beside the drawing has all of it.
const LABEL: usize = 36;
/// Overlaps shorter than this are handovers, in seconds: 31 days.
const HANDOVER: i64 = 31 * 86_400;

/// The drawing, and the same as a list for whoever does not see it. Nothing if less than two things bear a date.
pub(super) fn drawing(screened: &Screened, now: Date) -> Markup {
    let rows: Vec<Row<'_>> = screened.history.iter().filter_map(|dated| Row::of(dated, now)).collect();
    let shown = rows.get(..ROWS).unwrap_or(&rows);
    let (Some(first), Some(last)) = (rows.iter().map(|row| row.from).min(), rows.iter().map(|row| row.until).max())
    else {
        return html! {};
    };
    if rows.len() < 2 {
        return html! {};
    }
    let scale = Scale { first, span: (last - first).max(1) };
    let height = ROW.mul_add(shown.len() as f64, ROW);
    html! {
        h4 { "Over time" }
        div.wide {
            svg.time viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label="Jobs, studies, accounts and messages over the years; the list below says the same" {
                @for (year, x) in scale.years() {
                    line.year x1=(x) x2=(x) y1="0" y2=(height - ROW) {}
                    text.year x=(x) y=(height - 6.0) { (year) }
                }
                @for (number, row) in shown.iter().enumerate() {
                    @let y = ROW * number as f64;
                    text x="0" y=(y + 14.0) { (Text(&shortened(&row.dated.label, LABEL))) }
                    (scale.bar(row, y))
                    @for (from, until) in overlaps(row, &rows) {
                        (scale.rect("over", from, until, y))
                    }
                }
            }
        }
        details {
            summary { "The same as a list" }
            ul {
                @for row in &rows {
                    li {
                        (row.dated.kind.words()) ": " (Text(&row.dated.label)) ", " (row.span())
                        @if !overlaps(row, &rows).is_empty() { " (overlaps another job)" }
                    }
                }
            }
        }
        @if rows.len() > ROWS { p { "The first " (ROWS) " of " (rows.len()) " are drawn." } }
    }
}

/// Something dated, with the instants that it is drawn from and to.
struct Row<'s> {
    dated: &'s Dated,
    from: i64,
    until: i64,
    /// For what overlaps: its ends as they are known.
    ends: Option<(Interval, Interval)>,
}

impl<'s> Row<'s> {
    fn of(dated: &'s Dated, now: Date) -> Option<Self> {
        let end = if dated.goes_on { Some(now) } else { dated.until };
        let (begin, known_end) = (dated.from.or(end)?, end.or(dated.from)?);
        let (from, until) = (begin.interval().middle(), known_end.interval().middle());
        let ends = dated.from.zip(end).map(|(from, end)| (from.interval(), end.interval()));
        Some(Self { dated, from: from.min(until), until: until.max(from), ends })
    }

    fn span(&self) -> String {
        let date = |date: Option<Date>| date.map_or_else(|| "not said".to_owned(), moment);
        match (self.dated.from, self.dated.until) {
            (from, until) if from == until => date(from),
            (from, _) if self.dated.goes_on => format!("from {}, goes on", date(from)),
            (from, until) => format!("from {} to {}", date(from), date(until)),
        }
    }
}

/// Where a job certainly overlaps another by more than a handover.
fn overlaps(row: &Row<'_>, rows: &[Row<'_>]) -> Vec<(i64, i64)> {
    let jobs = rows.iter().filter(|other| other.dated.kind == DatedKind::Employment && !std::ptr::eq(*other, row));
    let certain = |other: &Row<'_>| {
        let (own, others) = row.ends.zip(other.ends)?;
        (Interval::certain_overlap(own, others) > HANDOVER)
            .then(|| (row.from.max(other.from), row.until.min(other.until)))
    };
    if row.dated.kind == DatedKind::Employment { jobs.filter_map(certain).collect() } else { Vec::new() }
}

/// From instants to places.
struct Scale {
    first: i64,
    span: i64,
}

impl Scale {
    fn place(&self, instant: i64) -> f64 {
        let share = (instant - self.first) as f64 / self.span as f64;
        (share * (WIDTH - LEFT - 8.0) + LEFT).clamp(LEFT, WIDTH - 8.0)
    }

    /// January of years, no more than a dozen of them.
    fn years(&self) -> Vec<(i16, String)> {
        let year = |instant: i64| Date::from_timestamp(instant).map_or(0, Date::year);
        let (first, last) = (year(self.first), year(self.first.saturating_add(self.span)));
        let step = ((last.saturating_sub(first)) / 12 + 1).max(1);
        let instants = (first..=last).step_by(usize::from(step.unsigned_abs()));
        instants
            .filter_map(|year| Some((year, Date::from_day(year, 1, 1)?.interval().middle())))
            .filter(|(_, instant)| *instant >= self.first)
            .map(|(year, instant)| (year, format!("{:.1}", self.place(instant))))
            .collect()
    }

    fn bar(&self, row: &Row<'_>, y: f64) -> Markup {
        if row.from == row.until {
            return html! { circle.dot cx=(format!("{:.1}", self.place(row.from))) cy=(y + 10.0) r="4" {} };
        }
        let class = match row.dated.kind {
            DatedKind::Employment => "job",
            DatedKind::Education => "study",
            DatedKind::Account | DatedKind::Conversation | DatedKind::Observation => "seen",
        };
        self.rect(class, row.from, row.until, y)
    }

    fn rect(&self, class: &str, from: i64, until: i64, y: f64) -> Markup {
        let (left, right) = (self.place(from), self.place(until));
        html! {
            rect.(class) x=(format!("{left:.1}")) y=(y + 4.0) width=(format!("{:.1}", (right - left).max(2.0))) height="12" {}
        }
    }
}
