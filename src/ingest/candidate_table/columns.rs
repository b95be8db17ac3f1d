//! The columns of one table: what each is by the map and by its header, and which are dropped or not known.

use crate::content;
use crate::ingest::column_map::{self, ColumnMap, Field, Plain};
use crate::ingest::protected::{fold, is_protected};

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Its cells are read.
    Read(Field),
    /// It is protected: its cells are counted and never read.
    Protected,
    /// Nobody knows what it is.
    Unknown,
    /// It is left out as the map says.
    Ignored,
}

/// The columns of a table with their headers.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) all: Vec<(String, Column)>,
}

impl Columns {
    /// Works out the columns of a header.
    ///
    /// # Errors
    /// If the map names a column that is not there, or nobody can be told apart; in a sentence.
    pub(super) fn new(header: &[String], map: Option<&ColumnMap>) -> Result<Self, String> {
        let mapped = map.map(|map| &map.columns);
        for wanted in mapped.into_iter().flatten().map(|(wanted, _)| wanted) {
            if !header.iter().any(|name| fold(name) == fold(wanted)) {
                let near = content::suggest(wanted, header.iter().map(String::as_str));
                let near = near.map_or_else(String::new, |near| format!("did you mean {near:?}? "));
                return Err(format!(
                    "the map names a column {wanted:?} that the table does not have ({near}its columns are {})",
                    listed(header)
                ));
            }
        }
        let by_map = |name: &str| {
            let folded = fold(name);
            let found = mapped.and_then(|mapped| mapped.iter().find(|(wanted, _)| fold(wanted) == folded));
            found.map(|(_, field)| field.clone())
        };
        let given: Vec<Option<Field>> = header.iter().map(|name| by_map(name)).collect();
        let mut all: Vec<(String, Column)> = Vec::with_capacity(header.len());
        for (at, (name, mapped)) in header.iter().zip(&given).enumerate() {
            let by_header = || column_map::known(name).and_then(|known| known.field.clone());
            let column = match mapped.clone().or_else(by_header) {
                _ if is_protected(name) => Column::Protected,
                Some(Field::Plain(Plain::Ignore)) => Column::Ignored,
                // Of two columns of a field that holds one value the first counts, and the map before any header.
                Some(field)
                    if !field.holds_many()
                        && (all.iter().any(|(_, other)| *other == Column::Read(field.clone()))
                            || (mapped.is_none() && given.contains(&Some(field.clone())))) =>
                {
                    Column::Unknown
                }
                Some(field) => Column::Read(field),
                None => Column::Unknown,
            };
            let name = if name.trim().is_empty() { format!("column {}", at + 1) } else { name.trim().to_owned() };
            all.push((name, column));
        }
        let tells = |column: &Column| matches!(column, Column::Read(field) if field.is_name() || field.is_contact());
        if !all.iter().any(|(_, column)| tells(column)) {
            return Err(refusal(header));
        }
        Ok(Self { all })
    }
}

/// Whether a row is the header, with the help of a map.
pub(super) fn is_header(row: &[String], map: Option<&ColumnMap>) -> bool {
    match map.filter(|map| !map.columns.is_empty()) {
        Some(map) => {
            let has = |wanted: &String| row.iter().any(|name| fold(name) == fold(wanted));
            // All but a few: a wrong name in the map is told with the names that there are.
            let found = map.columns.keys().filter(|wanted| has(wanted)).count();
            found > 0 && (found * 2 >= map.columns.len() || column_map::is_header(row))
        }
        None => column_map::is_header(row),
    }
}

/// Whether a row may be a header where none is sure.
pub(super) fn may_be_header(row: &[String]) -> bool {
    column_map::tells_apart(row)
}

/// Why a table without a column that tells people apart is refused, and what to do.
pub(super) fn refusal(header: &[String]) -> String {
    format!(
        "no column is known to hold a name, a mail address or a profile; its columns are {} (say what they are with --map FILE; `falseface map suggest` writes a first one)",
        listed(header)
    )
}

/// Headers for an error: the first twenty, each clipped.
fn listed(header: &[String]) -> String {
    let named: Vec<&String> = header.iter().filter(|name| !name.trim().is_empty()).collect();
    let shown: Vec<String> = named.iter().take(20).map(|name| format!("{:?}", clipped(name.trim()))).collect();
    let more = named.len().saturating_sub(shown.len());
    format!("{}{}", shown.join(", "), if more > 0 { format!(" and {more} more") } else { String::new() })
}

fn clipped(name: &str) -> &str {
    &name[..name.floor_char_boundary(60)]
}
