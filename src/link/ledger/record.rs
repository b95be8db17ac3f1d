//! What one record leaves in an index: hashes under the key, and nothing else.

use crate::dossier::Dossier;
use crate::facts::name_forms::forms;
use crate::facts::names::KnownNames;
use crate::link::key::{Key, KeyKind};
use crate::link::keyed::HashKey;
use crate::link::knowledge::LinkKnowledge;

/// A hash under the key of a value that is long or rare enough to be told by it.
pub type KeyedHash = [u8; 16];

/// A hash under the key of a word of a name. Half as long: it is only compared with the few words of one other record.
pub type NameHash = [u8; 8];

/// Most hashes that are kept of a record's names; nobody has so many.
pub(super) const MOST_NAMES: usize = u8::MAX as usize;

/// What one record leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRecord {
    /// Of the dossier's id.
    pub id: KeyedHash,
    /// Of the words of the names that the person gave and of their known forms; in no order that tells anything.
    pub name: Vec<NameHash>,
    /// Of the scripts in which a full name was given. Names that have no word in common are known to have nothing in
    /// common only if they have a script in common.
    pub scripts: Vec<NameHash>,
    /// Of the values of the keys. The kind is hashed with the value: it is told here, and not in the file.
    pub keys: Vec<(KeyKind, KeyedHash)>,
}

impl LedgerRecord {
    /// What a dossier with these [keys](crate::link::keys()) leaves.
    ///
    /// More than 255 words of names are none that could be compared; such a record keeps no name.
    pub fn of(dossier: &Dossier, keys: &[Key], knowledge: &LinkKnowledge<'_>, key: &HashKey) -> Self {
        let names = &knowledge.facts.names;
        let forms = forms(&KnownNames::new(dossier, names), names);
        let mut name: Vec<NameHash> = forms.words.iter().map(|word| short(&key.hash("index name", word))).collect();
        let mut scripts: Vec<_> = forms.scripts.iter().map(|script| short(&key.hash("index script", script))).collect();
        if name.len() + scripts.len() > MOST_NAMES {
            name.clear();
            scripts.clear();
        }
        name.sort_unstable();
        scripts.sort_unstable();
        Self {
            id: key.hash("index record", &dossier.id),
            name,
            scripts,
            keys: keys.iter().map(|found| (found.kind, value_hash(found.kind, &found.value, key))).collect(),
        }
    }
}

/// The hash of a key's value; equal values of different kinds differ.
pub(crate) fn value_hash(kind: KeyKind, value: &str, key: &HashKey) -> KeyedHash {
    key.hash(&format!("index key {kind}"), value)
}

/// The hash of a name's word as a record of this id bears it.
///
/// Given names are told by how often they come, even as hashes. Under the record's own id, the same word is another in
/// every record, and whoever has no key cannot count it.
pub(super) fn veiled(name: NameHash, id: &KeyedHash, key: &HashKey) -> NameHash {
    let mut seal = key.seal("index name in record");
    seal.update(id);
    seal.update(&name);
    short(&seal.finish())
}

/// The beginning of a hash, which is longer.
fn short(hash: &[u8]) -> NameHash {
    hash.first_chunk().copied().unwrap_or_default()
}
