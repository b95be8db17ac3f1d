//! A part of a mail as the file that was attached: its type, and its bytes without the transfer encoding.

use super::body::bounded;
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{ContentType, Encoding, Message as Parsed, MessagePart, PartType};
use std::borrow::Cow;

/// Its type as `type/subtype`, in lower case.
pub(super) fn media_type(found: &ContentType<'_>) -> String {
    let name = match found.subtype() {
        Some(subtype) => format!("{}/{subtype}", found.ctype()),
        None => found.ctype().to_owned(),
    };
    bounded(&name.to_ascii_lowercase()).unwrap_or_default()
}

/// The bytes of an attached file as they were before they were mailed.
pub(super) fn bytes<'m>(parsed: &'m Parsed<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.as_ref().into(),
        PartType::Message(message) if part.encoding != Encoding::None => message.raw_message.as_ref().into(),
        // Text was decoded for reading, which is not what a digest is of.
        _ => {
            let raw = parsed.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
            match part.encoding {
                Encoding::Base64 => base64_decode(raw).map_or(raw.into(), Into::into),
                Encoding::QuotedPrintable => quoted_printable_decode(raw).map_or(raw.into(), Into::into),
                Encoding::None => raw.into(),
            }
        }
    }
}
