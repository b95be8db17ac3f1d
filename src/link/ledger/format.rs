//! What the bytes of an index are: version 1 of the format. Integers are little-endian, a hash is the first bytes of an
//! HMAC-SHA-256 under the key, and there is no padding.
//!
//! ```text
//! index     magic [8]  89 66 66 69 6e 64 65 78, which is 0x89 "ffindex"
//!           version u16  1
//!           key's name [8]  hex digits, the same in every file under one key
//!           batch, as often as there are any, in the order in which they were added
//!           "E"  batches u32  seal [32] of the index: magic to key's name, each batch's seal, "E" and the number
//!
//! batch     "B"
//!           year i16  month u8  day u8  of the scan; 0 is a month or day that is not known
//!           length u8, at most 64, and as many bytes: the version of falseface, ASCII
//!           inputs [16]  hash of the digests of what was read
//!           records u32  entries u32  hubs u32
//!           entry, as often: hash [16] of a key, record u32; by hash, then record; at most 50 of one hash
//!           hub, as often: hash [16] of a key, number of records u32; by hash
//!           record, as often: id [16], number of names u8, as many times [8]; by position in the batch
//!           seal [32] of everything from "B" on
//! ```
//!
//! Entries stand before records, so that one pass finds who holds a value and then, by number, the records to look at.
//! The kind of a key is hashed with its value and not written. A name's hash is hashed again with its record's id.

use super::batch::Scan;
use super::day;
use super::error::LedgerError;
use crate::dossier::Date;
use crate::link::index::HUB;
use crate::link::keyed::HashKey;
use std::io::{self, Read};

pub(super) const MAGIC: [u8; 8] = *b"\x89ffindex";
pub(super) const VERSION: u16 = 1;
pub(super) const BATCH: u8 = b'B';
pub(super) const END: u8 = b'E';

/// Most bytes of falseface's version.
pub(super) const MOST_VERSION: usize = 64;

/// Most entries of one hash in a batch; what more records have is a hub. It bounds what a reader keeps of a batch that
/// is not verified yet.
pub(super) const MOST_HOLDERS: u32 = 50;
const _: () = assert!(HUB <= MOST_HOLDERS, "a batch would be written that cannot be read");

pub(super) const BATCH_PURPOSE: &str = "index batch";
pub(super) const END_PURPOSE: &str = "index end";

/// What an index says of one of its batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchSummary {
    /// When, by what and from what it was scanned.
    pub scan: Scan,
    /// Number of records.
    pub records: u32,
    /// Keys that records have, those of hubs left out.
    pub keys: u32,
    /// Values that too many records have to tie anybody.
    pub hubs: u32,
    /// Bytes that it takes.
    pub bytes: u64,
}

/// The bytes before the first batch.
pub(super) fn header(key: &HashKey) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(key.name().as_bytes());
    bytes
}

/// Reads the same; what is of another kind, version or key is told before anything else is looked at.
pub(super) fn read_header(from: &mut Source<impl Read>, key: &HashKey) -> Result<Vec<u8>, LedgerError> {
    let mut bytes = Vec::new();
    let magic: [u8; 8] = from.noted("the beginning of an index", &mut bytes)?;
    if magic != MAGIC {
        return Err(LedgerError::NotAnIndex { found: magic.escape_ascii().to_string() });
    }
    let version = u16::from_le_bytes(from.noted("the version of the format", &mut bytes)?);
    if version != VERSION {
        return Err(LedgerError::Version { found: version, expected: VERSION });
    }
    let name: [u8; 8] = from.noted("the name of the key", &mut bytes)?;
    let given = key.name();
    if name != given.as_bytes() {
        return Err(LedgerError::OtherKey { index: name.escape_ascii().to_string(), given });
    }
    Ok(bytes)
}

