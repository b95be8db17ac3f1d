//! A first map for a table of candidates, before anything of it is read as people.

use super::candidate_table;
use super::error::IngestError;
use super::inputs::Input;
use super::options::ReadOptions;
use super::reader;

/// A map of the columns of a table of candidates, as TOML: those that are known, and the others as comments.
///
/// # Errors
/// If the file cannot be read or holds no table.
pub fn suggest_map(input: &Input, options: &ReadOptions) -> Result<String, IngestError> {
    let options = ReadOptions { input_format: Some(candidate_table::NAME.to_owned()), ..options.clone() };
    let reader = reader::open(std::slice::from_ref(input), &options)?;
    let found = reader.first().and_then(|(opened, context)| candidate_table::propose(opened, &context));
    found.map_err(|reason| IngestError::Unreadable { path: input.name(), reason })
}
