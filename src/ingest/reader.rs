//! Reads the planned inputs one after the other and yields what is met, in input order.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::adapter::{Adapter, Context, Items, Opened};
use super::detect::{self, Passed};
use super::error::IngestError;
use super::geoip::GeoDatabases;
use super::inputs::{self, Input};
use super::item::Item;
use super::joins::{Joining, Joins};
use super::options::ReadOptions;
use super::photos::Photos;
use super::planned::{self, Plan, Planned, Source};
use super::recognise::{self, Recognised};
use super::tap::{self, Tap};
use super::tree::{Digests, Tree};
use super::unpack::{self, Packing};
use crate::dossier::{InputDigest, Locator, Rejected, Skipped};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use xxhash_rust::xxh3::xxh3_128;

/// Bytes that are read at once.
const BLOCK: usize = 1 << 20;

/// What is said of a file in which nothing was met: it may be empty, or cut short after its header.
const EMPTY: &str = "there is no record in it (if there should be, export it again)";

/// Checks every input that was named, without reading further than detection needs.
///
/// Inputs are read in the order of their names, folders file by file.
///
/// # Errors
/// The first named input that is missing, unreadable, not recognised or ambiguous.
pub fn open(inputs: &[Input], options: &ReadOptions) -> Result<Reader, IngestError> {
    let planned = inputs::plan(inputs, options)?;
    let total = planned.iter().map(|file| file.size).sum();
    let once_more = if options.again { planned::again(&planned)? } else { Vec::new() };
    Ok(Reader {
        planned: planned.into_iter(),
        once_more,
        options: options.clone(),
        digesting: true,
        current: None,
        digests: Vec::new(),
        fingerprints: Vec::new(),
        progress: Arc::default(),
        total,
        joining: None,
        ready: VecDeque::new(),
    })
}

/// Everything that the inputs hold, one item at a time.
pub struct Reader {
    planned: std::vec::IntoIter<Planned>,
    /// The same, for another reader; only where it was asked for.
    once_more: Vec<Planned>,
    options: ReadOptions,
    /// Whether what passes is digested for reports.
    digesting: bool,
    current: Option<Current>,
    digests: Vec<InputDigest>,
    /// What was read, to be compared with another reading of the same.
    fingerprints: Vec<(Locator, u128)>,
    progress: Arc<AtomicU64>,
    total: u64,
    /// Records of one person become one, where that was found out before.
    joining: Option<Joining>,
    /// What is ready to be handed on.
    ready: VecDeque<Item>,
}

/// The input that is being read.
struct Current {
    items: Items,
    source: Locator,
    digest: Digest,
    photos: Photos,
    /// Whether anything was met in it.
    holds_something: bool,
}

/// Where the digests of an input come from.
enum Digest {
    Stream(Tap),
    Tree(Digests),
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("total", &self.total).finish_non_exhaustive()
    }
}

impl Reader {
    /// SHA-256 of each file that was read, in input order; complete once the iterator has ended. Of a file that is read
    /// again, it is not computed again.
    pub fn digests(&self) -> &[InputDigest] {
        &self.digests
    }

    /// Whether another reading that has ended read the same as this one.
    pub fn agrees(&self, again: &Self) -> bool {
        self.fingerprints == again.fingerprints
    }

