//! The earlier report that a run is held against.

use super::output;
use crate::screen::Baseline;
use crate::screening::Detector;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Reads it, if one is named.
///
/// # Errors
/// If it cannot be read, is no report in JSON Lines, is one of other detectors, or does not name everybody.
pub(super) fn baseline(path: Option<&Path>, detectors: &[Detector]) -> anyhow::Result<Option<Baseline>> {
    let Some(path) = path else { return Ok(None) };
    let shown = path.display();
    let baseline = read(path).with_context(|| format!("could not use the baseline {shown}"))?;
    if !baseline.asked(detectors) {
        bail!("could not use the baseline {shown}: it was made by asking other detectors (ask the same ones)");
    }
    // Whoever is missing in it would be called new.
    match baseline.left_out() {
        Some(0) => Ok(Some(baseline)),
        Some(people) => bail!(
            "could not use the baseline {shown}: it leaves out {}, because of --min-verdict or because it was held against a \
             baseline itself (make it of everybody, with --format jsonl alone)",
            output::counted(usize::try_from(people).unwrap_or(usize::MAX), "person", "people")
        ),
        None => bail!(
            "could not use the baseline {shown}: it has no end, or was interrupted, so that people are missing (make it again)"
        ),
    }
}

/// Reads an earlier report.
///
/// # Errors
/// If it cannot be read, or is no report in JSON Lines.
pub(super) fn read(path: &Path) -> anyhow::Result<Baseline> {
    #[expect(clippy::disallowed_methods, reason = "a report of ours is no export: ingest does not know it")]
    let file = File::open(path).context("could not read it")?;
    Ok(Baseline::read(BufReader::new(file))?)
}
