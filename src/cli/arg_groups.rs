//! Arguments that several commands take: what to read, with which content, as of when, how to print, whether to link.

use super::choice::choice;
use crate::dossier::Date;
use crate::ingest::Limits;
use crate::link::DEFAULT_THRESHOLD;
use crate::screening::{Detector, RuleOff};
use clap::ColorChoice;
use std::path::PathBuf;

/// What to read and whom to look at.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct InputArgs {
    /// Files or folders to read; `-` is standard input.
    #[arg(required_unless_present = "code", value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// The folder of a repository that somebody sent: manifests, task files and settings are read, nothing is run (repeatable).
    #[arg(long, value_name = "DIR", help_heading = "Reading")]
    pub(super) code: Vec<PathBuf>,
    /// Take every input for this format instead of recognising it.
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub(super) input_format: Option<String>,
    /// Read every input as a table of candidates whose columns this file names (TOML; see `falseface map suggest`).
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub(super) map: Option<PathBuf>,
    /// Fill the countries and networks that observations lack from this database of addresses (MaxMind's format; repeatable).
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub(super) geoip: Vec<PathBuf>,
    /// Only this person: a name, a profile address, a mail address or a dossier id (repeatable).
    #[arg(long, value_name = "NAME|URL|ADDRESS", help_heading = "Reading")]
    pub(super) only: Vec<String>,
    /// Only this conversation, by its id (repeatable).
    #[arg(long, value_name = "ID", help_heading = "Reading")]
    pub(super) thread: Vec<String>,
    /// Only messages from this date on.
    #[arg(long, value_name = "DATE", help_heading = "Reading")]
    pub(super) since: Option<Date>,
    /// Also make a dossier of the person whose archive it is.
    #[arg(long, help_heading = "Reading")]
    pub(super) include_owner: bool,
    /// Whose archive or mailbox it is, by profile address, mail address or name, where that cannot be inferred.
    #[arg(long = "self", value_name = "URL|NAME", help_heading = "Reading")]
    pub(super) owner: Option<String>,
    #[command(flatten)]
    pub(super) join: JoinArgs,
    /// Reject records larger than this many bytes.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_record_bytes, help_heading = "Limits")]
    pub(super) max_record_bytes: usize,
    /// Reject records nested deeper than this.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_depth, help_heading = "Limits")]
    pub(super) max_depth: usize,
    /// Stop unpacking an archive's entry at this many bytes.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_entry_bytes, help_heading = "Limits")]
    pub(super) max_entry_bytes: u64,
    /// Stop unpacking an input at this many bytes.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_total_bytes, help_heading = "Limits")]
    pub(super) max_total_bytes: u64,
    /// Stop unpacking what grows more than this many times.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_ratio, help_heading = "Limits")]
    pub(super) max_ratio: u64,
    /// Refuse archives with more entries than this.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_entries, help_heading = "Limits")]
    pub(super) max_entries: usize,
    /// Leave portraits unread whose file has more than this many bytes.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_photo_bytes, help_heading = "Limits")]
    pub(super) max_photo_bytes: u64,
    /// Leave portraits unread that are wider or higher than this many pixels.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_photo_side, help_heading = "Limits")]
    pub(super) max_photo_side: u32,
    /// Leave portraits unread that take more than this many bytes unpacked.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_photo_memory, help_heading = "Limits")]
    pub(super) max_photo_memory: u64,
}

/// Whether several records of one person become one.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct JoinArgs {
    /// Join records by identifiers that have one owner (`exact`): mailbox, phone, account, file. Different names are never joined.
    #[arg(long, value_name = "HOW", default_value = "never", help_heading = "Reading")]
    pub(super) join: Joins,
    /// These are one person's: `li:ana-example,mail:ana@mail.example` (kinds: mail, tel, id, sha256, file, names of networks; repeatable).
    #[arg(long, value_name = "KIND:VALUE,...", help_heading = "Reading")]
    pub(super) same_person: Vec<String>,
}

