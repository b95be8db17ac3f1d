//! How a report is laid out: who stands first, what is kept beside it, and that it can be opened.

#![expect(clippy::disallowed_methods, reason = "the test reads what runs wrote")]

use falseface::screening::Verdict;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A scan of some samples with people at every verdict.
fn scan(folder: &Path, arguments: &str) -> Output {
    let inputs = ["samples/honest", "samples/recruiters", "samples/batch", "samples/job-adverts"];
    let words = arguments.split_whitespace().map(|word| word.replace("$T", folder.to_str().expect("UTF-8")));
    let command = Command::new(env!("CARGO_BIN_EXE_falseface"))
        .args(["scan", "--no-config", "--now", "2026-11-25"])
        .args(inputs)
        .args(words)
        .env("PATH", folder)
        .output();
    let output = command.expect("it runs");
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Each person of a report in JSON Lines: verdict, the score of the question that comes to it, and the line.
fn people(report: &[u8]) -> Vec<(Verdict, f64, String)> {
    let text = std::str::from_utf8(report).expect("UTF-8");
    let person = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("JSON Lines");
        if value["type"] != "assessment" {
            return None;
        }
        let verdict = Verdict::ALL.into_iter().find(|verdict| value["verdict"] == verdict.as_str()).expect("a verdict");
        let at_verdict = value["detectors"].as_object().expect("detectors").values();
        let at_verdict = at_verdict.filter(|result| result["verdict"] == value["verdict"]);
        let score = at_verdict.filter_map(|result| result["score"].as_f64()).fold(f64::MIN, f64::max);
        Some((verdict, score, line.to_owned()))
    };
    text.lines().filter_map(person).collect()
}

#[test]
fn the_most_urgent_come_first_and_equals_stay_as_they_were_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let as_read = people(&scan(folder.path(), "--format jsonl").stdout);
    let by_urgency = people(&scan(folder.path(), "--format jsonl --order urgency --threads 2").stdout);
    let mut sorted = as_read.clone();
    sorted.sort_by(|one, other| other.0.cmp(&one.0).then(other.1.total_cmp(&one.1)));
    assert!(as_read != sorted && as_read.len() > 20, "the samples are not sorted themselves");
    assert_eq!(by_urgency, sorted);
}

#[test]
fn other_formats_have_the_same_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let order = people(&scan(folder.path(), "--format jsonl --order urgency").stdout);
    let ids: Vec<String> = order
        .iter()
        .map(|(.., line)| {
            serde_json::from_str::<Value>(line).expect("JSON")["dossier"].as_str().expect("an id").to_owned()
        })
        .collect();
    let table = scan(folder.path(), "--format csv --order urgency").stdout;
    let mut rows = csv::Reader::from_reader(&table[3..]);
    let in_table: Vec<String> = rows.records().map(|row| row.expect("a row")[3].to_owned()).collect();
    assert_eq!(in_table[..ids.len()], ids);
    let page = String::from_utf8(scan(folder.path(), "--format html --order urgency").stdout).expect("UTF-8");
    let rows: Vec<usize> = ids.iter().map(|id| page.find(&format!("<small>{id}</small>")).expect("a row")).collect();
    assert!(rows.is_sorted(), "rows of the page");
    assert!(page.contains("<caption>The most urgent first</caption>"));
}

#[test]
fn points_stand_in_the_table_of_the_page_if_somebody_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "<th scope=\"col\" data-sort=\"number\">Points</th>";
    let page = |arguments| String::from_utf8(scan(folder.path(), arguments).stdout).expect("UTF-8");
    assert!(!page("--format html").contains(head));
    let asked = page("--format html --points");
    assert!(
        asked.contains(head) && asked.contains("<td class=\"num\" data-k=\"32\" data-label=\"Points\">32.0</td>"),
        "the points of a sample"
    );
}

#[test]
fn a_record_beside_a_report_is_what_json_lines_would_have_been_and_changes_nothing_of_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("key"), [7; 32]).expect("written");
    let read = |name: &str| fs::read(folder.path().join(name)).expect("was written");
    for layout in [
        "--format html",
        "--format csv --min-verdict review --order urgency",
        "--format ocsf --no-link --redact --redact-key $T/key",
    ] {
        let alone = scan(folder.path(), layout).stdout;
        let output = scan(folder.path(), &format!("{layout} --record -o $T/report"));
        assert_eq!(read("report"), alone, "{layout}");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.contains("everything that was found is kept in ") && said.contains("report.jsonl"), "{said}");
        let all = layout.replace("--min-verdict review --order urgency", "");
        let all = all.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
        let everything = scan(folder.path(), &format!("--format jsonl {all}")).stdout;
        assert_eq!(read("report.jsonl"), everything, "{layout}");
    }
}

#[test]
fn json_lines_are_their_own_record() {
    let folder = tempfile::tempdir().expect("a folder");
    scan(folder.path(), "--format jsonl --record -o $T/report --quiet");
    let names = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["report"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_is_opened_by_what_the_machine_has_once_it_is_there() {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, Instant};

    let folder = tempfile::tempdir().expect("a folder");
    let failed = scan(folder.path(), "--format html -o $T/page.html --open");
    let said = String::from_utf8(failed.stderr).expect("UTF-8");
    assert!(said.contains("page.html (open it by hand)"), "nothing opens files here: {said}");
    let opener = folder.path().join("xdg-open");
    fs::write(&opener, "#!/bin/sh\nread first < \"$1\"\necho \"$first\" > \"$1.seen\"\n").expect("written");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("can be run");
    scan(folder.path(), "--format html -o $T/page.html --open");
    let seen = folder.path().join("page.html.seen");
    let until = Instant::now() + Duration::from_secs(20);
    while fs::read_to_string(&seen).unwrap_or_default().is_empty() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(fs::read_to_string(seen).expect("it was opened").starts_with("<!DOCTYPE html>"));
}
