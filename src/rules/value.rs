//! Values as Sigma writes them: `*` and `?` stand for any characters, a backslash takes that away.

/// A text with wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) pieces: Vec<Piece>,
}

/// A piece of a text with wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// As it stands.
    Plain(String),
    /// `*`: any characters, or none.
    Any,
    /// `?`: one character.
    One,
}

/// Which part of a value a text must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// All of it.
    Whole,
    /// Any part.
    Contains,
    /// Its start.
    Start,
    /// Its end.
    End,
}

impl Pattern {
    /// Reads wildcards. A backslash before `*`, `?` or a backslash makes it plain; before anything else it is itself.
    pub(super) fn parse(written: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut chars = written.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' if matches!(chars.peek(), Some('*' | '?' | '\\')) => plain.extend(chars.next()),
                '*' | '?' => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                    }
                    pieces.push(if char == '*' { Piece::Any } else { Piece::One });
                }
                _ => plain.push(char),
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        Self { pieces }
    }

    /// A text without wildcards.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Plain(text.into())] }
    }

    /// The text, if there are no wildcards.
    pub(super) fn as_plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Plain(text)] => Some(text),
            _ => None,
        }
    }

    /// As a regular expression, without flags.
    ///
    /// Wildcards at an open end of an anchor say nothing and are left out, so that a match is no longer than needed. Wildcards
    /// alone say that something is there, and that is all of it.
    pub(super) fn to_regex(&self, anchor: Anchor) -> String {
        let mut pieces = self.pieces.as_slice();
        if anchor == Anchor::Whole && pieces.iter().all(|piece| !matches!(piece, Piece::Plain(_))) {
            let all = pieces.iter().map(|piece| if *piece == Piece::One { "." } else { ".*" });
            return format!(r"\A{}\z", all.collect::<String>());
        }
        let (mut start, mut end) =
            (matches!(anchor, Anchor::Whole | Anchor::Start), matches!(anchor, Anchor::Whole | Anchor::End));
        while let [Piece::Any, rest @ ..] = pieces {
            (pieces, start) = (rest, false);
        }
        while let [rest @ .., Piece::Any] = pieces {
            (pieces, end) = (rest, false);
        }
        let mut regex = String::from(if start { r"\A" } else { "" });
        for piece in pieces {
            match piece {
                Piece::Plain(text) => regex.push_str(&regex::escape(text)),
                Piece::Any => regex.push_str(".*?"),
                Piece::One => regex.push('.'),
            }
        }
        if end {
            regex.push_str(r"\z");
        }
        regex
    }
}

/// Whether two texts are equal without regard to case; the second is lower-case already.
pub(super) fn equals_lowercase(value: &str, lowercase: &str) -> bool {
    if value.is_ascii() {
        value.eq_ignore_ascii_case(lowercase)
    } else {
        value.chars().flat_map(char::to_lowercase).eq(lowercase.chars())
    }
}

/// Lower case, character by character, as [`equals_lowercase`] compares it.
pub(super) fn lowercase(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_is_itself_unless_it_escapes() {
        assert_eq!(Pattern::parse(r"C:\tools\*").as_plain(), Some(r"C:\tools*"));
        assert_eq!(Pattern::parse(r"C:\\tools\\*").pieces, [Piece::Plain(r"C:\tools\".into()), Piece::Any]);
        assert_eq!(Pattern::parse(r"100\%").as_plain(), Some(r"100\%"));
        assert_eq!(Pattern::parse("").as_plain(), Some(""));
    }

    #[test]
    fn anchors_and_wildcards_become_the_shortest_expression() {
        assert_eq!(Pattern::parse("a*b").to_regex(Anchor::Whole), r"\Aa.*?b\z");
        assert_eq!(Pattern::parse("*.zip").to_regex(Anchor::Whole), r"\.zip\z");
        assert_eq!(Pattern::parse("a?").to_regex(Anchor::Start), r"\Aa.");
        assert_eq!(Pattern::parse("*a*").to_regex(Anchor::Contains), "a");
        assert_eq!(Pattern::parse("?*").to_regex(Anchor::Whole), r"\A..*\z");
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        assert!(equals_lowercase("ÄRGER", "ärger") && equals_lowercase("Ok", "ok"));
        assert!(!equals_lowercase("Ok", "ko"));
    }
}
