//! Lists that can be given away: hashes under a key instead of values, and no notes.

use super::entry::{Entry, Listed};
use super::read::Watchlist;
use crate::link::keyed::HashKey;
use serde::Serialize;

/// An entry as it is given away.
#[derive(Debug, Serialize)]
struct Shared<'e> {
    kind: &'static str,
    value: String,
    source: &'e str,
    expires: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    about: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<String>,
}

/// The entries of a list as JSON Lines, without the values. What expired is left out.
///
/// Words of actors may be names, and stand as hashes too; sorted by value, the order of lines tells nothing. A source
/// stays as it is, so it must name no person.
pub fn hashed(list: &Watchlist, key: &HashKey) -> Vec<String> {
    let mut lines: Vec<String> = list
        .entries
        .iter()
        .map(|entry| {
            // Texts and numbers under keys that are texts: JSON holds them all.
            serde_json::to_string(&shared(entry, key)).unwrap_or_default()
        })
        .collect();
    lines.sort_unstable();
    lines
}

fn shared<'e>(entry: &'e Entry, key: &HashKey) -> Shared<'e> {
    let value = match &entry.value {
        Listed::Plain(value) => {
            Listed::Hashed { key: key.name(), hash: key.hash(entry.kind.as_str(), value) }.to_string()
        }
        hashed @ Listed::Hashed { .. } => hashed.to_string(),
    };
    // 48 bits tell the actors of a list apart.
    let word = |purpose: &str, word: &String| format!("{:012x}", u128::from_be_bytes(key.hash(purpose, word)) >> 80);
    Shared {
        kind: entry.kind.as_str(),
        value,
        source: &entry.source,
        expires: entry.expires.to_string(),
        entity: entry.entity.as_ref().map(|entity| word("entity", entity)),
        about: entry.about.iter().map(|about| about.as_str()).collect(),
        together: entry.together.as_ref().map(|together| word("together", together)),
    }
}
