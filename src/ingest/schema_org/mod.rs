//! People and job adverts in the words of schema.org (JSON-LD): alone, in an array, in a `@graph`, or in the scripts of a page.
//!
//! Of a page only those scripts are read, and in them only what is a person or an advert itself: the author of an article is
//! neither.

mod job;
mod nodes;
mod person;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::{Format, parsed, whole};
use super::item::Item;
use super::parse::clipped;
use super::{html, json};
use crate::dossier::{Dossier, Locator, Rejected, Section, Skipped};
use memchr::memmem;
use nodes::Found;
use std::io::Read;
use std::iter;

const NAME: &str = "schema-org";
/// The type of the scripts of a page that hold such data.
const SCRIPT: &str = "application/ld+json";
/// Bytes of the types of others that are told.
const MAX_OTHERS: usize = 400;
const EXPECTED: &str = "a Person or a JobPosting of schema.org";

const FORMAT: Format = Format {
    name: NAME,
    expected: EXPECTED,
    envelopes: &[],
    is: nodes::is_one,
    read,
    // A person by the address of their account; an advert, which returns with other dates, by its text.
    identity: |dossier| dossier.accounts.first().filter(|_| dossier.job_posts.is_empty())?.url.clone(),
};

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "people and job adverts of schema.org: JSON-LD alone, in an array or a `@graph`, and in the scripts of a saved page",
    recognised_by: "JSON that names schema.org and a `Person` or `JobPosting`; HTML with a script of `application/ld+json` in which one of them stands",
    becomes: "one dossier for each person or advert",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Contacts,
        Section::JobPosts,
        Section::Photos,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such people or adverts.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if glimpse.entries.is_some() || !is_marked(glimpse.head) {
        return None;
    }
    if json::is_json(glimpse.head) {
        // What is cut, or has several values, is told by its marks.
        return (holds_one(glimpse.head) != Some(false)).then_some(Confidence::Certain);
    }
    if !is_page(glimpse.head) {
        return None;
    }
    let page = String::from_utf8_lossy(glimpse.head);
    let scripts = html::scripts(&page, SCRIPT).into_iter().map(|script| script.text.as_bytes());
    let told: Vec<_> = scripts.filter(|script| is_marked(script)).map(holds_one).collect();
    if told.contains(&Some(true)) {
        return Some(Confidence::Certain);
    }
    // The first bytes may end in the midst of a script, or it is damaged: then whoever named the page is told where.
    told.contains(&None).then_some(Confidence::Possible)
}

/// Whether some bytes name the vocabulary and one of the types.
fn is_marked(bytes: &[u8]) -> bool {
    let has = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    let names = |name: &str| ['"', '/', ':'].iter().any(|before| has(&format!("{before}{name}\"")));
    // Not the host of JSON Schema, which ends in the same letters. Slashes may be escaped, as in `https:\/\/schema.org`.
    let is_vocabulary = ["/schema.org", "/www.schema.org", "\"schema.org"].iter().any(|host| has(host));
    is_vocabulary && has("\"@type\"") && (names("JobPosting") || names("Person"))
}

/// Whether one of them stands in some JSON; nothing where it cannot be read as one value.
fn holds_one(json: &[u8]) -> Option<bool> {
    let value = serde_json::from_slice(json).ok()?;
    Some(!Found::within(value).ones.is_empty())
}

/// Whether a file begins as a page does.
fn is_page(head: &[u8]) -> bool {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start().starts_with(b"<")
}

/// Reads a page, or records of JSON, each of which may hold several.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    match opened {
        Opened::Stream { reader, head, .. } if is_page(&head) => {
            Box::new(iter::once_with(move || page(reader, &context)).flatten())
        }
        other => {
            let pieces = json::pieces(other, &context);
            Box::new(pieces.flat_map(move |piece| match piece {
                Ok((place, bytes)) => items(&bytes, &place, context.limits.max_depth),
                Err(rejected) => vec![Item::Rejected(rejected)],
            }))
        }
    }
}

/// What stands in the scripts of a page.
fn page(reader: impl Read, context: &Context) -> Vec<Item> {
    let Context { source, limits, .. } = context;
    let rejected = |reason: String| vec![Item::Rejected(Rejected { source: source.clone(), reason })];
    let bytes = match whole(reader, limits) {
        Ok(bytes) => bytes,
        Err(reason) => return rejected(reason),
    };
    let page = String::from_utf8_lossy(&bytes);
    let scripts = html::scripts(&page, SCRIPT);
    if scripts.is_empty() {
        return rejected(format!("expected {EXPECTED}, found a page without a script of {SCRIPT}"));
    }
    let place = |offset: usize| Locator { offset: Some(offset as u64), ..source.clone() };
    scripts
        .into_iter()
        .flat_map(|script| items(script.text.as_bytes(), &place(script.offset), limits.max_depth))
        .collect()
}

/// The people and adverts of a script or a record; what else stands there is told.
fn items(bytes: &[u8], source: &Locator, max_depth: usize) -> Vec<Item> {
    let Found { ones, others } = match parsed(bytes, source, max_depth) {
        Ok(value) => Found::within(value),
        Err(rejected) => return vec![Item::Rejected(rejected)],
    };
    let is_empty = ones.is_empty() && others.is_empty();
    let mut items: Vec<Item> = ones
        .into_iter()
        .map(|(pointer, one)| {
            let bytes = one.to_string();
            FORMAT.item(one, bytes.as_bytes(), &source.below(&pointer))
        })
        .collect();
    if is_empty {
        let reason = format!("expected {EXPECTED}, found nothing");
        items.push(Item::Rejected(Rejected { source: source.clone(), reason }));
    }
    if !others.is_empty() {
        let others: Vec<String> = others.into_iter().collect();
        let reason = format!("neither a Person nor a JobPosting: {}", clipped(&others.join(", "), MAX_OTHERS));
        items.push(Item::Skipped(Skipped { source: source.clone(), reason }));
    }
    items
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let is_advert = nodes::is_advert(&fields.texts("@type"));
    if is_advert { job::advert(fields) } else { person::person(fields) }
}

#[cfg(test)]
mod tests;
