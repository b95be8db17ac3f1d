//! A table of few columns, each as wide as its widest cell.

use super::output::columns_of;
use std::io::{self, Write};

/// Prints a header and rows. Cells must be fit for a terminal.
///
/// # Errors
/// If they cannot be written.
pub(super) fn print<const N: usize>(out: &mut impl Write, columns: [&str; N], rows: &[[String; N]]) -> io::Result<()> {
    let header = columns.map(str::to_owned);
    let lines = || std::iter::once(&header).chain(rows);
    let mut widths = [0; N];
    for line in lines() {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = columns_of(cell).max(*width);
        }
    }
    for cells in lines() {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - columns_of(cell) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
