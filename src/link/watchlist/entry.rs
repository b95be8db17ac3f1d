//! An entry of a list, as it is compared: what kind of thing, its value, who published it and until when it holds.

use crate::dossier::Date;
use crate::link::key::KeyKind;
use crate::screening::Detector;
use std::fmt;

/// What an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// What a key of that kind holds; never [`KeyKind::Domain`], which is how a domain was registered.
    Key(KeyKind),
    /// A domain that somebody registered, or one host.
    Domain,
    /// A person's name, which never counts by itself.
    Name,
}

impl EntryKind {
    /// Every kind, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let keys = KeyKind::ALL.iter().copied().filter(|kind| *kind != KeyKind::Domain);
        keys.map(Self::Key).chain([Self::Domain, Self::Name])
    }

    /// The word that stands in lists and reports; it is the purpose of a keyed hash as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key(kind) => kind.as_str(),
            Self::Domain => "domain",
            Self::Name => "name",
        }
    }

    /// The kind of that word.
    pub fn by_word(word: &str) -> Option<Self> {
        Self::all().find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value of an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// Made comparable.
    Plain(String),
    /// A hash of it, under the key of that name.
    Hashed {
        /// Eight hex digits, [`HashKey::name`](crate::link::HashKey::name).
        key: String,
        /// [`HashKey::hash`](crate::link::HashKey::hash) over the word of the kind and the value.
        hash: [u8; 16],
    },
}

/// Something that was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it names.
    pub kind: EntryKind,
    /// Its value.
    pub value: Listed,
    /// Where it was published.
    pub source: String,
    /// The last day or moment on which it counts.
    pub expires: Date,
    /// Who it belongs to: entries of one list with the same word are one actor's.
    pub entity: Option<String>,
    /// Which detectors it is about; never empty, in order.
    pub about: Vec<Detector>,
    /// Entries of one list with the same word count only where all of them match.
    pub together: Option<String>,
}

/// Hex digits of a hash.
const HASH_DIGITS: usize = 32;
/// What a hashed value begins with.
const HASHED: &str = "hmac:";

impl Listed {
    /// The value that stands in a list, where it is a hash: `hmac:`, the name of the key, the hash.
    ///
    /// `None` for a plain value, and an error for one that begins like a hash and is none.
    pub(super) fn read(raw: &str) -> Option<Result<Self, ()>> {
        let rest = raw.strip_prefix(HASHED)?;
        let read = || {
            let (key, digits) = rest.split_once(':')?;
            let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
            if key.len() != 8 || !is_hex(key) || digits.len() != HASH_DIGITS || !is_hex(digits) {
                return None;
            }
            let hash = u128::from_str_radix(digits, 16).ok()?.to_be_bytes();
            Some(Self::Hashed { key: key.to_ascii_lowercase(), hash })
        };
        Some(read().ok_or(()))
    }
}

/// As it stands in a list.
impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => f.write_str(value),
            Self::Hashed { key, hash } => write!(f, "{HASHED}{key}:{:032x}", u128::from_be_bytes(*hash)),
        }
    }
}
