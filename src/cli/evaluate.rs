//! `falseface evaluate`: what detectors and rules are worth on labelled records.

use super::args::{EvaluateArgs, EvaluationFormat};
use super::config::Used;
use super::exit::Exit;
use super::input::{self, Reading};
use super::observer::Observer;
use super::output::{self, Output};
use super::progress::Progress;
use super::{interrupt, load};
use crate::evaluation::{Labels, Settings, Tally, evaluate as measure};
use crate::report;
use crate::screen::{self, Stages};
use crate::screening::{Assessment, Verdict};
use anyhow::{Context, anyhow};
use std::path::Path;
use std::sync::Arc;

/// Screens, compares with the labels, and reports.
///
/// # Errors
/// If content or labels are wrong, an input that was named cannot be read, nothing is labelled, or the report cannot be
/// written.
pub(super) fn evaluate(args: &EvaluateArgs, used: &Used) -> anyhow::Result<Exit> {
    let labels = args.labels.as_deref().map(read_labels).transpose()?;
    let detection = load::detection(&args.content, Some(&args.print))?;
    let mut options = load::options(&args.ask);
    options.configured = used.record();
    options.narrow = input::narrow(&args.input);
    options.threads = args.threads;
    options.min_verdict = Verdict::Insufficient;
    options.link = args.linking.threshold();
    let mut reader = input::open(&args.input, Reading::linked(options.link.is_some()))?;
    let stages = Stages::new(&detection);
    let rules = detection.rules.rules().iter().map(|rule| Arc::clone(&rule.info)).collect();
    let mut tally = Tally::new(rules, labels);
    let stop = interrupt::stop_on_interrupt();
    let summary = {
        let _progress = Progress::follow(reader.progress(), reader.total_bytes(), args.quiet);
        let mut observer = Observer::new(|assessment: &Assessment| tally.add(assessment));
        screen::run(&mut reader, &stages, &options, observer.outlet(), &stop)?
    };
    let settings = Settings {
        labels: args.labels.as_ref().map(|path| path.display().to_string()),
        prevalence: args.prevalence,
        worst: args.worst,
    };
    let evaluation = measure(tally, options.run(&detection), &summary, settings).map_err(|nothing| {
        anyhow!(
            "{nothing} ({})",
            match &args.labels {
                Some(path) => format!("the ids in {} must be those that `falseface list` shows", path.display()),
                None => "give a table with --labels, or records with `labels`".to_owned(),
            }
        )
    })?;
    let mut out = Output::open(args.output.as_deref())?;
    match args.format {
        EvaluationFormat::Terminal => {
            let style = output::style(&args.print, args.output.as_deref(), Verdict::Review);
            report::evaluation_terminal(&mut out, &evaluation, &style)?;
        }
        EvaluationFormat::Json => report::evaluation_json(&mut out, &evaluation)?,
        EvaluationFormat::Html => report::evaluation_html(&mut out, &evaluation)?,
    }
    out.finish()?;
    Ok(if summary.partial {
        Exit::Interrupted
    } else if args.strict && summary.rejected > 0 {
        Exit::Rejected
    } else {
        Exit::Success
    })
}

/// Reads a table of labels; each mistake is printed with its line.
#[expect(clippy::disallowed_methods, reason = "labels are an argument, not an export: ingest does not know them")]
fn read_labels(path: &Path) -> anyhow::Result<Labels> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("could not read the labels in {} (they must be UTF-8 text)", path.display()))?;
    Labels::parse(&text).map_err(|mistakes| {
        for mistake in &mistakes {
            output::note(&format!("{}: {}", path.display(), output::safe(&mistake.to_string())));
        }
        let count = output::counted(mistakes.len(), "mistake", "mistakes");
        anyhow!("the labels in {} have {count} (nothing was screened)", path.display())
    })
}
