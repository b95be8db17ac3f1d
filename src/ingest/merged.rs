//! Several records of one person as one: what each source says stands side by side, under that source's name.
//!
//! Nothing is decided here: who is the same person is for others to say, and what contradicts stays a contradiction.

use crate::dossier::{Dossier, Provenance, Role, View};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet};

/// Entries of a list up to which each is held against each, to leave out what adds nothing.
const COMPARED: usize = 200;

/// One record of a person, and why it is theirs.
#[derive(Debug, Clone)]
pub(crate) struct JoinedPart {
    /// The record.
    pub(crate) dossier: Dossier,
    /// Where it stood, for a record that does not say where it came from.
    pub(crate) place: String,
    /// What ties it to the others: `mailbox ana@mail.example`.
    pub(crate) by: Vec<String>,
}

/// One dossier of several records, in their order; none of none.
///
/// The first gives the id. Its headline, self-description and place are those of the first that has one; what the others
/// say of them are views. An entry of a list that adds nothing to another one is left out. What stands under one key of
/// `extra` in two records is kept under two.
pub(crate) fn joined(parts: Vec<JoinedPart>) -> Option<Dossier> {
    let mut names = BTreeSet::new();
    let mut threads = HashSet::new();
    let mut whole: Option<Dossier> = None;
    for part in parts {
        let mut dossier = part.dossier;
        let source = name_sources(&mut dossier, &mut names, &part.place, part.by);
        keep_threads_apart(&mut dossier, &mut threads, &source);
        attribute(&mut dossier, &source);
        whole = Some(match whole {
            None => dossier,
            Some(whole) => added(whole, dossier, &source),
        });
    }
    whole
}

/// Gives each source of a record a name that no other one has; returns that of its first.
fn name_sources(dossier: &mut Dossier, taken: &mut BTreeSet<String>, place: &str, by: Vec<String>) -> String {
    if dossier.provenance.is_empty() {
        dossier.provenance.push(Provenance { source: Some(place.to_owned()), ..Provenance::default() });
    }
    let mut renamed: Vec<(String, String)> = Vec::new();
    for entry in &mut dossier.provenance {
        let wanted = entry.name.clone().or_else(|| entry.adapter.clone()).unwrap_or_else(|| place.to_owned());
        let mut name = wanted.clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = format!("{wanted} {number}");
        }
        if let Some(before) = entry.name.replace(name.clone()) {
            renamed.push((before, name));
        }
    }
    let first = &mut dossier.provenance[0];
    first.joined_by = by;
    let source = first.name.clone().unwrap_or_default();
    if renamed.iter().any(|(before, now)| before != now) {
        let rename = |entry: &mut Map<String, Value>| {
            if let Some(Value::String(source)) = entry.get_mut("source")
                && let Some((_, now)) = renamed.iter().find(|(before, _)| before == source)
            {
                source.clone_from(now);
            }
        };
        each_entry(dossier, rename);
    }
    source
}

/// Conversations of two records are two, even where both call theirs the same.
fn keep_threads_apart(dossier: &mut Dossier, taken: &mut HashSet<String>, source: &str) {
    let mut own: HashSet<String> = HashSet::new();
    for message in &mut dossier.messages {
        if let Some(thread) = &mut message.thread {
            if taken.contains(thread.as_str()) {
                *thread = format!("{thread} ({source})");
            }
            own.insert(thread.clone());
        }
    }
    taken.extend(own);
}

/// Every entry that does not say where it is from is from this source.
fn attribute(dossier: &mut Dossier, source: &str) {
    each_entry(dossier, |entry| {
        entry.entry("source").or_insert_with(|| Value::from(source));
    });
}

/// Does something to every entry of every list.
fn each_entry(dossier: &mut Dossier, change: impl Fn(&mut Map<String, Value>)) {
    let before = std::mem::take(dossier);
    let Ok(Value::Object(mut record)) = serde_json::to_value(&before) else {
        *dossier = before;
        return;
    };
    let change_all = |record: &mut Map<String, Value>| {
        for (key, value) in record.iter_mut().filter(|(key, _)| !is_no_list(key)) {
            if let Value::Array(entries) = value {
                entries.iter_mut().filter_map(Value::as_object_mut).for_each(&change);
            }
            debug_assert!(!key.is_empty());
        }
    };
    change_all(&mut record);
    if let Some(Value::Object(subject)) = record.get_mut("subject") {
        change_all(subject);
    }
    *dossier = serde_json::from_value(Value::Object(record)).unwrap_or(before);
}

