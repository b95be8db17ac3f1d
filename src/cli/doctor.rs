//! `falseface doctor`: what this build can read, and whether what a scan would use is there and as it should be.

use super::arg_groups::{ContentArgs, PastArgs, PrintArgs};
use super::config::Used;
use super::config_args::DoctorArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::watchlist_args::WatchArgs;
use super::{index_file, key_file, load, map, suppress, table, watchlist};
use crate::ingest::{ADAPTERS, GeoDatabases, Limits, ReadOptions};
use crate::link::{LinkKnowledge, ledger};
use crate::screen::Detection;
use clap::{ArgMatches, FromArgMatches};
use std::io::Write;
use std::path::PathBuf;

/// What can be left out of a build: the feature, whether it is in, and what needs it.
const FEATURES: [(&str, bool, &str); 5] = [
    ("documents", cfg!(feature = "documents"), "résumés in PDF and Word documents"),
    ("geoip", cfg!(feature = "geoip"), "databases of addresses (--geoip)"),
    ("images", cfg!(feature = "images"), "portraits"),
    ("spreadsheets", cfg!(feature = "spreadsheets"), "workbooks (.xlsx)"),
    ("mimalloc", cfg!(feature = "mimalloc"), "speed; nothing is read by it"),
];

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    /// Not there, and nobody asked for it.
    Off,
    Wrong,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Off => "off",
            Self::Wrong => "wrong",
        }
    }
}

/// Something that was looked at.
#[derive(Debug)]
struct Check {
    state: State,
    what: &'static str,
    said: String,
}

impl Check {
    /// What an attempt came to.
    fn of(what: &'static str, tried: anyhow::Result<String>) -> Self {
        let (state, said) = match tried {
            Ok(said) => (State::Well, said),
            Err(error) => (State::Wrong, format!("{error:#}")),
        };
        Self { state, what, said }
    }

    fn off(what: &'static str, said: impl Into<String>) -> Self {
        Self { state: State::Off, what, said: said.into() }
    }
}

/// Prints a line for each thing that a scan with these options rests on. Fails, as a check does, if one is wrong.
///
/// # Errors
/// If nothing can be printed.
pub(super) fn doctor(args: &DoctorArgs, used: &Used) -> anyhow::Result<Exit> {
    let matches = &args.options.matches;
    let content = ContentArgs::from_arg_matches(matches)?;
    let print = PrintArgs::from_arg_matches(matches)?;
    let detection = load::detection(&content, Some(&print));
    let mut checks: Vec<Check> = FEATURES.into_iter().map(feature).collect();
    checks.push(formats());
    checks.push(configuration(used));
    checks.push(terminal(&print));
    checks.push(Check::of("temporary files", temporary()));
    checks.push(processors());
    checks.extend(files(matches, detection.as_ref().ok())?);
    checks.push(Check::of("rules", detection.map(|detection| rules(&detection))));
    checks.sort_by_key(|check| check.state == State::Wrong);
    let wrong = checks.iter().filter(|check| check.state == State::Wrong).count();
    let mut out = Output::open(None)?;
    let platform = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    writeln!(out, "falseface {} · {platform} · nothing here touches the network", env!("CARGO_PKG_VERSION"))?;
    let row = |check: &Check| [check.state.as_str().to_owned(), check.what.to_owned(), output::safe(&check.said)];
    table::print(&mut out, ["", "what", "how it stands"], &checks.iter().map(row).collect::<Vec<_>>())?;
    match wrong {
        0 => writeln!(out, "all is well")?,
        wrong => writeln!(out, "{} wrong", output::counted(wrong, "thing is", "things are"))?,
    }
    out.finish()?;
    Ok(if wrong == 0 { Exit::Success } else { Exit::Found })
}

fn feature((name, is_in, needs_it): (&'static str, bool, &'static str)) -> Check {
    if is_in {
        Check { state: State::Well, what: name, said: needs_it.to_owned() }
    } else {
        Check::off(name, format!("{needs_it}: not in this build (build with --features {name})"))
    }
}

