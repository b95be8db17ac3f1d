//! `falseface completions`: what a shell needs to complete commands, options and their values.

use super::args::CompletionsArgs;
use super::command::plain;
use super::exit::Exit;
use super::output::Output;
use std::io::Write;

/// Prints the script.
///
/// # Errors
/// If nothing can be printed.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut out = Output::open(None)?;
    out.write_all(&script(args))?;
    out.finish()?;
    Ok(Exit::Success)
}

fn script(args: &CompletionsArgs) -> Vec<u8> {
    let mut script = Vec::new();
    let mut command = plain();
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::{CompletionsArgs, script};
    use clap::ValueEnum;
    use clap_complete::Shell;

    #[test]
    fn every_shell_completes_commands_and_options() {
        for shell in Shell::value_variants() {
            let script = String::from_utf8(script(&CompletionsArgs { shell: *shell })).expect("is text");
            for word in ["scan", "explain", "min-verdict", "no-link"] {
                assert!(script.contains(word), "{shell} completes {word}");
            }
            assert!(!script.contains("no-strict"), "{shell} leaves out what help leaves out");
        }
    }
}
