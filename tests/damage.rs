//! Every sample, cut short and with flipped bits: nothing panics, and whoever is lost is told.

#![expect(clippy::disallowed_methods, reason = "the test lists and reads the samples")]

mod common;

use common::SAMPLES;
use falseface::ingest::{Input, Item, ReadOptions, open};
use std::fs;
use std::path::{Path, PathBuf};

/// Places of each sample at which it is damaged.
const PLACES: usize = 160;

/// What reading gave: people, and whatever was said of what did not become one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Outcome {
    people: usize,
    said: Vec<String>,
    unknown: usize,
}

/// The outcome of a file; the reason if it is refused as a whole.
fn read(name: &str, bytes: &[u8], format: Option<&str>) -> Result<Outcome, String> {
    let options = ReadOptions { input_format: format.map(str::to_owned), ..ReadOptions::default() };
    let input = Input::Memory { name: name.to_owned(), bytes: bytes.into() };
    let mut outcome = Outcome::default();
    for item in open(&[input], &options).map_err(|error| error.to_string())? {
        match item {
            Item::Record(record) => match record.read() {
                Ok(read) => {
                    outcome.people += 1;
                    outcome.unknown += read.unknown_fields.len();
                }
                Err(rejected) => outcome.said.push(rejected.reason),
            },
            Item::Rejected(rejected) => outcome.said.push(rejected.reason),
            Item::Skipped(skipped) => outcome.said.push(skipped.reason),
        }
    }
    Ok(outcome)
}

/// Whether somebody was lost, and nothing was said that is not said of the whole file.
fn is_silent_loss(whole: &Outcome, outcome: &Result<Outcome, String>) -> bool {
    outcome.as_ref().is_ok_and(|outcome| {
        let says_more = outcome.said.iter().any(|said| !whole.said.contains(said));
        outcome.people < whole.people && outcome.unknown <= whole.unknown && !says_more
    })
}

/// The files of the samples, and the format that each is read as.
fn files() -> Vec<(PathBuf, Outcome)> {
    let mut folders = vec![PathBuf::from(SAMPLES)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let whole = read(&path.to_string_lossy(), &fs::read(&path).expect("read"), None).ok()?;
        Some((path, whole))
    };
    files.into_iter().filter_map(read).collect()
}

fn places(bytes: &[u8]) -> impl Iterator<Item = usize> + use<> {
    (0..bytes.len()).step_by((bytes.len() / PLACES).max(1))
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn a_flipped_bit_loses_nobody_in_silence() {
    let mut lost = Vec::new();
    for (path, whole) in files() {
        let (name, bytes) = (name_of(&path), fs::read(&path).expect("read"));
        for at in places(&bytes) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            let outcome = read(&name, &flipped, None);
            if is_silent_loss(&whole, &outcome) {
                lost.push(format!("{name}: bit {} of byte {at}: {outcome:?}, {whole:?}", at % 8));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn a_cut_loses_nobody_in_silence_who_stood_before_it() {
    let mut lost = Vec::new();
    for (path, _) in files() {
        let (name, bytes) = (name_of(&path), fs::read(&path).expect("read"));
        for at in places(&bytes) {
            let line = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let outcome = read(&name, &bytes[..at], None);
            if let Ok(before) = read(&name, &bytes[..line], None)
                && is_silent_loss(&before, &outcome)
            {
                lost.push(format!("{name}: cut at {at}: {outcome:?}, {before:?}"));
            }
            if outcome == Ok(Outcome::default()) {
                lost.push(format!("{name}: cut at {at}: nobody, and nothing is said of it"));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
