//! What a change of rules does to people: whom each changed rule would newly hit, or no longer.

use super::load;
use super::observer::observe;
use super::rules_args::RulesCheckArgs;
use crate::content::ContentFile;
use crate::screen::{Detection, Options};
use anyhow::{Context, bail};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// Compares the content with that of a git revision on the given inputs.
///
/// # Errors
/// If git does not know the revision, the old content cannot be compiled, or the inputs cannot be read.
pub(super) fn print(
    out: &mut impl Write,
    revision: &str,
    args: &RulesCheckArgs,
    files: &[ContentFile],
) -> anyhow::Result<()> {
    let folder = args.folders.first().map_or(Path::new("rules"), |folder| folder.as_path());
    let old_files = files_at(folder, revision)?;
    let changed = changed_rules(&old_files, files);
    if changed.is_empty() {
        writeln!(out, "no rule changed since {revision}")?;
        return Ok(());
    }
    let old = hits(&old_files, args)?;
    let new = hits(files, args)?;
    let none = BTreeSet::new();
    for rule in changed {
        let (before, after) = (old.get(&rule).unwrap_or(&none), new.get(&rule).unwrap_or(&none));
        let list = |ids: Vec<&String>| {
            if ids.is_empty() { "nobody".to_owned() } else { ids.into_iter().cloned().collect::<Vec<_>>().join(", ") }
        };
        let newly = list(after.difference(before).collect());
        let no_longer = list(before.difference(after).collect());
        writeln!(out, "{rule}: newly hits {newly}; no longer {no_longer}; {} in all", after.len())?;
    }
    Ok(())
}

/// Names of the rules whose files differ, sorted.
fn changed_rules(old: &[ContentFile], new: &[ContentFile]) -> BTreeSet<String> {
    let by_path = |files: &[ContentFile]| -> BTreeMap<String, Cow<'static, str>> {
        files
            .iter()
            .filter(|file| file.path.starts_with("detections/"))
            .map(|file| (file.path.clone(), file.text.clone()))
            .collect()
    };
    let (old, new) = (by_path(old), by_path(new));
    old.keys()
        .chain(new.keys())
        .filter(|path| old.get(*path) != new.get(*path))
        .filter_map(|path| Some(Path::new(path).file_stem()?.to_string_lossy().into_owned()))
        .collect()
}

/// Ids of the dossiers that each rule hits.
fn hits(files: &[ContentFile], args: &RulesCheckArgs) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let detection = Detection::load(files, &[]).map_err(|found| load::mistakes(&found, false))?;
    let options = Options::at(load::clock());
    let mut hits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    observe(&args.on, &detection, &options, &AtomicBool::new(false), |assessment| {
        for finding in &assessment.screened.findings {
            hits.entry(finding.rule.name.clone()).or_default().insert(assessment.screened.dossier.clone());
        }
    })?;
    Ok(hits)
}

/// The content folder as it was at a revision.
fn files_at(folder: &Path, revision: &str) -> anyhow::Result<Vec<ContentFile>> {
    let listed = git(folder, &["ls-tree", "-r", "-z", "--name-only", revision, "."])?;
    listed
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(|path| {
            let text = git(folder, &["show", &format!("{revision}:./{path}")])?;
            Ok(ContentFile { path: path.to_owned(), text: Cow::Owned(text) })
        })
        .collect()
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .context("could not run git (--changed-since needs it)")?;
    if !output.status.success() {
        bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("git gave no UTF-8")
}
