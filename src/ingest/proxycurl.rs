//! Profiles as Proxycurl handed them out, and Enrich Layer does: one profile an object, alone or below `profile`.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, account, contact, handle, name, person, photos, place};
use crate::dossier::{
    Account, Certification, ContactKind, Coverage, Date, Dossier, Education, Employment, Language, Organisation,
    Section, Text,
};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a profile, an object with `public_identifier` and `experiences`",
    envelopes: &["profile"],
    is: |object| object.contains_key("public_identifier") && object.contains_key("experiences"),
    read: profile,
    identity: handle,
};

/// Lists about other people, and what has no place in the record.
const ASIDE: [&str; 11] = [
    "background_cover_image_url",
    "people_also_viewed",
    "similarly_named_profiles",
    "activities",
    "articles",
    "groups",
    "interests",
    "industry",
    "volunteer_work",
    "languages_and_proficiencies",
    "country_full_name",
];

const NAME: &str = "proxycurl";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "profiles as Proxycurl and Enrich Layer hand them out: one object, an array, or one a line",
    recognised_by: "JSON with `public_identifier`, `experiences` and dates in parts, also below `profile`",
    becomes: "one dossier for each profile",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Recommendations,
        Section::Contacts,
        Section::Photos,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such profiles.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let beside = ["\"starts_at\"", "\"accomplishment_organisations\""];
    let is_profile = json::has_all(glimpse, &["\"public_identifier\"", "\"experiences\""])
        && beside.iter().any(|key| json::has(glimpse, key));
    is_profile.then_some(Confidence::Certain)
}

/// Reads a file of profiles.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn profile(mut fields: Fields<'_>) -> Dossier {
    let shown = name(&mut fields, "full_name", ["first_name", "last_name"]);
    let own = account(fields.text("public_identifier"), fields.count("connections"), fields.count("follower_count"));
    let mut dossier = person(shown, own);
    let occupation = fields.text("occupation");
    dossier.subject.headline = fields.text("headline").or(occupation).map(Text);
    dossier.subject.about = fields.text("summary").map(Text);
    dossier.subject.location = place(fields.text("city"), fields.text("state"), fields.text("country"));
    dossier.subject.photos = photos(fields.text("profile_pic_url"));
    let language = |name| Language { name, level: None };
    dossier.subject.languages = fields.texts("languages").into_iter().map(language).collect();
    dossier.employment = fields.objects("experiences").into_iter().map(job).collect();
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certifications").into_iter().filter_map(certificate).collect();
    dossier.skills = fields.texts("skills");
    dossier.recommendations = fields.texts("recommendations").into_iter().map(profiles::recommendation).collect();
    let mails = fields.texts("personal_emails").into_iter().map(|value| contact(ContactKind::Email, value));
    let numbers = fields.texts("personal_numbers").into_iter().map(|value| contact(ContactKind::Phone, value));
    dossier.contacts = mails.chain(numbers).collect();
    if let Some(extra) = fields.object("extra") {
        dossier.accounts.extend(elsewhere(extra));
    }
    for of in ["organisations", "publications", "honors_awards", "patents", "courses", "projects", "test_scores"] {
        fields.drop(&format!("accomplishment_{of}"));
    }
    fields.drop_all(&ASIDE);
    fields.finish();
    // Which contacts the service found is no matter of what the person has.
    let present = vec![Section::Accounts, Section::Employment, Section::Education];
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

/// Accounts on other networks.
fn elsewhere(mut extra: Fields<'_>) -> Vec<Account> {
    let networks = ["github", "twitter", "facebook"];
    let of = |network: &str, handle| Account {
        network: Some(network.to_owned()),
        handle: Some(handle),
        ..Account::default()
    };
    let accounts = networks
        .iter()
        .filter_map(|network| Some(of(network, extra.text(&format!("{network}_profile_id"))?)))
        .collect();
    extra.finish();
    accounts
}

fn job(mut fields: Fields<'_>) -> Employment {
    let employer = Organisation { name: fields.text("company"), ..Organisation::default() };
    let is_held = fields.is_null("ends_at");
    let job = Employment {
        employer,
        title: fields.text("title").map(Text),
        start: date(&mut fields, "starts_at"),
        end: date(&mut fields, "ends_at"),
        current: is_held.then_some(true),
        location: fields.text("location"),
        description: fields.text("description").map(Text),
        ..Employment::default()
    };
    fields.drop_all(&["company_linkedin_profile_url", "company_facebook_profile_url", "logo_url"]);
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = Education {
        school: Organisation { name: fields.text("school"), ..Organisation::default() },
        degree: fields.text("degree_name"),
        field: fields.text("field_of_study"),
        start: date(&mut fields, "starts_at"),
        end: date(&mut fields, "ends_at"),
        description: fields.text("description").map(Text),
        ..Education::default()
    };
    let aside =
        ["school_linkedin_profile_url", "school_facebook_profile_url", "logo_url", "grade", "activities_and_societies"];
    fields.drop_all(&aside);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer, number) = (fields.text("name"), fields.text("authority"), fields.text("license_number"));
    let (from, until) = (date(&mut fields, "starts_at"), date(&mut fields, "ends_at"));
    let url = fields.text("url");
    fields.drop("display_source");
    fields.finish();
    Some(Certification {
        name: title?,
        issuer,
        issued: from,
        expires: until,
        id: number,
        url,
        ..Certification::default()
    })
}

/// A date in its parts; the day is the first or last of the month, whatever the person wrote.
fn date(fields: &mut Fields<'_>, key: &str) -> Option<Date> {
    profiles::date(fields, key).0
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::Locator;
    use crate::ingest::parse::Parse;
    use serde_json::json;

    #[test]
    fn days_are_made_up_and_an_end_that_is_nothing_is_none() {
        let part = |year: u64, month: u64| json!({"day": 1, "month": month, "year": year});
        let answer = json!({"linkedin_profile_url": "https://www.linkedin.com/in/ana-example", "profile": {
            "public_identifier": "ana-example", "full_name": "Ana Example", "connections": 500, "gender": "x",
            "experiences": [
                {"company": "Sample Works", "starts_at": part(2021, 3), "ends_at": null},
                {"company": "Old Works", "starts_at": part(2018, 1), "ends_at": part(2021, 2)},
                {"company": "Older Works", "starts_at": {"year": 2016, "month": 99}},
            ],
        }});
        let (dossier, unknown) =
            FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("profiles.json"), 128).expect("a profile");
        let told: Vec<_> = dossier
            .employment
            .iter()
            .map(|job| (job.start.map(|at| at.to_string()), job.end.map(|at| at.to_string()), job.current))
            .collect();
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(told[0], (said("2021-03"), None, Some(true)));
        assert_eq!(told[1], (said("2018-01"), said("2021-02"), None));
        assert_eq!(told[2], (None, None, None), "a month that is none is no date, and a missing end is unknown");
        assert_eq!((dossier.accounts[0].connections, dossier.accounts[0].connections_capped), (Some(500), Some(true)));
        assert!(dossier.dropped.contains_key("gender") && unknown.is_empty(), "{unknown:?}");
        let other =
            FORMAT.parse(br#"{"profile": {"name": "Ana"}}"#, &Locator::file("x.json"), 128).expect_err("is none");
        assert!(other.reason.contains("public_identifier"), "{}", other.reason);
    }
}
