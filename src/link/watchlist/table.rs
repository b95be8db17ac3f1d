//! Lists as tables: comma, semicolon or tab between cells, a header that names the fields.

use super::row::{FIELDS, Mistake, Row, words};
use crate::content::suggest;
use crate::ingest::delimited;

/// What is said of a list that is none.
const HEADER: &str = "a header line that names the columns kind, value, source and expires";

/// Reads the rows below the header; `text` is UTF-8 but for what its rows are to be refused for.
pub(super) fn read(text: &[u8], mistakes: &mut Vec<Mistake>) -> Vec<Row> {
    let (skipped, rest) = after_comments(text);
    let first = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let names_fields = |name: &str| first.windows(name.len()).any(|part| part.eq_ignore_ascii_case(name.as_bytes()));
    let is_header = |cells: &[String]| ["kind", "value"].iter().all(|name| column(cells, name).is_some());
    let opened = (names_fields("kind") && names_fields("value"))
        .then(|| delimited::Table::open(rest.to_vec(), is_header))
        .flatten();
    let Some(table) = opened else {
        let found = String::from_utf8_lossy(first.get(..60).unwrap_or(first)).trim().to_owned();
        let found = if found.is_empty() { "nothing".to_owned() } else { format!("`{found}`") };
        let help = "a watchlist is a table, an object a line, or a STIX bundle; docs/watchlist.md shows each";
        mistakes.push(Mistake::new(skipped + 1, HEADER, found, help));
        return Vec::new();
    };
    let header = table.header.clone();
    for name in header.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name)) {
            let help = match suggest(&name.to_lowercase(), FIELDS) {
                Some(near) => format!("did you mean {near}?"),
                None => "remove it, or keep it in the column note".to_owned(),
            };
            let expected = format!("columns {}", FIELDS.join(", "));
            mistakes.push(Mistake::new(skipped + 1, expected, format!("a column `{name}`"), help));
        }
    }
    let mut rows = Vec::new();
    for row in table {
        match row {
            delimited::Row::Cells(line, cells) => rows.push(written(skipped + line, &header, &cells)),
            delimited::Row::Broken(line, reason) => {
                let expected = format!("a row of {} cells, as the header has", header.len());
                let help = "put a cell with a comma or a quote into quotes";
                mistakes.push(Mistake::new(skipped + line, expected, reason, help));
            }
        }
    }
    rows
}

/// The number of lines before the header that are empty or comments, and what follows them.
fn after_comments(text: &[u8]) -> (u64, &[u8]) {
    let (mut skipped, mut rest) = (0, text);
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_ascii();
        match end {
            Some(end) if line.is_empty() || line.starts_with(b"#") => {
                skipped += 1;
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            _ => return (skipped, rest),
        }
    }
}

/// The position of a column, whatever its capitals.
fn column(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name))
}

fn written(line: u64, header: &[String], cells: &[String]) -> Row {
    let cell = |name: &str| column(header, name).and_then(|at| cells.get(at)).cloned().unwrap_or_default();
    Row {
        line,
        kind: cell("kind"),
        value: cell("value"),
        source: cell("source"),
        expires: cell("expires"),
        entity: cell("entity"),
        about: words(&cell("about")),
        note: cell("note"),
        together: cell("together"),
    }
}
