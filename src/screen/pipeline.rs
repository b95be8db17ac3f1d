//! A batch through the stages. Without linking, assessments leave as soon as they are made. With it they wait until
//! every record was read; then whoever shares something with others is assessed once more, as a member of a cluster.

use super::crew::Crew;
use super::halt::Halt;
use super::kept::{Kept, Replay, Shown, Spool};
use super::met::{Met, Numbered};
use super::options::Options;
use super::stages::Stages;
use super::visits::{Again, Notes, Noticed, prove, unchanged};
use crate::dossier::{Dossier, Locator, Rejected, Role, Skipped};
use crate::ingest::{Ids, Item, Narrow, Read, Reader};
use crate::link::{HashKey, LinkKnowledge, Linked, Part, Past, noted};
use crate::report::{Renderer, Report};
use crate::screening::{GeoDatabaseUsed, Joining, Run, Summary, Verdict};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where assessments go.
pub struct Outlet<'r> {
    /// What is told of them.
    pub report: &'r mut dyn Report,
    /// Makes their bytes on any thread; without it the report is told of assessments themselves.
    pub renderer: Option<Renderer>,
    /// Where they wait; only used with linking.
    pub aside: Box<dyn Spool>,
    /// Which records were joined before; `None` where nobody asked.
    pub joining: Option<Joining>,
    /// Earlier batches that this one is held against, and what it leaves for later ones; only used with linking.
    pub past: Option<&'r mut Past>,
}

impl fmt::Debug for Outlet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outlet").field("renders", &self.renderer.is_some()).finish_non_exhaustive()
    }
}

/// An assessment on its way to the report.
struct Assessed {
    number: u32,
    id: String,
    source: Locator,
    role: Role,
    verdict: Verdict,
    shown: Option<Shown>,
    /// An earlier report has the same.
    is_unchanged: bool,
    /// Hashes of what it has, on the first visit.
    noted: Option<Noticed>,
    unknown_fields: Vec<String>,
    dropped: BTreeMap<String, u64>,
    skipped: Vec<Skipped>,
    /// No other record is the person's.
    alone: bool,
}

/// Screens everything that is read and reports it; stops early, and says so in the summary, once `stop` is set. With
/// linking, the reader must have been opened to be read again.
///
/// # Errors
/// If the report cannot be written, the threads cannot be started, or the input cannot be read again or has changed.
pub fn run(
    reader: &mut Reader,
    stages: &Stages<'_>,
    options: &Options,
    outlet: Outlet<'_>,
    stop: &AtomicBool,
) -> Result<Summary, Halt> {
    let Outlet { report, renderer, aside, past, joining } = outlet;
    let index = past.as_ref().map(|past| past.used());
    let geoip = reader.geoip().iter().map(|database| GeoDatabaseUsed {
        file: database.file().to_owned(),
        kind: database.kind().to_owned(),
        built: database.built(),
        digest: database.sha256().to_owned(),
    });
    report.begin(&Run { geoip: geoip.collect(), index, joining, ..stages.run(options) })?;
    let batch = Batch { stages, options, renderer, crew: Crew::new(options.threads)?, stop };
    let (mut summary, mut ids) = (Summary::default(), Ids::default());
    match options.link {
        None => batch.stream(reader, report, &mut summary, &mut ids)?,
        Some(_) => batch.linked(reader, report, (aside, past), (&mut summary, &mut ids))?,
    }
    summary.inputs = reader.digests().to_vec();
    summary.partial = stop.load(Ordering::Relaxed);
    // Who was not looked for, or not reached, is not gone.
    if let Some(baseline) = stages.baseline().filter(|_| !summary.partial && options.narrow == Narrow::default()) {
        for (dossier, verdict) in baseline.missing(|id| ids.has(id)) {
            summary.gone += 1;
            report.gone(dossier, verdict)?;
        }
    }
    report.end(&summary)?;
    Ok(summary)
}

/// A run, as all its visits need it.
struct Batch<'b, 'c> {
    stages: &'b Stages<'c>,
    options: &'b Options,
    renderer: Option<Renderer>,
    crew: Crew,
    stop: &'b AtomicBool,
}

