//! Facts: from a dossier to elements, a pure function.
//!
//! A fact is a value and the place where it was read. Nothing here judges; rules do.

mod catalogue;
mod element;

pub use catalogue::{CATALOGUE, Field, FieldSet, FieldSpec, Kind};
pub use element::{Category, Element, Elements, ElementsBuilder, Fact, Known, Origin, Value};

use crate::content::Content;
use crate::dossier::{Date, Dossier};

/// Every element of a dossier, with its facts. `now` is the time of the run.
pub fn facts<'d>(dossier: &'d Dossier, _content: &Content, _now: Date) -> Elements<'d> {
    Elements::builder(dossier).finish()
}
