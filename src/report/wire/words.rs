//! Closed lists of words as schemas: what verdicts, questions and levels are called.

use crate::screening::{Detector, Level, Verdict};
use schemars::{Schema, SchemaGenerator, json_schema};

pub(super) fn verdict(_: &mut SchemaGenerator) -> Schema {
    one_of(&Verdict::ALL.map(Verdict::as_str))
}

pub(super) fn level(_: &mut SchemaGenerator) -> Schema {
    one_of(&Level::ALL.map(Level::as_str))
}

pub(super) fn detectors(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": one_of(&Detector::ALL.map(Detector::as_str)) })
}

fn one_of(words: &[&str]) -> Schema {
    json_schema!({ "type": "string", "enum": words })
}
