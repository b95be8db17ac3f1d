//! `falseface schema`: the JSON Schema of a format, generated from its types.

use super::args::{SchemaArgs, SchemaOf};
use super::exit::Exit;
use super::output::Output;
use crate::dossier::Dossier;
use crate::report::output_schema;
use std::io::Write;

/// Prints the schema.
///
/// # Errors
/// If nothing can be printed.
pub(super) fn schema(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let schema = match args.of {
        SchemaOf::Dossier => schemars::schema_for!(Dossier),
        SchemaOf::Output => output_schema(),
    };
    let mut out = Output::open(None)?;
    serde_json::to_writer_pretty(&mut out, &schema)?;
    out.write_all(b"\n")?;
    out.finish()?;
    Ok(Exit::Success)
}
