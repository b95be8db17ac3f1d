//! Arguments as typed. What they mean to the stages is worked out by the command that takes them.

use super::arg_groups::{AskArgs, ContentArgs, DecidedArgs, InputArgs, LinkArgs, PastArgs, PrintArgs, ShareArgs};
use super::choice::choice;
use super::config_args::{ConfigArgs, ConfigCommand, DoctorArgs};
use super::index_args::IndexCommand;
use super::report_args::ReportArgs;
use super::rules_args::RulesCommand;
use super::watchlist_args::{WatchArgs, WatchlistCommand};
use crate::dossier::Date;
use crate::link::DEFAULT_THRESHOLD;
use crate::report::ClusterFormat;
use crate::screening::Verdict;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Says which documented signs of a fake recruiter, a concealed-identity freelancer or a job scam an export shows,
/// with the words that show it.
///
/// It reads exported profiles and messages, offline. A finding is a reason to verify, not a verdict about a person;
/// nothing found is not clearance.
#[derive(Debug, Parser)]
#[command(name = "falseface", version, max_term_width = 100)]
pub(super) struct Args {
    /// Read by `config`, before commands are.
    #[command(flatten)]
    pub(super) configuration: ConfigArgs,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Screen everybody in the given exports.
    Scan(ScanArgs),
    /// Show who is in an export, without judging anybody.
    List(ListArgs),
    /// Show who shares what: contacts, accounts, documents, texts; without judging anybody.
    Clusters(ClustersArgs),
    /// Show why one person is assessed as they are: conditions, values, the score as a sum.
    Explain(ExplainArgs),
    /// Show, check and write rules.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Look after an index of earlier batches.
    #[command(subcommand)]
    Index(IndexCommand),
    /// Measure detectors and rules on labelled records.
    Evaluate(EvaluateArgs),
    /// Print the facts that rules read, as JSON Lines.
    Facts(FactsArgs),
    /// Set a finding aside that a person has looked into, with a reason, an author and a last day.
    Suppress(SuppressArgs),
    /// Print any supported input as canonical dossiers, as JSON Lines.
    Convert(ConvertArgs),
    /// Help with tables of candidates.
    #[command(subcommand)]
    Map(MapCommand),
    /// Print a JSON Schema.
    Schema(SchemaArgs),
    /// Print the script by which a shell completes commands and options.
    Completions(CompletionsArgs),
    /// Print the manual, or write a page for each command.
    Man(ManArgs),
    /// Say what this build can read, and whether what a scan would use is there; fails if something is wrong.
    Doctor(DoctorArgs),
    /// Show what is configured, and where.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Check watchlists, and make lists of hashes that can be given away.
    #[command(subcommand)]
    Watchlist(WatchlistCommand),
}

