//! The command line as a whole: what the arguments declare, the options of `scan` for the commands that look at how a scan
//! would be made, and for each flag the word that takes it back.
//!
//! A configuration may switch a flag on; `--no-strict`, `--no-quiet` or `--link` on the command line switch it off again.
//! They are made here for all flags alike, and help does not show them.

use super::args::Args;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// Everything that can be typed.
pub(super) fn command() -> Command {
    with_negations(plain())
}

/// The same without what help does not show: for completions and manual pages.
pub(super) fn plain() -> Command {
    let root = Args::command();
    let scan = root.find_subcommand("scan").cloned().unwrap_or_default();
    let options: Vec<Arg> = scan.get_arguments().filter(|argument| !argument.is_positional()).cloned().collect();
    root.mut_subcommand("config", |config| config.mut_subcommand("show", |show| show.args(&options)))
        .mut_subcommand("doctor", |doctor| doctor.args(&options))
}

/// The id of the argument that takes a flag back.
pub(super) fn negation_of(id: &str) -> String {
    format!("not:{id}")
}

fn with_negations(command: Command) -> Command {
    let flags: Vec<(String, String)> = command.get_arguments().filter_map(flag).collect();
    let command = flags.into_iter().fold(command, |command, (id, long)| {
        let negation = negation_of(&id);
        let negated = long.strip_prefix("no-").map_or_else(|| format!("no-{long}"), str::to_owned);
        command
            .mut_arg(&id, |flag| flag.overrides_with(negation.clone()))
            .arg(Arg::new(negation.clone()).long(negated).action(ArgAction::SetTrue).overrides_with(id).hide(true))
    });
    command.mut_subcommands(with_negations)
}

/// The id and the long name of a flag that belongs to one command.
fn flag(argument: &Arg) -> Option<(String, String)> {
    let is_flag = matches!(argument.get_action(), ArgAction::SetTrue) && !argument.is_global_set();
    let long = argument.get_long().filter(|_| is_flag)?;
    Some((argument.get_id().to_string(), long.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::command;

    fn quiet(arguments: &[&str]) -> bool {
        let matches = command().try_get_matches_from(arguments).expect("parses");
        matches.subcommand_matches("scan").expect("a scan").get_flag("quiet")
    }

    #[test]
    fn a_flag_is_taken_back_by_its_negation_and_the_last_word_counts() {
        command().debug_assert();
        assert!(quiet(&["falseface", "scan", "x", "--quiet"]));
        assert!(!quiet(&["falseface", "scan", "x", "--quiet", "--no-quiet"]));
        assert!(quiet(&["falseface", "scan", "x", "--no-quiet", "-q"]));
    }
}
