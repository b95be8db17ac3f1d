//! What people see of each sample: whole reports, in every format. Read each snapshot before it is accepted.

#![expect(clippy::disallowed_methods, reason = "the test lists the samples")]

mod common;

use common::{SAMPLES, now, samples};
use falseface::Options;
use falseface::dossier::Section;
use falseface::ingest::{self, ADAPTERS, Input, Item, ReadOptions};
use falseface::report::{Format, Style};
use falseface::screening::Verdict;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

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
    let inputs: Vec<PathBuf> = samples().into_iter().map(|(_, folder)| folder).collect();
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
    for (name, folder) in samples() {
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
    for (name, folder) in samples() {
        let report = common::jsonl(&[folder], &Options::at(now()));
        insta::assert_snapshot!(format!("jsonl-{name}"), scrubbed(&report));
    }
}

#[test]
fn every_sample_as_a_page() {
    for (name, folder) in samples() {
        let page =
            common::report(&[folder], &Options::at(now()), &ReadOptions::default(), Format::Html, Style::default());
        insta::assert_snapshot!(format!("html-{name}"), in_lines(&scrubbed(&page)));
    }
}

/// A page without its style and script, an element a line, so that a difference can be read.
fn in_lines(page: &str) -> String {
    let without = |page: &str, from: &str, to: &str| {
        let (before, rest) = page.split_once(from).expect("the page has it");
        let (_, after) = rest.split_once(to).expect("and its end");
        format!("{before}{from}…{to}{after}")
    };
    let page = without(&without(page, "<style>", "</style>"), "<script>", "</script>");
    let page = without(&page, "Content-Security-Policy\"", ">");
    let count = common::detection().rules.rules().len();
    let page = page.replace(&format!("</code>, {count} of them"), "</code>, [count] of them");
    ["<h", "<p", "<li", "<tr", "<section", "<article", "<table", "<svg", "<rect", "<line", "<figure", "<details"]
        .iter()
        .fold(page, |page, tag| page.replace(tag, &format!("\n{tag}")))
}

/// The lists that a dossier fills.
fn filled(dossier: &serde_json::Value) -> impl Iterator<Item = Section> {
    let has = |list: &serde_json::Value| list.as_array().is_some_and(|list| !list.is_empty());
    Section::ALL.iter().copied().filter(move |section| match section {
        Section::Photos => has(&dossier["subject"]["photos"]),
        other => has(&dossier[other.as_str()]),
    })
}

#[test]
fn formats_show_what_their_rows_say_and_nothing_else() {
    let mut inputs: Vec<Input> = samples().into_iter().map(|(_, folder)| Input::Path(folder)).collect();
    // What git keeps of a repository cannot lie in another one.
    let cloned = tempfile::tempdir().expect("a folder");
    fs::create_dir(cloned.path().join(".git")).expect("made");
    fs::write(
        cloned.path().join(".git/config"),
        "[remote \"origin\"]\n\turl = https://github.com/nova-mvp1/platform\n",
    )
    .expect("written");
    fs::write(cloned.path().join("package.json"), "{}").expect("written");
    inputs.push(Input::Code(cloned.path().to_owned()));
    let reading = ReadOptions { include_owner: true, ..ReadOptions::default() };
    let mut shown: BTreeMap<String, BTreeSet<Section>> = BTreeMap::new();
    for item in ingest::open(&inputs, &reading).expect("the samples can be read") {
        let Item::Record(record) = item else { continue };
        let dossier = record.read().expect("a sample is read").dossier;
        let Some(adapter) = dossier.provenance.first().and_then(|origin| origin.adapter.clone()) else { continue };
        let json = serde_json::to_value(&dossier).expect("a dossier is JSON");
        shown.entry(adapter).or_default().extend(filled(&json));
    }
    let rows = ADAPTERS.iter().filter(|adapter| adapter.name != "native");
    let wrong: Vec<String> = rows
        .filter_map(|adapter| {
            let said: BTreeSet<Section> = adapter.shows.iter().copied().collect();
            let shown = shown.remove(adapter.name).unwrap_or_default();
            let (name, lacking, untold) = (adapter.name, said.difference(&shown), shown.difference(&said));
            let (lacking, untold): (Vec<_>, Vec<_>) = (lacking.collect(), untold.collect());
            (said != shown).then(|| format!("{name}: no sample has {lacking:?}; its row lacks {untold:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
