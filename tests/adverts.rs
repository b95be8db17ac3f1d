//! Adverts: what scams ask and promise reaches review, and honest work that shares their words does not.

mod common;

use common::now;
use falseface::Options;
use std::path::{Path, PathBuf};

/// Line of each advert in a table, and its verdict for job scams.
fn verdicts(name: &str) -> Vec<(u64, String)> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adverts").join(name);
    let report = common::jsonl(&[path], &Options::at(now()));
    report
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines"))
        .filter(|line| line["type"] == "assessment")
        .map(|line| {
            let verdict = line["detectors"]["job_scam"]["verdict"].as_str().unwrap_or_default().to_owned();
            (line["source"]["line"].as_u64().expect("a line"), verdict)
        })
        .collect()
}

fn is_review(verdict: &str) -> bool {
    matches!(verdict, "review" | "escalate")
}

#[test]
fn scams_in_nine_languages_reach_review() {
    let verdicts = verdicts("scams.csv");
    assert_eq!(verdicts.len(), 20);
    let missed: Vec<_> = verdicts.iter().filter(|(_, verdict)| !is_review(verdict)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn casual_work_agents_and_small_shops_stay_below_review() {
    let verdicts = verdicts("honest.csv");
    assert_eq!(verdicts.len(), 25);
    let noisy: Vec<_> = verdicts.iter().filter(|(_, verdict)| is_review(verdict)).collect();
    assert!(noisy.is_empty(), "{noisy:?}");
}
