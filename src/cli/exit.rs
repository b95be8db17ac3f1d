//! How a command ends: one table for every command and every format.

use super::output;
use std::io;
use std::process::{ExitCode, Termination};

/// The exit status, by the first row that applies.
///
/// | status | meaning |
/// |---|---|
/// | 130 | interrupted |
/// | 2 | the command could not run: arguments, rules, an input that was named but cannot be read or recognised |
/// | 3 | records were rejected and `--strict` was given |
/// | 1 | somebody is at or above `--fail-on`; for `rules check` and `doctor`: something is wrong; for `rules diff --fail-on-change`: somebody moves |
/// | 0 | otherwise; a finding is not an error |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The command did what was asked.
    Success,
    /// Somebody is at or above `--fail-on`, or a check failed.
    Found,
    /// The command could not run.
    Usage,
    /// Records were rejected and `--strict` was given.
    Rejected,
    /// Interrupted.
    Interrupted,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Success => 0,
            Self::Found => 1,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Interrupted => 130,
        })
    }
}

/// Help and version go to standard output and succeed; anything else about arguments is an error.
pub(super) fn of_clap(error: &clap::Error) -> Exit {
    // If even that cannot be printed, the status still says what happened.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Success }
}

/// An error is printed with its causes; a reader that closed its end (`| head`) is none.
pub(super) fn of(ended: anyhow::Result<Exit>) -> Exit {
    match ended {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Success,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            Exit::Usage
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
