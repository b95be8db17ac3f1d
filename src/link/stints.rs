//! Times at employers, as a record dates them, and whether another record dates them otherwise.
//!
//! Only what is certain counts: a date is an interval, and what is not said contradicts nothing.

use super::common::exact;
use crate::dossier::{Date, Dossier, EmploymentKind, Path, Place, Quote};
use crate::facts::Knowledge;

/// Months by which dates differ that contradict each other; less is a slip, a notice period, a trial one.
const APART: i32 = 12;

/// A time at an employer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stint {
    /// The employer's name, folded.
    pub(super) employer: String,
    start: Option<Date>,
    /// `None` also while the job is held.
    end: Option<Date>,
    /// Position among the jobs.
    index: usize,
}

/// The same end of a time at an employer as two records date it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dated {
    /// The record's own.
    own: (Date, Place),
    other: (Date, Place),
}

/// How two records date their times at one employer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dates {
    /// A time of one may be one of the other.
    Agree,
    /// None may; the first date that says so.
    Differ(Dated),
}

impl Stint {
    /// Those of a record, in order of employer. Who works for themselves comes and goes.
    pub(super) fn all(dossier: &Dossier, knowledge: &Knowledge<'_>) -> Vec<Self> {
        let jobs = dossier.employment.iter().enumerate().filter(|(_, job)| job.kind != EmploymentKind::Freelance);
        let stints = jobs.filter_map(|(index, job)| {
            let employer = knowledge.employers.key(job.employer.name.as_deref()?);
            let end = job.end.filter(|_| job.current != Some(true));
            (!employer.is_empty()).then_some(Self { employer, start: job.start, end, index })
        });
        let mut stints: Vec<Self> = stints.collect();
        stints.sort_by(|a, b| (&a.employer, a.index).cmp(&(&b.employer, b.index)));
        stints
    }

    /// Its first and its last day, with where they stand.
    fn bounds(&self) -> [Option<(Date, Place)>; 2] {
        let at = |template| Place::whole(Path::at(template, self.index));
        [self.start.map(|start| (start, at("/employment/*/start"))), self.end.map(|end| (end, at("/employment/*/end")))]
    }
}

impl Dated {
    pub(super) fn place(&self) -> Place {
        self.own.1
    }

    /// The date that the other record gives.
    pub(super) fn quote(&self, dossier: &str) -> Quote {
        let (date, place) = self.other;
        exact(dossier, place, date)
    }
}

/// How two records date their times at one employer: they differ if no time of one agrees with any of the other, as they
/// stand or taken together. `None` where none of them can be compared.
pub(super) fn compare(own: &[Stint], other: &[Stint]) -> Option<Dates> {
    let mut first = None;
    let mut is_known = false;
    // Who was promoted tells one time as several.
    let (own, other) = (with_whole(own), with_whole(other));
    for one in &own {
        for another in &other {
            let bounds = || one.iter().zip(another).filter_map(|(a, b)| Some(Dated { own: (*a)?, other: (*b)? }));
            is_known |= bounds().next().is_some();
            match bounds().find(|dated| are_apart(dated.own.0, dated.other.0)) {
                Some(dated) => first = first.or(Some(dated)),
                None => return is_known.then_some(Dates::Agree),
            }
        }
    }
    first.map(Dates::Differ)
}

/// The bounds of each time, and those of all of them together where there are several.
fn with_whole(stints: &[Stint]) -> Vec<[Option<(Date, Place)>; 2]> {
    let mut all: Vec<_> = stints.iter().map(Stint::bounds).collect();
    if all.len() > 1 {
        let first = all.iter().filter_map(|[start, _]| *start).min_by_key(|(start, _)| start.interval());
        let last = all.iter().filter_map(|[_, end]| *end).max_by_key(|(end, _)| end.interval());
        all.push([first, last]);
    }
    all
}

/// Whether dates certainly differ by a year or more.
fn are_apart(first: Date, second: Date) -> bool {
    let (least, most) = first.months_until(second);
    least >= APART || most <= -APART
}

#[cfg(test)]
mod tests {
    use super::{Dates, Stint, compare};
    use crate::dossier::Dossier;
    use crate::facts::Knowledge;
    use crate::link::tests::content;
    use serde_json::{Value, json};

    fn stints(jobs: &[(&str, &str)]) -> Vec<Stint> {
        let job = |(start, end): &(&str, &str)| {
            let date = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
            json!({"employer": {"name": "Bluefin Ltd"}, "start": date(start), "end": date(end)})
        };
        read(json!(jobs.iter().map(job).collect::<Vec<_>>()))
    }

    #[expect(clippy::needless_pass_by_value, reason = "scenes are written in place")]
    fn read(employment: Value) -> Vec<Stint> {
        let record = json!({"schema": crate::dossier::SCHEMA, "id": "d", "employment": employment});
        let content = content();
        let dossier = serde_json::from_value::<Dossier>(record).expect("a dossier");
        Stint::all(&dossier, &Knowledge::new(&content))
    }

    /// The place and the words of the other where the first contradiction stands; empty for none.
    fn contradiction(own: &[(&str, &str)], other: &[(&str, &str)]) -> Option<String> {
        Some(match compare(&stints(own), &stints(other))? {
            Dates::Agree => String::new(),
            Dates::Differ(dated) => format!("{} {}", dated.place().path, dated.quote("d").quote),
        })
    }

    #[test]
    fn dates_a_year_apart_contradict_each_other() {
        let own = [("2019-01", "2021-01")];
        assert_eq!(contradiction(&own, &[("2016-01", "2021-01")]).as_deref(), Some("/employment/0/start 2016-01"));
        assert_eq!(contradiction(&own, &[("2019-01", "2022-01")]).as_deref(), Some("/employment/0/end 2022-01"));
        assert_eq!(contradiction(&own, &[("2019-11", "2021-12")]).as_deref(), Some(""));
        assert_eq!(contradiction(&own, &[("2018", "2021")]).as_deref(), Some(""), "perhaps a month apart");
        assert_eq!(contradiction(&own, &[("2017", "2021")]).as_deref(), Some("/employment/0/start 2017"));
    }

    #[test]
    fn what_is_not_said_contradicts_nothing() {
        assert_eq!(contradiction(&[("2019-01", "")], &[("", "2016-01")]), None);
        assert_eq!(contradiction(&[("2019-01", "")], &[("2019-01", "2022-01")]).as_deref(), Some(""));
        let held =
            read(json!([{"employer": {"name": "Bluefin"}, "start": "2019-01", "end": "2020-01", "current": true}]));
        assert_eq!(compare(&held, &stints(&[("2019-01", "2023-01")])), Some(Dates::Agree), "held when it was written");
        let freelance = json!([{"employer": {"name": "Bluefin"}, "kind": "freelance", "start": "2019-01"}]);
        assert_eq!(read(freelance), []);
    }

    #[test]
    fn several_times_at_one_employer_agree_if_one_does() {
        let twice = [("2012-01", "2014-01"), ("2019-01", "2021-01")];
        assert_eq!(contradiction(&twice, &[("2019-02", "2021-01")]).as_deref(), Some(""));
        assert_eq!(contradiction(&[("2019-02", "2021-01")], &twice).as_deref(), Some(""));
        assert_eq!(contradiction(&twice, &[("2015-06", "2017-06")]).as_deref(), Some("/employment/0/start 2015-06"));
        let promoted = [("2015-01", "2018-01"), ("2018-01", "2022-01")];
        assert_eq!(contradiction(&promoted, &[("2015-01", "2022-01")]).as_deref(), Some(""), "told as one");
    }
}