#[derive(Debug, Subcommand)]
pub(super) enum MapCommand {
    /// Print a first map for a table of candidates, to be completed by hand and given as --map.
    Suggest(MapSuggestArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct MapSuggestArgs {
    /// The table; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(super) table: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct ScanArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) linking: LinkArgs,
    #[command(flatten)]
    pub(super) past: PastArgs,
    #[command(flatten)]
    pub(super) content: ContentArgs,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
    #[command(flatten)]
    pub(super) print: PrintArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Report only what is new, changed or gone since this earlier report in JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) decided: DecidedArgs,
    #[command(flatten)]
    pub(super) share: ShareArgs,
    /// Exit with 1 if somebody is at this verdict or above: review, escalate or never.
    #[arg(long, value_name = "VERDICT", default_value = "never", value_parser = fail_on)]
    pub(super) fail_on: FailOn,
    /// Exit with 3 if a record was rejected.
    #[arg(long)]
    pub(super) strict: bool,
    /// Number of threads; 0 means one for each processor.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Records handed to the threads at once.
    #[arg(long, value_name = "N", default_value_t = 256, hide = true)]
    pub(super) chunk: usize,
    /// Print hits and time of each rule to standard error at the end.
    #[arg(long)]
    pub(super) stats: bool,
    /// Show no progress.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) linking: LinkArgs,
    #[command(flatten)]
    pub(super) past: PastArgs,
    #[command(flatten)]
    pub(super) content: ContentArgs,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
    #[command(flatten)]
    pub(super) decided: DecidedArgs,
    #[command(flatten)]
    pub(super) print: PrintArgs,
    /// Whom: the dossier's id, as `scan` and `list` show it.
    #[arg(long, value_name = "ID")]
    pub(super) dossier: String,
    /// Which rule, hit or not (repeatable) [default: every rule that hit]
    #[arg(long, value_name = "NAME")]
    pub(super) rule: Vec<String>,
    /// What would change: remove=RULE (repeatable).
    #[arg(long, value_name = "CHANGE", value_parser = what_if)]
    pub(super) what_if: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct SuppressArgs {
    /// The finding's fingerprint, or its first digits.
    #[arg(value_name = "FINGERPRINT")]
    pub(super) fingerprint: String,
    /// The report in JSON Lines that has it.
    #[arg(long, value_name = "REPORT")]
    pub(super) from: PathBuf,
    /// What was found out.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: String,
    /// Who found it out.
    #[arg(long, value_name = "NAME")]
    pub(super) author: String,
    /// The last day on which it is set aside, such as 2027-05-01.
    #[arg(long, value_name = "DATE")]
    pub(super) expires: Date,
    /// The file that the entry is added to.
    #[arg(long, value_name = "FILE", default_value = "falseface-suppressions.toml")]
    pub(super) suppressions: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct EvaluateArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) linking: LinkArgs,
    #[command(flatten)]
    pub(super) content: ContentArgs,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) print: PrintArgs,
    /// What people decided: a tab-separated table with `id` and either a column for each detector (1, 0 or nothing) or
    /// a column `label` (a detector's name or honest), and `cluster` and `language` where known
    /// [default: the `labels` of the records]
    #[arg(long, value_name = "FILE")]
    pub(super) labels: Option<PathBuf>,
    /// The share of positives among those whom you will screen, such as 0.01; without it no precision is shown.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(super) prevalence: Option<f64>,
    /// Misses and false alarms to show of each detector.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) worst: usize,
    /// What to print: terminal, json or html.
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = evaluation_format)]
    pub(super) format: EvaluationFormat,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 3 if a record was rejected.
    #[arg(long)]
    pub(super) strict: bool,
    /// Number of threads; 0 means one for each processor.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Show no progress.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct FactsArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) content: ContentArgs,
    #[command(flatten)]
    pub(super) ask: AskArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 3 if a record was rejected.
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ClustersArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) content: ContentArgs,
    #[command(flatten)]
    pub(super) print: PrintArgs,
    /// Format: terminal, jsonl, dot or graphml.
    #[arg(long, default_value = "terminal", value_parser = cluster_format)]
    pub(super) format: ClusterFormat,
    /// Least weight of evidence of a tie, in decibans.
    #[arg(long, value_name = "DECIBANS", default_value_t = DEFAULT_THRESHOLD)]
    pub(super) link_threshold: f64,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 3 if a record was rejected.
    #[arg(long)]
    pub(super) strict: bool,
    /// Number of threads; 0 means one for each processor.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Show no progress.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// For which shell.
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Write one file for each command to this folder, which is made if need be [default: all pages to standard output]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// Of what: the record (dossier), or a line of a report in JSON Lines (output).
    #[arg(value_parser = schema_of)]
    pub(super) of: SchemaOf,
}

/// What a JSON Schema is printed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaOf {
    /// `falseface.dossier/1`.
    Dossier,
    /// `falseface.output/1`.
    Output,
}

/// How an evaluation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EvaluationFormat {
    /// For a person.
    Terminal,
    /// For machines: `falseface.evaluation/1`.
    Json,
    /// One page.
    Html,
}

/// From which verdict on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FailOn(pub(super) Option<Verdict>);

fn fail_on(text: &str) -> Result<FailOn, String> {
    let word = |FailOn(verdict)| verdict.map_or("never", Verdict::as_str);
    choice(text, &[FailOn(None), FailOn(Some(Verdict::Review)), FailOn(Some(Verdict::Escalate))], word)
}

fn cluster_format(text: &str) -> Result<ClusterFormat, String> {
    choice(text, &ClusterFormat::ALL, ClusterFormat::as_str)
}

fn evaluation_format(text: &str) -> Result<EvaluationFormat, String> {
    let word = |format| match format {
        EvaluationFormat::Terminal => "terminal",
        EvaluationFormat::Json => "json",
        EvaluationFormat::Html => "html",
    };
    choice(text, &[EvaluationFormat::Terminal, EvaluationFormat::Json, EvaluationFormat::Html], word)
}

fn schema_of(text: &str) -> Result<SchemaOf, String> {
    let word = |of| match of {
        SchemaOf::Dossier => "dossier",
        SchemaOf::Output => "output",
    };
    choice(text, &[SchemaOf::Dossier, SchemaOf::Output], word)
}

fn share(text: &str) -> Result<f64, String> {
    let within = |share: &f64| *share > 0.0 && *share < 1.0;
    text.parse().ok().filter(within).ok_or_else(|| "expected a share between 0 and 1, such as 0.01".to_owned())
}

fn what_if(text: &str) -> Result<String, String> {
    text.strip_prefix("remove=").map(str::to_owned).ok_or_else(|| "expected remove=RULE".to_owned())
}
