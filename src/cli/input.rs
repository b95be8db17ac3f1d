//! From arguments to a reader: what to read, within which limits, and whom to look at.

use super::args::InputArgs;
use crate::dossier::Skipped;
use crate::ingest::{self, Ids, Input, Item, Limits, Narrow, Read, ReadOptions, Reader};
use anyhow::Context;
use std::path::Path;
use tempfile::NamedTempFile;

/// Opens everything that was named.
///
/// # Errors
/// If an input that was named cannot be read or recognised.
pub(super) fn open(args: &InputArgs) -> anyhow::Result<Reader> {
    let inputs: Vec<Input> = args
        .inputs
        .iter()
        .map(|path| match &args.kept {
            _ if path != Path::new("-") => Input::Path(path.clone()),
            Some(kept) => Input::Kept(kept.clone()),
            None => Input::Stdin,
        })
        .collect();
    Ok(ingest::open(&inputs, &options(args))?)
}

fn options(args: &InputArgs) -> ReadOptions {
    ReadOptions {
        input_format: args.input_format.clone(),
        limits: Limits {
            max_record_bytes: args.max_record_bytes,
            max_depth: args.max_depth,
            max_entry_bytes: args.max_entry_bytes,
            max_total_bytes: args.max_total_bytes,
            max_ratio: args.max_ratio,
            max_entries: args.max_entries,
            max_photo_bytes: args.max_photo_bytes,
            max_photo_side: args.max_photo_side,
            max_photo_memory: args.max_photo_memory,
        },
        include_owner: args.include_owner,
        owner: args.owner.clone(),
        photos: args.photos,
    }
}

/// Whom to look at.
pub(super) fn narrow(args: &InputArgs) -> Narrow {
    Narrow { only: args.only.clone(), thread: args.thread.clone(), since: args.since }
}

/// The same inputs for reading twice: standard input is kept in a private file while that is alive.
///
/// # Errors
/// If standard input cannot be kept.
pub(super) fn spooled(args: &InputArgs) -> anyhow::Result<(InputArgs, Option<NamedTempFile>)> {
    let mut args = args.clone();
    if !args.inputs.iter().any(|path| path == Path::new("-")) {
        return Ok((args, None));
    }
    let mut file = tempfile::Builder::new()
        .prefix("standard-input-")
        .tempfile()
        .context("could not keep standard input in a file")?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).context("could not keep standard input in a file")?;
    args.kept = Some(file.path().to_owned());
    Ok((args, Some(file)))
}

/// Reads one record after the other; calls `each` for those that were asked for and `lost` for what could not be read
/// or is no export, and for their portraits that could not be read. Returns whether anything was rejected.
///
/// # Errors
/// Those of `each`.
pub(super) fn for_each(
    args: &InputArgs,
    mut each: impl FnMut(Read) -> anyhow::Result<()>,
    mut lost: impl FnMut(&str),
) -> anyhow::Result<bool> {
    let narrow = narrow(args);
    let mut ids = Ids::default();
    let mut any_rejected = false;
    for item in open(args)? {
        let read = match item {
            Item::Record(record) => record.read(),
            Item::Rejected(rejected) => Err(rejected),
            Item::Skipped(skipped) => {
                lost(&passed_over(&skipped));
                continue;
            }
        };
        let unique = |read: Read| ids.admit(&read.dossier.id, &read.source).map(|()| read);
        match read.and_then(unique) {
            Ok(mut read) => {
                if narrow.keep(&mut read.dossier) {
                    read.skipped.iter().for_each(|skipped| lost(&passed_over(skipped)));
                    each(read)?;
                }
            }
            Err(rejected) => {
                any_rejected = true;
                lost(&format!("rejected {}: {}", rejected.source, rejected.reason));
            }
        }
    }
    Ok(any_rejected)
}

fn passed_over(skipped: &Skipped) -> String {
    format!("skipped {}: {}", skipped.source, skipped.reason)
}
