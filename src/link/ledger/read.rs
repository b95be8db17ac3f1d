//! One pass through an index, verifying everything. What is done with its parts is left to visitors, which must not
//! use what they saw of a batch before it is verified, nor of any before the pass has ended well.

use super::error::LedgerError;
use super::format::{
    BATCH, BATCH_PURPOSE, BatchSummary, END, END_PURPOSE, MOST_HOLDERS, Source, read_batch_header, read_header,
};
use super::record::{KeyedHash, MOST_NAMES, NameHash};
use crate::link::keyed::{HashKey, Seal};
use std::io::{BufReader, Read};

/// What is done with the parts of an index, in the order in which they come.
pub(super) trait Visitor {
    /// A batch begins. Its summary lacks its size.
    fn begins(&mut self, _batch: &BatchSummary) {}
    /// A record has a key of this hash; in order of hash, then of record.
    fn entry(&mut self, _hash: &KeyedHash, _record: u32) {}
    /// A hub has this hash; in order of hash.
    fn hub(&mut self, _hash: &KeyedHash) {}
    /// A record, in order of its number.
    fn record(&mut self, _number: u32, _id: &KeyedHash, _names: &[NameHash]) {}
    /// The bytes of a batch as they come, from the first to those of its seal.
    ///
    /// # Errors
    /// If they cannot be written to where they are copied.
    fn bytes(&mut self, _bytes: &[u8]) -> Result<(), LedgerError> {
        Ok(())
    }
    /// The batch is as it was written under the key.
    fn verified(&mut self, _seal: &[u8; 32]) {}
}

/// What an index says of its batches, once all of it is verified.
///
/// # Errors
/// If it is no whole index under this key.
pub fn verify(index: impl Read, key: &HashKey) -> Result<Vec<BatchSummary>, LedgerError> {
    struct Nothing;
    impl Visitor for Nothing {}
    walk(index, key, &mut Nothing)
}

/// Shows a visitor every part of an index.
///
/// # Errors
/// If it is no whole index under this key, or what the visitor says.
pub(super) fn walk(
    index: impl Read,
    key: &HashKey,
    visitor: &mut impl Visitor,
) -> Result<Vec<BatchSummary>, LedgerError> {
    let mut source = Source::new(BufReader::with_capacity(1 << 16, index));
    let header = read_header(&mut source, key)?;
    let mut end = key.seal(END_PURPOSE);
    end.update(&header);
    let mut batches = Vec::new();
    loop {
        let at = source.at();
        match source.take("a batch or the end")? {
            [BATCH] => {
                let number = u32::try_from(batches.len() + 1).unwrap_or(u32::MAX);
                let (batch, seal) = read_batch(&mut source, key, visitor, number)?;
                end.update(&seal);
                batches.push(batch);
            }
            [END] => break,
            [other] => {
                let found = format!("{other:#04x}");
                return Err(LedgerError::Broken { at, expected: "a batch or the end", found });
            }
        }
    }
    let number: [u8; 4] = source.take("the number of batches")?;
    end.update(&[END]);
    end.update(&number);
    let seal = source.take("the seal of the index")?;
    let number = u32::from_le_bytes(number);
    if number as usize != batches.len() || !end.closes(&seal) {
        let batches = u32::try_from(batches.len()).unwrap_or(u32::MAX);
        return Err(LedgerError::EndSeal { batches, at: source.at() });
    }
    if !source.is_at_end()? {
        let found = "something more".to_owned();
        return Err(LedgerError::Broken { at: source.at(), expected: "the end of the file", found });
    }
    Ok(batches)
}

/// Reads a batch from behind its "B", and gives it with its seal.
fn read_batch(
    source: &mut Source<impl Read>,
    key: &HashKey,
    visitor: &mut impl Visitor,
    number: u32,
) -> Result<(BatchSummary, [u8; 32]), LedgerError> {
    let from = source.at() - 1;
    let (mut batch, header) = read_batch_header(source)?;
    visitor.begins(&batch);
    let mut parts = Parts { source, seal: key.seal(BATCH_PURPOSE), visitor };
    parts.pass(&header)?;
    parts.entries(&batch)?;
    parts.hubs(&batch)?;
    parts.records(&batch)?;
    let Parts { seal: expected, .. } = parts;
    let seal = source.take("the seal of a batch")?;
    let to = source.at();
    if !expected.closes(&seal) {
        return Err(LedgerError::BatchSeal { batch: number, from, to });
    }
    visitor.bytes(&seal)?;
    visitor.verified(&seal);
    batch.bytes = to - from;
    Ok((batch, seal))
}

/// The parts of a batch between header and seal.
struct Parts<'p, R, V> {
    source: &'p mut Source<R>,
    seal: Seal,
    visitor: &'p mut V,
}

impl<R: Read, V: Visitor> Parts<'_, R, V> {
    fn pass(&mut self, bytes: &[u8]) -> Result<(), LedgerError> {
        self.seal.update(bytes);
        self.visitor.bytes(bytes)
    }

    /// A hash and the number behind it.
    fn row(&mut self, expected: &'static str) -> Result<(KeyedHash, u32), LedgerError> {
        let row: [u8; 20] = self.source.take(expected)?;
        self.pass(&row)?;
        let (mut hash, mut number) = (KeyedHash::default(), [0; 4]);
        hash.copy_from_slice(&row[..16]);
        number.copy_from_slice(&row[16..]);
        Ok((hash, u32::from_le_bytes(number)))
    }

    fn entries(&mut self, batch: &BatchSummary) -> Result<(), LedgerError> {
        let mut last = None;
        let mut holders = 0;
        for _ in 0..batch.keys {
            let at = self.source.at();
            let broken = |expected, found: &str| LedgerError::Broken { at, expected, found: found.to_owned() };
            let (hash, record) = self.row("an entry")?;
            if record >= batch.records {
                return Err(broken("an entry of a record of the batch", &format!("one of record {record}")));
            }
            if last.is_some_and(|last| last >= (hash, record)) {
                return Err(broken("an entry behind the one before it", "one that belongs before it"));
            }
            holders = if last.is_some_and(|(before, _)| before == hash) { holders + 1 } else { 1 };
            if holders > MOST_HOLDERS {
                return Err(broken("at most 50 entries of one hash", "one more"));
            }
            last = Some((hash, record));
            self.visitor.entry(&hash, record);
        }
        Ok(())
    }

    fn hubs(&mut self, batch: &BatchSummary) -> Result<(), LedgerError> {
        let mut last = None;
        for _ in 0..batch.hubs {
            let at = self.source.at();
            let (hash, _) = self.row("a hub")?;
            if last.is_some_and(|last| last >= hash) {
                let found = "one that belongs before it".to_owned();
                return Err(LedgerError::Broken { at, expected: "a hub behind the one before it", found });
            }
            last = Some(hash);
            self.visitor.hub(&hash);
        }
        Ok(())
    }

    fn records(&mut self, batch: &BatchSummary) -> Result<(), LedgerError> {
        let mut names = [NameHash::default(); MOST_NAMES];
        for number in 0..batch.records {
            let id: KeyedHash = self.source.take("the id of a record")?;
            self.pass(&id)?;
            let length: [u8; 1] = self.source.take("the number of a record's names")?;
            self.pass(&length)?;
            // The room is for as many as a byte can count.
            let names = names.get_mut(..usize::from(length[0])).unwrap_or_default();
            self.source.fill(names.as_flattened_mut(), "the names of a record")?;
            self.pass(names.as_flattened())?;
            self.visitor.record(number, &id, names);
        }
        Ok(())
    }
}
