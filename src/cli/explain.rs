//! `falseface explain`: why one person is assessed as they are.

use super::args::ExplainArgs;
use super::exit::Exit;
use super::input::{self, Reading};
use super::load;
use super::observer::Observer;
use super::output::{self, Output};
use super::{past, suppress, watchlist};
use crate::ingest::{Read, Reader};
use crate::link::{LinkKnowledge, Linked, Part, Watchlists};
use crate::report;
use crate::screen::{self, Detection, Options, Stages, Suppressions, explain as explained};
use crate::screening::{Assessment, Detector, RuleOff, Verdict};
use anyhow::anyhow;
use std::io::Write;
use std::sync::atomic::AtomicBool;

/// Prints the score as a sum and each condition as a tree, and what removing a rule would change.
///
/// # Errors
/// If the dossier or a rule is not there, the content is wrong, or an input that was named cannot be read.
pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, Some(&args.print))?;
    let mut options = load::options(&args.ask);
    for name in args.rule.iter().chain(&args.what_if) {
        load::rule(&detection, name)?;
    }
    let known = watchlist::knowledge(&args.watch, &detection);
    let known = known.as_ref().map(LinkKnowledge::new);
    let lists = watchlist::open(&args.watch, options.now, known.as_ref())?;
    let suppressions = suppress::suppressions(args.decided.suppressions.as_deref(), options.now)?;
    let stages = Stages::new(&detection).with_watchlists(lists.as_ref()).with_suppressions(suppressions.as_ref());
    let mut past = past::resting(&args.past)?;
    options.narrow = input::narrow(&args.input);
    options.link = args.linking.threshold();
    let reading = Reading { again: true, photos: options.link.is_some(), ..Reading::default() };
    let mut reader = input::open(&args.input, reading)?;
    let linked = match options.link {
        Some(_) => {
            let mut observer = Observer::new(|_: &Assessment| {});
            let stop = AtomicBool::new(false);
            screen::link(&mut reader, stages.knowledge(), &options, &mut observer, past.as_mut(), &stop)?.0
        }
        None => Linked::default(),
    };
    // What could not be read was said when it was linked.
    let lost = |words: &str| {
        if options.link.is_none() {
            output::note(words);
        }
    };
    let read = find(args, reader.again()?, lost)?;
    let shared = linked.part_of_dossier(&args.dossier);
    let explanation = explained(&stages, &read.dossier, read.source.clone(), &args.rule, &options, shared);
    let style = output::style(&args.print, None, Verdict::Insufficient);
    let mut out = Output::open(None)?;
    report::explain(&mut out, &explanation, &style)?;
    for name in &args.what_if {
        let changed = without(name, args, &read, &options, shared, (lists.as_ref(), suppressions.as_ref()))?;
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
    part: Part<'_>,
    (lists, suppressions): (Option<&Watchlists<'_>>, Option<&Suppressions>),
) -> anyhow::Result<Assessment> {
    let mut exclude = args.content.exclude_rule.clone();
    exclude.push(RuleOff::whole(name));
    let detection = Detection::load(&load::files(&args.content.rules)?, &exclude)
        .map_err(|found| load::mistakes(&found, output::color_on_stderr(args.print.color)))?;
    let stages = Stages::new(&detection).with_watchlists(lists).with_suppressions(suppressions);
    Ok(stages.assess_in(&read.dossier, read.source.clone(), options, part))
}

/// The dossier that was asked for.
fn find(args: &ExplainArgs, reader: Reader, lost: impl FnMut(&str)) -> anyhow::Result<Read> {
    let mut found = None;
    let mut ids = Vec::new();
    input::each_of(
        reader,
        &input::narrow(&args.input),
        |read| {
            if read.dossier.id == args.dossier {
                found.get_or_insert(read);
            } else {
                ids.push(read.dossier.id);
            }
            Ok(())
        },
        lost,
    )?;
    found.ok_or_else(|| {
        let near = crate::content::suggest(&args.dossier, ids.iter().map(String::as_str));
        let hint =
            near.map_or_else(|| "`falseface list` shows every id".to_owned(), |near| format!("did you mean {near}?"));
        anyhow!("there is no dossier {:?} among the {} that were read ({hint})", args.dossier, ids.len())
    })
}
