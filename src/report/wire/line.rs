//! A line of the machine contract, and its JSON Schema.

use super::assessment::AssessmentLine;
use super::changes::GoneLine;
use super::clusters::{ClusterLine, HubLine};
use super::joined::UnmatchedLine;
use super::parts::AsideLine;
use super::run::RunLine;
use super::summary::SummaryLine;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// A line of a report in JSON Lines. Later versions of `falseface.output/1` may add fields, and lines of other types:
/// leave alone what you do not know.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(title = "falseface.output/1")]
pub(crate) enum Line<'a> {
    /// What the run was made with. The first line, once.
    Run(RunLine<'a>),
    /// One person.
    Assessment(AssessmentLine<'a>),
    /// People who share something.
    Cluster(ClusterLine<'a>),
    /// Something that too many people share to tie any of them.
    Hub(HubLine<'a>),
    /// A record or file that could not be read.
    Rejected(AsideLine<'a>),
    /// A file that is no export and was passed over.
    Skipped(AsideLine<'a>),
    /// A person of whom there is one record, in a run that was asked to join records.
    Unmatched(UnmatchedLine<'a>),
    /// A person of the earlier report that the run was held against, who was not met.
    Gone(GoneLine<'a>),
    /// What the run counted. The last line, once; a report without it is not complete.
    Summary(SummaryLine<'a>),
}

/// The JSON Schema (2020-12) of a line of `falseface.output/1`.
pub fn output_schema() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Line<'static>>()
}
