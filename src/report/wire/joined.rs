//! Records that were joined and those that were not, as the machine contract has them.

use super::parts::{Each, SourceLine};
use crate::dossier::Locator;
use crate::screening::{Contested, JoinedSource, Joining};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "joining")]
pub(crate) struct JoiningLine<'a> {
    /// Records that were joined.
    records: usize,
    /// People that they became.
    people: usize,
    /// Identifiers that joined nobody, because different names claim them.
    contested: Each<'a, Contested, ContestedLine<'a>>,
    /// What somebody said to be a person's and no record has.
    unheard: &'a [String],
}

impl<'a> JoiningLine<'a> {
    pub(crate) fn new(joining: &'a Joining) -> Self {
        Self {
            records: joining.records,
            people: joining.people,
            contested: Each(&joining.contested, ContestedLine::new),
            unheard: &joining.unheard,
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "contested")]
struct ContestedLine<'a> {
    /// What the records share.
    identifiers: &'a [String],
    /// The names that they show.
    names: &'a [String],
    /// Where they stood.
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

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "joined")]
pub(crate) struct JoinedLine<'a> {
    /// What evidence calls it as its `origin`.
    name: &'a str,
    /// The file.
    source: Option<&'a str>,
    /// What ties it to the others.
    by: &'a [String],
}

impl<'a> JoinedLine<'a> {
    pub(crate) fn new(source: &'a JoinedSource) -> Self {
        Self { name: &source.name, source: source.source.as_deref(), by: &source.by }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "unmatched")]
pub(crate) struct UnmatchedLine<'a> {
    /// The person's id.
    dossier: &'a str,
    /// Where the record stood.
    source: SourceLine<'a>,
}

impl<'a> UnmatchedLine<'a> {
    pub(crate) fn new(dossier: &'a str, source: &'a Locator) -> Self {
        Self { dossier, source: SourceLine::new(source) }
    }
}
