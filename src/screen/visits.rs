//! Who shares what: of records that were read once for hashes of what each has, only those who may share something are
//! read again.

use super::crew::Crew;
use super::halt::Halt;
use super::met::{Met, Numbered};
use super::options::Options;
use crate::dossier::Dossier;
use crate::facts::Knowledge;
use crate::ingest::{Ids, Item, Read, Reader};
use crate::link::ledger::LedgerRecord;
use crate::link::{HashKey, Index, LinkKnowledge, Linked, Noted, Past, Proof, Seen, noted};
use crate::report::Report;
use std::collections::BTreeMap;
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

/// What the first visit notes of records.
pub(super) type Noticed = (Noted, Option<LedgerRecord>);

/// What was noted of all records, for this batch and for later ones.
pub(super) struct Notes<'p> {
    index: Index,
    past: Option<&'p mut Past>,
}

impl<'p> Notes<'p> {
    pub(super) fn new(past: Option<&'p mut Past>) -> Self {
        Self { index: Index::default(), past }
    }

    /// The key under which records leave something for later batches, if they do.
    pub(super) fn key(&self) -> Option<HashKey> {
        self.past.as_ref().map(|past| past.key().clone())
    }

    /// Takes in what was noted of a record; records come in the order of their numbers.
    pub(super) fn add(&mut self, number: u32, (noted, left): Noticed) {
        self.index.add(number, noted);
        if let (Some(past), Some(left)) = (&mut self.past, left) {
            past.add(number, &left);
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
    notes: Notes<'_>,
    knowledge: &LinkKnowledge<'_>,
    options: &Options,
    stop: &AtomicBool,
) -> Result<(Linked, Again), Halt> {
    let mut room = options.held;
    let mut kept = Again::Held(Vec::new());
    let Some(threshold) = options.link else { return Ok((Linked::default(), kept)) };
    let Notes { index, past } = notes;
    let past = match past {
        // Of a batch that was not read to its end, nothing is left for later ones.
        Some(past) if !stop.load(Ordering::Relaxed) => {
            past.search(options.now, reader.digests().iter().map(|read| &read.sha256))?;
            Some(&*past)
        }
        _ => None,
    };
    let groups = crew.within(|| index.groups())?;
    let mut proof = Proof::new(&groups);
    let mut earlier = BTreeMap::new();
    if groups.candidates() > 0 || past.is_some_and(|past| past.candidates() > 0) {
        let is_candidate = |number| groups.is_candidate(number) || past.is_some_and(|past| past.has(number));
        let mut again = reader.again()?;
        let mut records = Numbered::new(&mut again, stop);
        crew.run(
            || records.records(options.chunk, is_candidate),
            |(number, item)| {
                let bytes = if let Item::Record(record) = &item { record.size() } else { None };
                Met::of(item, options, |read| {
                    let seen = Seen::of(number, &read.dossier, knowledge, &groups);
                    let before = past.and_then(|past| past.shared(number, &read.dossier, knowledge));
                    (seen, before, number, read, bytes)
                })
            },
            |met| {
                for (seen, before, number, read, bytes) in met.into_iter().filter_map(Met::record) {
                    proof.add(seen);
                    earlier.extend(before.map(|before| (number, before)));
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
    Ok((Linked { earlier, ..proof.finish(threshold, knowledge.facts) }, kept))
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
    past: Option<&mut Past>,
    stop: &AtomicBool,
) -> Result<(Linked, u64), Halt> {
    let crew = Crew::new(options.threads)?;
    let knowledge = LinkKnowledge::new(knowledge);
    let mut notes = Notes::new(past);
    let key = notes.key();
    let mut ids = Ids::default();
    let mut people = 0;
    let mut records = Numbered::new(reader, stop);
    crew.run(
        || records.chunk(options.chunk),
        |(number, item)| Met::of(item, options, |read| (number, noted(&read.dossier, &knowledge, key.as_ref()), read)),
        |met| {
            for one in met {
                match one {
                    Met::LeftOut => {}
                    Met::Skipped(skipped) => report.skipped(&skipped)?,
                    Met::Rejected(rejected) => report.rejected(&rejected)?,
                    Met::Record((number, noticed, read)) => {
                        if let Err(repeated) = ids.admit(&read.dossier.id, &read.source) {
                            report.rejected(&repeated)?;
                            continue;
                        }
                        read.skipped.iter().try_for_each(|skipped| report.skipped(skipped))?;
                        notes.add(number, noticed);
                        people += 1;
                    }
                }
            }
            Ok(())
        },
    )?;
    let (linked, _) = prove(&crew, reader, notes, &knowledge, options, stop)?;
    Ok((linked, people))
}

/// Who shares what among dossiers in memory, numbered by their positions; `threshold` in decibans.
pub(super) fn link_in_memory(dossiers: &[Dossier], knowledge: &Knowledge<'_>, threshold: f64) -> Linked {
    let knowledge = LinkKnowledge::new(knowledge);
    let mut index = Index::default();
    for (number, dossier) in (0..).zip(dossiers) {
        index.add(number, noted(dossier, &knowledge, None).0);
    }
    let groups = index.groups();
    let mut proof = Proof::new(&groups);
    for (number, dossier) in (0..).zip(dossiers).filter(|(number, _)| groups.is_candidate(*number)) {
        proof.add(Seen::of(number, dossier, &knowledge, &groups));
    }
    proof.finish(threshold, knowledge.facts)
}
