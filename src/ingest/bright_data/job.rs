//! A job advert, as its publisher's dossier.

use super::number::numbered;
use crate::dossier::{Dossier, JobPost, Organisation, Pay, Text};
use crate::ingest::adverts;
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{account, person};

/// What has no place in the record.
const ASIDE: [&str; 20] = [
    "company_id",
    "company_url",
    "company_logo",
    "title_id",
    "country_code",
    "job_posted_time",
    "job_num_applicants",
    "job_seniority_level",
    "job_function",
    "job_employment_type",
    "job_industries",
    "job_base_pay_range",
    "job_soft_skills",
    "salary_standards",
    "is_easy_apply",
    "application_availability",
    "discovery_id",
    "similar_jobs",
    "people_also_viewed",
    "job_posting_status",
];

pub(super) fn advert(mut fields: Fields<'_>) -> Dossier {
    let mut post = JobPost {
        title: fields.text("job_title").map(Text),
        employer: Organisation { name: fields.text("company_name"), ..Organisation::default() },
        location: fields.text("job_location"),
        posted_at: fields.date("job_posted_date"),
        pay: fields.object("base_salary").and_then(pay),
        url: fields.text("url"),
        apply_url: fields.text("apply_link"),
        ..JobPost::default()
    };
    let texts = [fields.text("job_description_formatted"), fields.text("job_description"), fields.text("job_summary")];
    // The same text thrice: with markup, so that links are kept, and without.
    post.text = texts.into_iter().flatten().next().and_then(|raw| adverts::text(&raw, &mut post));
    let extra = numbered(fields.text("job_posting_id"));
    let poster = fields.object("job_poster").map(poster).unwrap_or_default();
    fields.drop_all(&ASIDE);
    fields.finish();
    let Dossier { subject, accounts, .. } = poster;
    Dossier { subject, accounts, extra, ..adverts::dossier(post) }
}

/// Who published it, where that is shown.
fn poster(mut fields: Fields<'_>) -> Dossier {
    let (name, headline, url) = (fields.text("name"), fields.text("title"), fields.text("url"));
    fields.finish();
    let mut dossier = person(name, account(None, None, None));
    dossier.accounts.retain_mut(|own| {
        own.url.clone_from(&url);
        own.url.is_some()
    });
    dossier.subject.headline = headline.map(Text);
    dossier
}

fn pay(mut fields: Fields<'_>) -> Option<Pay> {
    let (min, max) = (fields.decimal("min_amount"), fields.decimal("max_amount"));
    let currency = fields.text("currency");
    let period = fields.parsed("payment_period", adverts::period);
    fields.finish();
    (min.is_some() || max.is_some()).then_some(Pay { min, max, currency, period })
}
