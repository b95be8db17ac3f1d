//! Workbooks (.xlsx): their sheets as rows of text, within limits.
//!
//! The parts that hold cells are unpacked one by one, bounded, and handed to the parser as they are: it never inflates
//! anything by itself, and is asked for one cell after the other, so that a cell far away makes no table as large.

use crate::ingest::options::Limits;
use crate::ingest::tree::Tree;
use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// Columns of a sheet, as spreadsheets have them.
const MAX_COLUMNS: u32 = 16_384;
/// Bytes that a cell takes besides its text.
const CELL: u64 = 32;
/// Which part is the workbook, stated by us: what a file says of that may lead anywhere.
const PACKAGE: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"></Relationship></Relationships>"#;

/// A sheet: its filled rows with their numbers, from 1, and in each the filled cells with their columns, from 0.
pub(super) struct Sheet {
    pub(super) name: String,
    /// Not shown by spreadsheet programs.
    pub(super) hidden: bool,
    pub(super) rows: Vec<(u64, Vec<(usize, String)>)>,
}

/// Reads all sheets.
///
/// # Errors
/// Why the workbook cannot be read, in a sentence.
pub(super) fn sheets(tree: &mut Tree, limits: &Limits) -> Result<Vec<Sheet>, String> {
    let mut workbook = Xlsx::new(Cursor::new(repacked(tree, limits)?)).map_err(damaged)?;
    let named: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut left = limits.max_entry_bytes;
    let mut sheets = Vec::new();
    for (name, hidden) in named {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut rows: Vec<(u64, Vec<(usize, String)>)> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            if column >= MAX_COLUMNS {
                return Err(format!("a cell lies beyond the {MAX_COLUMNS} columns that a sheet can have"));
            }
            let length = if let DataRef::SharedString(text) = cell.get_value() { text.len() as u64 } else { 0 };
            left = left.checked_sub(length.saturating_add(CELL)).ok_or_else(|| {
                format!("its cells take more than the {} bytes that an entry may have", limits.max_entry_bytes)
            })?;
            let text = text_of(cell.get_value());
            if text.trim().is_empty() {
                continue;
            }
            let (number, column) = (u64::from(row) + 1, column as usize);
            match rows.last_mut() {
                Some((last, cells)) if *last == number => cells.push((column, text)),
                _ => rows.push((number, vec![(column, text)])),
            }
        }
        sheets.push(Sheet { name, hidden, rows });
    }
    Ok(sheets)
}

fn damaged(error: impl std::fmt::Display) -> String {
    format!("the workbook is damaged ({error})")
}

/// A cell as text: dates as ISO dates, whole numbers without a point, an error of a formula as nothing.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) if date.is_datetime() && (1.0..2_958_466.0).contains(&date.as_f64()) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            if date.as_f64().fract() == 0.0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(number) => Data::Float(number.as_f64()).to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// The parts that hold cells, unpacked, in an archive of their own.
fn repacked(tree: &mut Tree, limits: &Limits) -> Result<Vec<u8>, String> {
    let wanted = |name: &str| {
        let name = name.to_ascii_lowercase();
        matches!(
            name.as_str(),
            "[content_types].xml"
                | "xl/workbook.xml"
                | "xl/_rels/workbook.xml.rels"
                | "xl/styles.xml"
                | "xl/sharedstrings.xml"
        ) || name.strip_prefix("xl/worksheets/").is_some_and(|sheet| !sheet.contains('/'))
    };
    let parts: Vec<(usize, String)> =
        tree.names.iter().enumerate().filter(|(_, name)| wanted(name)).map(|(at, name)| (at, name.clone())).collect();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, stored).map_err(damaged)?;
        archive.write_all(bytes).map_err(damaged)
    };
    put("_rels/.rels", PACKAGE.as_bytes())?;
    let mut left = limits.max_entry_bytes;
    for (at, name) in parts {
        let bytes = tree.read(at)?.bytes;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            format!("it unpacks to more than the {} bytes that an entry may have", limits.max_entry_bytes)
        })?;
        check(&name, &bytes)?;
        put(&name, &bytes)?;
    }
    Ok(archive.finish().map_err(damaged)?.into_inner())
}

/// By which attribute a part says how many texts it has; memory is set aside for as many.
const COUNT: &[u8] = b"uniqueCount";

/// What the parser would take at its word.
fn check(name: &str, bytes: &[u8]) -> Result<(), String> {
    if bytes.iter().take(4).any(|byte| matches!(byte, 0 | 0xFE | 0xFF)) {
        return Err(format!("its part {name} is not UTF-8 (save the workbook again)"));
    }
    for at in memchr::memmem::find_iter(bytes, COUNT) {
        let rest = bytes.get(at + COUNT.len()..).unwrap_or_default();
        let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit() && !matches!(byte, b'<' | b'>'));
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        let count = digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if count > bytes.len() as u64 {
            return Err(format!("the workbook is damaged (its part {name} says that it has {count} texts)"));
        }
    }
    Ok(())
}