impl Batch<'_, '_> {
    /// Each assessment is reported once it is made.
    fn stream(
        &self,
        reader: &mut Reader,
        report: &mut dyn Report,
        summary: &mut Summary,
        ids: &mut Ids,
    ) -> Result<(), Halt> {
        let mut records = Numbered::new(reader, self.stop);
        let mut intake = Intake { report, summary, ids };
        self.crew.run(
            || records.chunk(self.options.chunk),
            |(number, item)| Met::of(item, self.options, |read| self.assessed(number, read, None, Part::default())),
            |met| {
                for one in met {
                    let Some(assessed) = intake.take(one)? else { continue };
                    tell(intake.report, intake.summary, &assessed)?;
                }
                Ok(())
            },
        )
    }

    /// Assessments wait; who shares something is found out, and assessed with it; then all are reported.
    fn linked(
        &self,
        reader: &mut Reader,
        report: &mut dyn Report,
        (aside, past): (Box<dyn Spool>, Option<&mut Past>),
        (summary, ids): (&mut Summary, &mut Ids),
    ) -> Result<(), Halt> {
        let knowledge = LinkKnowledge::new(self.stages.knowledge());
        let mut kept = Kept::new(aside);
        let notes = self.first_visit(reader, report, (summary, ids), &knowledge, (&mut kept, Notes::new(past)))?;
        let (linked, again) = prove(&self.crew, reader, notes, &knowledge, self.options, self.stop)?;
        let mut replay = kept.replay()?;
        let is_told = |number: u32| linked.has(number);
        let chunk = self.options.chunk;
        match again {
            _ if linked.members.is_empty() && linked.earlier.is_empty() => {}
            Again::Held(records) => {
                let mut records = records.into_iter().filter(|(number, _)| is_told(*number));
                let next =
                    || records.by_ref().take(if self.stop.load(Ordering::Relaxed) { 0 } else { chunk }).collect();
                self.told(next, &linked, &mut replay, report, summary)?;
            }
            Again::Read => {
                let mut again = reader.again()?;
                let mut records = Numbered::new(&mut again, self.stop);
                self.told(|| records.records(chunk, is_told), &linked, &mut replay, report, summary)?;
                if !self.stop.load(Ordering::Relaxed) {
                    unchanged(reader, &again)?;
                }
            }
        }
        replay.rest(report, summary)?;
        for cluster in &linked.clusters {
            report.cluster(cluster)?;
        }
        for hub in &linked.hubs {
            report.hub(hub)?;
        }
        Ok(())
    }

    /// Who shares something is assessed once more, with that; those between them are reported on the way.
    fn told(
        &self,
        next: impl FnMut() -> Vec<(u32, Item)> + Send,
        linked: &Linked,
        replay: &mut Replay,
        report: &mut dyn Report,
        summary: &mut Summary,
    ) -> Result<(), Halt> {
        self.crew.run(
            next,
            |(number, item)| {
                Met::of(item, self.options, |read| self.assessed(number, read, None, linked.part_of(number)))
            },
            |met| {
                for assessed in met.into_iter().filter_map(Met::record) {
                    replay.up_to(assessed.number, report, summary)?;
                    tell(report, summary, &assessed)?;
                }
                Ok(())
            },
        )
    }

