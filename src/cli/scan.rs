//! `falseface scan`: everybody in the given exports, screened and reported.

use super::arg_groups::ShareArgs;
use super::args::ScanArgs;
use super::config::Used;
use super::exit::Exit;
use super::input::{self, Reading};
use super::output::{self, Output};
use super::progress::Progress;
use super::report_args::ReportArgs;
use super::{baseline, interrupt, key_file, load, past, stats, suppress, watchlist};
use crate::link::LinkKnowledge;
use crate::report::{self, Format, Recorded, Redacted, Redactor, Style, Tlp};
use crate::screen::{self, Outlet, Stages};
use crate::screening::{Summary, Verdict};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

/// Bytes of assessments that wait in memory; more of them wait in a private file.
const IN_MEMORY: usize = 1 << 20;

/// Screens and reports; the exit status follows from the summary.
///
/// # Errors
/// If the content is wrong, an input that was named cannot be read, or the report cannot be written.
pub(super) fn scan(args: &ScanArgs, used: &Used) -> anyhow::Result<Exit> {
    let tlp = marking(args)?;
    let detection = load::detection(&args.content, Some(&args.print))?;
    let mut options = load::options(&args.ask);
    options.configured = used.record();
    options.narrow = input::narrow(&args.input);
    options.threads = args.threads;
    options.chunk = args.chunk;
    let min_verdict = args.report.min_verdict.unwrap_or(args.report.format.shown_from());
    let record = record_path(&args.report);
    // A record has everybody, so the run leaves nobody out; the report beside it does.
    options.min_verdict = if record.is_some() { Verdict::Insufficient } else { min_verdict };
    options.link = args.linking.threshold();
    let known = watchlist::knowledge(&args.watch, &detection);
    let known = known.as_ref().map(LinkKnowledge::new);
    let lists = watchlist::open(&args.watch, options.now, known.as_ref())?;
    let (mut growing, mut past) = past::growing(&args.past, &options.narrow)?.unzip();
    let reading = Reading { threads: args.threads, ..Reading::linked(options.link.is_some()) };
    let (mut reader, joining) = input::open_joined(&args.input, reading)?;
    let suppressions = suppress::suppressions(args.decided.suppressions.as_deref(), options.now)?;
    let baseline = baseline::baseline(args.baseline.as_deref(), &options.detectors)?;
    let stages = Stages::new(&detection)
        .with_watchlists(lists.as_ref())
        .with_suppressions(suppressions.as_ref())
        .with_baseline(baseline.as_ref());
    let redactor = redactor(&args.share)?;
    let stop = interrupt::stop_on_interrupt();
    let ReportArgs { format, summary, order, points, output, .. } = &args.report;
    let mut out = Output::open(output.as_deref())?;
    if format.is_binary() && out.is_terminal() {
        bail!(
            "--format {0} is no text, and would only disturb the terminal (write it to a file: -o people.{0})",
            format.as_str()
        );
    }
    let mut record = record.map(|path| Ok::<_, anyhow::Error>((Output::open(Some(&path))?, path))).transpose()?;
    let style = Style {
        tlp,
        summary: *summary,
        order: *order,
        points: *points,
        ..output::style(&args.print, output.as_deref(), min_verdict)
    };
    let summary = {
        let _progress = Progress::follow(reader.progress(), reader.total_bytes(), args.quiet);
        let mut report = report::open(*format, &mut out, style);
        let mut renderer = format.renderer(style, options.thresholds, options.now);
        if let Some((record, _)) = &mut record {
            let kept = report::open(Format::JsonLines, record, Style::default());
            report = Box::new(Recorded::new(report, kept, min_verdict));
            let kept = Format::JsonLines.renderer(Style::default(), options.thresholds, options.now);
            renderer = Recorded::renderer(renderer, kept, min_verdict);
        }
        if let Some(redactor) = redactor {
            report = Box::new(Redacted::new(report, redactor.clone()));
            renderer = redactor.renderer(renderer);
        }
        let outlet = Outlet {
            report: report.as_mut(),
            renderer: Some(renderer),
            aside: Box::new(tempfile::SpooledTempFile::new(IN_MEMORY)),
            joining,
            past: past.as_mut(),
        };
        screen::run(&mut reader, &stages, &options, outlet, &stop)?
    };
    out.finish()?;
    if let Some((record, path)) = record {
        record.finish()?;
        if !args.quiet {
            output::note(&format!("everything that was found is kept in {}", path.display()));
        }
    }
    if !format.tells_of_the_run() {
        untold(&summary, *format);
    }
    if let (Some(growing), Some(past)) = (growing.take(), past.take()) {
        growing.add(past)?;
    }
    if args.stats {
        stats::print(&args.input, &stages, &options)?;
    }
    if let Some(path) = output.as_deref().filter(|_| args.report.open) {
        open_report(path);
    }
    Ok(exit(&summary, args))
}

