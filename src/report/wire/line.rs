//! A line of the machine contract, and its JSON Schema.

use super::assessment::AssessmentLine;
use super::changes::GoneLine;
use super::clusters::{ClusterLine, HubLine};
use super::joined::UnmatchedLine;
use super::parts::AsideLine;
use super::run::RunLine;
use super::summary::SummaryLine;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

/// A line of a report in JSON Lines. Later versions of `falseface.output/1` may add fields, and lines of other types:
/// leave alone what you do not know.
#[derive(Serialize, JsonSchema)]
#[expect(clippy::large_enum_variant, reason = "a line is made, written and gone")]
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
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(never_null);
    settings.into_generator().into_root_schema_for::<Line<'static>>()
}

/// A field that may be left out is left out where it has no value, and never null.
fn never_null(schema: &mut Schema) {
    let required: Vec<Value> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, field) in fields.filter(|(name, _)| !required.contains(&Value::from(name.as_str()))) {
        if let Some(types) = field.get_mut("type").filter(|types| types.is_array()) {
            *types = types[0].take();
        }
        let reference = field.pointer("/anyOf/0/$ref").cloned();
        if let (Some(reference), Some(field)) = (reference, field.as_object_mut()) {
            field.remove("anyOf");
            field.insert("$ref".to_owned(), reference);
        }
    }
    transform_subschemas(&mut never_null, schema);
}
