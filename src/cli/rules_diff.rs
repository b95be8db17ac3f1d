//! `falseface rules diff`: which rules two sets of content do not have alike, and whom that moves.

use super::exit::Exit;
use super::observer::observe;
use super::output::{self, Output};
use super::rules_args::{DiffFormat, RulesDiffArgs};
use super::{interrupt, load};
use crate::content::ContentFile;
use crate::evaluation::{Changes, ContentChange, Moves, Standings};
use crate::report::{self, Style};
use crate::rules::changes;
use crate::screen::Detection;
use crate::screening::Verdict;
use anyhow::bail;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Screens everybody with the old content, then with the new one, and compares.
///
/// # Errors
/// If content is wrong, an input that was named cannot be read (or read twice), or nothing can be printed.
pub(super) fn diff(args: &RulesDiffArgs) -> anyhow::Result<Exit> {
    if args.on.iter().any(|path| path == Path::new("-")) {
        bail!("rules diff reads its input twice, which standard input does not allow (give a file)");
    }
    let (old_files, new_files) = (files(&args.old)?, files(&args.new)?);
    let compiled = |files: &[ContentFile]| {
        let color = output::color_on_stderr(args.print.color);
        Detection::load(files, &[]).map_err(|found| load::mistakes(&found, color))
    };
    let (old, new) = (compiled(&old_files)?, compiled(&new_files)?);
    let changes = Changes { rules: changes(&old.rules, &new.rules), content: other_files(&old_files, &new_files) };
    let mut options = load::options(&args.ask);
    options.threads = args.threads;
    options.min_verdict = Verdict::Insufficient;
    let stop = interrupt::stop_on_interrupt();
    let mut before = Standings::default();
    let whole = !observe(&args.on, &old, &options, &stop, |assessment| before.add(assessment))?.partial;
    let mut moves = Moves::default();
    let whole = whole && !observe(&args.on, &new, &options, &stop, |one| moves.compare(&before, one))?.partial;
    let mut out = Output::open(args.output.as_deref())?;
    match args.format {
        DiffFormat::Terminal => {
            let width = args.print.width.unwrap_or_else(output::width);
            report::moves(&mut out, &changes, &moves, &Style { width, ..Style::default() })?;
        }
        DiffFormat::Json => report::moves_json(&mut out, &changes, &moves)?,
    }
    out.finish()?;
    Ok(if !whole {
        Exit::Interrupted
    } else if args.fail_on_change && !moves.moves.is_empty() {
        Exit::Found
    } else {
        Exit::Success
    })
}

/// The built-in content with a folder laid over it, or by itself.
fn files(named: &Path) -> anyhow::Result<Vec<ContentFile>> {
    let is_builtin = named == Path::new("-") || named == Path::new("builtin");
    let folders: Vec<PathBuf> = if is_builtin { Vec::new() } else { vec![named.to_owned()] };
    load::files(&folders)
}

/// Lexicons, lists and tables that differ, in order.
fn other_files(old: &[ContentFile], new: &[ContentFile]) -> Vec<ContentChange> {
    let by_path = |files: &[ContentFile]| -> BTreeMap<String, String> {
        let others = files.iter().filter(|file| !file.path.starts_with("detections/"));
        others.map(|file| (file.path.clone(), file.text.clone().into_owned())).collect()
    };
    let (old, new) = (by_path(old), by_path(new));
    let mut changes: Vec<ContentChange> = old
        .keys()
        .chain(new.keys().filter(|path| !old.contains_key(*path)))
        .filter(|path| old.get(*path) != new.get(*path))
        .map(|path| {
            let change = match (old.contains_key(path), new.contains_key(path)) {
                (true, true) => "changed",
                (true, false) => "removed",
                (false, _) => "added",
            };
            ContentChange { file: path.clone(), change }
        })
        .collect();
    changes.sort();
    changes
}
