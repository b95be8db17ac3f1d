//! Where output goes: standard output, or a file that is written aside and appears when it is complete.

use super::arg_groups::PrintArgs;
use crate::report::{Style, readable};
use crate::screening::Verdict;
use anyhow::Context;
use clap::ColorChoice;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Somewhere to write to.
#[derive(Debug)]
pub(super) enum Output {
    /// Standard output.
    Stdout(BufWriter<Stdout>),
    /// A file beside the one that was named.
    File { aside: BufWriter<NamedTempFile>, path: PathBuf },
    /// A device or a pipe, which nothing may be put in the place of.
    Device { device: BufWriter<File>, path: PathBuf },
}

impl Output {
    /// Standard output, or the named file; what a link points to, if it is one.
    ///
    /// # Errors
    /// If nothing can be written to the file's folder.
    pub(super) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()))) };
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            let device = OpenOptions::new().write(true).open(&path);
            let device = device.with_context(|| format!("could not write to {}", path.display()))?;
            return Ok(Self::Device { device: BufWriter::with_capacity(1 << 16, device), path });
        }
        let folder = folder_of(&path);
        let aside = NamedTempFile::new_in(folder).with_context(|| {
            format!("could not write to {} (the folder must exist and be writable)", folder.display())
        })?;
        Ok(Self::File { aside: BufWriter::with_capacity(1 << 16, aside), path })
    }

    /// Whether somebody looks at what is written.
    pub(super) fn is_terminal(&self) -> bool {
        match self {
            Self::Stdout(stdout) => stdout.get_ref().is_terminal(),
            Self::Device { device, .. } => device.get_ref().is_terminal(),
            Self::File { .. } => false,
        }
    }

    /// Writes what is left of a file to the disk, so that once it is in its place it stays there whole.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn sync(&mut self) -> anyhow::Result<()> {
        self.flush()?;
        if let Self::File { aside, path } = self {
            let synced = aside.get_ref().as_file().sync_all();
            synced.with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(())
    }

    /// Writes what is left and, for a file, puts it in its place.
    ///
    /// # Errors
    /// If it cannot be written or renamed.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::Device { mut device, path } => {
                device.flush().with_context(|| format!("could not write to {}", path.display()))?;
            }
            Self::File { aside, path } => {
                let file = aside.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(&path).with_context(|| format!("could not write {}", path.display()))?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::File { aside, .. } => aside.write(bytes),
            Self::Device { device, .. } => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::File { aside, .. } => aside.flush(),
            Self::Device { device, .. } => device.flush(),
        }
    }
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How a report for a person looks: on standard output, or without colours in the named file.
pub(super) fn style(print: &PrintArgs, file: Option<&Path>, min_verdict: Verdict) -> Style {
    Style {
        color: file.is_none() && color_on_stdout(print.color),
        width: print.width.unwrap_or_else(width),
        min_verdict,
        ..Style::default()
    }
}

/// Whether colours belong on standard output.
pub(super) fn color_on_stdout(choice: ColorChoice) -> bool {
    color(choice, io::stdout().is_terminal())
}

/// Whether colours belong on standard error.
pub(super) fn color_on_stderr(choice: ColorChoice) -> bool {
    color(choice, io::stderr().is_terminal())
}

/// `NO_COLOR` speaks unless `--color` was given (<https://no-color.org>).
fn color(choice: ColorChoice, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Columns of the terminal, if standard output is one.
pub(super) fn width() -> usize {
    match terminal_size::terminal_size_of(io::stdout()) {
        Some((terminal_size::Width(columns), _)) => usize::from(columns).clamp(60, 140),
        None => 100,
    }
}

/// Untrusted text as a terminal may show it.
pub(super) fn safe(text: &str) -> String {
    readable(text).into_owned()
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Columns that a text takes on a terminal.
pub(super) fn columns_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// An error, on standard error.
pub(super) fn complain(message: &str) {
    note(&format!("error: {message}"));
}

/// A line on standard error. If that cannot be written there is nobody left to tell.
pub(super) fn note(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the tests are the other end of what is written")]
#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::{FileTypeExt, symlink};
    use std::process::Command;

    #[test]
    fn a_pipe_is_written_to_and_stays_a_pipe() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("runs").success());
        let named = pipe.clone();
        let reader = std::thread::spawn(move || {
            let mut read = String::new();
            fs::File::open(named).and_then(|mut pipe| pipe.read_to_string(&mut read)).expect("reads");
            read
        });
        let mut output = Output::open(Some(&pipe)).expect("opens");
        output.write_all(b"a line\n").expect("writes");
        output.finish().expect("finishes");
        assert!(fs::symlink_metadata(&pipe).expect("is there").file_type().is_fifo());
        assert_eq!(reader.join().expect("ends"), "a line\n");
    }

    #[test]
    fn what_a_link_points_to_is_written_and_the_link_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "before").expect("writes");
        symlink(&file, &link).expect("links");
        let mut output = Output::open(Some(&link)).expect("opens");
        output.write_all(b"after").expect("writes");
        output.finish().expect("finishes");
        assert!(fs::symlink_metadata(&link).expect("is there").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("reads"), "after");
    }
}