/// Where the record is kept that was asked for: beside the report, unless the report is all there is itself.
fn record_path(args: &ReportArgs) -> Option<PathBuf> {
    let output = args.output.as_deref().filter(|_| args.record && args.format != Format::JsonLines)?;
    let mut name = output.as_os_str().to_owned();
    name.push(".jsonl");
    Some(name.into())
}

/// Shows a report to whoever asked for it. The report is there whether that works or not.
fn open_report(path: &Path) {
    if let Err(error) = open::that_detached(path) {
        output::note(&format!("could not open {} (open it by hand): {error}", path.display()));
    }
}

/// What makes tokens, if they are asked for: under the key of a file, or under one that nobody has.
fn redactor(args: &ShareArgs) -> anyhow::Result<Option<Redactor>> {
    if !args.redact {
        return Ok(None);
    }
    let key = if let Some(path) = &args.redact_key {
        key_file::bytes(path)?
    } else {
        let mut key = vec![0; 32];
        getrandom::fill(&mut key).context("could not get a random key from the system (name one with --redact-key)")?;
        key
    };
    Ok(Some(Redactor::new(&key)))
}

/// With whom a report may be shared: nobody shares by accident, and no other format bears a marking.
fn marking(args: &ScanArgs) -> anyhow::Result<Tlp> {
    match (args.report.format, args.report.tlp) {
        (Format::Stix, None) => bail!(
            "--format stix needs --tlp: whoever receives the bundle must know with whom it may be shared (clear, green, \
             amber, amber+strict or red)"
        ),
        (Format::Stix, _) if args.share.redact => bail!(
            "--format stix shares what others can search for, and nobody can search for tokens (leave --redact out)"
        ),
        (Format::Stix, Some(tlp)) => Ok(tlp),
        (format, Some(_)) => bail!(
            "--tlp marks bundles of --format stix, and --format {} bears no marking (leave it out)",
            format.as_str()
        ),
        (_, None) => Ok(Tlp::default()),
    }
}

/// Says on standard error what a format has no place for.
fn untold(summary: &Summary, format: Format) {
    let format = format.as_str();
    if summary.rejected > 0 {
        let rejected = output::counted(usize::try_from(summary.rejected).unwrap_or(usize::MAX), "record", "records");
        output::note(&format!(
            "{rejected} could not be read, and {format} has no place to say which (--format jsonl names them)"
        ));
    }
    if summary.gone > 0 {
        let gone = output::counted(usize::try_from(summary.gone).unwrap_or(usize::MAX), "person", "people");
        output::note(&format!(
            "{gone} of the earlier report not met, and {format} has no place to say who (--format jsonl names them)"
        ));
    }
    if summary.partial {
        output::note(&format!(
            "interrupted: what was not read by then is missing, and {format} has no place to say so"
        ));
    }
}

/// The first row of the table of exit statuses that applies.
fn exit(summary: &Summary, args: &ScanArgs) -> Exit {
    let at_or_above = |from: Verdict| summary.by_verdict.range(from..).any(|(_, count)| *count > 0);
    if summary.partial {
        Exit::Interrupted
    } else if args.strict && summary.rejected > 0 {
        Exit::Rejected
    } else if args.fail_on.0.is_some_and(at_or_above) {
        Exit::Found
    } else {
        Exit::Success
    }
}
