//! The day of a scan, in four bytes: the year, the month and the day, each of the latter 0 where it is not known.

use crate::dossier::Date;

/// A date without its time of day.
pub(super) fn day_of(date: Date) -> Date {
    let known = match (date.month(), date.day()) {
        (Some(month), Some(day)) => Date::from_day(date.year(), month, day),
        (Some(month), None) => Date::from_month(date.year(), month),
        (None, _) => Date::from_year(date.year()),
    };
    // The parts of a date are those of a date.
    known.unwrap_or(date)
}

pub(super) fn to_bytes(date: Date) -> [u8; 4] {
    let [low, high] = date.year().to_le_bytes();
    [low, high, date.month().unwrap_or(0), date.day().unwrap_or(0)]
}

/// The date that four bytes stand for, if there is such a day.
pub(super) fn from_bytes([low, high, month, day]: [u8; 4]) -> Option<Date> {
    let year = i16::from_le_bytes([low, high]);
    match (month, day) {
        (0, 0) => Date::from_year(year),
        (month, 0) => Date::from_month(year, month),
        (month, day) => Date::from_day(year, month, day),
    }
}

/// Whether a day is before another in the calendar; a month or a year is if its last day is before the other's first.
///
/// Zones are left out: whoever keeps days counts them by one calendar.
pub(super) fn is_before(day: Date, other: Date) -> bool {
    let last = (day.year(), day.month().unwrap_or(12), day.day().unwrap_or(31));
    last < (other.year(), other.month().unwrap_or(1), other.day().unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::{day_of, from_bytes, is_before, to_bytes};
    use crate::dossier::Date;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn days_return_from_their_bytes() {
        for text in ["2026", "2026-11", "2026-11-25", "0001-01-01"] {
            assert_eq!(from_bytes(to_bytes(date(text))), Some(date(text)), "{text}");
        }
        assert_eq!(day_of(date("2026-11-25T08:00:00Z")), date("2026-11-25"));
        for bytes in [[0xea, 0x07, 2, 30], [0xea, 0x07, 13, 0], [0xea, 0x07, 0, 1], [0xff, 0x7f, 1, 1]] {
            assert_eq!(from_bytes(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn what_may_be_later_is_not_before() {
        for (day, other) in [("2026-10-31", "2026-11-01"), ("2026-10", "2026-11"), ("2025", "2026-01-01")] {
            assert!(is_before(date(day), date(other)), "{day} {other}");
        }
        for (day, other) in [("2026-11-01", "2026-11-01"), ("2026-11", "2026-11-15"), ("2026-11-05", "2026-11")] {
            assert!(!is_before(date(day), date(other)), "{day} {other}");
        }
    }
}
