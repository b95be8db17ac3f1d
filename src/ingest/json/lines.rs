//! JSON Lines: raw lines cut out of a stream; a line that is too long is passed over without being held.

use super::cut::without_bom;
use crate::dossier::{Locator, Rejected};
use crate::ingest::adapter::{Context, Stream};
use crate::ingest::item::{Item, Record};
use crate::ingest::parse::Parse;
use std::io::BufRead;

/// The records of a file of JSON Lines.
pub(super) struct Lines {
    reader: Stream,
    context: Context,
    parse: &'static dyn Parse,
    line: u64,
    offset: u64,
    ended: bool,
}

/// What one call of [`Lines::cut`] found.
enum Cut {
    Line(Vec<u8>),
    TooLong(u64),
    End,
}

impl Lines {
    pub(super) fn new(reader: Stream, context: &Context, parse: &'static dyn Parse) -> Self {
        Self { reader, context: context.clone(), parse, line: 0, offset: 0, ended: false }
    }

    /// The next line without its line feed.
    fn cut(&mut self) -> std::io::Result<Cut> {
        let limit = self.context.limits.max_record_bytes;
        let mut line = Vec::new();
        let mut length = 0_u64;
        loop {
            let block = match self.reader.fill_buf() {
                Ok(block) => block,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if block.is_empty() {
                return Ok(match length {
                    0 => Cut::End,
                    _ if length > limit as u64 => Cut::TooLong(length),
                    _ => Cut::Line(line),
                });
            }
            let end = memchr::memchr(b'\n', block);
            let part = &block[..end.unwrap_or(block.len())];
            length += part.len() as u64;
            if length <= limit as u64 {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let used = end.map_or(block.len(), |end| end + 1);
            self.reader.consume(used);
            self.offset += used as u64;
            if end.is_some() {
                return Ok(if length > limit as u64 { Cut::TooLong(length) } else { Cut::Line(line) });
            }
        }
    }

    fn here(&self) -> Locator {
        Locator { line: Some(self.line), ..self.context.source.clone() }
    }
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.line += 1;
            match self.cut() {
                Ok(Cut::Line(mut line)) => {
                    if self.line == 1 && without_bom(&line).len() < line.len() {
                        line.drain(..3);
                    }
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    return Some(Item::Record(Record::raw(
                        self.here(),
                        line,
                        self.context.limits.max_depth,
                        self.parse,
                    )));
                }
                Ok(Cut::TooLong(length)) => {
                    let limit = self.context.limits.max_record_bytes;
                    return Some(Item::Rejected(Rejected {
                        source: self.here(),
                        reason: format!(
                            "the line has {length} bytes, more than the {limit} that a record may have (raise --max-record-bytes if it is meant)"
                        ),
                    }));
                }
                Ok(Cut::End) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let source = Locator { offset: Some(self.offset), ..self.here() };
                    return Some(Item::Rejected(Rejected { source, reason: format!("{error}; rest unread") }));
                }
            }
        }
        None
    }
}
