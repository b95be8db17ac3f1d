//! From arguments to a reader: what to read, within which limits, and whom to look at.

use super::args::InputArgs;
use crate::ingest::{self, Ids, Input, Item, Limits, Narrow, Read, ReadOptions, Reader};
use std::path::Path;

/// Opens everything that was named, to be read once, or `again`.
///
/// # Errors
/// If an input that was named cannot be read or recognised.
pub(super) fn open(args: &InputArgs, again: bool) -> anyhow::Result<Reader> {
    let inputs: Vec<Input> = args
        .inputs
        .iter()
        .map(|path| if path == Path::new("-") { Input::Stdin } else { Input::Path(path.clone()) })
        .collect();
    Ok(ingest::open(&inputs, &options(args, again))?)
}

fn options(args: &InputArgs, again: bool) -> ReadOptions {
    ReadOptions {
        again,
        input_format: args.input_format.clone(),
        limits: Limits {
            max_record_bytes: args.max_record_bytes,
            max_depth: args.max_depth,
            max_entry_bytes: args.max_entry_bytes,
            max_total_bytes: args.max_total_bytes,
            max_ratio: args.max_ratio,
            max_entries: args.max_entries,
        },
        include_owner: args.include_owner,
        owner: args.owner.clone(),
    }
}

/// Whom to look at.
pub(super) fn narrow(args: &InputArgs) -> Narrow {
    Narrow { only: args.only.clone(), thread: args.thread.clone(), since: args.since }
}

/// Reads one record after the other; calls `each` for those that were asked for and `lost` for what could not be read
/// or is no export. Returns whether anything was rejected.
///
/// # Errors
/// Those of `each`.
pub(super) fn for_each(
    args: &InputArgs,
    each: impl FnMut(Read) -> anyhow::Result<()>,
    lost: impl FnMut(&str),
) -> anyhow::Result<bool> {
    each_of(open(args, false)?, &narrow(args), each, lost)
}

/// The same for a reader.
///
/// # Errors
/// Those of `each`.
pub(super) fn each_of(
    reader: Reader,
    narrow: &Narrow,
    mut each: impl FnMut(Read) -> anyhow::Result<()>,
    mut lost: impl FnMut(&str),
) -> anyhow::Result<bool> {
    let mut ids = Ids::default();
    let mut any_rejected = false;
    for item in reader {
        let read = match item {
            Item::Record(record) => record.read(),
            Item::Rejected(rejected) => Err(rejected),
            Item::Skipped(skipped) => {
                lost(&format!("skipped {}: {}", skipped.source, skipped.reason));
                continue;
            }
        };
        let unique = |read: Read| ids.admit(&read.dossier.id, &read.source).map(|()| read);
        match read.and_then(unique) {
            Ok(mut read) => {
                if narrow.keep(&mut read.dossier) {
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
