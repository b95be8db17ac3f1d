//! Messages: text in which SARIF would find links and placeholders, written so that it finds none.

use crate::report::escape::readable;
use serde::Serialize;

/// A message for a person.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    text: String,
}

impl Message {
    /// A message of untrusted text: defanged, and with nothing hidden in it.
    pub(super) fn of(text: &str) -> Self {
        Self::shown(&readable(text))
    }

    /// A message of text that was made readable before.
    ///
    /// Braces are written twice (SARIF 2.1.0, 3.11.5), and no bracket is followed by a parenthesis, which would be a
    /// link (3.11.6).
    pub(super) fn shown(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}").replace("](", "] (") }
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn no_link_and_no_placeholder_gets_into_a_message() {
        assert_eq!(Message::of("[see](https://cam-fix.example) {0}").text, "[see] (hxxps://cam-fix[.]example) {{0}}");
        assert_eq!(Message::of("cv\u{202e}fdp.exe").text, "cv<U+202E>fdp.exe");
    }
}
