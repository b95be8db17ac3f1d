//! Profiles as the actor apimaestro of Apify hands them out: who it is below `basic_info`, and lists beside it.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, account, contact, handle, name, person, photos, place};
use crate::dossier::{
    Certification, ContactKind, Coverage, Date, Dossier, Education, Employment, Location, Organisation, Section, Text,
};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a profile, an object with an object `basic_info`",
    envelopes: &["data"],
    is: |object| object.get("basic_info").is_some_and(serde_json::Value::is_object),
    read: profile,
    identity: handle,
};

/// What of the person has no place in the record.
const ASIDE: [&str; 13] = [
    "creator_hashtags",
    "is_creator",
    "is_influencer",
    "is_premium",
    "is_top_voice",
    "open_to_work",
    "hiring",
    // What was verified is not said.
    "is_verified",
    "show_follower_count",
    "background_picture_url",
    "primary_locale",
    "current_company_url",
    "current_company_urn",
];

const NAME: &str = "apify-apimaestro";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "profiles as Apify's apimaestro hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `basic_info` and `public_identifier`",
    becomes: "one dossier for each profile",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Certifications,
        Section::Contacts,
        Section::Photos,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such profiles.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    json::has_all(glimpse, &["\"basic_info\"", "\"public_identifier\""]).then_some(Confidence::Certain)
}

/// Reads a file of profiles.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn profile(mut fields: Fields<'_>) -> Dossier {
    let sections = [
        ("experience", Section::Employment),
        ("education", Section::Education),
        ("certifications", Section::Certifications),
    ];
    let mut present = vec![Section::Accounts];
    present.extend(profiles::present(&fields, &sections));
    let mut dossier = fields.object("basic_info").map(basics).unwrap_or_default();
    let language = |fields| profiles::language(fields, "language", "proficiency");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.employment = fields.objects("experience").into_iter().map(job).collect();
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certifications").into_iter().filter_map(certificate).collect();
    fields.drop_all(&["profileUrl", "profile_url", "projects", "recommendations", "featured", "similar_profiles"]);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

fn basics(mut fields: Fields<'_>) -> Dossier {
    let shown = name(&mut fields, "fullname", ["first_name", "last_name"]);
    let public = fields.text("public_identifier");
    let mut own = account(public, fields.count("connection_count"), fields.count("follower_count"));
    own.url = fields.text("profile_url").or(own.url);
    own.id = fields.text("urn");
    own.created_at = fields.parsed("created_timestamp", milliseconds);
    let mut dossier = person(shown, own);
    dossier.subject.headline = fields.text("headline").map(Text);
    dossier.subject.about = fields.text("about").map(Text);
    dossier.subject.location = fields.object("location").and_then(location);
    dossier.subject.photos = photos(fields.text("profile_picture_url"));
    dossier.contacts = fields.text("email").map(|value| contact(ContactKind::Email, value)).into_iter().collect();
    fields.drop_all(&ASIDE);
    // It is the employer of a job that is held.
    fields.drop("current_company");
    fields.finish();
    dossier
}

/// Milliseconds since 1970.
fn milliseconds(text: &str) -> Option<Date> {
    Date::from_timestamp(text.parse::<i64>().ok()?.div_euclid(1_000))
}

fn location(mut fields: Fields<'_>) -> Option<Location> {
    let (whole, city) = (fields.text("full"), fields.text("city"));
    let code = fields.text("country_code");
    fields.drop("country");
    fields.finish();
    let found = place(city, None, code);
    match whole {
        Some(text) => Some(Location { text: Some(text), ..found.unwrap_or_default() }),
        None => found,
    }
}

fn job(mut fields: Fields<'_>) -> Employment {
    // The same dates in words, for where their parts are missing.
    let said = fields.text("duration").as_deref().and_then(profiles::span).unwrap_or_default();
    let (start, _) = profiles::date(&mut fields, "start_date");
    let (end, _) = profiles::date(&mut fields, "end_date");
    let job = Employment {
        employer: Organisation { name: fields.text("company"), ..Organisation::default() },
        title: fields.text("title").map(Text),
        kind: fields.text("employment_type").as_deref().map(profiles::kind).unwrap_or_default(),
        start: start.or(said.start),
        end: end.or(said.end),
        current: fields.truth("is_current"),
        location: fields.text("location"),
        description: fields.text("description").map(Text),
        ..Employment::default()
    };
    fields.drop_all(&[
        "company_linkedin_url",
        "company_id",
        "company_logo_url",
        "location_type",
        "skills",
        "skills_url",
    ]);
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let said = fields.parsed("duration", profiles::span).unwrap_or_default();
    let (start, _) = profiles::date(&mut fields, "start_date");
    let (end, _) = profiles::date(&mut fields, "end_date");
    let study = Education {
        school: Organisation { name: fields.text("school"), ..Organisation::default() },
        degree: fields.text("degree"),
        field: fields.text("field_of_study"),
        start: start.or(said.start),
        end: end.or(said.end),
        description: fields.text("description").map(Text),
        ..Education::default()
    };
    fields.drop_all(&["school_id", "school_linkedin_url", "school_logo_url", "degree_name", "activities", "skills"]);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer) = (fields.text("name"), fields.text("issuer"));
    let date = fields.parsed("issued_date", profiles::issued);
    let (id, url) = (fields.text("credential_id"), fields.text("credential_url"));
    fields.finish();
    Some(Certification { name: title?, issuer, issued: date, id, url, ..Certification::default() })
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::Locator;
    use crate::ingest::parse::Parse;
    use serde_json::json;

    #[test]
    fn who_registered_when_is_kept_and_dates_stand_in_parts_or_in_words() {
        let answer = json!({
            "basic_info": {"fullname": "Ana Example", "public_identifier": "ana-example", "created_timestamp": 1_512_837_913_698_u64,
                "connection_count": 807, "location": {"country": "France", "city": "Lyon", "full": "Lyon, France", "country_code": "FR"}},
            "experience": [
                {"title": "Engineer", "company": "Sample Works", "start_date": {"year": 2024, "month": "Jan"}, "is_current": true},
                {"title": "Clerk", "company": "Old Works", "duration": "Mar 2019 - Dec 2023 · 5 yrs", "is_current": false},
                {"title": "Clerk", "company": "Older Works", "start_date": "Feb 2017", "end_date": null},
            ],
        });
        let (dossier, unknown) =
            FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("profiles.json"), 128).expect("a profile");
        let told: Vec<_> = dossier
            .employment
            .iter()
            .map(|job| (job.start.map(|at| at.to_string()), job.end.map(|at| at.to_string()), job.current))
            .collect();
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(told[0], (said("2024-01"), None, Some(true)));
        assert_eq!(told[1], (said("2019-03"), said("2023-12"), Some(false)));
        assert_eq!(told[2], (said("2017-02"), None, None));
        assert_eq!(dossier.accounts[0].created_at.map(|at| at.to_string()), said("2017-12-09T16:45:13Z"));
        assert_eq!(dossier.accounts[0].connections_capped, Some(true));
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
