//! Objects of an array, or one after the other, cut out of a stream one by one.
//!
//! What cannot be cut ends the file: nobody can tell where the next record would begin.

use super::cut::without_bom;
use crate::dossier::{Locator, Rejected};
use crate::ingest::adapter::{Context, Stream};
use crate::ingest::item::{Item, Record};
use crate::ingest::parse::Parse;
use crate::ingest::parse::plain_reason;
use serde::de::IgnoredAny;
use std::io::BufRead;

/// The records of a file that is an array, or a sequence of objects.
pub(super) struct Values {
    reader: Stream,
    context: Context,
    parse: &'static dyn Parse,
    in_array: bool,
    state: State,
    index: u64,
    offset: u64,
    at_start: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the bracket that opens the array.
    Before,
    /// A value or the array's end may follow.
    First,
    /// A comma or the array's end must follow.
    Between,
    /// After the array: only white space may follow.
    After,
    /// Nothing more is read.
    Ended,
}

/// A value that was cut out, or how it exceeds the limits.
enum Value {
    Cut(Vec<u8>),
    TooLong(u64),
    TooDeep,
}

impl Values {
    /// The elements of one array.
    pub(super) fn array(reader: Stream, context: &Context, parse: &'static dyn Parse) -> Self {
        Self::new(reader, context, parse, true)
    }

    /// Objects one after the other.
    pub(super) fn objects(reader: Stream, context: &Context, parse: &'static dyn Parse) -> Self {
        Self::new(reader, context, parse, false)
    }

    fn new(reader: Stream, context: &Context, parse: &'static dyn Parse, in_array: bool) -> Self {
        let state = if in_array { State::Before } else { State::First };
        Self { reader, context: context.clone(), parse, in_array, state, index: 0, offset: 0, at_start: true }
    }

