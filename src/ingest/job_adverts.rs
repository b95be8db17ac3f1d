//! Tables of job adverts: CSV, TSV or semicolons with a header; one dossier for each row.
//!
//! The columns are known by common names (`job_adverts.tsv`). What a person decided about an advert becomes a label,
//! which no rule can read; columns without a place in the record stand under `extra`.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::bounded;
use super::candidate_table;
use super::delimited::{Row, Table};
use super::item::{Item, Record};
use super::protected::fold;
use super::{adverts, dates, html, id};
use crate::dossier::hex;
use crate::dossier::{Dossier, JobPost, Label, Locator, Pay, Provenance, Rejected, Section, Text};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const NAME: &str = "job-adverts";

/// Name in a table, folded → what falseface calls the column.
static ALIASES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    include_str!("job_adverts.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(meaning, alias)| (fold(alias), meaning))
        .collect()
});

/// Columns that only an advert has; a title and a description alone may be anything.
const MARKS: [&str; 9] =
    ["requirements", "benefits", "salary", "salary_min", "posted", "apply_url", "employment_type", "remote", "label"];
/// Columns that are kept as they are, under `extra`.
const ASIDE: [&str; 10] = [
    "id",
    "company_profile",
    "department",
    "employment_type",
    "experience",
    "education",
    "industry",
    "function",
    "has_logo",
    "has_questions",
];

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "a table of job adverts (CSV or TSV) with a header: title, description or requirements, and more",
    recognised_by: "CSV, TSV or semicolons with a header that names a title, a description or requirements, and one thing more that only adverts have",
    becomes: "one dossier for each row",
    shows: &[Section::JobPosts],
    gathers: None,
    detect,
    open,
};

/// Whether a file is a table of adverts.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let named_so = glimpse.has_extension(&["csv", "tsv", "txt"]) || !glimpse.name.contains('.');
    if glimpse.entries.is_some() || !named_so || candidate_table::names_people(glimpse) {
        return None;
    }
    let table = Table::open(glimpse.head.to_vec(), is_header)?;
    let columns: Vec<&str> = table.header.iter().filter_map(|name| meaning(name)).collect();
    if columns.contains(&"career") {
        return None;
    }
    let marked = MARKS.iter().any(|mark| columns.contains(mark));
    Some(if marked { Confidence::Certain } else { Confidence::Possible })
}

/// Reads a table.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || read(opened, &context)).flatten())
}

fn read(opened: Opened, context: &Context) -> Items {
    let rejected = |reason: String| -> Items {
        Box::new(std::iter::once(Item::Rejected(Rejected { source: context.source.clone(), reason })))
    };
    let Opened::Stream { reader, name, .. } = opened else {
        return rejected(
            "expected a table of job adverts, found a folder or an archive (name the file in it)".to_owned(),
        );
    };
    let most = context.limits.max_entry_bytes;
    let bytes = match bounded::read(reader, most) {
        Err(error) => return rejected(error.to_string()),
        Ok(None) => return rejected(format!("the file has more than {most} bytes")),
        Ok(Some(bytes)) => bytes,
    };
    let sha256 = hex(&Sha256::digest(&bytes));
    let Some(table) = Table::open(bytes, is_header) else {
        return rejected(
            "no header with a title and a description or requirements stands in the first 20 lines (name the columns in a header line)"
                .to_owned(),
        );
    };
    let provenance = Provenance {
        adapter: Some(NAME.to_owned()),
        source: Some(name),
        sha256: Some(sha256),
        ..Provenance::default()
    };
    Box::new(Adverts::new(table, provenance, context))
}

fn is_header(header: &[String]) -> bool {
    let has = |wanted: &str| header.iter().any(|name| meaning(name) == Some(wanted));
    has("title") && (has("text") || has("requirements"))
}

fn meaning(name: &str) -> Option<&'static str> {
    ALIASES.get(&fold(name)).copied()
}

/// The adverts of a table.
struct Adverts {
    table: Table,
    columns: Vec<Option<&'static str>>,
    /// Names of columns that are not known, until they were reported with the first record.
    unknown: Vec<String>,
    provenance: Provenance,
    source: Locator,
    most_bytes: usize,
    /// How often the same advert was met: a table may hold it twice.
    met: BTreeMap<String, u32>,
}

impl Adverts {
    fn new(table: Table, provenance: Provenance, context: &Context) -> Self {
        let mut columns: Vec<Option<&'static str>> = Vec::with_capacity(table.header.len());
        let mut unknown = Vec::new();
        for name in &table.header {
            // Of two columns of one meaning the first counts, and the second is reported.
            let column = meaning(name).filter(|column| !columns.contains(&Some(column)));
            if column.is_none() && !name.trim().is_empty() {
                unknown.push(name.clone());
            }
            columns.push(column);
        }
        let most_bytes = context.limits.max_record_bytes;
        Self { table, columns, unknown, provenance, source: context.source.clone(), most_bytes, met: BTreeMap::new() }
    }

