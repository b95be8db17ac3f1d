//! Lists as STIX 2.1 bundles: each indicator with a simple pattern is one entry or several.
//!
//! Of the other objects only identities are read, for the names of those who made an indicator.

use super::pattern::{self, Comparison};
use super::row::{LeftOut, Mistake, Row};
use crate::screening::Detector;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What of an object is read.
#[derive(Debug, Deserialize)]
struct Object {
    #[serde(default)]
    r#type: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    pattern: String,
    /// Missing where the pattern is STIX's own.
    pattern_type: Option<String>,
    #[serde(default)]
    valid_until: String,
    #[serde(default)]
    created_by_ref: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    external_references: Vec<Reference>,
    #[serde(default)]
    revoked: bool,
}

#[derive(Debug, Deserialize)]
struct Reference {
    #[serde(default)]
    source_name: String,
    #[serde(default)]
    url: String,
}

/// Reads the indicators of a bundle; `text` is the whole, of which `objects` are parts.
pub(super) fn read(
    text: &str,
    objects: &[&RawValue],
    left_out: &mut Vec<LeftOut>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Row> {
    let mut parsed = Vec::with_capacity(objects.len());
    let mut lines = Lines { text, seen: 0, line: 1 };
    for raw in objects {
        let line = lines.of(raw.get());
        match serde_json::from_str::<Object>(raw.get()) {
            Ok(object) => parsed.push((line, object)),
            Err(error) => {
                mistakes.push(Mistake::new(line, "an object of STIX 2.1", error.to_string(), "mend or remove it"));
            }
        }
    }
    let identities: BTreeMap<&str, &str> = parsed
        .iter()
        .filter(|(_, object)| object.r#type == "identity" && !object.name.is_empty())
        .map(|(_, object)| (object.id.as_str(), object.name.as_str()))
        .collect();
    let mut rows = Vec::new();
    let mut others: BTreeMap<&str, u64> = BTreeMap::new();
    for (line, object) in &parsed {
        match object.r#type.as_str() {
            "identity" => {}
            "indicator" => match indicator(*line, object, &identities) {
                Ok(of_object) => rows.extend(of_object),
                Err(what) => left_out.push(LeftOut { line: *line, what: format!("{}: {what}", object.id) }),
            },
            other => *others.entry(other).or_default() += 1,
        }
    }
    for (kind, count) in others {
        let what = format!("{count} of type `{kind}`: only indicators are compared");
        left_out.push(LeftOut { line: 0, what });
    }
    rows
}

/// The entries of an indicator, or what of it was not understood.
fn indicator(line: u64, object: &Object, identities: &BTreeMap<&str, &str>) -> Result<Vec<Row>, String> {
    if object.revoked {
        return Err("it was revoked".to_owned());
    }
    if let Some(other) = object.pattern_type.as_deref().filter(|kind| *kind != "stix") {
        return Err(format!("the pattern is of type `{other}`, not stix"));
    }
    let not_understood = |what: String| format!("{what} in `{}` is not understood", object.pattern);
    let alternatives = pattern::read(&object.pattern).map_err(not_understood)?;
    let mut rows = Vec::new();
    for (nth, comparisons) in alternatives.iter().enumerate() {
        let pairs = identifiers(comparisons).map_err(not_understood)?;
        let together = if pairs.len() > 1 { format!("{}#{nth}", object.id) } else { String::new() };
        rows.extend(pairs.into_iter().map(|(kind, value)| Row {
            line,
            kind: kind.to_owned(),
            value,
            source: source(object, identities),
            expires: object.valid_until.clone(),
            entity: object.id.clone(),
            about: object.labels.iter().filter(|label| Detector::by_name(label).is_some()).cloned().collect(),
            note: String::new(),
            together: together.clone(),
        }));
    }
    Ok(rows)
}

/// Kind and value of what comparisons name; a login goes with the type of its account.
fn identifiers(comparisons: &[Comparison]) -> Result<Vec<(&'static str, String)>, String> {
    let network =
        || comparisons.iter().find(|other| other.path == "user-account:account_type").map(|other| &other.value);
    let mut found = Vec::new();
    let mut logins = 0;
    for Comparison { path, value } in comparisons {
        let kind = match path.as_str() {
            "email-addr:value" => "mailbox",
            "domain-name:value" => "domain",
            "url:value" => "url",
            "ipv4-addr:value" | "ipv6-addr:value" => "session",
            "file:hashes.SHA-256" => "document",
            "user-account:account_type" => continue,
            "user-account:account_login" => {
                let network = network().ok_or("an account_login without an account_type")?;
                logins += 1;
                found.push(("handle", format!("{network}:{value}")));
                continue;
            }
            other => return Err(format!("`{other}`")),
        };
        found.push((kind, value.clone()));
    }
    let types = comparisons.iter().filter(|other| other.path == "user-account:account_type").count();
    match (logins, types) {
        (0, 0) | (1, 1) => Ok(found),
        (0, _) => Err("an account_type without an account_login".to_owned()),
        _ => Err("more than one account".to_owned()),
    }
}

/// Where an indicator was published: a page, else who published it, else who made it, else its name.
fn source(object: &Object, identities: &BTreeMap<&str, &str>) -> String {
    let references = &object.external_references;
    let page = references.iter().map(|reference| &reference.url).find(|url| !url.is_empty());
    let publisher = || references.iter().map(|reference| &reference.source_name).find(|name| !name.is_empty());
    let maker = || identities.get(object.created_by_ref.as_str()).map(|name| (*name).to_owned());
    page.or_else(publisher).cloned().or_else(maker).unwrap_or_else(|| object.name.clone())
}

/// Counts the lines up to parts of a text, one after the other.
struct Lines<'t> {
    text: &'t str,
    seen: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line, from 1, on which a part begins that lies behind those that were asked for before.
    fn of(&mut self, part: &str) -> u64 {
        // Both are slices of one text: addresses tell how far apart they are.
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let between = self.text.as_bytes().get(self.seen..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u64;
        self.seen = self.seen.max(at);
        self.line
    }
}
