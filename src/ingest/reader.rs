//! Reads the planned inputs one after the other and yields what is met, in input order.

use super::adapter::{Context, Items, Opened};
use super::inputs::{self, Input, Passed, Plan, Planned, Source};
use super::item::Item;
use super::options::ReadOptions;
use super::tap::Tap;
use super::unpack::{self, Packing};
use super::{adapter::Adapter, error::IngestError};
use crate::dossier::{InputDigest, Locator, Rejected, Skipped};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that are read at once.
const BLOCK: usize = 1 << 20;

/// Checks every input that was named, without reading further than detection needs.
///
/// Inputs are read in the order of their names, folders file by file.
///
/// # Errors
/// The first named input that is missing, unreadable, not recognised or ambiguous.
pub fn open(inputs: &[Input], options: &ReadOptions) -> Result<Reader, IngestError> {
    let planned = inputs::plan(inputs, options)?;
    let total = planned.iter().map(|file| file.size).sum();
    Ok(Reader {
        planned: planned.into_iter(),
        options: options.clone(),
        current: None,
        digests: Vec::new(),
        progress: Arc::default(),
        total,
    })
}

/// Everything that the inputs hold, one item at a time.
pub struct Reader {
    planned: std::vec::IntoIter<Planned>,
    options: ReadOptions,
    current: Option<Current>,
    digests: Vec<InputDigest>,
    progress: Arc<AtomicU64>,
    total: u64,
}

/// The input that is being read.
struct Current {
    items: Items,
    source: Locator,
    tap: Tap,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("total", &self.total).finish_non_exhaustive()
    }
}

impl Reader {
    /// SHA-256 of each file that was read, in input order; complete once the iterator has ended.
    pub fn digests(&self) -> &[InputDigest] {
        &self.digests
    }

    /// Bytes read so far, as they lie on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }

    /// The same counter, for a progress display that outlives the borrow.
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }

    /// Bytes of all files, as far as the system knows; 0 for pipes.
    pub fn total_bytes(&self) -> u64 {
        self.total
    }

    /// Begins the next file; gives the item that stands for it if it is not read.
    fn begin(&mut self, file: Planned) -> Option<Item> {
        let source = Locator::file(file.name.as_str());
        let (bytes, adapter) = match file.plan {
            Plan::Read { file, adapter } => (file, adapter),
            Plan::Recognise { path, forced } => {
                let taken = match inputs::take_head(&path) {
                    Ok(taken) => taken,
                    Err(error) => return Some(rejected(source, format!("could not read the file: {error}"))),
                };
                match inputs::recognise_met(&file.name, &taken, forced, &self.options.limits) {
                    Ok(adapter) => (Source::File(path), adapter),
                    Err(passed) => return Some(passed_over(source, passed)),
                }
            }
            Plan::Pass(passed) => return Some(passed_over(source, passed)),
        };
        match self.start(bytes, adapter, &source) {
            Ok(current) => {
                self.current = Some(current);
                None
            }
            Err(error) => Some(rejected(source, format!("could not read the file: {error}"))),
        }
    }

    fn start(&self, bytes: Source, adapter: &'static Adapter, source: &Locator) -> io::Result<Current> {
        let limits = self.options.limits;
        let (taken, raw): (Vec<u8>, Box<dyn Read + Send>) = match bytes {
            Source::File(path) => (inputs::take_head(&path)?, Box::new(File::open(path)?)),
            Source::Pipe { taken, rest } => (taken.clone(), Box::new(io::Cursor::new(taken).chain(rest))),
        };
        let tap = Tap::new(raw, Arc::clone(&self.progress));
        let unpacked = unpack::unpack(Box::new(tap.clone()), Packing::of(&taken), &limits)?;
        let opened = Opened::Stream {
            reader: Box::new(BufReader::with_capacity(BLOCK, unpacked)),
            head: inputs::unpacked_head(&taken, &limits).unwrap_or_default(),
            name: inputs::plain_name(&source.path).to_ascii_lowercase(),
        };
        let context = Context {
            source: source.clone(),
            limits,
            include_owner: self.options.include_owner,
            owner: self.options.owner.as_deref().map(Arc::from),
        };
        Ok(Current { items: (adapter.open)(opened, &context), source: source.clone(), tap })
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(item) = current.items.next() {
                    return Some(item);
                }
                if let Some(Current { source, tap, .. }) = self.current.take() {
                    self.digests.push(InputDigest { source, sha256: tap.finish() });
                }
            }
            let file = self.planned.next()?;
            if let Some(item) = self.begin(file) {
                return Some(item);
            }
        }
    }
}

fn passed_over(source: Locator, passed: Passed) -> Item {
    match passed {
        Passed::Skipped(reason) => Item::Skipped(Skipped { source, reason: reason.to_owned() }),
        Passed::Rejected(reason) => rejected(source, reason),
    }
}

fn rejected(source: Locator, reason: String) -> Item {
    Item::Rejected(Rejected { source, reason })
}
