//! The bottom of every reader: counts and digests the bytes of an input as they pass.

use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A shared handle to an input's raw bytes: one is read through decoders, the other finishes the digest.
#[derive(Clone)]
pub(crate) struct Tap {
    raw: Arc<Mutex<Raw>>,
}

struct Raw {
    bytes: Box<dyn Read + Send>,
    digest: Sha256,
    progress: Arc<AtomicU64>,
}

impl Tap {
    /// Taps a reader; `progress` grows by every byte that is read.
    pub(crate) fn new(bytes: Box<dyn Read + Send>, progress: Arc<AtomicU64>) -> Self {
        Self { raw: Arc::new(Mutex::new(Raw { bytes, digest: Sha256::new(), progress })) }
    }

    /// Reads whatever is left and gives the digest of all bytes in hex.
    pub(crate) fn finish(mut self) -> String {
        let mut block = vec![0; 1 << 16];
        while matches!(self.read(&mut block), Ok(read) if read > 0) {}
        let raw = self.raw.lock().unwrap_or_else(PoisonError::into_inner);
        hex(&raw.digest.clone().finalize())
    }
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut raw = self.raw.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match raw.bytes.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(read) => {
                    raw.digest.update(&buffer[..read]);
                    raw.progress.fetch_add(read as u64, Ordering::Relaxed);
                    return Ok(read);
                }
            }
        }
    }
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}
