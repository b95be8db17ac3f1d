//! The options that a configuration may set: those of `scan`, as its arguments declare them. There is no list of them
//! here, so that an option that is added to `scan` can stand in a file at once.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use std::any::TypeId;
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// Every option that a file may set, and the command that checks their values.
#[derive(Debug)]
pub(super) struct Options {
    command: Command,
    known: Vec<Known>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Its id among the arguments.
    pub(super) id: String,
    /// Its key in a file: the long name.
    pub(super) key: String,
    /// What it takes.
    pub(super) kind: Kind,
    /// Whether it may be given several times.
    pub(super) many: bool,
    /// The heading that help shows it under.
    pub(super) heading: Option<String>,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: it is given or not.
    Flag,
    /// A number.
    Number,
    /// A path.
    Path,
    /// Words.
    Text,
}

impl Kind {
    /// As an error names it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Path => "a path in quotes",
            Self::Text => "text in quotes",
        }
    }
}

impl Options {
    /// The options of `scan` in a command line.
    pub(super) fn of(root: &Command) -> Self {
        let command = root.find_subcommand("scan").cloned().unwrap_or_default();
        let known = command.get_arguments().filter_map(Known::of).collect();
        Self { command, known }
    }

    /// Every option, in the order of help.
    pub(super) fn all(&self) -> &[Known] {
        &self.known
    }

    /// The option of a key.
    pub(super) fn by_key(&self, key: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.key == key)
    }

    /// The argument of another command that is the same option: of the same name, for values of the same type.
    pub(super) fn same_in<'c>(&self, known: &Known, command: &'c Command) -> Option<&'c Arg> {
        let own = self.command.get_arguments().find(|argument| argument.get_id() == known.id.as_str())?;
        let is_same = |argument: &&Arg| {
            argument.get_long() == Some(known.key.as_str())
                && argument.get_value_parser().type_id() == own.get_value_parser().type_id()
        };
        command.get_arguments().find(is_same)
    }

    /// Why an option cannot have a value; `None` if it can.
    pub(super) fn refusal(&self, known: &Known, value: &OsStr) -> Option<String> {
        let words = [OsString::from("scan"), argument(&known.key, Some(value))];
        let error = self.command.clone().try_get_matches_from(words).err()?;
        // What it needs beside it or cannot stand with is known once everything is together.
        let is_alone = matches!(error.kind(), ErrorKind::MissingRequiredArgument | ErrorKind::ArgumentConflict);
        (!is_alone).then(|| why(&error))
    }
}

impl Known {
    fn of(argument: &Arg) -> Option<Self> {
        let is_negation = argument.get_id().as_str().starts_with("not:");
        let is_asked = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append | ArgAction::SetTrue);
        let key = argument.get_long().filter(|_| is_asked && !is_negation && !argument.is_global_set())?;
        Some(Self {
            id: argument.get_id().to_string(),
            key: key.to_owned(),
            kind: kind(argument),
            many: matches!(argument.get_action(), ArgAction::Append),
            heading: argument.get_help_heading().map(str::to_owned),
        })
    }
}

fn kind(argument: &Arg) -> Kind {
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return Kind::Flag;
    }
    let taken = argument.get_value_parser().type_id();
    let numbers =
        [TypeId::of::<u32>(), TypeId::of::<u64>(), TypeId::of::<usize>(), TypeId::of::<i64>(), TypeId::of::<f64>()];
    if taken == TypeId::of::<PathBuf>() {
        Kind::Path
    } else if numbers.into_iter().any(|number| taken == number) {
        Kind::Number
    } else {
        Kind::Text
    }
}

/// An option as it is typed.
pub(super) fn argument(key: &str, value: Option<&OsStr>) -> OsString {
    let mut argument = OsString::from(format!("--{key}"));
    if let Some(value) = value {
        argument.push("=");
        argument.push(value);
    }
    argument
}

/// What is wrong with a value, without the option's name.
fn why(error: &clap::Error) -> String {
    if let Some(source) = error.source() {
        return source.to_string();
    }
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(words)) => format!("expected one of {}", words.join(", ")),
        _ => error.kind().to_string(),
    }
}
