//! How long the person claims to have worked, at least: in any job, as a recruiter, and in their own words.

use super::catalogue::Field;
use super::context::Context;
use super::element::{ElementsBuilder, Origin};
use super::texts::TextOf;
use crate::content::key;
use crate::dossier::{Date, DocumentKind, Path, Place, Text};

/// Nobody has worked for longer; greater numbers are something else.
const MOST_YEARS: u32 = 60;

/// What dates and texts say of the person's experience.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    recruiting(ctx, builder);
    career(ctx, builder);
    claimed(ctx, builder);
}

/// Months under a recruiting title; unknown while such a job has no dates or no job has a title.
fn recruiting<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let Some(recruiter) = ctx.knowledge.timeline.recruiter_role else { return };
    if ctx.dossier.employment.iter().all(|job| job.title.is_none()) {
        return;
    }
    let mut months = 0;
    let mut places = Vec::new();
    let mut undated = false;
    for (index, job) in ctx.jobs.all.iter().enumerate() {
        if ctx.texts.of(TextOf::EmploymentTitle(index)).iter().any(|hit| hit.intent == recruiter) {
            places.push(Place::whole(Path::at("/employment/*", index)));
            match job.months() {
                Some(length) => months += length,
                None => undated = true,
            }
        }
    }
    if !undated || months > 0 {
        builder.number(Field::SubjectRecruitingMonths, f64::from(months), Origin::derived_from(places));
    }
}

fn career<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let starts = ctx.jobs.all.iter().filter_map(|job| job.start);
    if let Some((start, path)) = starts.min_by_key(|(start, _)| start.interval()) {
        let months = start.months_until(ctx.now).0.max(0);
        let origin = Origin::derived_from([Place::whole(path), Place::whole(Path::NOW)]);
        builder.number(Field::SubjectCareerMonths, f64::from(months), origin);
    }
}

/// Claimed years of experience against the time since the first job or studies began.
///
/// Unknown while a job or studies have no start: they might be the first.
fn claimed<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let Some((years, claim)) = claimed_years(ctx) else { return };
    let jobs = ctx.dossier.employment.iter().enumerate();
    let studies = ctx.dossier.education.iter().enumerate();
    let starts: Option<Vec<(Date, Path)>> = jobs
        .map(|(index, job)| Some((job.start?, Path::at("/employment/*/start", index))))
        .chain(studies.map(|(index, study)| Some((study.start?, Path::at("/education/*/start", index)))))
        .collect();
    let Some((first, path)) = starts.unwrap_or_default().into_iter().min_by_key(|(start, _)| start.interval()) else {
        return;
    };
    builder.known(Field::SubjectExperienceBeforeEducationMonths);
    let months = i64::from(years) * 12 - i64::from(first.months_until(ctx.now).1);
    if months > 0 {
        let origin = Origin::derived_from([claim, Place::whole(path), Place::whole(Path::NOW)]);
        builder.number(Field::SubjectExperienceBeforeEducationMonths, months as f64, origin);
    }
}

/// The greatest number of years of experience that headline, self-description or résumé claim, and where.
fn claimed_years(ctx: &Context<'_>) -> Option<(u32, Place)> {
    let intent = ctx.knowledge.timeline.years_of_experience?;
    let subject = &ctx.dossier.subject;
    let resumes = ctx
        .dossier
        .documents
        .iter()
        .enumerate()
        .filter(|(_, document)| matches!(document.kind, DocumentKind::Resume | DocumentKind::CoverLetter));
    let texts: [(Option<&Text>, TextOf, Path); 2] = [
        (subject.headline.as_ref(), TextOf::Headline, Path::plain("/subject/headline")),
        (subject.about.as_ref(), TextOf::About, Path::plain("/subject/about")),
    ];
    texts
        .into_iter()
        .chain(resumes.map(|(index, document)| {
            (document.text.as_ref(), TextOf::Document(index), Path::at("/documents/*/text", index))
        }))
        .filter_map(|(text, slot, path)| Some((text?, ctx.texts.of(slot), path)))
        .flat_map(|(text, hits, path)| {
            hits.iter().filter(|hit| hit.intent == intent).filter_map(move |hit| {
                let years = leading_number(&key(text.get(hit.value.clone()?)?))?;
                Some((years, Place::part(path, hit.span.start, hit.span.end)))
            })
        })
        .filter(|(years, _)| *years <= MOST_YEARS)
        // The first of equals.
        .reduce(|greatest, next| if next.0 > greatest.0 { next } else { greatest })
}

fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::tests::subject;
    use serde_json::{Value, json};

    #[test]
    fn years_of_experience_are_held_against_the_first_date() {
        let at = |years: u32, first: Value| {
            json!({
                "subject": {"headline": format!("Engineer, {years}+ years of experience")},
                "education": [{"school": {"name": "Sample University"}, "start": first, "end": "2021"}],
                "employment": [{"employer": {"name": "Bluefin"}, "start": "2021-09", "current": true}],
            })
        };
        let field = Field::SubjectExperienceBeforeEducationMonths;
        assert_eq!(subject(at(15, json!("2018")), field).as_deref(), Some("74"));
        assert_eq!(subject(at(8, json!("2018")), field), None);
        assert_eq!(subject(at(15, Value::Null), field), None);
    }

    #[test]
    fn recruiting_is_counted_by_titles_with_dates() {
        let at = |title: &str, start: Value| json!({"employment": [{"employer": {"name": "Bluefin"}, "title": title, "start": start, "end": "2021-01"}]});
        let field = Field::SubjectRecruitingMonths;
        assert_eq!(subject(at("Recruiter", json!("2019-01")), field).as_deref(), Some("24"));
        assert_eq!(subject(at("Developer", json!("2019-01")), field).as_deref(), Some("0"));
        assert_eq!(subject(at("Recruiter", Value::Null), field), None);
    }
}
