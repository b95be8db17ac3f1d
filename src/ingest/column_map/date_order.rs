//! In which order a table writes day and month, and its dates read by that.

use crate::dossier::Date;
use crate::ingest::dates;

/// How `03/04/2025` is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// Nobody said: such a date is read only where one of both cannot be a month.
    #[default]
    Unknown,
    /// The 3rd of April.
    DayFirst,
    /// March the 4th.
    MonthFirst,
}

impl DateOrder {
    /// The order of a map's word.
    pub(crate) fn by_name(word: &str) -> Option<Self> {
        match word {
            "day-first" => Some(Self::DayFirst),
            "month-first" => Some(Self::MonthFirst),
            _ => None,
        }
    }

    /// The order that a cell shows, because one of its numbers can be no month.
    pub(crate) fn shown_by(cell: &str) -> Option<Self> {
        let (parts, '/' | '-', _) = numeric(cell.trim())? else { return None };
        let [first, second, year] = parts[..] else { return None };
        // Where the year stands first, nobody writes the day second.
        if first.len() > 2 || !matches!(year.len(), 2 | 4) {
            return None;
        }
        match (first.parse::<u8>().ok()? > 12, second.parse::<u8>().ok()? > 12) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }

    /// A date; `None` if it is none, or if day and month cannot be told apart.
    pub(crate) fn date(self, cell: &str) -> Option<Date> {
        let cell = cell.trim();
        if cell.len() > 64 {
            return None;
        }
        if cell.contains(['年', '년']) {
            let text: String = cell.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
            let parts: Vec<&str> = text.split_whitespace().collect();
            return from_parts(self.numbers(&parts, '-')?);
        }
        let Some((parts, separator, rest)) = numeric(cell) else {
            // A slash among words is in no order that is known.
            return if day_of(cell).0.contains('/') { None } else { dates::parse(cell) };
        };
        let numbers @ [year, month, day] = self.numbers(&parts, separator)?;
        if rest.is_empty() {
            return from_parts(numbers);
        }
        dates::parse(&format!("{year:04}-{month:02}-{day:02}T{rest}"))
            .or_else(|| dates::parse(&format!("{year:04}/{month:02}/{day:02} {rest}")))
            .or_else(|| dates::parse(&format!("{month}/{day}/{year:04}, {rest}")))
    }

    /// Year, month and day (0 where there is none).
    fn numbers(self, parts: &[&str], separator: char) -> Option<[i16; 3]> {
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
                let day_first = match self {
                    _ if separator == '.' || (a > 12 && b <= 12) => true,
                    _ if b > 12 || a == b => false,
                    Self::DayFirst => true,
                    Self::MonthFirst => false,
                    Self::Unknown => return None,
                };
                Some(if day_first { [year, b, a] } else { [year, a, b] })
            }
            _ => None,
        }
    }
}

/// The day of a cell, and the time after it.
fn day_of(cell: &str) -> (&str, &str) {
    match cell.find([' ', ',', 'T']) {
        Some(at) if cell.starts_with(|c: char| c.is_ascii_digit()) => cell.split_at(at),
        _ => (cell, ""),
    }
}

/// The numbers of a day that is written in numbers, what stands between them, and the time after it.
fn numeric(cell: &str) -> Option<(Vec<&str>, char, &str)> {
    let (day, rest) = day_of(cell);
    let separator = day.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = day.split(separator).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (parts.len() > 1 && parts.iter().all(is_number))
        .then(|| (parts, separator, rest.trim_start_matches([' ', ',', 'T']).trim()))
}

fn from_parts([year, month, day]: [i16; 3]) -> Option<Date> {
    match (u8::try_from(month).ok()?, u8::try_from(day).ok()?) {
        (0, _) => Date::from_year(year),
        (month, 0) => Date::from_month(year, month),
        (month, day) => Date::from_day(year, month, day),
    }
}

#[cfg(test)]
mod tests {
    use super::DateOrder;

    fn read(cell: &str, order: DateOrder) -> Option<String> {
        order.date(cell).map(|date| date.to_string())
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
    fn a_number_that_is_no_month_shows_the_order() {
        for (cell, expected) in [
            ("14/03/2026 10:11", Some(DateOrder::DayFirst)),
            ("3-14-26", Some(DateOrder::MonthFirst)),
            ("03/04/2026", None),
            ("2026-03-14T10:11:12Z", None),
            ("14.03.2026", None),
            ("31/31/2026", None),
            ("soon", None),
        ] {
            assert_eq!(DateOrder::shown_by(cell), expected, "{cell}");
        }
    }
}
