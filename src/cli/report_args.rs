//! How `scan` lays what it found before readers.

use super::choice::choice;
use crate::report::{Format, Order, Tlp};
use crate::screening::Verdict;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "a flag is typed or not")]
pub(super) struct ReportArgs {
    /// What to print: terminal, jsonl, html, csv, xlsx, sarif, stix or ocsf (see docs/reports.md).
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format)]
    pub(super) format: Format,
    /// With whom a bundle of stix may be shared: clear, green, amber, amber+strict or red.
    #[arg(long, value_name = "MARKING", value_parser = tlp)]
    pub(super) tlp: Option<Tlp>,
    /// In the terminal: a table with a line for each person, the most urgent first, instead of what was found.
    #[arg(long)]
    pub(super) summary: bool,
    /// Show only people at this verdict or above: insufficient, nothing, review or escalate
    /// [default: review in terminal, sarif and ocsf, escalate in stix, else everybody]
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    pub(super) min_verdict: Option<Verdict>,
    /// The order of people: as they were read (input), or those who are to be looked at first (urgency).
    #[arg(long, value_name = "ORDER", default_value = "input", value_parser = order)]
    pub(super) order: Order,
    /// On the page: show points in the table of people too, to sort by.
    #[arg(long)]
    pub(super) points: bool,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Keep a record beside the report: of everybody, with all that was found, in JSON Lines, as FILE.jsonl.
    #[arg(long, requires = "output")]
    pub(super) record: bool,
    /// Open the report, once it is complete, with what this machine opens such files with.
    #[arg(long, requires = "output")]
    pub(super) open: bool,
}

fn verdict(text: &str) -> Result<Verdict, String> {
    choice(text, &Verdict::ALL, Verdict::as_str)
}

fn format(text: &str) -> Result<Format, String> {
    choice(text, Format::ALL, Format::as_str)
}

fn tlp(text: &str) -> Result<Tlp, String> {
    choice(text, &Tlp::ALL, Tlp::as_str)
}

fn order(text: &str) -> Result<Order, String> {
    choice(text, &Order::ALL, Order::as_str)
}
