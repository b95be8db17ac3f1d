//! An index of earlier batches in a run: what is left of them is searched, and what this batch leaves is added.

use super::arg_groups::PastArgs;
use super::index_file::{self, IndexFile};
use super::{key_file, output};
use crate::ingest::Narrow;
use crate::link::ledger::{self, Appended};
use crate::link::{HashKey, Past};
use anyhow::{Context, bail};
use std::fs::File;
use std::path::{Path, PathBuf};

/// An index that the batch of a run is added to; nobody else changes it meanwhile.
pub(super) struct Growing {
    file: IndexFile,
    path: PathBuf,
    key: HashKey,
}

/// Locks an index for a run that will add to it, whether there is one yet or not; `None` if no index was given.
///
/// # Errors
/// If not everything is asked for, the key or the index cannot be read, the index is not as it was written, or another
/// process changes it.
pub(super) fn growing(args: &PastArgs, narrow: &Narrow) -> anyhow::Result<Option<(Growing, Past)>> {
    let Some((path, key)) = given(args)? else { return Ok(None) };
    if !narrow.is_everything() {
        // The rest would be taken for scanned, and could not be added any more.
        bail!(
            "--index adds whole batches, and --only, --thread or --since ask for a part of one (leave them out, or ask with \
             `falseface explain --index`, which adds nothing)"
        );
    }
    let file = IndexFile::lock(path)?;
    let past = searchable(&key, || file.if_any(), path)?;
    Ok(Some((Growing { file, path: path.to_owned(), key }, past)))
}

/// An index that is only searched; `None` if none was given.
///
/// # Errors
/// If the key or the index cannot be read, or the index is not as it was written.
pub(super) fn resting(args: &PastArgs) -> anyhow::Result<Option<Past>> {
    let Some((path, key)) = given(args)? else { return Ok(None) };
    searchable(&key, || index_file::open(path).map(Some), path).map(Some)
}

fn given(args: &PastArgs) -> anyhow::Result<Option<(&Path, HashKey)>> {
    let (Some(path), Some(key)) = (&args.index, &args.index_key) else { return Ok(None) };
    Ok(Some((path, key_file::read(key)?)))
}

/// An index is verified before anything else is read: whoever has to wait for a batch learns at once that it cannot be used.
fn searchable(key: &HashKey, open: impl Fn() -> anyhow::Result<Option<File>>, path: &Path) -> anyhow::Result<Past> {
    let key = key.clone();
    let Some(index) = open()? else { return Ok(Past::first(key)) };
    let batches = ledger::verify(index, &key).with_context(|| format!("could not use the index {}", path.display()))?;
    Ok(match open()? {
        Some(index) => Past::after(key, Box::new(index), &batches),
        None => Past::first(key),
    })
}

impl Growing {
    /// Adds what the batch of the run leaves. A batch that was not read to its end leaves nothing, and one that was scanned
    /// before leaves nothing more.
    ///
    /// # Errors
    /// If the index cannot be written; then it is as it was.
    pub(super) fn add(self, past: Past) -> anyhow::Result<()> {
        let Some(batch) = past.into_batch() else {
            output::note(&format!("the index {} is as it was: the batch was not read to its end", self.path.display()));
            return Ok(());
        };
        let mut aside = self.file.aside()?;
        let appended = ledger::append(self.file.if_any()?, &batch, &self.key, &mut aside)
            .with_context(|| format!("could not write the index {}", self.path.display()))?;
        match appended {
            Appended::Added => self.file.replace(aside),
            Appended::Known(known) => {
                output::note(&format!(
                    "the index {} is as it was: the same inputs were scanned on {}",
                    self.path.display(),
                    known.scan.day()
                ));
                Ok(())
            }
        }
    }
}