    /// What fills the countries and networks that observations do not state.
    pub fn geoip(&self) -> &GeoDatabases {
        &self.options.geoip
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

    /// A reader of the same from the start, where `ReadOptions::again` was given; one at a time may be read.
    ///
    /// # Errors
    /// If an input cannot be opened once more.
    pub fn again(&self) -> Result<Self, IngestError> {
        Ok(Self { joining: self.joining.as_ref().map(Joining::again), ..self.anew(false)? })
    }

    /// A reader of the same from the start that hands on records of one person as one; this one must have ended.
    ///
    /// # Errors
    /// As those of [`again`](Self::again).
    pub fn joined(&self, joins: Joins) -> Result<Self, IngestError> {
        let joining = Joining::new(Arc::new(joins), self.fingerprints.clone());
        Ok(Self { joining: Some(joining), ..self.anew(true)? })
    }

    fn anew(&self, digesting: bool) -> Result<Self, IngestError> {
        Ok(Self {
            planned: planned::again(&self.once_more)?.into_iter(),
            once_more: planned::again(&self.once_more)?,
            options: self.options.clone(),
            digesting,
            current: None,
            digests: Vec::new(),
            fingerprints: Vec::new(),
            progress: Arc::clone(&self.progress),
            total: self.total,
            joining: None,
            ready: VecDeque::new(),
        })
    }

    /// Begins the next file; gives the item that stands for it if it is not read.
    fn begin(&mut self, file: Planned) -> Option<Item> {
        let source = Locator::file(file.name.as_str());
        let (bytes, adapter) = match file.plan {
            Plan::Read { file, adapter } => (file, adapter),
            Plan::Recognise { path, forced } => {
                match recognise::file(&file.name, &path, forced, &self.options.limits) {
                    Ok(Recognised { adapter, is_zip: true }) => (Source::Zip(path), adapter),
                    Ok(Recognised { adapter, is_zip: false }) => (Source::File(path), adapter),
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
            Err(reason) => Some(passed_over(source, Passed::Rejected(format!("could not read the file: {reason}")))),
        }
    }

    fn start(&self, bytes: Source, adapter: &'static Adapter, source: &Locator) -> Result<Current, String> {
        let folder = match &bytes {
            Source::File(path) => path.parent(),
            Source::Folder { folder, .. } => Some(folder.as_path()),
            Source::Pipe { .. } | Source::Spooled(_) | Source::Zip(_) | Source::SpooledZip(_) => None,
        };
        let photos = if self.options.photos { Photos::beside(folder, &self.options.limits) } else { Photos::Unasked };
        let (opened, digest) = self.unlock(bytes, source)?;
        let context = self.context(source);
        Ok(Current {
            items: (adapter.open)(opened, &context),
            source: source.clone(),
            digest,
            photos,
            holds_something: false,
        })
    }

    /// What is told to the adapter of an input.
    fn context(&self, source: &Locator) -> Context {
        Context {
            source: source.clone(),
            limits: self.options.limits,
            include_owner: self.options.include_owner,
            owner: self.options.owner.as_deref().map(Arc::from),
            map: self.options.map.clone(),
        }
    }

    /// The first input that was named as a file, opened and not read.
    ///
    /// # Errors
    /// If there is none, or it cannot be opened; in a sentence.
    pub(crate) fn first(mut self) -> Result<(Opened, Context), String> {
        let first = self.planned.next().map(|file| (Locator::file(file.name.as_str()), file.plan));
        let Some((source, Plan::Read { file, .. })) = first else {
            return Err("expected one file, found a folder (name the file in it)".to_owned());
        };
        let (opened, _) = self.unlock(file, &source)?;
        Ok((opened, self.context(&source)))
    }

    fn unlock(&self, bytes: Source, source: &Locator) -> Result<(Opened, Digest), String> {
        let limits = self.options.limits;
        let progress = Arc::clone(&self.progress);
        let open = |path| File::open(path).map_err(|error| error.to_string());
        Ok(match bytes {
            Source::File(path) => {
                let taken = detect::take_head(&mut open(&path)?).map_err(|error| error.to_string())?;
                self.stream(&taken, Box::new(open(&path)?), source).map_err(|error| error.to_string())?
            }
            Source::Pipe { taken, rest } => {
                let raw = Box::new(io::Cursor::new(taken.clone()).chain(rest));
                self.stream(&taken, raw, source).map_err(|error| error.to_string())?
            }
            Source::Spooled(mut file) => {
                file.rewind().map_err(|error| error.to_string())?;
                let taken = detect::take_head(&mut file).map_err(|error| error.to_string())?;
                file.rewind().map_err(|error| error.to_string())?;
                self.stream(&taken, Box::new(file), source).map_err(|error| error.to_string())?
            }
            Source::Zip(path) => tree(Tree::zip(open(&path)?, source.clone(), &limits, progress)?),
            Source::SpooledZip(file) => tree(Tree::zip(file, source.clone(), &limits, progress)?),
            Source::Folder { files, .. } => tree(Tree::folder(files, source.clone(), &limits, progress)),
        })
    }

    fn stream(&self, taken: &[u8], raw: Box<dyn Read + Send>, source: &Locator) -> io::Result<(Opened, Digest)> {
        let limits = &self.options.limits;
        let tap = Tap::new(raw, Arc::clone(&self.progress), self.digesting);
        let unpacked = unpack::unpack(Box::new(tap.clone()), Packing::of(taken), limits)?;
        let opened = Opened::Stream {
            reader: Box::new(BufReader::with_capacity(BLOCK, unpacked)),
            head: detect::unpacked_head(taken, limits).unwrap_or_default(),
            name: detect::plain_name(&source.path).to_ascii_lowercase(),
        };
        Ok((opened, Digest::Stream(tap)))
    }
}

fn tree(tree: Tree) -> (Opened, Digest) {
    let digests = tree.digests();
    (Opened::Tree(Box::new(tree)), Digest::Tree(digests))
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.joining.is_none() {
            return self.met();
        }
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let met = self.met();
            let is_over = met.is_none();
            let joining = self.joining.as_mut()?;
            self.ready = match met {
                Some(item) => joining.take(item).into(),
                None => joining.finish(&self.fingerprints).into(),
            };
            if is_over && self.ready.is_empty() {
                return None;
            }
        }
    }
}

impl Reader {
    /// What is met next in the inputs.
    fn met(&mut self) -> Option<Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(item) = current.items.next() {
                    current.holds_something = true;
                    return Some(match item {
                        Item::Record(record) => {
                            Item::Record(record.with_photos(&current.photos).with_geoip(&self.options.geoip))
                        }
                        other => other,
                    });
                }
                if let Some(Current { source, digest, items, photos: _, holds_something }) = self.current.take() {
                    drop(items);
                    let empty = (!holds_something).then(|| passed_over(source.clone(), Passed::Skipped(EMPTY)));
                    match digest {
                        Digest::Stream(tap) => {
                            let tap::Passed { sha256, fingerprint } = tap.finish();
                            self.fingerprints.push((source.clone(), fingerprint));
                            self.digests.extend(sha256.map(|sha256| InputDigest { source, sha256 }));
                        }
                        Digest::Tree(read) => {
                            let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
                            let fingerprint = |read: &InputDigest| xxh3_128(read.sha256.as_bytes());
                            self.fingerprints.extend(read.iter().map(|read| (read.source.clone(), fingerprint(read))));
                            self.digests.append(&mut read);
                        }
                    }
                    if empty.is_some() {
                        return empty;
                    }
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
        Passed::Rejected(reason) => Item::Rejected(Rejected { source, reason }),
    }
}
