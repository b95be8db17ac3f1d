//! `falseface schema`: the JSON Schema of a format, generated from its types.

use super::args::SchemaArgs;
use super::exit::Exit;
use super::output::Output;
use crate::dossier::Dossier;
use std::io::Write;

/// Prints the schema.
///
/// # Errors
/// If nothing can be printed.
pub(super) fn schema(_args: &SchemaArgs) -> anyhow::Result<Exit> {
    let mut out = Output::open(None)?;
    serde_json::to_writer_pretty(&mut out, &schemars::schema_for!(Dossier))?;
    out.write_all(b"\n")?;
    out.finish()?;
    Ok(Exit::Success)
}
