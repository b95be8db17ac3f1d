//! A person's profile.

use crate::dossier::{
    Certification, ContactKind, Coverage, Dossier, Education, Employment, Location, Organisation, Section, Text,
};
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{self, account, contact, name, person, photos};

/// Lists about other people, and what has no place in the record.
const ASIDE: [&str; 31] = [
    "current_company_name",
    "current_company_company_id",
    "educations_details",
    "recommendations_count",
    "banner_image",
    "activity",
    "posts",
    "people_also_viewed",
    "similar_profiles",
    "honors_and_awards",
    "organizations",
    "publications",
    "patents",
    "projects",
    "courses",
    "volunteer_experience",
    "memorialized_account",
    "urn",
    "urn_id",
    "influencer",
    "creator",
    "premium",
    "test_scores",
    "causes",
    "services",
    "position_title",
    "linkedin_url",
    "current_company_industry",
    "verified",
    "hiring",
    "open_to_work",
];

/// Connections and followers above which a few connections are a misread page: who connects follows as well.
const MANY: u64 = 500;

pub(super) fn profile(mut fields: Fields<'_>) -> Dossier {
    let sections = [
        ("experience", Section::Employment),
        ("education", Section::Education),
        ("certifications", Section::Certifications),
        ("recommendations", Section::Recommendations),
    ];
    let mut present = vec![Section::Accounts];
    present.extend(profiles::present(&fields, &sections));
    let shown = name(&mut fields, "name", ["first_name", "last_name"]);
    let public = fields.text_of(&["linkedin_id", "id"]);
    let followers = fields.count("followers");
    let is_misread = |connections: u64| connections < MANY && followers.is_some_and(|followers| followers > MANY);
    if fields.number("connections").is_some_and(is_misread) {
        fields.drop("connections");
    }
    let mut own = account(public, fields.count("connections"), followers);
    own.url = fields.text("url").or(own.url);
    own.id = fields.text("linkedin_num_id");
    let mut dossier = person(shown, own);
    dossier.subject.headline = fields.text("position").map(Text);
    dossier.subject.about = fields.text("about").map(Text);
    dossier.subject.location = location(&mut fields);
    let (avatar, is_blank) = (fields.text("avatar"), fields.truth("default_avatar"));
    dossier.subject.photos = photos(avatar.filter(|_| is_blank != Some(true)));
    let language = |fields| profiles::language(fields, "title", "subtitle");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.employment = fields.objects("experience").into_iter().flat_map(jobs).collect();
    current(&mut fields, &mut dossier.employment);
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certifications").into_iter().filter_map(certificate).collect();
    dossier.recommendations = fields.texts("recommendations").into_iter().map(profiles::recommendation).collect();
    for mut link in fields.objects("bio_links") {
        dossier.contacts.extend(link.text_of(&["link", "url"]).map(|value| contact(ContactKind::Url, value)));
        link.drop("title");
        link.finish();
    }
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

/// `city` is the fuller one, where it is a place at all: then it begins with the other.
fn location(fields: &mut Fields<'_>) -> Option<Location> {
    let (city, short) = (fields.text("city"), fields.text("location"));
    let is_place = |city: &String| short.as_ref().is_none_or(|short| city.starts_with(short.as_str()));
    let text = city.filter(is_place).or(short);
    let code = profiles::place(None, None, fields.text("country_code")).and_then(|place| place.country);
    (text.is_some() || code.is_some()).then(|| Location { text, country: code, ..Location::default() })
}

/// An entry: one job, or several with one employer.
fn jobs(mut fields: Fields<'_>) -> Vec<Employment> {
    let (title, company) = (fields.text("title"), fields.text("company"));
    let employer = Organisation { name: company.clone(), ..Organisation::default() };
    let place = fields.text("location");
    let parts = fields.objects("positions");
    let jobs = if parts.is_empty() {
        vec![Employment { employer, title: title.map(Text), location: place, ..lasting(&mut fields) }]
    } else {
        // How long all of them took together.
        fields.drop_all(&["start_date", "end_date", "description"]);
        let employer = Organisation { name: company.or(title), ..Organisation::default() };
        let part = |mut part: Fields<'_>| {
            let title = part.text("title").map(Text);
            let job = Employment { employer: employer.clone(), title, location: place.clone(), ..lasting(&mut part) };
            part.drop_all(&["subtitle", "meta", "duration", "duration_short", "description_html"]);
            part.finish();
            job
        };
        parts.into_iter().map(part).collect()
    };
    let aside =
        ["company_id", "url", "company_logo_url", "duration", "duration_short", "description_html", "subtitle", "meta"];
    fields.drop_all(&aside);
    fields.finish();
    jobs
}

/// From when to when, and what was done.
fn lasting(fields: &mut Fields<'_>) -> Employment {
    let start = fields.date("start_date");
    let (end, is_held) = profiles::date(fields, "end_date");
    let description = fields.text("description").map(Text);
    Employment { start, end, current: is_held.then_some(true), description, ..Employment::default() }
}

/// The current employer, where no jobs stand.
fn current(fields: &mut Fields<'_>, jobs: &mut Vec<Employment>) {
    let Some(mut company) = fields.object("current_company") else { return };
    let (name, title) = (company.text("name"), company.text("title"));
    company.drop_all(&["link", "company_id", "location", "industry"]);
    company.finish();
    if jobs.is_empty() && name.is_some() {
        let employer = Organisation { name, ..Organisation::default() };
        jobs.push(Employment { employer, title: title.map(Text), current: Some(true), ..Employment::default() });
    }
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = Education {
        school: Organisation { name: fields.text("title"), ..Organisation::default() },
        degree: fields.text("degree"),
        field: fields.text("field"),
        start: fields.date("start_year"),
        end: fields.date("end_year"),
        description: fields.text("description").map(Text),
        ..Education::default()
    };
    fields.drop_all(&["url", "description_html", "institute_logo_url", "meta", "subtitle"]);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer) = (fields.text("title"), fields.text("subtitle"));
    // `Issued Jun 2022 Expires Jun 2025 See credential`, or nothing with a date.
    let date = fields.text("meta").as_deref().and_then(profiles::issued);
    let (id, url) = (fields.text("credential_id"), fields.text("credential_url"));
    fields.finish();
    Some(Certification { name: title?, issuer, issued: date, id, url, ..Certification::default() })
}
