//! The time of a run as formats want it that know instants only.

use crate::dossier::{Date, Zone};

/// Seconds since 1970-01-01T00:00:00Z: what is not known of a date is taken for its beginning, an unknown zone for UTC.
pub(super) fn instant(date: Date) -> i64 {
    let first = Date::from_day(date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1));
    let days = i64::from(first.and_then(Date::day_number).unwrap_or_default());
    let seconds = date.time().map_or(0, |time| {
        let east = match time.zone {
            Zone::Offset(minutes) => i64::from(minutes) * 60,
            Zone::Unknown => 0,
        };
        i64::from(time.second) - east
    });
    days * 86_400 + seconds
}

/// The same as RFC 3339 has it, in UTC: `2026-11-25T12:00:00Z`.
pub(super) fn rfc3339(date: Date) -> String {
    // What is outside of the years −9999 to 9999 is no date.
    Date::from_timestamp(instant(date)).unwrap_or(date).to_string()
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn a_date_becomes_the_instant_at_which_it_begins() {
        for (date, instant) in [
            ("2026-11-25T12:00:00+02:00", "2026-11-25T10:00:00Z"),
            ("2026-11-25T12:00:00", "2026-11-25T12:00:00Z"),
            ("2026-11-25", "2026-11-25T00:00:00Z"),
            ("2026-11", "2026-11-01T00:00:00Z"),
            ("2026", "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(date.parse().expect("a date")), instant);
        }
    }
}
