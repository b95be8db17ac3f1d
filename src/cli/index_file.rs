//! The file of an index: read as it stands, and changed by one process at a time, wholly or not at all.
//!
//! Readers need no lock: a file that is replaced stays whole for whoever has opened it. Those who change it lock a file
//! beside it, which stays: the index itself is another file after each change, and may not be there yet.

use super::output::Output;
use anyhow::{Context, anyhow};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Opens an index for reading.
///
/// # Errors
/// If there is none, or it cannot be read.
pub(super) fn open(path: &Path) -> anyhow::Result<File> {
    if_any(path)?.ok_or_else(|| {
        let path = path.display();
        anyhow!("could not read the index {path}: there is no such file (check the name)")
    })
}

/// The same, or `None` if there is no such file.
fn if_any(path: &Path) -> anyhow::Result<Option<File>> {
    #[expect(clippy::disallowed_methods, reason = "an index is no export: ingest does not know it")]
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("could not read the index {}", path.display())),
    }
}

/// An index that no other process changes meanwhile.
#[derive(Debug)]
pub(super) struct IndexFile {
    path: PathBuf,
    /// Locked as long as it is open; the system lets go of it even if the process is killed.
    _lock: File,
}

impl IndexFile {
    /// Locks an index, whether there is one yet or not.
    ///
    /// # Errors
    /// If another process has it locked, or it cannot be locked.
    pub(super) fn lock(path: &Path) -> anyhow::Result<Self> {
        // What a link leads to is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut beside = path.clone().into_os_string();
        beside.push(".lock");
        let beside = PathBuf::from(beside);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let (shown, lock_shown) = (path.display(), beside.display());
        let lock = options.open(&beside).with_context(|| {
            format!("could not write {lock_shown}, which keeps others from changing the index (its folder must be there and writable)")
        })?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(anyhow!(
                "the index {shown} is being changed by another falseface, which has locked {lock_shown} (run this again \
                 once that has ended; do not remove the lock, it is let go of by itself)"
            )),
            Err(TryLockError::Error(error)) => Err(error)
                .with_context(|| format!("could not lock {lock_shown} (keep the index on a disk that knows locks)")),
        }
    }

    /// Opens it for reading.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub(super) fn open(&self) -> anyhow::Result<File> {
        open(&self.path)
    }

    /// The same, or `None` if there is none yet.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn if_any(&self) -> anyhow::Result<Option<File>> {
        if_any(&self.path)
    }

    /// Somewhere to write what is to take its place: a file beside it that only its owner may read.
    ///
    /// # Errors
    /// If nothing can be written beside it.
    pub(super) fn aside(&self) -> anyhow::Result<Output> {
        Output::open(Some(&self.path))
    }

    /// Puts what was written aside in its place, once that is on the disk.
    ///
    /// # Errors
    /// If it cannot be written or renamed; then the index is as it was.
    pub(super) fn replace(&self, mut aside: Output) -> anyhow::Result<()> {
        aside.sync()?;
        aside.finish()?;
        sync_folder(&self.path).with_context(|| {
            let path = self.path.display();
            format!(
                "{path} is written, and may be the old one after a power cut: its folder was not written to the disk"
            )
        })
    }
}

/// Writes the folder of a file to the disk, and with it the file's new name.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a folder is opened to be written to the disk, not read")]
    File::open(super::output::folder_of(path)).and_then(|folder| folder.sync_all())
}

/// Where folders cannot be opened, the system sees to that.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
