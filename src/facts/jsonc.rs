//! JSON as tools read it, comments and trailing commas included: its members whose value is a string.
//!
//! Positions matter more than structure here: evidence quotes the file, so nothing is parsed into a tree.

use std::borrow::Cow;
use std::ops::Range;

/// A member whose value is a string, both as written between the quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member<'t> {
    pub(crate) key: &'t str,
    pub(crate) value: &'t str,
    /// Bytes of the value in the text.
    pub(crate) span: Range<usize>,
}

impl<'t> Member<'t> {
    /// The value with its escapes resolved.
    pub(crate) fn unescaped(&self) -> Cow<'t, str> {
        if !self.value.contains('\\') {
            return Cow::Borrowed(self.value);
        }
        serde_json::from_str(&format!("\"{}\"", self.value)).map_or(Cow::Borrowed(self.value), Cow::Owned)
    }
}

/// The members of all objects of a text whose value is a string, by position.
pub(crate) fn string_members(text: &str) -> Members<'_> {
    Members { text, at: 0 }
}

/// Iterates over members.
#[derive(Debug)]
pub(crate) struct Members<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        loop {
            let offset = memchr::memchr2(b'"', b'/', self.text.as_bytes().get(self.at..)?)?;
            self.at += offset;
            if self.text.as_bytes().get(self.at) == Some(&b'/') {
                self.comment();
                continue;
            }
            let key = self.string()?;
            self.blank();
            if self.text.as_bytes().get(self.at) != Some(&b':') {
                continue;
            }
            self.at += 1;
            self.blank();
            if self.text.as_bytes().get(self.at) != Some(&b'"') {
                continue;
            }
            let span = self.string()?;
            return Some(Member { key: self.text.get(key)?, value: self.text.get(span.clone())?, span });
        }
    }
}

impl Members<'_> {
    /// Skips a string and gives what stands between its quotation marks; nothing if it does not end.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.text.as_bytes().get(at..)?)?;
            if self.text.as_bytes().get(at) == Some(&b'"') {
                self.at = at + 1;
                return Some(start..at);
            }
            at += 2;
        }
    }

    /// Skips a comment, or a single slash.
    fn comment(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += if rest.starts_with(b"//") {
            memchr::memchr(b'\n', rest).unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2)
        } else {
            1
        };
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'/' => self.comment(),
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::string_members;

    #[test]
    fn members_are_found_with_their_place() {
        let text = r#"{ "a": "1", /* "b": "no" */ "c" : // "d": "no"
            "x\"y", "list": ["s", "t"], "n": 1, "o": { "e": "f", }, }"#;
        let found: Vec<_> = string_members(text).map(|member| (member.key, member.value)).collect();
        assert_eq!(found, [("a", "1"), ("c", r#"x\"y"#), ("e", "f")]);
        let member = string_members(text).nth(1).expect("is there");
        assert_eq!((&text[member.span.clone()], &*member.unescaped()), (r#"x\"y"#, "x\"y"));
    }

    #[test]
    fn broken_text_ends_quietly() {
        for text in ["", "\"", "{\"a\":", "{\"a\": \"b", "{\"a\": \"b\\", "/", "/*", "{\"a\"//"] {
            assert_eq!(string_members(text).count(), 0, "{text}");
        }
    }
}
