//! A first map for a table: what is known of its columns, and the others as comments.

use super::columns::{Column, Columns};
use super::sheet::{self, Sheet};
use crate::ingest::adapter::{Context, Opened};
use crate::ingest::column_map;
use crate::ingest::protected::fold;
use std::fmt::Write as _;

/// A map of a table as TOML, to be completed by hand.
///
/// # Errors
/// Why there is no table, in a sentence.
pub(crate) fn propose(opened: Opened, context: &Context) -> Result<String, String> {
    let head = if let Opened::Stream { head, .. } = &opened { head.clone() } else { Vec::new() };
    let sheet = Sheet::open(opened, context, None);
    let header = sheet.map(|sheet| sheet.header).or_else(|reason| sheet::likely_header(&head).ok_or(reason))?;
    Ok(proposal(&context.source.path, header))
}

fn proposal(name: &str, header: Vec<String>) -> String {
    let columns = match Columns::new(&header, None) {
        Ok(columns) => columns.all,
        // Nobody can be told apart yet: that is what the map is for.
        Err(_) => header.into_iter().map(|name| (name, Column::Unknown)).collect(),
    };
    let known = columns.iter().filter(|(_, column)| matches!(column, Column::Read(_))).count();
    // Writing to a string cannot fail.
    let mut text = String::new();
    let _ = writeln!(text, "# Columns of {}: {known} of {} are known.", quoted(name), columns.len());
    text.push_str("# Give each other column a field (docs/formats.md names them), extra.NAME, or ignore.\n\n");
    text.push_str("# dates = \"day-first\"  # or \"month-first\": how 03/04/2025 is meant\n\n[columns]\n");
    let mut written = Vec::new();
    for (name, column) in columns {
        let folded = fold(&name);
        let repeated = written.contains(&folded);
        let key = quoted(&name);
        let _ = match column {
            _ if repeated => writeln!(text, "# {key}: a second column of this name"),
            Column::Read(field) => writeln!(text, "{key} = {}", quoted(&field.path())),
            Column::Protected => writeln!(text, "# {key} is protected and never read"),
            Column::Unknown | Column::Ignored => match column_map::nearest(&name) {
                Some(near) => writeln!(text, "# {key} = {}  # perhaps", quoted(&near.path())),
                None => writeln!(text, "# {key} = \"\""),
            },
        };
        written.push(folded);
    }
    text
}

/// A text as a basic string of TOML, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => drop(write!(out, "\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::candidate_table::columns;
    use crate::ingest::column_map::ColumnMap;

    #[test]
    fn what_is_proposed_is_a_map() {
        let header = ["Full name", "E-Mail", "Shoe \"size\"\n", "Gender", "Skils", "Full name"].map(str::to_owned);
        let text = proposal("x.csv", header.to_vec());
        assert!(text.contains("\"E-Mail\" = \"email\"") && text.contains("# \"Gender\" is protected"), "{text}");
        assert!(text.contains("# \"Skils\" = \"skills\"  # perhaps"), "{text}");
        let map = ColumnMap::parse("map.toml", &text).expect("parses");
        assert!(columns::is_header(&header, Some(&map)));
    }
}
