//! Dates as sources give them: a year, a month, a day or a second, with or without a zone.
//!
//! A date is an interval, never its first day; arithmetic answers with bounds, so that a rule
//! can ask what is certain. The many shapes in which exports write dates are the adapters' business.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

const DAY: i64 = 86_400;
/// Zones in use reach from UTC−12 to UTC+14.
const ZONE_BEHIND: i64 = 12 * 3_600;
const ZONE_AHEAD: i64 = 14 * 3_600;

/// A date of known precision, with a zone that is known or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
    time: Option<TimeOfDay>,
}

/// A time of day, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Seconds since midnight, 0 to 86,399.
    pub second: u32,
    /// Nanoseconds of the second.
    pub nanosecond: u32,
    /// The zone.
    pub zone: Zone,
}

/// The zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The source did not say.
    Unknown,
    /// Minutes east of UTC.
    Offset(i16),
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the second or better.
    Second,
}

/// Why a string is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "could not read the date {found:?} (expected YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339 such as 2026-09-14T08:02:00Z)"
)]
pub struct DateError {
    /// What was found.
    pub found: String,
}

/// The instants that a date may stand for: seconds since 1970-01-01T00:00:00Z, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first instant it may be.
    pub earliest: i64,
    /// The last instant it may be.
    pub latest: i64,
}

impl Date {
    /// A date known to the year; `None` outside −9999 to 9999.
    pub fn from_year(year: i16) -> Option<Self> {
        (-9999..=9999).contains(&year).then_some(Self { year, month: 0, day: 0, time: None })
    }

    /// A date known to the month; `None` if there is no such month.
    pub fn from_month(year: i16, month: u8) -> Option<Self> {
        Self::from_year(year)?;
        (1..=12).contains(&month).then_some(Self { year, month, day: 0, time: None })
    }

    /// A date known to the day; `None` if there is no such day.
    pub fn from_day(year: i16, month: u8, day: u8) -> Option<Self> {
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { year, month, day, time: None })
    }

    /// A date known to the second; `None` if there is no such day or second.
    pub fn from_second(year: i16, month: u8, day: u8, second_of_day: u32, zone: Zone) -> Option<Self> {
        let date = Self::from_day(year, month, day)?;
        (second_of_day < 86_400)
            .then_some(Self { time: Some(TimeOfDay { second: second_of_day, nanosecond: 0, zone }), ..date })
    }

    /// The instant, in UTC; `None` outside the years −9999 to 9999.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        let civil = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let second = u32::try_from(seconds.rem_euclid(DAY)).ok()?;
        Self::from_second(
            civil.year(),
            u8::try_from(civil.month()).ok()?,
            u8::try_from(civil.day()).ok()?,
            second,
            Zone::Offset(0),
        )
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if it is known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, if it is known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// The time of day, if it is known.
    pub fn time(self) -> Option<TimeOfDay> {
        self.time
    }

    /// Days since 1970-01-01 by the date's own calendar, whatever its zone; `None` unless it is known to the day.
    pub fn day_number(self) -> Option<i32> {
        let number = days_from_civil(i64::from(self.year), self.month()?, self.day()?);
        i32::try_from(number).ok()
    }

    /// How exactly the date is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day, self.time) {
            (0, _, _) => Precision::Year,
            (_, 0, _) => Precision::Month,
            (_, _, None) => Precision::Day,
            (_, _, Some(_)) => Precision::Second,
        }
    }

    /// Whether the zone is known; only a time has one.
    pub fn zone_is_known(self) -> bool {
        matches!(self.time, Some(TimeOfDay { zone: Zone::Offset(_), .. }))
    }

    /// The instants that this date may stand for.
    pub fn interval(self) -> Interval {
        let first = days_from_civil(i64::from(self.year), self.month.max(1), self.day.max(1)) * DAY;
        match (self.precision(), self.time) {
            (_, Some(TimeOfDay { second, zone: Zone::Offset(minutes), .. })) => {
                let instant = first + i64::from(second) - i64::from(minutes) * 60;
                Interval { earliest: instant, latest: instant }
            }
            (_, Some(TimeOfDay { second, zone: Zone::Unknown, .. })) => {
                let instant = first + i64::from(second);
                Interval { earliest: instant - ZONE_AHEAD, latest: instant + ZONE_BEHIND }
            }
            (precision, None) => {
                let next = match precision {
                    Precision::Year => days_from_civil(i64::from(self.year) + 1, 1, 1),
                    Precision::Month if self.month == 12 => days_from_civil(i64::from(self.year) + 1, 1, 1),
                    Precision::Month => days_from_civil(i64::from(self.year), self.month + 1, 1),
                    Precision::Day | Precision::Second => first / DAY + 1,
                };
                Interval { earliest: first - ZONE_AHEAD, latest: next * DAY - 1 + ZONE_BEHIND }
            }
        }
    }

    /// Months since year 0, as the first and the last month that this date may stand for.
    pub fn months(self) -> (i32, i32) {
        let january = i32::from(self.year) * 12;
        match self.month() {
            Some(month) => (january + i32::from(month) - 1, january + i32::from(month) - 1),
            None => (january, january + 11),
        }
    }

    /// The least and the greatest number of whole months from this date to a later one; negative if it is earlier.
    pub fn months_until(self, later: Self) -> (i32, i32) {
        let (first, last) = self.months();
        let (later_first, later_last) = later.months();
        (later_first - last, later_last - first)
    }

    /// The least and the greatest number of days from this date to a later one; negative if it is earlier.
    pub fn days_until(self, later: Self) -> (f64, f64) {
        let (from, to) = (self.interval(), later.interval());
        ((to.earliest - from.latest) as f64 / DAY as f64, (to.latest - from.earliest) as f64 / DAY as f64)
    }

    /// Whether this date is certainly before another.
    pub fn is_before(self, other: Self) -> bool {
        self.interval().latest < other.interval().earliest
    }
}

