//! `falseface clusters`: who shares what, without judging anybody.

use super::args::ClustersArgs;
use super::exit::Exit;
use super::input::{self, Reading};
use super::load;
use super::observer::Observer;
use super::output::{self, Output};
use super::progress::Progress;
use crate::facts::Knowledge;
use crate::report;
use crate::screen::{self, Options};
use crate::screening::{Assessment, Verdict};
use std::sync::atomic::AtomicBool;

/// Reads everything twice: for hashes of what each record has, and then again only whoever may share something.
///
/// # Errors
/// If the content is wrong, an input that was named cannot be read or changes meanwhile, or nothing can be written.
pub(super) fn clusters(args: &ClustersArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, Some(&args.print))?;
    let knowledge = Knowledge::new(&detection.content);
    let mut options = Options::at(load::clock());
    options.narrow = input::narrow(&args.input);
    options.link = Some(args.link_threshold);
    options.threads = args.threads;
    let mut reader = input::open(&args.input, Reading::linked(true))?;
    let mut observer = Observer::new(|_: &Assessment| {});
    let (linked, people) = {
        let _progress = Progress::follow(reader.progress(), reader.total_bytes(), args.quiet);
        screen::link(&mut reader, &knowledge, &options, &mut observer, None, &AtomicBool::new(false))?
    };
    let mut out = Output::open(args.output.as_deref())?;
    let style = output::style(&args.print, args.output.as_deref(), Verdict::Review);
    report::clusters(args.format, &linked.clusters, &linked.hubs, people, &mut out, style)?;
    out.finish()?;
    Ok(if args.strict && observer.rejected() { Exit::Rejected } else { Exit::Success })
}
