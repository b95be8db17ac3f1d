//! From arguments to compiled detection content, and to the options of a run.

use super::arg_groups::{AskArgs, ContentArgs, PrintArgs};
use super::output;
use crate::content::{ContentFile, Diagnostic, embedded, overlay, suggest};
use crate::dossier::Date;
use crate::rules::Rule;
use crate::screen::{Detection, Options};
use anyhow::{Context, anyhow, bail};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The built-in content with the named folders laid over it, compiled.
///
/// # Errors
/// If a folder cannot be read, or the content is wrong: each mistake is printed with its line.
pub(super) fn detection(args: &ContentArgs, print: Option<&PrintArgs>) -> anyhow::Result<Detection> {
    let files = files(&args.rules)?;
    Detection::load(&files, &args.exclude_rule)
        .map_err(|found| mistakes(&found, print.is_none_or(|print| output::color_on_stderr(print.color))))
}

/// The rule of that name.
///
/// # Errors
/// If there is none, with the name that is nearest.
pub(super) fn rule<'d>(detection: &'d Detection, name: &str) -> anyhow::Result<&'d Rule> {
    detection.rules.by_name(name).ok_or_else(|| {
        if detection.rules.off().iter().any(|off| off.rule == name) {
            return anyhow!("the rule {name:?} is left out (by --exclude-rule, or by the configuration: see `falseface config show`)");
        }
        let names = detection.rules.rules().iter().map(|rule| rule.info.name.as_str());
        let hint = match suggest(name, names) {
            Some(near) => format!("did you mean {near}?"),
            None => "`falseface rules list` shows every name".to_owned(),
        };
        anyhow!("there is no rule {name:?} ({hint})")
    })
}

/// The built-in files with those of the named folders laid over them.
///
/// # Errors
/// If a folder cannot be read.
pub(super) fn files(folders: &[PathBuf]) -> anyhow::Result<Vec<ContentFile>> {
    folders.iter().try_fold(embedded(), |files, folder| Ok(overlay(files, folder_files(folder)?)))
}

/// The names of the rules of files, by which they are switched off.
pub(super) fn rule_names(files: &[ContentFile]) -> impl Iterator<Item = &str> {
    let rules = files.iter().filter(|file| file.path.starts_with("detections/"));
    rules.filter_map(|file| Path::new(&file.path).file_stem()?.to_str())
}

/// Prints what is wrong with content and says so in a sentence.
pub(super) fn mistakes(found: &[Diagnostic], color: bool) -> anyhow::Error {
    for diagnostic in found {
        output::note(&diagnostic.render(color));
    }
    anyhow!(
        "the detection content has {} (nothing was scanned)",
        if found.len() == 1 { "a mistake".to_owned() } else { format!("{} mistakes", found.len()) }
    )
}

/// Every file of a content folder, by its path inside the folder.
fn folder_files(folder: &Path) -> anyhow::Result<Vec<ContentFile>> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files).with_context(|| {
        format!(
            "could not read the content folder {} (it must hold detections/, lexicons/, lists/ or tables/)",
            folder.display()
        )
    })?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if !files
        .iter()
        .any(|file| ["detections/", "lexicons/", "lists/", "tables/"].iter().any(|known| file.path.starts_with(known)))
    {
        bail!(
            "{} holds no detection content (expected a folder with detections/, lexicons/, lists/ or tables/)",
            folder.display()
        );
    }
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "content folders are arguments, not exports: ingest does not know them")]
fn collect(root: &Path, folder: &Path, files: &mut Vec<ContentFile>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("{} is not readable text", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(ContentFile { path: name, text: Cow::Owned(text) });
        }
    }
    Ok(())
}

/// The options of a run: the time, and what is asked.
pub(super) fn options(args: &AskArgs) -> Options {
    let mut options = Options::at(args.now.unwrap_or_else(clock));
    if !args.detector.is_empty() {
        options.detectors.clone_from(&args.detector);
        options.detectors.sort_unstable();
        options.detectors.dedup();
    }
    options
}

/// What time it is, to the second.
#[expect(clippy::disallowed_methods, reason = "the clock is the default of --now, and recorded")]
pub(super) fn clock() -> Date {
    let seconds = jiff::Timestamp::now().as_second();
    // The clock of a running system is inside the years −9999 to 9999.
    Date::from_timestamp(seconds).unwrap_or_else(|| unreachable!("the clock says {seconds}"))
}
