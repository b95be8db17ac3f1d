//! What people see of each sample: whole reports, in both formats. Read each snapshot before it is accepted.

#![expect(clippy::disallowed_methods, reason = "the test lists the samples")]

mod common;

use common::{SAMPLES, now};
use falseface::Options;
use falseface::ingest::ReadOptions;
use falseface::report::{Format, Style};
use falseface::screening::Verdict;
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
