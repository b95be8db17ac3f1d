//! How a line begins that begins a message: a date and a time in one of the layouts of the phone's language.
//!
//! | layout | |
//! |---|---|
//! | `3/6/18, 1:55 p.m. - a: m`, `03-06-2018, 01.55 PM - a: m`, `13.6.2018 klo 21.25.15 - a: m` | Android |
//! | `[06.13.18 21:25:15] a: m`, `[2018/06/13, 21:25:15] a: m`, `[3/6/18 1:55:00 p. m.] a: m` | iOS |
//! | `13.06.18 21.25.15: a: m`, `13. 6. 2018. 21:25:15 a: m` | older |

use super::words::{is_afternoon, is_mark};

/// How the lines of one export are laid out. All of them are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    brackets: bool,
    /// What stands between day, month and year.
    pub(super) separator: char,
    /// What stands after the time.
    after: Option<char>,
}

/// A line's date and time as written, and what follows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head<'a> {
    pub(super) layout: Layout,
    /// The date's numbers with how many digits each has.
    pub(super) numbers: [(u16, usize); 3],
    /// Seconds since midnight.
    pub(super) second: u32,
    /// Words before the time that do not tell the half of the day.
    pub(super) word: &'a str,
    pub(super) rest: &'a str,
}

/// The head of a line; `None` for one that goes on with the message before.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let line = line.trim_start_matches(is_mark);
    let (brackets, line) = line.strip_prefix('[').map_or((false, line), |rest| (true, rest));
    let (first, line) = number(line, 4)?;
    let separator = line.chars().next().filter(|c| "/.-".contains(*c))?;
    let (second, line) = number(after_separator(line, separator)?, 4)?;
    let (third, line) = number(after_separator(line, separator)?, 4)?;
    let line = line.strip_prefix([',', '.']).unwrap_or(line);
    let start = line.trim_start_matches(is_blank);
    if start.len() == line.len() {
        return None;
    }
    let (before, line) = start.split_at(start.find(|c: char| c.is_ascii_digit()).filter(|at| *at <= 24)?);
    let (hour, line) = number(line, 2)?;
    let (minute, mut line) = number(line.strip_prefix([':', '.'])?, 2)?;
    let mut seconds = 0;
    if let Some((value, rest)) = line.strip_prefix([':', '.']).and_then(|rest| number(rest, 2)) {
        (seconds, line) = (value.0, rest);
    }
    let (after, line) = half(line);
    let afternoon = after.or_else(|| is_afternoon(before));
    let word = if is_afternoon(before).is_some() { "" } else { before.trim_matches(is_blank) };
    let (after, rest) = end(line, brackets)?;
    Some(Head {
        layout: Layout { brackets, separator, after },
        numbers: [first, second, third],
        second: second_of_day(hour.0, minute.0, seconds, afternoon)?,
        word,
        rest,
    })
}

/// What follows the time and what closes it.
fn end(line: &str, brackets: bool) -> Option<(Option<char>, &str)> {
    let line = line.trim_end_matches(['\r', '\n']);
    if brackets {
        return Some((None, line.trim_start_matches(is_blank).strip_prefix(']')?.trim_start_matches(is_blank)));
    }
    let blank = line.trim_start_matches(is_blank);
    if let Some(rest) = blank.strip_prefix('-').filter(|_| blank.len() < line.len()) {
        return Some((Some('-'), rest.trim_start_matches(is_blank)));
    }
    if let Some(rest) = line.strip_prefix(':') {
        return rest.starts_with(is_blank).then(|| (Some(':'), rest.trim_start_matches(is_blank)));
    }
    (blank.len() < line.len() && !blank.is_empty()).then_some((None, blank))
}

/// The half of the day after a time, and what follows it.
fn half(line: &str) -> (Option<bool>, &str) {
    let blank = line.trim_start_matches(is_blank);
    let ends = blank.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).take(10);
    // What closes the time, a dash or a colon, is no part of the word.
    let ends = ends.filter(|(_, c)| c.is_alphanumeric() || *c == '.');
    let found = ends.filter(|(at, _)| !blank[*at..].starts_with(char::is_alphanumeric));
    let found = found.filter_map(|(at, _)| Some((is_afternoon(&blank[..at])?, at))).last();
    found.map_or((None, line), |(afternoon, at)| (Some(afternoon), &blank[at..]))
}

fn second_of_day(hour: u16, minute: u16, second: u16, afternoon: Option<bool>) -> Option<u32> {
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    let is_time = hour < 24 && minute < 60 && second < 61;
    is_time.then(|| u32::from(hour) * 3_600 + u32::from(minute) * 60 + u32::from(second.min(59)))
}

fn after_separator(line: &str, separator: char) -> Option<&str> {
    let rest = line.strip_prefix(separator)?;
    Some(rest.strip_prefix(is_blank).unwrap_or(rest))
}

/// A number of at most so many digits, with how many it has.
fn number(line: &str, most: usize) -> Option<((u16, usize), &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > most {
        return None;
    }
    Some(((line[..digits].parse().ok()?, digits), &line[digits..]))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn every_layout_is_told() {
        for (line, numbers, second) in [
            ("3/6/18, 1:55 p.m. - a: m", [3, 6, 18], 50_100),
            ("03-06-2018, 01.55 PM - a: m", [3, 6, 2018], 50_100),
            ("13.06.18 21.25.15: a: m", [13, 6, 18], 77_115),
            ("[06.13.18 21:25:15] a: m", [6, 13, 18], 77_115),
            ("13.6.2018 klo 21.25.15 - a: m", [13, 6, 2018], 77_115),
            ("13. 6. 2018. 21:25:15 a: m", [13, 6, 2018], 77_115),
            ("[3/6/18 1:55:00 p. m.] a: m", [3, 6, 18], 50_100),
            ("\u{200e}[3/6/18 1:55:00 p. m.] a: m", [3, 6, 18], 50_100),
            ("[2018/06/13, 21:25:15] a: m", [2018, 6, 13], 77_115),
            ("[06/2018/13, 21:25:15] a: m", [6, 2018, 13], 77_115),
            ("3/6/2018 1:55 p.\u{a0}m. - a: m", [3, 6, 2018], 50_100),
            ("3/6/18, 1:55\u{202f}PM - a: m", [3, 6, 18], 50_100),
            ("2018. 6. 13. 오후 9:25 - a: m", [2018, 6, 13], 77_100),
            ("3/6/18, 12:05 AM - a: m", [3, 6, 18], 300),
        ] {
            let head = head(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(head.numbers.map(|(number, _)| number), numbers, "{line}");
            assert_eq!((head.second, head.rest), (second, "a: m"), "{line}");
        }
    }

    #[test]
    fn what_goes_on_with_a_message_has_no_head() {
        for line in [
            "",
            "two",
            "2016-04-29 10:30:00",
            "12/24",
            "1.2.3 are versions",
            "3/6/18, 25:00 - a: m",
            "3/6/18, 13:00 PM - a: m",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }
}
