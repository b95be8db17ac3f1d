//! The JSON Schema of reports in JSON Lines: every line of every kind of run is as it says, and it says of no field that no run has.

#![cfg(feature = "geoip")]
#![expect(clippy::disallowed_methods, reason = "the test writes what runs read")]

#[path = "common/mmdb.rs"]
mod mmdb;

use falseface::report::output_schema;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The lines that a command prints, in the folder of the project; `$T` stands for a folder of the test.
fn lines(folder: &Path, arguments: &str) -> Vec<Value> {
    let folder = folder.to_str().expect("a path in UTF-8");
    let words = arguments.split_whitespace().map(|argument| argument.replace("$T", folder));
    let output = Command::new(env!("CARGO_BIN_EXE_falseface")).args(words).args(["--format", "jsonl"]).output();
    let output = output.unwrap_or_else(|error| panic!("{error}"));
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON Lines")).collect()
}

/// The schema with every object closed: what it does not name is a mistake. Readers leave alone what they do not know.
fn closed(mut schema: Value) -> Value {
    let lines: BTreeSet<String> = of_lines(&schema).map(|(_, part)| part.to_owned()).collect();
    for line in schema["oneOf"].as_array_mut().expect("lines of several types") {
        line["unevaluatedProperties"] = false.into();
    }
    for (part, schema) in schema["$defs"].as_object_mut().expect("parts of lines") {
        // What is a line has a type too.
        if schema.get("properties").is_some() && !lines.contains(part) {
            schema["additionalProperties"] = false.into();
        }
    }
    schema
}

/// The type of each line, and the part that says what it has.
fn of_lines(schema: &Value) -> impl Iterator<Item = (&str, &str)> {
    let lines = schema["oneOf"].as_array().expect("lines of several types").iter();
    lines.map(|line| {
        let kind = line["properties"]["type"]["const"].as_str().expect("a type");
        (kind, line["$ref"].as_str().and_then(|path| path.strip_prefix(PARTS)).expect("a part"))
    })
}

/// Where a schema has its parts.
const PARTS: &str = "#/$defs/";

/// The fields that a schema names: `finding.rule`, by what they are a field of.
fn named(schema: &Value) -> BTreeSet<String> {
    let parts = schema["$defs"].as_object().expect("parts of lines").iter();
    let fields = |schema: &Value| -> Vec<String> {
        schema["properties"].as_object().into_iter().flat_map(Map::keys).cloned().collect()
    };
    parts.flat_map(|(part, schema)| fields(schema).into_iter().map(move |field| format!("{part}.{field}"))).collect()
}

/// Adds the fields that a value has, by what the schema says that it is.
fn seen(value: &Value, schema: &Value, root: &Value, of: &str, found: &mut BTreeSet<String>) {
    if let Some(part) = schema["$ref"].as_str().and_then(|path| path.strip_prefix(PARTS)) {
        return seen(value, &root["$defs"][part], root, part, found);
    }
    for schema in schema["anyOf"].as_array().into_iter().flatten() {
        seen(value, schema, root, of, found);
    }
    match value {
        Value::Object(values) => {
            for (field, value) in values {
                found.insert(format!("{of}.{field}"));
                seen(value, &schema["properties"][field], root, &format!("{of}.{field}"), found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| seen(value, &schema["items"], root, of, found)),
        _ => {}
    }
}

#[test]
fn every_line_is_as_the_schema_says_and_every_field_of_it_is_met() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    written("countries.mmdb", &mmdb::countries());
    written("tokens.key", &[7; 32]);
    written("index.key", &[9; 32]);
    let of_one_office = (0..60).map(|number| {
        let contacts = json!([{ "kind": "phone", "value": "+1 202 555 0100" }]);
        let names = json!([{ "value": format!("Person {number} Example{number}") }]);
        json!({ "schema": "falseface.dossier/1", "id": number.to_string(), "subject": { "names": names }, "contacts": contacts })
    });
    written("office.jsonl", of_one_office.map(|person| format!("{person}\n")).collect::<Vec<_>>().concat().as_bytes());
    let runs = [
        "scan --now 2026-11-25 samples --min-verdict review --exclude-rule lure-paste-command:job_scam",
        "scan --now 2026-11-25 samples/sign-ins --geoip $T/countries.mmdb --redact --redact-key $T/tokens.key",
        "scan --now 2026-11-25 tests/cmd/joining.in/applicants.csv tests/cmd/joining.in/cv.json tests/cmd/joining.in/chat.jsonl --join exact",
        "scan --now 2026-11-25 tests/output_schema.in/twice.jsonl --join exact",
        "scan --now 2026-11-25 tests/cmd/before.in/b.jsonl --baseline tests/cmd/before.in/report.jsonl",
        "scan --now 2026-11-25 tests/cmd/before.in/a.jsonl --suppressions tests/cmd/before.in/decided.toml",
        "scan --now 2026-11-25 tests/cmd/watchlist.in/people.jsonl --watchlist tests/cmd/watchlist.in/list.csv",
        "scan --now 2026-11-25 tests/output_schema.in/people.jsonl --rules tests/output_schema.in/rules --index $T/batches.index --index-key $T/index.key",
        "scan --now 2026-11-25 tests/output_schema.in/later.jsonl --index $T/batches.index --index-key $T/index.key",
        "scan --now 2026-11-25 tests/cmd/configuration.in/below/people.jsonl --config tests/cmd/configuration.in/falseface.toml --as security --fail-on never",
        "clusters $T/office.jsonl",
    ];
    let schema = serde_json::to_value(output_schema()).expect("a schema");
    let valid = jsonschema::validator_for(&closed(schema.clone())).expect("a valid schema");
    let mut met = BTreeSet::new();
    for run in runs {
        for line in lines(folder.path(), run) {
            assert_valid(&valid, &line, run);
            let of_its_type = schema["oneOf"].as_array().expect("lines").iter();
            let kind = line["type"].as_str().expect("a type");
            let schema_of_line =
                of_its_type.clone().find(|of| of["properties"]["type"]["const"] == kind).expect("is valid");
            seen(&line, schema_of_line, &schema, kind, &mut met);
        }
    }
    let unmet: Vec<_> = named(&schema).difference(&met).cloned().collect();
    assert!(unmet.is_empty(), "no run has {unmet:?}");
}

fn assert_valid(valid: &Validator, line: &Value, run: &str) {
    // A line that is none of several says so of each; the one of its type is what a reader wants to see.
    let wrong: Vec<String> =
        valid.iter_errors(line).map(|error| error.to_string().chars().take(600).collect()).collect();
    assert!(wrong.is_empty(), "{run}: {} {wrong:?}", line["type"]);
}

#[test]
fn what_is_no_line_of_a_report_is_refused() {
    let schema = serde_json::to_value(output_schema()).expect("a schema");
    let valid = jsonschema::validator_for(&schema).expect("a valid schema");
    for wrong in [
        json!({}),
        json!({ "type": "verdict" }),
        json!({ "type": "gone", "dossier": "a", "verdict_before": "guilty" }),
        json!({ "type": "gone", "dossier": "a" }),
        json!({ "type": "hub", "kind": "phone", "value": "+1 202 555 0100", "holders": "many" }),
    ] {
        assert!(!valid.is_valid(&wrong), "{wrong}");
    }
    assert!(valid.is_valid(&json!({ "type": "gone", "dossier": "a", "verdict_before": "review" })));
}
