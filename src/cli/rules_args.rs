//! Arguments about rules, as typed.

use super::arg_groups::{AskArgs, ContentArgs, PrintArgs};
use super::choice::choice;
use clap::{ColorChoice, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List every rule with its weights.
    List(RulesListArgs),
    /// Show one rule, as written.
    Show(RulesShowArgs),
    /// Check rules, lexicons and lists, and run every example through the whole pipeline.
    Check(RulesCheckArgs),
    /// Show what two sets of content do not have alike, and whose verdict that moves.
    Diff(RulesDiffArgs),
    /// Write the file of a new rule, to be filled in.
    New(RulesNewArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesListArgs {
    #[command(flatten)]
    pub(super) content: ContentArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesShowArgs {
    /// The rule's name.
    pub(super) name: String,
    #[command(flatten)]
    pub(super) content: ContentArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesCheckArgs {
    /// Check the files of this folder, laid over the built-in content (repeatable) [default: the built-in content]
    #[arg(value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,
    /// Show what each rule that changed since this git revision would newly hit.
    #[arg(long, value_name = "REV")]
    pub(super) changed_since: Option<String>,
    /// On whom, with --changed-since (repeatable).
    #[arg(long, value_name = "INPUT", default_value = "samples")]
    pub(super) on: Vec<PathBuf>,
    /// Colours: auto, always or never.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesDiffArgs {
    /// A content folder, laid over the built-in content; `-` or `builtin` is the built-in content alone.
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// Another.
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// On whom: files or folders, which are read twice.
    #[arg(long, required = true, num_args = 1.., value_name = "INPUT")]
    pub(super) on: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) print: PrintArgs,
    /// What to print: terminal or json.
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = diff_format)]
    pub(super) format: DiffFormat,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 if somebody's verdict moves.
    #[arg(long)]
    pub(super) fail_on_change: bool,
    /// Number of threads; 0 means one for each processor.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesNewArgs {
    /// The rule's name: what is seen, in lower case with hyphens.
    pub(super) name: String,
    /// The family, which is its folder.
    #[arg(long, default_value = "conduct")]
    pub(super) family: String,
    /// What it is evaluated on.
    #[arg(long, default_value = "message")]
    pub(super) category: String,
    /// The content folder to write to.
    #[arg(long, value_name = "DIR", default_value = "rules")]
    pub(super) into: PathBuf,
}

/// How a difference of content is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DiffFormat {
    /// For a person.
    Terminal,
    /// For machines: `falseface.rules-diff/1`.
    Json,
}

fn diff_format(text: &str) -> Result<DiffFormat, String> {
    let word = |format| match format {
        DiffFormat::Terminal => "terminal",
        DiffFormat::Json => "json",
    };
    choice(text, &[DiffFormat::Terminal, DiffFormat::Json], word)
}
