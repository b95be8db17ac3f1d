//! `falseface convert`: any supported input as canonical dossiers.

use super::args::ConvertArgs;
use super::exit::Exit;
use super::input::{self, Reading};
use super::output::{self, Output};
use std::collections::BTreeMap;
use std::io::Write;

/// Prints a dossier a line, in input order, with the digests of its portraits; what was lost goes to standard error.
///
/// # Errors
/// If an input that was named cannot be read, or nothing can be written.
pub(super) fn convert(args: &ConvertArgs) -> anyhow::Result<Exit> {
    let mut out = Output::open(args.output.as_deref())?;
    let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
    let reading = Reading { photos: true, ..Reading::default() };
    let rejected = input::each_of(
        input::open(&args.input, reading)?,
        &input::narrow(&args.input),
        |read| {
            for path in read.unknown_fields {
                *unknown.entry(path).or_default() += 1;
            }
            serde_json::to_writer(&mut out, &read.dossier)?;
            Ok(out.write_all(b"\n")?)
        },
        output::note,
    )?;
    out.finish()?;
    for (path, count) in unknown {
        output::note(&format!("unknown key {path}, {count} times: ignored"));
    }
    Ok(if args.strict && rejected { Exit::Rejected } else { Exit::Success })
}
