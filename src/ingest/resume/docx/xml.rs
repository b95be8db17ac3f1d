//! What every part of a Word document is written in.

use quick_xml::events::BytesStart;

/// Text of XML: UTF-8, as Word writes it, or what its mark says.
pub(super) fn decoded(part: &[u8]) -> String {
    let (encoding, _) = encoding_rs::Encoding::for_bom(part).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode(part).0.into_owned()
}

/// Its name without the prefix.
pub(super) fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

/// The value of an attribute, whatever its prefix.
pub(super) fn value_of(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == wanted)?;
    Some(found.value.into_owned())
}

/// One of the five entities of XML, or a character by its number.
pub(super) fn entity_of(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}
