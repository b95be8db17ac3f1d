//! `falseface explain`: why one person is assessed as they are.

use super::args::ExplainArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::{input, load, watchlist};
use crate::ingest::Read;
use crate::link::{LinkKnowledge, Watchlists};
use crate::report;
use crate::screen::{Detection, Options, Stages, explain as explained};
use crate::screening::{Assessment, Detector, Verdict};
use anyhow::anyhow;
use std::io::Write;

/// Prints the score as a sum and each condition as a tree, and what removing a rule would change.
///
/// # Errors
/// If the dossier or a rule is not there, the content is wrong, or an input that was named cannot be read.
pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, Some(&args.print))?;
    let options = load::options(&args.ask);
    for name in args.rule.iter().chain(&args.what_if) {
        load::rule(&detection, name)?;
    }
    let known = watchlist::knowledge(&args.watch, &detection);
    let known = known.as_ref().map(LinkKnowledge::new);
    let lists = watchlist::open(&args.watch, options.now, known.as_ref())?;
    let read = find(args)?;
    let stages = Stages::new(&detection).with_watchlists(lists.as_ref());
    let explanation = explained(&stages, &read.dossier, read.source.clone(), &args.rule, &options);
    let style = output::style(&args.print, None, Verdict::Insufficient);
    let mut out = Output::open(None)?;
    report::explain(&mut out, &explanation, &style)?;
    for name in &args.what_if {
        let changed = without(name, args, &read, &options, lists.as_ref())?;
        writeln!(out, "\nWithout {name}:")?;
        for detector in Detector::ALL {
            if let (Some(before), Some(after)) =
                (&explanation.assessment.detectors[detector], &changed.detectors[detector])
            {
                report::difference(&mut out, detector, before, after, &style)?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Success)
}

/// The same dossier, assessed without one rule.
fn without(
    name: &str,
    args: &ExplainArgs,
    read: &Read,
    options: &Options,
    lists: Option<&Watchlists<'_>>,
) -> anyhow::Result<Assessment> {
    let mut exclude = args.content.exclude_rule.clone();
    exclude.push(name.to_owned());
    let detection = Detection::load(&load::files(&args.content.rules)?, &exclude)
        .map_err(|found| load::mistakes(&found, output::color_on_stderr(args.print.color)))?;
    Ok(Stages::new(&detection).with_watchlists(lists).assess(&read.dossier, read.source.clone(), options))
}

/// The dossier that was asked for.
fn find(args: &ExplainArgs) -> anyhow::Result<Read> {
    let mut found = None;
    let mut ids = Vec::new();
    input::for_each(
        &args.input,
        |read| {
            if read.dossier.id == args.dossier {
                found.get_or_insert(read);
            } else {
                ids.push(read.dossier.id);
            }
            Ok(())
        },
        output::note,
    )?;
    found.ok_or_else(|| {
        let near = crate::content::suggest(&args.dossier, ids.iter().map(String::as_str));
        let hint =
            near.map_or_else(|| "`falseface list` shows every id".to_owned(), |near| format!("did you mean {near}?"));
        anyhow!("there is no dossier {:?} among the {} that were read ({hint})", args.dossier, ids.len())
    })
}
