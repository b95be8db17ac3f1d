//! Cells as people fill them: several values in one, dates in the order of their country, links with or without a scheme.
//!
//! What cannot be taken apart is left to the caller as it is, never guessed.

use crate::dossier::Date;
use crate::ingest::column_map::DateOrder;
use crate::ingest::dates;

/// The values of a cell, and whether they are all of it.
pub(super) struct Values<'c> {
    pub(super) found: Vec<&'c str>,
    /// Nothing but separators is left over.
    pub(super) complete: bool,
}

fn is_separator(c: char) -> bool {
    matches!(c, ';' | '|' | '\n' | '\r' | '\t' | '；' | '、' | '，')
}

/// Mail addresses, separated by anything.
pub(super) fn mails(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| c.is_whitespace() || is_separator(c) || matches!(c, ',' | '/'));
    chosen(parts, |part| {
        let part = part.strip_prefix("mailto:").unwrap_or(part);
        let part = part.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | '[' | ']'));
        let (local, host) = part.rsplit_once('@')?;
        (!local.is_empty() && host.contains('.')).then_some(part)
    })
}

/// Phone numbers, separated by commas, semicolons, bars, lines or a slash between spaces.
pub(super) fn phones(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| is_separator(c) || c == ',').flat_map(|part| part.split(" / "));
    chosen(parts, |part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        (5..=20).contains(&digits).then_some(part)
    })
}

/// Web addresses and handles, separated by white space, commas, semicolons or bars.
pub(super) fn links(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| c.is_whitespace() || is_separator(c)).map(|part| part.trim_end_matches(','));
    chosen(parts, |part| part.contains('.').then_some(part))
}

/// Handles or addresses of accounts.
pub(super) fn handles(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| is_separator(c) || c == ',');
    chosen(parts, |part| {
        let part = part.strip_prefix('@').unwrap_or(part);
        (!part.contains(char::is_whitespace) && part.chars().any(char::is_alphanumeric)).then_some(part)
    })
}

/// Words of a list, separated by commas, semicolons, bars, bullets or lines.
pub(super) fn words(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(|c: char| is_separator(c) || matches!(c, ',' | '•' | '·'));
    parts.map(|part| part.trim().trim_start_matches(['-', '*']).trim()).filter(|part| !part.is_empty())
}

fn chosen<'c>(parts: impl Iterator<Item = &'c str>, choose: impl Fn(&'c str) -> Option<&'c str>) -> Values<'c> {
    let mut values = Values { found: Vec::new(), complete: true };
    for part in parts.map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)) {
        match choose(part) {
            Some(value) if values.found.contains(&value) => {}
            Some(value) => values.found.push(value),
            None => values.complete = false,
        }
    }
    values
}

/// A date; `None` if it is none, or if day and month cannot be told apart.
pub(super) fn date(cell: &str, order: DateOrder) -> Option<Date> {
    let cell = cell.trim();
    if cell.len() > 64 {
        return None;
    }
    if cell.contains(['年', '년']) {
        let text: String = cell.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
        let parts: Vec<&str> = text.split_whitespace().collect();
        return from_parts(numbers(&parts, '-', order)?);
    }
    let (day, rest) = match cell.find([' ', ',', 'T']) {
        Some(at) if cell.starts_with(|c: char| c.is_ascii_digit()) => cell.split_at(at),
        _ => (cell, ""),
    };
    let separator = day.chars().find(|c| matches!(c, '/' | '.' | '-'));
    let parts: Vec<&str> = separator.map(|separator| day.split(separator).collect()).unwrap_or_default();
    let is_numeric =
        parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let (true, Some(separator)) = (is_numeric, separator) else {
        // A slash among words is in no order that is known.
        return if day.contains('/') { None } else { dates::parse(cell) };
    };
    let numbers @ [year, month, day] = numbers(&parts, separator, order)?;
    let rest = rest.trim_start_matches([' ', ',', 'T']).trim();
    if rest.is_empty() {
        return from_parts(numbers);
    }
    dates::parse(&format!("{year:04}-{month:02}-{day:02}T{rest}"))
        .or_else(|| dates::parse(&format!("{year:04}/{month:02}/{day:02} {rest}")))
        .or_else(|| dates::parse(&format!("{month}/{day}/{year:04}, {rest}")))
}

