//! An index as a file: it is changed by one process at a time, wholly or not at all, and only its owner may read it.
//!
//! `cargo test --release --test index -- --ignored --nocapture` streams a million keys, and prints what it took.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "files are written, and figures shown to who asks"
)]

use falseface::link::ledger::{Appended, Batch, BatchBuilder, LedgerRecord, Scan, append, inputs_hash, search, verify};
use falseface::link::{HashKey, KeyKind, LinkKnowledge, keys};
use falseface::{Content, Dossier, content::embedded, facts::Knowledge};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

const KEY: &[u8] = b"an invented key, for tests and nothing else";

fn key() -> HashKey {
    HashKey::new(KEY).expect("long enough")
}

/// A record by number: five keys, two words of a name.
fn record(number: u32) -> LedgerRecord {
    let key = key();
    let hash = |purpose: &str, value: u32| key.hash(purpose, &value.to_string());
    let name = |value: u32| hash("word", value)[..8].try_into().expect("is longer");
    LedgerRecord {
        id: hash("id", number),
        name: vec![name(number % 1_000), name(number % 7_919)],
        scripts: vec![name(u32::MAX)],
        keys: (0..5).map(|value| (KeyKind::ALL[value as usize], hash("value", 5 * number + value))).collect(),
    }
}

fn batch(day: &str, records: impl IntoIterator<Item = u32>) -> Batch {
    let mut builder = BatchBuilder::default();
    for number in records {
        builder.add(&record(number));
    }
    builder.finish(Scan::new(day.parse().expect("a date"), inputs_hash([day], &key())))
}

/// A folder with a key and an index of two batches.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("key"), KEY).expect("can be written");
    only_for_its_owner(&folder.path().join("key"));
    let mut index = Vec::new();
    append(None::<&[u8]>, &batch("2026-09-30", 0..3), &key(), &mut index).expect("can be written");
    let mut both = Vec::new();
    append(Some(&*index), &batch("2026-10-31", 3..5), &key(), &mut both).expect("can be written");
    fs::write(folder.path().join("batches.index"), both).expect("can be written");
    folder
}

#[cfg(unix)]
fn only_for_its_owner(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("can be changed");
}

#[cfg(not(unix))]
fn only_for_its_owner(_path: &Path) {}

