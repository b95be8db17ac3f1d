//! The options of `scan` without what it reads, for commands that look at how a scan would be made.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// Options of `scan`, as they were parsed. `command` declares them, once those of `scan` are known.
#[derive(Debug, Clone)]
pub(super) struct ScanOptions {
    /// Each option by its id, with where its value is from.
    pub(super) matches: ArgMatches,
}

impl FromArgMatches for ScanOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self { matches: matches.clone() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.matches = matches.clone();
        Ok(())
    }
}

impl Args for ScanOptions {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
