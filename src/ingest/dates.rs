//! The shapes in which exports write dates. A zone is taken only where it is stated, a day only where it is given.

use crate::dossier::{Date, Zone};

/// Reads a date in any shape that was seen in an export; `None` for anything else, and for a day without a year.
///
/// | shape | as in |
/// |---|---|
/// | `2024-03-11 05:12:33 UTC`, `2023/01/24 14:50:00 UTC` | messages, endorsements, 2018 logins |
/// | `2024-01-02 03:04:05`, `2019-11-06T02:08:20` | shares, messages of 2019 |
/// | `Mon Mar 11 05:12:33 UTC 2024` | logins since 2024 |
/// | `3/10/24, 4:05 AM` (month first) | invitations, messages of 2018 |
/// | `10 Mar 2024`, `7-Feb-22`, `Mar 4, 1990` | connections, after a spreadsheet, profiles |
/// | `Mar 2023`, `2023` | positions, education |
/// | RFC 3339 and its prefixes | everything modern |
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        // 3/10/24, 4:05 AM
        [day, time, half] if day.contains('/') && is_half(half) => {
            let (year, month, day) = slashes_month_first(day)?;
            with_time(year, month, day, time_of_day(time, Some(half))?, Zone::Unknown)
        }
        // Mon Mar 11 05:12:33 UTC 2024
        [_, month, day, time, zone, year] => {
            let zone = zone_of(zone)?;
            with_time(number(year)?, month_of(month)?, number(day)?, time_of_day(time, None)?, zone)
        }
        // 2024-03-11 05:12:33 UTC | 2023/01/24 14:50:00 UTC
        [day, time, zone] if time.contains(':') => {
            let (year, month, day) = year_first(day)?;
            with_time(year, month, day, time_of_day(time, None)?, zone_of(zone)?)
        }
        // 2023/01/24 14:50:00
        [day, time] if time.contains(':') => {
            let (year, month, day) = year_first(day).or_else(|| slashes_month_first(day))?;
            with_time(year, month, day, time_of_day(time, None)?, Zone::Unknown)
        }
        // Mar 4, 1990 | 10 Mar 2024
        [first, second, year] => match month_of(first) {
            Some(month) => Date::from_day(number(year)?, month, number(second)?),
            None => Date::from_day(number(year)?, month_of(second)?, number(first)?),
        },
        // Mar 2023
        [month, year] if year.len() == 4 => Date::from_month(number(year)?, month_of(month)?),
        [one] if one.contains('/') => {
            let (year, month, day) = year_first(one).or_else(|| slashes_month_first(one))?;
            Date::from_day(year, month, day)
        }
        // 7-Feb-22 | Feb-22
        [one] => {
            let mut parts = one.split('-');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            Date::from_day(full_year(year)?, month_of(month)?, number(day)?)
        }
        _ => None,
    }
}

fn with_time(year: i16, month: u8, day: u8, second: u32, zone: Zone) -> Option<Date> {
    Date::from_second(year, month, day, second, zone)
}

/// `2023/01/24` or `2023-01-24`.
fn year_first(text: &str) -> Option<(i16, u8, u8)> {
    let mut parts = text.split(['/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4 && parts.next().is_none()).then_some((number(year)?, number(month)?, number(day)?))
}

/// `3/10/24`: the month comes first in every export that was seen.
fn slashes_month_first(text: &str) -> Option<(i16, u8, u8)> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some((full_year(year)?, number(month)?, number(day)?))
}

/// Seconds since midnight of `05:12:33`, `4:05`, or `4:05` with AM or PM.
fn time_of_day(text: &str, half: Option<&str>) -> Option<u32> {
    let mut parts = text.split(':');
    let hour: u32 = number(parts.next()?)?;
    let minute: u32 = number(parts.next()?)?;
    let second: u32 = parts.next().map_or(Some(0), number)?;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + if half.starts_with(['P', 'p']) { 12 } else { 0 },
    };
    (hour < 24 && minute < 60 && second < 61 && parts.next().is_none())
        .then(|| hour * 3_600 + minute * 60 + second.min(59))
}

fn is_half(text: &str) -> bool {
    text.eq_ignore_ascii_case("AM") || text.eq_ignore_ascii_case("PM")
}

fn zone_of(text: &str) -> Option<Zone> {
    matches!(text, "UTC" | "GMT" | "Z").then_some(Zone::Offset(0))
}

/// A month by its English name or the first three letters of it, which is all that exports use.
pub(crate) fn month_of(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let index = MONTHS.iter().position(|month| month.starts_with(&lower))?;
    u8::try_from(index + 1).ok()
}

/// `24` is 2024 and `85` is 1985; four digits are what they say.
fn full_year(text: &str) -> Option<i16> {
    let year: i16 = number(text)?;
    match text.len() {
        4 => Some(year),
        2 if year < 70 => Some(2_000 + year),
        2 => Some(1_900 + year),
        _ => None,
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_shape_of_the_exports_is_read() {
        for (text, expected) in [
            ("2024-03-11 05:12:33 UTC", "2024-03-11T05:12:33Z"),
            ("2024-01-02 03:04:05", "2024-01-02T03:04:05"),
            ("2019-11-06T02:08:20", "2019-11-06T02:08:20"),
            ("2023/01/24 14:50:00 UTC", "2023-01-24T14:50:00Z"),
            ("Mon Mar 11 05:12:33 UTC 2024", "2024-03-11T05:12:33Z"),
            ("3/10/24, 4:05 AM", "2024-03-10T04:05:00"),
            ("12/31/18, 12:00\u{202f}PM", "2018-12-31T12:00:00"),
            ("1/1/18, 12:30 AM", "2018-01-01T00:30:00"),
            ("10 Mar 2024", "2024-03-10"),
            ("7-Feb-22", "2022-02-07"),
            ("Mar 4, 1990", "1990-03-04"),
            ("Mar 2023", "2023-03"),
            ("September 2023", "2023-09"),
            ("2023", "2023"),
            ("2026-08-20T01:02:03.5+09:00", "2026-08-20T01:02:03.5+09:00"),
        ] {
            assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_stays_unknown() {
        for text in ["", "Mar 9", "13/40/24, 4:05 AM", "3/10/24, 14:05 AM", "soon", "2024-03-11 05:12:33 PST", "////"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
