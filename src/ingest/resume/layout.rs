//! Lines out of glyphs: what stands side by side is a line, in the order in which the page draws it.
//!
//! The order is not made up: a page that goes back up, or whose lines have two sides, says so, and is then only text.

/// How far beside its line, in sizes of the letter, a glyph may stand.
const SAME_LINE: f64 = 0.6;
/// How far apart, in sizes of the letter, two words stand, and two columns.
const WORD: f64 = 0.17;
const COLUMN: f64 = 2.5;
/// Lines of a page before which it may go back up: a page's foot is sometimes drawn first.
const FIRST_LINES: usize = 3;
/// Lines with two sides of words that make a document one of columns.
const SIDES: usize = 4;

/// A character or ligature and where it stands; y grows downwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'t> {
    pub(super) text: &'t str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
}

/// The glyph before.
#[derive(Debug, Clone, Copy)]
struct Last {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
}

/// The lines of a document.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    line: String,
    last: Option<Last>,
    on_page: usize,
    jumps: usize,
    sided: usize,
}

impl Lines {
    /// Begins a page.
    pub(super) fn page(&mut self) {
        self.end_line();
        self.on_page = 0;
        self.last = None;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Takes a glyph in.
    pub(super) fn push(&mut self, glyph: Placed<'_>) {
        let size = glyph.size.max(0.1);
        if let Some(last) = self.last {
            let high = size.max(last.size);
            let (down, gap) = (glyph.y - last.y, glyph.x - last.end);
            if down.abs() > SAME_LINE * high {
                self.jumps += usize::from(down < -1.5 * high && self.on_page >= FIRST_LINES);
                self.end_line();
                if down > 2.2 * high && !self.text.is_empty() {
                    self.text.push('\n');
                }
            } else if (glyph.x - last.x).abs() < 0.1 * size && self.line.ends_with(glyph.text) {
                // Drawn twice to look bold.
                return;
            } else if gap < -size && !glyph.text.chars().any(is_right_to_left) {
                self.end_line();
            } else if gap > COLUMN * size {
                self.gap('\t');
            } else if gap > WORD * size {
                self.gap(' ');
            }
        }
        let shown = glyph.text.chars().filter(|c| !c.is_control());
        self.line.extend(shown.map(|c| if c == '\u{a0}' { ' ' } else { c }));
        self.last = Some(Last { x: glyph.x, end: glyph.x + glyph.width, y: glyph.y, size });
    }

    fn gap(&mut self, gap: char) {
        if gap == '\t' {
            self.line.truncate(self.line.trim_end().len());
        }
        if !self.line.is_empty() && !self.line.ends_with(char::is_whitespace) {
            self.line.push(gap);
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            self.on_page += 1;
            self.sided += usize::from(has_sides(line));
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.line.len()
    }

    /// The text, and whether its order may be another than that of reading.
    pub(super) fn finish(mut self) -> (String, bool) {
        self.end_line();
        (self.text, self.jumps > 0 || self.sided >= SIDES)
    }
}

/// Whether a line has words on both sides of a gap, and no number, which a date beside a title has.
fn has_sides(line: &str) -> bool {
    let words = |side: &str| side.split_whitespace().count() > 1;
    line.split_once('\t').is_some_and(|(left, right)| words(left) && words(right))
        && !line.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a letter is Hebrew or Arabic, of which a line may be drawn from its end.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::{Lines, Placed};

    fn drawn(words: &[(f64, f64, &str)]) -> (String, bool) {
        let mut lines = Lines::default();
        lines.page();
        for (x, y, text) in words {
            let width = 5.0 * text.chars().count() as f64;
            lines.push(Placed { text, x: *x, y: *y, width, size: 10.0 });
        }
        lines.finish()
    }

    #[test]
    fn words_lines_and_paragraphs_are_kept_apart() {
        let words = [
            (0.0, 0.0, "An"),
            (10.0, 0.0, "a"),
            (18.0, 0.0, "B."),
            (0.0, 12.0, "x"),
            (90.0, 12.0, "2019"),
            (0.0, 60.0, "y"),
        ];
        assert_eq!(drawn(&words), ("Ana B.\nx\t2019\n\ny\n".to_owned(), false));
        assert_eq!(drawn(&[(0.0, 0.0, "A"), (0.2, 0.0, "A"), (5.0, 0.0, "n")]).0, "An\n");
    }

    #[test]
    fn columns_are_noticed() {
        let down = |x: f64| (0..5).map(move |n| (x, f64::from(n) * 12.0, "word"));
        let columns: Vec<_> = down(0.0).chain(down(300.0)).collect();
        assert!(drawn(&columns).1);
        let rows: Vec<_> = (0..5)
            .flat_map(|n| [(0.0, f64::from(n) * 12.0, "two words"), (300.0, f64::from(n) * 12.0, "two more")])
            .collect();
        assert!(drawn(&rows).1);
    }
}
