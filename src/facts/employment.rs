//! Claimed jobs: lengths, overlaps, and dates that cannot both hold.
//!
//! Every number of months is the least that the dates allow, so that a year written without a month
//! never makes a contradiction.

use super::catalogue::Field;
use super::category::Category;
use super::claims::Point;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::employers::organisation_domain;
use super::experience;
use super::jobs::Job;
use super::near::Compared;
use super::texts::TextOf;
use crate::dossier::{Date, Employment, EmploymentKind, Organisation, Path, Place};
use std::collections::BTreeSet;

/// Shorter overlaps are notice periods and hand-overs.
const OVERLAP_MONTHS: f64 = 3.0;
/// A description of fewer different words may well be that of another job too.
const FEWEST_WORDS: usize = 12;

/// What the jobs say of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    experience::dossier(ctx, builder);
    if ctx.dossier.employment.is_empty() {
        return;
    }
    overlaps(ctx, builder);
    unverified(ctx, builder);
    if !ctx.jobs.compared.is_empty() {
        let (count, origin) = conflicts(ctx);
        builder.number(Field::SubjectEmploymentConflicts, count, origin);
    }
}

/// Number of employers of whom sources say different things, and where.
pub(crate) fn conflicts(ctx: &Context<'_>) -> (f64, Origin) {
    let differing = ctx.jobs.compared.iter().filter(|compared| !compared.differs.is_empty());
    let keys: BTreeSet<&str> =
        differing.clone().filter_map(|compared| ctx.jobs.all.get(compared.claim)).map(|job| job.key.as_str()).collect();
    let places = differing.map(|compared| Place::whole(Path::at("/employment/*", compared.claim)));
    (keys.len() as f64, Origin::derived_from(places))
}

/// Known from two dated full-time jobs on, or where every job's kind is stated.
fn overlaps<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let employment = &ctx.dossier.employment;
    let full_time = employment.iter().filter(|job| job.kind == EmploymentKind::FullTime && job.start.is_some()).count();
    if full_time < 2 && employment.iter().any(|job| job.kind == EmploymentKind::Unknown) {
        return;
    }
    let long = || ctx.jobs.overlaps.iter().filter(|overlap| overlap.months() > OVERLAP_MONTHS);
    // The same pair, told by several sources, is one pair.
    let pairs: BTreeSet<[&str; 2]> = long()
        .map(|overlap| {
            let mut pair = overlap.jobs.map(|job| ctx.jobs.all.get(job).map_or("", |job| job.key.as_str()));
            pair.sort_unstable();
            pair
        })
        .collect();
    let places = long().flat_map(|overlap| overlap.jobs).map(|job| Place::whole(Path::at("/employment/*", job)));
    builder.number(Field::SubjectFullTimeOverlaps, pairs.len() as f64, Origin::derived_from(places));
}

/// Employers that an analyst looked for; unknown while nobody looked.
fn unverified<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let looked = ctx.jobs.all.iter().enumerate().filter_map(|(index, job)| {
        let (registered, path) = registered(ctx, index, job)?;
        Some((job.key.as_str(), registered, path))
    });
    let looked: Vec<_> = looked.collect();
    if looked.is_empty() {
        return;
    }
    let missing = || looked.iter().filter(|(_, registered, _)| !registered);
    let keys: BTreeSet<&str> = missing().map(|(key, ..)| *key).collect();
    let origin = Origin::derived_from(missing().map(|(.., path)| Place::whole(*path)));
    builder.number(Field::SubjectEmployersUnverified, keys.len() as f64, origin);
}

/// Whether an analyst found a job's employer in a register, and where that stands.
fn registered(ctx: &Context<'_>, index: usize, job: &Job<'_>) -> Option<(bool, Path)> {
    if let Some(registered) = ctx.dossier.employment.get(index)?.employer.registered {
        return Some((registered, Path::at("/employment/*/employer/registered", index)));
    }
    let organisation = organisation_of(ctx, job, |organisation| organisation.registered.is_some())?;
    let registered = ctx.dossier.organisations.get(organisation)?.registered?;
    Some((registered, Path::at("/organisations/*/registered", organisation)))
}

/// Position of the enriched organisation that is a job's employer, by domain or name, among those of a condition.
fn organisation_of(ctx: &Context<'_>, job: &Job<'_>, condition: impl Fn(&Organisation) -> bool) -> Option<usize> {
    ctx.dossier.organisations.iter().position(|organisation| {
        condition(organisation)
            && (organisation
                .name
                .as_deref()
                .is_some_and(|name| !job.key.is_empty() && ctx.knowledge.employers.key(name) == job.key)
                || job.domain.as_ref().is_some_and(|(domain, _)| {
                    organisation_domain(organisation, ctx.knowledge).is_some_and(|(other, _)| other == *domain)
                }))
    })
}

