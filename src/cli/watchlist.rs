//! Watchlists as files: for `scan` and `explain`, and `falseface watchlist check` and `hash`.

use super::arg_groups::ContentArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::watchlist_args::{WatchArgs, WatchlistCheckArgs, WatchlistHashArgs};
use super::{key_file, load};
use crate::dossier::Date;
use crate::facts::Knowledge;
use crate::link::{EntryKind, LinkKnowledge, Mistake, Watchlist, Watchlists, hashed};
use crate::screen::Detection;
use anyhow::{Context, anyhow};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What reading lists needs to know; none where no list was given.
pub(super) fn knowledge<'c>(args: &WatchArgs, detection: &'c Detection) -> Option<Knowledge<'c>> {
    (!args.watchlist.is_empty()).then(|| Knowledge::new(&detection.content))
}

/// The lists that were given, unlocked. What of them is not compared is noted.
///
/// # Errors
/// If a list or the key cannot be read, is wrong, or is hashed under another key; every mistake is printed.
pub(super) fn open<'c>(
    args: &WatchArgs,
    now: Date,
    knowledge: Option<&'c LinkKnowledge<'c>>,
) -> anyhow::Result<Option<Watchlists<'c>>> {
    let Some(knowledge) = knowledge else { return Ok(None) };
    let key = args.watchlist_key.as_deref().map(key_file::read).transpose()?;
    let mut lists = Vec::new();
    for path in &args.watchlist {
        let mut list = read(path, now, knowledge)?.map_err(|found| {
            print(path, &found, output::note);
            let count = output::counted(found.len(), "mistake", "mistakes");
            anyhow!("the watchlist {} has {count} (nothing was screened)", path.display())
        })?;
        list.unlock(key.as_ref()).with_context(|| format!("the watchlist {} cannot be used", path.display()))?;
        print_left_out(path, &list);
        lists.push(list);
    }
    Ok(Some(Watchlists::new(lists, knowledge)))
}

/// `falseface watchlist check`: prints every mistake, or how many entries there are of each kind.
///
/// # Errors
/// If the list, the key or the content cannot be read, or nothing can be printed.
pub(super) fn check(args: &WatchlistCheckArgs) -> anyhow::Result<Exit> {
    let detection = detection(&args.rules)?;
    let facts = Knowledge::new(&detection.content);
    let knowledge = LinkKnowledge::new(&facts);
    let key = args.watchlist_key.as_deref().map(key_file::read).transpose()?;
    let mut out = Output::open(None)?;
    let mut list = match read(&args.list, args.now.unwrap_or_else(load::clock), &knowledge)? {
        Ok(list) => list,
        Err(found) => {
            for mistake in &found {
                writeln!(out, "{}", said(&args.list, mistake))?;
            }
            writeln!(out, "{}", output::counted(found.len(), "mistake", "mistakes"))?;
            out.finish()?;
            return Ok(Exit::Found);
        }
    };
    if key.is_some() {
        list.unlock(key.as_ref())?;
    }
    print_left_out(&args.list, &list);
    let kinds = EntryKind::all().filter_map(|kind| {
        let count = list.entries.iter().filter(|entry| entry.kind == kind).count();
        (count > 0).then(|| format!("{kind} {count}"))
    });
    let kinds: Vec<String> = kinds.collect();
    write!(
        out,
        "{} {}: {} used, {} expired, {} not compared",
        args.list.display(),
        list.digest.get(..8).unwrap_or_default(),
        output::counted(list.entries.len(), "entry", "entries"),
        list.expired,
        list.left_out.len(),
    )?;
    writeln!(out, "{}", if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) })?;
    for name in list.key_names() {
        writeln!(out, "hashed under the key named {name}")?;
    }
    out.finish()?;
    Ok(Exit::Success)
}

/// `falseface watchlist hash`: the same list with hashes instead of values, as JSON Lines.
///
/// # Errors
/// If the list or the key cannot be read or is wrong, or nothing can be written.
pub(super) fn hash(args: &WatchlistHashArgs) -> anyhow::Result<Exit> {
    let detection = detection(&args.rules)?;
    let facts = Knowledge::new(&detection.content);
    let knowledge = LinkKnowledge::new(&facts);
    let key = key_file::read(&args.watchlist_key)?;
    let mut list = read(&args.list, args.now.unwrap_or_else(load::clock), &knowledge)?.map_err(|found| {
        print(&args.list, &found, output::note);
        let count = output::counted(found.len(), "mistake", "mistakes");
        anyhow!("the watchlist {} has {count} (nothing was written)", args.list.display())
    })?;
    list.unlock(Some(&key)).with_context(|| format!("{} is hashed already", args.list.display()))?;
    print_left_out(&args.list, &list);
    if list.expired > 0 {
        output::note(&format!("{} left out: expired", output::counted(list.expired, "entry", "entries")));
    }
    let mut out = Output::open(args.output.as_deref())?;
    for line in hashed(&list, &key) {
        writeln!(out, "{line}")?;
    }
    out.finish()?;
    Ok(Exit::Success)
}

/// The content with folders laid over it: which hosts ignore dots, which many use.
fn detection(rules: &[PathBuf]) -> anyhow::Result<Detection> {
    load::detection(&ContentArgs { rules: rules.to_vec(), ..ContentArgs::default() }, None)
}

#[expect(clippy::disallowed_methods, reason = "watchlists are arguments, not exports: ingest does not know them")]
fn read(path: &Path, now: Date, knowledge: &LinkKnowledge<'_>) -> anyhow::Result<Result<Watchlist, Vec<Mistake>>> {
    let bytes = std::fs::read(path).with_context(|| format!("could not read the watchlist {}", path.display()))?;
    Ok(Watchlist::read(&path.display().to_string(), &bytes, now, knowledge))
}

fn said(path: &Path, mistake: &Mistake) -> String {
    format!("{}: {}", path.display(), output::safe(&mistake.to_string()))
}

fn print(path: &Path, found: &[Mistake], note: impl Fn(&str)) {
    for mistake in found {
        note(&said(path, mistake));
    }
}

/// Names what of a list is not compared.
fn print_left_out(path: &Path, list: &Watchlist) {
    for left_out in &list.left_out {
        let line = if left_out.line > 0 { format!("line {}: ", left_out.line) } else { String::new() };
        output::note(&format!("{}: {line}{}; not compared", path.display(), output::safe(&left_out.what)));
    }
}
