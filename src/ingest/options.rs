//! What the caller decides about reading: the format, the limits, whether the exporter becomes a dossier, whether
//! portraits are read, and what fills what addresses do not say.

use super::column_map::ColumnMap;
use super::geoip::GeoDatabases;
use std::sync::Arc;

/// How inputs are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The adapter's name, where the caller knows better than detection.
    pub input_format: Option<String>,
    /// What hostile or broken input may cost.
    pub limits: Limits,
    /// Whether the person whose archive it is becomes a dossier too.
    pub include_owner: bool,
    /// Whether the inputs will be read more than once: what comes through a pipe is kept in a private temporary file.
    pub again: bool,
    /// Profile URL, mail address, or else full name, of the person whose archive or mailbox it is; inferred where missing.
    pub owner: Option<String>,
    /// Whether the pictures are read that a dossier names as its person's portraits.
    pub photos: bool,
    /// What the columns of tables of candidates are; wins over the headers that are known.
    pub map: Option<Arc<ColumnMap>>,
    /// What fills the countries and networks that observations do not state.
    pub geoip: GeoDatabases,
}

/// What hostile or broken input may cost. Every limit is far above what real exports need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record of JSON; a longer one is rejected and never held in memory. Default 16 MiB.
    pub max_record_bytes: usize,
    /// Nesting of JSON, and never more than 128, which is what the parser itself allows. Default 128.
    pub max_depth: usize,
    /// Bytes of one entry of an archive, unpacked; an entry is held in memory. Default 512 MiB.
    pub max_entry_bytes: u64,
    /// Bytes of one compressed input or archive, unpacked. Default 64 GiB.
    pub max_total_bytes: u64,
    /// Unpacked bytes for each packed byte, looked at after the first 64 MiB unpacked. Default 250.
    ///
    /// Text packs 3 to 20 times, a machine's very repetitive log about 100 times, a bomb 1,000 times and more.
    pub max_ratio: u64,
    /// Entries of one archive. Default 50,000; a LinkedIn archive has about 40 and one for each article.
    pub max_entries: usize,
    /// Bytes of the file of a portrait; it is held in memory. Default 20 MiB.
    pub max_photo_bytes: u64,
    /// Pixels of a portrait's width and of its height. Default 10,000, more than most cameras have.
    pub max_photo_side: u32,
    /// Bytes that a portrait takes once it is unpacked, on each thread. Default 256 MiB: 85 million pixels in colour.
    pub max_photo_memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record_bytes: 16 << 20,
            max_depth: 128,
            max_entry_bytes: 512 << 20,
            max_total_bytes: 64 << 30,
            max_ratio: 250,
            max_entries: 50_000,
            max_photo_bytes: 20 << 20,
            max_photo_side: 10_000,
            max_photo_memory: 256 << 20,
        }
    }
}
