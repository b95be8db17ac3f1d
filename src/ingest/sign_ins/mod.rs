//! Logs of sign-ins and of access, as identity providers and gateways export them: CSV, TSV or semicolons; one dossier
//! for each login, with what was observed of it.
//!
//! Rows of one person lie anywhere in the file, so nobody is ready before its end. Who the person is stays open: a
//! mailbox ties a login to other records where the user asks for that.

mod headers;
mod people;
mod row;
mod words;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::column_map::DateOrder;
use super::delimited::{Row as Cut, Table};
use super::item::Item;
use super::linkedin_archive;
use crate::dossier::hex;
use crate::dossier::{Locator, Provenance, Rejected, Section, Skipped};
use crate::ingest::bounded;
use headers::Column;
use people::{NAME, People};
use row::{Moment, Row};
use sha2::{Digest, Sha256};

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "a log of sign-ins (CSV or TSV) of Entra ID, Okta, Google Workspace or a gateway: time, login, address, and more",
    recognised_by: "CSV, TSV or semicolons with a header that names who, when and the address, and what only logs have",
    becomes: "one dossier for each login",
    shows: &[Section::Contacts, Section::Observations],
    gathers: None,
    detect,
    open,
};

/// Whether a file is such a log.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    is_log(glimpse).then_some(Confidence::Certain)
}

/// Whether a table is a log of sign-ins, so that it is none of people.
pub(crate) fn is_log(glimpse: &Glimpse<'_>) -> bool {
    let named_so = glimpse.has_extension(&["csv", "tsv", "txt", "log"]) || !glimpse.name.contains('.');
    glimpse.entries.is_none()
        && named_so
        && !linkedin_archive::is_sheet(glimpse)
        && Table::open(glimpse.head.to_vec(), headers::is_header).is_some()
}

/// Reads a log.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || read(opened, &context)).flatten())
}

fn read(opened: Opened, context: &Context) -> Items {
    match begin(opened, context) {
        Ok(log) => Box::new(log),
        Err(reason) => Box::new(std::iter::once(Item::Rejected(Rejected { source: context.source.clone(), reason }))),
    }
}

/// Finds the header and settles how dates are written.
///
/// # Errors
/// Why there is no log, in a sentence.
fn begin(opened: Opened, context: &Context) -> Result<Log, String> {
    let Opened::Stream { reader, name, .. } = opened else {
        return Err("expected a log of sign-ins, found a folder or an archive (name the file in it)".to_owned());
    };
    let most = context.limits.max_entry_bytes;
    let bytes = bounded::read(reader, most).map_err(|error| error.to_string())?.ok_or_else(|| {
        format!(
            "the file has more than the {most} bytes that an entry may have (raise --max-entry-bytes, or export fewer days)"
        )
    })?;
    let sha256 = hex(&Sha256::digest(&bytes));
    let Some(mut table) = Table::open(bytes, headers::may_be_header) else {
        return Err(
            "no header with a login and a time or an address stands in the first 20 lines (name the columns as \
                    rules/tables/sign-in-headers.tsv does)"
                .to_owned(),
        );
    };
    let columns = headers::columns(&table.header);
    let order = settled(&mut table, &columns);
    let provenance = Provenance {
        adapter: Some(NAME.to_owned()),
        source: Some(name),
        sha256: Some(sha256),
        ..Provenance::default()
    };
    let source = context.source.clone();
    let gathered = Gathered {
        order,
        most_bytes: context.limits.max_record_bytes,
        unknown: vec![false; columns.len()],
        columns,
        people: People::default(),
        services: None,
        ambiguous: None,
    };
    Ok(Log { table, gathered, provenance, source, is_filled: false, rest: None })
}

/// The order of day and month that the whole log shows; unknown if nothing shows it, or both do.
fn settled(table: &mut Table, columns: &[(String, Column)]) -> DateOrder {
    let mut order = None;
    let mut contradicted = false;
    for row in table.by_ref() {
        let Cut::Cells(_, cells) = row else { continue };
        for shown in Row::new(columns, &cells).times().filter_map(DateOrder::shown_by) {
            contradicted |= *order.get_or_insert(shown) != shown;
        }
    }
    table.rewind();
    order.filter(|_| !contradicted).unwrap_or_default()
}

/// A log while it is read: first what is wrong with rows, then everybody.
struct Log {
    table: Table,
    gathered: Gathered,
    provenance: Provenance,
    source: Locator,
    /// Whether some row was there.
    is_filled: bool,
    rest: Option<std::vec::IntoIter<Item>>,
}

