//! How addresses are written so that nobody follows them by accident, and what that stands for.

/// Marks in place of punctuation.
const MARKS: [(&str, &str); 12] = [
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("[:]", ":"),
    ("[://]", "://"),
    ("[@]", "@"),
    ("(@)", "@"),
    ("[at]", "@"),
    ("(at)", "@"),
];

/// The mark that a text starts with: its length in bytes, and what it stands for.
pub(crate) fn mark(text: &str) -> Option<(usize, &'static str)> {
    // Nearly every bracket opens an aside.
    if !matches!(text.as_bytes().get(1), Some(b'.' | b':' | b'@' | b'd' | b'D' | b'a' | b'A')) {
        return None;
    }
    MARKS.iter().find(|(mark, _)| starts_with(text, mark)).map(|(mark, plain)| (mark.len(), *plain))
}

/// The length in bytes of the defanged scheme that a text ends with: `hxxp` or `hxxps`, a word of its own.
pub(crate) fn scheme(text: &str) -> Option<usize> {
    let letters = text.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let word = &text[text.len() - letters..];
    (word.eq_ignore_ascii_case("hxxp") || word.eq_ignore_ascii_case("hxxps")).then_some(letters)
}

/// A defanged address as it was before; `None` if nothing in it is defanged.
pub(crate) fn undone(address: &str) -> Option<String> {
    const SCHEME: &str = "hxxp";
    let has_scheme = starts_with(address, SCHEME);
    let has_mark = memchr::memchr3_iter(b'[', b'(', b'{', address.as_bytes()).any(|at| mark(&address[at..]).is_some());
    if !has_scheme && !has_mark {
        return None;
    }
    let mut plain = String::with_capacity(address.len());
    let mut rest = address;
    if has_scheme {
        plain.push_str("http");
        rest = &rest[SCHEME.len()..];
    }
    while let Some(first) = rest.chars().next() {
        if let Some((length, meaning)) = mark(rest) {
            plain.push_str(meaning);
            rest = &rest[length..];
        } else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Some(plain)
}

fn starts_with(text: &str, mark: &str) -> bool {
    text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
}
