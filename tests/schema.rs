//! The JSON Schema that is printed holds for what is printed, and refuses what is no dossier.

mod common;

use common::SAMPLES;
use falseface::Dossier;
use falseface::ingest::{self, Input, Item, ReadOptions};
use serde_json::json;

#[test]
fn every_converted_sample_is_valid() {
    let schema = serde_json::to_value(schemars::schema_for!(Dossier)).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let mut seen = 0;
    for item in ingest::open(&[Input::Path(SAMPLES.into())], &ReadOptions::default()).expect("samples") {
        let Item::Record(record) = item else { continue };
        let dossier = serde_json::to_value(record.read().expect("a record").dossier).expect("JSON");
        let found: Vec<String> = validator.iter_errors(&dossier).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{}: {found:?}", dossier["id"]);
        seen += 1;
    }
    assert!(seen >= 24, "{seen} samples");
    for wrong in [json!({ "role": "wizard" }), json!({ "messages": [{ "at": "yesterday" }] }), json!([])] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}