/// Each job.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let jobs = ctx.dossier.employment.iter();
    let described: Vec<_> = jobs.map(|job| job.description.as_deref().map(Compared::new)).collect();
    for (index, (job, read)) in ctx.dossier.employment.iter().zip(&ctx.jobs.all).enumerate() {
        let at = |template| Path::at(template, index);
        if let Some(title) = &job.title {
            builder.text(Field::EmploymentTitle, title.0.as_str(), at("/employment/*/title"));
            let hits = ctx.texts.of(TextOf::EmploymentTitle(index));
            ctx.say_intents(builder, Field::EmploymentIntent, at("/employment/*/title"), hits);
        }
        if let Some(description) = &job.description {
            builder.text(Field::EmploymentDescription, description.0.as_str(), at("/employment/*/description"));
            let hits = ctx.texts.of(TextOf::EmploymentDescription(index));
            ctx.say_intents(builder, Field::EmploymentIntent, at("/employment/*/description"), hits);
        }
        if job.kind != EmploymentKind::Unknown {
            builder.text(Field::EmploymentKind, job.kind.as_str(), at("/employment/*/kind"));
        }
        if let Some(current) = job.current {
            builder.flag(Field::EmploymentCurrent, current, Origin::read(Place::whole(at("/employment/*/current"))));
        }
        if let (Some(months), Some((_, start)), Some((_, end))) = (read.months(), read.start, read.end) {
            let origin = Origin::derived_from([Place::whole(start), Place::whole(end)]);
            builder.number(Field::EmploymentMonths, f64::from(months), origin);
        }
        employer(ctx, builder, index, job, read);
        repeats(ctx, builder, index, read, &described);
        impossible(ctx, builder, index, job, read);
        overlap(ctx, builder, index, job, read);
        if let Some(compared) = ctx.jobs.compared.iter().find(|compared| compared.claim == index) {
            builder.known(Field::EmploymentConflict);
            for (point, other) in &compared.differs {
                let (word, template) = match point {
                    Point::Start => ("start", "/employment/*/start"),
                    Point::End => ("end", "/employment/*/end"),
                    Point::Title => ("title", "/employment/*/title"),
                };
                let places = [Place::whole(at(template)), Place::whole(Path::at(template, *other))];
                builder.fact(Field::EmploymentConflict, Value::Text(word.into()), Origin::derived_from(places));
            }
        }
        builder.element(Category::Employment, at("/employment/*"));
    }
}

/// What is known of a job's employer.
fn employer<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    index: usize,
    job: &'d Employment,
    read: &Job<'d>,
) {
    let name = Path::at("/employment/*/employer/name", index);
    let domain_path = |from_url: bool| {
        Path::at(if from_url { "/employment/*/employer/url" } else { "/employment/*/employer/domain" }, index)
    };
    if let Some((domain, from_url)) = &read.domain {
        builder.text(Field::EmploymentEmployerDomain, domain.clone(), domain_path(*from_url));
    }
    if job.employer.name.is_some() || read.domain.is_some() {
        builder.known(Field::EmploymentEmployerListed);
        let path = match &read.domain {
            Some((_, from_url)) if job.employer.name.is_none() => domain_path(*from_url),
            _ => name,
        };
        let domain = read.domain.as_ref().map(|(domain, _)| &**domain);
        for list in ctx.knowledge.employers.listed(&read.key, domain) {
            let origin = Origin::derived(Place::whole(path));
            builder.fact(Field::EmploymentEmployerListed, Value::Text(list.into()), origin);
        }
    }
    if let Some((registered, path)) = registered(ctx, index, read) {
        builder.flag(Field::EmploymentEmployerRegistered, registered, Origin::read(Place::whole(path)));
    }
}

/// Whether another job, at another employer, is described in nearly the same words.
fn repeats<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    index: usize,
    read: &Job<'d>,
    described: &[Option<Compared<'_>>],
) {
    let Some(Some(own)) = described.get(index) else { return };
    let mut compared = None;
    for (nth, (other, other_read)) in described.iter().zip(&ctx.jobs.all).enumerate() {
        if nth == index || read.key.is_empty() || other_read.key.is_empty() || read.key == other_read.key {
            continue;
        }
        match other.as_ref().and_then(|other| own.nearly_equals(other, FEWEST_WORDS)) {
            Some(true) => {
                compared = Some((true, nth));
                break;
            }
            Some(false) => compared = compared.or(Some((false, nth))),
            None => {}
        }
    }
    if let Some((same, nth)) = compared {
        let places = [index, nth].map(|at| Place::whole(Path::at("/employment/*/description", at)));
        builder.flag(Field::EmploymentDescriptionRepeats, same, Origin::derived_from(places));
    }
}

