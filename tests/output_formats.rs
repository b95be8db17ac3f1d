//! What spreadsheets and other programs get of every sample: well-formed, safe to open, and as it was before.

#![expect(clippy::disallowed_methods, reason = "the test reads schemas")]

mod common;

use common::{SAMPLES, now, samples};
use falseface::Options;
use falseface::ingest::ReadOptions;
use falseface::report::{Format, Style, Tlp};
use jsonschema::{Retrieve, Uri};
use serde_json::Value;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn report(sample: &str, format: Format) -> String {
    String::from_utf8(report_bytes(sample, format)).expect("UTF-8")
}

fn report_bytes(sample: &str, format: Format) -> Vec<u8> {
    let folder = PathBuf::from(SAMPLES).join(sample);
    let style = Style { tlp: Tlp::Amber, ..Style::default() };
    common::report_bytes(&[folder], &Options::at(now()), &ReadOptions::default(), format, style)
}

/// The digest of the rules changes with every rule; what was found is what a snapshot is about.
fn scrubbed(report: &str) -> String {
    let (digest, count) = (&common::detection().digest, common::detection().rules.rules().len());
    report.replace(digest, "[digest]").replace(&format!("\"count\":{count}}}"), "\"count\":[count]}")
}

/// Asserts that a value is as a vendored schema has it.
fn assert_valid(validator: &jsonschema::Validator, value: &Value) {
    let mistakes: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

fn schema(name: &str) -> Value {
    let text = fs::read_to_string(format!("tests/schemas/{name}")).expect("the schema is vendored");
    serde_json::from_str(&text).expect("the schema is JSON")
}

#[test]
fn csv_of_samples() {
    for (sample, _) in samples() {
        let report = report(&sample, Format::Csv);
        let text = report.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        assert!(rows.records().all(|row| row.is_ok_and(|row| row.len() == 27)), "rows are of one length");
        insta::assert_snapshot!(format!("csv-{sample}"), report);
    }
}

#[test]
fn sarif_of_samples_is_as_its_schema_has_it() {
    let validator = jsonschema::options().build(&schema("sarif-2.1.0.json")).expect("a schema");
    let mut all = 0;
    for (sample, _) in samples() {
        let report = report(&sample, Format::Sarif);
        let log: Value = serde_json::from_str(&report).expect("JSON");
        assert_valid(&validator, &log);
        let results = log["runs"][0]["results"].as_array().expect("results");
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        all += results.len();
        for result in results {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "every result has its rule");
        }
        insta::assert_snapshot!(format!("sarif-{sample}"), scrubbed(&report));
    }
    assert!(all > 100, "{all} results");
}

/// The sheets of a workbook as text, rows by line, cells between bars; fails on any formula.
#[cfg(feature = "spreadsheets")]
fn sheets(workbook: Vec<u8>) -> String {
    use calamine::{Reader, Xlsx};
    use std::fmt::Write as _;

    let mut book = Xlsx::new(std::io::Cursor::new(workbook)).expect("a workbook");
    let mut text = String::new();
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "{name} has a formula");
        let _ = writeln!(text, "== {name}");
        for row in book.worksheet_range(&name).expect("a sheet").rows() {
            let cells: Vec<_> = row.iter().map(|cell| cell.to_string().replace('\n', " / ")).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
    }
    text
}

#[cfg(feature = "spreadsheets")]
#[test]
fn xlsx_of_samples() {
    for (sample, _) in samples() {
        let workbook = report_bytes(&sample, Format::Xlsx);
        assert_eq!(workbook, report_bytes(&sample, Format::Xlsx), "same bytes again");
        let text = sheets(workbook);
        let (digest, count) = (&common::detection().digest, common::detection().rules.rules().len());
        let text = text.replace(&format!("{count} (sha256 {digest})"), "[count] (sha256 [digest])");
        insta::assert_snapshot!(format!("xlsx-{sample}"), text);
    }
}

/// Finds the schemas of STIX where they are vendored.
struct Vendored;

impl Retrieve for Vendored {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let (_, path) = uri.as_str().rsplit_once("/schemas/").ok_or("no schema of STIX")?;
        Ok(schema(&format!("stix-2.1/{path}")))
    }
}

/// Asserts that a bundle and each of its objects are as STIX has them, and that all objects bear the marking.
fn assert_bundle(report: &str, marking: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(report).expect("JSON");
    assert_eq!(bundle["type"], "bundle");
    assert!(bundle["id"].as_str().is_some_and(|id| id.starts_with("bundle--") && id.len() == 44));
    let objects = bundle["objects"].as_array().expect("objects");
    let mut ids = BTreeSet::new();
    for object in objects {
        let kind = object["type"].as_str().expect("a type");
        let folder = match kind {
            "domain-name" => "observables",
            "marking-definition" => "common",
            _ => "sdos",
        };
        let schema = schema(&format!("stix-2.1/{folder}/{kind}.json"));
        let validator = jsonschema::options().with_retriever(Vendored).build(&schema).expect("a schema");
        assert_valid(&validator, object);
        let id = object["id"].as_str().expect("an id");
        assert!(ids.insert(id), "{id} stands twice");
        if kind == "marking-definition" {
            assert_eq!(id, marking);
        } else {
            assert_eq!(object["object_marking_refs"], serde_json::json!([marking]), "{kind} bears the marking");
        }
    }
    objects.clone()
}

const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

#[test]
fn stix_of_samples_is_as_its_schemas_have_it() {
    for (sample, _) in samples() {
        let report = report(&sample, Format::Stix);
        assert_bundle(&report, AMBER);
        insta::assert_snapshot!(format!("stix-{sample}"), report);
    }
}

#[test]
fn stix_shares_imitations_and_nothing_of_anybody_else() {
    let all: Vec<Value> = ["recruiters", "contractors", "honest", "job-offers", "job-adverts", "mail", "batch"]
        .into_iter()
        .flat_map(|sample| assert_bundle(&report(sample, Format::Stix), AMBER))
        .collect();
    let domains: Vec<&str> = all
        .iter()
        .filter(|object| object["type"] == "domain-name")
        .filter_map(|object| object["value"].as_str())
        .collect();
    assert!(domains.contains(&"helix-aerospace-careers.example"), "in a contact: {domains:?}");
    assert!(domains.contains(&"zo0m.example"), "in a link among the words of a message: {domains:?}");
    // The employer whose name is used, and the provider of a mailbox.
    assert!(
        !domains.iter().any(|domain| matches!(*domain, "helix-aerospace.example" | "freemail.example")),
        "{domains:?}"
    );
    let text = serde_json::to_string(&all).expect("JSON");
    assert!(!text.contains('@'), "no mailbox goes out");
}

#[test]
fn ocsf_of_samples_is_as_its_class_has_it() {
    let validator = jsonschema::options().build(&schema("ocsf-1.5.0-detection-finding.json")).expect("a schema");
    let mut all = 0;
    for (sample, _) in samples() {
        let report = report(&sample, Format::Ocsf);
        for line in report.lines() {
            let event: Value = serde_json::from_str(line).expect("JSON");
            assert_valid(&validator, &event);
            assert!(line.len() < 8 * 1024);
            all += 1;
        }
        insta::assert_snapshot!(format!("ocsf-{sample}"), report);
    }
    assert!(all > 100, "{all} events");
}
