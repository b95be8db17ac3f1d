//! The bottom of every reader: counts and digests the bytes of an input as they pass.

use crate::dossier::hex;
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use xxhash_rust::xxh3::Xxh3;

/// A shared handle to an input's raw bytes: one is read through decoders, the other finishes the digest.
#[derive(Clone)]
pub(crate) struct Tap {
    raw: Arc<Mutex<Raw>>,
}

struct Raw {
    bytes: Box<dyn Read + Send>,
    /// What a report names the input by.
    digest: Option<Sha256>,
    /// What one reading is compared with another by: many times cheaper, and nobody else relies on it.
    fingerprint: Box<Xxh3>,
    progress: Arc<AtomicU64>,
}

/// What has passed, once all has.
pub(crate) struct Passed {
    /// In hex; `None` where it was not asked for.
    pub(crate) sha256: Option<String>,
    pub(crate) fingerprint: u128,
}

impl Tap {
    /// Taps a reader; `progress` grows by every byte that is read.
    pub(crate) fn new(bytes: Box<dyn Read + Send>, progress: Arc<AtomicU64>, digests: bool) -> Self {
        let digest = digests.then(Sha256::new);
        Self { raw: Arc::new(Mutex::new(Raw { bytes, digest, fingerprint: Box::default(), progress })) }
    }

    /// Reads whatever is left, and says what has passed.
    pub(crate) fn finish(mut self) -> Passed {
        let mut block = vec![0; 1 << 16];
        while matches!(self.read(&mut block), Ok(read) if read > 0) {}
        let raw = self.raw.lock().unwrap_or_else(PoisonError::into_inner);
        let sha256 = raw.digest.clone().map(|digest| hex(&digest.finalize()));
        Passed { sha256, fingerprint: raw.fingerprint.digest128() }
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
                    let Raw { digest, fingerprint, .. } = &mut *raw;
                    if let Some(digest) = digest {
                        digest.update(&buffer[..read]);
                    }
                    fingerprint.update(&buffer[..read]);
                    raw.progress.fetch_add(read as u64, Ordering::Relaxed);
                    return Ok(read);
                }
            }
        }
    }
}

/// Digests what passes, of a file whose digest a dossier states.
pub(crate) struct Digesting<R> {
    inner: R,
    digest: Sha256,
}

impl<R> Digesting<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// SHA-256 of what has passed, in hex.
    pub(crate) fn finish(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