/// Dates that cannot hold: before the employer was founded, before what was used was released.
fn impossible<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    index: usize,
    job: &'d Employment,
    read: &Job<'d>,
) {
    if let Some((start, path)) = read.start
        && let Some((founded, founded_path)) = founded(ctx, index, job, read)
    {
        builder.known(Field::EmploymentBeforeFoundedMonths);
        let (months, _) = start.months_until(founded);
        if months > 0 {
            let origin = Origin::derived_from([Place::whole(path), Place::whole(founded_path)]);
            builder.number(Field::EmploymentBeforeFoundedMonths, f64::from(months), origin);
        }
    }
    if let Some((end, path)) = read.end
        && job.description.is_some()
    {
        builder.known(Field::EmploymentTechnologyBeforeReleaseMonths);
        let worst = ctx
            .texts
            .technologies(index)
            .map(|mention| (end.months_until(mention.released).0, mention))
            .filter(|(months, _)| *months > 0)
            .reduce(|worst, next| if next.0 > worst.0 { next } else { worst });
        if let Some((months, mention)) = worst {
            let named = Path::at("/employment/*/description", index);
            let places = [Place::part(named, mention.span.start, mention.span.end), Place::whole(path)];
            let origin = Origin::derived_from(places);
            builder.number(Field::EmploymentTechnologyBeforeReleaseMonths, f64::from(months), origin);
        }
    }
}

/// When a job's employer was founded: as the source says, as an analyst found, or by the table of organisations.
fn founded(ctx: &Context<'_>, index: usize, job: &Employment, read: &Job<'_>) -> Option<(Date, Path)> {
    let name = Path::at("/employment/*/employer/name", index);
    if let Some(founded) = job.employer.founded {
        return Some((founded, Path::at("/employment/*/employer/founded", index)));
    }
    if let Some(organisation) = organisation_of(ctx, read, |organisation| organisation.founded.is_some()) {
        let founded = ctx.dossier.organisations.get(organisation)?.founded?;
        return Some((founded, Path::at("/organisations/*/founded", organisation)));
    }
    Some((ctx.knowledge.timeline.founded(&read.key)?, name))
}

