//! `falseface rules list` and `rules show`: which rules there are, and one of them as written.

use super::arg_groups::ContentArgs;
use super::exit::Exit;
use super::load;
use super::output::{self, Output};
use super::rules_args::{RulesListArgs, RulesShowArgs};
use crate::report;
use crate::screening::{Detector, RuleInfo};
use std::io::Write;

/// Prints a line for each rule: name, family, element, weights, title.
///
/// # Errors
/// If the content is wrong or nothing can be printed.
pub(super) fn list(args: &RulesListArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, None)?;
    let rules = detection.rules.rules();
    let width = rules.iter().map(|rule| rule.info.name.len()).max().unwrap_or(0);
    let mut out = Output::open(None)?;
    writeln!(
        out,
        "{:width$}  {:12}  {:12}  {:>7}  {:>10}  {:>8}  seen",
        "rule", "family", "element", "recruit", "contractor", "job"
    )?;
    for rule in rules {
        let info = &rule.info;
        writeln!(
            out,
            "{:width$}  {:12}  {:12}  {:>7}  {:>10}  {:>8}  {}",
            info.name,
            info.family,
            rule.category.as_str(),
            weight(info, Detector::FakeRecruiter),
            weight(info, Detector::ConcealedFreelancer),
            weight(info, Detector::JobScam),
            info.title,
        )?;
    }
    writeln!(
        out,
        "{} rules, digest {}; weights in decibans",
        rules.len(),
        &detection.digest[..12.min(detection.digest.len())]
    )?;
    if let Some(off) = report::rules_off(detection.rules.off()) {
        writeln!(out, "{}", output::safe(&off))?;
    }
    out.finish()?;
    Ok(Exit::Success)
}

fn weight(info: &RuleInfo, detector: Detector) -> String {
    info.weights[detector].map_or_else(|| "-".to_owned(), |weight| format!("{weight:+}"))
}

/// Prints a rule's file.
///
/// # Errors
/// If there is no such rule, the content is wrong, or nothing can be printed.
pub(super) fn show(args: &RulesShowArgs) -> anyhow::Result<Exit> {
    let files = load::files(&args.content.rules)?;
    // What is left out of runs can still be read.
    let content = ContentArgs { exclude_rule: Vec::new(), rules: args.content.rules.clone() };
    let detection = load::detection(&content, None)?;
    let rule = load::rule(&detection, &args.name)?;
    let mut out = Output::open(None)?;
    if let Some(file) = files.iter().find(|file| file.path == rule.file) {
        writeln!(out, "# {}", file.path)?;
        out.write_all(file.text.as_bytes())?;
    }
    out.finish()?;
    Ok(Exit::Success)
}
