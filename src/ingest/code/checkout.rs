//! Looks through the folder of a repository for the few files that say what it would run. Only those are ever opened.
//!
//! Which they are is data, `rules/tables/repository-files.tsv`, as the binary carries it.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use crate::content::Table;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What a repository's address stands in, below its folder.
pub(super) const SETTINGS: &str = ".git/config";
/// Files and folders that are looked at, and files that are read, at most; and how deep they may lie.
const MAX_ENTRIES: usize = 100_000;
const MAX_FILES: usize = 2_000;
const MAX_DEPTH: usize = 32;

static KNOWN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let table = Table::embedded("tables/repository-files.tsv").unwrap_or_default();
    table.rows().iter().map(|row| (row.cell(0).to_lowercase(), row.cell(1).to_owned())).collect()
});

/// What a file is by its path below the folder, or a folder by its name; nothing for what is not read.
pub(super) fn kind_of(path: &str) -> Option<&'static str> {
    let path = path.to_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let is = |pattern: &str| match pattern.strip_prefix('*') {
        Some(end) => name.ends_with(end),
        None if pattern.contains('/') => path == pattern || path.ends_with(&format!("/{pattern}")),
        None => name == pattern,
    };
    let (_, kind) = KNOWN.iter().find(|(pattern, _)| is(pattern))?;
    (kind != "page" || folder.is_empty()).then_some(kind)
}

/// Whether a folder is that of a repository: it is under git, or has a manifest at its top.
pub(crate) fn is_repository(folder: &Path) -> bool {
    let is_manifest = |name: &str| kind_of(name) == Some("manifest");
    let mut names = fs::read_dir(folder).into_iter().flatten().flatten();
    names.any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name == ".git" || (is_manifest(&name) && entry.file_type().is_ok_and(|kind| kind.is_file()))
    })
}

/// What was found below the folder of a repository.
#[derive(Default)]
pub(crate) struct Found {
    /// What each file is called in it, and where it lies; sorted.
    pub(crate) files: Vec<(String, PathBuf)>,
    /// What was passed over, and why.
    pub(crate) passed: Vec<(PathBuf, &'static str)>,
}

/// Finds the files of a repository that are read. Links are not followed, and folders that tools fill stay closed.
pub(crate) fn look_through(folder: &Path) -> Found {
    let mut found = Found::default();
    let mut folders = vec![(String::new(), folder.to_owned(), 0_usize)];
    let (mut looked_at, mut others) = (0_usize, None);
    while let Some((prefix, folder, depth)) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            found.passed.push((folder, "a folder that could not be listed"));
            continue;
        };
        for entry in entries.flatten() {
            looked_at += 1;
            if looked_at > MAX_ENTRIES || found.files.len() >= MAX_FILES {
                found.passed.push((folder, "the rest of a repository of more files than are looked at"));
                return found.sorted(others);
            }
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && kind_of(&name) == Some("closed") => {
                    found.settings(&name, &path);
                }
                Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => folders.push((format!("{name}/"), path, depth + 1)),
                Ok(kind) if kind.is_file() => match kind_of(&name) {
                    Some(kind) if kind != "closed" => found.files.push((name, path)),
                    _ => others = others.filter(|other: &PathBuf| *other < path).or(Some(path)),
                },
                Ok(kind) if kind.is_dir() => found.passed.push((path, "a folder that lies too deep")),
                _ => found.passed.push((path, "a link or device, which is not followed")),
            }
        }
    }
    found.sorted(others)
}

impl Found {
    /// Of git's own folder only the file with the repository's address is read; of others nothing.
    fn settings(&mut self, name: &str, path: &Path) {
        let settings = path.join("config");
        if name != ".git" {
            self.passed.push((path.to_owned(), "a folder that tools fill, which stays closed"));
        } else if fs::symlink_metadata(&settings).is_ok_and(|metadata| metadata.is_file()) {
            self.files.push((SETTINGS.to_owned(), settings));
        }
    }

    fn sorted(mut self, others: Option<PathBuf>) -> Self {
        self.files.sort();
        self.passed.sort();
        let reason = "the first of the files that are no manifests, task files or settings, and stay closed";
        self.passed.extend(others.map(|first| (first, reason)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn manifests_are_read_anywhere_and_source_nowhere() {
        for (path, kind) in [
            ("package.json", Some("manifest")),
            ("apps/web/Package.json", Some("manifest")),
            (".vscode/tasks.json", Some("task")),
            ("sub/.vscode/tasks.json", Some("task")),
            ("docs/tasks.json", None),
            ("shop.code-workspace", Some("task")),
            ("server/config/.config.env", Some("settings")),
            ("README.md", Some("page")),
            ("docs/README.md", None),
            ("src/main.rs", None),
            ("server/index.js", None),
            ("web/node_modules", Some("closed")),
        ] {
            assert_eq!(kind_of(path), kind, "{path}");
        }
    }
}
