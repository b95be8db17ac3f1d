//! Lines for a person: colour where it was asked for, words wrapped to the width, quotes underlined where the
//! evidence stands. Widths are columns of a terminal, not characters.

use super::contract::Style;
use super::escape::{quoted, readable};
use crate::dossier::{Date, Zone};
use crate::screening::Evidence;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Narrower than this, lines are not laid out but only broken.
pub(super) const LEAST_WIDTH: usize = 40;
/// What stands before the evidence of a finding.
const INDENT: &str = "        ";
/// Lines that one quote may take.
const QUOTE_LINES: usize = 4;

/// Colours and weights, by what they mean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Alarm,
    Notice,
    Strong,
    Faint,
    Mark,
}

/// A page of some width that text is appended to.
#[derive(Debug)]
pub(super) struct Page {
    width: usize,
    color: bool,
    text: String,
}

impl Page {
    pub(super) fn new(style: &Style) -> Self {
        Self { width: style.width.max(LEAST_WIDTH), color: style.color, text: String::new() }
    }

    /// What was written, taken out.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Text in an ink, or as it is if there are no colours.
    pub(super) fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Alarm => "1;31",
            Ink::Notice => "1;33",
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Mark => "36",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A line as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph, its first line after a lead, all further ones below the end of the lead.
    ///
    /// The lead must be plain text of known width.
    pub(super) fn paragraph(&mut self, lead: &str, text: &str) {
        let indent = lead.width();
        self.text.push_str(lead);
        for (number, line) in wrapped(text, self.room(indent)).into_iter().enumerate() {
            if number > 0 {
                self.indent(indent);
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// A lead, a title, and a name at the right edge; the name gets a line of its own where there is no room.
    pub(super) fn entry(&mut self, lead: &str, title: &str, name: &str) {
        let indent = lead.width();
        let lines = wrapped(title, self.room(indent));
        let last = lines.last().map_or(0, |line| line.trim_end().width());
        self.text.push_str(lead);
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.indent(indent);
            }
            let painted = self.ink(Ink::Strong, line.trim_end());
            self.text.push_str(&painted);
        }
        let used = indent + last;
        if name.is_empty() {
            return self.gap();
        }
        if used + 2 + name.width() <= self.width {
            self.indent(self.width - used - name.width());
        } else {
            self.text.push('\n');
            self.indent(indent.max(self.width.saturating_sub(name.width())));
        }
        let painted = self.ink(Ink::Faint, name);
        self.line(&painted);
    }

    /// Pieces of evidence, at most so many places: where and when each stands, the quote with its surroundings, and
    /// how it was computed. Pieces that quote the same place share the quote. Says how many places were left out.
    pub(super) fn evidence(&mut self, pieces: &[Evidence], most: usize) -> usize {
        let mut places: Vec<Vec<&Evidence>> = Vec::new();
        for piece in pieces {
            match places.iter_mut().find(|held| held.first().is_some_and(|first| same_place(first, piece))) {
                Some(held) => held.push(piece),
                None => places.push(vec![piece]),
            }
        }
        let shown = places.get(..most).unwrap_or(&places);
        let mut said = String::new();
        for (number, pieces) in shown.iter().enumerate() {
            if let Some(first) = pieces.first() {
                self.place(first, &mut said);
            }
            // What was computed from several places is said below the last of them.
            let later = || shown[number + 1..].iter().flatten();
            for piece in pieces.iter().filter(|piece| later().all(|other| !same_computation(piece, other))) {
                self.computed(piece);
            }
        }
        places.len() - shown.len()
    }

    /// Where a piece stands, unless that was said just before, and its quote.
    fn place(&mut self, piece: &Evidence, said: &mut String) {
        let mut place = readable(if piece.label.is_empty() { &piece.pointer } else { &piece.label }).into_owned();
        if let Some(at) = piece.at {
            place.push_str(" · ");
            place.push_str(&moment(at));
        }
        if let Some(origin) = &piece.origin {
            place.push_str(" · ");
            place.push_str(&readable(origin));
        }
        if let Some(dossier) = &piece.dossier {
            place = format!("in {}: {place}", readable(dossier));
        }
        if !place.is_empty() && *said != place {
            self.paragraph(INDENT, &place);
            *said = place;
        }
        if !piece.quote.is_empty() {
            self.quote(INDENT.len(), piece);
        }
    }

    /// How a piece's value was computed, and what would have been there.
    fn computed(&mut self, piece: &Evidence) {
        if let Some(derived) = &piece.derived {
            let from = derived.from.join(", ");
            let text = format!("{}: {} (computed from {from})", derived.field, readable(&derived.value));
            self.paragraph(&format!("{INDENT}= "), &text);
        }
        if let Some(expected) = &piece.expected {
            self.paragraph(&format!("{INDENT}not there: "), &readable(expected));
        }
    }

    /// Quote and surroundings behind a bar, with carets under the quote.
    fn quote(&mut self, indent: usize, evidence: &Evidence) {
        let room = self.room(indent + 2);
        let (text, mark) = quoted(&evidence.before, &evidence.quote, &evidence.after);
        let before = tail(&text[..mark.start], room / 3);
        let cut = before.len() < mark.start || evidence.start > evidence.before.len();
        let lead = if cut { "…" } else { "" };
        let shown = format!("{lead}{before}{}", &text[mark.start..]);
        let mark = lead.len() + before.len()..lead.len() + before.len() + mark.len();
        let lines = broken(&shown, room);
        for (number, line) in lines.iter().enumerate() {
            if line.start >= mark.end {
                break;
            }
            let last = number + 1 == QUOTE_LINES && line.end < mark.end;
            self.indent(indent);
            self.text.push_str("| ");
            self.text.push_str(&shown[line.clone()]);
            self.text.push_str(if last { "…\n" } else { "\n" });
            self.carets(indent, &shown, line, &mark);
            if last {
                break;
            }
        }
    }

    fn carets(&mut self, indent: usize, text: &str, line: &Range<usize>, mark: &Range<usize>) {
        let start = mark.start.clamp(line.start, line.end);
        let end = mark.end.clamp(line.start, line.end);
        if start == end {
            return;
        }
        self.indent(indent);
        self.text.push_str("| ");
        self.indent(text[line.start..start].width());
        let carets = self.ink(Ink::Mark, &"^".repeat(text[start..end].trim_end().width().max(1)));
        self.line(&carets);
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    /// Columns that are left after an indentation; never so few that a word of two columns could not stand.
    fn room(&self, indent: usize) -> usize {
        self.width.saturating_sub(indent).max(LEAST_WIDTH / 2)
    }
}

fn same_place(piece: &Evidence, other: &Evidence) -> bool {
    let place = |piece: &Evidence| (piece.start, piece.end);
    place(piece) == place(other) && piece.pointer == other.pointer && piece.dossier == other.dossier
}

fn same_computation(piece: &Evidence, other: &Evidence) -> bool {
    piece.derived.is_some() && piece.derived == other.derived && piece.expected == other.expected
}

/// A date to the minute, as a person writes it.
pub(super) fn moment(date: Date) -> String {
    let text = date.to_string();
    let Some(time) = date.time() else { return text };
    let minute = text.get(..16).unwrap_or(&text).replace('T', " ");
    match time.zone {
        Zone::Unknown => minute,
        Zone::Offset(0) => format!("{minute} UTC"),
        Zone::Offset(east) => {
            let sign = if east < 0 { '-' } else { '+' };
            format!("{minute} {sign}{:02}:{:02}", east.abs() / 60, east.abs() % 60)
        }
    }
}

/// The end of a text, of at most so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut width = 0;
    for (at, character) in text.char_indices().rev() {
        width += character.width().unwrap_or(0);
        if width > columns {
            return &text[at + character.len_utf8()..];
        }
    }
    text
}

fn wrapped(text: &str, columns: usize) -> Vec<&str> {
    broken(text, columns).into_iter().map(|line| &text[line]).collect()
}

/// Lines of at most so many columns: broken after a space where there is one, else where the room ends.
fn broken(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut width, mut space) = (0, 0, None);
    for (at, character) in text.char_indices() {
        let wide = character.width().unwrap_or(0);
        // A space may stand at the edge: nobody sees it.
        if width + wide > columns && character != ' ' && at > start {
            let end = space.filter(|&space| space > start).unwrap_or(at);
            lines.push(start..end);
            start = end;
            width = text[start..at].width();
            space = None;
        }
        width += wide;
        if character == ' ' {
            space = Some(at + 1);
        }
    }
    if start < text.len() || lines.is_empty() {
        lines.push(start..text.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Page, Style, broken, moment, tail};
    use crate::screening::{Derived, Evidence};

    fn page(width: usize) -> Page {
        Page::new(&Style { width, ..Style::default() })
    }

    #[test]
    fn lines_break_at_spaces_and_count_columns() {
        let lines =
            |text: &'static str, columns| broken(text, columns).into_iter().map(|line| &text[line]).collect::<Vec<_>>();
        assert_eq!(lines("one two three", 8), ["one two ", "three"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("電話番号", 4), ["電話", "番号"]);
        assert_eq!(lines("", 4), [""]);
    }

    #[test]
    fn the_end_of_a_text_is_cut_at_a_character() {
        assert_eq!(tail("größe", 2), "ße");
        assert_eq!(tail("ab", 9), "ab");
    }

    #[test]
    fn carets_stand_under_the_evidence_even_after_wide_characters() {
        let mut page = page(60);
        let piece = Evidence {
            pointer: "/messages/0/text".to_owned(),
            before: "電話 ".to_owned(),
            quote: "a.example".to_owned(),
            after: " ok".to_owned(),
            start: 7,
            end: 16,
            label: "message 1".to_owned(),
            ..Evidence::default()
        };
        page.evidence(&[piece], 1);
        assert_eq!(page.take(), "        message 1\n        | 電話 a[.]example ok\n        |      ^^^^^^^^^^^\n");
    }

    #[test]
    fn a_value_computed_from_two_places_is_said_once() {
        let derived = Derived { field: "a.b", value: "true".to_owned(), from: vec!["/a".to_owned(), "/b".to_owned()] };
        let piece = |pointer: &str, quote: &str| Evidence {
            pointer: pointer.to_owned(),
            quote: quote.to_owned(),
            end: quote.len(),
            label: "profile".to_owned(),
            derived: Some(derived.clone()),
            ..Evidence::default()
        };
        let mut page = page(60);
        assert_eq!(page.evidence(&[piece("/a", "one"), piece("/b", "two"), piece("/c", "three")], 2), 1);
        assert_eq!(
            page.take(),
            "        profile\n        | one\n        | ^^^\n        | two\n        | ^^^\n        = a.b: true (computed from /a, /b)\n"
        );
    }

    #[test]
    fn a_long_quote_is_wrapped_and_cut() {
        let mut page = page(40);
        page.evidence(&[Evidence { quote: "word ".repeat(60), start: 0, end: 300, ..Evidence::default() }], 1);
        let text = page.take();
        assert_eq!(text.lines().filter(|line| line.contains("word")).count(), 4);
        assert!(text.contains("word …"), "{text}");
    }

    #[test]
    fn moments_are_read_to_the_minute() {
        let read = |text: &str| moment(text.parse().expect("a date"));
        assert_eq!(read("2026-09-18T08:11:30Z"), "2026-09-18 08:11 UTC");
        assert_eq!(read("2026-09-18T08:11:30-03:30"), "2026-09-18 08:11 -03:30");
        assert_eq!(read("2026-09"), "2026-09");
    }
}
