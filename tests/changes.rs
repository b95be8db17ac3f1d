//! What changed since an earlier report, and what people set aside.

#![expect(clippy::disallowed_methods, reason = "the test writes the records that it reads")]

mod common;

use common::{detection, now};
use falseface::Options;
use falseface::ingest::ReadOptions;
use falseface::report::{self, Format, Style};
use falseface::screen::{Baseline, Stages, Suppression, Suppressions};
use falseface::screening::Verdict;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A report of records in a format.
fn report(
    records: &[Value],
    format: Format,
    suppressions: Option<&Suppressions>,
    baseline: Option<&Baseline>,
) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.jsonl");
    fs::write(&file, records.iter().map(|record| format!("{record}\n")).collect::<Vec<_>>().concat()).expect("written");
    let mut options = Options::at(now());
    options.link = None;
    let stages = Stages::new(detection()).with_suppressions(suppressions).with_baseline(baseline);
    let style = Style { min_verdict: Verdict::Insufficient, ..Style::default() };
    let written = common::run(&[file], &options, &ReadOptions::default(), &stages, |to| {
        (report::open(format, to, style), format.renderer(style, options.thresholds, options.now))
    });
    String::from_utf8(written).expect("UTF-8")
}

fn lines(report: &str, kind: &str) -> Vec<Value> {
    let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON Lines"));
    lines.filter(|line| line["type"] == kind).collect()
}

/// Invented contractors of the samples.
fn people() -> Vec<Value> {
    let text = fs::read_to_string(Path::new(common::SAMPLES).join("contractors/contractors.jsonl")).expect("a sample");
    text.lines().take(4).map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn baseline(records: &[Value]) -> Baseline {
    Baseline::read(report(records, Format::JsonLines, None, None).as_bytes()).expect("a report")
}

#[test]
fn who_is_as_before_is_counted_and_not_shown() {
    let people = people();
    let again = report(&people, Format::JsonLines, None, Some(&baseline(&people)));
    assert!(lines(&again, "assessment").is_empty());
    let summary = &lines(&again, "summary")[0];
    assert_eq!((&summary["dossiers"], &summary["unchanged"]), (&4.into(), &4.into()));
    assert_eq!(summary["by_verdict"]["escalate"], 0, "nothing of it fails a run again");
    for format in [Format::Terminal, Format::Html, Format::Csv] {
        let told = report(&people, format, None, Some(&baseline(&people)));
        assert!(told.contains("4 as in the earlier report"), "{}", format.as_str());
    }
}

#[test]
fn what_is_new_changed_or_gone_is_told() {
    let people = people();
    let earlier = baseline(&people[..3]);
    let mut changed = people[1].clone();
    changed["observations"] = Value::Array(Vec::new());
    let now = [people[0].clone(), changed, people[3].clone()];
    let told = report(&now, Format::JsonLines, None, Some(&earlier));
    let assessments = lines(&told, "assessment");
    let change = |at: usize| &assessments[at]["change"];
    assert_eq!(assessments.len(), 2);
    assert_eq!((&change(0)["status"], &change(0)["verdict_before"]), (&"changed".into(), &"escalate".into()));
    assert!(change(0)["gone"].as_array().is_some_and(|gone| !gone.is_empty()), "{}", change(0));
    assert_eq!(change(1)["status"], "new");
    let gone = lines(&told, "gone");
    assert_eq!((gone.len(), &gone[0]["dossier"]), (1, &people[2]["id"]));
    for format in [Format::Terminal, Format::Html] {
        let told = report(&now, format, None, Some(&earlier));
        for words in
            ["Since the earlier report", "gone: ", "not in the earlier report", "In the earlier report, and not here"]
        {
            assert!(told.contains(words), "{}: {words}", format.as_str());
        }
    }
}

#[test]
fn a_file_that_is_no_report_or_is_redacted_is_no_baseline() {
    let told = |text: &str| Baseline::read(text.as_bytes()).expect_err("refused").to_string();
    assert!(told("").contains("an empty file"));
    assert!(
        told("{\"schema\":\"falseface.dossier/1\",\"id\":\"a\"}").starts_with("line 1: expected a line of a report")
    );
    assert!(told("{\"type\":\"run\",\"schema\":\"falseface.output/1\",\"redacted\":true}").contains("redacted"));
}

#[test]
fn a_finding_that_is_set_aside_stays_visible_without_points_until_its_last_day() {
    let people = people();
    let before = lines(&report(&people[..1], Format::JsonLines, None, None), "assessment").remove(0);
    let strongest = before["findings"]
        .as_array()
        .and_then(|all| all.iter().find(|finding| finding["rule"] == "photo-reverse-hit"))
        .expect("a finding");
    let entry = |expires: &str| Suppression {
        fingerprint: strongest["fingerprint"].as_str().expect("a fingerprint").to_owned(),
        rule: None,
        dossier: None,
        reason: "A model agency confirmed the picture: https://desk.example/HR-12".to_owned(),
        author: "J. Example".to_owned(),
        expires: expires.parse().expect("a date"),
    };
    let suppressions =
        |expires: &str| Suppressions::parse(&entry(expires).to_toml().expect("an entry"), now()).expect("a file");
    let active = suppressions("2027-05-01");
    let after = lines(&report(&people[..1], Format::JsonLines, Some(&active), None), "assessment").remove(0);
    let score = |line: &Value| line["detectors"]["concealed_freelancer"]["score"].as_f64().expect("a score");
    assert!(score(&after) < score(&before));
    assert_eq!(after["suppressed"][0]["finding"]["rule"], "photo-reverse-hit");
    assert_eq!(after["suppressed"][0]["reason"], "A model agency confirmed the picture: https://desk.example/HR-12");
    for format in [Format::Terminal, Format::Html, Format::Csv, Format::Sarif] {
        let told = report(&people[..1], format, Some(&active), None);
        assert!(told.contains("A model agency confirmed the picture"), "{}", format.as_str());
        assert!(told.contains("J. Example through 2027-05-01"), "{}", format.as_str());
        assert!(told.contains("hxxps://desk[.]example/HR-12"), "a link is broken, and once: {}", format.as_str());
    }
    let log: Value = serde_json::from_str(&report(&people[..1], Format::Sarif, Some(&active), None)).expect("JSON");
    let schema = fs::read_to_string("tests/schemas/sarif-2.1.0.json").expect("the schema is vendored");
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    assert!(schema.is_valid(&log), "as SARIF has it");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let aside = results.iter().filter(|result| result["suppressions"].as_array().is_some_and(|all| !all.is_empty()));
    assert_eq!(aside.map(|result| &result["ruleId"]).collect::<Vec<_>>(), ["photo-reverse-hit"]);
    let expired = suppressions("2026-11-01");
    let report = report(&people[..1], Format::JsonLines, Some(&expired), None);
    assert_eq!(lines(&report, "run")[0]["suppressions"]["expired"], 1);
    let again = lines(&report, "assessment").remove(0);
    assert!((score(&again) - score(&before)).abs() < 1e-9, "it counts again");
}
