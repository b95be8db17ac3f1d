//! A redacted report of every sample, in every format: nothing is left in it by which somebody could be known.

#![expect(clippy::disallowed_methods, reason = "the test lists the samples")]

mod common;

use common::{SAMPLES, detection, now};
use falseface::Options;
use falseface::dossier::Date;
use falseface::ingest::{self, Input, Item, ReadOptions};
use falseface::report::{self, Format, Redacted, Redactor, Style};
use falseface::screen::Stages;
use falseface::screening::Verdict;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// A report of all samples in a format, under a key.
fn redacted(format: Format, key: &[u8]) -> String {
    let options = Options::at(now());
    let style = Style { min_verdict: Verdict::Insufficient, ..Style::default() };
    let redactor = Redactor::new(key);
    let stages = Stages::new(detection());
    let bytes = common::run(&[SAMPLES.into()], &options, &ReadOptions::default(), &stages, |to| {
        let report = Redacted::new(report::open(format, to, style), redactor.clone());
        (Box::new(report), redactor.renderer(format.renderer(style, options.thresholds, options.now)))
    });
    if format.is_binary() { unpacked(bytes) } else { String::from_utf8(bytes).expect("UTF-8") }
}

/// The texts of a workbook.
fn unpacked(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).expect("an entry").read_to_string(&mut text).expect("XML");
    }
    text
}

/// Every text of a record that may say who somebody is: all but the words of the record's own lists, numbers and dates.
fn texts(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    const SAYS_NOBODY: [&str; 17] = [
        "schema",
        "role",
        "kind",
        "channel",
        "network",
        "status",
        "precision",
        "adapter",
        "media_type",
        "sha256",
        "country",
        "employment_type",
        "level",
        "currency",
        "period",
        "visibility",
        "purpose",
    ];
    match value {
        Value::String(text) if !SAYS_NOBODY.contains(&key) && text.parse::<Date>().is_err() => {
            found.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, key, found)),
        Value::Object(values) => values.iter().for_each(|(key, value)| texts(value, key, found)),
        _ => {}
    }
}

/// Names of the files and folders below a folder.
fn names(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        found.insert(entry.file_name().to_string_lossy().into_owned());
        if entry.path().is_dir() {
            names(&entry.path(), found);
        }
    }
}

/// What a report says of itself, whoever it is about: words of rules and of the page.
fn own_words() -> String {
    let rules: Vec<_> = detection().rules.rules().iter().map(|rule| &rule.info).collect();
    let mut words = format!("{rules:?}");
    // A report of a person of whom nothing is known has all the words that stand around people.
    for &format in Format::ALL.iter().filter(|format| !format.is_binary()) {
        let empty = tempfile::tempdir().expect("a folder");
        let file: PathBuf = empty.path().join("a.jsonl");
        fs::write(&file, "{\"schema\":\"falseface.dossier/1\",\"id\":\"a\"}\n").expect("written");
        words.push_str(&common::report(
            &[file],
            &Options::at(now()),
            &ReadOptions::default(),
            format,
            Style::default(),
        ));
    }
    words
}

#[test]
fn nothing_is_left_by_which_somebody_could_be_known() {
    let mut secrets = BTreeSet::new();
    names(Path::new(SAMPLES), &mut secrets);
    for item in ingest::open(&[Input::Path(SAMPLES.into())], &ReadOptions::default()).expect("the samples can be read")
    {
        let Item::Record(record) = item else { continue };
        let dossier = record.read().expect("a sample is read").dossier;
        texts(&serde_json::to_value(&dossier).expect("JSON"), "", &mut secrets);
    }
    let own = own_words().to_lowercase();
    // A word that the project itself says tells nobody; nor does a syllable.
    secrets.retain(|secret| secret.chars().count() > 4 && !own.contains(&secret.to_lowercase()));
    assert!(secrets.len() > 1_000, "{} texts to look for", secrets.len());
    // Nobody can search for tokens: a bundle of indicators is refused with them.
    for &format in Format::ALL.iter().filter(|format| **format != Format::Stix) {
        let report = redacted(format, &[7; 32]);
        assert!(report.len() > 10_000, "{}: something is reported", format.as_str());
        let left: Vec<&String> = secrets.iter().filter(|secret| report.contains(secret.as_str())).collect();
        assert!(left.is_empty(), "{}: {left:?}", format.as_str());
    }
}

#[test]
fn tokens_are_the_same_under_one_key_and_others_under_another() {
    let one = redacted(Format::JsonLines, &[7; 32]);
    assert_eq!(one, redacted(Format::JsonLines, &[7; 32]));
    assert_ne!(one, redacted(Format::JsonLines, &[8; 32]));
    let tokens = |report: &str| -> BTreeSet<String> {
        let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON Lines"));
        lines.filter_map(|line| line["dossier"].as_str().map(str::to_owned)).collect()
    };
    assert!(tokens(&one).len() > 100, "people stay apart");
}
