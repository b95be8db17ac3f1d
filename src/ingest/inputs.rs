//! From what was named to the files that will be read: sorted, checked and recognised.
//!
//! What lies in a folder that was named is left to `walk`.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::adapter::Adapter;
use super::code;
use super::detect::{self, Passed, Seen};
use super::error::IngestError;
use super::options::{Limits, ReadOptions};
use super::planned::{Plan, Planned, Source};
use super::tree;
use super::unpack::Packing;
use super::walk;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the caller named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input, named `-`.
    Stdin,
    /// A file or folder.
    Path(PathBuf),
    /// The folder of a repository that somebody was sent, of which manifests, task files and settings are read.
    Code(PathBuf),
    /// Bytes of a file, for programs that have them already; the name is what reports call it, and its ending may tell its format.
    Memory {
        /// Such as `mail.eml`.
        name: String,
        /// All of it.
        bytes: Arc<[u8]>,
    },
}

impl Input {
    /// How reports and locators call it.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Path(path) | Self::Code(path) => path.to_string_lossy().into_owned(),
            Self::Memory { name, .. } => name.clone(),
        }
    }
}

impl From<&str> for Input {
    fn from(named: &str) -> Self {
        if named == "-" { Self::Stdin } else { Self::Path(named.into()) }
    }
}

/// Everything that will be read, in order.
pub(crate) fn plan(inputs: &[Input], options: &ReadOptions) -> Result<Vec<Planned>, IngestError> {
    if inputs.is_empty() {
        return Err(IngestError::NoInput);
    }
    let forced = options.input_format.as_deref().map(detect::adapter_named).transpose()?;
    let mut named: Vec<(String, &Input)> = inputs.iter().map(|input| (input.name(), input)).collect();
    named.sort();
    let mut seen = BTreeSet::new();
    let mut planned = Vec::new();
    for (name, input) in named {
        let found = match input {
            Input::Stdin => vec![pipe(name, Box::new(io::stdin()), forced, options)?],
            Input::Path(path) => named_path(name, path, forced, options)?,
            Input::Code(path) if existing(&name, path)?.is_dir() => repository(name, path)?,
            Input::Code(_) => {
                let reason = "expected the folder of a repository, found a file".to_owned();
                return Err(IngestError::Unreadable { path: name, reason });
            }
            Input::Memory { bytes, .. } => {
                vec![pipe(name, Box::new(io::Cursor::new(Arc::clone(bytes))), forced, options)?]
            }
        };
        planned.extend(found.into_iter().filter(|file| seen.insert((file.name.clone(), file.plan.gathered_by()))));
    }
    Ok(planned)
}

fn named_path(
    name: String,
    path: &Path,
    forced: Option<&'static Adapter>,
    options: &ReadOptions,
) -> Result<Vec<Planned>, IngestError> {
    let limits = &options.limits;
    let metadata = existing(&name, path)?;
    if metadata.is_dir() && forced.is_some_and(|forced| forced.name == code::REPOSITORY.name) {
        return repository(name, path);
    }
    if metadata.is_dir() {
        fs::read_dir(path).map_err(|error| IngestError::unreadable(&name, &error))?;
        let found = walk::folder(path, forced);
        let is_repository =
            forced.is_none() && code::is_repository(path) && !found.iter().any(|file| file.is_export(limits));
        return if is_repository { repository(name, path) } else { Ok(found) };
    }
    let mut file = File::open(path).map_err(|error| IngestError::unreadable(&name, &error))?;
    if !metadata.is_file() {
        return Ok(vec![pipe(name, Box::new(file), forced, options)?]);
    }
    let head = detect::take_head(&mut file).map_err(|error| IngestError::unreadable(&name, &error))?;
    let (file, seen) = if Packing::of(&head) == Packing::Zip {
        file.rewind().map_err(|error| IngestError::unreadable(&name, &error))?;
        (Source::Zip(path.into()), zip_names(&name, file, limits)?)
    } else {
        (Source::File(path.into()), Seen::Head(head))
    };
    let adapter = detect::named(&name, &seen, forced, limits)?;
    Ok(vec![Planned { name, plan: Plan::Read { file, adapter }, size: metadata.len() }])
}

fn existing(name: &str, path: &Path) -> Result<fs::Metadata, IngestError> {
    fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => IngestError::Missing { path: name.to_owned() },
        _ => IngestError::unreadable(name, &error),
    })
}

/// What is read of the folder of a repository, and what is passed over in it.
fn repository(name: String, folder: &Path) -> Result<Vec<Planned>, IngestError> {
    fs::read_dir(folder).map_err(|error| IngestError::unreadable(&name, &error))?;
    let found = code::look_through(folder);
    let size = found.files.iter().filter_map(|(_, path)| fs::metadata(path).ok()).map(|metadata| metadata.len()).sum();
    let file = Source::Folder { folder: folder.into(), files: found.files };
    let mut planned = vec![Planned { name, plan: Plan::Read { file, adapter: &code::REPOSITORY }, size }];
    planned.extend(found.passed.into_iter().map(|(path, reason)| Planned {
        name: path.to_string_lossy().into_owned(),
        plan: Plan::Pass(Passed::Skipped(reason)),
        size: 0,
    }));
    Ok(planned)
}

fn pipe(
    name: String,
    mut rest: Box<dyn Read + Send>,
    forced: Option<&'static Adapter>,
    options: &ReadOptions,
) -> Result<Planned, IngestError> {
    let limits = &options.limits;
    let taken = detect::take_head(&mut rest).map_err(|error| IngestError::unreadable(&name, &error))?;
    if Packing::of(&taken) != Packing::Zip {
        let seen = Seen::Head(taken.clone());
        let adapter = detect::named(&name, &seen, forced, limits)?;
        let file = if options.again {
            let spooled = spool(io::Cursor::new(taken).chain(rest), limits);
            Source::Spooled(spooled.map_err(|error| IngestError::unreadable(&name, &error))?)
        } else {
            Source::Pipe { taken, rest }
        };
        return Ok(Planned { name, plan: Plan::Read { file, adapter }, size: 0 });
    }
    // A zip archive is read from its end.
    let spooled =
        spool(io::Cursor::new(taken).chain(rest), limits).map_err(|error| IngestError::unreadable(&name, &error))?;
    let listed = spooled.try_clone().map_err(|error| IngestError::unreadable(&name, &error))?;
    let seen = zip_names(&name, listed, limits)?;
    let adapter = detect::named(&name, &seen, forced, limits)?;
    let size = spooled.metadata().map_or(0, |metadata| metadata.len());
    Ok(Planned { name, plan: Plan::Read { file: Source::SpooledZip(spooled), adapter }, size })
}

fn spool(bytes: impl Read, limits: &Limits) -> io::Result<File> {
    let mut spooled = tempfile::tempfile()?;
    let most = limits.max_total_bytes;
    if io::copy(&mut bytes.take(most.saturating_add(1)), &mut spooled)? > most {
        return Err(io::Error::other(format!("it has more than the {most} bytes that an input may have")));
    }
    spooled.rewind()?;
    Ok(spooled)
}

fn zip_names(name: &str, file: File, limits: &Limits) -> Result<Seen, IngestError> {
    tree::names_in_zip(file, limits)
        .map(Seen::Entries)
        .map_err(|reason| IngestError::Unreadable { path: name.to_owned(), reason })
}
