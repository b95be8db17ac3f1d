//! What somebody says of a person: `li:ana-example,mail:ana@mail.example` are hers.

use super::identifier::{Identifier, file, hash, of_key};
use crate::dossier::Path;
use crate::dossier::Place;
use crate::link::canonical;
use crate::link::key::{Key, KeyKind};
use crate::link::knowledge::LinkKnowledge;

/// Identifiers that somebody said to be one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamePerson(pub Vec<Identifier>);

/// Why what was said cannot be understood; in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotSaid(String);

impl SamePerson {
    /// Understands `KIND:VALUE,KIND:VALUE…`: `mail`, `tel`, `id` (of a dossier), `sha256` (of a file), `file` (its name), or the name of a network
    /// with a handle.
    ///
    /// # Errors
    /// Which part is not understood, and what was expected.
    pub fn parse(text: &str, knowledge: &LinkKnowledge<'_>) -> Result<Self, NotSaid> {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            return Err(NotSaid(format!(
                "expected two identifiers or more with a comma between them, found {text:?} (such as li:ana-example,mail:ana@mail.example)"
            )));
        }
        parts.into_iter().map(|part| identifier(part, knowledge)).collect::<Result<_, _>>().map(Self)
    }

    /// Hashes of the identifiers, as [`hashes`](super::hashes) makes them of records.
    pub fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().map(hash)
    }
}

fn identifier(part: &str, knowledge: &LinkKnowledge<'_>) -> Result<Identifier, NotSaid> {
    let wrong = |expected: &str| NotSaid(format!("expected {expected}, found {part:?}"));
    let Some((kind, value)) = part.split_once(':').map(|(kind, value)| (kind.trim(), value.trim())) else {
        return Err(wrong("a kind, a colon and a value (kinds are mail, tel, id, sha256, file and names of networks)"));
    };
    if value.is_empty() {
        return Err(wrong("a value after the colon"));
    }
    let (kind, value) = match kind.to_ascii_lowercase().as_str() {
        "id" => return Ok(Identifier { kind: "id", value: value.to_owned() }),
        "file" => return file(value).ok_or_else(|| wrong("the name of a file with its ending after file:")),
        "mail" => (KeyKind::Mailbox, knowledge.mail.mailbox(value).ok_or_else(|| wrong("a mail address after mail:"))?),
        "tel" => {
            (KeyKind::Phone, canonical::phone(value).ok_or_else(|| wrong("a number with its country code after tel:"))?)
        }
        "sha256" => (KeyKind::Document, canonical::digest(value).ok_or_else(|| wrong("64 hex digits after sha256:"))?),
        network => (
            KeyKind::Handle,
            knowledge.pages.account(network, value).ok_or_else(|| wrong("a handle after the network"))?,
        ),
    };
    let key = Key { kind, value, place: Place::whole(Path::plain("")) };
    of_key(key).ok_or_else(|| wrong("an identifier that one person has"))
}
