//! Untrusted text made safe and honest to read: control characters and bidirectional overrides are shown instead
//! of obeyed, and hosts, links and mail addresses are defanged so that nobody follows them by accident.
//!
//! Machine formats carry the raw text; only what a person reads goes through here.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// Text for a person to read, on one line: escaped and defanged.
pub fn readable(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(with_marks(text, 0..0).0)
}

/// Text as one word of a command that a person may copy: quoted for a POSIX shell where it must be, with what would
/// be obeyed or hide itself written out, and not defanged, since it must still name what it names.
pub(super) fn argument(text: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ':' | '@' | '+' | ',' | '=');
    let mut word = String::with_capacity(text.len() + 2);
    text.chars().for_each(|character| push_visible(&mut word, character));
    if !word.is_empty() && word.chars().all(is_bare) {
        return word;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A quote with its surroundings, for a person to read, and where the quote stands in the result.
///
/// The three are defanged together, so that a link that reaches over the edge of the quote is still one link.
pub(super) fn quoted(before: &str, quote: &str, after: &str) -> (String, Range<usize>) {
    let mut text = String::with_capacity(before.len() + quote.len() + after.len());
    text.push_str(before);
    text.push_str(quote);
    text.push_str(after);
    let mark = before.len()..before.len() + quote.len();
    if is_harmless(&text) { (text, mark) } else { with_marks(&text, mark) }
}

/// Whether a text can stay as it is, at a glance: printable ASCII in which nothing could be a link or host. Most are.
fn is_harmless(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !may_have_fangs(text)
}

/// Whether a text has anything that a link or host cannot do without: `://`, or a dot with more of a name behind it.
fn may_have_fangs(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes)
        .any(|at| bytes.get(at + 1).is_some_and(|&next| !next.is_ascii() || in_host(next.into())))
        || text.contains("://")
        || text.contains(['\u{3002}', '\u{ff0e}', '\u{ff61}'])
}

/// Escapes and defangs, and says where a range of the text has gone.
fn with_marks(text: &str, mark: Range<usize>) -> (String, Range<usize>) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut moved = 0..0;
    let fangs = if may_have_fangs(text) { fangs(text) } else { Vec::new() };
    let mut fangs = fangs.into_iter().peekable();
    for (at, character) in text.char_indices() {
        if at == mark.start {
            moved.start = out.len();
        }
        if at == mark.end {
            moved.end = out.len();
        }
        match fangs.next_if(|&(fang, _)| fang == at) {
            Some((_, replacement)) => out.push_str(replacement),
            None => push_visible(&mut out, character),
        }
    }
    if mark.start >= text.len() {
        moved.start = out.len();
    }
    if mark.end >= text.len() {
        moved.end = out.len();
    }
    (out, moved)
}

/// A character as it may stand on a terminal, with anything that would move the cursor, change the order of
/// reading, or hide itself written out.
fn push_visible(out: &mut String, character: char) {
    match character {
        '\t' => out.push(' '),
        '\r' => {}
        '\n' | '\u{2028}' | '\u{2029}' => out.push('⏎'),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
            let _ = write!(out, "\\x{:02x}", u32::from(character));
        }
        // Left-to-right and right-to-left marks, embeddings, overrides and isolates; spaces without width; tags;
        // what is no character, and has no place in XML.
        '\u{061c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => {
            let _ = write!(out, "<U+{:04X}>", u32::from(character));
        }
        _ => out.push(character),
    }
}

/// Characters that make a link or host of a text, with what takes their place, by position.
fn fangs(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let Some(offset) = rest.find(in_host) else { break };
        let token_start = start + offset;
        let token = &text[token_start..];
        let token_end = token_start + token.find(|character| !in_host(character)).unwrap_or(token.len());
        let token = text[token_start..token_end].trim_end_matches(is_dot);
        if text[token_start + token.len()..].starts_with("://") {
            break_scheme(token, token_start, &mut found);
        } else if is_host(token) || text[..token_start].ends_with("://") {
            break_dots(token, token_start, &mut found);
        }
        start = token_end.max(token_start + 1);
    }
    found
}

