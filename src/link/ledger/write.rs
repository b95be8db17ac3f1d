//! A new index from an old one: with a batch more, or without those before a day.
//!
//! What is written is worth something only if the function ends well: the old index is copied while it is verified.

use super::batch::Batch;
use super::error::LedgerError;
use super::format::{BATCH_PURPOSE, BatchSummary, END, END_PURPOSE, batch_header, header, is_before};
use super::read::{Visitor, walk};
use super::record::{NameHash, veiled};
use crate::dossier::Date;
use crate::link::keyed::{HashKey, Seal};
use std::io::{Read, Write};

/// What became of a batch that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is the last one now.
    Added,
    /// The same inputs were scanned before: what was written is what was read.
    Known(BatchSummary),
}

/// What became of the batches of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Those that are gone.
    pub dropped: Vec<BatchSummary>,
    /// Those that are left.
    pub kept: Vec<BatchSummary>,
}

/// Writes an index with a batch behind those of an old one, unless the same inputs are in it already.
///
/// # Errors
/// If the old index is no whole one under this key, the batch is too large, or nothing can be written.
pub fn append(old: Option<impl Read>, new: &Batch, key: &HashKey, to: impl Write) -> Result<Appended, LedgerError> {
    let mut copy = Copy::begin(to, key, |_: &BatchSummary| true)?;
    let batches = match old {
        Some(old) => walk(old, key, &mut copy)?,
        None => Vec::new(),
    };
    let known = batches.into_iter().find(|batch| batch.scan.inputs == new.scan.inputs);
    if known.is_none() {
        copy.batch(new, key)?;
    }
    copy.finish()?;
    Ok(known.map_or(Appended::Added, Appended::Known))
}

/// Writes an index without the batches that were scanned before a day.
///
/// # Errors
/// If the old index is no whole one under this key, or nothing can be written.
pub fn forget(old: impl Read, before: Date, key: &HashKey, to: impl Write) -> Result<Forgotten, LedgerError> {
    let mut copy = Copy::begin(to, key, |batch: &BatchSummary| !is_before(batch, before))?;
    let batches = walk(old, key, &mut copy)?;
    copy.finish()?;
    let (dropped, kept) = batches.into_iter().partition(|batch| is_before(batch, before));
    Ok(Forgotten { dropped, kept })
}

/// An index while it is written.
struct Copy<W, K> {
    to: W,
    keeps: K,
    /// Whether the batch at hand is kept.
    keeping: bool,
    /// Of the index, as far as it is written.
    end: Seal,
    batches: u32,
}

impl<W: Write, K: Fn(&BatchSummary) -> bool> Copy<W, K> {
    fn begin(mut to: W, key: &HashKey, keeps: K) -> Result<Self, LedgerError> {
        let header = header(key);
        let mut end = key.seal(END_PURPOSE);
        end.update(&header);
        to.write_all(&header).map_err(LedgerError::writing)?;
        Ok(Self { to, keeps, keeping: false, end, batches: 0 })
    }

    /// Writes a batch.
    fn batch(&mut self, batch: &Batch, key: &HashKey) -> Result<(), LedgerError> {
        let mut seal = key.seal(BATCH_PURPOSE);
        let mut write = |bytes: &[u8]| {
            seal.update(bytes);
            self.to.write_all(bytes).map_err(LedgerError::writing)
        };
        let counts = [
            counted("the number of records", batch.records())?,
            counted("the number of keys", batch.held.len())?,
            counted("the number of hubs", batch.hubs.len())?,
        ];
        write(&batch_header(&batch.scan, counts)?)?;
        for held in &batch.held {
            write(&held.hash)?;
            write(&held.record.to_le_bytes())?;
        }
        for hub in &batch.hubs {
            write(&hub.hash)?;
            write(&hub.records.to_le_bytes())?;
        }
        for person in batch.people() {
            let names = person.words.iter().chain(person.scripts);
            let mut names: Vec<NameHash> = names.map(|name| veiled(*name, person.id, key)).collect();
            names.sort_unstable();
            let most = usize::from(u8::MAX);
            let too_large = LedgerError::TooLarge { what: "the number of a record's names", found: names.len(), most };
            let length = u8::try_from(names.len()).map_err(|_| too_large)?;
            write(person.id)?;
            write(&[length])?;
            write(names.as_flattened())?;
        }
        let seal = seal.finish();
        self.to.write_all(&seal).map_err(LedgerError::writing)?;
        self.sealed(&seal);
        Ok(())
    }

    fn sealed(&mut self, seal: &[u8; 32]) {
        self.end.update(seal);
        self.batches += 1;
    }

    fn finish(mut self) -> Result<(), LedgerError> {
        let mut rest = vec![END];
        rest.extend(self.batches.to_le_bytes());
        self.end.update(&rest);
        rest.extend(self.end.finish());
        self.to.write_all(&rest).and_then(|()| self.to.flush()).map_err(LedgerError::writing)
    }
}

impl<W: Write, K: Fn(&BatchSummary) -> bool> Visitor for Copy<W, K> {
    fn begins(&mut self, batch: &BatchSummary) {
        self.keeping = (self.keeps)(batch);
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), LedgerError> {
        if self.keeping { self.to.write_all(bytes).map_err(LedgerError::writing) } else { Ok(()) }
    }

    fn verified(&mut self, seal: &[u8; 32]) {
        if self.keeping {
            self.sealed(seal);
        }
    }
}

/// A number as the format holds it.
fn counted(what: &'static str, number: usize) -> Result<u32, LedgerError> {
    u32::try_from(number).map_err(|_| LedgerError::TooLarge { what, found: number, most: u32::MAX as usize })
}
