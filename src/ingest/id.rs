//! Ids of dossiers that adapters make: the same person gets the same id, whatever else the export holds.

use crate::dossier::hex;
use sha2::{Digest, Sha256};

/// `<adapter>-` and the first 12 hex digits of the SHA-256 of what identifies the person in the export.
pub(crate) fn of(adapter: &str, identity: &str) -> String {
    let digest = hex(&Sha256::digest(identity.as_bytes()));
    format!("{adapter}-{}", &digest[..12])
}
