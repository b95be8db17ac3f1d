//! Configuration: options that stand in a file or a profile instead of being typed each time.
//!
//! A configuration only says what could have been typed. It is understood here, laid below what was typed, and parsed with
//! it; commands get arguments and do not know which of them somebody typed.

mod document;
mod file;
mod options;
mod parse;
mod settings;
mod told;
mod trust;

pub(super) use told::{Told, Used};

use super::args::Args;
use super::command::command;
use super::exit::{self, Exit};
use super::{examples, load, output};
use crate::content::{Diagnostic, suggest};
use anyhow::{anyhow, bail};
use clap::error::ErrorKind;
use clap::{ArgMatches, Command, FromArgMatches};
use document::{Document, Setting};
use file::ConfigFile;
use options::Options;
use parse::Source;
use settings::{Origin, Settings, Typed};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Profiles that every configuration has.
const BUILT_IN: &str = include_str!("profiles.toml");

/// Understands a command line with the configuration that goes with it.
///
/// # Errors
/// The exit status, once help, a version or what is wrong was printed.
pub(super) fn arguments(typed: impl IntoIterator<Item = OsString>) -> Result<(Args, Used), Exit> {
    let typed: Vec<OsString> = typed.into_iter().collect();
    if typed.len() < 2 {
        output::note(examples::of("falseface").unwrap_or_default());
        return Err(Exit::Usage);
    }
    let root = built();
    let matches = match root.clone().try_get_matches_from(&typed) {
        Ok(matches) => matches,
        // What is missing may stand in the configuration.
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            let lenient = command().ignore_errors(true);
            lenient.try_get_matches_from(&typed).map_err(|error| exit::of_clap(&error))?
        }
        Err(error) => return Err(exit::of_clap(&error)),
    };
    let used = used(&root, &matches).map_err(|error| exit::of(Err(error)))?;
    used.warn();
    let words = used.settings.put_into(&typed);
    let wrong = |error: clap::Error| {
        let exit = exit::of_clap(&error);
        used.explain();
        exit
    };
    let mut parsed = root.clone().try_get_matches_from(words).map_err(wrong)?;
    check_rules(&used, innermost(&root, &parsed).matches).map_err(|error| exit::of(Err(error)))?;
    let args = Args::from_arg_matches_mut(&mut parsed).map_err(|error| wrong(error.format(&mut root.clone())))?;
    Ok((args, used))
}

/// Holds rules that are switched off against those that the command will have.
fn check_rules(used: &Used, matches: &ArgMatches) -> anyhow::Result<()> {
    if used.settings.switches.is_empty() {
        return Ok(());
    }
    let folders = matches.try_get_many::<PathBuf>("rules").ok().flatten().unwrap_or_default();
    let files = load::files(&folders.cloned().collect::<Vec<_>>())?;
    used.check_rules(load::rule_names(&files))
}

/// The command line with the arguments that all commands share handed down to each.
fn built() -> Command {
    let mut root = command();
    root.build();
    root
}

/// What the configuration says to what was typed.
fn used(root: &Command, matches: &ArgMatches) -> anyhow::Result<Used> {
    let options = Options::of(root);
    let typed = innermost(root, matches);
    if options.all().iter().all(|known| options.same_in(known, typed.command).is_none()) {
        return Ok(Used::default());
    }
    let file = file(typed.matches)?;
    let document = file.as_ref().map(|file| understood(file, &options)).transpose()?.unwrap_or_default();
    let shown = file.as_ref().map(|file| file.path.display().to_string());
    let profile = typed.matches.get_one::<String>("profile");
    let profile = profile.map(|name| chosen(name, &document, &options)).transpose()?;
    let name = || shown.clone().unwrap_or_default();
    let in_file = |line| Origin::File { file: name(), line };
    let in_profile = |line| match &profile {
        Some(Profile { name: profile, is_built_in: false, .. }) => {
            Origin::Profile { name: profile.clone(), file: name(), line }
        }
        other => Origin::BuiltIn { name: other.as_ref().map(|profile| profile.name.clone()).unwrap_or_default() },
    };
    let of_profile = profile.as_ref().map_or(&[][..], |profile| &profile.settings);
    let settings =
        Settings::of(typed, &options, &[(of_profile, &in_profile), (&document.options, &in_file)], &document);
    Ok(Used { file, profile: profile.map(|profile| profile.name), settings })
}

/// The command that was typed at last: `rules check`.
fn innermost<'t>(root: &'t Command, matches: &'t ArgMatches) -> Typed<'t> {
    let mut typed = Typed { command: root, matches };
    while let Some((name, below)) = typed.matches.subcommand() {
        let Some(command) = typed.command.find_subcommand(name) else { break };
        typed = Typed { command, matches: below };
    }
    typed
}

/// The file that was named, or found.
fn file(matches: &ArgMatches) -> anyhow::Result<Option<ConfigFile>> {
    if let Some(path) = matches.get_one::<PathBuf>("config") {
        return ConfigFile::named(path).map(Some);
    }
    if matches.get_flag("no_config") {
        return Ok(None);
    }
    let Some(found) = ConfigFile::find()? else { return Ok(None) };
    if let Some(folder) = trust::read_with(&found.path, matches) {
        let (path, folder) = (found.path.display(), folder.display());
        bail!(
            "{path} lies in {folder}, which is to be read, and may come from whoever made that (name it with --config {path} \
             if it is yours, or go without with --no-config)"
        );
    }
    Ok(Some(found))
}

fn understood(file: &ConfigFile, options: &Options) -> anyhow::Result<Document> {
    let shown = file.path.display().to_string();
    let folder = file.path.parent().unwrap_or(Path::new(""));
    let source = Source { file: &shown, text: &file.text, folder, was_found: file.was_found };
    parse::parse(source, options).map_err(|found| {
        let mistakes = output::counted(found.len(), "mistake", "mistakes");
        print(&found);
        anyhow!("the configuration {shown} has {mistakes} (nothing was read; --no-config goes without it)")
    })
}

fn print(found: &[Diagnostic]) {
    for mistake in found {
        output::note(&mistake.render(output::color_on_stderr(clap::ColorChoice::Auto)));
    }
}

/// A profile that was chosen.
#[derive(Debug)]
struct Profile {
    name: String,
    settings: Vec<Setting>,
    is_built_in: bool,
}

fn chosen(name: &str, document: &Document, options: &Options) -> anyhow::Result<Profile> {
    let source = Source { file: "profiles.toml", text: BUILT_IN, folder: Path::new(""), was_found: false };
    let built_in = parse::parse(source, options).map_err(|found| {
        print(&found);
        anyhow!("a profile of falseface itself is wrong")
    })?;
    let (settings, is_built_in) = match (document.profiles.get(name), built_in.profiles.get(name)) {
        (Some(settings), _) => (settings, false),
        (None, Some(settings)) => (settings, true),
        (None, None) => {
            let names = document.profiles.keys().chain(built_in.profiles.keys()).map(String::as_str);
            let hint = match suggest(name, names.clone()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
            };
            bail!("there is no profile {name:?} ({hint})");
        }
    };
    Ok(Profile { name: name.to_owned(), settings: settings.clone(), is_built_in })
}

#[cfg(test)]
mod tests;