impl Interval {
    /// The middle of it: a time without a zone is most likely near what it says. For ordering only.
    pub fn middle(self) -> i64 {
        self.earliest + (self.latest - self.earliest) / 2
    }

    /// The least number of seconds for which two spans, each from one date to another, certainly overlap; 0 if none.
    ///
    /// Each span is taken from the latest instant its start may be to the earliest instant its end may be.
    pub fn certain_overlap(first: (Self, Self), second: (Self, Self)) -> i64 {
        let start = first.0.latest.max(second.0.latest);
        let end = first.1.earliest.min(second.1.earliest);
        (end - start).max(0)
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        parse(text.as_bytes()).ok_or_else(|| DateError { found: text.to_owned() })
    }
}

fn parse(text: &[u8]) -> Option<Date> {
    let year = i16::try_from(digits(text.get(..4)?)?).ok()?;
    if text.len() == 4 {
        return Date::from_year(year);
    }
    let month = u8::try_from(digits(text.get(5..7)?)?).ok()?;
    if text[4] != b'-' {
        return None;
    }
    if text.len() == 7 {
        return Date::from_month(year, month);
    }
    let day = u8::try_from(digits(text.get(8..10)?)?).ok()?;
    if text[7] != b'-' {
        return None;
    }
    let date = Date::from_day(year, month, day)?;
    if text.len() == 10 {
        return Some(date);
    }
    if !matches!(text[10], b'T' | b't' | b' ') {
        return None;
    }
    parse_time(text.get(11..)?).map(|time| Date { time: Some(time), ..date })
}

