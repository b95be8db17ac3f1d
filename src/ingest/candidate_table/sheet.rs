//! The table in a file: delimited text, or the sheet of a workbook that has a header.

use super::columns;
use crate::dossier::hex;
use crate::dossier::{Locator, Provenance};
use crate::ingest::adapter::{Context, Glimpse, Opened};
use crate::ingest::bounded;
use crate::ingest::column_map::ColumnMap;
use crate::ingest::delimited::{Row, Table};
use crate::ingest::item::Item;
use sha2::{Digest, Sha256};

/// What `--input-format`, ids and provenance call the format.
pub const NAME: &str = "candidate-table";
/// How old workbooks and encrypted new ones begin (Compound File Binary).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A header and the rows below it.
pub(super) struct Sheet {
    pub(super) header: Vec<String>,
    pub(super) rows: Box<dyn Iterator<Item = Row> + Send>,
    pub(super) provenance: Provenance,
    pub(super) source: Locator,
    /// What of the file is not read.
    pub(super) passed: Vec<Item>,
}

impl Sheet {
    /// Finds the table.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub(super) fn open(opened: Opened, context: &Context, map: Option<&ColumnMap>) -> Result<Self, String> {
        match opened {
            Opened::Stream { reader, name, head } => {
                if head.starts_with(COMPOUND) {
                    return Err(old_workbook(&head).to_owned());
                }
                let most = context.limits.max_entry_bytes;
                let bytes = bounded::read(reader, most).map_err(|error| error.to_string())?;
                let bytes =
                    bytes.ok_or_else(|| format!("the file has more than the {most} bytes that an entry may have"))?;
                Self::of_text(bytes, &head, name, context, map)
            }
            #[cfg(feature = "spreadsheets")]
            Opened::Tree(tree) => of_workbook(*tree, context, map),
            #[cfg(not(feature = "spreadsheets"))]
            Opened::Tree(_) => Err(
                "this falseface was built without `spreadsheets` and reads no workbook (save the sheet as CSV, UTF-8)"
                    .to_owned(),
            ),
        }
    }

    fn of_text(
        bytes: Vec<u8>,
        head: &[u8],
        name: String,
        context: &Context,
        map: Option<&ColumnMap>,
    ) -> Result<Self, String> {
        let sha256 = hex(&Sha256::digest(&bytes));
        // Which way to look for the header shows in the first bytes: it is not looked for twice in all of them.
        let sure = Table::open(head.to_vec(), |row| columns::is_header(row, map)).is_some();
        let table =
            Table::open(bytes, |row| if sure { columns::is_header(row, map) } else { columns::may_be_header(row) });
        let Some(mut table) = table else {
            return Err(refused(head).unwrap_or_else(|| {
                "no header stands in its first 20 lines (save it as CSV, UTF-8, with a line of column names)".to_owned()
            }));
        };
        let header = std::mem::take(&mut table.header);
        table.header.clone_from(&header);
        Ok(Self {
            header,
            rows: Box::new(table),
            provenance: provenance(Some(name), Some(sha256)),
            source: context.source.clone(),
            passed: Vec::new(),
        })
    }
}

fn provenance(source: Option<String>, sha256: Option<String>) -> Provenance {
    Provenance { adapter: Some(NAME.to_owned()), source, sha256, ..Provenance::default() }
}

/// Whether a row is taken for the header.
#[cfg(feature = "spreadsheets")]
type IsHeader<'f> = dyn Fn(&[String]) -> bool + 'f;