/// `https` becomes `hxxps`; any other scheme loses its first letter to `x`.
fn break_scheme(scheme: &str, at: usize, found: &mut Vec<(usize, &'static str)>) {
    // The scheme is what stands after the last dot or dash: `seehttps://` is still a link to some readers.
    let lower = scheme.to_ascii_lowercase();
    if let Some(http) = lower.rfind("http") {
        found.push((at + http + 1, "x"));
        found.push((at + http + 2, "x"));
    } else if scheme.starts_with(|character: char| character.is_ascii_alphabetic()) {
        found.push((at, "x"));
    }
}

fn break_dots(host: &str, at: usize, found: &mut Vec<(usize, &'static str)>) {
    found.extend(
        host.char_indices().filter(|&(_, character)| is_dot(character)).map(|(offset, _)| (at + offset, "[.]")),
    );
}

/// Whether something with dots in it is a host: an IPv4 address, or a name below a public suffix or a name that
/// RFC 2606, 6761 and 7686 keep apart. `Node.js` is none.
fn is_host(token: &str) -> bool {
    let Some(dot) = token.rfind(is_dot) else { return false };
    let last = token[dot..].trim_start_matches(is_dot);
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        let labels: Vec<_> = token.split(is_dot).collect();
        return labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    }
    let last = last.to_lowercase();
    matches!(&*last, "example" | "invalid" | "test" | "localhost" | "onion" | "alt" | "local" | "internal")
        || psl::suffix(last.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Full stops that name resolution takes for one.
fn is_dot(character: char) -> bool {
    matches!(character, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

fn in_host(character: char) -> bool {
    character.is_alphanumeric() || is_dot(character) || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::{argument, fangs, is_harmless, may_have_fangs, quoted, readable, with_marks};
    use proptest::prelude::*;

    #[test]
    fn hosts_links_and_mails_are_defanged() {
        for (raw, shown) in [
            ("see https://cam-fix.example/i now", "see hxxps://cam-fix[.]example/i now"),
            ("ana@mail.example.", "ana@mail[.]example."),
            ("HTTP://A.COM", "HxxP://A[.]COM"),
            ("ftp://files.invalid", "xtp://files[.]invalid"),
            ("http://localhost:8080", "hxxp://localhost:8080"),
            ("to 203.0.113.7:80", "to 203[.]0[.]113[.]7:80"),
            ("Node.js 18.2, e.g. this. And that", "Node.js 18.2, e.g. this. And that"),
            ("bücher。example", "bücher[.]example"),
        ] {
            assert_eq!(readable(raw), shown);
        }
    }

    #[test]
    fn a_command_names_what_it_names() {
        for (raw, shown) in [
            ("export/archive.zip", "export/archive.zip"),
            ("li:ana@mail.example", "li:ana@mail.example"),
            ("my export.zip", "'my export.zip'"),
            ("it's", r"'it'\''s'"),
            ("$(id)\u{1b}", r"'$(id)\x1b'"),
            ("", "''"),
        ] {
            assert_eq!(argument(raw), shown);
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(readable("a\u{1b}[31mred\u{7}\u{9b}2J"), "a\\x1b[31mred\\x07\\x9b2J");
        assert_eq!(readable("cv\u{202e}fdp.exe"), "cv<U+202E>fdp.exe");
        assert_eq!(readable("one\r\ntwo\tthree"), "one⏎two three");
        assert_eq!(readable("tele\u{200b}gram"), "tele<U+200B>gram");
    }

    #[test]
    fn a_quote_is_found_again_after_escaping() {
        let (text, mark) = quoted("open https://", "cam-fix.example", "/i\nnow");
        assert_eq!(text, "open hxxps://cam-fix[.]example/i⏎now");
        assert_eq!(&text[mark], "cam-fix[.]example");
    }

    proptest! {
        #[test]
        fn what_is_taken_for_harmless_at_a_glance_is_not_changed_by_a_closer_look(text in "[ -~]{0,40}|[a-z./: -]{0,20}") {
            if is_harmless(&text) {
                prop_assert_eq!(with_marks(&text, 0..text.len()), (text.clone(), 0..text.len()));
            }
        }

        #[test]
        fn a_text_has_fangs_only_where_it_may(text in "[a-z.。:/ 1-]{0,24}") {
            prop_assert!(may_have_fangs(&text) || fangs(&text).is_empty());
        }

        #[test]
        fn nothing_that_a_terminal_obeys_gets_through(before in ".*", quote in ".*", after in ".*") {
            let (text, mark) = quoted(&before, &quote, &after);
            prop_assert!(text.chars().all(|character| !character.is_control()));
            prop_assert!(!text.contains("http://") && !text.contains("https://"));
            prop_assert!(text.get(mark).is_some());
        }
    }
}
