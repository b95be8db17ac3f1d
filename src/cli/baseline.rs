//! The earlier report that a run is held against.

use crate::screen::Baseline;
use crate::screening::Detector;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Reads it, if one is named.
///
/// # Errors
/// If it cannot be read, is no report in JSON Lines, or is one of other detectors.
pub(super) fn baseline(path: Option<&Path>, detectors: &[Detector]) -> anyhow::Result<Option<Baseline>> {
    let Some(path) = path else { return Ok(None) };
    let shown = path.display();
    let baseline = read(path).with_context(|| format!("could not use the baseline {shown}"))?;
    if !baseline.asked(detectors) {
        bail!("could not use the baseline {shown}: it was made by asking other detectors (ask the same ones)");
    }
    Ok(Some(baseline))
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
