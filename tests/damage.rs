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
        outcome.people < whole.people && outcome.unknown <= whole.unknown && outcome.said.len() <= whole.said.len()
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
    for (path, whole) in files() {
        let (name, bytes) = (name_of(&path), fs::read(&path).expect("read"));
        for at in places(&bytes) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            let outcome = read(&name, &flipped, None);
            assert!(!is_silent_loss(&whole, &outcome), "{name}: bit {} of byte {at}: {outcome:?}, {whole:?}", at % 8);
        }
    }
}

#[test]
fn a_file_that_was_cut_says_so_unless_it_was_cut_between_two_lines() {
    for (path, whole) in files() {
        let (name, bytes) = (name_of(&path), fs::read(&path).expect("read"));
        for at in places(&bytes) {
            let outcome = read(&name, &bytes[..at], None);
            let is_between =
                |at: usize| matches!(bytes.get(at), None | Some(b'\n' | b'\r')) || bytes[..at].ends_with(b"\n");
            assert!(is_between(at) || !is_silent_loss(&whole, &outcome), "{name}: cut at {at}: {outcome:?}, {whole:?}");
        }
    }
}
