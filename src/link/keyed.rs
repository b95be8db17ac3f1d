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

/// HMAC-SHA-256 over bytes while they come: without the key nobody can make it, nor change what it closes.
#[derive(Clone)]
pub struct Seal(Hmac<Sha256>);

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
        let mut seal = self.seal(purpose);
        seal.update(value.as_bytes());
        let mut half = [0; 16];
        half.copy_from_slice(&seal.finish()[..16]);
        half
    }

    /// A seal over bytes that are still to come; those of different purposes differ.
    pub fn seal(&self, purpose: &str) -> Seal {
        let mut seal = Seal(self.0.clone());
        seal.update(purpose.as_bytes());
        seal.update(&[0]);
        seal
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

impl Seal {
    /// Takes in what comes next.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The seal of everything that came.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into_bytes().into()
    }

    /// Whether a seal that was found is that of everything that came; takes as long for a wrong one as for a right one.
    pub fn closes(self, found: &[u8; 32]) -> bool {
        self.0.verify_slice(found).is_ok()
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
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
    fn a_seal_closes_what_came_and_nothing_else() {
        let key = HashKey::new(&[1; 32]).expect("long enough");
        let sealed = |purpose: &str, parts: &[&[u8]]| {
            let mut seal = key.seal(purpose);
            for part in parts {
                seal.update(part);
            }
            seal
        };
        let found = sealed("batch", &[b"one", b"two"]).finish();
        assert!(sealed("batch", &[b"onetwo"]).closes(&found), "how it came in parts makes no difference");
        assert!(!sealed("batch", &[b"onetwp"]).closes(&found));
        assert!(!sealed("end", &[b"onetwo"]).closes(&found));
        assert_eq!(sealed("phone", &[b"1"]).finish()[..16], key.hash("phone", "1"));
    }

    #[test]
    fn a_word_is_no_key_and_an_export_neither() {
        assert_eq!(HashKey::new(b"secret").err(), Some(NotAKey { found: 6 }));
        assert_eq!(HashKey::new(&[0; 5000]).err(), Some(NotAKey { found: 5000 }));
    }
}
