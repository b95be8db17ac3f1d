//! Tables of candidates as HR people keep them: CSV, TSV, semicolons or a workbook, with any headers; one dossier a row.
//!
//! Headers are known by a table of words in many languages; what is not known is said by the user's map, which wins.
//! Protected columns are counted and never read.

mod cells;
mod columns;
mod person;
mod sheet;
mod suggest;
#[cfg(feature = "spreadsheets")]
mod workbook;

pub(crate) use person::Row as Claims;
pub use sheet::NAME;
pub(crate) use sheet::refused;
pub(crate) use suggest::propose;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::column_map::{self, ColumnMap, Judged};
use super::delimited::{Row, Table};
use super::id;
use super::item::{Item, Record};
use crate::dossier::{Dossier, Locator, Provenance, Rejected, Section};
use columns::{Column, Columns};
use sheet::Sheet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "a table of candidates (CSV, TSV or .xlsx) with a header: name, mail, profile, title, skills, and more",
    recognised_by: "CSV, TSV, semicolons or `.xlsx` with a header that names people, their mail or their profiles",
    becomes: "one dossier for each row",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Contacts,
        Section::Documents,
        Section::Observations,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file is such a table.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if let Some(entries) = glimpse.entries {
        // What its sheets hold shows when it is read.
        return sheet::is_workbook(entries, glimpse.name).then_some(Confidence::Possible);
    }
    if sheet::is_old_workbook(glimpse) {
        return Some(Confidence::Possible);
    }
    match judged(glimpse) {
        Judged::Candidates => Some(Confidence::Certain),
        Judged::People | Judged::Contacts => Some(Confidence::Possible),
        Judged::Other => None,
    }
}

/// Whether a table names people beside its other columns, so that it is none of adverts.
pub(crate) fn names_people(glimpse: &Glimpse<'_>) -> bool {
    glimpse.entries.is_none() && judged(glimpse) >= Judged::People
}

fn judged(glimpse: &Glimpse<'_>) -> Judged {
    let named_so = glimpse.has_extension(&["csv", "tsv", "txt"]) || !glimpse.name.contains('.');
    if !named_so || super::linkedin_archive::is_sheet(glimpse) || super::sign_ins::is_log(glimpse) {
        return Judged::Other;
    }
    Table::open(glimpse.head.to_vec(), column_map::is_header)
        .or_else(|| Table::open(glimpse.head.to_vec(), columns::may_be_header))
        .map_or(Judged::Other, |table| column_map::judge(&table.header))
}

/// Reads a table.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || read(opened, &context)).flatten())
}

fn read(opened: Opened, context: &Context) -> Items {
    let map = context.map.clone();
    let found = Sheet::open(opened, context, map.as_deref()).and_then(|sheet| {
        let Sheet { header, rows, provenance, source, passed } = sheet;
        Ok((Columns::new(&header, map.as_deref())?, rows, provenance, source, passed))
    });
    match found {
        Err(reason) => Box::new(std::iter::once(Item::Rejected(Rejected { source: context.source.clone(), reason }))),
        Ok((columns, rows, provenance, source, passed)) => {
            let most_bytes = context.limits.max_record_bytes;
            let mut people =
                People { columns, map, provenance, source, most_bytes, met: BTreeMap::new(), told: Vec::new() };
            Box::new(rows.map(move |row| people.item(row)).chain(passed))
        }
    }
}

/// The people of a table.
struct People {
    columns: Columns,
    map: Option<Arc<ColumnMap>>,
    provenance: Provenance,
    source: Locator,
    most_bytes: usize,
    /// How often the same row was met.
    met: BTreeMap<String, u32>,
    /// Unknown columns that were reported.
    told: Vec<usize>,
}

impl People {
    fn item(&mut self, row: Row) -> Item {
        let (line, outcome) = match row {
            Row::Broken(line, reason) => (line, Err(reason)),
            Row::Cells(line, cells) => (line, self.dossier(&cells).map(|dossier| (dossier, self.unknown(&cells)))),
        };
        let source = Locator { line: Some(line), ..self.source.clone() };
        match outcome {
            Ok((dossier, unknown)) => Item::Record(Record::ready(source, dossier, unknown)),
            Err(reason) => Item::Rejected(Rejected { source, reason }),
        }
    }

    fn dossier(&mut self, cells: &[String]) -> Result<Dossier, String> {
        let length: usize = cells.iter().map(String::len).sum();
        if length > self.most_bytes {
            return Err(format!(
                "the row has {length} bytes, more than the {} that a record may have (raise --max-record-bytes if it is meant)",
                self.most_bytes
            ));
        }
        let named = self.columns.all.iter().zip(cells);
        let read = named.clone().filter_map(|((_, column), cell)| match column {
            Column::Read(field) => Some((field, cell.as_str())),
            Column::Protected | Column::Unknown | Column::Ignored => None,
        });
        let row = person::Row::new(read, self.map.as_ref().map(|map| map.dates).unwrap_or_default());
        let mut dossier = Dossier::new("");
        row.fill(&mut dossier, self.map.as_ref().and_then(|map| map.role))?;
        let identity = id::of(NAME, &row.identity());
        let times = self.met.entry(identity.clone()).or_default();
        *times += 1;
        dossier.id = if *times == 1 { identity } else { format!("{identity}-{times}") };
        for ((name, column), cell) in named {
            if *column == Column::Protected && !cell.trim().is_empty() {
                *dossier.dropped.entry(name.clone()).or_default() += 1;
            }
        }
        dossier.provenance = vec![self.provenance.clone()];
        Ok(dossier)
    }

    /// Columns that nobody knows and that were not reported yet: each with the first row that fills it.
    fn unknown(&mut self, cells: &[String]) -> Vec<String> {
        let mut unknown = Vec::new();
        for (at, ((name, column), cell)) in self.columns.all.iter().zip(cells).enumerate() {
            if *column == Column::Unknown && !cell.trim().is_empty() && !self.told.contains(&at) {
                self.told.push(at);
                unknown.push(name.clone());
            }
        }
        unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(name: &str, head: &str) -> Option<Confidence> {
        detect(&Glimpse { name, head: head.as_bytes(), entries: None })
    }

    #[test]
    fn tables_of_others_are_left_to_them() {
        assert_eq!(claim("a.csv", "Nom complet;E-mail;Compétences\n"), Some(Confidence::Certain));
        assert_eq!(claim("a.csv", "Notes\n\nName,Email,Title,Skills\n"), Some(Confidence::Possible));
        for other in [
            "Job Title;Company;Description;Requirements;Contact email\n",
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry\n",
            "FROM,TO,DATE,SUBJECT,CONTENT,DIRECTION,FOLDER\n",
            "Email Address,Confirmed,Primary,Updated On\n",
            "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n",
            "First name,Middle name,Last name,Verification type,Email address,Country\n",
            "Name,Proficiency\n",
            "Name\nDocker\n",
            "amount,currency\n1,2\n",
        ] {
            assert_eq!(claim("a.csv", other), None, "{other}");
        }
        assert_eq!(claim("a.jsonl", "name,email\n"), None);
    }
}
