//! What people see of each sample: whole reports, in both formats. Read each snapshot before it is accepted.

#![expect(clippy::disallowed_methods, reason = "the test lists the samples")]

mod common;

use common::{SAMPLES, now};
use falseface::Options;
use falseface::ingest::ReadOptions;
use falseface::report::{Format, Style};
use falseface::screening::Verdict;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn folders() -> Vec<(String, PathBuf)> {
    let mut folders: Vec<(String, PathBuf)> = fs::read_dir(SAMPLES)
        .expect("samples")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    folders.sort();
    folders
}

/// The digest of the rules changes with every rule; what it found is what the snapshot is about.
fn scrubbed(report: &str) -> String {
    let digest = &common::detection().digest;
    let count = common::detection().rules.rules().len();
    report
        .replace(digest, "[digest]")
        .replace(&format!("{} ({count})", &digest[..8]), "[digest] ([count])")
        .replace(&format!("\"count\":{count},"), "\"count\":[count],")
        .replace(&format!("\"count\":{count}}}"), "\"count\":[count]}")
}

/// What the table of `samples/README.md` says of each dossier.
fn expectations() -> Vec<(String, String)> {
    let page = fs::read_to_string(format!("{SAMPLES}/README.md")).expect("the samples are described");
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            let [dossier, _, verdict] = cells[..] else { return None };
            let is_row = !dossier.is_empty() && dossier != "dossier" && !dossier.starts_with('-');
            is_row.then(|| (dossier.to_owned(), verdict.to_owned()))
        })
        .collect()
}

#[test]
fn every_sample_comes_to_what_its_table_says() {
    let inputs: Vec<PathBuf> = folders().into_iter().map(|(_, folder)| folder).collect();
    let report = common::jsonl(&inputs, &Options::at(now()));
    let mut verdicts = BTreeMap::new();
    for line in report.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
        if line["type"] == "assessment" {
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            verdicts.insert(text("dossier"), text("verdict"));
        }
    }
    let expectations = expectations();
    assert!(expectations.len() >= 24, "the table was found");
    let mut wrong = Vec::new();
    for (dossier, expected) in expectations {
        let Some(verdict) = verdicts.get(&dossier) else {
            wrong.push(format!("{dossier} was not assessed"));
            continue;
        };
        let holds = match expected.as_str() {
            "escalate" => verdict == "escalate",
            "review" => verdict == "review" || verdict == "escalate",
            "below escalate" => verdict != "escalate",
            "below review" => verdict != "escalate" && verdict != "review",
            other => panic!("{dossier}: {other:?} is no expectation"),
        };
        if !holds {
            wrong.push(format!("{dossier}: expected {expected}, is {verdict}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sample_in_the_terminal() {
    for (name, folder) in folders() {
        let options = Options::at(now());
        let style = Style { min_verdict: Verdict::Review, ..Style::default() };
        let mut options_shown = options;
        options_shown.min_verdict = Verdict::Review;
        let report = common::report(&[folder], &options_shown, &ReadOptions::default(), Format::Terminal, style);
        insta::assert_snapshot!(format!("terminal-{name}"), scrubbed(&report));
    }
}

#[test]
fn every_sample_as_json_lines() {
    for (name, folder) in folders() {
        let report = common::jsonl(&[folder], &Options::at(now()));
        insta::assert_snapshot!(format!("jsonl-{name}"), scrubbed(&report));
    }
}