/// The bytes of a batch before its entries.
pub(super) fn batch_header(scan: &Scan, counts: [u32; 3]) -> Result<Vec<u8>, LedgerError> {
    let version = scan.version.as_bytes();
    let most = MOST_VERSION;
    let too_large = LedgerError::TooLarge { what: "the version's length", found: version.len(), most };
    let length = u8::try_from(version.len()).ok().filter(|length| usize::from(*length) <= most).ok_or(too_large)?;
    let mut bytes = vec![BATCH];
    bytes.extend(day::to_bytes(scan.day));
    bytes.push(length);
    bytes.extend(version);
    bytes.extend(scan.inputs);
    bytes.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
    Ok(bytes)
}

/// Reads the same, from behind the "B"; the bytes are those that were read, with it.
pub(super) fn read_batch_header(from: &mut Source<impl Read>) -> Result<(BatchSummary, Vec<u8>), LedgerError> {
    let mut bytes = vec![BATCH];
    let at = from.at();
    let day: [u8; 4] = from.noted("the day of a scan", &mut bytes)?;
    let day = day::from_bytes(day).ok_or_else(|| LedgerError::Broken {
        at,
        expected: "the day of a scan",
        found: day.escape_ascii().to_string(),
    })?;
    let at = from.at();
    let [length]: [u8; 1] = from.noted("the length of a version", &mut bytes)?;
    let mut version = [0; MOST_VERSION];
    let version = version.get_mut(..usize::from(length)).ok_or_else(|| LedgerError::Broken {
        at,
        expected: "the length of a version, at most 64",
        found: length.to_string(),
    })?;
    let at = from.at();
    from.fill(version, "the version of falseface")?;
    bytes.extend(&*version);
    let version = std::str::from_utf8(version).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
    let version = version.map(str::to_owned).ok_or_else(|| LedgerError::Broken {
        at,
        expected: "the version of falseface",
        found: "no printable ASCII".to_owned(),
    })?;
    let inputs = from.noted("the hash of what was read", &mut bytes)?;
    let mut count = |what| from.noted(what, &mut bytes).map(u32::from_le_bytes);
    let (records, keys, hubs) = (count("the number of records")?, count("of entries")?, count("of hubs")?);
    let scan = Scan { day, version, inputs };
    Ok((BatchSummary { scan, records, keys, hubs, bytes: 0 }, bytes))
}

/// Bytes as they come, with their places. What is asked for is a few bytes each time, so that no length that stands in
/// the file is believed before as many bytes have come.
#[derive(Debug)]
pub(super) struct Source<R> {
    from: R,
    at: u64,
}

impl<R: Read> Source<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, at: 0 }
    }

    /// Bytes that were read.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Reads as many bytes as there is room for.
    pub(super) fn fill(&mut self, room: &mut [u8], expected: &'static str) -> Result<(), LedgerError> {
        self.from.read_exact(room).map_err(|source| match source.kind() {
            io::ErrorKind::UnexpectedEof => LedgerError::Cut { at: self.at, expected },
            _ => LedgerError::Read { at: self.at, source },
        })?;
        self.at += room.len() as u64;
        Ok(())
    }

    /// Reads as many bytes as are asked for.
    pub(super) fn take<const N: usize>(&mut self, expected: &'static str) -> Result<[u8; N], LedgerError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes, expected)?;
        Ok(bytes)
    }

    /// The same, and appends them to others.
    fn noted<const N: usize>(&mut self, expected: &'static str, to: &mut Vec<u8>) -> Result<[u8; N], LedgerError> {
        let bytes = self.take(expected)?;
        to.extend(bytes);
        Ok(bytes)
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&mut self) -> Result<bool, LedgerError> {
        match self.from.read_exact(&mut [0]) {
            Ok(()) => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(true),
            Err(source) => Err(LedgerError::Read { at: self.at, source }),
        }
    }
}

/// The day on which a batch was scanned is before another.
pub(super) fn is_before(batch: &BatchSummary, day: Date) -> bool {
    day::is_before(batch.scan.day, day)
}
