//! An mbox taken apart: its mails one after the other, each held by itself.
//!
//! All variants are read: a separator counts only after an empty line, with a date in it and a header after it,
//! so that a line of prose that begins with `From ` is none; one `>` is taken from lines that were quoted for its sake.

use super::shape::{is_field, is_separator};
use std::io::{self, BufRead, Read};

/// Bytes of a line that are held at once.
const LINE: u64 = 1 << 16;

/// One mail of an mbox.
pub(super) struct Piece {
    /// Line of its separator, from 1.
    pub(super) line: u64,
    /// Its bytes; `None` if it has more than are held.
    pub(super) bytes: Option<Vec<u8>>,
}

/// The mails of an mbox.
pub(super) struct Mbox<'r> {
    reader: &'r mut dyn BufRead,
    most: usize,
    /// Lines read.
    line: u64,
    /// Read too far: a separator, or a line that looked like one, and the line after it.
    ahead: Vec<u8>,
    started: bool,
    ended: bool,
}

impl<'r> Mbox<'r> {
    /// Takes an mbox apart; a mail of more than `most` bytes is not held.
    pub(super) fn new(reader: &'r mut dyn BufRead, most: usize) -> Self {
        Self { reader, most, line: 0, ahead: Vec::new(), started: false, ended: false }
    }

    /// The next line, or as much of it as is held at once; empty at the end.
    fn next_line(&mut self) -> io::Result<Vec<u8>> {
        if !self.ahead.is_empty() {
            return Ok(std::mem::take(&mut self.ahead));
        }
        let mut line = Vec::new();
        (&mut self.reader).take(LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn piece(&mut self) -> io::Result<Option<Piece>> {
        let mut bytes = Vec::new();
        let mut is_held = true;
        let mut begins_at = self.line.max(1);
        let (mut after_blank, mut at_start) = (!self.started, true);
        loop {
            let mut line = self.next_line()?;
            if line.is_empty() {
                self.ended = true;
                break;
            }
            let is_whole = line.ends_with(b"\n");
            if at_start && after_blank && is_separator(line.trim_ascii_end()) {
                self.ahead = self.next_line()?;
                if is_field(&self.ahead) {
                    self.line += 1;
                    // What stands before the first separator is looked at like a mail, and found to be none.
                    if self.started || !bytes.trim_ascii().is_empty() {
                        self.started = true;
                        // One empty line belongs to the separator.
                        if bytes.ends_with(b"\n") {
                            bytes.truncate(bytes.len() - if bytes.ends_with(b"\r\n") { 2 } else { 1 });
                        }
                        break;
                    }
                    (self.started, begins_at, after_blank) = (true, self.line, false);
                    bytes.clear();
                    continue;
                }
            }
            after_blank = at_start && line.trim_ascii().is_empty();
            self.line += u64::from(is_whole);
            if at_start && is_quoted(&line) {
                line.remove(0);
            }
            at_start = is_whole;
            is_held &= bytes.len() + line.len() <= self.most;
            if is_held {
                bytes.extend_from_slice(&line);
            } else {
                bytes = Vec::new();
            }
        }
        let is_nothing = is_held && bytes.trim_ascii().is_empty();
        Ok((!is_nothing).then_some(Piece { line: begins_at, bytes: is_held.then_some(bytes) }))
    }
}

impl Iterator for Mbox<'_> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<io::Result<Piece>> {
        while !self.ended {
            match self.piece() {
                Ok(None) => {}
                Ok(Some(piece)) => return Some(Ok(piece)),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// `>From `, `>>From ` and so on.
fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

#[cfg(test)]
mod tests {
    use super::Mbox;

    fn pieces(text: &str, most: usize) -> Vec<(u64, Option<String>)> {
        let mut bytes = text.as_bytes();
        Mbox::new(&mut bytes, most)
            .map(|piece| {
                let piece = piece.expect("readable");
                (piece.line, piece.bytes.map(|bytes| String::from_utf8(bytes).expect("text")))
            })
            .collect()
    }

    #[test]
    fn mails_are_told_apart_and_quoting_is_undone() {
        let text = "\nFrom a Tue Apr  7 12:00:00 2026\nFrom: a@x.example\n\n>From here\n>>From there\n\nFrom then on\n\n\
                    From b Tue Apr  7 12:00:00 2026\nno header\n\nFrom c Tue Apr  7 12:00:00 2026\nFrom: c@x.example\n\nBye\n";
        let first = "From: a@x.example\n\nFrom here\n>From there\n\nFrom then on\n\n\
                     From b Tue Apr  7 12:00:00 2026\nno header\n";
        assert_eq!(
            pieces(text, 1000),
            [(2, Some(first.to_owned())), (13, Some("From: c@x.example\n\nBye\n".to_owned()))]
        );
    }

    #[test]
    fn a_mail_that_is_too_long_costs_itself_only() {
        let long = "x".repeat(200_000);
        let text = format!(
            "From a Tue Apr  7 12:00:00 2026\nFrom: a@x.example\n\n{long}\n\nFrom b Tue Apr  7 12:00:00 2026\nFrom: b\n\n"
        );
        let found = pieces(&text, 1000);
        assert_eq!(found[0], (1, None));
        assert_eq!(found[1].0, 6);
        assert!(found[1].1.is_some());
    }
}
