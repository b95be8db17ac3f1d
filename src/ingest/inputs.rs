//! From what was named to the files that will be read: walked, sorted, checked and recognised.

use super::ADAPTERS;
use super::adapter::{Adapter, Confidence, Glimpse};
use super::error::{IngestError, Names};
use super::options::{Limits, ReadOptions};
use super::unpack::{self, Packing};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes that detection looks at.
const HEAD: u64 = 1 << 16;

/// What the caller named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input, named `-`.
    Stdin,
    /// A file or folder.
    Path(PathBuf),
}

impl Input {
    /// How reports and locators call it.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Path(path) => path.to_string_lossy().into_owned(),
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

/// Why something in a walked folder is not read.
pub(crate) enum Passed {
    Skipped(&'static str),
    Rejected(String),
}

/// Where the bytes of a file are.
pub(crate) enum Source {
    /// Opened again when its turn comes.
    File(PathBuf),
    /// A pipe: already open, its first bytes already taken.
    Pipe { taken: Vec<u8>, rest: Box<dyn Read + Send> },
}

/// Everything that will be read, in order.
pub(crate) fn plan(inputs: &[Input], options: &ReadOptions) -> Result<Vec<Planned>, IngestError> {
    if inputs.is_empty() {
        return Err(IngestError::NoInput);
    }
    let forced = options.input_format.as_deref().map(adapter_named).transpose()?;
    let mut named: Vec<(String, &Input)> = inputs.iter().map(|input| (input.name(), input)).collect();
    named.sort();
    let mut seen = BTreeSet::new();
    let mut planned = Vec::new();
    for (name, input) in named {
        let found = match input {
            Input::Stdin => vec![pipe(name, Box::new(io::stdin()), forced, &options.limits)?],
            Input::Path(path) => named_path(name, path, forced, &options.limits)?,
        };
        planned.extend(found.into_iter().filter(|file| seen.insert(file.name.clone())));
    }
    Ok(planned)
}

fn adapter_named(given: &str) -> Result<&'static Adapter, IngestError> {
    ADAPTERS
        .iter()
        .find(|adapter| adapter.name == given)
        .ok_or_else(|| IngestError::UnknownFormat { given: given.to_owned(), known: known() })
}

fn known() -> Names {
    Names(ADAPTERS.iter().map(|adapter| adapter.name).collect())
}

fn named_path(
    name: String,
    path: &Path,
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<Vec<Planned>, IngestError> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => IngestError::Missing { path: name.clone() },
        _ => IngestError::Unreadable { path: name.clone(), reason: error.to_string() },
    })?;
    let unreadable = |error: io::Error| IngestError::Unreadable { path: name.clone(), reason: error.to_string() };
    if metadata.is_dir() {
        fs::read_dir(path).map_err(unreadable)?;
        let mut found = Vec::new();
        walk(path, forced, &mut found);
        return Ok(found);
    }
    let mut file = File::open(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Ok(vec![pipe(name, Box::new(file), forced, limits)?]);
    }
    let mut taken = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut taken).map_err(unreadable)?;
    let adapter = recognise_named(&name, &taken, forced, limits)?;
    Ok(vec![Planned { name, plan: Plan::Read { file: Source::File(path.into()), adapter }, size: metadata.len() }])
}

fn pipe(
    name: String,
    mut rest: Box<dyn Read + Send>,
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<Planned, IngestError> {
    let mut taken = Vec::new();
    rest.by_ref()
        .take(HEAD)
        .read_to_end(&mut taken)
        .map_err(|error| IngestError::Unreadable { path: name.clone(), reason: error.to_string() })?;
    let adapter = recognise_named(&name, &taken, forced, limits)?;
    Ok(Planned { name, plan: Plan::Read { file: Source::Pipe { taken, rest }, adapter }, size: 0 })
}

/// Files below a folder, sorted; links are not followed, what the system keeps for itself is not seen.
fn walk(folder: &Path, forced: Option<&'static Adapter>, found: &mut Vec<Planned>) {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let plan = Plan::Pass(Passed::Rejected(format!("could not list the folder: {error}")));
            found.push(Planned { name: name(folder), plan, size: 0 });
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if is_litter(&path) {
            continue;
        }
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if metadata.is_dir() {
            walk(&path, forced, found);
            continue;
        }
        let plan = if metadata.is_symlink() {
            Plan::Pass(Passed::Skipped("a link, which is not followed"))
        } else if metadata.is_file() {
            Plan::Recognise { path: path.clone(), forced }
        } else {
            Plan::Pass(Passed::Skipped("not a file"))
        };
        found.push(Planned { name: name(&path), plan, size: metadata.len() });
    }
}

