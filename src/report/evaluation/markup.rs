//! Text as it may stand in a page.

use crate::report::escape::readable;

/// Untrusted text for an element or an attribute in double quotes: nothing in it is markup, control or a live link.
pub(super) fn text(text: &str) -> String {
    let readable = readable(text);
    let mut out = String::with_capacity(readable.len() + 8);
    for character in readable.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(text("<b onload='x'>\"&\u{202e}"), "&lt;b onload=&#39;x&#39;&gt;&quot;&amp;&lt;U+202E&gt;");
    }
}
