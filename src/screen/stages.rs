//! One dossier through the stages: facts, element rules, and what stands beside them.

use super::baseline::Baseline;
use super::conclude::conclude;
use super::detection::Detection;
use super::history::history;
use super::options::Options;
use super::suppressions::Suppressions;
use super::visits::link_in_memory;
use crate::dossier::{Dossier, Locator, Provenance};
use crate::facts::{Elements, Knowledge, facts};
use crate::link::{Earlier, Linked, Part, Watchlists, with_cluster, with_earlier};
use crate::rules::{evaluate, trace};
use crate::screening::{
    Assessment, Detector, Explanation, JoinedSource, Judged, ListUsed, PerDetector, Run, Screened, SubjectLine,
};

/// The stages with everything they need, made once for a run.
#[derive(Debug)]
pub struct Stages<'c> {
    detection: &'c Detection,
    knowledge: Knowledge<'c>,
    watchlists: Option<&'c Watchlists<'c>>,
    suppressions: Option<&'c Suppressions>,
    baseline: Option<&'c Baseline>,
}

impl<'c> Stages<'c> {
    /// Resolves what the facts look up.
    pub fn new(detection: &'c Detection) -> Self {
        Self {
            detection,
            knowledge: Knowledge::new(&detection.content),
            watchlists: None,
            suppressions: None,
            baseline: None,
        }
    }

    /// The same, holding each dossier against lists, if there are any.
    #[must_use]
    pub fn with_watchlists(self, watchlists: Option<&'c Watchlists<'c>>) -> Self {
        Self { watchlists, ..self }
    }

    /// The same, setting findings aside.
    #[must_use]
    pub fn with_suppressions(self, suppressions: Option<&'c Suppressions>) -> Self {
        Self { suppressions, ..self }
    }

    /// The same, telling only what is different since an earlier report.
    #[must_use]
    pub fn with_baseline(self, baseline: Option<&'c Baseline>) -> Self {
        Self { baseline, ..self }
    }

    /// The earlier report.
    pub(super) fn baseline(&self) -> Option<&'c Baseline> {
        self.baseline
    }

    /// What a report says of a run with these stages.
    pub fn run(&self, options: &Options) -> Run {
        let lists = self.watchlists.into_iter().flat_map(Watchlists::lists);
        let used = lists.map(|list| ListUsed {
            name: list.name.clone(),
            digest: list.digest.clone(),
            used: list.entries.len(),
            expired: list.expired,
            left_out: list.left_out.len(),
        });
        Run {
            watchlists: used.collect(),
            suppressions: self.suppressions.map(|suppressions| suppressions.used().clone()),
            baseline: self.baseline.map(Baseline::used),
            ..options.run(self.detection)
        }
    }

    /// What the stages run with.
    pub fn detection(&self) -> &'c Detection {
        self.detection
    }

    /// What the facts look up.
    pub fn knowledge(&self) -> &Knowledge<'c> {
        &self.knowledge
    }

    /// Every element of a dossier, with its facts.
    pub fn elements<'d>(&'d self, dossier: &'d Dossier, options: &Options) -> Elements<'d> {
        let elements = facts(dossier, &self.knowledge, options.now);
        match self.watchlists {
            Some(lists) => lists.add(elements),
            None => elements,
        }
    }

    /// The same with what it shares with others.
    fn elements_in<'d>(&'d self, dossier: &'d Dossier, options: &Options, part: Part<'_>) -> Elements<'d> {
        let elements = self.elements(dossier, options);
        let elements = match part.cluster {
            Some((membership, cluster)) => with_cluster(elements, membership, cluster),
            None => elements,
        };
        match part.earlier {
            Some(earlier) => with_earlier(elements, earlier),
            None => elements,
        }
    }

    /// What a dossier yields, with what it shares with others.
    fn screened(&self, dossier: &Dossier, source: Locator, options: &Options, part: Part<'_>) -> Screened {
        let elements = self.elements_in(dossier, options, part);
        let evaluation = evaluate(&self.detection.rules, &elements);
        // Most people have none, and nobody draws them.
        let history = if evaluation.findings.is_empty() { Vec::new() } else { history(dossier) };
        Screened {
            dossier: dossier.id.clone(),
            source,
            joined: joined_sources(dossier),
            role: dossier.role,
            subject: subject_line(dossier),
            findings: evaluation.findings,
            suppressed: Vec::new(),
            not_evaluable: evaluation.not_evaluable,
            coverage: evaluation.coverage,
            missing: evaluation.missing,
            core: PerDetector::from_fn(|detector| has_core(dossier, detector)),
            timeline: Vec::new(),
            history,
            judged: judged(dossier),
        }
    }

    /// A dossier, weighed; what other dossiers share with it is not asked.
    pub fn assess(&self, dossier: &Dossier, source: Locator, options: &Options) -> Assessment {
        self.assess_in(dossier, source, options, Part::default())
    }

    /// A dossier, weighed with what it shares with others of its batch and with those of earlier ones.
    pub fn assess_beside(
        &self,
        dossier: &Dossier,
        others: &[Dossier],
        earlier: Option<&Earlier>,
        options: &Options,
    ) -> Assessment {
        let linked = match options.link {
            Some(threshold) if !others.is_empty() => {
                let batch: Vec<Dossier> = std::iter::once(dossier).chain(others).cloned().collect();
                link_in_memory(&batch, &self.knowledge, threshold)
            }
            _ => Linked::default(),
        };
        let part = Part { earlier, ..linked.part_of(0) };
        self.assess_in(dossier, Locator::file("memory"), options, part)
    }

    /// A dossier, weighed with what it shares with others.
    pub fn assess_in(&self, dossier: &Dossier, source: Locator, options: &Options, part: Part<'_>) -> Assessment {
        let clusters = part.cluster.map(|(_, cluster)| cluster.id.clone()).into_iter().collect();
        let earlier = part.earlier.map(|earlier| earlier.records.clone()).unwrap_or_default();
        let assessment =
            conclude(self.screened(dossier, source, options, part), self.detection, self.suppressions, options);
        Assessment { clusters, earlier, ..assessment }
    }
}

