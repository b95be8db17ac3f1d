//! A folder or archive as one input: named entries, each read whole and within limits.
//!
//! Entry names are labels, never paths: nothing is ever written under them.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::bounded;
use super::options::Limits;
use super::tap::Tap;
use super::unpack::{self, Packing};
use crate::dossier::{InputDigest, Locator};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use zip::ZipArchive;

/// Digests of the files behind a tree, in the order in which they were read.
pub(crate) type Digests = Arc<Mutex<Vec<InputDigest>>>;

/// Entries of a folder or archive.
pub(crate) struct Tree {
    /// What each is called, with `/` between folders.
    pub(crate) names: Vec<String>,
    /// What is wrong with the tree as a whole, though its entries can be read.
    pub(crate) faults: Vec<String>,
    store: Store,
    digests: Digests,
    progress: Arc<AtomicU64>,
    source: Locator,
    limits: Limits,
    unpacked: u64,
}

enum Store {
    Folder(Vec<PathBuf>),
    Zip {
        archive: Box<ZipArchive<File>>,
        index: Vec<usize>,
        sha256: String,
    },
    /// One loose file, already read.
    Loose(Vec<u8>),
}

/// An entry that was read.
pub(crate) struct Entry {
    /// Its bytes, unpacked.
    pub(crate) bytes: Vec<u8>,
    /// Digest of the file that was given: the archive, or the entry itself in a folder.
    pub(crate) sha256: Option<String>,
}

impl Tree {
    /// Files of a folder, under their names in it.
    pub(crate) fn folder(
        files: Vec<(String, PathBuf)>,
        source: Locator,
        limits: &Limits,
        progress: Arc<AtomicU64>,
    ) -> Self {
        let (names, files) = files.into_iter().unzip();
        Self::new(names, Store::Folder(files), source, limits, progress)
    }

    /// One file that is an archive's entry without the archive.
    pub(crate) fn loose(name: String, bytes: Vec<u8>, source: Locator, limits: &Limits) -> Self {
        Self::new(vec![name], Store::Loose(bytes), source, limits, Arc::default())
    }