fn from_parts([year, month, day]: [i16; 3]) -> Option<Date> {
    match (u8::try_from(month).ok()?, u8::try_from(day).ok()?) {
        (0, _) => Date::from_year(year),
        (month, 0) => Date::from_month(year, month),
        (month, day) => Date::from_day(year, month, day),
    }
}

/// Year, month and day (0 where there is none).
fn numbers(parts: &[&str], separator: char, order: DateOrder) -> Option<[i16; 3]> {
    let number = |part: &str| part.parse::<i16>().ok();
    let of_year = |part: &str| match part.len() {
        4 => number(part),
        // As spreadsheets take them: 00 to 29 are of this century.
        2 => number(part).map(|short| if short < 30 { 2000 + short } else { 1900 + short }),
        _ => None,
    };
    match parts {
        [year] if year.len() == 4 => Some([number(year)?, 0, 0]),
        [year, month] if year.len() == 4 => Some([number(year)?, number(month)?, 0]),
        [month, year] if year.len() == 4 => Some([number(year)?, number(month)?, 0]),
        [year, month, day] if year.len() == 4 => Some([number(year)?, number(month)?, number(day)?]),
        [first, second, year] => {
            let (a, b) = (number(first)?, number(second)?);
            let year = of_year(year)?;
            // Dots stand between day, month and year in that order wherever they are used.
            let day_first = match order {
                _ if separator == '.' || (a > 12 && b <= 12) => true,
                _ if b > 12 || a == b => false,
                DateOrder::DayFirst => true,
                DateOrder::MonthFirst => false,
                DateOrder::Unknown => return None,
            };
            Some(if day_first { [year, b, a] } else { [year, a, b] })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, order: DateOrder) -> Option<String> {
        date(cell, order).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_where_their_order_is_certain() {
        for (cell, expected) in [
            ("2025-03-04", Some("2025-03-04")),
            ("2025/3/4", Some("2025-03-04")),
            ("04.03.2025", Some("2025-03-04")),
            ("4.3.25", Some("2025-03-04")),
            ("25/12/2024", Some("2024-12-25")),
            ("12/25/2024", Some("2024-12-25")),
            ("3/3/2024", Some("2024-03-03")),
            ("03/04/2025", None),
            ("03-04-2025", None),
            ("03/2025", Some("2025-03")),
            ("2025", Some("2025")),
            ("Mar 2025", Some("2025-03")),
            ("2025年3月4日", Some("2025-03-04")),
            ("2025년 3월", Some("2025-03")),
            ("2025-03-04 17:05", Some("2025-03-04T17:05:00")),
            ("25.12.2024 09:30:10", Some("2024-12-25T09:30:10")),
            ("12/25/2024, 4:05 PM", Some("2024-12-25T16:05:00")),
            ("2025-03-04T17:05:00Z", Some("2025-03-04T17:05:00Z")),
            ("31/31/2024", None),
            ("99999-1-1", None),
            ("soon", None),
        ] {
            assert_eq!(read(cell, DateOrder::Unknown).as_deref(), expected, "{cell}");
        }
        assert_eq!(read("03/04/2025", DateOrder::DayFirst).as_deref(), Some("2025-04-03"));
        assert_eq!(read("03/04/2025", DateOrder::MonthFirst).as_deref(), Some("2025-03-04"));
    }

    #[test]
    fn a_cell_holds_several_values_and_tells_what_is_left() {
        let mails_of = |cell| mails(cell).found;
        assert_eq!(
            mails_of("a@x.example; b@y.example\nmailto:c@z.example"),
            ["a@x.example", "b@y.example", "c@z.example"]
        );
        let named = mails("Ana Example <ana@x.example>");
        assert_eq!((named.found, named.complete), (vec!["ana@x.example"], false));
        assert_eq!(phones("+44 20 7946 0001 / 030/1234567, -").found, ["+44 20 7946 0001", "030/1234567"]);
        assert!(!phones("ask").complete);
        assert_eq!(links("https://a.example/x, www.b.example").found, ["https://a.example/x", "www.b.example"]);
        assert_eq!(handles("@ana_example").found, ["ana_example"]);
        assert_eq!(words("Rust, Go;\n- SQL • C++").collect::<Vec<_>>(), ["Rust", "Go", "SQL", "C++"]);
    }
}
