//! Profiles as the actor harvestapi of Apify hands them out: one profile an object, alone or below `element`.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, account, contact, date, handle, name, person, photos, place};
use crate::dossier::{
    Certification, ContactKind, Coverage, Dossier, Education, Employment, Location, Organisation, Section, Text,
};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a profile, an object with `publicIdentifier` and `experience`",
    envelopes: &["element"],
    is: |object| object.contains_key("publicIdentifier") && object.contains_key("experience"),
    read: profile,
    identity: handle,
};

/// Lists about other people, and what has no place in the record.
const ASIDE: [&str; 23] = [
    // Which of identity, workplace or mail was verified is not said.
    "verified",
    "openToWork",
    "hiring",
    "premium",
    "influencer",
    "topSkills",
    "currentPosition",
    "moreProfiles",
    "projects",
    "volunteering",
    "receivedRecommendations",
    "courses",
    "publications",
    "patents",
    "honorsAndAwards",
    "featured",
    "query",
    "status",
    "entityId",
    "requestId",
    "coverPicture",
    "organizations",
    "causes",
];

const NAME: &str = "apify-harvestapi";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "profiles as Apify's harvestapi hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `publicIdentifier` and `registeredAt`, or jobs with `companyUniversalName`, also below `element`",
    becomes: "one dossier for each profile",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
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
    let is_profile = json::has_all(glimpse, &["\"publicIdentifier\""])
        && (json::has(glimpse, "\"registeredAt\"")
            || json::has_all(glimpse, &["\"companyUniversalName\"", "\"position\""]));
    is_profile.then_some(Confidence::Certain)
}

/// Reads a file of profiles.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn profile(mut fields: Fields<'_>) -> Dossier {
    let shown = name(&mut fields, "fullName", ["firstName", "lastName"]);
    let public = fields.text("publicIdentifier");
    let mut own = account(public, fields.count("connectionsCount"), fields.count("followerCount"));
    own.url = fields.text("linkedinUrl").or(own.url);
    own.id = fields.text("id");
    own.created_at = fields.date("registeredAt");
    let mut dossier = person(shown, own);
    dossier.subject.headline = fields.text("headline").map(Text);
    dossier.subject.about = fields.text("about").map(Text);
    dossier.subject.location = fields.object("location").and_then(location);
    dossier.subject.photos = photos(fields.text("photo"));
    let language = |fields| profiles::language(fields, "name", "proficiency");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.employment = fields.objects("experience").into_iter().map(job).collect();
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certifications").into_iter().filter_map(certificate).collect();
    dossier.skills = fields.objects("skills").into_iter().filter_map(skill).collect();
    dossier.contacts = fields.texts("emails").into_iter().map(|value| contact(ContactKind::Email, value)).collect();
    fields.drop_all(&ASIDE);
    fields.finish();
    let present =
        vec![Section::Accounts, Section::Employment, Section::Education, Section::Skills, Section::Certifications];
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

/// The place in its parts; what the person wrote stands as it is.
fn location(mut fields: Fields<'_>) -> Option<Location> {
    let written = fields.text("linkedinText");
    let code = fields.text("countryCode");
    let found = match fields.object("parsed") {
        None => place(None, None, code),
        Some(mut parsed) => {
            let found = place(parsed.text("city"), parsed.text("state"), parsed.text("countryCode").or(code));
            parsed.drop_all(&["text", "regionCode", "country", "countryFull"]);
            parsed.finish();
            found
        }
    };
    fields.finish();
    match (found, written) {
        (Some(found), written) => Some(Location { text: written.or(found.text), ..found }),
        (None, Some(text)) => Some(Location { text: Some(text), ..Location::default() }),
        (None, None) => None,
    }
}

fn job(mut fields: Fields<'_>) -> Employment {
    let (start, _) = date(&mut fields, "startDate");
    let (end, is_held) = date(&mut fields, "endDate");
    let job = Employment {
        employer: Organisation { name: fields.text("companyName"), ..Organisation::default() },
        title: fields.text("position").map(Text),
        kind: fields.text("employmentType").as_deref().map(profiles::kind).unwrap_or_default(),
        start,
        end,
        current: is_held.then_some(true),
        location: fields.text("location"),
        description: fields.text("description").map(Text),
        ..Employment::default()
    };
    let aside = [
        "workplaceType",
        "companyLinkedinUrl",
        "companyId",
        "companyUniversalName",
        "companyLogo",
        "duration",
        "skills",
    ];
    fields.drop_all(&aside);
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let (start, _) = date(&mut fields, "startDate");
    let (end, _) = date(&mut fields, "endDate");
    let study = Education {
        school: Organisation { name: fields.text("schoolName"), ..Organisation::default() },
        degree: fields.text("degree"),
        field: fields.text("fieldOfStudy"),
        start,
        end,
        ..Education::default()
    };
    fields.drop_all(&["schoolLinkedinUrl", "schoolId", "skills", "period", "insights"]);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer) = (fields.text("title"), fields.text("issuedBy"));
    let date = fields.parsed("issuedAt", profiles::issued);
    fields.drop("issuedByLink");
    fields.finish();
    Some(Certification { name: title?, issuer, issued: date, ..Certification::default() })
}

fn skill(mut fields: Fields<'_>) -> Option<String> {
    let skill = fields.text("name");
    fields.drop_all(&["positions", "endorsements"]);
    fields.finish();
    skill
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::Locator;
    use crate::ingest::parse::Parse;
    use serde_json::json;

    #[test]
    fn dates_stand_in_words_and_parts_and_who_registered_when_is_kept() {
        let answer = json!({"status": 200, "element": {
            "publicIdentifier": "ana-example", "firstName": "Ana", "lastName": "Example", "registeredAt": "2026-09-01T00:00:00.000Z",
            "verified": true, "location": {"linkedinText": "Lyon, France", "countryCode": "FR"},
            "experience": [
                {"companyName": "Sample Works", "position": "Engineer", "startDate": {"month": "Jan", "year": 2024, "text": "Jan 2024"}, "endDate": {"text": "Present"}},
                {"companyName": "Old Works", "startDate": {"year": 2019}, "endDate": {"text": "Dec 2023"}},
            ],
            "certifications": [{"title": "Rigging", "issuedAt": "Issued Sep 2023"}],
        }});
        let (dossier, unknown) =
            FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("profiles.json"), 128).expect("a profile");
        let of = |job: usize| {
            let job = &dossier.employment[job];
            (job.start.map(|at| at.to_string()), job.end.map(|at| at.to_string()), job.current)
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(of(0), (said("2024-01"), None, Some(true)));
        assert_eq!(of(1), (said("2019"), said("2023-12"), None));
        assert_eq!(dossier.certifications[0].issued.map(|at| at.to_string()), said("2023-09"));
        assert!(dossier.accounts[0].created_at.is_some() && dossier.accounts[0].verifications.is_empty());
        assert_eq!(dossier.subject.location.and_then(|place| place.country), said("FR"));
        assert_eq!((unknown.len(), dossier.dropped.get("verified")), (0, Some(&1)));
    }
}
