//! How a value looks once encoded: Base64 at any offset, UTF-16, and the dashes of a command line.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648).
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let digit = (group >> (18 - 6 * position)) & 63;
            if position <= chunk.len() {
                encoded.push(char::from(ALPHABET[digit as usize]));
            } else {
                encoded.push('=');
            }
        }
    }
    encoded
}

/// What is certain of the Base64 form of a text that contains the bytes, for each of the three offsets.
pub(super) fn base64_offsets(bytes: &[u8]) -> [String; 3] {
    [0, 1, 2].map(|offset: usize| {
        let mut shifted = vec![b' '; offset];
        shifted.extend_from_slice(bytes);
        let encoded = base64(&shifted);
        // Digits that also depend on what stands before or after are left out.
        let start = (offset * 8).div_ceil(6);
        let end = shifted.len() * 8 / 6;
        encoded.get(start..end).unwrap_or_default().to_owned()
    })
}

/// How the units of UTF-16 stand in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Utf16 {
    /// Low byte first.
    Little,
    /// High byte first.
    Big,
    /// Low byte first, after a byte order mark.
    Marked,
}

/// A text in UTF-16.
pub(super) fn utf16(text: &str, order: Utf16) -> Vec<u8> {
    let mut bytes = if order == Utf16::Marked { vec![0xFF, 0xFE] } else { Vec::new() };
    for unit in text.encode_utf16() {
        bytes.extend(if order == Utf16::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
    bytes
}

/// A command line with each of the characters that pass for a dash before a word.
///
/// More than four such dashes are left as they are: their variants are more than any list can use.
pub(super) fn dashes(text: &str) -> Vec<String> {
    const DASHES: [char; 5] = ['-', '/', '\u{2013}', '\u{2014}', '\u{2015}'];
    let chars: Vec<char> = text.chars().collect();
    let is_word = |at: usize| chars.get(at).is_some_and(|char| char.is_alphanumeric() || *char == '_');
    let places: Vec<usize> = (0..chars.len())
        .filter(|at| matches!(chars[*at], '-' | '/') && is_word(at + 1) && !at.checked_sub(1).is_some_and(&is_word))
        .collect();
    if places.len() > 4 {
        return vec![text.to_owned()];
    }
    let mut variants = vec![chars.clone()];
    for place in places {
        variants = variants
            .iter()
            .flat_map(|variant| {
                DASHES.map(|dash| {
                    let mut variant = variant.clone();
                    variant[place] = dash;
                    variant
                })
            })
            .collect();
    }
    variants.into_iter().map(|variant| variant.into_iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn every_offset_is_found_in_the_encoded_text() {
        let offsets = base64_offsets(b"http://");
        for (offset, before) in ["", "a", "ab"].into_iter().enumerate() {
            for after in ["", "x", "yz"] {
                let encoded = base64(format!("{before}http://{after}").as_bytes());
                assert!(encoded.contains(&offsets[offset]), "{encoded}");
            }
        }
        // As in pySigma's test of base64offset for "foobar".
        assert_eq!(base64_offsets(b"foobar"), ["Zm9vYmFy", "Zvb2Jhc", "mb29iYX"]);
    }

    #[test]
    fn dashes_before_a_word_vary() {
        assert_eq!(dashes("a -x").len(), 5);
        assert!(dashes("a -x").contains(&"a /x".to_owned()));
        assert_eq!(dashes("well-known"), ["well-known"]);
        assert_eq!(dashes("-a -b").len(), 25);
        assert_eq!(utf16("a", Utf16::Little), [0x61, 0]);
        assert_eq!(utf16("a", Utf16::Big), [0, 0x61]);
        assert_eq!(utf16("a", Utf16::Marked), [0xFF, 0xFE, 0x61, 0]);
    }
}