/// What joins records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Joins {
    /// Nothing.
    #[default]
    Never,
    /// Identifiers that are exactly the same.
    Exact,
}

/// Which detection content to use.
#[derive(Debug, Default, clap::Args)]
pub(super) struct ContentArgs {
    /// Add or replace rules, lexicons, lists and tables by the files of this folder (repeatable).
    #[arg(long, value_name = "DIR", help_heading = "Rules")]
    pub(super) rules: Vec<PathBuf>,
    /// Leave this rule out, or only for one detector: `NAME:job_scam` (repeatable). Reports say what was left out.
    #[arg(long, value_name = "NAME[:DETECTOR]", value_parser = rule_off, help_heading = "Rules")]
    pub(super) exclude_rule: Vec<RuleOff>,
}

/// When it is, and what is asked.
#[derive(Debug, clap::Args)]
pub(super) struct AskArgs {
    /// The time of the run, to which ages are counted; recorded in every report [default: the clock]
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<Date>,
    /// Ask only this detector: fake_recruiter, concealed_freelancer or job_scam (repeatable).
    #[arg(long, value_name = "DETECTOR", value_parser = detector)]
    pub(super) detector: Vec<Detector>,
}

/// How to print.
#[derive(Debug, clap::Args)]
pub(super) struct PrintArgs {
    /// Colours: auto, always or never.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
    /// Columns of the terminal report [default: those of the terminal, else 100]
    #[arg(long, value_name = "N")]
    pub(super) width: Option<usize>,
}

/// Whether it is asked what records share.
#[derive(Debug, clap::Args)]
pub(super) struct LinkArgs {
    /// Assess each record by itself: do not ask what records share. Assessments then leave as they are made.
    #[arg(long, conflicts_with = "link_threshold", help_heading = "Linking")]
    no_link: bool,
    /// Least weight of evidence, in decibans, of what ties two records.
    #[arg(long, value_name = "DECIBANS", default_value_t = DEFAULT_THRESHOLD, help_heading = "Linking")]
    link_threshold: f64,
}

impl LinkArgs {
    /// From how many decibans on records are tied; `None` if they are not linked.
    pub(super) fn threshold(&self) -> Option<f64> {
        (!self.no_link).then_some(self.link_threshold)
    }
}

/// Earlier batches.
#[derive(Debug, clap::Args)]
pub(super) struct PastArgs {
    /// Hold the batch against earlier ones by this index of keyed hashes.
    #[arg(long, value_name = "FILE", requires = "index_key", conflicts_with = "no_link", help_heading = "Linking")]
    pub(super) index: Option<PathBuf>,
    /// The key that the index is made under: the bytes of this file, as they are.
    #[arg(long, value_name = "KEYFILE", requires = "index", help_heading = "Linking")]
    pub(super) index_key: Option<PathBuf>,
}

fn detector(text: &str) -> Result<Detector, String> {
    choice(text, &Detector::ALL, Detector::as_str)
}

fn rule_off(text: &str) -> Result<RuleOff, String> {
    let Some((rule, detector)) = text.split_once(':') else { return Ok(RuleOff::whole(text)) };
    Ok(RuleOff { rule: rule.to_owned(), detectors: vec![self::detector(detector)?] })
}

/// How a report is made fit to be shown to others.
#[derive(Debug, clap::Args)]
pub(super) struct ShareArgs {
    /// Show tokens in place of names, contacts, words and files, so that the report can be shown to others.
    #[arg(long)]
    pub(super) redact: bool,
    /// Make the tokens under the key of this file, so that they are the same in every report [default: a new key for each run]
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(super) redact_key: Option<PathBuf>,
}

/// What people decided before.
#[derive(Debug, clap::Args)]
pub(super) struct DecidedArgs {
    /// Give no points to the findings that this file sets aside (see `falseface suppress`); they stay visible.
    #[arg(long, value_name = "FILE")]
    pub(super) suppressions: Option<PathBuf>,
}
