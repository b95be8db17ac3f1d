//! Columns by what they mean, whatever an archive calls them.

use crate::ingest::delimited::{Row, Table};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Name in an archive, folded → what falseface calls the column.
static ALIASES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    include_str!("headers.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(meaning, alias)| (fold(alias), meaning))
        .collect()
});

/// The meaning of columns that are known and say nothing that is kept.
const UNUSED: &str = "_";

/// A table whose columns are known by their meaning.
pub(super) struct Sheet {
    table: Table,
    columns: Vec<Option<&'static str>>,
}

/// A row of a sheet.
pub(super) struct Record {
    /// Line in the file, from 1.
    pub(super) line: u64,
    cells: BTreeMap<&'static str, String>,
}

/// A row, or what is wrong with it.
pub(super) enum Line {
    Record(Record),
    Broken(u64, String),
}

impl Sheet {
    /// Finds the header that has all of these columns.
    pub(super) fn open(bytes: Vec<u8>, required: &[&str]) -> Option<Self> {
        let table = Table::open(bytes, |header| {
            required.iter().all(|wanted| header.iter().any(|name| meaning(name) == Some(*wanted)))
        })?;
        let mut columns: Vec<Option<&'static str>> = Vec::with_capacity(table.header.len());
        for name in &table.header {
            // Of two columns of one name the first counts.
            let meaning = meaning(name).filter(|meaning| *meaning == UNUSED || !columns.contains(&Some(meaning)));
            columns.push(meaning);
        }
        Some(Self { table, columns })
    }

    /// Names of columns that are not known.
    pub(super) fn unknown(&self) -> Vec<String> {
        let named = self.table.header.iter().zip(&self.columns);
        named
            .filter(|(name, column)| column.is_none() && !name.trim().is_empty())
            .map(|(name, _)| name.clone())
            .collect()
    }
}

impl Iterator for Sheet {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        Some(match self.table.next()? {
            Row::Broken(line, reason) => Line::Broken(line, reason),
            Row::Cells(line, cells) => {
                let named = self.columns.iter().zip(cells);
                let cells = named.filter_map(|(column, cell)| column.map(|column| (column, cell))).collect();
                Line::Record(Record { line, cells })
            }
        })
    }
}

impl Record {
    /// A row of keys and values, and its keys that are not known or hold no cell.
    pub(super) fn of(line: u64, row: impl Iterator<Item = (String, Option<String>)>) -> (Self, Vec<String>) {
        let (mut cells, mut unknown) = (BTreeMap::new(), Vec::new());
        for (key, cell) in row {
            match (meaning(&key), cell) {
                (Some(column), Some(cell)) => {
                    cells.entry(column).or_insert(cell);
                }
                _ => unknown.push(key),
            }
        }
        (Self { line, cells }, unknown)
    }

    /// The cell without surrounding white space; `None` if it is blank or there is no such column.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The cell exactly as written; `None` if it is blank or there is no such column.
    pub(super) fn raw(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|cell| !cell.trim().is_empty())
    }

    /// The cell, owned.
    pub(super) fn owned(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// First and last name, joined.
    pub(super) fn full_name(&self, first: &str, last: &str) -> Option<String> {
        let parts: Vec<&str> = [self.get(first), self.get(last)].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// Whether a first line of a file has all of these columns; for detection.
pub(super) fn is_sheet(head: &[u8], required: &[&str]) -> bool {
    Sheet::open(head.to_vec(), required).is_some()
}

fn meaning(name: &str) -> Option<&'static str> {
    ALIASES.get(&fold(name)).copied()
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
