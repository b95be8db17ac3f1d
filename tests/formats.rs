//! What reading makes of every input format.

use falseface::ingest::{Input, Item, ReadOptions, open};
use std::fs;
use std::path::Path;

/// Everything that a file yields, one line an item.
fn outcome(path: &Path, options: &ReadOptions) -> Vec<String> {
    let reader = open(&[Input::Path(path.to_owned())], options).expect("recognised");
    let folder = path.parent().expect("a folder").to_string_lossy().into_owned();
    reader
        .map(|item| match item {
            Item::Record(record) => match record.read() {
                Ok(read) if read.unknown_fields.is_empty() => format!("{} = {}", read.source, read.dossier.id),
                Ok(read) => format!("{} = {} + {}", read.source, read.dossier.id, read.unknown_fields.join(" ")),
                Err(rejected) => format!("{} ! {}", rejected.source, rejected.reason),
            },
            Item::Rejected(rejected) => format!("{} ! {}", rejected.source, rejected.reason),
            Item::Skipped(skipped) => format!("{} - {}", skipped.source, skipped.reason),
        })
        .map(|line| line.replace(&folder, "."))
        .collect()
}

fn outcome_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    outcome(&path, &ReadOptions::default())
}

fn dossier(id: &str) -> String {
    format!(r#"{{"schema":"falseface.dossier/1","id":"{id}"}}"#)
}

#[test]
fn json_lines_with_mark_blank_lines_and_carriage_returns() {
    let text = format!("\u{feff}{}\r\n\r\n{}\r\n{}", dossier("a"), dossier("b"), dossier("c"));
    assert_eq!(outcome_of("x.jsonl", text.as_bytes()), ["./x.jsonl:1 = a", "./x.jsonl:3 = b", "./x.jsonl:4 = c"]);
}

#[test]
fn a_broken_line_costs_one_line() {
    let text = format!("{}\n{{\"schema\": nonsense\n{}\n", dossier("a"), dossier("b"));
    let outcome = outcome_of("x.jsonl", text.as_bytes());
    assert_eq!(outcome[0], "./x.jsonl:1 = a");
    assert!(outcome[1].starts_with("./x.jsonl:2 ! expected"), "{outcome:?}");
    assert_eq!(outcome[2], "./x.jsonl:3 = b");
}

#[test]
fn an_object_an_array_and_objects_in_a_row() {
    let pretty = "{\n  \"schema\": \"falseface.dossier/1\",\n  \"id\": \"a\"\n}\n";
    assert_eq!(outcome_of("x.json", pretty.as_bytes()), ["./x.json = a"]);
    assert_eq!(outcome_of("x.json", pretty.repeat(2).as_bytes()), ["./x.json = a", "./x.json#/1 = a"]);
    let array = format!("[{},\n {}]\n", dossier("a"), dossier("b"));
    assert_eq!(outcome_of("x.json", array.as_bytes()), ["./x.json#/0 = a", "./x.json#/1 = b"]);
    assert!(outcome_of("x.json", b"[]").is_empty());
}

#[test]
fn a_broken_element_ends_its_file_with_the_offset() {
    let array = format!("[{}, {{\"id\": nul}}, {}]", dossier("a"), dossier("b"));
    assert_eq!(
        outcome_of("x.json", array.as_bytes()),
        ["./x.json#/0 = a", "./x.json#/1@54 ! expected ident; rest unread"]
    );
}

#[test]
fn a_wrong_type_is_rejected_with_place_expected_and_found() {
    let text = r#"{"schema":"falseface.dossier/1","id":"a","messages":[{"text":5}]}"#;
    assert_eq!(
        outcome_of("x.jsonl", text.as_bytes()),
        ["./x.jsonl:1#/messages/0/text ! expected a string, found integer `5`"]
    );
    let text = r#"{"schema":"falseface.dossier/1","id":"a","role":"king"}"#;
    assert!(outcome_of("x.jsonl", text.as_bytes())[0].starts_with("./x.jsonl:1#/role ! expected one of"));
}

#[test]
fn unknown_keys_are_reported_by_pointer_except_under_extra() {
    let text =
        r#"{"schema":"falseface.dossier/1","id":"a","mood":1,"extra":{"x":{"y":1}},"messages":[{"a/b":1},{"a/b":2}]}"#;
    assert_eq!(outcome_of("x.jsonl", text.as_bytes()), ["./x.jsonl:1 = a + /messages/*/a~1b /mood"]);
}

#[test]
fn another_schema_is_rejected_even_where_its_types_differ() {
    let outcome = outcome_of("x.jsonl", b"{\"id\":\"a\"}\n{\"schema\":\"falseface.dossier/2\",\"id\":7}\n[1]\n");
    assert!(outcome[0].contains("`schema` is missing"), "{outcome:?}");
    assert!(outcome[1].contains("found \"falseface.dossier/2\""), "{outcome:?}");
    assert!(outcome[2].contains("expected a JSON object"), "{outcome:?}");
}
