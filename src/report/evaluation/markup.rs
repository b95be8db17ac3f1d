//! Text as it may stand in a page, and the digest by which a page allows its own style and nothing else.

use crate::report::escape::readable;
use sha2::{Digest, Sha256};

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

/// A source for `style-src`: `sha256-` and the digest in Base64 (Content Security Policy Level 3, "hash-source").
pub(super) fn hash_source(style: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(style.as_bytes());
    let mut out = "sha256-".to_owned();
    for chunk in digest.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let digit = (group >> (18 - 6 * position)) & 63;
            out.push(if position <= chunk.len() { char::from(ALPHABET[digit as usize]) } else { '=' });
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

    #[test]
    fn the_digest_is_that_of_the_standard() {
        // SHA-256 of nothing, as `openssl dgst -sha256 -binary /dev/null | base64` prints it.
        assert_eq!(hash_source(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
