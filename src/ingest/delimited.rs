//! Tables as exports write them: any of three encodings, any of three delimiters, a preamble before the header,
//! and rows that may be broken.
//!
//! A broken row is reported and reading goes on at the next line, so that one lost quote never
//! swallows the rest of a file. That, and knowing the line of every row, is why this is not the `csv` crate.

use std::borrow::Cow;

/// Lines in which the header is looked for; LinkedIn writes three lines before it.
const PREAMBLE: usize = 20;

/// A table whose header was found.
pub(crate) struct Table {
    bytes: Vec<u8>,
    delimiter: u8,
    /// Column names as written.
    pub(crate) header: Vec<String>,
    at: usize,
    line: u64,
    /// Where the first row begins, and its line.
    first: (usize, u64),
}

/// One row of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// Its line and its cells.
    Cells(u64, Vec<String>),
    /// Its line, and why it cannot be read.
    Broken(u64, String),
}

impl Table {
    /// Finds the header: the first of the first lines that `is_header` accepts.
    pub(crate) fn open(bytes: Vec<u8>, is_header: impl Fn(&[String]) -> bool) -> Option<Self> {
        let bytes = to_utf8(bytes);
        let (mut at, mut line) = (0, 1);
        for _ in 0..PREAMBLE {
            for delimiter in *b",\t;" {
                if let Cut::Row(cells, end, lines) = cut(&bytes, at, delimiter) {
                    let header: Vec<String> = cells.iter().filter_map(|cell| text(cell)).collect();
                    if header.len() == cells.len() && is_header(&header) {
                        let first = (end, line + lines);
                        return Some(Self { bytes, delimiter, header, at: first.0, line: first.1, first });
                    }
                }
            }
            at = next_line(&bytes, at)?;
            line += 1;
        }
        None
    }
}

impl Iterator for Table {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let line = self.line;
            match cut(&self.bytes, self.at, self.delimiter) {
                Cut::End => return None,
                Cut::Row(cells, end, lines) => {
                    let row = self.row(line, &cells);
                    self.at = end;
                    self.line += lines;
                    if let Some(row) = row {
                        return Some(row);
                    }
                }
                Cut::Broken(reason) => {
                    self.at = next_line(&self.bytes, self.at).unwrap_or(self.bytes.len());
                    self.line += 1;
                    return Some(Row::Broken(line, reason.to_owned()));
                }
            }
        }
    }
}

impl Table {
    /// Begins with the first row again.
    pub(crate) fn rewind(&mut self) {
        (self.at, self.line) = self.first;
    }

    /// A row with as many cells as the header, or what is wrong with it; `None` if it is blank.
    fn row(&self, line: u64, cells: &[Cow<'_, [u8]>]) -> Option<Row> {
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return None;
        }
        let columns = self.header.len();
        // A row of another length has lost or won a delimiter: its cells cannot be told apart any more.
        let surplus = cells.get(columns..).unwrap_or_default();
        if cells.len() < columns || surplus.iter().any(|cell| !cell.is_empty()) {
            return Some(Row::Broken(line, format!("the row has {} cells, the header {columns}", cells.len())));
        }
        let mut texts = Vec::with_capacity(columns);
        for cell in cells.iter().take(columns) {
            match text(cell) {
                Some(text) => texts.push(text),
                None => return Some(Row::Broken(line, "the row is not UTF-8 (save the file as UTF-8)".to_owned())),
            }
        }
        Some(Row::Cells(line, texts))
    }
}

fn text(cell: &[u8]) -> Option<String> {
    std::str::from_utf8(cell).ok().map(str::to_owned)
}

/// The bytes as UTF-8 without a byte order mark; what is not UTF-8 is left for its row to be rejected.
pub(crate) fn to_utf8(bytes: Vec<u8>) -> Vec<u8> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding == encoding_rs::UTF_8 {
            return rest.to_vec();
        }
        return encoding.decode_without_bom_handling(rest).0.into_owned().into_bytes();
    }
    // UTF-16 without its mark: every other byte of an English header is zero.
    match bytes.as_slice() {
        [first, 0, second, 0, ..] if first.is_ascii_graphic() && second.is_ascii() => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned().into_bytes()
        }
        _ => bytes,
    }
}

