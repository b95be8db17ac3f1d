//! What must hold for every input: same bytes for any number of threads, any chunk and any order; every finding
//! proved by the record it speaks of; nothing panics.

#![expect(clippy::disallowed_methods, reason = "the test writes the inputs that it reads")]

mod common;

use common::{SAMPLES, detection, jsonl, now};
use falseface::Options;
use falseface::facts::Knowledge;
use falseface::ingest::{self, Input, Item, ReadOptions};
use falseface::link::{LinkKnowledge, Watchlist, Watchlists};
use falseface::screen::Stages;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn samples() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(SAMPLES)
        .expect("samples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() > 2, "the samples are there");
    folders
}

#[test]
fn threads_chunks_and_the_order_of_arguments_change_nothing() {
    let inputs = samples();
    let mut reversed = inputs.clone();
    reversed.reverse();
    let expected = jsonl(&inputs, &Options::at(now()));
    for (threads, chunk, held) in [(1, 1, 0), (1, 7, 1 << 20), (2, 3, 3000), (4, 256, 0)] {
        let mut options = Options::at(now());
        options.threads = threads;
        options.chunk = chunk;
        options.held = held;
        assert!(jsonl(&inputs, &options) == expected, "{threads} threads, chunks of {chunk}");
        assert!(jsonl(&reversed, &options) == expected, "reversed, {threads} threads, chunks of {chunk}");
    }
}

/// The assessments of a report, without where their records stood, in no order.
fn unplaced(report: &str) -> BTreeSet<String> {
    report
        .lines()
        .filter_map(|line| {
            let mut line: Value = serde_json::from_str(line).expect("JSON Lines");
            if line["type"] != "assessment" {
                return None;
            }
            line.as_object_mut().expect("an object").remove("source");
            Some(line.to_string())
        })
        .collect()
}

#[test]
fn the_order_of_records_changes_only_locators_and_the_order_of_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let records: Vec<String> = all_dossiers().iter().map(Value::to_string).collect();
    let mut reversed = records.clone();
    reversed.reverse();
    let report = |name: &str, records: &[String]| {
        let path = folder.path().join(name);
        fs::write(&path, records.join("\n")).expect("written");
        unplaced(&jsonl(&[path], &Options::at(now())))
    };
    let forward = report("forward.jsonl", &records);
    assert_eq!(forward.len(), records.len());
    assert_eq!(forward, report("backward.jsonl", &reversed));
}

/// Every dossier of the samples, as canonical JSON.
fn all_dossiers() -> Vec<Value> {
    let inputs: Vec<Input> = samples().into_iter().map(Input::Path).collect();
    let mut seen = BTreeSet::new();
    ingest::open(&inputs, &ReadOptions::default())
        .expect("samples can be read")
        .filter_map(|item| match item {
            Item::Record(record) => record.read().ok(),
            _ => None,
        })
        .filter(|read| seen.insert(read.dossier.id.clone()))
        .map(|read| serde_json::to_value(&read.dossier).expect("JSON"))
        .collect()
}

/// Holds each piece of evidence against the record that it points into.
fn prove(stages: &Stages<'_>, dossier: &Value) -> usize {
    let options = Options::at(now());
    let typed = serde_json::from_value(dossier.clone()).expect("canonical");
    let assessment = stages.assess(&typed, falseface::dossier::Locator::file("sample"), &options);
    let canonical = serde_json::to_value(&typed).expect("JSON");
    for finding in &assessment.screened.findings {
        let name = &finding.rule.name;
        assert!(finding.evidence.iter().any(|evidence| !evidence.quote.is_empty()), "{name} quotes nothing");
        for evidence in &finding.evidence {
            if evidence.pointer == "/run/now" {
                continue;
            }
            let value = canonical
                .pointer(&evidence.pointer)
                .unwrap_or_else(|| panic!("{name}: {} points nowhere in {canonical}", evidence.pointer));
            let raw = match value {
                Value::String(text) => text.clone(),
                Value::Array(_) | Value::Object(_) => String::new(),
                token => token.to_string(),
            };
            assert_eq!(
                raw.get(evidence.start..evidence.end),
                Some(evidence.quote.as_str()),
                "{name}: {}",
                evidence.pointer
            );
            for from in evidence.derived.iter().flat_map(|derived| &derived.from) {
                assert!(from == "/run/now" || canonical.pointer(from).is_some(), "{name}: derived from {from}");
            }
        }
    }
    for result in assessment.detectors.0.iter().flatten() {
        let sum: f64 = result.terms.iter().map(|term| term.points).sum();
        assert!((sum - result.score).abs() < 0.05, "the terms add up to the score");
    }
    assessment.screened.findings.len()
}

