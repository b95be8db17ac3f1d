//! The header of a mail: its fields, addresses and references, each bounded.

use super::body::bounded;
use mail_parser::{Addr, HeaderValue, Message as Parsed};

/// References that are kept of one mail.
const MAX_REFERENCES: usize = 50;

/// The first value of a header field: what mail programs show where there are several.
fn first<'m>(parsed: &'m Parsed<'_>, name: &str) -> Option<&'m HeaderValue<'m>> {
    let header = parsed.parts.first()?.headers.iter().find(|header| header.name.as_str().eq_ignore_ascii_case(name))?;
    Some(&header.value)
}

/// Who stands in a field.
pub(super) fn parties<'m>(parsed: &'m Parsed<'_>, name: &str) -> Vec<&'m Addr<'m>> {
    let addresses = first(parsed, name).and_then(HeaderValue::as_address);
    addresses.into_iter().flat_map(mail_parser::Address::iter).collect()
}

/// An address as it is compared.
pub(super) fn address(party: &Addr<'_>) -> Option<String> {
    party.address.as_deref().and_then(lower)
}

/// An address in lower case, if it can be one.
pub(super) fn lower(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    let is_address = address.len() <= 320 && address.contains('@') && !address.contains(char::is_whitespace);
    is_address.then_some(address)
}

/// A field as text, its encoded words decoded.
pub(super) fn text_of(parsed: &Parsed<'_>, name: &str) -> Option<String> {
    match first(parsed, name)? {
        HeaderValue::Text(text) => bounded(text),
        HeaderValue::TextList(list) => bounded(list.first()?),
        _ => None,
    }
}

/// Every field and its value as they are written.
pub(super) fn raw_fields<'m>(parsed: &'m Parsed<'_>) -> impl Iterator<Item = (&'m str, &'m str)> {
    let headers = parsed.parts.first().map(|part| part.headers.as_slice()).unwrap_or_default();
    headers.iter().filter_map(|header| {
        let bytes = parsed.raw_message.get(header.offset_start as usize..header.offset_end as usize)?;
        Some((header.name.as_str(), std::str::from_utf8(bytes).ok()?.trim()))
    })
}

/// The first value of a field as it is written.
pub(super) fn raw<'m>(parsed: &'m Parsed<'_>, name: &str) -> Option<&'m str> {
    raw_fields(parsed).find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Ids of the mails that it answers, the nearest last.
pub(super) fn references(parsed: &Parsed<'_>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for name in ["References", "In-Reply-To"] {
        match first(parsed, name) {
            Some(HeaderValue::Text(id)) => ids.extend(bounded(id)),
            Some(HeaderValue::TextList(list)) => ids.extend(list.iter().filter_map(|id| bounded(id))),
            _ => {}
        }
    }
    // The first says where the thread began, the last what is answered.
    if ids.len() > MAX_REFERENCES {
        ids.drain(1..=ids.len() - MAX_REFERENCES);
    }
    ids
}

/// Where the header of a mail ends in its bytes.
pub(super) fn end(parsed: &Parsed<'_>) -> usize {
    parsed.parts.first().map_or(0, |part| part.offset_body as usize)
}
