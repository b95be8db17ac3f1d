//! Transparent decompression (gzip of several members, Zstandard), bounded in size and ratio.

use super::options::Limits;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Read};

/// Bytes that may be unpacked before the ratio is looked at.
const RATIO_FREE: u64 = 64 << 20;

/// How a file is packed, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Not at all.
    None,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
    /// A zip archive, which is a tree and no stream.
    Zip,
}

impl Packing {
    /// By the format's magic number.
    pub(crate) fn of(head: &[u8]) -> Self {
        if head.starts_with(b"\x1f\x8b") {
            Self::Gzip
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
            Self::Zstd
        } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else {
            Self::None
        }
    }
}

/// The unpacked bytes of a reader.
pub(crate) fn unpack(
    packed: Box<dyn Read + Send>,
    packing: Packing,
    limits: &Limits,
) -> io::Result<Box<dyn Read + Send>> {
    Ok(match packing {
        Packing::None | Packing::Zip => packed,
        Packing::Gzip => Box::new(Bounded::new(limits, |counted| Ok(MultiGzDecoder::new(counted)), packed)?),
        Packing::Zstd => Box::new(Bounded::new(
            limits,
            |counted| {
                let mut decoder = zstd::Decoder::with_buffer(counted)?;
                // A frame may ask for a window of any size; 128 MiB is what the zstd tool itself allows.
                decoder.window_log_max(27)?;
                Ok(decoder)
            },
            packed,
        )?),
    })
}

type Counted = BufReader<Counter>;

/// Counts what passes.
pub(crate) struct Counter {
    inner: Box<dyn Read + Send>,
    count: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Read for Counter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// A decoder that stops where its output exceeds the limits.
struct Bounded<D> {
    decoder: D,
    packed: std::sync::Arc<std::sync::atomic::AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl<D: Read> Bounded<D> {
    fn new(
        limits: &Limits,
        decode: impl FnOnce(Counted) -> io::Result<D>,
        packed: Box<dyn Read + Send>,
    ) -> io::Result<Self> {
        let count = std::sync::Arc::default();
        let counter = Counter { inner: packed, count: std::sync::Arc::clone(&count) };
        let decoder = decode(BufReader::with_capacity(1 << 17, counter))?;
        Ok(Self { decoder, packed: count, unpacked: 0, limits: *limits })
    }
}

impl<D: Read> Read for Bounded<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|error| {
            io::Error::new(error.kind(), format!("the compressed file is damaged or cut short ({error})"))
        })?;
        self.unpacked += read as u64;
        let packed = self.packed.load(std::sync::atomic::Ordering::Relaxed).max(1);
        if exceeds(self.unpacked, packed, &self.limits) {
            return Err(io::Error::other(too_big(self.unpacked, packed, &self.limits)));
        }
        Ok(read)
    }
}

/// Whether so much output from so much input exceeds the limits.
pub(crate) fn exceeds(unpacked: u64, packed: u64, limits: &Limits) -> bool {
    unpacked > limits.max_total_bytes || (unpacked > RATIO_FREE && unpacked / packed.max(1) > limits.max_ratio)
}

/// Why so much output from so much input is not read.
pub(crate) fn too_big(unpacked: u64, packed: u64, limits: &Limits) -> String {
    format!(
        "the compressed file unpacks to more than the limits allow ({unpacked} bytes from {packed}; at most {} bytes and {} times)",
        limits.max_total_bytes, limits.max_ratio
    )
}
