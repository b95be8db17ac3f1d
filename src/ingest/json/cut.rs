//! How records lie in a file of JSON, judged from its first bytes.

/// How records lie in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One a line.
    Lines,
    /// Elements of one array.
    Array,
    /// One object over several lines, or several such objects one after the other.
    Object,
}

/// The bytes without a byte order mark.
pub(super) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Whether the first bytes can be those of an object or of an array of objects or arrays.
pub(super) fn looks_like_json(head: &[u8]) -> bool {
    let rest = without_bom(head).trim_ascii_start();
    match rest.split_first() {
        Some((b'{', after)) => matches!(after.trim_ascii_start().first(), Some(b'"' | b'}')),
        Some((b'[', after)) => matches!(after.trim_ascii_start().first(), Some(b'{' | b'[' | b']')),
        _ => false,
    }
}

/// How records lie, from the first bytes of the file.
///
/// An object that is not closed on its first line lies over several, unless the next line
/// starts a new object at its very margin: then the first line is merely broken.
pub(super) fn layout(head: &[u8]) -> Layout {
    let rest = without_bom(head).trim_ascii_start();
    match rest.first() {
        Some(b'[') => Layout::Array,
        Some(b'{') => {
            let mut lines = rest.split(|byte| *byte == b'\n');
            let first = lines.next().unwrap_or_default();
            let next = lines.find(|line| !line.trim_ascii().is_empty());
            match next {
                Some(next) if !closes(first) && !next.starts_with(b"{") => Layout::Object,
                _ => Layout::Lines,
            }
        }
        _ => Layout::Lines,
    }
}

/// Whether every bracket that a line opens is closed on it.
fn closes(line: &[u8]) -> bool {
    let mut depth = 0_i64;
    let mut in_string = false;
    let mut escaped = false;
    for byte in line {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => in_string = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
        }
    }
    depth <= 0 && !in_string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_told_from_the_first_bytes() {
        assert_eq!(layout(b"{\"a\":1}\n{\"a\":2}\n"), Layout::Lines);
        assert_eq!(layout(b"\xEF\xBB\xBF\r\n{\"a\":1}\r\n"), Layout::Lines);
        assert_eq!(layout(b"{\n  \"a\": 1\n}\n"), Layout::Object);
        assert_eq!(layout(b"{\"a\": [\n1]}\n"), Layout::Object);
        assert_eq!(layout(b"{\"broken\": \n{\"a\":2}\n"), Layout::Lines);
        assert_eq!(layout(b"  [ {\"a\":1} ]"), Layout::Array);
    }
}