/// Keys of a record whose lists are none of things that a source says.
fn is_no_list(key: &str) -> bool {
    matches!(key, "provenance" | "labels" | "extra" | "coverage" | "dropped")
}

/// One record with what another one adds.
fn added(mut whole: Dossier, mut other: Dossier, source: &str) -> Dossier {
    let View { headline, about, location, .. } = &View {
        source: None,
        headline: other.subject.headline.take(),
        about: other.subject.about.take(),
        location: other.subject.location.take(),
    };
    if headline.is_some() || about.is_some() || location.is_some() {
        let view = View {
            source: Some(source.to_owned()),
            headline: headline.clone(),
            about: about.clone(),
            location: location.clone(),
        };
        whole.subject.views.push(view);
        whole.subject.headline = whole.subject.headline.or_else(|| headline.clone());
        whole.subject.about = whole.subject.about.or_else(|| about.clone());
        whole.subject.location = whole.subject.location.or_else(|| location.clone());
    }
    if matches!(whole.role, Role::Unknown | Role::Counterparty) && other.role != Role::Unknown {
        whole.role = other.role;
    }
    for (key, value) in std::mem::take(&mut other.extra) {
        let key = if whole.extra.contains_key(&key) { format!("{key} ({source})") } else { key };
        whole.extra.insert(key, value);
    }
    for (field, count) in std::mem::take(&mut other.dropped) {
        *whole.dropped.entry(field).or_default() += count;
    }
    let present = std::mem::take(&mut other.coverage.present);
    let new: Vec<_> = present.into_iter().filter(|section| !whole.coverage.present.contains(section)).collect();
    whole.coverage.present.extend(new);
    // What one source cannot have, another may.
    whole.coverage.absent.retain(|section| other.coverage.absent.contains(section));
    whole.labels.append(&mut other.labels);
    whole.provenance.append(&mut other.provenance);
    let kept = (whole.id.clone(), whole.role);
    match (serde_json::to_value(&whole), serde_json::to_value(&other)) {
        (Ok(Value::Object(mut record)), Ok(Value::Object(more))) => {
            append_lists(&mut record, more);
            let joined = serde_json::from_value::<Dossier>(Value::Object(record));
            joined.map(|joined| Dossier { id: kept.0, role: kept.1, ..joined }).unwrap_or(whole)
        }
        _ => whole,
    }
}

/// Adds what the lists of another record have, subject included.
fn append_lists(record: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        match value {
            _ if is_no_list(&key) => {}
            Value::Object(inner) if key == "subject" => {
                if let Value::Object(subject) = record.entry(key).or_insert_with(|| Value::Object(Map::new())) {
                    append_lists(subject, inner);
                }
            }
            Value::Array(entries) => {
                if let Value::Array(all) = record.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
                    append(all, entries);
                }
            }
            _ => {}
        }
    }
}

/// Adds entries, but for those that say nothing that another one does not say.
fn append(all: &mut Vec<Value>, entries: Vec<Value>) {
    let mut whole: HashSet<String> = all.iter().map(unsourced).collect();
    for entry in entries {
        if !whole.insert(unsourced(&entry)) {
            continue;
        }
        if all.len() <= COMPARED {
            if all.iter().any(|other| is_within(&entry, other)) {
                continue;
            }
            if let Some(lesser) = all.iter_mut().find(|other| is_within(other, &entry)) {
                *lesser = entry;
                continue;
            }
        }
        all.push(entry);
    }
}

/// An entry without its source, to be compared.
fn unsourced(entry: &Value) -> String {
    let mut entry = entry.clone();
    if let Value::Object(entry) = &mut entry {
        entry.remove("source");
    }
    entry.to_string()
}

