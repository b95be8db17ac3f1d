//! The same data as an answer of LinkedIn's Member Snapshot API: domains instead of files, objects instead of rows.
//!
//! Pages of several domains may stand in one file, as one object, an array, or one after the other.

use super::columns::Record as Row;
use super::entries::{FORMS, Kind};
use crate::dossier::{Locator, Rejected};
use crate::ingest::adapter::Glimpse;
use crate::ingest::json;
use crate::ingest::parse::plain_reason;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Domains that are read, and the file of an archive that holds the same.
///
/// `RECOMMENDATIONS` holds given and received ones, and how they are told apart is not known: it stays closed.
const DOMAINS: [(&str, Kind); 19] = [
    ("INBOX", Kind::Messages),
    ("INVITATIONS", Kind::Invitations),
    ("CONNECTIONS", Kind::Connections),
    ("ENDORSEMENTS", Kind::EndorsementsReceived),
    ("PROFILE", Kind::Profile),
    ("PROFILE_SUMMARY", Kind::ProfileSummary),
    ("POSITIONS", Kind::Positions),
    ("EDUCATION", Kind::Education),
    ("SKILLS", Kind::Skills),
    ("LANGUAGES", Kind::Languages),
    ("CERTIFICATIONS", Kind::Certifications),
    ("EMAIL_ADDRESSES", Kind::EmailAddresses),
    ("PHONE_NUMBERS", Kind::PhoneNumbers),
    ("WHATSAPP_NUMBERS", Kind::WhatsappNumbers),
    ("LOGIN", Kind::Logins),
    ("SECURITY_CHALLENGE_PIPE", Kind::SecurityChallenges),
    ("REGISTRATION", Kind::Registration),
    ("ACCOUNT_HISTORY", Kind::AccountStatus),
    ("TRUSTED_GRAPH", Kind::Verifications),
];

/// Whether a file is such an answer.
pub(super) fn is_snapshot(glimpse: &Glimpse<'_>) -> bool {
    json::has_all(glimpse, &["\"snapshotDomain\"", "\"snapshotData\""])
}

/// What the domains hold.
#[derive(Default)]
pub(super) struct Snapshot {
    pub(super) parts: BTreeMap<Kind, Part>,
    /// Names of domains that are not needed.
    pub(super) unread: BTreeSet<String>,
    /// Keys that are not known, below their domain.
    pub(super) unknown: BTreeSet<String>,
    pub(super) rejected: Vec<Rejected>,
}

/// One domain, of one page or several.
#[derive(Default)]
pub(super) struct Part {
    /// As the answer calls it.
    pub(super) domain: String,
    /// Rows; their lines count from 1, whatever page they are of.
    pub(super) rows: Vec<Row>,
    /// Where each row stands, as a JSON pointer.
    pub(super) pointers: Vec<String>,
}

impl Snapshot {
    /// Takes an answer apart; the exporter's own domains only `with_owner`.
    pub(super) fn of(bytes: &[u8], with_owner: bool, source: &Locator) -> Self {
        let mut snapshot = Self::default();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut values = serde_json::Deserializer::from_slice(text).into_iter::<Value>();
        let mut index = 0;
        while let Some(value) = values.next() {
            match value {
                Ok(value) => {
                    let pointer = if index == 0 { String::new() } else { format!("/{index}") };
                    snapshot.page(value, &pointer, with_owner, source);
                }
                Err(error) => {
                    let reason = format!("{}; rest unread", plain_reason(&error));
                    let source = Locator { offset: Some(values.byte_offset() as u64), ..source.clone() };
                    snapshot.rejected.push(Rejected { source, reason });
                    break;
                }
            }
            index += 1;
        }
        snapshot.check(source);
        snapshot
    }

    /// A page, a list of pages, or an element alone; pages stand two lists deep at most.
    fn page(&mut self, value: Value, pointer: &str, with_owner: bool, source: &Locator) {
        let lists = |list: Vec<Value>, below: String| {
            list.into_iter().enumerate().map(move |(index, inner)| (inner, format!("{below}/{index}")))
        };
        match value {
            Value::Array(pages) => {
                for (page, pointer) in lists(pages, pointer.to_owned()) {
                    match page {
                        Value::Array(_) => self.reject(source, &pointer, "a page, found a list"),
                        page => self.page(page, &pointer, with_owner, source),
                    }
                }
            }
            Value::Object(mut page) if page.get("elements").is_some_and(Value::is_array) => {
                let Some(Value::Array(elements)) = page.remove("elements") else { return };
                for (element, pointer) in lists(elements, format!("{pointer}/elements")) {
                    match element {
                        Value::Object(element) => self.element(element, &pointer, with_owner, source),
                        _ => self.reject(source, &pointer, "an element with a `snapshotDomain`, found something else"),
                    }
                }
            }
            Value::Object(element) => self.element(element, pointer, with_owner, source),
            _ => self.reject(source, pointer, "a page with `elements`, found something else"),
        }
    }

