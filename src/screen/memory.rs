//! Screening in memory, for programs that have dossiers already.

use super::detection::Detection;
use super::options::Options;
use super::stages::Stages;
use super::visits::link_in_memory;
use crate::dossier::{Dossier, Locator};
use crate::screening::Screening;

/// Screens dossiers one after the other and keeps every assessment.
///
/// For files, and for batches that should not be kept in memory, see `screen::run`.
///
/// ```
/// use falseface::{Detection, Dossier, Options, Verdict, screen};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let detection = Detection::builtin().map_err(|found| format!("{found:?}"))?;
/// let dossier: Dossier = serde_json::from_str(
///     r#"{ "schema": "falseface.dossier/1", "id": "inbox-0007", "role": "recruiter",
///          "messages": [ { "from_subject": true, "text": "Thanks for applying, shall we talk on Monday?" } ] }"#,
/// )?;
/// let screening = screen([dossier], &detection, &Options::at("2026-11-25".parse()?));
/// assert_eq!(screening.assessments[0].verdict, Verdict::Nothing);
/// # Ok(())
/// # }
/// ```
pub fn screen(dossiers: impl IntoIterator<Item = Dossier>, detection: &Detection, options: &Options) -> Screening {
    let stages = Stages::new(detection);
    let mut screening = Screening::new(options.run(detection));
    let mut asked: Vec<(u64, Dossier)> = (1..).zip(dossiers).collect();
    asked.retain_mut(|(_, dossier)| options.narrow.keep(dossier));
    let (lines, dossiers): (Vec<u64>, Vec<Dossier>) = asked.into_iter().unzip();
    let linked = options.link.map(|threshold| link_in_memory(&dossiers, stages.knowledge(), threshold));
    let linked = linked.unwrap_or_default();
    for (number, (line, dossier)) in (0..).zip(lines.into_iter().zip(&dossiers)) {
        let source = Locator { line: Some(line), ..Locator::file("memory") };
        let assessment = stages.assess_in(dossier, source, options, linked.part_of(number));
        screening.summary.count(assessment.verdict);
        if assessment.verdict >= options.min_verdict {
            screening.assessments.push(assessment);
        } else {
            screening.summary.hidden += 1;
        }
    }
    screening.clusters = linked.clusters;
    screening.hubs = linked.hubs;
    screening
}
