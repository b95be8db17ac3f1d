//! Arguments of `falseface index`, as typed.

use super::choice::choice;
use crate::dossier::Date;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum IndexCommand {
    /// Verify an index and show its batches.
    Show(IndexShowArgs),
    /// Drop the batches that were scanned before a date.
    Forget(IndexForgetArgs),
}

/// Which index, and the key that it was made under.
#[derive(Debug, clap::Args)]
pub(super) struct IndexArgs {
    /// The index.
    #[arg(value_name = "FILE")]
    pub(super) index: PathBuf,
    /// The key that it was made under: the bytes of this file, as they are.
    #[arg(long, value_name = "KEYFILE")]
    pub(super) index_key: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct IndexShowArgs {
    #[command(flatten)]
    pub(super) index: IndexArgs,
    /// What to print: terminal or jsonl.
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = index_format)]
    pub(super) format: IndexFormat,
}

#[derive(Debug, clap::Args)]
pub(super) struct IndexForgetArgs {
    #[command(flatten)]
    pub(super) index: IndexArgs,
    /// Drop what was scanned before this date; batches of that day stay.
    #[arg(long, value_name = "DATE")]
    pub(super) before: Date,
}

/// How the batches of an index are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IndexFormat {
    /// For a person.
    Terminal,
    /// For machines.
    JsonLines,
}

fn index_format(text: &str) -> Result<IndexFormat, String> {
    let word = |format| match format {
        IndexFormat::Terminal => "terminal",
        IndexFormat::JsonLines => "jsonl",
    };
    choice(text, &[IndexFormat::Terminal, IndexFormat::JsonLines], word)
}
