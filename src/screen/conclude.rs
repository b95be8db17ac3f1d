//! From what a dossier showed to where it stands: combinations, score, verdict, timeline.

use super::detection::Detection;
use super::options::Options;
use super::suppressions::Suppressions;
use crate::rules::combine;
use crate::score::{verdict, weigh};
use crate::screening::{Assessment, PerDetector, Screened, TimelineEntry, Verdict};

/// Weighs one dossier. Pure; the findings of clusters must stand among those of `screened`.
pub fn conclude(
    mut screened: Screened,
    detection: &Detection,
    suppressions: Option<&Suppressions>,
    options: &Options,
) -> Assessment {
    let set_aside = |screened: &mut Screened| {
        if let Some(suppressions) = suppressions {
            suppressions.take(&mut screened.findings, &mut screened.suppressed);
        }
    };
    // A combination rests on what counts.
    set_aside(&mut screened);
    if !screened.findings.is_empty() {
        let open = combine(&detection.rules, &screened.dossier, &mut screened.findings, &screened.not_evaluable);
        screened.not_evaluable.extend(open);
        screened.not_evaluable.sort_unstable();
        screened.not_evaluable.dedup();
        set_aside(&mut screened);
    }
    let detectors = PerDetector::from_fn(|detector| {
        options
            .detectors
            .contains(&detector)
            .then(|| weigh(&screened.findings, detector, &options.thresholds, screened.core[detector]))
    });
    let verdict = verdict(&detectors);
    if verdict >= Verdict::Review {
        screened.timeline = timeline(&screened);
    }
    Assessment { screened, verdict, detectors, clusters: Vec::new(), earlier: Vec::new(), change: None }
}

/// What the evidence says happened when, in order of time.
fn timeline(screened: &Screened) -> Vec<TimelineEntry> {
    let mut entries: Vec<TimelineEntry> = Vec::new();
    for finding in screened.findings.iter().filter(|finding| !finding.rule.combination) {
        for evidence in &finding.evidence {
            let Some(at) = evidence.at else { continue };
            let pointer = element_of(&evidence.pointer);
            match entries.iter_mut().find(|entry| entry.pointer == pointer) {
                Some(entry) if entry.rules.contains(&finding.rule.name) => {}
                Some(entry) => entry.rules.push(finding.rule.name.clone()),
                None => entries.push(TimelineEntry {
                    at,
                    pointer: pointer.to_owned(),
                    label: evidence.label.clone(),
                    rules: vec![finding.rule.name.clone()],
                }),
            }
        }
    }
    entries.sort_by(|a, b| (a.at.interval(), &a.pointer).cmp(&(b.at.interval(), &b.pointer)));
    entries
}

/// `/messages/0` of `/messages/0/text`.
fn element_of(pointer: &str) -> &str {
    let mut slashes = pointer.match_indices('/').map(|(at, _)| at);
    match slashes.nth(2) {
        Some(third) => &pointer[..third],
        None => pointer,
    }
}
