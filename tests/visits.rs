//! A linked scan reads what it is given more than once: what happens in between is lost to nobody.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

mod common;

use common::{detection, now};
use falseface::Options;
use falseface::ingest::{self, Input, ReadOptions};
use falseface::link::{HashKey, Past};
use falseface::report::{self, Format, Style};
use falseface::screen::{self, Halt, Outlet, Stages};
use falseface::screening::Summary;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Six records; the second and the fifth share a phone under two names.
const BATCH: &str = r#"{"schema":"falseface.dossier/1","id":"p-1","subject":{"names":[{"value":"Dana Kowalsky"}]}}
{"schema":"falseface.dossier/1","id":"p-2","role":"contractor","subject":{"names":[{"value":"Ana Example"}]},"contacts":[{"kind":"phone","value":"+1 202-555-0143"}]}
{"schema":"falseface.dossier/1","id":"p-3","subject":{"names":[{"value":"Emre Sample"}]}}
{"schema":"falseface.dossier/1","id":"p-4","subject":{"names":[{"value":"Freya Holm"}]}}
{"schema":"falseface.dossier/1","id":"p-5","role":"contractor","subject":{"names":[{"value":"Bruno Fontane"}]},"contacts":[{"kind":"phone","value":"+1 202-555-0143"}]}
{"schema":"falseface.dossier/1","id":"p-6","subject":{"names":[{"value":"Goran Imre"}]}}
"#;

/// What a run came to.
struct Outcome {
    lines: Vec<Value>,
    summary: Summary,
    past: Past,
}

/// Screens a batch on one thread, record by record; `each` is called when somebody has been assessed, with how many were.
fn run(path: &Path, held: usize, each: impl Fn(usize, &AtomicBool) + Send + Sync + 'static) -> Result<Outcome, Halt> {
    let reading = ReadOptions { again: true, ..ReadOptions::default() };
    let mut reader = ingest::open(&[Input::Path(path.to_owned())], &reading).expect("can be read");
    let mut options = Options::at(now());
    (options.threads, options.chunk, options.held) = (1, 1, held);
    let stop = Arc::new(AtomicBool::new(false));
    let as_json = Format::JsonLines.renderer(Style::default(), options.thresholds, options.now);
    let (assessed, flag) = (AtomicUsize::new(0), Arc::clone(&stop));
    let renderer: report::Renderer = Box::new(move |assessment, bytes| {
        as_json(assessment, bytes);
        each(assessed.fetch_add(1, Ordering::Relaxed) + 1, &flag);
    });
    let mut past = Past::first(HashKey::new(&[7; 32]).expect("is long enough"));
    let mut bytes = Vec::new();
    let summary = {
        let mut report = report::open(Format::JsonLines, &mut bytes, Style::default());
        let outlet = Outlet {
            report: report.as_mut(),
            renderer: Some(renderer),
            aside: Box::new(Cursor::new(Vec::new())),
            joining: None,
            past: Some(&mut past),
        };
        screen::run(&mut reader, &Stages::new(detection()), &options, outlet, &stop)?
    };
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    Ok(Outcome { lines, summary, past })
}

fn batch() -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
    file.write_all(BATCH.as_bytes()).expect("can be written");
    file
}

fn reported(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter(|line| line["type"] == "assessment").filter_map(|line| line["dossier"].as_str()).collect()
}

#[test]
fn an_interrupt_ends_a_run_with_what_it_has() {
    let file = batch();
    // Six are assessed on the first visit, and two of them once more.
    for (held, after) in [(0, 1), (1 << 20, 3), (0, 6), (1 << 20, 6), (0, 7), (1 << 20, 7)] {
        let stop_after = move |assessed, stop: &AtomicBool| stop.store(assessed >= after, Ordering::Relaxed);
        let Outcome { lines, summary, past } = run(file.path(), held, stop_after).expect("ends well");
        let reported = reported(&lines);
        let distinct: BTreeSet<_> = reported.iter().collect();
        assert_eq!(
            (distinct.len(), reported.len()),
            (after.min(6), after.min(6)),
            "each once, after {after}: {reported:?}"
        );
        assert!(reported.is_sorted(), "in input order, after {after}: {reported:?}");
        assert!(summary.partial, "after {after}");
        assert_eq!(past.into_batch().is_some(), after > 6, "what was not read to its end leaves nothing");
    }
}

#[test]
fn a_run_that_is_left_alone_tells_of_everybody_with_what_they_share() {
    let file = batch();
    for held in [0, 1 << 20] {
        let Outcome { lines, summary, past } = run(file.path(), held, |_, _| {}).expect("ends well");
        assert_eq!(reported(&lines), ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6"]);
        let found: Vec<_> =
            lines.iter().filter(|line| line["clusters"].as_array().is_some_and(|c| !c.is_empty())).collect();
        assert_eq!(found.iter().map(|line| &line["dossier"]).collect::<Vec<_>>(), ["p-2", "p-5"]);
        assert_eq!((summary.partial, past.into_batch().map(|batch| batch.records())), (false, Some(6)));
    }
}

#[test]
fn what_changes_while_it_is_read_proves_nothing() {
    let file = batch();
    let path = file.path().to_owned();
    let append = move |assessed, _: &AtomicBool| {
        // Six on the first visit; the seventh is the first of those who are read again.
        if assessed == 7 {
            let mut file = OpenOptions::new().append(true).open(&path).expect("is there");
            file.write_all(br#"{"schema":"falseface.dossier/1","id":"p-7"}"#).expect("can be written");
        }
    };
    assert!(matches!(run(file.path(), 0, append), Err(Halt::Changed)));
    assert!(fs::read_to_string(file.path()).expect("is there").contains("p-7"));
}
