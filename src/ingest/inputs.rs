//! From what was named to the files that will be read: walked, sorted, checked and recognised.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::adapter::{Adapter, Gathers};
use super::adapters::ADAPTERS;
use super::code;
use super::detect::{self, Passed, Seen};
use super::error::IngestError;
use super::options::{Limits, ReadOptions};
use super::recognise;
use super::tree;
use super::unpack::Packing;
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

/// One file that will be read, or why it will not.
pub(crate) struct Planned {
    /// How reports call it.
    pub(crate) name: String,
    pub(crate) plan: Plan,
    /// Bytes, where the system knows.
    pub(crate) size: u64,
}

/// What is to be done with a file.
pub(crate) enum Plan {
    /// Named and recognised: read by this adapter.
    Read { file: Source, adapter: &'static Adapter },
    /// Met in a walked folder: recognised when its turn comes.
    Recognise { path: PathBuf, forced: Option<&'static Adapter> },
    /// Met in a walked folder and no file, or not readable.
    Pass(Passed),
}

/// Where the bytes of a file are.
pub(crate) enum Source {
    /// A file, opened again when its turn comes.
    File(PathBuf),
    /// A pipe: already open, its first bytes already taken.
    Pipe { taken: Vec<u8>, rest: Box<dyn Read + Send> },
    /// A zip archive, opened again when its turn comes.
    Zip(PathBuf),
    /// What came through a pipe, in a private temporary file.
    Spooled(File),
    /// A zip archive that came through a pipe, in a private temporary file.
    SpooledZip(File),
    /// A folder that is an archive: its files, and what each is called in it.
    Folder { folder: PathBuf, files: Vec<(String, PathBuf)> },
}

/// The same files, to be read once more.
///
/// # Errors
/// If one is a pipe, or the system has no handle left.
pub(crate) fn again(planned: &[Planned]) -> Result<Vec<Planned>, IngestError> {
    let once_more = |file: &Planned| file.again().map_err(|error| unreadable(&file.name, &error));
    planned.iter().map(once_more).collect()
}

impl Plan {
    /// The format whose files were gathered from all over a folder; a folder may hold several such inputs.
    fn gathered_by(&self) -> Option<&'static str> {
        match self {
            Self::Read { file: Source::Folder { .. }, adapter } => Some(adapter.name),
            _ => None,
        }
    }
}

impl Planned {
    /// Whether it is somebody's export; of what is damaged nobody knows.
    fn is_export(&self, limits: &Limits) -> bool {
        match &self.plan {
            Plan::Read { .. } => true,
            Plan::Recognise { path, forced } => {
                !matches!(recognise::file(&self.name, path, *forced, limits), Err(Passed::Skipped(_)))
            }
            Plan::Pass(passed) => matches!(passed, Passed::Rejected(_)),
        }
    }

    fn again(&self) -> io::Result<Self> {
        let plan = match &self.plan {
            Plan::Read { file, adapter } => Plan::Read { file: file.again()?, adapter },
            Plan::Recognise { path, forced } => Plan::Recognise { path: path.clone(), forced: *forced },
            Plan::Pass(passed) => Plan::Pass(passed.clone()),
        };
        Ok(Self { name: self.name.clone(), plan, size: self.size })
    }
}

impl Source {
    fn again(&self) -> io::Result<Self> {
        // Handles of one file share their place in it: who reads one begins at the start.
        Ok(match self {
            Self::File(path) => Self::File(path.clone()),
            Self::Pipe { .. } => return Err(io::Error::other("what comes through a pipe can be read only once")),
            Self::Spooled(file) => Self::Spooled(file.try_clone()?),
            Self::Zip(path) => Self::Zip(path.clone()),
            Self::SpooledZip(file) => Self::SpooledZip(file.try_clone()?),
            Self::Folder { folder, files } => Self::Folder { folder: folder.clone(), files: files.clone() },
        })
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
        fs::read_dir(path).map_err(|error| unreadable(&name, &error))?;
        let mut found = Vec::new();
        walk(path, forced, &mut found);
        let found = gather_all(path, forced, found);
        let is_repository =
            forced.is_none() && code::is_repository(path) && !found.iter().any(|file| file.is_export(limits));
        return if is_repository { repository(name, path) } else { Ok(found) };
    }
    let mut file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    if !metadata.is_file() {
        return Ok(vec![pipe(name, Box::new(file), forced, options)?]);
    }
    let head = detect::take_head(&mut file).map_err(|error| unreadable(&name, &error))?;
    let (file, seen) = if Packing::of(&head) == Packing::Zip {
        file.rewind().map_err(|error| unreadable(&name, &error))?;
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
        _ => unreadable(name, &error),
    })
}

