//! Whose words a mail holds: what an answer quotes was written by somebody else, as was a mail that is passed on inline.

use std::borrow::Cow;

/// HTML without its block quotes; as it is if it has none, or nothing but them.
pub(super) fn without_block_quotes(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let (mut depth, mut from) = (0_u32, 0);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let rest = &html.as_bytes()[at..];
        if is_tag(rest, b"<blockquote") {
            if depth == 0 {
                kept.push_str(html.get(from..at).unwrap_or_default());
            }
            depth += 1;
        } else if depth > 0 && is_tag(rest, b"</blockquote") {
            depth -= 1;
            from = at;
        }
    }
    if depth == 0 && from == 0 && kept.is_empty() {
        return Cow::Borrowed(html);
    }
    if depth == 0 {
        kept.push_str(html.get(from..).unwrap_or_default());
    }
    Cow::Owned(kept)
}

fn is_tag(rest: &[u8], tag: &[u8]) -> bool {
    rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

/// Plain text without the lines that begin with `>`.
pub(super) fn without_quoted_lines(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| line.starts_with('>')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.lines().filter(|line| !line.starts_with('>')).collect::<Vec<_>>().join("\n"))
}

/// Where another mail begins that stands in a text without its own header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inline {
    /// Byte of the text.
    pub(super) at: usize,
    /// The first address in the lines that stand for its header.
    pub(super) address: Option<String>,
}

/// Finds lines as mail programs put them above a mail that is passed on or answered: a name and a colon at the start
/// of three or more, an address in one, a year and a time in another. What the names mean is in any language.
pub(super) fn inline(text: &str) -> Option<Inline> {
    let mut block = Block::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '>');
        match value(plain) {
            Some(value) => {
                if block.lines == 0 {
                    block = Block { at, ..Block::default() };
                }
                block.note(value);
            }
            None if plain.is_empty() && !block.is_header() => {}
            None if block.is_header() => break,
            None => block = Block::default(),
        }
        at += line.len();
    }
    block.is_header().then_some(Inline { at: block.at, address: block.address })
}

#[derive(Default)]
struct Block {
    at: usize,
    lines: usize,
    has_date: bool,
    address: Option<String>,
}

impl Block {
    fn note(&mut self, value: &str) {
        self.lines += 1;
        self.has_date |= is_dated(value);
        if self.address.is_none() {
            let is_part = |c: char| c.is_alphanumeric() || "._-+@".contains(c);
            let word = value.split(|c| !is_part(c)).find(|word| word.contains('@') && word.contains('.'));
            self.address = word.map(str::to_lowercase);
        }
    }

    fn is_header(&self) -> bool {
        self.lines >= 3 && self.has_date && self.address.is_some()
    }
}

/// What stands after a name of one to three words and a colon.
fn value(line: &str) -> Option<&str> {
    let (name, value) = line.split_once([':', '：'])?;
    let name = name.trim_matches(['*', ' ']);
    let is_name = !name.is_empty()
        && name.chars().count() <= 24
        && name.split_whitespace().count() <= 3
        && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    let value = value.trim_matches(['*', ' ']);
    (is_name && !value.is_empty() && !value.starts_with("//")).then_some(value)
}

/// Whether a text has a year of four digits and a time of day.
fn is_dated(value: &str) -> bool {
    let mut numbers = value.split(|c: char| !c.is_ascii_digit() && c != ':');
    let has_year = value
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    has_year && numbers.any(|number| number.split_once(':').is_some_and(|(h, m)| !h.is_empty() && !m.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_quotes_go_and_answers_between_them_stay() {
        let html = "<p>Yes</p><blockquote type=cite>a<BLOCKQUOTE>b</blockquote></blockquote><p>No</p><blockquote>c</blockquote>";
        let kept = without_block_quotes(html);
        assert!(kept.contains("Yes") && kept.contains("No"), "{kept}");
        assert!(!["a<", ">b", ">c"].iter().any(|gone| kept.contains(gone)), "{kept}");
        assert_eq!(without_block_quotes("<p>x</p>"), "<p>x</p>");
        assert_eq!(without_block_quotes("é<blockquote>never closed"), "é");
    }

    #[test]
    fn lines_that_stand_for_a_header_are_found_in_any_language() {
        let english = "FYI\n\n---------- Forwarded message ---------\nFrom: Ana <ana@a.example>\nDate: Tue, Apr 7, 2026 at 10:00\nSubject: Offer\nTo: bo@b.example\n\nHello";
        let found = inline(english).expect("found");
        assert_eq!(&english[found.at..found.at + 5], "From:");
        assert_eq!(found.address.as_deref(), Some("ana@a.example"));
        let korean = "보낸 사람: Ana <ana@a.example>\n보낸 날짜: 2026년 4월 7일 10:00\n받는 사람: bo@b.example\n제목: 제안\n\n안녕";
        assert_eq!(inline(korean).map(|found| found.at), Some(0));
        for text in ["Tel: 1\nMail: ana@a.example\nWeb: https://a.example", "a\nb\n", "Note: it is 10:00 in 2026\n"] {
            assert_eq!(inline(text), None, "{text}");
        }
    }
}
