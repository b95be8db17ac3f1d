//! What lies in a folder that was named: walked, sorted, and gathered where a format is told by all of its files.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::adapter::{Adapter, Gathers};
use super::adapters::ADAPTERS;
use super::detect::{self, Passed, Seen};
use super::options::Limits;
use super::planned::{Plan, Planned, Source};
use super::tree;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Everything below a folder, in order.
pub(crate) fn folder(folder: &Path, forced: Option<&'static Adapter>) -> Vec<Planned> {
    let mut found = Vec::new();
    walk(folder, forced, &mut found);
    gather_all(folder, forced, found)
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