    /// Everything is read and assessed by itself; what each record has is noted.
    fn first_visit<'p>(
        &self,
        reader: &mut Reader,
        report: &mut dyn Report,
        (summary, ids): (&mut Summary, &mut Ids),
        knowledge: &LinkKnowledge<'_>,
        (kept, mut notes): (&mut Kept, Notes<'p>),
    ) -> Result<Notes<'p>, Halt> {
        let key = notes.key();
        let linking = Some((knowledge, key.as_ref()));
        let mut records = Numbered::new(reader, self.stop);
        let mut intake = Intake { report, summary, ids };
        self.crew.run(
            || records.chunk(self.options.chunk),
            |(number, item)| Met::of(item, self.options, |read| self.assessed(number, read, linking, Part::default())),
            |met| {
                for one in met {
                    let Some(assessed) = intake.take(one)? else { continue };
                    notes.add(assessed.number, assessed.noted.unwrap_or_default());
                    let verdict = (!assessed.is_unchanged).then_some(assessed.verdict);
                    kept.keep(assessed.number, verdict, assessed.role, assessed.shown)?;
                }
                Ok(())
            },
        )?;
        Ok(notes)
    }

    /// What becomes of a record; pure, so that it can happen on any thread.
    fn assessed(
        &self,
        number: u32,
        read: Read,
        linking: Option<(&LinkKnowledge<'_>, Option<&HashKey>)>,
        part: Part<'_>,
    ) -> Box<Assessed> {
        let Read { dossier, source, unknown_fields, skipped, alone } = read;
        let mut assessment = self.stages.assess_in(&dossier, source.clone(), self.options, part);
        let verdict = assessment.verdict;
        let is_unchanged = self.stages.baseline().is_some_and(|baseline| {
            assessment.change = baseline.change(&assessment);
            assessment.change.is_none()
        });
        let noted = linking.map(|(knowledge, key)| noted(&dossier, knowledge, key));
        let is_shown = !is_unchanged && assessment.interest() >= self.options.min_verdict;
        let shown = is_shown.then(|| match &self.renderer {
            Some(render) => {
                let mut bytes = Vec::with_capacity(1024);
                render(&assessment, &mut bytes);
                Shown::Bytes(bytes)
            }
            None => Shown::Assessment(Box::new(assessment)),
        });
        let Dossier { id, role, dropped, .. } = dossier;
        Box::new(Assessed {
            number,
            id,
            source,
            role,
            verdict,
            shown,
            is_unchanged,
            noted,
            unknown_fields,
            dropped,
            skipped,
            alone,
        })
    }
}

/// Counts and reports an assessment.
fn tell(report: &mut dyn Report, summary: &mut Summary, assessed: &Assessed) -> io::Result<()> {
    if assessed.is_unchanged {
        summary.count_unchanged();
        return Ok(());
    }
    summary.count(assessed.verdict);
    match &assessed.shown {
        Some(Shown::Assessment(assessment)) => report.assessment(assessment),
        Some(Shown::Bytes(bytes)) => report.rendered(assessed.role, bytes),
        None => {
            summary.hidden += 1;
            Ok(())
        }
    }
}

/// Takes what was met in input order: reports what is no record, counts, and lets each id in once.
struct Intake<'r> {
    report: &'r mut dyn Report,
    summary: &'r mut Summary,
    ids: &'r mut Ids,
}

impl Intake<'_> {
    fn take(&mut self, met: Met<Box<Assessed>>) -> io::Result<Option<Assessed>> {
        match met {
            Met::LeftOut => Ok(None),
            Met::Rejected(rejected) => self.reject(&rejected),
            Met::Skipped(skipped) => self.skip(&skipped),
            Met::Record(assessed) => self.admit(*assessed),
        }
    }

    fn reject(&mut self, rejected: &Rejected) -> io::Result<Option<Assessed>> {
        self.summary.rejected += 1;
        self.report.rejected(rejected)?;
        Ok(None)
    }

    fn skip(&mut self, skipped: &Skipped) -> io::Result<Option<Assessed>> {
        self.summary.skipped += 1;
        self.report.skipped(skipped)?;
        Ok(None)
    }

    fn admit(&mut self, mut assessed: Assessed) -> io::Result<Option<Assessed>> {
        if let Err(repeated) = self.ids.admit(&assessed.id, &assessed.source) {
            return self.reject(&repeated);
        }
        for path in std::mem::take(&mut assessed.unknown_fields) {
            *self.summary.unknown_fields.entry(path).or_default() += 1;
        }
        for (field, count) in std::mem::take(&mut assessed.dropped) {
            *self.summary.dropped_fields.entry(field).or_default() += count;
        }
        for skipped in std::mem::take(&mut assessed.skipped) {
            self.skip(&skipped)?;
        }
        if assessed.alone {
            self.summary.unmatched += 1;
            self.report.unmatched(&assessed.id, &assessed.source)?;
        }
        Ok(Some(assessed))
    }
}
