//! Honest outreach, honest pitches of contractors, and offers to lend an identity, in several languages: the first two
//! stay below review whatever the language, the third does not.

mod common;

use common::now;
use falseface::Options;
use falseface::screening::Verdict;
use std::path::PathBuf;

/// The people of a file with the verdict that each stands at.
fn verdicts(file: &str) -> Vec<(String, String)> {
    let report = common::jsonl(&[PathBuf::from("tests/outreach").join(file)], &Options::at(now()));
    let lines = report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines"));
    let text = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines
        .filter(|line| line["type"] != "run" && line["type"] != "summary")
        .map(|line| (text(&line, "dossier"), text(&line, "verdict")))
        .collect()
}

fn is_suspected(verdict: &str) -> bool {
    [Verdict::Review, Verdict::Escalate].iter().any(|suspected| suspected.as_str() == verdict)
}

#[test]
fn honest_outreach_and_pitches_stay_below_review() {
    let people = verdicts("honest.jsonl");
    assert!(people.len() >= 20);
    let suspected: Vec<_> = people.into_iter().filter(|(_, verdict)| is_suspected(verdict)).collect();
    assert!(suspected.is_empty(), "{suspected:?}");
}

#[test]
fn offers_to_lend_an_identity_are_items_to_verify() {
    let people = verdicts("reviewed.jsonl");
    assert!(people.len() >= 6);
    let missed: Vec<_> = people.into_iter().filter(|(_, verdict)| !is_suspected(verdict)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}