#[test]
fn every_finding_of_the_samples_and_of_the_rules_examples_is_proved() {
    let stages = Stages::new(detection());
    let facts = Knowledge::new(&detection().content);
    let knowledge = LinkKnowledge::new(&facts);
    let mut findings: usize = all_dossiers().iter().map(|dossier| prove(&stages, dossier)).sum();
    for rule in detection().rules.rules() {
        for example in &rule.examples {
            let dossier = serde_json::to_value(&example.dossier).expect("JSON");
            findings += if example.watchlist.is_empty() {
                prove(&stages, &dossier)
            } else {
                let lines: Vec<String> = example.watchlist.iter().map(ToString::to_string).collect();
                let list = Watchlist::read("example", lines.join("\n").as_bytes(), now(), &knowledge).expect("a list");
                let lists = Watchlists::new(vec![list], &knowledge);
                prove(&Stages::new(detection()).with_watchlists(Some(&lists)), &dossier)
            };
        }
    }
    assert!(findings > 100, "{findings} findings were proved");
}

/// A value of any shape, with the record's own keys among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec![
        "subject",
        "names",
        "value",
        "messages",
        "text",
        "at",
        "from_subject",
        "links",
        "href",
        "contacts",
        "kind",
        "employment",
        "employer",
        "start",
        "end",
        "observations",
        "ip",
        "country",
        "payments",
        "payee",
        "coverage",
        "present",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        prop::sample::select(vec![
            "2026-01",
            "messages",
            "email",
            "login",
            "https://a.example/x.zip",
            "+1 202 555 0100"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>()
            )),
        ]
    })
}

/// Replaces one value of a record by another.
fn planted(mut record: Value, at: prop::sample::Index, other: Value) -> Value {
    fn pointers(value: &Value, here: &str, into: &mut Vec<String>) {
        into.push(here.to_owned());
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| pointers(item, &format!("{here}/{i}"), into));
            }
            Value::Object(fields) => fields.iter().for_each(|(key, item)| {
                pointers(item, &format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }),
            _ => {}
        }
    }
    let mut all = Vec::new();
    pointers(&record, "", &mut all);
    // The record itself stays an object: an array in its place would be any number of records.
    let chosen = at.get(&all[1..]).clone();
    if let Some(value) = record.pointer_mut(&chosen) {
        *value = other;
    }
    record
}

fn scan_bytes(folder: &Path, bytes: &[u8]) -> String {
    let path = folder.join("any.jsonl");
    fs::write(&path, bytes).expect("written");
    let options = ReadOptions { input_format: Some("native".to_owned()), ..ReadOptions::default() };
    common::jsonl_as(&[path], &Options::at(now()), &options)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_record_with_any_value_in_any_place_is_assessed_or_rejected(
        at in any::<prop::sample::Index>(), which in any::<prop::sample::Index>(), other in any_json()
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let record = planted(which.get(&all_dossiers()).clone(), at, other);
        let report = scan_bytes(folder.path(), record.to_string().as_bytes());
        let told = report.lines().filter(|line| line.contains(r#""type":"assessment""#) || line.contains(r#""type":"rejected""#)).count();
        prop_assert_eq!(told, 1, "{}", report);
    }

    #[test]
    fn any_bytes_are_read_or_rejected_line_by_line(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let folder = tempfile::tempdir().expect("a folder");
        let report = scan_bytes(folder.path(), &bytes);
        let last = report.lines().last().unwrap_or_default();
        prop_assert!(last.contains(r#""type":"summary""#), "{}", report);
    }
}

#[test]
fn unknown_stays_unknown() {
    let stages = Stages::new(detection());
    let empty = serde_json::from_value(json!({ "schema": "falseface.dossier/1", "id": "empty" })).expect("a dossier");
    let assessment = stages.assess(&empty, falseface::dossier::Locator::file("test"), &Options::at(now()));
    assert!(assessment.screened.findings.is_empty());
    assert_eq!(assessment.verdict, falseface::Verdict::Insufficient);
    assert!(!assessment.screened.not_evaluable.is_empty(), "rules say that they could not look");
}
