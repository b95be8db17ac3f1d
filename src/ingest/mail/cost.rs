//! What a mail may cost: parts and headers are counted before its parser is asked, and a parser that gives up takes
//! nothing along.

use mail_parser::{Message, MessageParser};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Lines of a mail that may begin a part: `--` at their start.
const MAX_BOUNDARIES: usize = 20_000;
/// `Content-Type` fields of a mail, and so parts and their nesting.
const MAX_TYPES: usize = 500;
/// Bytes of a header. Mail servers take less.
const MAX_HEADER: usize = 1 << 20;

/// Refuses what would cost the parser more than its length.
///
/// # Errors
/// What it has too much of, in a sentence.
fn check(bytes: &[u8]) -> Result<(), String> {
    let mut boundaries = usize::from(bytes.starts_with(b"--"));
    let mut types = 0;
    let mut header = None;
    let begins = |at: usize, word: &[u8]| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    types += usize::from(begins(0, b"content-type"));
    for end in memchr::memchr_iter(b'\n', bytes) {
        boundaries += usize::from(begins(end + 1, b"--"));
        types += usize::from(begins(end + 1, b"content-type"));
        if header.is_none() && (begins(end + 1, b"\n") || begins(end + 1, b"\r\n")) {
            header = Some(end);
        }
    }
    let header = header.unwrap_or(bytes.len());
    if boundaries > MAX_BOUNDARIES || types > MAX_TYPES {
        return Err(format!("the mail has more than the {MAX_TYPES} parts that a mail may have"));
    }
    if header > MAX_HEADER {
        return Err(format!("the mail has a header of {header} bytes, more than the {MAX_HEADER} that it may have"));
    }
    Ok(())
}

/// Parses a mail.
///
/// # Errors
/// Why it cannot be parsed, in a sentence.
pub(super) fn parsed(bytes: &[u8]) -> Result<Message<'_>, String> {
    check(bytes)?;
    // The parser asserts, where assertions are on, what damaged parts break.
    catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(bytes)))
        .map_err(|_| "the parts of the mail cannot be told apart (export it again)".to_owned())?
        .ok_or_else(|| "expected a mail, found no header".to_owned())
}
