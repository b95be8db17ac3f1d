//! A sheet that is written row by row: its head stays in view, its columns can be filtered, nothing in it is a formula.

use crate::report::cell::Cell;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Rows that a sheet can have in Excel.
const ROWS: u32 = 1_048_576;

/// A column: the words at its head, and its width in characters.
pub(super) type Column = (String, u8);

/// A sheet, and further ones of its kind where one is full.
pub(super) struct Sheet {
    name: &'static str,
    columns: Vec<Column>,
    parts: Vec<Worksheet>,
    /// Rows of the last part.
    rows: u32,
    most: u32,
}

impl Sheet {
    /// An empty sheet of a workbook. Rows lie in a private temporary file until the workbook is written.
    pub(super) fn new(book: &mut Workbook, name: &'static str, columns: Vec<Column>) -> Result<Self, XlsxError> {
        let mut sheet = Self { name, columns, parts: Vec::new(), rows: 0, most: ROWS };
        sheet.further(book)?;
        Ok(sheet)
    }

    /// Adds a row.
    pub(super) fn add(&mut self, book: &mut Workbook, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.rows >= self.most {
            self.further(book)?;
        }
        let Some(part) = self.parts.last_mut() else { return Ok(()) };
        for (cell, column) in cells.iter().zip(0..) {
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => {
                    part.write_number(self.rows, column, *number)?;
                }
                Cell::Text(_) | Cell::List(_) => {
                    part.write_string(self.rows, column, cell.joined("\n"))?;
                }
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Puts the sheet into the workbook, behind those that are there.
    pub(super) fn finish(mut self, book: &mut Workbook) -> Result<(), XlsxError> {
        self.close()?;
        for part in self.parts {
            book.push_worksheet(part);
        }
        Ok(())
    }

    /// Begins a further part, with the same head.
    fn further(&mut self, book: &mut Workbook) -> Result<(), XlsxError> {
        self.close()?;
        let mut part = book.new_worksheet_with_constant_memory()?;
        let number = self.parts.len() + 1;
        part.set_name(if number > 1 { format!("{} {number}", self.name) } else { self.name.to_owned() })?;
        part.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape();
        for ((title, width), column) in self.columns.iter().zip(0..) {
            // Of the column and not of each cell: a format that is looked up for every cell costs more than the cell.
            part.set_column_width(column, f64::from(*width))?.set_column_format(column, &cells())?;
            part.write_string_with_format(0, column, title, &heads())?;
        }
        self.parts.push(part);
        self.rows = 1;
        Ok(())
    }

    /// Says which rows of the last part can be filtered.
    fn close(&mut self) -> Result<(), XlsxError> {
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        if let (Some(part), Some(last)) = (self.parts.last_mut(), columns.checked_sub(1)) {
            part.autofilter(0, 0, self.rows - 1, last)?;
        }
        Ok(())
    }
}

fn heads() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn cells() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::report::cell::Cell;
    use calamine::{Reader, Xlsx};
    use rust_xlsxwriter::Workbook;
    use std::io::Cursor;

    #[test]
    fn what_does_not_fit_a_sheet_stands_on_a_further_one() {
        let mut book = Workbook::new();
        let mut sheet = Sheet::new(&mut book, "People", vec![("Name".to_owned(), 10)]).expect("a temporary file");
        sheet.most = 3;
        for name in ["Ana", "Bo", "Cy"] {
            sheet.add(&mut book, &[Cell::text(name)]).expect("written");
        }
        sheet.finish(&mut book).expect("in its place");
        let bytes = book.save_to_buffer().expect("memory");
        let mut read = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(read.sheet_names(), ["People", "People 2"]);
        let second = read.worksheet_range("People 2").expect("a sheet");
        assert_eq!(second.get((0, 0)).map(ToString::to_string).as_deref(), Some("Name"));
        assert_eq!(second.get((1, 0)).map(ToString::to_string).as_deref(), Some("Cy"));
    }
}
