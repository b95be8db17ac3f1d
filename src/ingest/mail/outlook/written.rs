//! A mail as it is written down (RFC 5322, RFC 2045): every text and file in base64, so that nothing in them can be taken
//! for a header or for what parts two files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Bytes in a line of base64.
const LINE: usize = 57;

/// A mail that is being written.
#[derive(Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    /// The numbers of the messages that are open, each in the one before; `None` for one without parts.
    open: Vec<Option<usize>>,
    count: usize,
}

impl Written {
    /// Begins a message with its header.
    pub(super) fn begin(&mut self, header: String, has_parts: bool) {
        self.bytes.extend(header.into_bytes());
        self.count += 1;
        if has_parts {
            let kind = format!("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"={}=\"\r\n", self.count);
            self.push(&kind);
        }
        self.open.push(has_parts.then_some(self.count));
        self.push("\r\n");
    }

    /// Ends the message that was begun last.
    pub(super) fn end(&mut self) {
        if let Some(Some(number)) = self.open.pop() {
            self.push(&format!("--={number}=--\r\n"));
        }
    }

    /// What the message says.
    pub(super) fn text(&mut self, media_type: &str, text: &str) {
        self.boundary();
        self.push(&format!("Content-Type: {media_type}; charset=utf-8\r\n"));
        self.encoded(text.as_bytes());
    }

    /// An attached file; where its bytes are not known, it stands without an encoding.
    pub(super) fn file(&mut self, name: Option<&str>, media_type: Option<&str>, bytes: Option<&[u8]>) {
        self.boundary();
        if let Some(media_type) = media_type.filter(|found| is_of_file(found)) {
            self.push(&format!("Content-Type: {media_type}\r\n"));
        }
        self.disposition(name);
        match bytes {
            Some(bytes) => self.encoded(bytes),
            None => self.push("\r\n\r\n"),
        }
    }

    /// An attached message, which is begun next and has no bytes of its own.
    pub(super) fn message(&mut self, name: Option<&str>) {
        self.boundary();
        self.push("Content-Type: message/rfc822\r\n");
        self.disposition(name);
        self.push("\r\n");
    }

    /// The bytes of the mail.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn boundary(&mut self) {
        if let Some(Some(number)) = self.open.last() {
            self.push(&format!("--={number}=\r\n"));
        }
    }

    fn disposition(&mut self, name: Option<&str>) {
        self.push("Content-Disposition: attachment");
        if let Some(name) = name {
            self.push(&format!("; filename*=utf-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC)));
        }
        self.push("\r\n");
    }

    fn encoded(&mut self, bytes: &[u8]) {
        self.push("Content-Transfer-Encoding: base64\r\n\r\n");
        for line in bytes.chunks(LINE) {
            self.push(&STANDARD.encode(line));
            self.push("\r\n");
        }
    }

    fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Whether a media type is one, and not of what consists of parts.
fn is_of_file(found: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    found.len() <= 255
        && found.split_once('/').is_some_and(|(kind, subtype)| {
            is_token(kind) && is_token(subtype) && !kind.eq_ignore_ascii_case("multipart")
        })
}

/// Text as encoded words (RFC 2047).
pub(super) fn words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(45.min(rest.len())));
        words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
        rest = after;
    }
    words.join("\r\n ")
}
