//! What is met in the input, in chunks, each record with its number; and what becomes of each on some thread.

use super::options::Options;
use crate::dossier::{Rejected, Skipped};
use crate::ingest::{Item, Read, Reader};
use std::sync::atomic::{AtomicBool, Ordering};

/// What is met, in chunks; each record has its number among all that are met, from 0.
pub(super) struct Numbered<'r> {
    reader: &'r mut Reader,
    next: u32,
    stop: &'r AtomicBool,
}

impl<'r> Numbered<'r> {
    pub(super) fn new(reader: &'r mut Reader, stop: &'r AtomicBool) -> Self {
        Self { reader, next: 0, stop }
    }

    /// Up to so many things; none once `stop` is set. What is no record bears the number of the record after it.
    pub(super) fn chunk(&mut self, size: usize) -> Vec<(u32, Item)> {
        self.chosen(size, |_, _| true)
    }

    /// Up to so many records of those numbers that are wanted.
    pub(super) fn records(&mut self, size: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<(u32, Item)> {
        self.chosen(size, |number, item| matches!(item, Item::Record(_)) && is_wanted(number))
    }

    fn chosen(&mut self, size: usize, is_wanted: impl Fn(u32, &Item) -> bool) -> Vec<(u32, Item)> {
        let mut chunk = Vec::new();
        while chunk.len() < size.max(1) && !self.stop.load(Ordering::Relaxed) {
            let Some(item) = self.reader.next() else { break };
            let number = self.next;
            if matches!(item, Item::Record(_)) {
                self.next = self.next.saturating_add(1);
            }
            if is_wanted(number, &item) {
                chunk.push((number, item));
            }
        }
        chunk
    }
}

/// What became of something that was met.
pub(super) enum Met<T> {
    /// A record that is screened.
    Record(T),
    /// A record that was not asked for.
    LeftOut,
    Rejected(Rejected),
    Skipped(Skipped),
}

impl<T> Met<T> {
    /// Reads a record, and makes something of it if it was asked for.
    pub(super) fn of(item: Item, options: &Options, make: impl FnOnce(Read) -> T) -> Self {
        let read = match item {
            Item::Record(record) => record.read(),
            Item::Rejected(rejected) => Err(rejected),
            Item::Skipped(skipped) => return Self::Skipped(skipped),
        };
        let mut read = match read {
            Ok(read) => read,
            Err(rejected) => return Self::Rejected(rejected),
        };
        if options.narrow.keep(&mut read.dossier) { Self::Record(make(read)) } else { Self::LeftOut }
    }

    /// What was made of a record that is screened.
    pub(super) fn record(self) -> Option<T> {
        if let Self::Record(made) = self { Some(made) } else { None }
    }
}
