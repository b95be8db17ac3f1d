//! The command line as a whole: what the arguments declare, examples below it, the options of `scan` for the commands that
//! look at how a scan would be made, and for each flag the word that takes it back.
//!
//! A configuration may switch a flag on; `--no-strict`, `--no-quiet` or `--link` on the command line switch it off again.
//! They are made here for all flags alike, and help does not show them.

use super::args::Args;
use super::examples;
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
    let root = with_examples(root, "");
    root.mut_subcommand("config", |config| config.mut_subcommand("show", |show| show.args(&options)))
        .mut_subcommand("doctor", |doctor| doctor.args(&options))
}

/// Examples below the options of each command; `path` is the words before its own.
fn with_examples(command: Command, path: &str) -> Command {
    command.mut_subcommands(|below| {
        let path = format!("{path}{}", below.get_name());
        let below = match examples::of(&path) {
            Some(text) => below.after_help(text),
            None => below,
        };
        with_examples(below, &format!("{path} "))
    })
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
    use super::{command, plain};
    use crate::cli::examples;
    use clap::Command;

    /// The words of a line, with those in quotes as one, up to what a shell takes for itself and to what explains the line.
    fn words(line: &str) -> Vec<String> {
        let line = line.trim().split("    ").next().unwrap_or_default();
        let line = line.split([' ']).take_while(|word| !["|", ">", "<"].contains(word)).collect::<Vec<_>>().join(" ");
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.collect()
    }

    #[test]
    fn every_example_can_be_typed_and_every_command_has_one() {
        let mut count = 0;
        for line in examples::headings().filter_map(examples::of).flat_map(str::lines) {
            assert!(line.len() <= 100, "help breaks this line: {line}");
            if !line.starts_with("  falseface ") {
                continue;
            }
            let parsed = command().try_get_matches_from(words(line));
            assert!(parsed.is_ok(), "{line}: {}", parsed.expect_err("is wrong"));
            count += 1;
        }
        assert!(count > 30, "{count} examples were found");
        let mut paths = Vec::new();
        leaves(&plain(), "", &mut paths);
        let without: Vec<_> = paths.iter().filter(|path| examples::of(path).is_none()).collect();
        assert!(without.is_empty(), "commands without an example: {without:?}");
        let unknown: Vec<_> = examples::headings()
            .filter(|name| *name != "falseface" && !paths.iter().any(|path| path == name))
            .collect();
        assert!(unknown.is_empty(), "no command is called {unknown:?}");
    }

    fn leaves(command: &Command, path: &str, into: &mut Vec<String>) {
        for below in command.get_subcommands() {
            let path = format!("{path}{}", below.get_name());
            if below.has_subcommands() {
                leaves(below, &format!("{path} "), into);
            } else {
                into.push(path);
            }
        }
    }

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