/// `HH:MM[:SS[.fraction]][Z|±HH[:]MM]`.
fn parse_time(text: &[u8]) -> Option<TimeOfDay> {
    let hour = digits(text.get(..2)?)?;
    let minute = digits(text.get(3..5)?)?;
    if text[2] != b':' || hour > 23 || minute > 59 {
        return None;
    }
    let mut rest = &text[5..];
    let mut second = 0;
    let mut nanosecond = 0;
    if let Some(seconds) = rest.strip_prefix(b":") {
        // A leap second is kept as the last second of its minute.
        second = digits(seconds.get(..2)?)?.min(59);
        rest = &seconds[2..];
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if length == 0 {
                return None;
            }
            let padded = fraction[..length].iter().copied().chain(std::iter::repeat(b'0'));
            for digit in padded.take(9) {
                nanosecond = nanosecond * 10 + u32::from(digit - b'0');
            }
            rest = &fraction[length..];
        }
    }
    let zone = match rest {
        [] => Zone::Unknown,
        [b'Z' | b'z'] => Zone::Offset(0),
        [sign @ (b'+' | b'-'), hours @ .., _, _] if hours.len() >= 2 => {
            let minutes = digits(&rest[rest.len() - 2..])?;
            let hours = digits(hours.strip_suffix(b":").unwrap_or(hours))?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            let east = i16::try_from(hours * 60 + minutes).ok()?;
            Zone::Offset(if *sign == b'-' { -east } else { east })
        }
        _ => return None,
    };
    Some(TimeOfDay { second: hour * 3_600 + minute * 60 + second, nanosecond, zone })
}

fn digits(text: &[u8]) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.iter().all(u8::is_ascii_digit))
        .then(|| text.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day() {
            write!(f, "-{day:02}")?;
        }
        let Some(TimeOfDay { second, nanosecond, zone }) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)?;
        if nanosecond > 0 {
            write!(f, ".{}", format!("{nanosecond:09}").trim_end_matches('0'))?;
        }
        match zone {
            Zone::Unknown => Ok(()),
            Zone::Offset(0) => f.write_str("Z"),
            Zone::Offset(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl Visitor<'_> for DateVisitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date as a string: YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(DateVisitor)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339; without a zone the zone is unknown",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?)?)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn every_shape_prints_as_it_was_read() {
        for text in [
            "2026",
            "2026-09",
            "2026-09-14",
            "2026-09-14T08:02:00Z",
            "2026-09-14T08:02:00.25+09:00",
            "2026-09-14T08:02:00",
        ] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_what_was_found() {
        for text in [
            "",
            "26",
            "2026-13",
            "2026-02-30",
            "2026-09-14T25:00:00Z",
            "Sept 2026",
            "2026-09-14T08:02:00+9",
            "2026/09/14",
        ] {
            let error = text.parse::<Date>().expect_err(text);
            assert_eq!(error.found, text);
        }
    }

    #[test]
    fn a_month_is_an_interval() {
        let (least, greatest) = date("2024-01").months_until(date("2026-03"));
        assert_eq!((least, greatest), (26, 26));
        let (least, greatest) = date("2024").months_until(date("2026-03"));
        assert_eq!((least, greatest), (15, 26));
        assert!(date("2024-01").is_before(date("2024-03")));
        assert!(!date("2024").is_before(date("2024-03")));
    }

    #[test]
    fn an_unknown_zone_widens_the_interval() {
        assert!(date("2026-09-14T08:00:00Z").is_before(date("2026-09-14T08:00:01Z")));
        assert!(!date("2026-09-14T08:00:00").is_before(date("2026-09-14T12:00:00Z")));
        assert!(date("2026-09-14T08:00:00+09:00").is_before(date("2026-09-14T08:00:00+02:00")));
    }

    #[test]
    fn only_certain_overlap_counts() {
        let span = |from: &str, to: &str| (date(from).interval(), date(to).interval());
        assert_eq!(Interval::certain_overlap(span("2020", "2021"), span("2020", "2021")), 0);
        let days = Interval::certain_overlap(span("2020-01", "2021-01"), span("2020-06", "2020-12")) / 86_400;
        assert!((150..=153).contains(&days), "{days}");
    }

    #[test]
    fn days_are_numbered_by_their_own_calendar() {
        assert_eq!(date("1970-01-02").day_number(), Some(1));
        assert_eq!(date("2024-03-01T23:00:00-10:00").day_number(), date("2024-02-29").day_number().map(|day| day + 1));
        assert_eq!(date("2024-03").day_number(), None);
    }

    #[test]
    fn timestamps_round_trip() {
        let now = Date::from_timestamp(1_795_000_000).expect("in range");
        assert_eq!(now.interval().earliest, 1_795_000_000);
    }
}