/// What the rows of a log say together.
struct Gathered {
    order: DateOrder,
    columns: Vec<(String, Column)>,
    /// Which unknown columns some row fills.
    unknown: Vec<bool>,
    most_bytes: usize,
    people: People,
    /// The first row of a service, and how many there are.
    services: Option<(u64, u64)>,
    /// The first row whose day and month cannot be told apart, its time, and how many there are.
    ambiguous: Option<(u64, String, u64)>,
}

impl Iterator for Log {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(rest) = &mut self.rest {
            return rest.next();
        }
        for row in self.table.by_ref() {
            self.is_filled = true;
            let (line, outcome) = match row {
                Cut::Broken(line, reason) => (line, Err(reason)),
                Cut::Cells(line, cells) => (line, self.gathered.take(line, &cells)),
            };
            if let Err(reason) = outcome {
                return Some(Item::Rejected(Rejected { source: at_line(&self.source, line), reason }));
            }
        }
        let rest = self.finish();
        self.rest.insert(rest.into_iter()).next()
    }
}

impl Gathered {
    /// Takes in a row.
    ///
    /// # Errors
    /// Why it says nothing of anybody, in a sentence.
    fn take(&mut self, line: u64, cells: &[String]) -> Result<(), String> {
        let length: usize = cells.iter().map(String::len).sum();
        if length > self.most_bytes {
            return Err(format!(
                "the row has {length} bytes, more than the {} that a record may have (raise --max-record-bytes if it is meant)",
                self.most_bytes
            ));
        }
        let row = Row::new(&self.columns, cells);
        if row.is_of_service() {
            self.services.get_or_insert((line, 0)).1 += 1;
            return Ok(());
        }
        let login = row.subject().ok_or("the row names nobody (expected a login, a mail address or an id)")?;
        let at = match row.at(self.order) {
            Ok(Moment::At(at)) => Some(at),
            Ok(Moment::Unstated) => None,
            Ok(Moment::Ambiguous) => {
                let time = row.times().next().unwrap_or_default();
                self.ambiguous.get_or_insert_with(|| (line, time.to_owned(), 0)).2 += 1;
                None
            }
            Err(found) => {
                let found: String = found.chars().take(60).collect();
                return Err(format!(
                    "expected a time such as 2026-03-14T10:11:12Z, found {found:?} (export the log with ISO 8601 times)"
                ));
            }
        };
        let seen = self.people.shared(row.seen());
        let person = self.people.of(login, line, self.columns.len());
        person.name(row.name());
        person.role(row.role());
        person.add(at, seen);
        let filled = self.columns.iter().zip(cells).enumerate().filter(|(_, (_, cell))| !row::is_blank(cell.trim()));
        for (at, ((_, column), _)) in filled {
            match column {
                Column::Protected => person.leave_out(std::iter::once(at)),
                Column::Unknown => self.unknown[at] = true,
                Column::Read(_) => {}
            }
        }
        person.leave_out(row.left_out());
        Ok(())
    }
}

impl Log {
    /// Everybody, and what of the log could not be used.
    fn finish(&mut self) -> Vec<Item> {
        let Gathered { columns, unknown, people, services, ambiguous, .. } = &mut self.gathered;
        let mut items = Vec::new();
        if !self.is_filled {
            let reason = "a log of sign-ins without any (export more days)".to_owned();
            items.push(Item::Skipped(Skipped { source: self.source.clone(), reason }));
        }
        if let Some((line, time, count)) = ambiguous.take() {
            let reason = format!(
                "day and month of {count} times cannot be told apart, the first is {time:?}: these sign-ins are read without a time (export the log with ISO 8601 times)"
            );
            items.push(Item::Rejected(Rejected { source: at_line(&self.source, line), reason }));
        }
        if let Some((line, count)) = services.take() {
            let reason = format!("{count} rows of services, which are nobody's sign-ins");
            items.push(Item::Skipped(Skipped { source: at_line(&self.source, line), reason }));
        }
        let filled = columns.iter().zip(unknown).filter(|(_, filled)| **filled);
        let mut unknown: Vec<String> = filled.map(|((name, _), _)| name.clone()).collect();
        unknown.sort();
        items.extend(std::mem::take(people).into_all().into_iter().map(|person| {
            let unknown = std::mem::take(&mut unknown);
            Item::Record(person.record(columns, &self.provenance, &self.source, unknown))
        }));
        items
    }
}

fn at_line(source: &Locator, line: u64) -> Locator {
    Locator { line: Some(line), ..source.clone() }
}
