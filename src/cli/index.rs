//! `falseface index`: what an index of earlier batches holds, and how it forgets.

use super::exit::Exit;
use super::index_args::{IndexForgetArgs, IndexFormat, IndexShowArgs};
use super::index_file::{self, IndexFile};
use super::output::{self, Output};
use super::{key_file, table};
use crate::dossier::{Date, hex};
use crate::link::ledger::{self, BatchSummary};
use anyhow::Context;
use serde::Serialize;
use std::io::Write;

/// Digits of the inputs' hash that a person is shown.
const SHOWN: usize = 12;

/// Verifies an index and prints its batches, the earliest first.
///
/// # Errors
/// If the key or the index cannot be read, the index is not as it was written, or nothing can be printed.
pub(super) fn show(args: &IndexShowArgs) -> anyhow::Result<Exit> {
    let key = key_file::read(&args.index.index_key)?;
    let path = &args.index.index;
    let batches = ledger::verify(index_file::open(path)?, &key)
        .with_context(|| format!("could not use the index {}", path.display()))?;
    let mut out = Output::open(None)?;
    match args.format {
        IndexFormat::Terminal => print(&mut out, &batches, &key.name())?,
        IndexFormat::JsonLines => print_lines(&mut out, &batches)?,
    }
    out.finish()?;
    Ok(Exit::Success)
}

fn print(out: &mut impl Write, batches: &[BatchSummary], key: &str) -> anyhow::Result<()> {
    let columns = ["batch", "scanned", "falseface", "records", "keys", "hubs", "bytes", "inputs"];
    let rows: Vec<[String; 8]> = batches.iter().zip(1..).map(|(batch, number)| row(batch, number)).collect();
    table::print(out, columns, &rows)?;
    let batches = output::counted(batches.len(), "batch", "batches");
    writeln!(out, "{batches}, as written under the key {key}")?;
    Ok(())
}

fn row(batch: &BatchSummary, number: u32) -> [String; 8] {
    let mut inputs = hex(&batch.scan.inputs());
    inputs.truncate(SHOWN);
    [
        number.to_string(),
        batch.scan.day().to_string(),
        output::safe(batch.scan.version()),
        batch.records.to_string(),
        batch.keys.to_string(),
        batch.hubs.to_string(),
        batch.bytes.to_string(),
        inputs,
    ]
}

/// A batch, for machines.
#[derive(Serialize)]
struct Line<'b> {
    r#type: &'static str,
    /// From 1.
    batch: u32,
    scanned: Date,
    version: &'b str,
    records: u32,
    keys: u32,
    hubs: u32,
    bytes: u64,
    inputs: String,
}

fn print_lines(out: &mut impl Write, batches: &[BatchSummary]) -> anyhow::Result<()> {
    for (batch, number) in batches.iter().zip(1..) {
        let line = Line {
            r#type: "batch",
            batch: number,
            scanned: batch.scan.day(),
            version: batch.scan.version(),
            records: batch.records,
            keys: batch.keys,
            hubs: batch.hubs,
            bytes: batch.bytes,
            inputs: hex(&batch.scan.inputs()),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Drops what was scanned before a date, and says what is left.
///
/// # Errors
/// If the key or the index cannot be read, the index is not as it was written, another process changes it, or it cannot
/// be written; then it is as it was.
pub(super) fn forget(args: &IndexForgetArgs) -> anyhow::Result<Exit> {
    let key = key_file::read(&args.index.index_key)?;
    let (path, before) = (&args.index.index, args.before);
    // Nothing is put beside an index that is not there.
    index_file::open(path)?;
    let file = IndexFile::lock(path)?;
    let mut aside = file.aside()?;
    let forgotten = ledger::forget(file.open()?, before, &key, &mut aside)
        .with_context(|| format!("could not use the index {}", path.display()))?;
    if !forgotten.dropped.is_empty() {
        file.replace(aside)?;
    }
    let said = |batches: &[BatchSummary]| {
        let records: usize = batches.iter().map(|batch| batch.records as usize).sum();
        let batches = output::counted(batches.len(), "batch", "batches");
        format!("{batches} with {}", output::counted(records, "record", "records"))
    };
    let mut out = Output::open(None)?;
    let (gone, left) = (said(&forgotten.dropped), said(&forgotten.kept));
    writeln!(out, "Scanned before {before} and forgotten: {gone}. Left: {left}.")?;
    out.finish()?;
    Ok(Exit::Success)
}