/// What systems and office programs leave behind: `.DS_Store`, `Thumbs.db`, `~$letter.docx`, `__MACOSX`, dot files.
pub(crate) fn is_litter(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| {
        name.starts_with('.')
            || name.starts_with("~$")
            || name == "__MACOSX"
            || name.eq_ignore_ascii_case("thumbs.db")
            || name.eq_ignore_ascii_case("desktop.ini")
    })
}

/// Who reads a file that was named; anyone whose format it may be will do.
fn recognise_named(
    name: &str,
    taken: &[u8],
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<&'static Adapter, IngestError> {
    if let Some(adapter) = forced {
        return Ok(adapter);
    }
    let head = unpacked_head(taken, limits)
        .map_err(|error| IngestError::Unreadable { path: name.to_owned(), reason: error.to_string() })?;
    let mut claims = claims(&glimpse(name, &head));
    if claims.iter().any(|(confidence, _)| *confidence == Confidence::Certain) {
        claims.retain(|(confidence, _)| *confidence == Confidence::Certain);
    }
    match claims.as_slice() {
        [(_, adapter)] => Ok(adapter),
        [] => Err(IngestError::NotRecognised {
            path: name.to_owned(),
            reason: if head.is_empty() { "it is empty" } else { "no format fits its first bytes" }.to_owned(),
            known: known(),
        }),
        several => Err(IngestError::Ambiguous {
            path: name.to_owned(),
            candidates: Names(several.iter().map(|(_, adapter)| adapter.name).collect()),
        }),
    }
}

/// Who reads a file of a walked folder; only somebody who is certain, and nobody else is.
pub(crate) fn recognise_met(
    name: &str,
    taken: &[u8],
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<&'static Adapter, Passed> {
    let head = unpacked_head(taken, limits).map_err(|error| Passed::Rejected(error.to_string()))?;
    let claims = claims(&glimpse(name, &head));
    let certain: Vec<_> = claims.iter().filter(|(confidence, _)| *confidence == Confidence::Certain).collect();
    if let Some(adapter) = forced {
        let claimed = claims.iter().any(|(_, claimant)| std::ptr::eq(*claimant, adapter));
        return if claimed { Ok(adapter) } else { Err(Passed::Skipped("not an export of the format that was named")) };
    }
    match certain.as_slice() {
        [(_, adapter)] => Ok(adapter),
        [] => Err(Passed::Skipped("not an export")),
        several => {
            let names = Names(several.iter().map(|(_, adapter)| adapter.name).collect());
            Err(Passed::Rejected(format!("it may be {names} (say which with --input-format)")))
        }
    }
}

fn claims(glimpse: &Glimpse<'_>) -> Vec<(Confidence, &'static Adapter)> {
    ADAPTERS.iter().filter_map(|adapter| (adapter.detect)(glimpse).map(|confidence| (confidence, adapter))).collect()
}

fn glimpse<'a>(name: &'a str, head: &'a [u8]) -> Glimpse<'a> {
    Glimpse { name: plain_name(name), head, entries: None }
}

/// The file name without folders and without `.gz` or `.zst`.
pub(crate) fn plain_name(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.strip_suffix(".gz").or_else(|| base.strip_suffix(".zst")).unwrap_or(base)
}

/// The first unpacked bytes. Damage further on is met when the file is read.
pub(crate) fn unpacked_head(taken: &[u8], limits: &Limits) -> io::Result<Vec<u8>> {
    let packing = Packing::of(taken);
    if matches!(packing, Packing::None | Packing::Zip) {
        return Ok(taken.to_vec());
    }
    let mut head = Vec::new();
    let result =
        unpack::unpack(Box::new(io::Cursor::new(taken.to_vec())), packing, limits)?.take(HEAD).read_to_end(&mut head);
    match result {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// The first bytes of a file.
pub(crate) fn take_head(path: &Path) -> io::Result<Vec<u8>> {
    let mut taken = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut taken)?;
    Ok(taken)
}
