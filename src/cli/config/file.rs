//! The file of a configuration: named, or found in this folder or one above.

use anyhow::{Context, anyhow, bail};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The name that is looked for.
pub(super) const NAME: &str = "falseface.toml";
/// More bytes than anybody writes into one.
const MOST_BYTES: u64 = 1 << 20;

/// A configuration as it stands on the disk.
#[derive(Debug)]
pub(super) struct ConfigFile {
    /// From the working directory, or as it was named.
    pub(super) path: PathBuf,
    /// Its text.
    pub(super) text: String,
    /// Nobody named it.
    pub(super) was_found: bool,
}

impl ConfigFile {
    /// Reads the file that was named.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn named(path: &Path) -> anyhow::Result<Self> {
        Ok(Self { path: path.to_owned(), text: text(path)?, was_found: false })
    }

    /// Looks for one in the working directory and above, up to the folder that holds a repository (`.git`) or the root.
    ///
    /// # Errors
    /// If there is one and it cannot be read, or belongs to somebody else than the working directory.
    pub(super) fn find() -> anyhow::Result<Option<Self>> {
        // Without a working directory there is nothing above it.
        let Ok(here) = std::env::current_dir() else { return Ok(None) };
        let Some(path) = find_from(&here) else { return Ok(None) };
        if is_of_another(&path) {
            let path = path.display();
            bail!(
                "{path} belongs to somebody else than the folder you are in, and was not read (name it with --config {path} \
                 if you trust it, or go without with --no-config)"
            );
        }
        Ok(Some(Self { text: text(&path)?, path, was_found: true }))
    }
}

/// The nearest file from a folder on, as seen from there.
fn find_from(here: &Path) -> Option<PathBuf> {
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(NAME).is_file() {
            return Some(up.join(NAME));
        }
        if folder.join(".git").exists() {
            return None;
        }
        up.push("..");
    }
    None
}

/// Whoever may write into a folder above could otherwise configure what others run below it.
#[cfg(unix)]
fn is_of_another(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &Path| fs::metadata(path).map(|metadata| metadata.uid()).ok();
    owner(path) != owner(Path::new("."))
}

/// Where files have no such owners, nothing is known of others.
#[cfg(not(unix))]
fn is_of_another(_path: &Path) -> bool {
    false
}

fn text(path: &Path) -> anyhow::Result<String> {
    let shown = path.display();
    if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        bail!("could not read the configuration {shown}: there is no such file (check the name)");
    }
    let mut text = String::new();
    #[expect(clippy::disallowed_methods, reason = "a configuration is no export: ingest does not know it")]
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text));
    let bytes =
        read.with_context(|| format!("could not read the configuration {shown} (it must be TOML, in UTF-8)"))?;
    if bytes as u64 > MOST_BYTES {
        return Err(anyhow!("{shown} has more than {MOST_BYTES} bytes, and is no configuration"));
    }
    Ok(text)
}

#[expect(clippy::disallowed_methods, reason = "the tests write what is found")]
#[cfg(test)]
mod tests {
    use super::{NAME, find_from};
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn the_nearest_file_counts_and_a_repository_is_the_end_of_the_way_up() {
        let top = tempfile::tempdir().expect("a folder");
        let below = top.path().join("a/b/c");
        fs::create_dir_all(&below).expect("folders");
        fs::write(top.path().join(NAME), "").expect("writes");
        assert_eq!(find_from(&below), Some(PathBuf::from("../../..").join(NAME)));
        fs::write(top.path().join("a").join(NAME), "").expect("writes");
        assert_eq!(find_from(&below), Some(PathBuf::from("../..").join(NAME)));
        fs::create_dir(top.path().join("a/b/.git")).expect("a folder");
        assert_eq!(find_from(&below), None);
        fs::write(top.path().join("a/b").join(NAME), "").expect("writes");
        assert_eq!(find_from(&below), Some(PathBuf::from("..").join(NAME)), "the repository's own");
    }
}
