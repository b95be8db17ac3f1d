//! Who shares what: of records that were read once for hashes of what each has, only those who may share something are
//! read again.

use super::crew::Crew;
use super::halt::Halt;
use super::met::{Met, Numbered};
use super::options::Options;
use crate::dossier::Dossier;
use crate::facts::Knowledge;
use crate::ingest::{Ids, Item, Read, Reader};
use crate::link::{Index, LinkKnowledge, Linked, Proof, Seen, noted};
use crate::report::Report;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where those come from who turn out to share something.
pub(super) enum Again {
    /// They were few, and were held.
    Held(Vec<(u32, Item)>),
    /// They have to be read once more.
    Read,
}

impl Again {
    /// Holds a record of so many bytes, if they are known and there is room for them.
    fn hold(&mut self, number: u32, read: Read, bytes: Option<usize>, room: &mut usize) {
        let left = bytes.and_then(|bytes| room.checked_sub(bytes));
        *room = left.unwrap_or(0);
        match self {
            Self::Held(records) if left.is_some() => records.push((number, Item::Record(read.into()))),
            _ => *self = Self::Read,
        }
    }
}

/// Reads again whoever may share something, and compares; nothing if `stop` was set meanwhile.
///
/// # Errors
/// If the input cannot be read again, or is no longer what it was.
pub(super) fn prove(
    crew: &Crew,
    reader: &Reader,
    index: Index,
    knowledge: &LinkKnowledge<'_>,
    options: &Options,
    stop: &AtomicBool,
) -> Result<(Linked, Again), Halt> {
    let mut room = options.held;
    let mut kept = Again::Held(Vec::new());
    let Some(threshold) = options.link else { return Ok((Linked::default(), kept)) };
    let groups = crew.within(|| index.groups())?;
    let mut proof = Proof::new(&groups);
    if groups.candidates() > 0 {
        let mut again = reader.again()?;
        let mut records = Numbered::new(&mut again, stop);
        crew.run(
            || records.records(options.chunk, |number| groups.is_candidate(number)),
            |(number, item)| {
                let bytes = if let Item::Record(record) = &item { record.raw_bytes() } else { None };
                Met::of(item, options, |read| {
                    (Seen::of(number, &read.dossier, knowledge, &groups), number, read, bytes)
                })
            },
            |met| {
                for (seen, number, read, bytes) in met.into_iter().filter_map(Met::record) {
                    proof.add(seen);
                    kept.hold(number, read, bytes, &mut room);
                }
                Ok(())
            },
        )?;
        if stop.load(Ordering::Relaxed) {
            return Ok((Linked::default(), kept));
        }
        unchanged(reader, &again)?;
    }
    Ok((proof.finish(threshold, knowledge.facts), kept))
}

/// Whether a further reading read what the first one did.
///
/// # Errors
/// If the input changed meanwhile.
pub(super) fn unchanged(first: &Reader, again: &Reader) -> Result<(), Halt> {
    if first.agrees(again) { Ok(()) } else { Err(Halt::Changed) }
}

/// Who shares what in everything that is read, without judging anybody; and how many records that is. The report is
/// told of what could not be read, and of nothing else.
///
/// # Errors
/// As those of [`run`](super::run()).
pub fn link(
    reader: &mut Reader,
    knowledge: &Knowledge<'_>,
    options: &Options,
    report: &mut dyn Report,
    stop: &AtomicBool,
) -> Result<(Linked, u64), Halt> {
    let crew = Crew::new(options.threads)?;
    let knowledge = LinkKnowledge::new(knowledge);
    let mut index = Index::default();
    let mut ids = Ids::default();
    let mut people = 0;
    let mut records = Numbered::new(reader, stop);
    crew.run(
        || records.chunk(options.chunk),
        |(number, item)| Met::of(item, options, |read| (number, noted(&read.dossier, &knowledge), read)),
        |met| {
            for one in met {
                match one {
                    Met::LeftOut => {}
                    Met::Skipped(skipped) => report.skipped(&skipped)?,
                    Met::Rejected(rejected) => report.rejected(&rejected)?,
                    Met::Record((number, noted, read)) => {
                        if let Err(repeated) = ids.admit(&read.dossier.id, &read.source) {
                            report.rejected(&repeated)?;
                            continue;
                        }
                        read.skipped.iter().try_for_each(|skipped| report.skipped(skipped))?;
                        index.add(number, noted);
                        people += 1;
                    }
                }
            }
            Ok(())
        },
    )?;
    let (linked, _) = prove(&crew, reader, index, &knowledge, options, stop)?;
    Ok((linked, people))
}

/// Who shares what among dossiers in memory, numbered by their positions; `threshold` in decibans.
pub(super) fn link_in_memory(dossiers: &[Dossier], knowledge: &Knowledge<'_>, threshold: f64) -> Linked {
    let knowledge = LinkKnowledge::new(knowledge);
    let mut index = Index::default();
    for (number, dossier) in (0..).zip(dossiers) {
        index.add(number, noted(dossier, &knowledge));
    }
    let groups = index.groups();
    let mut proof = Proof::new(&groups);
    for (number, dossier) in (0..).zip(dossiers).filter(|(number, _)| groups.is_candidate(*number)) {
        proof.add(Seen::of(number, dossier, &knowledge, &groups));
    }
    proof.finish(threshold, knowledge.facts)
}
