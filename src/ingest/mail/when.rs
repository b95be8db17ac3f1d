//! The dates of mails. The zone is taken as it is stated; one that is not stated stays unknown.

use crate::dossier::{Date, Zone};
use crate::ingest::dates;

/// Zones that RFC 822 names, in hours from UTC; of other names many mean several zones.
const ZONES: [(&str, i16); 12] = [
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// The date of a `Date` field: RFC 5322 and 822, asctime, and whatever other exports write.
pub(super) fn parse(raw: &str) -> Option<Date> {
    let text = without_comments(raw.get(..200).unwrap_or(raw));
    if let Some(date) = dates::parse(&text) {
        return Some(date);
    }
    let (mut day, mut month, mut year, mut second, mut zone) = (None, None, None, None, Zone::Unknown);
    for word in text.split(|c: char| c.is_whitespace() || c == ',').flat_map(parts) {
        if word.contains(':') {
            second = Some(second_of_day(word)?);
        } else if let Some(offset) = numeric_zone(word) {
            zone = offset;
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: i16 = word.parse().ok()?;
            match (day, year) {
                (None, _) if word.len() <= 2 => day = Some(u8::try_from(number).ok()?),
                (_, None) => year = Some(full_year(word.len(), number)?),
                _ => return None,
            }
        } else if let Some(found) = dates::month_of(word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some((_, hours)) = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
            zone = Zone::Offset(hours * 60);
        } else if second.is_some() && word.eq_ignore_ascii_case("PM") {
            second = second.map(|second| if second < 43_200 { second + 43_200 } else { second });
        } else if second.is_some() && word.eq_ignore_ascii_case("AM") {
            second = second.map(|second| if second >= 43_200 { second - 43_200 } else { second });
        }
    }
    match second {
        Some(second) => Date::from_second(year?, month?, day?, second, zone),
        None => Date::from_day(year?, month?, day?),
    }
}

/// `07-Apr-2026` is three words; a zone keeps its sign.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let is_joined = word.contains('-') && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let cut = move |c: char| is_joined && c == '-';
    word.split(cut).filter(|part| !part.is_empty())
}

/// Two digits are of 1950 to 2049, three count from 1900 (RFC 5322, 4.3).
fn full_year(digits: usize, number: i16) -> Option<i16> {
    match digits {
        4 => Some(number),
        2 if number < 50 => Some(2000 + number),
        2 | 3 => Some(1900 + number),
        _ => None,
    }
}

fn second_of_day(word: &str) -> Option<u32> {
    let mut parts = word.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: u32 = match parts.next() {
        Some(second) => second.split('.').next()?.parse().ok()?,
        None => 0,
    };
    (hour < 24 && minute < 60 && second < 61).then(|| hour * 3_600 + minute * 60 + second.min(59))
}

/// `+0900`, `-05:30` without its colon; `-0000` is a time in UTC.
fn numeric_zone(word: &str) -> Option<Zone> {
    let (sign, digits) = match word.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    Some(if hours <= 14 && minutes < 60 { Zone::Offset(sign * (hours * 60 + minutes)) } else { Zone::Unknown })
}

fn without_comments(raw: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(raw.len());
    for character in raw.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_shape_of_a_mail_s_date_is_read_and_its_zone_kept() {
        for (raw, expected) in [
            ("Tue, 7 Apr 2026 10:20:30 +0900", "2026-04-07T10:20:30+09:00"),
            ("Tue, 07 Apr 2026 10:20:30 +0900 (KST)", "2026-04-07T10:20:30+09:00"),
            ("7 Apr 26 10:20 EST", "2026-04-07T10:20:00-05:00"),
            ("Tue, 7 Apr 2026 10:20:30 GMT", "2026-04-07T10:20:30Z"),
            ("Tue, 7 Apr 2026 10:20:30", "2026-04-07T10:20:30"),
            ("Tue, 7 Apr 2026 10:20:30 KST", "2026-04-07T10:20:30"),
            ("Tue Apr  7 10:20:30 2026", "2026-04-07T10:20:30"),
            ("Tue, 07-Apr-2026 10:20:30 -0330", "2026-04-07T10:20:30-03:30"),
            ("April 7, 2026 1:05 PM", "2026-04-07T13:05:00"),
            ("7 Apr 126 10:20:60 -0000", "2026-04-07T10:20:59Z"),
            ("2026-04-07T10:20:30+02:00", "2026-04-07T10:20:30+02:00"),
            ("Tue,7 Apr 2026", "2026-04-07"),
        ] {
            assert_eq!(parse(raw).map(|date| date.to_string()).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_stays_unknown() {
        for raw in
            ["", "soon", "31 Feb 2026 10:00 +0000", "7 Apr 2026 25:00:00", "(((((", "7 8 9 10 11", "Apr 2026 x :"]
        {
            assert_eq!(parse(raw).filter(|date| date.day().is_some()), None, "{raw}");
        }
    }
}
