//! `falseface suppress`: sets a finding aside, in a file that people review; and what `scan` makes of that file.

use super::args::SuppressArgs;
use super::exit::Exit;
use super::{baseline, output};
use crate::dossier::Date;
use crate::screen::{Suppression, Suppressions};
use crate::screening::FindingRef;
use anyhow::{Context, bail};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Fewer digits of a fingerprint may be another finding's by accident.
const LEAST_DIGITS: usize = 8;

/// Appends an entry for a finding of a report.
///
/// # Errors
/// If the report does not have the finding, or has several that begin so, or the file cannot be written.
pub(super) fn suppress(args: &SuppressArgs) -> anyhow::Result<Exit> {
    let entry = entry(args)?;
    let text = entry.to_toml().map_err(anyhow::Error::msg)?;
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
    let known = baseline::read(&args.from).with_context(|| format!("could not use the report {report}"))?;
    let found: Vec<_> = known.findings().filter(|(_, finding)| finding.fingerprint.starts_with(&wanted)).collect();
    let (dossier, finding) = match found[..] {
        [one] => one,
        [] => bail!("{report} has no finding with the fingerprint {wanted}"),
        _ => bail!("{wanted} begins several fingerprints of {report} (give more digits)"),
    };
    let FindingRef { rule, fingerprint } = finding.clone();
    let (reason, author, expires) = (args.reason.clone(), args.author.clone(), args.expires);
    Ok(Suppression { fingerprint, rule: Some(rule), dossier: Some(dossier.to_owned()), reason, author, expires })
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
