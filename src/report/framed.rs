//! Bytes that a thread makes of a person for a report to take apart again, and where they wait meanwhile.

use std::io::{self, BufWriter, Seek};
use tempfile::SpooledTempFile;

/// Bytes that wait in memory; more of them wait in a private file.
const IN_MEMORY: usize = 8 << 20;
/// Bytes of a length.
const LENGTH: usize = 8;

/// A place where bytes wait.
pub(super) fn aside() -> BufWriter<SpooledTempFile> {
    BufWriter::new(SpooledTempFile::new(IN_MEMORY))
}

/// Reads what waits there from its beginning.
///
/// # Errors
/// If it cannot be written down or gone back to.
pub(super) fn from_start(aside: &mut BufWriter<SpooledTempFile>) -> io::Result<&mut SpooledTempFile> {
    io::Write::flush(aside)?;
    aside.get_mut().rewind()?;
    Ok(aside.get_mut())
}

/// Appends a part whose end can be told: its length, then what is written.
pub(super) fn append(bytes: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = bytes.len();
    bytes.extend_from_slice(&[0; LENGTH]);
    write(bytes);
    let length = (bytes.len() - start - LENGTH) as u64;
    bytes[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
}

/// The part at the beginning, and the rest.
///
/// # Errors
/// If no part was appended there.
pub(super) fn split(bytes: &[u8]) -> io::Result<(&[u8], &[u8])> {
    let part = || {
        let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
        rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
    };
    as_made(part())
}

/// What was found where a thread had written it.
///
/// # Errors
/// If it is not there.
pub(super) fn as_made<T>(found: Option<T>) -> io::Result<T> {
    found.ok_or_else(|| io::Error::other("a part of the report is not as it was made (this is a bug)"))
}

#[cfg(test)]
mod tests {
    use super::{append, as_made, split};

    #[test]
    fn a_part_is_told_from_what_follows() {
        let mut bytes = Vec::new();
        append(&mut bytes, |bytes| bytes.extend_from_slice(b"row"));
        append(&mut bytes, |_| {});
        bytes.extend_from_slice(b"rest");
        let (row, rest) = split(&bytes).expect("a part");
        let (nothing, rest) = split(rest).expect("another");
        assert_eq!((row, nothing, rest), (&b"row"[..], &b""[..], &b"rest"[..]));
    }

    #[test]
    fn what_is_not_as_it_was_made_is_an_error_and_no_silence() {
        for cut in [&[][..], &[1, 0, 0][..], &[9, 0, 0, 0, 0, 0, 0, 0, b'a'][..], &[255; 12][..]] {
            assert!(split(cut).is_err(), "{cut:?}");
        }
        assert!(as_made::<u8>(None).is_err());
    }
}
