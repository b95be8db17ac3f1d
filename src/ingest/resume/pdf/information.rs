//! What a PDF says of its making: who, when, with what.

use crate::dossier::{Date, DocumentMetadata, Zone};
use hayro_interpret::hayro_syntax::object::{Dict, String as Bytes};

/// What a document says of its making, if a dictionary is the one that says it.
pub(super) fn of(dict: &Dict<'_>) -> DocumentMetadata {
    let bytes = |key: &[u8]| dict.get::<Bytes<'_>>(key);
    if bytes(b"CreationDate").is_none() && bytes(b"Producer").is_none() || dict.contains_key(b"Type") {
        return DocumentMetadata::default();
    }
    let text = |key: &[u8]| bytes(key).map(|bytes| text_of(bytes.as_bytes())).filter(|text| !text.is_empty());
    let date = |key: &[u8]| bytes(key).and_then(|bytes| date_of(&text_of(bytes.as_bytes())));
    DocumentMetadata {
        author: text(b"Author"),
        creator: text(b"Creator"),
        producer: text(b"Producer"),
        created: date(b"CreationDate"),
        modified: date(b"ModDate"),
        company: text(b"Company"),
        ..DocumentMetadata::default()
    }
}

/// A string of a document: UTF-16 or UTF-8 with a mark, or else nearly Latin 1.
fn text_of(bytes: &[u8]) -> String {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::WINDOWS_1252, 0));
    let (text, _, _) = encoding.decode(bytes);
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0').chars().filter(|c| !c.is_control()).take(400).collect()
}

/// `D:20240102030405+09'00'`; a zone that is not stated stays unknown.
fn date_of(text: &str) -> Option<Date> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, zone) = text.split_at(digits);
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let year = digits.get(..4)?.parse().ok()?;
    let Some(month) = part(4, 6) else { return Date::from_year(year) };
    let Some(day) = part(6, 8) else { return Date::from_month(year, month) };
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else { return Date::from_day(year, month, day) };
    let second = u32::from(part(12, 14).unwrap_or(0).min(59));
    let parts: Vec<i16> = zone.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let minutes = |parts: &[i16]| match *parts {
        [hours] if hours <= 14 => Some(hours * 60),
        [hours, minutes, ..] if hours <= 14 && minutes < 60 => Some(hours * 60 + minutes),
        _ => None,
    };
    let zone = match zone.bytes().next() {
        Some(b'Z') => Zone::Offset(0),
        Some(b'+') => minutes(&parts).map_or(Zone::Unknown, Zone::Offset),
        Some(b'-') => minutes(&parts).map_or(Zone::Unknown, |minutes| Zone::Offset(-minutes)),
        _ => Zone::Unknown,
    };
    Date::from_second(year, month, day, u32::from(hour) * 3_600 + u32::from(minute) * 60 + second, zone)
}

#[cfg(test)]
mod tests {
    use super::date_of;

    #[test]
    fn dates_keep_their_zone_and_precision() {
        for (text, expected) in [
            ("D:20240102030405+09'00'", "2024-01-02T03:04:05+09:00"),
            ("D:20240102030405-03'30", "2024-01-02T03:04:05-03:30"),
            ("D:20240102030405Z00'00'", "2024-01-02T03:04:05Z"),
            ("D:20240102030405", "2024-01-02T03:04:05"),
            ("D:20240102", "2024-01-02"),
            ("20240102", "2024-01-02"),
            ("D:2024", "2024"),
        ] {
            assert_eq!(date_of(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "D:", "D:20241302", "D:2024010225", "January"] {
            let found = date_of(text).map(|date| date.to_string());
            assert!(found.is_none() || text == "D:2024010225", "{text}: {found:?}");
        }
    }
}
