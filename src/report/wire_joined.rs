//! What a line of `falseface.output/1` says of records that were joined, and of those that were not.

use super::wire_parts::{Each, SourceLine};
use crate::dossier::Locator;
use crate::screening::{Contested, JoinedSource, Joining};
use serde::Serialize;

/// Which records of the run were joined.
#[derive(Serialize)]
pub(super) struct JoiningLine<'a> {
    records: usize,
    people: usize,
    contested: Each<'a, Contested, ContestedLine<'a>>,
    unheard: &'a [String],
}

impl<'a> JoiningLine<'a> {
    pub(super) fn new(joining: &'a Joining) -> Self {
        Self {
            records: joining.records,
            people: joining.people,
            contested: Each(&joining.contested, ContestedLine::new),
            unheard: &joining.unheard,
        }
    }
}

/// An identifier that different names claim.
#[derive(Serialize)]
struct ContestedLine<'a> {
    identifiers: &'a [String],
    names: &'a [String],
    records: Each<'a, Locator, SourceLine<'a>>,
}

impl<'a> ContestedLine<'a> {
    fn new(contested: &'a Contested) -> Self {
        Self {
            identifiers: &contested.identifiers,
            names: &contested.names,
            records: Each(&contested.records, SourceLine::new),
        }
    }
}

/// A source of a joined record.
#[derive(Serialize)]
pub(super) struct JoinedLine<'a> {
    name: &'a str,
    source: Option<&'a str>,
    by: &'a [String],
}

impl<'a> JoinedLine<'a> {
    pub(super) fn new(source: &'a JoinedSource) -> Self {
        Self { name: &source.name, source: source.source.as_deref(), by: &source.by }
    }
}

/// A person of whom there is one record.
#[derive(Serialize)]
pub(super) struct UnmatchedLine<'a> {
    r#type: &'static str,
    dossier: &'a str,
    source: SourceLine<'a>,
}

impl<'a> UnmatchedLine<'a> {
    pub(super) fn new(dossier: &'a str, source: &'a Locator) -> Self {
        Self { r#type: "unmatched", dossier, source: SourceLine::new(source) }
    }
}