/// Whether everything that one entry says is said by another one, its source aside.
fn is_within(entry: &Value, other: &Value) -> bool {
    match (entry, other) {
        (Value::Object(entry), Value::Object(other)) => entry
            .iter()
            .filter(|(key, _)| *key != "source")
            .all(|(key, value)| other.get(key).is_some_and(|other| is_within(value, other))),
        _ => entry == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn part(record: Value, by: &[&str]) -> JoinedPart {
        let dossier: Dossier = serde_json::from_value(record).expect("a dossier");
        JoinedPart {
            place: format!("{}.json", dossier.id),
            dossier,
            by: by.iter().map(|by| (*by).to_owned()).collect(),
        }
    }

    fn whole(parts: Vec<JoinedPart>) -> Value {
        serde_json::to_value(joined(parts).expect("some")).expect("JSON")
    }

    fn record(id: &str, adapter: &str, more: Value) -> Value {
        let mut record =
            json!({"schema": "falseface.dossier/1", "id": id, "provenance": [{"adapter": adapter, "source": id}]});
        if let (Some(record), Value::Object(more)) = (record.as_object_mut(), more) {
            record.extend(more);
        }
        record
    }

    #[test]
    fn what_each_source_says_stands_side_by_side_under_its_name() {
        let table = record(
            "row",
            "table",
            json!({
                "role": "candidate",
                "subject": {"names": [{"value": "Ana Example"}], "location": {"text": "Porto"}},
                "employment": [{"employer": {"name": "Acme"}, "title": "Engineer"}],
                "skills": ["Rust"], "contacts": [{"kind": "email", "value": "ana@mail.example"}],
                "dropped": {"age": 1},
            }),
        );
        let resume = record(
            "cv",
            "resume",
            json!({
                "subject": {"names": [{"value": "Ana Example"}], "headline": "Engineer", "location": {"text": "Lisbon"}},
                "employment": [
                    {"employer": {"name": "Acme"}, "title": "Engineer", "start": "2020"},
                    {"employer": {"name": "Birch"}, "title": "Intern"},
                ],
                "skills": ["Rust", "Go"], "contacts": [{"kind": "email", "value": "ana@mail.example"}],
                "dropped": {"age": 2},
            }),
        );
        let whole =
            whole(vec![part(table, &["mailbox ana@mail.example"]), part(resume, &["mailbox ana@mail.example"])]);
        assert_eq!(whole["id"], "row");
        assert_eq!(whole["role"], "candidate");
        assert_eq!(whole["skills"], json!(["Rust", "Go"]));
        assert_eq!(whole["subject"]["location"]["text"], "Porto");
        assert_eq!(whole["subject"]["headline"], "Engineer");
        assert_eq!(
            whole["subject"]["views"],
            json!([{"source": "resume", "headline": "Engineer", "location": {"text": "Lisbon"}}])
        );
        // The table's job adds nothing to the résumé's; the other one is the résumé's alone.
        assert_eq!(
            whole["employment"],
            json!([
                {"employer": {"name": "Acme"}, "title": "Engineer", "start": "2020", "source": "resume"},
                {"employer": {"name": "Birch"}, "title": "Intern", "source": "resume"},
            ])
        );
        assert_eq!(whole["subject"]["names"].as_array().map(Vec::len), Some(1));
        assert_eq!(whole["contacts"][0]["source"], "table");
        assert_eq!(whole["dropped"]["age"], 3);
        assert_eq!(whole["provenance"][1]["joined_by"], json!(["mailbox ana@mail.example"]));
    }

    #[test]
    fn contradictions_sources_of_one_name_and_conversations_stay_apart() {
        let one = |id: &str, start: &str| {
            record(
                id,
                "resume",
                json!({
                    "employment": [{"employer": {"name": "Acme"}, "start": start}],
                    "messages": [{"thread": "t1", "text": id}],
                    "extra": {"note": id},
                }),
            )
        };
        let whole = whole(vec![part(one("a", "2020"), &[]), part(one("b", "2021"), &[])]);
        let sources: Vec<&Value> =
            whole["employment"].as_array().into_iter().flatten().map(|job| &job["source"]).collect();
        assert_eq!(sources, ["resume", "resume 2"]);
        assert_eq!(whole["messages"][1]["thread"], "t1 (resume 2)");
        assert_eq!(whole["extra"], json!({"note": "a", "note (resume 2)": "b"}));
    }

    #[test]
    fn a_record_that_does_not_say_where_it_is_from_is_from_its_place() {
        let bare = |id: &str| json!({"schema": "falseface.dossier/1", "id": id, "skills": [id]});
        let whole = whole(vec![part(bare("a"), &[]), part(bare("b"), &[])]);
        assert_eq!(
            whole["provenance"],
            json!([
                {"name": "a.json", "source": "a.json"}, {"name": "b.json", "source": "b.json"},
            ])
        );
    }
}