    /// Entries of a zip file, or of the one zip file in it.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub(crate) fn zip(file: File, source: Locator, limits: &Limits, progress: Arc<AtomicU64>) -> Result<Self, String> {
        let whole = file.try_clone().map_err(|error| error.to_string())?;
        let listing = Listing::of(file, limits)?;
        let mut raw = whole;
        raw.rewind().map_err(|error| error.to_string())?;
        let sha256 = Tap::new(Box::new(raw), Arc::clone(&progress), true).finish().sha256.unwrap_or_default();
        let store = Store::Zip { archive: Box::new(listing.archive), index: listing.index, sha256: sha256.clone() };
        let mut tree = Self::new(listing.names, store, source.clone(), limits, progress);
        tree.faults = listing.faults;
        tree.note(InputDigest { source, sha256 });
        Ok(tree)
    }

    fn new(names: Vec<String>, store: Store, source: Locator, limits: &Limits, progress: Arc<AtomicU64>) -> Self {
        let digests = Digests::default();
        Self { names, faults: Vec::new(), store, digests, progress, source, limits: *limits, unpacked: 0 }
    }

    /// Where the digests are collected.
    pub(crate) fn digests(&self) -> Digests {
        Arc::clone(&self.digests)
    }

    fn note(&self, digest: InputDigest) {
        self.digests.lock().unwrap_or_else(PoisonError::into_inner).push(digest);
    }

    /// The bytes of a loose file, before it is read.
    pub(crate) fn loose_head(&self) -> Option<&[u8]> {
        if let Store::Loose(bytes) = &self.store { bytes.get(..bytes.len().min(1 << 16)) } else { None }
    }

    /// Where an entry stands.
    pub(crate) fn locate(&self, index: usize) -> Locator {
        match &self.store {
            Store::Loose(_) => self.source.clone(),
            _ => Locator { entry: self.names.get(index).map(|name| name.as_str().into()), ..self.source.clone() },
        }
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub(crate) fn read(&mut self, index: usize) -> Result<Entry, String> {
        let most = self.limits.max_entry_bytes.min(self.limits.max_total_bytes.saturating_sub(self.unpacked));
        let entry = match &mut self.store {
            Store::Loose(bytes) => Entry { bytes: std::mem::take(bytes), sha256: None },
            Store::Folder(files) => {
                let path = files.get(index).ok_or("there is no such entry")?;
                let file = File::open(path).map_err(|error| error.to_string())?;
                let tap = Tap::new(Box::new(file), Arc::clone(&self.progress), true);
                let bytes = take(tap.clone(), most)?;
                let sha256 = tap.finish().sha256.unwrap_or_default();
                self.note(InputDigest { source: self.locate(index), sha256: sha256.clone() });
                Entry { bytes, sha256: Some(sha256) }
            }
            Store::Zip { archive, index: places, sha256 } => {
                let place = places.get(index).copied().ok_or("there is no such entry")?;
                Entry { bytes: unzip(archive, place, most, &self.limits)?, sha256: Some(sha256.clone()) }
            }
        };
        self.unpacked += entry.bytes.len() as u64;
        Ok(entry)
    }

    /// Lets somebody read an entry that may be larger than memory; says what they made of it, and the digest of the
    /// file that was given.
    ///
    /// # Errors
    /// Why it cannot be opened, in a sentence. What goes wrong later is met by who reads.
    pub(crate) fn stream<T>(
        &mut self,
        index: usize,
        read: impl FnOnce(&mut dyn BufRead) -> T,
    ) -> Result<(T, Option<String>), String> {
        let most = self.limits.max_total_bytes.saturating_sub(self.unpacked);
        match &mut self.store {
            Store::Loose(bytes) => Ok((read(&mut bytes.as_slice()), None)),
            Store::Folder(files) => {
                let path = files.get(index).ok_or("there is no such entry")?;
                let mut file = File::open(path).map_err(|error| error.to_string())?;
                let mut head = Vec::new();
                Read::by_ref(&mut file).take(4).read_to_end(&mut head).map_err(|error| error.to_string())?;
                file.rewind().map_err(|error| error.to_string())?;
                let tap = Tap::new(Box::new(file), Arc::clone(&self.progress), true);
                let packing = Packing::of(&head);
                let unpacked =
                    unpack::unpack(Box::new(tap.clone()), packing, &self.limits).map_err(|error| error.to_string())?;
                let outcome = read(&mut BufReader::with_capacity(1 << 16, unpacked));
                let sha256 = tap.finish().sha256.unwrap_or_default();
                self.note(InputDigest { source: self.locate(index), sha256: sha256.clone() });
                Ok((outcome, Some(sha256)))
            }
            Store::Zip { archive, index: places, sha256 } => {
                let place = places.get(index).copied().ok_or("there is no such entry")?;
                let packed = packed_size(archive, place)?;
                let entry = archive.by_index(place).map_err(|error| format!("the entry is damaged ({error})"))?;
                let mut within = Within { inner: entry, read: 0, most, packed, limits: self.limits };
                let outcome = read(&mut BufReader::with_capacity(1 << 16, &mut within));
                self.unpacked += within.read;
                Ok((outcome, Some(sha256.clone())))
            }
        }
    }

    /// Whether it is an archive that may hold anything, rather than files that were chosen.
    pub(crate) fn holds_many(&self) -> bool {
        matches!(self.store, Store::Zip { .. })
    }
}

/// An entry of an archive that ends with an error where it exceeds the limits.
struct Within<R> {
    inner: R,
    read: u64,
    most: u64,
    packed: u64,
    limits: Limits,
}

