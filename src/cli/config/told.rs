//! What a run had of its configuration: for the run's own record, for whoever asks, and for errors.

use super::document::{Switch, Value};
use super::file::ConfigFile;
use super::settings::{Held, Settings};
use crate::cli::output;
use crate::content::{Diagnostic, suggest};
use crate::screening::{Configured, RuleOff};
use anyhow::anyhow;

/// The configuration of a run.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(super) file: Option<ConfigFile>,
    pub(super) profile: Option<String>,
    pub(super) settings: Settings,
}

/// An option that the configuration set, for whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its id among the arguments.
    pub(crate) id: String,
    /// Where it was set.
    pub(crate) origin: String,
}

impl Used {
    /// The file, as it was named or found.
    pub(crate) fn file(&self) -> Option<String> {
        self.file.as_ref().map(|file| file.path.display().to_string())
    }

    /// The profile that was chosen.
    pub(crate) fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Every option that it set, with where.
    pub(crate) fn told(&self) -> Vec<Told> {
        let told = |held: &Held| Told { id: held.id.clone(), origin: held.origin.to_string() };
        let mut all: Vec<Told> = self.settings.held.iter().map(told).collect();
        let switched: Vec<String> = self.switched().map(|(_, origin)| origin).collect();
        if !switched.is_empty() {
            all.push(Told { id: "exclude_rule".to_owned(), origin: switched.join(", ") });
        }
        all
    }

    /// Rules that it switched off, with where.
    pub(crate) fn switched(&self) -> impl Iterator<Item = (&RuleOff, String)> {
        let file = self.file().unwrap_or_default();
        self.settings.switches.iter().map(move |Switch { off, line, .. }| (off, format!("{file}:{line}")))
    }

    /// What the record of the run says of it; `None` if it had no say.
    pub(crate) fn record(&self) -> Option<Configured> {
        let words = |held: &Held| match &held.value {
            Value::Flag(on) => vec![on.to_string()],
            Value::Words(words) => words.iter().map(|word| word.to_string_lossy().into_owned()).collect(),
        };
        let set = self.settings.held.iter().map(|held| (held.key.clone(), words(held))).collect();
        let had_a_say = self.profile.is_some() || !self.settings.is_empty();
        had_a_say.then(|| Configured { file: self.file(), profile: self.profile.clone(), set })
    }

    /// Says which settings do not hold because of others that do.
    pub(super) fn warn(&self) {
        for displaced in &self.settings.displaced {
            let Held { key, origin, .. } = &displaced.held;
            output::note(&format!("{key} of {origin} does not hold: it cannot stand with --{}", displaced.by));
        }
    }

    /// Says which arguments nobody typed, below an error about arguments.
    pub(super) fn explain(&self) {
        let told: Vec<_> = self.settings.held.iter().map(|held| format!("--{} by {}", held.key, held.origin)).collect();
        if !told.is_empty() {
            output::note(&format!("set by the configuration: {}", told.join(", ")));
        }
    }

    /// Holds every rule that is switched off against the names of those that there are.
    ///
    /// # Errors
    /// If one is none of them: each is printed with its line.
    pub(super) fn check_rules<'n>(&self, names: impl Iterator<Item = &'n str>) -> anyhow::Result<()> {
        let Some(file) = self.file.as_ref().filter(|_| !self.settings.switches.is_empty()) else { return Ok(()) };
        let names: Vec<&str> = names.collect();
        let shown = file.path.display().to_string();
        let mut wrong = 0;
        for Switch { off: RuleOff { rule, .. }, line, column } in &self.settings.switches {
            if names.contains(&rule.as_str()) {
                continue;
            }
            let help = match suggest(rule, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`falseface rules list --no-config` shows every name".to_owned(),
            };
            let mistake = Diagnostic::at(&shown, &file.text, *line, *column, format!("there is no rule `{rule}`"));
            output::note(&mistake.with_help(help).render(output::color_on_stderr(clap::ColorChoice::Auto)));
            wrong += 1;
        }
        match wrong {
            0 => Ok(()),
            _ => Err(anyhow!("the configuration {shown} switches off what is no rule (nothing was read)")),
        }
    }
}