fn formats() -> Check {
    let names: Vec<_> = ADAPTERS.iter().map(|adapter| adapter.name).collect();
    Check::of("formats", Ok(format!("{}: {}", names.len(), names.join(", "))))
}

fn configuration(used: &Used) -> Check {
    let profile = used.profile().map_or_else(String::new, |profile| format!(", profile {profile}"));
    match used.file() {
        Some(file) => {
            Check::of("configuration", Ok(format!("{file}{profile} (`falseface config show` says what it sets)")))
        }
        None => Check::off("configuration", format!("no falseface.toml here or above{profile}")),
    }
}

fn terminal(print: &PrintArgs) -> Check {
    let columns = print.width.unwrap_or_else(output::width);
    let colors = if output::color_on_stdout(print.color) { "colours" } else { "no colours" };
    Check::of("terminal", Ok(format!("{columns} columns, {colors}")))
}

/// Whether what waits during a scan has somewhere to wait.
fn temporary() -> anyhow::Result<String> {
    let folder = std::env::temp_dir();
    let mut file =
        tempfile::tempfile().and_then(|mut file| file.write_all(b"falseface").map(|()| file)).map_err(|error| {
            anyhow::anyhow!("{} cannot be written: {error} (set TMPDIR to a folder that can)", folder.display())
        })?;
    file.flush()?;
    Ok(format!("can be written in {}", folder.display()))
}

fn processors() -> Check {
    let count = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Check::of("processors", Ok(format!("{count} (--threads uses fewer)")))
}

fn rules(detection: &Detection) -> String {
    let count = detection.rules.rules().len();
    let off = crate::report::rules_off(detection.rules.off()).map_or_else(String::new, |off| format!("; {off}"));
    format!("{count} rules, digest {}{off}", detection.digest.get(..12).unwrap_or_default())
}

/// Files that a scan with these options would read.
fn files(matches: &ArgMatches, detection: Option<&Detection>) -> anyhow::Result<Vec<Check>> {
    let named = |id: &str| matches.get_many::<PathBuf>(id).into_iter().flatten().cloned().collect::<Vec<_>>();
    let now = load::clock();
    let mut checks = Vec::new();
    let past = PastArgs::from_arg_matches(matches)?;
    if past.index.is_some() {
        checks.push(Check::of("index", index(&past)));
    }
    let watch = WatchArgs::from_arg_matches(matches)?;
    if let Some(detection) = detection.filter(|_| !watch.watchlist.is_empty()) {
        let known = watchlist::knowledge(&watch, detection);
        let known = known.as_ref().map(LinkKnowledge::new);
        let lists = watchlist::open(&watch, now, known.as_ref());
        checks.push(Check::of("watchlists", lists.map(|_| format!("{} can be read", watch.watchlist.len()))));
    }
    let geoip = named("geoip");
    if !geoip.is_empty() {
        let said = |databases: GeoDatabases| {
            let said = databases.iter().map(|database| format!("{} of {}", database.kind(), database.built()));
            said.collect::<Vec<_>>().join(", ")
        };
        let most = Limits::default().max_entry_bytes;
        checks.push(Check::of("addresses", GeoDatabases::open(&geoip, most).map(said).map_err(anyhow::Error::from)));
    }
    for path in named("map") {
        let read = map::choose(&path, &mut ReadOptions::default());
        checks.push(Check::of("map", read.map(|()| format!("{} can be read", path.display()))));
    }
    for path in named("suppressions") {
        let read = suppress::suppressions(Some(&path), now);
        checks.push(Check::of("suppressions", read.map(|_| format!("{} can be read", path.display()))));
    }
    Ok(checks)
}

fn index(args: &PastArgs) -> anyhow::Result<String> {
    let (Some(path), Some(key)) = (&args.index, &args.index_key) else { return Ok("without a key".to_owned()) };
    let key = key_file::read(key)?;
    let shown = path.display();
    if !path.exists() {
        return Ok(format!("{shown} is not there yet: the first scan makes it"));
    }
    let batches = ledger::verify(index_file::open(path)?, &key)?;
    Ok(format!("{shown} holds {}", output::counted(batches.len(), "batch", "batches")))
}