impl<R: Read> Read for Within<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self
            .inner
            .read(buffer)
            .map_err(|error| io::Error::new(error.kind(), format!("it is damaged or cut short ({error})")))?;
        self.read += read as u64;
        if self.read > self.most || unpack::exceeds(self.read, self.packed, &self.limits) {
            return Err(io::Error::other(unpack::too_big(self.read, self.packed, &self.limits)));
        }
        Ok(read)
    }
}

/// What a zip file holds, once a zip in a zip was unwrapped.
struct Listing {
    archive: ZipArchive<File>,
    names: Vec<String>,
    index: Vec<usize>,
    faults: Vec<String>,
}

impl Listing {
    fn of(file: File, limits: &Limits) -> Result<Self, String> {
        let listing = Self::flat(file, limits)?;
        match listing.names.as_slice() {
            [only] if only.to_ascii_lowercase().ends_with(".zip") => {
                let Self { mut archive, index, .. } = listing;
                let place = index.first().copied().unwrap_or_default();
                let bytes = unzip(&mut archive, place, limits.max_entry_bytes, limits)?;
                let mut spool = tempfile::tempfile().map_err(|error| error.to_string())?;
                spool.write_all(&bytes).and_then(|()| spool.rewind()).map_err(|error| error.to_string())?;
                Self::flat(spool, limits)
            }
            _ => Ok(listing),
        }
    }

    fn flat(file: File, limits: &Limits) -> Result<Self, String> {
        let mut archive =
            ZipArchive::new(file).map_err(|error| format!("the zip file is damaged or cut short ({error})"))?;
        if archive.len() > limits.max_entries {
            return Err(format!(
                "the archive has {} entries, more than the {} that are allowed",
                archive.len(),
                limits.max_entries
            ));
        }
        let mut entries = Vec::new();
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|error| format!("the zip file is damaged ({error})"))?;
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            if entry.is_file() && !name.split('/').any(is_litter) {
                entries.push((name, place));
            }
        }
        entries.sort();
        let mut faults = Vec::new();
        if archive.has_duplicate_names() || entries.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            faults.push("the archive holds two entries of the same name; only one of them is read".to_owned());
        }
        let (names, index) = entries.into_iter().unzip();
        Ok(Self { archive, names, index, faults })
    }
}

/// Names of a zip file's entries, for detection.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub(crate) fn names_in_zip(file: File, limits: &Limits) -> Result<Vec<String>, String> {
    Listing::of(file, limits).map(|listing| listing.names)
}

/// What systems leave behind in folders and archives: `.DS_Store`, `Thumbs.db`, `~$letter.docx`, `__MACOSX`, dot files.
pub(crate) fn is_litter(name: &str) -> bool {
    (name.starts_with('.') && !matches!(name, "." | ".."))
        || name.starts_with("~$")
        || name == "__MACOSX"
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

fn unzip(archive: &mut ZipArchive<File>, place: usize, most: u64, limits: &Limits) -> Result<Vec<u8>, String> {
    let packed = packed_size(archive, place)?;
    let entry = archive.by_index(place).map_err(|error| format!("the entry is damaged ({error})"))?;
    let bytes = take(entry, most)?;
    if unpack::exceeds(bytes.len() as u64, packed, limits) {
        return Err(unpack::too_big(bytes.len() as u64, packed, limits));
    }
    Ok(bytes)
}

/// Bytes of an entry as it is packed.
fn packed_size(archive: &mut ZipArchive<File>, place: usize) -> Result<u64, String> {
    let raw = archive.by_index_raw(place).map_err(|error| format!("the zip file is damaged ({error})"))?;
    if raw.encrypted() {
        return Err("the entry is encrypted (unpack the archive with its password, then name the folder)".to_owned());
    }
    Ok(raw.compressed_size())
}

fn take(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let bytes = bounded::read(reader, most).map_err(|error| format!("it is damaged or cut short ({error})"))?;
    bytes.ok_or_else(|| format!("it has more than the {most} bytes that an entry may have"))
}
