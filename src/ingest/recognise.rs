//! Who reads a file that was met in a walked folder, by its first bytes or the names of its entries.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::adapter::Adapter;
use super::detect::{self, Passed, Seen};
use super::options::Limits;
use super::tree;
use super::unpack::Packing;
use std::fs::File;
use std::path::Path;

/// What a file was found to be.
pub(crate) struct Recognised {
    pub(crate) adapter: &'static Adapter,
    pub(crate) is_zip: bool,
}

/// Recognises a file that was met.
///
/// # Errors
/// Why it is not read.
pub(crate) fn file(
    name: &str,
    path: &Path,
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<Recognised, Passed> {
    let rejected = |reason: String| Passed::Rejected(format!("could not read the file: {reason}"));
    let mut file = File::open(path).map_err(|error| rejected(error.to_string()))?;
    let head = detect::take_head(&mut file).map_err(|error| rejected(error.to_string()))?;
    let is_zip = Packing::of(&head) == Packing::Zip;
    let seen =
        if is_zip { Seen::Entries(tree::names_in_zip(file, limits).map_err(rejected)?) } else { Seen::Head(head) };
    Ok(Recognised { adapter: detect::met(name, &seen, forced, limits)?, is_zip })
}
