//! Knowledge in columns: rows found by their first cell. What a column means is said by who reads it.

use super::diagnostic::Diagnostic;
use super::fold;

/// Rows by the folded value of their first column.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<String>,
    /// Folded first cells, sorted; as many as rows.
    keys: Vec<String>,
    /// In order of key, rows of one key in order of the file.
    rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, as written.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell by the position of its column; empty if there is none.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Table {
    /// Rows whose first column is the value, folded.
    pub fn rows_of(&self, key: &str) -> &[Row] {
        let key = fold::key(key);
        let start = self.keys.partition_point(|other| other.as_str() < key.as_ref());
        let len = self.keys[start..].partition_point(|other| other.as_str() == key.as_ref());
        &self.rows[start..start + len]
    }

    /// Every row, in order of the folded first column.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// A table that the binary carries, such as `tables/protected-headers.tsv`; none of that name, or one that does not parse.
    pub(crate) fn embedded(path: &str) -> Option<Self> {
        let file = super::embedded().into_iter().find(|file| file.path == path)?;
        Self::parse(path, &file.text).ok()
    }

    /// Reads tab-separated lines: a header, then rows of as many cells; `#` comments and empty lines are skipped.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let columns: Vec<String> = match lines.next() {
            Some((_, header)) => header.split('\t').map(|name| name.trim().to_owned()).collect(),
            None => return Err(vec![Diagnostic::of_file(file, "the table has no header line")]),
        };
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        for (number, line) in lines {
            let cells: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            if cells.len() != columns.len() {
                let message = format!("{} cells, but the header names {} columns", cells.len(), columns.len());
                problems.push(
                    Diagnostic::at(file, text, number, 0, message)
                        .with_help("cells are separated by one tab each; an empty cell is two tabs in a row"),
                );
            }
            rows.push((fold::key(&cells[0]).into_owned(), Row { cells }));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (keys, rows) = rows.into_iter().unzip();
        Ok(Self { columns, keys, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_are_found_by_their_folded_first_cell() {
        let table = Table::parse("t.tsv", "# places\nname\tcountry\nParis\tFR\nLyon\tFR\nPARIS\tUS\n").expect("parses");
        let country = table.column("country").expect("is there");
        let found: Vec<_> = table.rows_of("paris").iter().map(|row| row.cell(country)).collect();
        assert_eq!(found, ["FR", "US"]);
        assert!(table.rows_of("Pari").is_empty() && table.column("zone").is_none());
        assert_eq!(table.rows().len(), 3);
    }

    #[test]
    fn a_row_of_another_length_is_an_error_with_its_line() {
        let problems = Table::parse("t.tsv", "a\tb\n1\t2\n1\n").expect_err("is refused");
        assert_eq!((problems.len(), problems[0].line), (1, 3));
        assert!(Table::parse("t.tsv", "# nothing\n").is_err());
    }
}
