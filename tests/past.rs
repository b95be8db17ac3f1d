//! A batch held against earlier ones, of which nothing is left but an index.

#![expect(clippy::disallowed_methods, reason = "batches and an index are written, and read back")]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A contractor with a phone.
fn contractor(id: &str, name: &str, phone: &str) -> String {
    json!({
        "schema": "falseface.dossier/1", "id": id, "role": "contractor",
        "subject": {"names": [{"value": name}]},
        "contacts": [{"kind": "phone", "value": phone}],
    })
    .to_string()
}

/// A folder with a key and the batches of two months: one phone returns under another name, one person returns.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("can be written");
    write("key", "an invented key, for tests and nothing else".to_owned());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.path().join("key"), fs::Permissions::from_mode(0o600)).expect("can be changed");
    }
    let october =
        [contractor("o-1", "Ana Example", "+1 202-555-0143"), contractor("o-2", "Chidi Abara", "+1 202-555-0199")];
    let november = [
        contractor("n-1", "Bruno Fontane", "+1 (202) 555 0143"),
        "no record at all".to_owned(),
        contractor("n-2", "Dana Kowalsky", "+1 202-555-0111"),
        contractor("o-2", "Chidi Abara", "+1 202-555-0199"),
    ];
    write("october.jsonl", october.join("\n"));
    write("november.jsonl", november.join("\n"));
    folder
}

fn run(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_falseface"));
    command.current_dir(folder).args(arguments.split(' ')).output().expect("runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Scans a month and adds it.
fn scan(folder: &Path, month: &str, now: &str) -> Output {
    let of_index = "--index batches.index --index-key key --quiet";
    run(folder, &format!("scan {month}.jsonl --format jsonl --now {now} {of_index}"))
}

fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    said(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn assessment<'l>(lines: &'l [Value], dossier: &str) -> &'l Value {
    lines.iter().find(|line| line["dossier"] == dossier).expect("is assessed")
}

#[test]
fn what_returns_under_another_name_is_found_when_only_hashes_are_left() {
    let folder = folder();
    let first = lines(&scan(folder.path(), "october", "2026-10-31"));
    assert_eq!(first[0]["index"], json!({"key": "f73534c8", "batches": 0, "records": 0}));
    assert_eq!(assessment(&first, "o-1")["earlier"], Value::Null);
    fs::remove_file(folder.path().join("october.jsonl")).expect("is there");

    let second = lines(&scan(folder.path(), "november", "2026-11-25"));
    assert_eq!(second[0]["index"], json!({"key": "f73534c8", "batches": 1, "records": 2}));
    let apart = assessment(&second, "n-1");
    let earlier = json!([{"scanned": "2026-10-31", "shares": ["phone"], "under_other_name": true, "times": 1}]);
    assert_eq!(apart["earlier"], earlier);
    let finding = &apart["findings"][0];
    assert_eq!(finding["rule"], "bat-earlier-contact");
    assert_eq!(finding["evidence"][0]["quote"], "+1 (202) 555 0143", "the record's own words prove it");
    let again = assessment(&second, "o-2");
    let earlier = json!([{"scanned": "2026-10-31", "shares": ["phone"], "under_other_name": false, "times": 1}]);
    assert_eq!((&again["earlier"], &again["findings"]), (&earlier, &json!([])), "to be seen again is no suspicion");
    assert_eq!(assessment(&second, "n-2")["earlier"], Value::Null);

    let shown = run(folder.path(), "index show batches.index --index-key key --format jsonl");
    let batches: Vec<_> = lines(&shown).iter().map(|line| (line["scanned"].clone(), line["records"].clone())).collect();
    assert_eq!(batches, [(json!("2026-10-31"), json!(2)), (json!("2026-11-25"), json!(3))]);
}

#[test]
fn a_batch_that_is_scanned_again_is_added_once_and_not_held_against_itself() {
    let folder = folder();
    for month in ["october", "november"] {
        scan(folder.path(), month, "2026-11-25");
    }
    let before = fs::read(folder.path().join("batches.index")).expect("is there");
    let again = scan(folder.path(), "november", "2026-12-01");
    assert!(said(&again.stderr).contains("the same inputs were scanned on 2026-11-25"), "{}", said(&again.stderr));
    let lines = lines(&again);
    assert_eq!(assessment(&lines, "n-1")["earlier"].as_array().map(Vec::len), Some(1));
    assert_eq!(assessment(&lines, "n-2")["earlier"], Value::Null);
    assert_eq!(fs::read(folder.path().join("batches.index")).expect("is there"), before);
}

#[test]
fn whom_a_finding_is_about_is_explained_without_adding_anything() {
    let folder = folder();
    scan(folder.path(), "october", "2026-10-31");
    let before = fs::read(folder.path().join("batches.index")).expect("is there");
    let asked = "--dossier n-1 --now 2026-11-25 --width 100 --color never --index batches.index --index-key key";
    let explained = run(folder.path(), &format!("explain november.jsonl {asked}"));
    assert_eq!(explained.status.code(), Some(0), "{}", said(&explained.stderr));
    insta::assert_snapshot!("explained", said(&explained.stdout));
    assert_eq!(fs::read(folder.path().join("batches.index")).expect("is there"), before);
}

#[test]
fn a_person_reads_what_was_seen_before() {
    let folder = folder();
    scan(folder.path(), "october", "2026-10-31");
    let asked = "--now 2026-11-25 --width 100 --color never --min-verdict insufficient";
    let scanned = run(folder.path(), &format!("scan november.jsonl {asked} --index batches.index --index-key key"));
    assert_eq!(scanned.status.code(), Some(0), "{}", said(&scanned.stderr));
    let shown = said(&scanned.stdout);
    let shown = shown.lines().filter(|line| !line.contains(" rules ") && !line.contains("sha256")).collect::<Vec<_>>();
    insta::assert_snapshot!("scanned", shown.join("\n"));
}

#[test]
fn what_cannot_be_used_is_refused_before_anything_is_read() {
    let folder = folder();
    scan(folder.path(), "october", "2026-10-31");
    let path = folder.path().join("batches.index");
    let whole = fs::read(&path).expect("is there");
    let part = run(folder.path(), "scan november.jsonl --only n-1 --index batches.index --index-key key");
    assert_eq!(part.status.code(), Some(2));
    assert!(said(&part.stderr).contains("--index adds whole batches"), "{}", said(&part.stderr));
    for arguments in ["--index batches.index", "--index-key key", "--index batches.index --index-key key --no-link"] {
        assert_eq!(run(folder.path(), &format!("scan november.jsonl {arguments}")).status.code(), Some(2));
    }
    let mut damaged = whole.clone();
    damaged[60] ^= 1;
    fs::write(&path, &damaged).expect("can be written");
    let refused = scan(folder.path(), "november", "2026-11-25");
    assert_eq!((refused.status.code(), said(&refused.stdout).as_str()), (Some(2), ""));
    assert!(said(&refused.stderr).contains("could not use the index batches.index"), "{}", said(&refused.stderr));
    assert_eq!(fs::read(&path).expect("is there"), damaged, "it is left for whoever mends it");
}
