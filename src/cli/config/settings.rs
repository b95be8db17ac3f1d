//! Which settings hold in a run: the command line before the profile, the profile before the file. Whatever holds becomes
//! arguments, so that one parser checks values, and what needs or excludes what.

use super::document::{Document, Setting, Switch, Value};
use super::options::{Known, Options, argument};
use crate::cli::command::negation_of;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;

/// Where a setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// In the file.
    File { file: String, line: usize },
    /// In a profile of the file.
    Profile { name: String, file: String, line: usize },
    /// In a profile that every configuration has.
    BuiltIn { name: String },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Profile { name, file, line } => write!(f, "profile {name} ({file}:{line})"),
            Self::BuiltIn { name } => write!(f, "profile {name} (built in)"),
        }
    }
}

/// A setting that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// The id of the option.
    pub(super) id: String,
    /// Its long name.
    pub(super) key: String,
    /// What it is set to.
    pub(super) value: Value,
    /// Where that stands.
    pub(super) origin: Origin,
}

/// A setting that does not hold because it cannot stand with one that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Displaced {
    /// The setting.
    pub(super) held: Held,
    /// The long name of what displaced it.
    pub(super) by: String,
}

/// Settings for one command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// Those that hold.
    pub(super) held: Vec<Held>,
    /// Those that do not.
    pub(super) displaced: Vec<Displaced>,
    /// Rules that are switched off, if the command has anything to do with rules.
    pub(super) switches: Vec<Switch>,
}

/// One layer of settings.
type Layer<'d> = (&'d [Setting], &'d dyn Fn(usize) -> Origin);

/// A command as it was typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'t> {
    /// Its declaration.
    pub(super) command: &'t Command,
    /// What was typed.
    pub(super) matches: &'t ArgMatches,
}

/// Ids of options that are decided, by what was typed or by a layer above.
#[derive(Debug, Clone, Default)]
struct Decided {
    /// Those that nothing below has a say in.
    all: BTreeSet<String>,
    /// Those of them that are given: flags that were taken back are not.
    given: BTreeSet<String>,
}

impl Typed<'_> {
    /// What was typed.
    fn decided(&self) -> Decided {
        let own = || self.command.get_arguments().filter(|argument| !argument.is_global_set());
        let is_typed = |id: &str| self.matches.value_source(id) == Some(ValueSource::CommandLine);
        let typed: BTreeSet<&str> =
            own().map(|argument| argument.get_id().as_str()).filter(|id| is_typed(id)).collect();
        let ids = own().map(|argument| argument.get_id().to_string());
        let all = ids.filter(|id| typed.contains(id.as_str()) || typed.contains(negation_of(id).as_str())).collect();
        Decided { all, given: typed.into_iter().map(str::to_owned).collect() }
    }

    /// The long name of an argument that was chosen before and cannot stand with this one.
    fn excluded_by(&self, argument: &Arg, given: &BTreeSet<String>) -> Option<String> {
        let excludes = |one: &Arg, other: &Arg| {
            self.command.get_arg_conflicts_with(one).iter().any(|conflict| conflict.get_id() == other.get_id())
        };
        let given = self.command.get_arguments().filter(|other| given.contains(other.get_id().as_str()));
        let mut excluding = given.filter(|other| excludes(argument, other) || excludes(other, argument));
        excluding.find_map(|other| other.get_long().map(str::to_owned))
    }
}

impl Settings {
    /// The settings of a profile, if one was chosen, and below them those of the file, as far as the command has the same
    /// options and nothing else was typed.
    pub(super) fn of(typed: Typed<'_>, options: &Options, layers: &[Layer<'_>], document: &Document) -> Self {
        let mut settings = Self::default();
        let mut decided = typed.decided();
        for (layer, origin) in layers {
            let above = decided.clone();
            for Setting { key, value, line } in *layer {
                let Some(known) = options.by_key(key) else { continue };
                let Some(argument) = options.same_in(known, typed.command) else { continue };
                let id = argument.get_id().to_string();
                if above.all.contains(&id) {
                    continue;
                }
                let is_given = *value != Value::Flag(false);
                let held = Held { id: id.clone(), key: key.clone(), value: value.clone(), origin: origin(*line) };
                if let Some(by) = typed.excluded_by(argument, &above.given).filter(|_| is_given) {
                    settings.displaced.push(Displaced { held, by });
                    continue;
                }
                settings.held.push(held);
                decided.given.extend(is_given.then(|| id.clone()));
                decided.all.insert(id);
            }
        }
        settings.held.retain(|held| serves(&held.key, typed.command, options, &decided.given));
        let takes_rules = |known: &Known| options.same_in(known, typed.command).is_some();
        if options.by_key("exclude-rule").is_some_and(takes_rules) {
            settings.switches.clone_from(&document.switches);
        }
        settings
    }

    /// Whether nothing holds.
    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty() && self.switches.is_empty()
    }

    /// What was typed, with what holds put behind it, where no `--` ends the options.
    pub(super) fn put_into(&self, typed: &[OsString]) -> Vec<OsString> {
        let end = typed.iter().position(|word| word == "--").unwrap_or(typed.len());
        let (options, rest) = typed.split_at(end);
        let mut words = options.to_vec();
        for held in &self.held {
            match &held.value {
                Value::Flag(false) => {}
                Value::Flag(true) => words.push(argument(&held.key, None)),
                Value::Words(values) => words.extend(values.iter().map(|value| argument(&held.key, Some(value)))),
            }
        }
        for Switch { off, .. } in &self.switches {
            let whole = off.is_whole().then(|| off.rule.clone());
            let parts = off.detectors.iter().map(|detector| format!("{}:{}", off.rule, detector.as_str()));
            words.extend(whole.into_iter().chain(parts).map(|word| argument("exclude-rule", Some(word.as_ref()))));
        }
        words.extend_from_slice(rest);
        words
    }
}

/// Options that say what is done with a report in a file.
const OF_A_FILE: [&str; 2] = ["record", "open"];

/// A setting waits for the runs that need it: `index-key` for those with `--index`, `open` for those with `--output`.
fn serves(key: &str, command: &Command, options: &Options, given: &BTreeSet<String>) -> bool {
    let served = if OF_A_FILE.contains(&key) { Some("output") } else { key.strip_suffix("-key") };
    let served = served.and_then(|served| options.by_key(served));
    served.is_none_or(|served| options.same_in(served, command).is_none() || given.contains(&served.id))
}
