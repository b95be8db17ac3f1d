//! Claimed jobs as spans of time at employers, computed once for a dossier: overlaps, and what sources say differently.

use super::claims::{Claim, Compared, compare, source_of};
use super::employers::organisation_domain;
use super::knowledge::Knowledge;
use crate::dossier::{Date, Dossier, EmploymentKind, Interval, Path};
use std::borrow::Cow;

/// Jobs past this number are not compared with each other: nobody has as many, and pairs grow with the square.
const MOST_COMPARED: usize = 256;
/// Mean length of a month of the Gregorian calendar, in seconds.
const MONTH: i64 = 2_629_746;

/// Claimed jobs.
#[derive(Debug, Default)]
pub(crate) struct Jobs<'d> {
    /// One for each entry of `employment`, in order.
    pub(crate) all: Vec<Job<'d>>,
    /// Jobs that several sources give.
    pub(crate) compared: Vec<Compared>,
    /// Pairs of full-time jobs at different employers that certainly overlap.
    pub(crate) overlaps: Vec<Overlap>,
}

/// One claimed job.
#[derive(Debug)]
pub(crate) struct Job<'d> {
    /// The employer's folded name; empty without a name.
    pub(crate) key: String,
    /// The employer's registrable domain, and whether only its page's address gave it.
    pub(crate) domain: Option<(Cow<'d, str>, bool)>,
    /// First day, month or year, and where it was read.
    pub(crate) start: Option<(Date, Path)>,
    /// Last day, month or year; now for a job that is held. `None` where neither is said.
    pub(crate) end: Option<(Date, Path)>,
}

/// Two full-time jobs that overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overlap {
    /// Positions of the jobs.
    pub(crate) jobs: [usize; 2],
    /// Seconds, at least.
    seconds: i64,
}

impl Overlap {
    /// Months, at least.
    pub(crate) fn months(&self) -> f64 {
        self.seconds as f64 / MONTH as f64
    }
}

impl<'d> Jobs<'d> {
    /// Reads the jobs. `now` ends those that are still held.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &Knowledge<'d>, now: Date) -> Self {
        if dossier.employment.is_empty() {
            return Self::default();
        }
        let all: Vec<Job<'d>> = dossier
            .employment
            .iter()
            .enumerate()
            .map(|(index, job)| Job {
                key: job.employer.name.as_deref().map(|name| knowledge.employers.key(name)).unwrap_or_default(),
                domain: organisation_domain(&job.employer, knowledge),
                start: job.start.map(|start| (start, Path::at("/employment/*/start", index))),
                end: match (job.end, job.current) {
                    (Some(end), _) => Some((end, Path::at("/employment/*/end", index))),
                    (None, Some(true)) => Some((now, Path::NOW)),
                    (None, _) => None,
                },
            })
            .collect();
        let claims: Vec<Claim<'_>> = dossier
            .employment
            .iter()
            .zip(&all)
            .take(MOST_COMPARED)
            .map(|(job, read)| Claim {
                key: &read.key,
                source: source_of(job.source.as_deref(), dossier),
                start: job.start,
                end: job.end,
                title: job.title.as_deref(),
            })
            .collect();
        let compared = compare(&claims, |first, second| knowledge.vocation.titles_differ(first, second));
        let overlaps = overlaps(dossier, &all);
        Self { all, compared, overlaps }
    }

    /// The greatest overlap of a job, in months, with the position of the other.
    pub(crate) fn greatest_overlap(&self, job: usize) -> Option<(f64, usize)> {
        self.overlaps
            .iter()
            .filter_map(|overlap| match overlap.jobs {
                [first, second] if first == job => Some((overlap.months(), second)),
                [first, second] if second == job => Some((overlap.months(), first)),
                _ => None,
            })
            .reduce(|greatest, next| if next.0 > greatest.0 { next } else { greatest })
    }
}

impl Job<'_> {
    /// Whole months from start to end, at least; `None` where either is unknown.
    pub(crate) fn months(&self) -> Option<i32> {
        let ((start, _), (end, _)) = (self.start?, self.end?);
        Some(start.months_until(end).0.max(0))
    }

    /// Whether two jobs are certainly at different employers; a missing name is unknown.
    fn is_elsewhere(&self, other: &Self) -> bool {
        let same_domain = match (&self.domain, &other.domain) {
            (Some((first, _)), Some((second, _))) => first == second,
            _ => false,
        };
        // A company and its part: `Example` and `Example Cloud`.
        let same_name = self.key.starts_with(&other.key) || other.key.starts_with(&self.key);
        !self.key.is_empty() && !other.key.is_empty() && !same_name && !same_domain
    }
}

/// Pairs of full-time jobs at different employers that overlap by a month or more; jobs of unknown kind are left out.
fn overlaps(dossier: &Dossier, jobs: &[Job<'_>]) -> Vec<Overlap> {
    let full_time: Vec<(usize, &Job<'_>, (Interval, Interval))> = jobs
        .iter()
        .enumerate()
        .zip(&dossier.employment)
        .filter(|(_, job)| job.kind == EmploymentKind::FullTime)
        .filter_map(|((index, job), _)| Some((index, job, (job.start?.0.interval(), job.end?.0.interval()))))
        .take(MOST_COMPARED)
        .collect();
    let mut found: Vec<Overlap> = Vec::new();
    for (position, (first, job, span)) in full_time.iter().enumerate() {
        for (second, other, other_span) in &full_time[position + 1..] {
            let seconds = Interval::certain_overlap(*span, *other_span);
            if seconds >= MONTH && job.is_elsewhere(other) {
                found.push(Overlap { jobs: [*first, *second], seconds });
            }
        }
    }
    found
}
