//! What lines of the machine contract are made of: places, lists that are written as they are read, and rounded numbers.

use crate::dossier::Locator;
use serde::{Serialize, Serializer};

/// A list whose items are written otherwise than they are held, without a list in between.
pub(super) struct Each<'a, T, U>(pub(super) &'a [T], pub(super) fn(&'a T) -> U);

impl<T, U: Serialize> Serialize for Each<'_, T, U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

/// Appends a value as JSON.
pub(super) fn append(value: &impl Serialize, bytes: &mut Vec<u8>) {
    // Neither what is written nor a vector can fail: keys are strings, and memory is the allocator's.
    let written = serde_json::to_writer(bytes, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// Decibans, to a tenth.
pub(super) type Decibans = Rounded<1>;
/// A share from 0 to 1, to a hundredth.
pub(super) type Share = Rounded<2>;

/// A number to so many decimals; whole numbers without a point, never −0.
pub(super) struct Rounded<const DECIMALS: i32>(pub(super) f64);

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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where a record stood; only what is known of it.
#[derive(Serialize)]
pub(super) struct SourceLine<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
}

impl<'a> SourceLine<'a> {
    pub(super) fn new(source: &'a Locator) -> Self {
        Self {
            path: &source.path,
            entry: source.entry.as_deref(),
            line: source.line,
            pointer: source.pointer.as_deref(),
            offset: source.offset,
        }
    }
}