    fn item(&mut self, row: Row) -> Item {
        let (line, outcome) = match row {
            Row::Broken(line, reason) => (line, Err(reason)),
            Row::Cells(line, cells) => (line, self.dossier(cells)),
        };
        let source = Locator { line: Some(line), ..self.source.clone() };
        match outcome {
            Ok(dossier) => Item::Record(Record::ready(source, dossier, std::mem::take(&mut self.unknown))),
            Err(reason) => Item::Rejected(Rejected { source, reason }),
        }
    }

    fn dossier(&mut self, cells: Vec<String>) -> Result<Dossier, String> {
        let length: usize = cells.iter().map(String::len).sum();
        let most = self.most_bytes;
        if length > most {
            return Err(format!(
                "the row has {length} bytes, more than the {most} that a record may have (raise --max-record-bytes if it is meant)"
            ));
        }
        let named = self.columns.iter().zip(cells);
        let cells = Cells(named.filter_map(|(column, cell)| Some(((*column)?, cell))).collect());
        let post = cells.post();
        if post.title.is_none() && post.text.is_none() && post.requirements.is_none() {
            return Err("the row has neither a title nor a text (fill in one of them)".to_owned());
        }
        let identity =
            ["id", "title", "employer", "text", "requirements"].map(|column| cells.get(column).unwrap_or(""));
        let identity = id::of(NAME, &identity.join("\n"));
        let times = self.met.entry(identity.clone()).or_default();
        *times += 1;
        let id = if *times == 1 { identity } else { format!("{identity}-{times}") };
        let mut dossier = Dossier { id, ..adverts::dossier(post) };
        dossier.labels.extend(cells.get("label").and_then(truth).map(|positive| Label {
            detector: "job_scam".to_owned(),
            positive,
            ..Label::default()
        }));
        let aside = ASIDE.iter().filter_map(|column| Some(((*column).to_owned(), Value::from(cells.get(column)?))));
        dossier.extra = aside.collect();
        dossier.provenance = vec![self.provenance.clone()];
        Ok(dossier)
    }
}

impl Iterator for Adverts {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let row = self.table.next()?;
        Some(self.item(row))
    }
}

/// The cells of a row by the meaning of their columns.
struct Cells(BTreeMap<&'static str, String>);

impl Cells {
    /// A cell without surrounding white space; `None` if it is blank or there is no such column.
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn owned(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    fn post(&self) -> JobPost {
        let mut post = JobPost {
            title: self.get("title").map(|cell| Text(html::read(cell).text)),
            location: self.owned("location"),
            remote: self.get("remote").and_then(truth),
            posted_at: self.get("posted").and_then(dates::parse),
            url: self.owned("url"),
            apply_url: self.owned("apply_url"),
            ..JobPost::default()
        };
        post.employer.name = self.owned("employer");
        post.employer.domain = self.owned("employer_domain");
        post.text = self.text("text", &mut post);
        post.requirements = self.text("requirements", &mut post);
        post.benefits = self.text("benefits", &mut post);
        if let Some(contact) = self.get("contact") {
            adverts::note_link(&mut post, contact);
        }
        post.pay = self.pay();
        // Pay in words is text: who reads the advert reads it there, and so do phrases.
        if let (None, Some(salary)) = (&post.pay, self.get("salary")) {
            let rest = post.benefits.as_deref().unwrap_or_default();
            post.benefits = Some(Text(format!("{salary}\n{rest}").trim_end().to_owned()));
        }
        post
    }

    /// A text as a reader sees it; where its links lead is noted.
    fn text(&self, column: &str, post: &mut JobPost) -> Option<Text> {
        adverts::text(self.get(column)?, post)
    }

    fn pay(&self) -> Option<Pay> {
        let (low, high, sign) = match (self.get("salary_min"), self.get("salary_max")) {
            (None, None) => adverts::range(self.get("salary")?)?,
            (low, high) => {
                let low = low.and_then(adverts::range).map(|range| range.0);
                let high = high.and_then(adverts::range).map(|range| range.1);
                (low.or(high)?, high.or(low)?, None)
            }
        };
        let currency = self.owned("currency").or(sign.map(String::from));
        let period = self.get("pay_period").and_then(adverts::period);
        Some(Pay { min: Some(low.min(high)), max: Some(high.max(low)), currency, period })
    }
}

fn truth(cell: &str) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "1" | "t" | "true" | "y" | "yes" | "remote" => Some(true),
        "0" | "f" | "false" | "n" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_career_is_no_advert() {
        let seen = |head: &str| detect(&Glimpse { name: "x.csv", head: head.as_bytes(), entries: None });
        assert_eq!(seen("Company Name,Title,Description,Started On\n"), None);
        assert_eq!(seen("title,description\na,b\n"), Some(Confidence::Possible));
        assert_eq!(seen("Job Title;Company;Requirements\n"), Some(Confidence::Certain));
        assert_eq!(seen("name,description\n"), None);
    }
}