/// Why a dossier is assessed as it is: the named rules, or every rule that hit, on every element. `part` is what it shares
/// with others.
pub fn explain(
    stages: &Stages<'_>,
    dossier: &Dossier,
    source: Locator,
    rules: &[String],
    options: &Options,
    part: Part<'_>,
) -> Explanation {
    let assessment = stages.assess_in(dossier, source, options, part);
    let elements = stages.elements_in(dossier, options, part);
    let findings = &assessment.screened.findings;
    let names: Vec<&str> = if rules.is_empty() {
        findings.iter().map(|finding| finding.rule.name.as_str()).collect()
    } else {
        rules.iter().map(String::as_str).collect()
    };
    let traces = names.iter().flat_map(|name| trace(&stages.detection.rules, name, &elements, findings)).collect();
    Explanation { assessment, traces }
}

fn subject_line(dossier: &Dossier) -> SubjectLine {
    SubjectLine {
        name: dossier.subject.shown_name().map(str::to_owned),
        headline: dossier.subject.headline.as_deref().map(str::to_owned),
    }
}

/// The sources that a record was joined of.
fn joined_sources(dossier: &Dossier) -> Vec<JoinedSource> {
    let joined = dossier.provenance.iter().filter(|entry| !entry.joined_by.is_empty());
    let source = |entry: &Provenance| JoinedSource {
        name: entry.name.clone().unwrap_or_default(),
        source: entry.source.clone(),
        by: entry.joined_by.clone(),
    };
    joined.map(source).collect()
}

/// What an evaluation compares with, apart from everything that is evaluated.
fn judged(dossier: &Dossier) -> Judged {
    let language = dossier.extra.get("language").and_then(|language| language.as_str());
    Judged { labels: dossier.labels.clone(), language: language.map(str::to_owned) }
}

/// Whether the export has what a detector chiefly looks at.
fn has_core(dossier: &Dossier, detector: Detector) -> bool {
    let wrote = dossier.messages.iter().any(|message| message.from_subject == Some(true));
    match detector {
        Detector::FakeRecruiter | Detector::JobScam => wrote || !dossier.job_posts.is_empty(),
        Detector::ConcealedFreelancer => {
            let sections = [
                !dossier.employment.is_empty(),
                !dossier.contacts.is_empty(),
                !dossier.documents.is_empty(),
                !dossier.payments.is_empty(),
                !dossier.code.is_empty(),
                !dossier.observations.is_empty(),
                wrote,
            ];
            sections.into_iter().filter(|present| *present).count() >= 2
        }
    }
}
