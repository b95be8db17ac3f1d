//! Plain text: what encoding it is in, and its lines.

use super::document::Content;

/// Reads a text in UTF-8, UTF-16 with a mark, or else Windows-1252, which older editors write.
pub(super) fn read(bytes: &[u8]) -> Content {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if simdutf8::basic::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Content::unread("nothing is written in this file (ask for it again)");
    }
    Content { text, ..Content::default() }
}
