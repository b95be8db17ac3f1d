//! What lines of the machine contract are made of: places, lists that are written as they are read, and rounded numbers.

use crate::dossier::Locator;
use crate::screening::{Detector, PerDetector};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A list whose items are written otherwise than they are held, without a list in between.
pub(crate) struct Each<'a, T, U>(pub(crate) &'a [T], pub(crate) fn(&'a T) -> U);

impl<T, U: Serialize> Serialize for Each<'_, T, U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

impl<T, U: JsonSchema> JsonSchema for Each<'_, T, U> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<U>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<U>::json_schema(generator)
    }
}

/// A value for each detector that was asked, or that a rule speaks to.
pub(crate) struct ByDetector<T>(pub(crate) PerDetector<Option<T>>);

impl<T: Serialize> Serialize for ByDetector<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.0.iter().filter_map(|(detector, value)| Some((detector.as_str(), value.as_ref()?)));
        serializer.collect_map(values)
    }
}

impl<T: JsonSchema> JsonSchema for ByDetector<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("by_detector_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        let values = Detector::ALL.into_iter().map(|detector| (detector.as_str().to_owned(), value.clone().into()));
        json_schema!({ "type": "object", "properties": values.collect::<serde_json::Map<_, _>>() })
    }
}

/// Appends a value as JSON.
pub(crate) fn append(value: &impl Serialize, bytes: &mut Vec<u8>) {
    // Neither what is written nor a vector can fail: keys are strings, and memory is the allocator's.
    let written = serde_json::to_writer(bytes, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// Decibans, to a tenth.
pub(crate) type Decibans = Rounded<1>;
/// A share from 0 to 1, to a hundredth.
pub(crate) type Share = Rounded<2>;

/// A number to so many decimals; whole numbers without a point, never −0.
pub(crate) struct Rounded<const DECIMALS: i32>(pub(crate) f64);

impl<const DECIMALS: i32> Serialize for Rounded<DECIMALS> {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within the range that f64 holds exactly")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scale = 10_f64.powi(DECIMALS);
        let rounded = (self.0 * scale).round() / scale;
        if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

impl JsonSchema for Decibans {
    fn schema_name() -> Cow<'static, str> {
        "decibans".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "Weight of evidence in decibans, to a tenth." })
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "A share, to a hundredth.", "minimum": 0, "maximum": 1 })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where a record stood; only what is known of it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "source")]
pub(crate) struct SourceLine<'a> {
    /// The file, as it was named or found.
    path: &'a str,
    /// The entry, in an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// JSON Pointer in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    /// The byte in the file, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
}

impl<'a> SourceLine<'a> {
    pub(crate) fn new(source: &'a Locator) -> Self {
        Self {
            path: &source.path,
            entry: source.entry.as_deref(),
            line: source.line,
            pointer: source.pointer.as_deref(),
            offset: source.offset,
        }
    }
}

/// Something that did not become a dossier.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "aside")]
pub(crate) struct AsideLine<'a> {
    /// Where it stood.
    source: SourceLine<'a>,
    /// Why, and what to do.
    reason: &'a str,
}

impl<'a> AsideLine<'a> {
    pub(crate) fn new(source: &'a Locator, reason: &'a str) -> Self {
        Self { source: SourceLine::new(source), reason }
    }
}
