//! From arguments to a reader: what to read, within which limits, and whom to look at.

use super::arg_groups::InputArgs;
use super::{joining, map};
use crate::dossier::Skipped;
use crate::ingest::{self, GeoDatabases, Ids, Input, Item, Limits, Narrow, Read, ReadOptions, Reader};
use crate::screening::Joining;
use std::path::Path;

/// What inputs are opened for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    /// Threads that find out who is one person; 0 means one for each processor.
    pub(super) threads: usize,
    /// They are read more than once.
    pub(super) again: bool,
    /// Portraits are read too.
    pub(super) photos: bool,
}

impl Reading {
    /// For linking: records are read again, and portraits may be what they share.
    pub(super) fn linked(is_asked: bool) -> Self {
        Self { again: is_asked, photos: is_asked, ..Self::default() }
    }
}

/// Opens everything that was named; which records of one person were joined is told on standard error.
///
/// # Errors
/// As those of [`open_joined`].
pub(super) fn open(args: &InputArgs, reading: Reading) -> anyhow::Result<Reader> {
    let (reader, joining) = open_joined(args, reading)?;
    joining.iter().for_each(joining::tell);
    Ok(reader)
}

/// Opens everything that was named; records of one person are joined where that was asked for, and it is said which.
///
/// # Errors
/// If an input that was named cannot be read or recognised, or what was said of a person cannot be understood.
pub(super) fn open_joined(args: &InputArgs, reading: Reading) -> anyhow::Result<(Reader, Option<Joining>)> {
    let reading = Reading { again: reading.again || joining::is_asked(&args.join), ..reading };
    let reader = open_apart(args, reading)?;
    joining::join(reader, &args.join, reading.threads)
}

fn open_apart(args: &InputArgs, reading: Reading) -> anyhow::Result<Reader> {
    let inputs: Vec<Input> = args
        .inputs
        .iter()
        .map(|path| if path == Path::new("-") { Input::Stdin } else { Input::Path(path.clone()) })
        .chain(args.code.iter().cloned().map(Input::Code))
        .collect();
    let mut options = options(args, reading);
    options.geoip = GeoDatabases::open(&args.geoip, options.limits.max_entry_bytes)?;
    if let Some(path) = &args.map {
        map::choose(path, &mut options)?;
    }
    Ok(ingest::open(&inputs, &options)?)
}

fn options(args: &InputArgs, Reading { again, photos, .. }: Reading) -> ReadOptions {
    ReadOptions {
        again,
        photos,
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
        map: None,
        geoip: GeoDatabases::default(),
    }
}

/// Whom to look at.
pub(super) fn narrow(args: &InputArgs) -> Narrow {
    Narrow { only: args.only.clone(), thread: args.thread.clone(), since: args.since }
}

/// Reads one record after the other; calls `each` for those that were asked for and `lost` for what could not be read
/// or is no export, and for their portraits that could not be read. Returns whether anything was rejected.
///
/// # Errors
/// Those of `each`.
pub(super) fn for_each(
    args: &InputArgs,
    each: impl FnMut(Read) -> anyhow::Result<()>,
    lost: impl FnMut(&str),
) -> anyhow::Result<bool> {
    each_of(open(args, Reading::default())?, &narrow(args), each, lost)
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
