//! Links in files, written plainly or in base64 (RFC 4648, either alphabet, padded or not).

use std::ops::Range;

/// Longest base64 text that is decoded, in bytes.
const LONGEST: usize = 4096;

/// A link's host and the bytes of the text that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkHost {
    /// In lower case.
    pub(crate) host: String,
    /// The host itself where it is written plainly, else all of the encoded text.
    pub(crate) span: Range<usize>,
}

/// The hosts of links that a text has with a scheme, by position.
pub(crate) fn plain_hosts(text: &str) -> impl Iterator<Item = LinkHost> {
    memchr::memmem::find_iter(text.as_bytes(), b"://").filter_map(|at| {
        let start = at + 3;
        let rest = text.get(start..)?;
        let end = rest.find(|character: char| !in_authority(character)).unwrap_or(rest.len());
        let authority = rest.get(..end)?;
        let login = authority.rfind('@').map_or(0, |at| at + 1);
        let host = authority.get(login..)?;
        let host = host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
        let scheme = text.get(..at)?.ends_with(|character: char| character.is_ascii_alphanumeric());
        let start = start + login;
        (scheme && !host.is_empty()).then(|| LinkHost { host: host.to_lowercase(), span: start..start + host.len() })
    })
}

/// The hosts of links that a text has in base64, by position.
pub(crate) fn encoded_hosts(text: &str) -> impl Iterator<Item = LinkHost> {
    // Whatever begins with `http` begins like this in base64.
    memchr::memmem::find_iter(text.as_bytes(), b"aHR0c").filter_map(|start| {
        let bytes = text.as_bytes();
        if start.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|&byte| value_of(byte).is_some()) {
            return None;
        }
        let run = bytes.get(start..bytes.len().min(start + LONGEST))?;
        let length = run.iter().take_while(|&&byte| value_of(byte).is_some()).count();
        let decoded = String::from_utf8(decode(run.get(..length)?)).ok()?;
        if !decoded.starts_with("http://") && !decoded.starts_with("https://") {
            return None;
        }
        let host = plain_hosts(&decoded).next()?.host;
        Some(LinkHost { host, span: start..start + length })
    })
}

fn in_authority(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '-' | '_' | ':' | '@' | '%' | '+' | '~')
}

/// Decodes base64 without padding; what is left of an incomplete last byte is dropped.
fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for value in text.iter().filter_map(|&byte| value_of(byte)) {
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., byte] = (held >> bits).to_be_bytes();
            out.push(byte);
        }
    }
    out
}

fn value_of(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{encoded_hosts, plain_hosts};

    #[test]
    fn hosts_of_plain_links_are_found() {
        let text = "API=https://user:pw@Store.example:8443/b?x=1 and ftp://files.invalid. No ://x";
        let found: Vec<_> = plain_hosts(text).map(|link| (link.host, &text[link.span])).collect();
        assert_eq!(
            found,
            [("store.example".to_owned(), "Store.example"), ("files.invalid".to_owned(), "files.invalid")]
        );
    }

    #[test]
    fn a_key_that_decodes_to_a_link_is_found() {
        // https://api.store.example/b/AB12
        let text = "DEV_API_KEY=\"aHR0cHM6Ly9hcGkuc3RvcmUuZXhhbXBsZS9iL0FCMTI=\"";
        let found: Vec<_> = encoded_hosts(text).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].host, "api.store.example");
        assert_eq!(&text[found[0].span.clone()], "aHR0cHM6Ly9hcGkuc3RvcmUuZXhhbXBsZS9iL0FCMTI");
    }

    #[test]
    fn what_only_looks_encoded_is_not_found() {
        for text in ["sha512-xxaHR0cHM6Ly9hLmV4YW1wbGUv", "aHR0cA==", "aHR0c", "aHR0cHM6Ly8="] {
            assert_eq!(encoded_hosts(text).count(), 0, "{text}");
        }
    }
}