    fn element(&mut self, mut element: Map<String, Value>, pointer: &str, with_owner: bool, source: &Locator) {
        let Some(Value::String(domain)) = element.remove("snapshotDomain") else {
            self.reject(source, pointer, "an element with a `snapshotDomain`, found none");
            return;
        };
        let kind = DOMAINS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&domain)).map(|(_, kind)| *kind);
        let is_closed = |kind: Kind| !with_owner && FORMS.iter().any(|form| form.kind == kind && form.of_owner);
        let Some(kind) = kind.filter(|kind| !is_closed(*kind)) else {
            self.unread.insert(domain);
            return;
        };
        let rows = match element.remove("snapshotData") {
            Some(Value::Array(rows)) => rows,
            Some(row @ Value::Object(_)) => vec![row],
            None | Some(Value::Null) => Vec::new(),
            Some(_) => {
                self.reject(source, pointer, "`snapshotData` with rows, found something else");
                return;
            }
        };
        let part = self.parts.entry(kind).or_default();
        part.domain.clone_from(&domain);
        let mut faults = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            let pointer = format!("{pointer}/snapshotData/{index}");
            let Value::Object(row) = row else {
                faults.push(pointer);
                continue;
            };
            let (row, unknown) =
                Row::of(part.rows.len() as u64 + 1, row.into_iter().map(|(key, cell)| (key, text(cell))));
            part.rows.push(row);
            part.pointers.push(pointer);
            self.unknown.extend(unknown.into_iter().map(|key| format!("{domain}/{key}")));
        }
        for pointer in faults {
            self.reject(source, &pointer, "a row, an object, found something else");
        }
    }

    /// A domain of which no row has what makes it one is closed again, and told.
    fn check(&mut self, source: &Locator) {
        let mut faults = Vec::new();
        self.parts.retain(|kind, part| {
            let required = FORMS.iter().find(|form| form.kind == *kind).map_or(&[][..], |form| form.required);
            let is_one = part.rows.is_empty()
                || required.iter().all(|column| part.rows.iter().any(|row| row.raw(column).is_some()));
            if !is_one {
                let pointer = part.pointers.first().cloned().unwrap_or_default();
                faults.push((
                    pointer,
                    format!("rows of {} with {}, found none that has them", part.domain, required.join(", ")),
                ));
            }
            is_one
        });
        for (pointer, expected) in faults {
            self.reject(source, &pointer, &expected);
        }
    }

    fn reject(&mut self, source: &Locator, pointer: &str, expected: &str) {
        let source = Locator { pointer: (!pointer.is_empty()).then(|| pointer.into()), ..source.clone() };
        self.rejected.push(Rejected { source, reason: format!("expected {expected}") });
    }
}

/// A value as the cell that it would be in a file; nothing of what no cell can hold.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(holds) => Some(holds.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Snapshot};
    use crate::dossier::Locator;
    use serde_json::json;

    #[test]
    fn pages_are_put_together_and_what_is_none_is_told() {
        let row = |name: &str| json!({"First Name": name, "Last Name": "Example", "Connected On": "10 Mar 2024", "Mood": "x"});
        let pages = json!([
            {"paging": {"start": 0}, "elements": [{"snapshotDomain": "CONNECTIONS", "snapshotData": [row("Ana"), 7]}]},
            {"elements": [{"snapshotDomain": "connections", "snapshotData": [row("Ben")]}, {"snapshotDomain": "AD_TARGETING", "snapshotData": []}]},
            {"elements": [{"snapshotDomain": "INBOX", "snapshotData": [{"FROM": "Ana"}]}, {"snapshotDomain": "POSITIONS", "snapshotData": []}]},
        ]);
        let read = |bytes: &[u8]| Snapshot::of(bytes, false, &Locator::file("snapshot.json"));
        let snapshot = read(pages.to_string().as_bytes());
        let part = &snapshot.parts[&Kind::Connections];
        assert_eq!(part.pointers, ["/0/elements/0/snapshotData/0", "/1/elements/0/snapshotData/0"]);
        assert_eq!(part.rows[1].get("first_name"), Some("Ben"));
        assert_eq!(snapshot.unread.iter().collect::<Vec<_>>(), ["AD_TARGETING", "POSITIONS"]);
        assert!(snapshot.unknown.contains("CONNECTIONS/Mood"), "{:?}", snapshot.unknown);
        let reasons: Vec<_> = snapshot.rejected.iter().map(|rejected| rejected.source.to_string()).collect();
        assert_eq!(
            reasons,
            ["snapshot.json#/0/elements/0/snapshotData/1", "snapshot.json#/2/elements/0/snapshotData/0"]
        );
        let cut = read(b"{\"elements\": []}\n{\"elements\": [");
        assert!(cut.rejected[0].reason.ends_with("rest unread"), "{:?}", cut.rejected);
    }
}
