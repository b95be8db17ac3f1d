//! `falseface config show`: every option of `scan`, what it is set to, and where that is from.

use super::args::ScanArgs;
use super::command::negation_of;
use super::config::{Told, Used};
use super::config_args::ConfigShowArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::scan_options::ScanOptions;
use super::table;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command};
use serde::Serialize;
use std::io::Write;

/// The value of `schema`.
const SCHEMA: &str = "falseface.config/1";

/// One option.
#[derive(Debug, Serialize)]
struct Line {
    option: String,
    /// Words as they would be typed; empty where it is set to nothing.
    value: Vec<String>,
    from: String,
}

/// What is configured, for machines.
#[derive(Debug, Serialize)]
struct Shown<'u> {
    schema: &'static str,
    file: Option<String>,
    profile: Option<&'u str>,
    options: Vec<Line>,
    rules_off: Vec<RuleLine<'u>>,
}

/// A rule that the configuration switches off.
#[derive(Debug, Serialize)]
struct RuleLine<'u> {
    rule: &'u str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detectors: Vec<&'static str>,
    from: String,
}

/// Prints them.
///
/// # Errors
/// If nothing can be printed.
pub(super) fn show(args: &ConfigShowArgs, used: &Used) -> anyhow::Result<Exit> {
    let rules_off = used.switched().map(|(off, from)| {
        let detectors = off.detectors.iter().map(|detector| detector.as_str()).collect();
        RuleLine { rule: &off.rule, detectors, from }
    });
    let shown = Shown {
        schema: SCHEMA,
        file: used.file(),
        profile: used.profile(),
        options: lines(&args.options, &used.told()),
        rules_off: rules_off.collect(),
    };
    let mut out = Output::open(None)?;
    if args.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        out.write_all(b"\n")?;
    } else {
        print(&mut out, &shown)?;
    }
    out.finish()?;
    Ok(Exit::Success)
}

/// Every option of `scan`, in the order of help.
fn lines(options: &ScanOptions, told: &[Told]) -> Vec<Line> {
    let command = ScanArgs::augment_args(Command::new("scan"));
    let shown = command.get_arguments().filter(|argument| !argument.is_positional() && !argument.is_hide_set());
    shown
        .filter_map(|argument| {
            let (id, option) = (argument.get_id().as_str(), argument.get_long()?.to_owned());
            let configured = told.iter().find(|told| told.id == id);
            let from = match configured {
                Some(told) => told.origin.clone(),
                None if is_typed(&options.matches, argument) => "command line".to_owned(),
                None => "default".to_owned(),
            };
            Some(Line { option, value: values(&options.matches, id), from })
        })
        .collect()
}

/// Whether an option was typed, or taken back.
fn is_typed(matches: &ArgMatches, argument: &Arg) -> bool {
    let typed = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let is_flag = matches!(argument.get_action(), ArgAction::SetTrue);
    typed(argument.get_id().as_str()) || is_flag && typed(&negation_of(argument.get_id().as_str()))
}

fn values(matches: &ArgMatches, id: &str) -> Vec<String> {
    if let Ok(Some(flag)) = matches.try_get_one::<bool>(id) {
        return vec![flag.to_string()];
    }
    let words = matches.get_raw(id).into_iter().flatten();
    words.map(|word| word.to_string_lossy().into_owned()).collect()
}

fn print(out: &mut impl Write, shown: &Shown<'_>) -> anyhow::Result<()> {
    let file = shown.file.as_deref().unwrap_or("no configuration");
    let profile = shown.profile.map_or_else(String::new, |profile| format!(", profile {profile}"));
    writeln!(out, "{}", output::safe(&format!("{file}{profile}")))?;
    let row = |line: &Line| {
        let value = if line.value.is_empty() { "-".to_owned() } else { line.value.join(", ") };
        [line.option.clone(), output::safe(&value), output::safe(&line.from)]
    };
    table::print(out, ["option", "value", "from"], &shown.options.iter().map(row).collect::<Vec<_>>())?;
    for RuleLine { rule, detectors, from } in &shown.rules_off {
        let only = if detectors.is_empty() { String::new() } else { format!(" for {}", detectors.join(", ")) };
        writeln!(out, "{}", output::safe(&format!("the rule {rule} is off{only}  {from}")))?;
    }
    Ok(())
}
