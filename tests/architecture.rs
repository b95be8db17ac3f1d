//! The house: every file imports only from floors below its own.

#![expect(clippy::disallowed_methods, reason = "the test reads the project's own sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up. A module may name modules of lower floors.
const FLOORS: &[&[&str]] = &[
    &["dossier"],
    &["content"],
    &["facts", "ingest"],
    &["screening"],
    &["evaluation"],
    &["rules", "score", "report", "link"],
    &["screen"],
    &["cli"],
    &["main", "lib"],
];

type Sources = BTreeMap<PathBuf, String>;

/// The top-level module of a file: its folder below `src`, or its own name.
fn module_of(file: &Path) -> String {
    let first = file.iter().next().unwrap_or_default().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The code of a file without its unit tests and comments.
fn code_of(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What follows each occurrence of `prefix`, and where: an identifier, or the one character that is none.
fn names_after<'s>(code: &'s str, prefix: &str) -> Vec<(usize, &'s str)> {
    code.match_indices(prefix)
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
        .map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
            (at + prefix.len(), &rest[..end])
        })
        .collect()
}

/// The modules that a file names by `super::`, groups taken apart; `super::super` and nested groups count by their first name.
fn names_of_siblings(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("super::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + "super::".len()..];
        let parts = match rest.strip_prefix('{') {
            Some(group) => outer_parts(group),
            None => vec![rest],
        };
        for part in parts {
            let part = part.trim();
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            names.push(if end == 0 { part.chars().take(1).collect() } else { part[..end].to_owned() });
        }
    }
    names
}

/// The parts of a group of imports, up to its closing brace, nested groups left whole.
fn outer_parts(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// What is wrong with the imports of one file; `siblings` are the other modules of its folder.
fn violations(file: &Path, source: &str, siblings: &BTreeSet<String>) -> Vec<String> {
    let code = code_of(source);
    let module = module_of(file);
    let Some(floor) = floor_of(&module) else { return vec![format!("{}: on no floor", file.display())] };
    let mut found = Vec::new();
    let own_folder = format!("{module}::");
    for (at, name) in names_after(&code, "crate::") {
        let leaf = code[at..].strip_prefix(&own_folder).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        match floor_of(name) {
            None => found.push(format!("{}: `crate::{name}` names no module of a floor", file.display())),
            Some(_) if name == module && leaf => {}
            Some(_) if name == module => {
                found.push(format!("{}: `crate::{name}` goes through its own folder's root", file.display()));
            }
            Some(other) if other >= floor => {
                found.push(format!("{}: floor {floor} imports `{name}` of floor {other}", file.display()));
            }
            Some(_) => {}
        }
    }
    for name in names_of_siblings(&code) {
        if !siblings.contains(&name) {
            found.push(format!("{}: `super::{name}` is no sibling module", file.display()));
        }
    }
    found
}

fn sources() -> Sources {
    fn collect(root: &Path, folder: &Path, into: &mut Sources) {
        for entry in fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(root, &path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                into.insert(path.strip_prefix(root).expect("below src").to_owned(), text);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut into = BTreeMap::new();
    collect(&root, &root, &mut into);
    into
}

/// The other modules of a file's folder, by name, with the file that holds each.
fn siblings(file: &Path, sources: &Sources) -> BTreeMap<String, PathBuf> {
    // `super` of a `mod.rs` is the folder above.
    let folder = file.parent().unwrap_or(Path::new(""));
    let folder = if file.ends_with("mod.rs") { folder.parent().unwrap_or(folder) } else { folder };
    let mut near = BTreeMap::new();
    for other in sources.keys().filter(|other| *other != file) {
        let module = if other.parent() == Some(folder) {
            other.file_stem()
        } else if other.ends_with("mod.rs") && other.parent().and_then(Path::parent) == Some(folder) {
            other.parent().and_then(Path::file_name)
        } else {
            None
        };
        if let Some(module) = module {
            near.insert(module.to_string_lossy().into_owned(), other.clone());
        }
    }
    near
}

#[test]
fn every_import_points_down() {
    let sources = sources();
    assert!(sources.len() > 20, "the sources were found");
    let found: Vec<String> = sources
        .iter()
        .filter(|(file, _)| !file.ends_with("tests.rs"))
        .flat_map(|(file, text)| violations(file, text, &siblings(file, &sources).into_keys().collect()))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn siblings_do_not_import_each_other_in_circles() {
    let sources = sources();
    let imports = |file: &PathBuf| -> Vec<PathBuf> {
        let near = siblings(file, &sources);
        let code = code_of(&sources[file]);
        let own = format!("crate::{}::", module_of(file));
        let by_path = names_after(&code, &own).into_iter().map(|(_, name)| name.to_owned());
        names_of_siblings(&code).into_iter().chain(by_path).filter_map(|name| near.get(&name).cloned()).collect()
    };
    for file in sources.keys().filter(|file| !file.ends_with("mod.rs") && !file.ends_with("tests.rs")) {
        let mut seen = BTreeSet::new();
        let mut next = imports(file);
        while let Some(other) = next.pop() {
            assert_ne!(&other, file, "{} reaches itself through its siblings", file.display());
            if seen.insert(other.clone()) {
                next.extend(imports(&other));
            }
        }
    }
}

#[test]
fn a_planted_upward_import_is_found() {
    let none = BTreeSet::new();
    let planted = |file: &str, code: &str| violations(Path::new(file), code, &none);
    assert_eq!(planted("facts/element.rs", "use crate::dossier::Date;"), Vec::<String>::new());
    assert_eq!(planted("facts/element.rs", "use crate::rules::RuleSet;").len(), 1);
    assert_eq!(planted("facts/element.rs", "fn f() { crate::ingest::open(); }").len(), 1, "sideways");
    assert_eq!(planted("report/terminal.rs", "use crate::{screening, screen};").len(), 1, "through the root");
    assert_eq!(planted("report/terminal.rs", "use super::*;").len(), 1, "by glob");
    assert_eq!(planted("report/terminal.rs", "use crate::report::Format;").len(), 1, "through its own root");
}

#[test]
fn every_file_says_what_it_represents_and_stays_short() {
    for (file, text) in sources() {
        assert!(text.starts_with("//!"), "{} has no module header", file.display());
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines", file.display());
    }
}