/// The sheet of a workbook that the map names, or else the first that has a header; other filled sheets are told.
#[cfg(feature = "spreadsheets")]
fn of_workbook(
    mut tree: crate::ingest::tree::Tree,
    context: &Context,
    map: Option<&ColumnMap>,
) -> Result<Sheet, String> {
    use super::workbook;
    use crate::dossier::Skipped;

    /// Rows in which the header is looked for.
    const PREAMBLE: usize = 20;

    if tree.names.iter().any(|name| name.eq_ignore_ascii_case("xl/workbook.bin")) {
        return Err("it is a binary workbook (.xlsb; open it and save it as .xlsx)".to_owned());
    }
    if !tree.names.iter().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml")) {
        return Err(
            "expected a table or a workbook (.xlsx), found another archive (save the sheet as .xlsx or CSV)".to_owned()
        );
    }
    let sha256 = tree.digests().lock().ok().and_then(|read| read.first().map(|read| read.sha256.clone()));
    let mut sheets = workbook::sheets(&mut tree, &context.limits)?;
    let width_of = |sheet: &workbook::Sheet| {
        sheet.rows.iter().flat_map(|(_, cells)| cells.iter().map(|(column, _)| column + 1)).max().unwrap_or(0)
    };
    let row_of = |cells: &[(usize, String)], width: usize| {
        let mut row = vec![String::new(); width];
        for (column, text) in cells {
            if let Some(cell) = row.get_mut(*column) {
                cell.clone_from(text);
            }
        }
        row
    };
    let header_in = |sheet: &workbook::Sheet, is_header: &IsHeader<'_>| {
        let width = width_of(sheet);
        sheet.rows.iter().take(PREAMBLE).position(|(_, cells)| is_header(&row_of(cells, width)))
    };
    let by_name = map.and_then(|map| map.sheet.as_deref());
    let names: Vec<String> = sheets.iter().map(|sheet| format!("{:?}", sheet.name)).collect();
    let wanted = |sheet: &workbook::Sheet| by_name.map_or(!sheet.hidden, |name| sheet.name == name);
    if by_name.is_some() && !sheets.iter().any(wanted) {
        return Err(format!(
            "the map names a sheet that the workbook does not have (its sheets are {})",
            names.join(", ")
        ));
    }
    let sure = |row: &[String]| columns::is_header(row, map);
    let tests: [&IsHeader<'_>; 2] = [&sure, &columns::may_be_header];
    let found = tests.iter().find_map(|is_header| {
        let mut places = sheets.iter().enumerate().filter(|(_, sheet)| wanted(sheet));
        places.find_map(|(at, sheet)| Some((at, header_in(sheet, is_header)?)))
    });
    let Some((at, header_at)) = found else {
        let first = sheets.iter().find(|sheet| wanted(sheet) && !sheet.rows.is_empty());
        let likely = first.and_then(|sheet| sheet.rows.iter().take(PREAMBLE).max_by_key(|(_, cells)| cells.len()));
        let header: Vec<String> =
            likely.map(|(_, cells)| cells.iter().map(|(_, text)| text.clone()).collect()).unwrap_or_default();
        return Err(format!("{} (its sheets are {})", columns::refusal(&header), names.join(", ")));
    };
    let sheet = sheets.remove(at);
    let width = width_of(&sheet);
    let locate = |name: &str| Locator { entry: Some(name.into()), ..context.source.clone() };
    let passed = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).map(|other| {
        let reason = format!(
            "a sheet of {} rows that is not read (name it in the map as sheet, if it is meant)",
            other.rows.len()
        );
        Item::Skipped(Skipped { source: locate(&other.name), reason })
    });
    let passed = passed.collect();
    let source = locate(&sheet.name);
    let file = context.source.input_name().to_ascii_lowercase();
    let entry = Some(sheet.name.clone());
    let mut rows = sheet.rows.into_iter().skip(header_at);
    let header = rows.next().map(|(_, cells)| row_of(&cells, width)).unwrap_or_default();
    let rows = rows.map(move |(line, cells)| {
        let mut row = vec![String::new(); width];
        for (column, text) in cells {
            if let Some(cell) = row.get_mut(column) {
                *cell = text;
            }
        }
        Row::Cells(line, row)
    });
    Ok(Sheet {
        header,
        rows: Box::new(rows),
        provenance: Provenance { entry, ..provenance(Some(file), sha256) },
        source,
        passed,
    })
}

/// The columns of a table whose header nobody knows, and what to do; `None` for what is no table.
pub(crate) fn refused(head: &[u8]) -> Option<String> {
    likely_header(head).filter(|header| !columns::may_be_header(header)).map(|header| columns::refusal(&header))
}

/// Whether the entries of an archive are those of a workbook.
pub(super) fn is_workbook(entries: &[String], name: &str) -> bool {
    let extension = |wanted: &str| name.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(wanted));
    entries.iter().any(|entry| matches!(entry.to_ascii_lowercase().as_str(), "xl/workbook.xml" | "xl/workbook.bin"))
        || (extension("ods") && entries.iter().any(|entry| entry == "content.xml"))
}

/// Whether a file is a workbook that is too old or encrypted.
pub(super) fn is_old_workbook(glimpse: &Glimpse<'_>) -> bool {
    glimpse.entries.is_none()
        && glimpse.head.starts_with(COMPOUND)
        && (glimpse.has_extension(&["xls", "xlsx", "xlsm", "xlsb"]) || holds(glimpse.head, "Workbook"))
}

/// What such a file is, and what to do.
fn old_workbook(head: &[u8]) -> &'static str {
    if holds(head, "EncryptedPackage") || !holds(head, "Workbook") && !holds(head, "Book") {
        "it is a workbook protected by a password, or a damaged one (open it, remove the password and save it as .xlsx or CSV)"
    } else {
        "it is a workbook of Excel 97 to 2003 (.xls; open it and save it as .xlsx or as CSV, UTF-8)"
    }
}

/// Whether the directory of a compound file names a stream, as far as its first bytes show.
fn holds(head: &[u8], stream: &str) -> bool {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(head, &name).is_some()
}

/// The row that is most likely the header of a table that nobody knows: the widest of short, filled cells.
pub(super) fn likely_header(head: &[u8]) -> Option<Vec<String>> {
    (2..=64).rev().find_map(|width| {
        let is_wide = |row: &[String]| {
            let filled = row.iter().filter(|name| !name.trim().is_empty()).count();
            filled >= width && row.iter().all(|name| name.len() <= 80 && !name.contains('\0'))
        };
        Table::open(head.to_vec(), is_wide).map(|table| table.header)
    })
}
