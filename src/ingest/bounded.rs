//! A file that is read whole, if it is no larger than it may be. What is said of a larger one is left to who asked.

use std::io::{self, Read};

/// Everything that a reader has; `None` if that is more than so many bytes, of which no more are held.
///
/// # Errors
/// What the reader says.
pub(crate) fn read(reader: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((read as u64 <= most).then_some(bytes))
}