/// What stands at a position.
enum Cut<'a> {
    /// Cells, where the next row begins, and how many lines this one took.
    Row(Vec<Cow<'a, [u8]>>, usize, u64),
    Broken(&'static str),
    End,
}

fn cut(bytes: &[u8], start: usize, delimiter: u8) -> Cut<'_> {
    if start >= bytes.len() {
        return Cut::End;
    }
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let (cell, length) = if rest.first() == Some(&b'"') {
            match quoted(rest) {
                Some(found) => found,
                None => return Cut::Broken("a quote is opened and never closed"),
            }
        } else {
            let end = memchr::memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
            (Cow::Borrowed(&rest[..end]), end)
        };
        cells.push(cell);
        at += length;
        match bytes.get(at..).unwrap_or_default() {
            [] => break,
            [b'\r', b'\n', ..] => {
                at += 2;
                break;
            }
            [b'\n' | b'\r', ..] => {
                at += 1;
                break;
            }
            [byte, ..] if *byte == delimiter => at += 1,
            _ => return Cut::Broken("text follows a closing quote"),
        }
    }
    let lines = memchr::memchr_iter(b'\n', bytes.get(start..at).unwrap_or_default()).count().max(1);
    Cut::Row(cells, at, lines as u64)
}

/// The content of a quoted cell, and its length with both quotes.
fn quoted(rest: &[u8]) -> Option<(Cow<'_, [u8]>, usize)> {
    let mut at = 1;
    let mut doubled = false;
    loop {
        at += memchr::memchr(b'"', rest.get(at..)?)?;
        if rest.get(at + 1) != Some(&b'"') {
            break;
        }
        doubled = true;
        at += 2;
    }
    let inner = rest.get(1..at)?;
    let content = if doubled {
        let mut plain = Vec::with_capacity(inner.len());
        let mut skip = false;
        for byte in inner {
            if skip {
                skip = false;
                continue;
            }
            skip = *byte == b'"';
            plain.push(*byte);
        }
        Cow::Owned(plain)
    } else {
        Cow::Borrowed(inner)
    };
    Some((content, at + 1))
}

/// Where the line after this position begins.
fn next_line(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    memchr::memchr(b'\n', rest).map(|end| at + end + 1).filter(|next| *next < bytes.len())
}

#[cfg(test)]
mod tests {
    use super::{Row, Table};

    fn rows(bytes: &[u8]) -> Vec<Row> {
        Table::open(bytes.to_vec(), |header| header.iter().any(|name| name == "A")).expect("a header").collect()
    }

    fn cells(line: u64, cells: &[&str]) -> Row {
        Row::Cells(line, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn preamble_quotes_and_line_breaks() {
        let text = b"\xEF\xBB\xBF\"Notes:\"\r\n\"one, \"\"two\"\"\"\r\n\r\n\"A\",\"B\"\r\nx,\"y\r\n\"\"z\"\"\"\r\n,\r\nu,v\r\n";
        assert_eq!(rows(text), [cells(5, &["x", "y\r\n\"z\""]), cells(8, &["u", "v"])]);
    }

    #[test]
    fn sixteen_bit_text_with_tabs() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("\"A\"\t\"B\"\n\"1\"\t\"ü\"\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(rows(&bytes), [cells(2, &["1", "ü"])]);
        assert_eq!(rows(&bytes[2..]), [cells(2, &["1", "ü"])]);
    }

    #[test]
    fn a_broken_row_costs_itself_only() {
        let outcome = rows(b"A,B\n1,\"lost\n2,b\n3,\"c\"x\n4,d,e\n5,\xff\n6,f\n");
        let kept: Vec<_> = outcome.iter().filter(|row| matches!(row, Row::Cells(..))).collect();
        assert_eq!(kept, [&cells(3, &["2", "b"]), &cells(7, &["6", "f"])]);
        let broken: Vec<u64> =
            outcome.iter().filter_map(|row| if let Row::Broken(line, _) = row { Some(*line) } else { None }).collect();
        assert_eq!(broken, [2, 4, 5, 6]);
    }
}