fn run(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_falseface"));
    command.current_dir(folder).args(arguments.split(' ')).output().expect("runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const FORGET: &str = "index forget batches.index --index-key key --before 2026-10-01";

#[test]
fn an_index_is_not_changed_while_another_process_changes_it() {
    let folder = folder();
    let before = fs::read(folder.path().join("batches.index")).expect("is there");
    let lock = File::create(folder.path().join("batches.index.lock")).expect("can be made");
    lock.lock().expect("can be locked");
    let refused = run(folder.path(), FORGET);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("is being changed by another falseface"), "{}", said(&refused));
    assert!(said(&refused).contains("run this again"), "{}", said(&refused));
    assert_eq!(fs::read(folder.path().join("batches.index")).expect("is there"), before);
    let shown = run(folder.path(), "index show batches.index --index-key key");
    assert_eq!(shown.status.code(), Some(0), "whoever only reads it need not wait");
    // Closing it would not do: a program that another test starts meanwhile may hold it open for a moment.
    lock.unlock().expect("can be unlocked");
    assert_eq!(run(folder.path(), FORGET).status.code(), Some(0), "a lock that lies about locks nothing");
    assert_eq!(
        verify(&*fs::read(folder.path().join("batches.index")).expect("is there"), &key()).expect("whole").len(),
        1
    );
}

#[test]
fn nothing_lies_about_and_a_damaged_index_stays_as_it_is() {
    let folder = folder();
    let path = folder.path().join("batches.index");
    let mut damaged = fs::read(&path).expect("is there");
    damaged[100] ^= 1;
    fs::write(&path, &damaged).expect("can be written");
    assert_eq!(run(folder.path(), FORGET).status.code(), Some(2));
    assert_eq!(fs::read(&path).expect("is there"), damaged);
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    names.sort();
    assert_eq!(names, ["batches.index", "batches.index.lock", "key"]);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_an_index_and_should_read_its_key() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::rename(at("batches.index"), at("real.index")).expect("can be moved");
    symlink("real.index", at("batches.index")).expect("can be linked");
    let forgotten = run(folder.path(), FORGET);
    assert_eq!((forgotten.status.code(), said(&forgotten).as_str()), (Some(0), ""));
    let mode = |name: &str| fs::symlink_metadata(at(name)).expect("is there").permissions().mode() & 0o777;
    assert_eq!((mode("real.index"), mode("real.index.lock")), (0o600, 0o600));
    assert!(at("batches.index").is_symlink(), "what a link leads to is replaced, not the link");
    for (open, warns) in [(0o640, true), (0o604, true), (0o400, false)] {
        fs::set_permissions(at("key"), fs::Permissions::from_mode(open)).expect("can be changed");
        let shown = run(folder.path(), "index show batches.index --index-key key");
        assert_eq!(shown.status.code(), Some(0));
        assert_eq!(said(&shown).contains("warning: the key key is open to others"), warns, "{open:o}");
    }
}

/// The most memory that this process had since it was asked to count anew, in KiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
#[ignore = "a million keys take seconds, or minutes without optimisation; the figures are for whoever asks"]
fn a_million_keys_are_streamed() {
    const BATCHES: u32 = 10;
    const RECORDS: u32 = 20_000;
    let folder = tempfile::tempdir().expect("a folder");
    let path = |number: u32| folder.path().join(format!("{number}.index"));
    let start = Instant::now();
    for number in 0..BATCHES {
        let old = number.checked_sub(1).map(|before| File::open(path(before)).expect("is there"));
        let batch = batch(&format!("2026-{:02}-01", number + 1), number * RECORDS..(number + 1) * RECORDS);
        let mut to = BufWriter::new(File::create(path(number)).expect("can be made"));
        assert_eq!(append(old, &batch, &key(), &mut to).expect("can be written"), Appended::Added);
        to.flush().expect("can be written");
    }
    println!("{BATCHES} batches of {RECORDS} records: made in {:.1?}", start.elapsed());
    let last = path(BATCHES - 1);
    let bytes = fs::metadata(&last).expect("is there").len();
    println!("{bytes} bytes, {:.1} a record", bytes as f64 / f64::from(BATCHES * RECORDS));
    // A thousand people, two hundred of whom stand in every batch, by one record each.
    let (all, step) = (BATCHES * RECORDS, 1_000);
    let now = batch("2026-11-25", (0..all).step_by(step).chain(all..all + 800));
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = peak();
    let start = Instant::now();
    let found = search(File::open(&last).expect("is there"), &now, &key()).expect("is whole");
    let time = start.elapsed();
    println!("searched in {time:.1?}, {:.0} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
    println!("peak of memory before {before:?} KiB, after {:?} KiB", peak());
    assert_eq!(found.matches.len(), 5 * 200);
    assert!(found.matches.iter().all(|found| found.same_id && found.shares_name == Some(true)));
    assert_eq!(found.batches.iter().map(|batch| batch.keys).sum::<u32>(), 1_000_000);
}

#[test]
#[ignore = "the figures are for whoever asks"]
fn a_person_with_five_keys_takes_so_many_bytes() {
    let content = Content::load(&embedded()).expect("the content loads");
    let facts = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&facts);
    let dossier: Dossier = serde_json::from_value(serde_json::json!({
        "schema": "falseface.dossier/1", "id": "ana-example-1",
        "subject": {"names": [{"value": "Ana Example"}]},
        "contacts": [
            {"kind": "email", "value": "ana@mail.example"}, {"kind": "phone", "value": "+1 202 555 0177"},
            {"kind": "url", "value": "https://ana-example.example/pieces"},
        ],
        "accounts": [{"network": "github", "handle": "ana-example"}, {"network": "telegram", "handle": "anaex"}],
    }))
    .expect("a dossier");
    let key = key();
    let start = Instant::now();
    let record = LedgerRecord::of(&dossier, &keys(&dossier, &knowledge), &knowledge, &key);
    println!(
        "{} keys, {} forms of names, {:.1?}",
        record.keys.len(),
        record.name.len() + record.scripts.len(),
        start.elapsed()
    );
    let size = |builder: BatchBuilder| {
        let mut index = Vec::new();
        let batch = builder.finish(Scan::new("2026-11-25".parse().expect("a date"), inputs_hash(["0f"], &key)));
        append(None::<&[u8]>, &batch, &key, &mut index).expect("can be written");
        index.len()
    };
    let mut one = BatchBuilder::default();
    one.add(&record);
    println!(
        "{} bytes a record, {} an index of none",
        size(one) - size(BatchBuilder::default()),
        size(BatchBuilder::default())
    );
    assert_eq!(record.keys.len(), 5);
}