/// What is read of the folder of a repository, and what is passed over in it.
fn repository(name: String, folder: &Path) -> Result<Vec<Planned>, IngestError> {
    fs::read_dir(folder).map_err(|error| unreadable(&name, &error))?;
    let found = code::look_through(folder);
    let size = found.files.iter().filter_map(|(_, path)| fs::metadata(path).ok()).map(|metadata| metadata.len()).sum();
    let file = Source::Folder { folder: folder.into(), files: found.files };
    let mut planned = vec![Planned { name, plan: Plan::Read { file, adapter: &code::REPOSITORY }, size }];
    planned.extend(found.passed.into_iter().map(|(path, reason)| Planned {
        name: shown(&path),
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
    let taken = detect::take_head(&mut rest).map_err(|error| unreadable(&name, &error))?;
    if Packing::of(&taken) != Packing::Zip {
        let seen = Seen::Head(taken.clone());
        let adapter = detect::named(&name, &seen, forced, limits)?;
        let file = if options.again {
            let spooled = spool(io::Cursor::new(taken).chain(rest), limits);
            Source::Spooled(spooled.map_err(|error| unreadable(&name, &error))?)
        } else {
            Source::Pipe { taken, rest }
        };
        return Ok(Planned { name, plan: Plan::Read { file, adapter }, size: 0 });
    }
    // A zip archive is read from its end.
    let spooled = spool(io::Cursor::new(taken).chain(rest), limits).map_err(|error| unreadable(&name, &error))?;
    let listed = spooled.try_clone().map_err(|error| unreadable(&name, &error))?;
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

fn unreadable(name: &str, error: &io::Error) -> IngestError {
    IngestError::Unreadable { path: name.to_owned(), reason: error.to_string() }
}

/// Files below a folder, sorted; links are not followed, what the system keeps for itself is not seen.
///
/// A folder that is an archive takes the tables and pages in it; whatever else lies there is walked as usual.
fn walk(folder: &Path, forced: Option<&'static Adapter>, found: &mut Vec<Planned>) {
    let listing = Listing::of(folder);
    if let Some(reason) = listing.fault {
        found.push(Planned { name: shown(folder), plan: Plan::Pass(Passed::Rejected(reason)), size: 0 });
    }
    let names: Vec<String> = listing.files.iter().map(|path| base(path)).collect();
    let adapter = archive_of(folder, names, forced);
    let mut taken = Vec::new();
    if let Some(adapter) = adapter {
        gather(folder, "", forced, &mut taken);
        let size = taken.iter().filter_map(|(_, path)| fs::metadata(path).ok()).map(|metadata| metadata.len()).sum();
        let plan = Plan::Read { file: Source::Folder { folder: folder.into(), files: taken }, adapter };
        found.push(Planned { name: shown(folder), plan, size });
    }
    for path in listing.others {
        let plan = Plan::Pass(Passed::Skipped("a link or device, which is not followed"));
        found.push(Planned { name: shown(&path), plan, size: 0 });
    }
    for path in listing.files {
        if adapter.is_none() || !is_of_archive(&path) {
            let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
            found.push(Planned { name: shown(&path), plan: Plan::Recognise { path, forced }, size });
        }
    }
    for path in listing.folders {
        if adapter.is_none() {
            walk(&path, forced, found);
        } else {
            rest_of_archive(&path, forced, found);
        }
    }
}

/// Mail below a folder that was named is one mailbox, wherever in it the files lie: who wrote to two of its folders is
/// one person, and a mail that lies in both is one mail. So it is with every format that gathers.
fn gather_all(folder: &Path, forced: Option<&'static Adapter>, mut found: Vec<Planned>) -> Vec<Planned> {
    for adapter in ADAPTERS.iter().filter(|adapter| forced.is_none_or(|forced| forced.name == adapter.name)) {
        if let Some(belongs) = adapter.gathers {
            found = gather_into_one(folder, adapter, belongs, found);
        }
    }
    found
}

fn gather_into_one(folder: &Path, adapter: &'static Adapter, belongs: Gathers, found: Vec<Planned>) -> Vec<Planned> {
    let (mut size, mut files, mut rest) = (0, Vec::new(), Vec::new());
    for file in found {
        let head = |path: &Path| File::open(path).and_then(|mut file| detect::take_head(&mut file)).unwrap_or_default();
        match &file.plan {
            Plan::Recognise { path, .. } if belongs(&shown(path), &|| head(path)) => {
                size += file.size;
                let name = path.strip_prefix(folder).unwrap_or(path);
                files.push((shown(name).replace('\\', "/"), path.clone()));
            }
            _ => rest.push(file),
        }
    }
    if !files.is_empty() {
        files.sort();
        let plan = Plan::Read { file: Source::Folder { folder: folder.into(), files }, adapter };
        rest.insert(0, Planned { name: shown(folder), plan, size });
    }
    rest
}

/// What lies in a folder of an archive and is none of its tables and pages.
fn rest_of_archive(folder: &Path, forced: Option<&'static Adapter>, found: &mut Vec<Planned>) {
    if is_archive(folder, forced) {
        return walk(folder, forced, found);
    }
    let listing = Listing::of(folder);
    for path in listing.files.into_iter().filter(|path| !is_of_archive(path)) {
        let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        found.push(Planned { name: shown(&path), plan: Plan::Recognise { path, forced }, size });
    }
    for path in listing.folders {
        rest_of_archive(&path, forced, found);
    }
}

/// The tables and pages of an archive's folder, except those of another archive inside it.
fn gather(folder: &Path, prefix: &str, forced: Option<&'static Adapter>, taken: &mut Vec<(String, PathBuf)>) {
    let listing = Listing::of(folder);
    for path in listing.files.into_iter().filter(|path| is_of_archive(path)) {
        taken.push((format!("{prefix}{}", base(&path)), path));
    }
    for path in listing.folders {
        if !is_archive(&path, forced) {
            gather(&path, &format!("{prefix}{}/", base(&path)), forced, taken);
        }
    }
}

fn is_archive(folder: &Path, forced: Option<&'static Adapter>) -> bool {
    let names = Listing::of(folder).files.iter().map(|path| base(path)).collect();
    archive_of(folder, names, forced).is_some()
}

/// Who reads a folder as one archive. What is gathered from everywhere waits until all is listed.
fn archive_of(folder: &Path, names: Vec<String>, forced: Option<&'static Adapter>) -> Option<&'static Adapter> {
    let found = detect::met(&shown(folder), &Seen::Entries(names), forced, &Limits::default()).ok();
    found.filter(|adapter| adapter.gathers.is_none())
}

fn is_of_archive(path: &Path) -> bool {
    path.extension().is_some_and(|last| ["csv", "html", "htm"].iter().any(|known| last.eq_ignore_ascii_case(known)))
}

/// What lies directly in a folder, sorted.
#[derive(Default)]
struct Listing {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    others: Vec<PathBuf>,
    fault: Option<String>,
}

impl Listing {
    fn of(folder: &Path) -> Self {
        let mut listing = Self::default();
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return Self { fault: Some(format!("could not list the folder: {error}")), ..listing },
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, _)) if tree::is_litter(&base(&path)) => {}
                Ok((path, kind)) if kind.is_dir() => listing.folders.push(path),
                Ok((path, kind)) if kind.is_file() => listing.files.push(path),
                Ok((path, _)) => listing.others.push(path),
                Err(error) => listing.fault = Some(format!("could not list all of the folder: {error}")),
            }
        }
        listing.files.sort();
        listing.folders.sort();
        listing.others.sort();
        listing
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn base(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
