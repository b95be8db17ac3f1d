//! `falseface suppress`: sets a finding aside, in a file that people review; and what `scan` makes of that file.

use super::args::SuppressArgs;
use super::exit::Exit;
use super::output;
use crate::dossier::Date;
use crate::screen::{Suppression, Suppressions, suppression_as_text};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Fewer digits of a fingerprint may be another finding's by accident.
const LEAST_DIGITS: usize = 8;

/// A line of a report, as far as a finding is looked for in it.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    dossier: Option<String>,
    #[serde(default)]
    findings: Vec<FindingLine>,
}

#[derive(Deserialize)]
struct FindingLine {
    rule: String,
    fingerprint: String,
}

/// Appends an entry for a finding of a report.
///
/// # Errors
/// If the report does not have the finding, or has several that begin so, or the file cannot be written.
pub(super) fn suppress(args: &SuppressArgs) -> anyhow::Result<Exit> {
    let entry = entry(args)?;
    let text = suppression_as_text(&entry).map_err(anyhow::Error::msg)?;
    let path = args.suppressions.display();
    if let Some(before) = existing(&args.suppressions)? {
        let found = Suppressions::parse(&before, args.expires).map_err(anyhow::Error::msg);
        found.with_context(|| format!("could not add to {path}"))?;
        if before.contains(&entry.fingerprint) {
            bail!("{path} has an entry for {} already (change it there)", entry.fingerprint);
        }
    }
    let file = OpenOptions::new().create(true).append(true).open(&args.suppressions);
    let mut file = file.with_context(|| format!("could not open {path}"))?;
    writeln!(file, "{text}").with_context(|| format!("could not write to {path}"))?;
    output::note(&format!(
        "set aside through {}: {} of {} ({path})",
        entry.expires,
        entry.rule.as_deref().unwrap_or("a finding"),
        output::safe(entry.dossier.as_deref().unwrap_or("a record"))
    ));
    Ok(Exit::Success)
}

/// The entry that the arguments ask for.
fn entry(args: &SuppressArgs) -> anyhow::Result<Suppression> {
    let wanted = args.fingerprint.to_ascii_lowercase();
    if wanted.len() < LEAST_DIGITS || !wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("expected a fingerprint of at least {LEAST_DIGITS} hex digits, found {:?}", args.fingerprint);
    }
    let report = args.from.display();
    #[expect(clippy::disallowed_methods, reason = "a report of ours is no export: ingest does not know it")]
    let file = File::open(&args.from).with_context(|| format!("could not read the report {report}"))?;
    let mut found: Option<(String, FindingLine)> = None;
    for (line, number) in BufReader::new(file).lines().zip(1..) {
        let line = line.with_context(|| format!("could not read the report {report}"))?;
        let line: Line = serde_json::from_str(&line).with_context(|| {
            format!("{report}:{number} is no line of a report (falseface scan --format jsonl -o FILE)")
        })?;
        let Some(dossier) = line.dossier else { continue };
        for finding in line.findings.into_iter().filter(|finding| finding.fingerprint.starts_with(&wanted)) {
            match &found {
                Some((_, other)) if other.fingerprint != finding.fingerprint => {
                    bail!("{wanted} begins several fingerprints of {report} (give more digits)");
                }
                _ => found = Some((dossier.clone(), finding)),
            }
        }
    }
    let Some((dossier, FindingLine { rule, fingerprint })) = found else {
        bail!("{report} has no finding with the fingerprint {wanted}");
    };
    let (reason, author, expires) = (args.reason.clone(), args.author.clone(), args.expires);
    Ok(Suppression { fingerprint, rule: Some(rule), dossier: Some(dossier), reason, author, expires })
}

fn existing(path: &Path) -> anyhow::Result<Option<String>> {
    #[expect(clippy::disallowed_methods, reason = "what people decided is no export: ingest does not know it")]
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("could not read {}", path.display())),
    }
}

/// The findings that are set aside in a run, if a file of them is named.
///
/// # Errors
/// If it cannot be read, or an entry is wrong.
pub(super) fn suppressions(path: Option<&Path>, now: Date) -> anyhow::Result<Option<Suppressions>> {
    let Some(path) = path else { return Ok(None) };
    let shown = path.display();
    let text = existing(path)?.with_context(|| format!("could not read {shown}: there is no such file"))?;
    let parsed = Suppressions::parse(&text, now).map_err(anyhow::Error::msg);
    parsed.map(Some).with_context(|| format!("could not use the suppressions {shown}"))
}
