//! A batch through the stages, chunk by chunk: while one chunk is screened, the one before is written and
//! the one after is read. Outcomes leave in input order, whatever the number of threads.

use super::options::Options;
use super::stages::Stages;
use crate::dossier::{Dossier, Locator, Rejected, Skipped};
use crate::ingest::{Ids, Item, Reader};
use crate::report::{Renderer, Report};
use crate::screening::{Assessment, Summary, Verdict};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a batch could not be brought to its end.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The report could not be written.
    #[error("could not write the report: {0}")]
    Write(#[from] io::Error),
    /// The threads could not be started.
    #[error("could not start the threads: {0} (a smaller number after --threads may help)")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Items that one thread takes at once; a longer share keeps the others waiting at the end of a chunk.
const SHARE: usize = 4;

/// What became of one item.
enum Outcome {
    Assessed(Box<Assessed>),
    LeftOut,
    Rejected(Rejected),
    Skipped(Skipped),
}

/// An assessment on its way to the report.
struct Assessed {
    id: String,
    source: Locator,
    verdict: Verdict,
    shown: Option<Shown>,
    unknown_fields: Vec<String>,
    dropped: BTreeMap<String, u64>,
}

/// An assessment, or the bytes that a thread already made of it.
enum Shown {
    Assessment(Box<Assessment>),
    Bytes(Vec<u8>),
}

/// Screens everything that is read and reports it; stops early, and says so in the summary, once `stop` is set.
///
/// # Errors
/// If the report cannot be written or the threads cannot be started.
pub fn run(
    reader: &mut Reader,
    stages: &Stages<'_>,
    options: &Options,
    report: &mut dyn Report,
    renderer: Option<Renderer>,
    stop: &AtomicBool,
) -> Result<Summary, Halt> {
    let mut sink = Sink { report, summary: Summary::default(), ids: Ids::default() };
    sink.report.begin(&stages.run(options))?;
    let work = |items: Vec<Item>| -> Vec<Outcome> {
        let items = items.into_par_iter().with_max_len(SHARE);
        items.map(|item| outcome(item, stages, options, renderer)).collect()
    };
    let mut next = chunk(reader, options.chunk, stop);
    if options.threads == 1 {
        while !next.is_empty() {
            let done: Vec<Outcome> = next.into_iter().map(|item| outcome(item, stages, options, renderer)).collect();
            sink.write(done)?;
            next = chunk(reader, options.chunk, stop);
        }
    } else {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
        pool.install(|| {
            let mut done = Vec::new();
            while !next.is_empty() {
                let items = std::mem::take(&mut next);
                // The thread that writes and reads is one of those that screen: none waits for another.
                let (screened, written) = rayon::join(
                    || work(items),
                    || {
                        let written = sink.write(std::mem::take(&mut done));
                        next = chunk(reader, options.chunk, stop);
                        written
                    },
                );
                written?;
                done = screened;
            }
            sink.write(done)
        })?;
    }
    let Sink { report, mut summary, .. } = sink;
    summary.inputs = reader.digests().to_vec();
    summary.partial = stop.load(Ordering::Relaxed);
    report.end(&summary)?;
    Ok(summary)
}

fn chunk(reader: &mut Reader, size: usize, stop: &AtomicBool) -> Vec<Item> {
    if stop.load(Ordering::Relaxed) {
        return Vec::new();
    }
    reader.take(size.max(1)).collect()
}

/// What becomes of one item; pure, so that it can happen on any thread.
fn outcome(item: Item, stages: &Stages<'_>, options: &Options, renderer: Option<Renderer>) -> Outcome {
    let read = match item {
        Item::Record(record) => record.read(),
        Item::Rejected(rejected) => return Outcome::Rejected(rejected),
        Item::Skipped(skipped) => return Outcome::Skipped(skipped),
    };
    let mut read = match read {
        Ok(read) => read,
        Err(rejected) => return Outcome::Rejected(rejected),
    };
    if !options.narrow.keep(&mut read.dossier) {
        return Outcome::LeftOut;
    }
    let assessment = stages.assess(&read.dossier, read.source.clone(), options);
    let verdict = assessment.verdict;
    let shown = (verdict >= options.min_verdict).then(|| match renderer {
        Some(render) => {
            let mut bytes = Vec::with_capacity(1024);
            render(&assessment, &mut bytes);
            Shown::Bytes(bytes)
        }
        None => Shown::Assessment(Box::new(assessment)),
    });
    let Dossier { id, dropped, .. } = read.dossier;
    Outcome::Assessed(Box::new(Assessed {
        id,
        source: read.source,
        verdict,
        shown,
        unknown_fields: read.unknown_fields,
        dropped,
    }))
}

/// Takes outcomes in input order.
struct Sink<'r> {
    report: &'r mut dyn Report,
    summary: Summary,
    ids: Ids,
}

impl Sink<'_> {
    fn write(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        for outcome in outcomes {
            match outcome {
                Outcome::LeftOut => {}
                Outcome::Rejected(rejected) => self.reject(&rejected)?,
                Outcome::Skipped(skipped) => {
                    self.summary.skipped += 1;
                    self.report.skipped(&skipped)?;
                }
                Outcome::Assessed(assessed) => self.assessed(*assessed)?,
            }
        }
        Ok(())
    }

    fn reject(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.summary.rejected += 1;
        self.report.rejected(rejected)
    }

    fn assessed(&mut self, assessed: Assessed) -> io::Result<()> {
        if let Err(repeated) = self.ids.admit(&assessed.id, &assessed.source) {
            return self.reject(&repeated);
        }
        for path in assessed.unknown_fields {
            *self.summary.unknown_fields.entry(path).or_default() += 1;
        }
        for (field, count) in assessed.dropped {
            *self.summary.dropped_fields.entry(field).or_default() += count;
        }
        self.summary.count(assessed.verdict);
        match assessed.shown {
            Some(Shown::Assessment(assessment)) => self.report.assessment(&assessment),
            Some(Shown::Bytes(bytes)) => self.report.rendered(&bytes),
            None => {
                self.summary.hidden += 1;
                Ok(())
            }
        }
    }
}