/// Overlap with another full-time job; unknown for jobs of another kind, or without dates.
fn overlap<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    index: usize,
    job: &'d Employment,
    read: &Job<'d>,
) {
    if job.kind != EmploymentKind::FullTime || read.start.is_none() || read.end.is_none() {
        return;
    }
    let (months, other) = ctx.jobs.greatest_overlap(index).map_or((0.0, None), |(months, other)| (months, Some(other)));
    let jobs = std::iter::once(index).chain(other).map(|job| Place::whole(Path::at("/employment/*", job)));
    builder.number(Field::EmploymentOverlapMonths, months.floor(), Origin::derived_from(jobs));
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{subject, values, with_facts};
    use serde_json::{Value, json};

    fn job(dossier: Value, index: usize, field: Field) -> Option<String> {
        let mut found = None;
        with_facts(dossier, |elements| {
            found = values(elements, Category::Employment, index, field).map(|values| values.join(" "));
        });
        found
    }

    #[test]
    fn only_certain_overlaps_of_full_time_jobs_count() {
        let jobs = |kind: &str, start: &str| {
            json!({"employment": [
                {"employer": {"name": "Bluefin Inc"}, "kind": "full_time", "start": "2019-01", "end": "2021-01"},
                {"employer": {"name": "Redtail"}, "kind": kind, "start": start, "end": "2022-01"},
                {"employer": {"name": "Bluefin"}, "kind": "full_time", "start": "2019-01", "end": "2021-01"},
            ]})
        };
        let overlaps = Field::SubjectFullTimeOverlaps;
        assert_eq!(subject(jobs("full_time", "2020-01"), overlaps).as_deref(), Some("1"));
        assert_eq!(subject(jobs("full_time", "2020-11"), overlaps).as_deref(), Some("0"));
        assert_eq!(subject(jobs("full_time", "2020"), overlaps).as_deref(), Some("0"));
        assert_eq!(subject(jobs("contract", "2019-01"), overlaps).as_deref(), Some("0"));
        assert_eq!(job(jobs("full_time", "2020-01"), 1, Field::EmploymentOverlapMonths).as_deref(), Some("10"));
        assert_eq!(job(jobs("contract", "2020-01"), 1, Field::EmploymentOverlapMonths), None);
        let unknown = json!({"employment": [{"employer": {"name": "Bluefin"}, "start": "2019-01", "end": "2021-01"}]});
        assert_eq!(subject(unknown, overlaps), None);
    }

    #[test]
    fn nobody_works_for_a_company_before_it_is_founded() {
        let at = |start: &str, organisation: Value| json!({"employment": [{"employer": {"name": "Werkwell"}, "start": start}], "organisations": [organisation]});
        let field = Field::EmploymentBeforeFoundedMonths;
        let founded = json!({"name": "Werkwell Inc", "founded": "2015-06"});
        assert_eq!(job(at("2012-01", founded.clone()), 0, field).as_deref(), Some("41"));
        assert_eq!(job(at("2015", founded.clone()), 0, field), None);
        assert_eq!(job(at("2016-01", founded), 0, field), None);
        let table = json!({"employment": [{"employer": {"name": "Youngling Robotics Ltd"}, "start": "2016"}]});
        assert_eq!(job(table, 0, field).as_deref(), Some("13"));
    }

    #[test]
    fn nobody_uses_what_is_not_released() {
        let at = |end: Value, text: &str| json!({"employment": [{"employer": {"name": "Bluefin"}, "start": "2015", "end": end, "description": text}]});
        let field = Field::EmploymentTechnologyBeforeReleaseMonths;
        assert_eq!(job(at(json!("2018-05"), "Built it with Hexaform."), 0, field).as_deref(), Some("12"));
        assert_eq!(job(at(json!("2018"), "hexa form"), 0, field).as_deref(), Some("5"));
        assert_eq!(job(at(json!("2020"), "Hexaform"), 0, field), None);
        assert_eq!(job(at(json!("2018"), "Hexaforms and such"), 0, field), None);
        assert_eq!(job(at(Value::Null, "Hexaform"), 0, field), None);
    }

    #[test]
    fn sources_that_say_different_things_of_one_job_conflict() {
        let at = |title: &str, start: &str| {
            json!({
                "provenance": [{"name": "profile"}, {"name": "cv"}],
                "employment": [
                    {"employer": {"name": "Bluefin"}, "title": "Developer", "start": "2019-01", "end": "2021-01", "source": "profile"},
                    {"employer": {"name": "Bluefin Ltd"}, "title": title, "start": start, "end": "2021-02", "source": "cv"},
                ],
            })
        };
        let field = Field::SubjectEmploymentConflicts;
        assert_eq!(subject(at("Engineer", "2019-03"), field).as_deref(), Some("0"));
        assert_eq!(subject(at("Director", "2016-01"), field).as_deref(), Some("1"));
        assert_eq!(subject(at("Director", "2016-01"), Field::SubjectSourcesDisagree).as_deref(), Some("1"));
        assert_eq!(job(at("Director", "2016-01"), 0, Field::EmploymentConflict).as_deref(), Some("start title"));
        let one = json!({"employment": [{"employer": {"name": "Bluefin"}, "start": "2019"}]});
        assert_eq!(subject(one.clone(), field), None);
        assert_eq!(subject(one, Field::SubjectSourcesDisagree), None);
    }

    #[test]
    fn employers_that_nobody_looked_for_are_unknown() {
        let field = Field::SubjectEmployersUnverified;
        let at = |organisations: Value| json!({"employment": [{"employer": {"name": "Bluefin"}}, {"employer": {"name": "Redtail"}}], "organisations": organisations});
        assert_eq!(subject(at(json!([{"name": "Bluefin", "registered": false}])), field).as_deref(), Some("1"));
        assert_eq!(subject(at(json!([{"name": "Bluefin", "registered": true}])), field).as_deref(), Some("0"));
        assert_eq!(subject(at(json!([{"name": "Bluefin"}])), field), None);
    }

    #[test]
    fn a_description_is_compared_with_those_at_other_employers() {
        let long =
            "Built the payment service in Rust, moved forty tables to the new store and trained two colleagues on call";
        let at = |employer: &str, description: &str| {
            json!({"employment": [
                {"employer": {"name": "Bluefin"}, "description": long},
                {"employer": {"name": employer}, "description": description},
            ]})
        };
        let field = Field::EmploymentDescriptionRepeats;
        assert_eq!(job(at("Redtail", long), 0, field).as_deref(), Some("true"));
        assert_eq!(job(at("Redtail", long), 1, field).as_deref(), Some("true"));
        assert_eq!(job(at("Bluefin Ltd", long), 0, field), None, "the same employer, told twice");
        assert_eq!(job(at("Redtail", "Web development"), 0, field).as_deref(), Some("false"));
        let other =
            "Wrote the scheduler of a laboratory, planned its releases, answered its users and kept its manual current";
        assert_eq!(job(at("Redtail", other), 0, field).as_deref(), Some("false"));
    }
}
