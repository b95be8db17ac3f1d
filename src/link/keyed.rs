//! Keyed hashes: what stands for a value where the value itself must not be kept.
//!
//! Phone numbers and mail addresses are few enough to try them all; without the key of its file, a hash tells nothing.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// Fewest bytes of a key; what a person would type is shorter.
const LEAST: usize = 32;
/// Most bytes of a key: whatever is longer is another file, named by mistake.
const MOST: usize = 4096;

/// The secret behind keyed hashes; it is never printed.
#[derive(Clone)]
pub struct HashKey(Hmac<Sha256>);

/// Why bytes are no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a key of {LEAST} to {MOST} bytes was expected, and {found} were found (make one with: head -c 32 /dev/urandom > FILE)"
)]
pub struct NotAKey {
    /// Bytes that were found.
    pub found: usize,
}

impl HashKey {
    /// A key is the bytes of its file as they are.
    ///
    /// # Errors
    /// If there are fewer than 32 bytes, or more than 4096.
    pub fn new(bytes: &[u8]) -> Result<Self, NotAKey> {
        let key = Hmac::new_from_slice(bytes).map_err(|_| NotAKey { found: bytes.len() })?;
        if (LEAST..=MOST).contains(&bytes.len()) { Ok(Self(key)) } else { Err(NotAKey { found: bytes.len() }) }
    }

    /// The first 16 bytes of HMAC-SHA-256 (RFC 2104) over a purpose and a value: equal values of different purposes
    /// have different hashes.
    pub fn hash(&self, purpose: &str, value: &str) -> [u8; 16] {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        let whole = mac.finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }

    /// Eight hex digits that tell keys apart and tell nothing of them.
    pub fn name(&self) -> String {
        let [a, b, c, d, ..] = self.hash("name of the key", "");
        format!("{:08x}", u32::from_be_bytes([a, b, c, d]))
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HashKey({})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{HashKey, NotAKey};

    #[test]
    fn hashes_depend_on_key_purpose_and_value() {
        let (one, other) = (HashKey::new(&[1; 32]).expect("long enough"), HashKey::new(&[2; 32]).expect("long enough"));
        let hashes = [one.hash("phone", "1"), one.hash("phone", "2"), one.hash("mail", "1"), other.hash("phone", "1")];
        let distinct: std::collections::BTreeSet<_> = hashes.iter().collect();
        assert_eq!(distinct.len(), hashes.len());
        assert_eq!(one.hash("phone", "1"), hashes[0]);
        assert_ne!(one.name(), other.name());
    }

    #[test]
    fn a_word_is_no_key_and_an_export_neither() {
        assert_eq!(HashKey::new(b"secret").err(), Some(NotAKey { found: 6 }));
        assert_eq!(HashKey::new(&[0; 5000]).err(), Some(NotAKey { found: 5000 }));
    }
}
