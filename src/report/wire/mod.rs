//! The machine contract `falseface.output/1` as types: what a line holds, in the order of its fields, borrowed from the outcome.
//!
//! Fields are added, never renamed or reused. Their comments are the descriptions of the JSON Schema and of `docs/output.md`.

pub(super) mod assessment;
pub(super) mod changes;
pub(super) mod clusters;
pub(super) mod findings;
pub(super) mod joined;
pub(super) mod line;
pub(super) mod parts;
pub(super) mod run;
pub(super) mod summary;
pub(super) mod used;
mod words;

pub use line::output_schema;