    /// The next byte that is not white space, left in the stream; `None` at the end.
    fn peek(&mut self) -> Result<Option<u8>, String> {
        loop {
            let block = fill(&mut self.reader)?;
            if self.at_start {
                self.at_start = false;
                let mark = block.len() - without_bom(block).len();
                self.skip(mark);
                continue;
            }
            if block.is_empty() {
                return Ok(None);
            }
            let blank = block.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if let Some(byte) = block.get(blank).copied() {
                self.skip(blank);
                return Ok(Some(byte));
            }
            self.skip(blank);
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.reader.consume(bytes);
        self.offset += bytes as u64;
    }

    /// Cuts out the value that starts at the next byte, by its brackets and quotes alone.
    fn cut(&mut self) -> Result<Value, String> {
        let limits = self.context.limits;
        let mut value = Vec::new();
        let mut scan = Scan::default();
        let mut length = 0_u64;
        let mut deepest = 0;
        loop {
            let block = fill(&mut self.reader)?;
            if block.is_empty() {
                return Err("the file ends inside a record".to_owned());
            }
            let (used, done) = scan.run(block);
            deepest = deepest.max(scan.deepest);
            length += used as u64;
            if length <= limits.max_record_bytes as u64 && deepest <= limits.max_depth {
                value.extend_from_slice(&block[..used]);
            } else {
                value = Vec::new();
            }
            self.skip(used);
            if done {
                return Ok(if deepest > limits.max_depth {
                    Value::TooDeep
                } else if length > limits.max_record_bytes as u64 {
                    Value::TooLong(length)
                } else {
                    Value::Cut(value)
                });
            }
        }
    }

    fn here(&self) -> Locator {
        let mut source = self.context.source.clone();
        if self.in_array || self.index > 0 {
            source.pointer = Some(format!("/{}", self.index).into());
        }
        source
    }

    /// Moves to the next value; `Ok(false)` at the end.
    fn advance(&mut self) -> Result<bool, String> {
        loop {
            let found = self.peek()?;
            match (self.state, found) {
                (State::Before, Some(b'[')) => {
                    self.skip(1);
                    self.state = State::First;
                }
                (State::First, None) if !self.in_array => return Ok(false),
                (State::First, Some(b']')) if self.in_array && self.index == 0 => {
                    self.skip(1);
                    self.state = State::After;
                }
                (State::First, Some(b'{' | b'[')) => return Ok(true),
                (State::Between, Some(b',')) if self.in_array => {
                    self.skip(1);
                    self.state = State::First;
                }
                (State::Between, Some(b']')) if self.in_array => {
                    self.skip(1);
                    self.state = State::After;
                }
                (State::After, None) => return Ok(false),
                (_, None) => return Err("the file ends before the array is closed".to_owned()),
                (State::Ended, _) => return Ok(false),
                (state, Some(byte)) => {
                    let expected = match state {
                        State::Before => "the array's [",
                        State::First => "an object",
                        State::Between => "a comma or ]",
                        State::After | State::Ended => "the end of the file",
                    };
                    return Err(format!("expected {expected}, found {}", shown(byte)));
                }
            }
        }
    }

    /// The next record, or why the file ends here.
    fn step(&mut self) -> Result<Option<Item>, (u64, String)> {
        if !self.advance().map_err(|reason| (self.offset, reason))? {
            return Ok(None);
        }
        let start = self.offset;
        let value = self.cut().map_err(|reason| (self.offset, reason))?;
        let source = self.here();
        self.index += 1;
        self.state = if self.in_array { State::Between } else { State::First };
        let limits = self.context.limits;
        let reason = match value {
            Value::Cut(bytes) => {
                if let Err(error) = serde_json::from_slice::<IgnoredAny>(&bytes) {
                    self.index -= 1;
                    return Err((start + offset_in(&bytes, &error), plain_reason(&error)));
                }
                return Ok(Some(Item::Record(Record::raw(source, bytes, limits.max_depth, self.parse))));
            }
            Value::TooLong(length) => format!(
                "the record has {length} bytes, more than the {} that a record may have (raise --max-record-bytes if it is meant)",
                limits.max_record_bytes
            ),
            Value::TooDeep => {
                format!("the record is nested deeper than {} levels, which no dossier is", limits.max_depth)
            }
        };
        Ok(Some(Item::Rejected(Rejected { source, reason })))
    }
}

impl Iterator for Values {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.state == State::Ended {
            return None;
        }
        match self.step() {
            Ok(Some(item)) => Some(item),
            Ok(None) => {
                self.state = State::Ended;
                None
            }
            Err((offset, reason)) => {
                self.state = State::Ended;
                let source = Locator { offset: Some(offset), ..self.here() };
                Some(Item::Rejected(Rejected { source, reason: format!("{reason}; rest unread") }))
            }
        }
    }
}

/// Follows brackets and quotes over the blocks of a stream.
#[derive(Default)]
struct Scan {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// How many bytes of the block belong to the value, and whether it ends there.
    fn run(&mut self, block: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while let Some(byte) = block.get(at) {
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                match memchr::memchr2(b'"', b'\\', &block[at..]) {
                    None => return (block.len(), false),
                    Some(skip) => {
                        at += skip;
                        self.in_string = block[at] != b'"';
                        self.escaped = block[at] == b'\\';
                    }
                }
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => {
                        self.depth += 1;
                        self.deepest = self.deepest.max(self.depth);
                    }
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return (at + 1, true);
                        }
                    }
                    _ => {}
                }
            }
            at += 1;
        }
        (block.len(), false)
    }
}

fn fill(reader: &mut Stream) -> Result<&[u8], String> {
    // A retry in a loop would hold two borrows of the reader; the buffered reader below retries by itself.
    reader.fill_buf().map_err(|error| error.to_string())
}

/// Where in a value the parser gave up.
fn offset_in(bytes: &[u8], error: &serde_json::Error) -> u64 {
    let line_start: usize =
        bytes.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    (line_start + error.column().saturating_sub(1)) as u64
}

fn shown(byte: u8) -> String {
    if byte.is_ascii_graphic() { format!("`{}`", char::from(byte)) } else { format!("the byte 0x{byte:02x}") }
}
