//! The digest by which a page allows its own style and script and nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A source for `style-src` and `script-src`: `sha256-` and the digest in Base64 (Content Security Policy Level 3,
/// "hash-source").
pub(super) fn hash_source(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::hash_source;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        // SHA-256 of nothing, as `openssl dgst -sha256 -binary /dev/null | base64` prints it.
        assert_eq!(hash_source(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
