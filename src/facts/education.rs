//! Claimed studies against founding dates and other sources.

use super::catalogue::Field;
use super::category::Category;
use super::claims::{Claim, Compared, Point, compare, source_of};
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::employers::organisation_domain;
use super::employment;
use crate::dossier::{Date, Education, Path, Place};
use std::collections::BTreeSet;

/// Studies past this number are not compared with each other.
const MOST_COMPARED: usize = 256;

/// What studies, jobs and place say together of the person as a whole: contradictions between sources.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let keys = school_keys(ctx);
    let studies = compared(ctx, &keys);
    let views = ctx.places_of_views();
    if ctx.jobs.compared.is_empty() && studies.is_empty() && views.is_empty() {
        return;
    }
    let (jobs, job_places) = employment::conflicts(ctx);
    let schools: BTreeSet<&str> = studies
        .iter()
        .filter(|compared| !compared.differs.is_empty())
        .filter_map(|compared| keys.get(compared.claim).map(String::as_str))
        .collect();
    let moved: Vec<_> = views.iter().filter(|(agrees, _)| !agrees).collect();
    let mut places: Vec<Place> = Vec::new();
    if jobs > 0.0 {
        places.extend(job_places.places());
    }
    let differing = studies.iter().filter(|compared| !compared.differs.is_empty());
    places.extend(differing.map(|compared| Place::whole(Path::at("/education/*", compared.claim))));
    places.extend(moved.iter().map(|(_, path)| Place::whole(*path)));
    let place = if moved.is_empty() { 0.0 } else { 1.0 };
    builder.number(Field::SubjectSourcesDisagree, jobs + schools.len() as f64 + place, Origin::derived_from(places));
}

/// Each course of study.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let keys = school_keys(ctx);
    let compared = compared(ctx, &keys);
    for (index, (study, key)) in ctx.dossier.education.iter().zip(&keys).enumerate() {
        let at = |template| Path::at(template, index);
        let domain = organisation_domain(&study.school, ctx.knowledge);
        if !key.is_empty() || domain.is_some() {
            builder.known(Field::EducationSchoolListed);
            let path = match &domain {
                Some((_, true)) if key.is_empty() => at("/education/*/school/url"),
                Some((_, false)) if key.is_empty() => at("/education/*/school/domain"),
                _ => at("/education/*/school/name"),
            };
            for list in ctx.knowledge.employers.listed(key, domain.as_ref().map(|(domain, _)| &**domain)) {
                let origin = Origin::derived(Place::whole(path));
                builder.fact(Field::EducationSchoolListed, Value::Text(list.into()), origin);
            }
        }
        if let (Some(start), Some(end)) = (study.start, study.end) {
            let places = [at("/education/*/start"), at("/education/*/end")].map(Place::whole);
            let months = start.months_until(end).0.max(0);
            builder.number(Field::EducationMonths, f64::from(months), Origin::derived_from(places));
        }
        if let Some(start) = study.start
            && let Some((founded, path)) = founded(ctx, index, study, key)
        {
            builder.known(Field::EducationBeforeFoundedMonths);
            let (months, _) = start.months_until(founded);
            if months > 0 {
                let origin = Origin::derived_from([at("/education/*/start"), path].map(Place::whole));
                builder.number(Field::EducationBeforeFoundedMonths, f64::from(months), origin);
            }
        }
        if let Some(compared) = compared.iter().find(|compared| compared.claim == index) {
            builder.known(Field::EducationConflict);
            for (point, other) in &compared.differs {
                let (word, template) = match point {
                    Point::Start => ("start", "/education/*/start"),
                    Point::End => ("end", "/education/*/end"),
                    Point::Title => ("degree", "/education/*/degree"),
                };
                let origin = Origin::derived_from([at(template), Path::at(template, *other)].map(Place::whole));
                builder.fact(Field::EducationConflict, Value::Text(word.into()), origin);
            }
        }
        builder.element(Category::Education, at("/education/*"));
    }
}

/// Folded names of the schools, one for each entry.
fn school_keys(ctx: &Context<'_>) -> Vec<String> {
    let schools = ctx.dossier.education.iter().map(|study| study.school.name.as_deref());
    schools.map(|name| name.map(|name| ctx.knowledge.employers.key(name)).unwrap_or_default()).collect()
}

/// Studies that several sources give.
fn compared(ctx: &Context<'_>, keys: &[String]) -> Vec<Compared> {
    let claims: Vec<Claim<'_>> = ctx
        .dossier
        .education
        .iter()
        .zip(keys)
        .take(MOST_COMPARED)
        .map(|(study, key)| Claim {
            key,
            source: source_of(study.source.as_deref(), ctx.dossier),
            start: study.start,
            end: study.end,
            title: study.degree.as_deref(),
        })
        .collect();
    compare(&claims, |first, second| ctx.knowledge.vocation.degrees_differ(first, second))
}

/// When a school was founded: as the source says, as an analyst found, or by the table of organisations.
fn founded(ctx: &Context<'_>, index: usize, study: &Education, key: &str) -> Option<(Date, Path)> {
    if let Some(founded) = study.school.founded {
        return Some((founded, Path::at("/education/*/school/founded", index)));
    }
    let known = ctx.dossier.organisations.iter().enumerate().find_map(|(position, organisation)| {
        let name = organisation.name.as_deref()?;
        let founded = organisation.founded?;
        (!key.is_empty() && ctx.knowledge.employers.key(name) == key)
            .then_some((founded, Path::at("/organisations/*/founded", position)))
    });
    known.or_else(|| Some((ctx.knowledge.timeline.founded(key)?, Path::at("/education/*/school/name", index))))
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    #[test]
    fn studies_are_held_against_founding_and_other_sources() {
        let dossier = json!({
            "provenance": [{"name": "profile"}, {"name": "cv"}],
            "education": [
                {"school": {"name": "Sample University"}, "degree": "BSc", "start": "2010", "end": "2013", "source": "profile"},
                {"school": {"name": "Sample University"}, "degree": "PhD", "start": "2010", "end": "2016", "source": "cv"},
            ],
            "organisations": [{"name": "Sample University", "founded": "2012"}],
        });
        with_facts(dossier, |elements| {
            let study = |field| values(elements, Category::Education, 0, field);
            assert_eq!(study(Field::EducationBeforeFoundedMonths), Some(vec!["13".into()]));
            assert_eq!(study(Field::EducationConflict), Some(vec!["end".into(), "degree".into()]));
            assert_eq!(study(Field::EducationMonths), Some(vec!["25".into()]));
            let disagree = values(elements, Category::Dossier, 0, Field::SubjectSourcesDisagree);
            assert_eq!(disagree, Some(vec!["1".into()]));
        });
    }

    #[test]
    fn two_degrees_at_one_school_are_no_conflict() {
        let dossier = json!({
            "education": [
                {"school": {"name": "Sample University"}, "degree": "BSc", "start": "2010", "end": "2013"},
                {"school": {"name": "Sample University"}, "degree": "MSc", "start": "2013", "end": "2015"},
            ],
        });
        with_facts(dossier, |elements| {
            assert_eq!(values(elements, Category::Education, 0, Field::EducationConflict), None);
            assert_eq!(values(elements, Category::Dossier, 0, Field::SubjectSourcesDisagree), None);
        });
    }
}
