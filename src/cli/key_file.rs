//! The key of an index, of a hashed list or of tokens: the bytes of a file that nobody else should be able to read.

use super::output;
use crate::link::HashKey;
use anyhow::Context;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// More than a key may have, so that a file named by mistake is told without reading all of it.
const ENOUGH: u64 = 1 << 16;

/// Reads a key; warns if others can read it too.
///
/// # Errors
/// If the file cannot be read or holds no key.
pub(super) fn read(path: &Path) -> anyhow::Result<HashKey> {
    key_of(path, &bytes(path)?)
}

/// The key that bytes are, if they are one.
fn key_of(path: &Path, bytes: &[u8]) -> anyhow::Result<HashKey> {
    HashKey::new(bytes).with_context(|| format!("{} holds no key", path.display()))
}

/// The bytes of a key; warns if others can read it too.
///
/// # Errors
/// If the file cannot be read or holds no key.
pub(super) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "a key is an argument, no export: ingest does not know it")]
    let read = File::open(path).and_then(|file| {
        warn_of_others(path, &file)?;
        file.take(ENOUGH).read_to_end(&mut bytes)
    });
    read.with_context(|| {
        let make = "make a key with: head -c 32 /dev/urandom > FILE";
        format!("could not read the key {} (it must be a file that you can read; {make})", path.display())
    })?;
    key_of(path, &bytes)?;
    Ok(bytes)
}

/// Says so if others than its owner may read or change a key.
#[cfg(unix)]
fn warn_of_others(path: &Path, file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata()?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let path = path.display();
        output::note(&format!(
            "warning: the key {path} is open to others (mode {mode:03o}): whoever has it can try names and numbers on \
             what is hashed under it (chmod 600 {path})"
        ));
    }
    Ok(())
}

/// Where files have no such modes, nothing is known of others.
#[cfg(not(unix))]
fn warn_of_others(_path: &Path, _file: &File) -> std::io::Result<()> {
    Ok(())
}
