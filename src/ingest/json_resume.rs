//! JSON Resume: one résumé an object (schema 1.0 and the names of keys before it).
//!
//! What the person writes about themselves. Dates are those of the résumé; nobody checked them.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, place};
use crate::dossier::{
    Account, Certification, ContactKind, Coverage, Dossier, Education, Employment, Location, Name, Organisation, Photo,
    Recommendation, RecommendationDirection, Recommender, Role, Section, Subject, Text,
};
use serde_json::Value;

const NAME: &str = "json-resume";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "résumés as JSON Resume: one object, an array, or one a line",
    recognised_by: "JSON with an object `basics` and, beside or in it, `work`, `education` or `profiles`",
    becomes: "one dossier for each résumé",
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

/// Whether a file is a résumé: an object with `basics`, and with what a résumé has beside it.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let beside = ["\"work\"", "\"education\"", "\"profiles\"", "jsonresume"];
    let is_resume = json::has_all(glimpse, &["\"basics\""]) && beside.iter().any(|key| json::has(glimpse, key));
    is_resume.then_some(Confidence::Certain)
}

/// Reads a file of résumés.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

const FORMAT: Format = Format {
    name: NAME,
    expected: "a résumé, an object with an object `basics` that says whose it is",
    envelopes: &[],
    is: |object| object.get("basics").is_some_and(Value::is_object),
    read: resume,
    // Not by whom it is: a résumé that returns with other dates is another record.
    identity: |_| None,
};

fn resume(mut fields: Fields<'_>) -> Dossier {
    let sections = [
        ("work", Section::Employment),
        ("education", Section::Education),
        ("skills", Section::Skills),
        ("certificates", Section::Certifications),
        ("references", Section::Recommendations),
    ];
    let mut present: Vec<Section> =
        sections.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    present.push(Section::Contacts);
    let mut dossier = Dossier { role: Role::Candidate, ..Dossier::default() };
    if let Some(basics) = fields.object("basics") {
        read_basics(basics, &mut dossier);
    }
    dossier.employment = fields.objects("work").into_iter().map(job).collect();
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certificates").into_iter().filter_map(certificate).collect();
    dossier.skills = fields.objects("skills").into_iter().flat_map(skill).collect();
    let language = |fields| profiles::language(fields, "language", "fluency");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.recommendations = fields.objects("references").into_iter().map(reference).collect();
    for key in ["projects", "volunteer", "awards", "publications"] {
        dossier.extra.extend(fields.value(key).map(|value| (key.to_owned(), value)));
    }
    fields.drop("interests");
    fields.drop("meta");
    fields.drop("$schema");
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

fn read_basics(mut basics: Fields<'_>, dossier: &mut Dossier) {
    let names = basics.text("name").map(|value| Name { value, ..Name::default() });
    let image = basics.text_of(&["image", "picture"]);
    // A picture inside the file is data, and no reference to one.
    let photos = image.filter(|image| !image.starts_with("data:")).map(photo);
    dossier.subject = Subject {
        names: names.into_iter().collect(),
        headline: basics.text("label").map(Text),
        about: basics.text("summary").map(Text),
        location: basics.object("location").and_then(location),
        photos: photos.into_iter().collect(),
        ..Subject::default()
    };
    let contacts = [
        (ContactKind::Email, basics.text("email")),
        (ContactKind::Phone, basics.text("phone")),
        (ContactKind::Url, basics.text_of(&["url", "website"])),
    ];
    let contact = |(kind, value): (ContactKind, Option<String>)| Some(profiles::contact(kind, value?));
    dossier.contacts = contacts.into_iter().filter_map(contact).collect();
    dossier.accounts = basics.objects("profiles").into_iter().map(profile).collect();
    basics.finish();
}

/// A portrait: a link, or a file beside the résumé.
fn photo(image: String) -> Photo {
    let is_link = image.contains("://");
    if is_link {
        Photo { url: Some(image), ..Photo::default() }
    } else {
        Photo { file: Some(image), ..Photo::default() }
    }
}

fn location(mut fields: Fields<'_>) -> Option<Location> {
    let (city, region, country) = (fields.text("city"), fields.text("region"), fields.text("countryCode"));
    // Where somebody lives to the house is nobody's business, and a postal code stands for a neighbourhood.
    fields.drop("address");
    fields.drop("postalCode");
    fields.finish();
    place(city, region, country)
}

fn profile(mut fields: Fields<'_>) -> Account {
    let network = fields.text("network").map(|network| network.to_lowercase());
    let account = Account { network, handle: fields.text("username"), url: fields.text("url"), ..Account::default() };
    fields.finish();
    account
}

fn job(mut fields: Fields<'_>) -> Employment {
    let employer = Organisation {
        name: fields.text_of(&["name", "company"]),
        url: fields.text_of(&["url", "website"]),
        ..Organisation::default()
    };
    let lines: Vec<String> = fields.text("summary").into_iter().chain(fields.texts("highlights")).collect();
    let job = Employment {
        employer,
        title: fields.text("position").map(Text),
        start: fields.date("startDate"),
        end: fields.date("endDate"),
        location: fields.text("location"),
        description: (!lines.is_empty()).then(|| Text(lines.join("\n"))),
        ..Employment::default()
    };
    // What the employer does is no claim of the person's.
    fields.drop("description");
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = Education {
        school: Organisation { name: fields.text("institution"), url: fields.text("url"), ..Organisation::default() },
        degree: fields.text("studyType"),
        field: fields.text("area"),
        start: fields.date("startDate"),
        end: fields.date("endDate"),
        ..Education::default()
    };
    for key in ["score", "gpa", "courses"] {
        fields.drop(key);
    }
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (name, issuer) = (fields.text("name"), fields.text("issuer"));
    let (date, url) = (fields.date("date"), fields.text("url"));
    fields.finish();
    Some(Certification { name: name?, issuer, issued: date, url, ..Certification::default() })
}

/// A skill and its keywords: the name is often that of a group.
fn skill(mut fields: Fields<'_>) -> Vec<String> {
    let skills = fields.text("name").into_iter().chain(fields.texts("keywords")).collect();
    fields.drop("level");
    fields.finish();
    skills
}

fn reference(mut fields: Fields<'_>) -> Recommendation {
    let by = Recommender { name: fields.text("name"), ..Recommender::default() };
    let text = fields.text("reference").map(Text);
    fields.finish();
    Recommendation { direction: RecommendationDirection::Received, by, at: None, text, source: None }
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::{Dossier, Locator, Section};
    use crate::ingest::parse::Parse;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn read(resume: &Value) -> Result<(Dossier, Vec<String>), String> {
        FORMAT
            .parse(resume.to_string().as_bytes(), &Locator::file("resume.json"), 128)
            .map_err(|rejected| rejected.reason)
    }

    #[test]
    fn what_drifted_is_told_and_the_rest_is_read() {
        let resume = json!({
            "basics": {"name": "Ana Example", "picture": "data:image/png;base64,AA==", "website": "https://ana.example",
                "gender": "x", "phone": 12_025_550_143_u64, "location": "Lyon"},
            "work": [{"company": "Sample Works", "startDate": "2019-05", "endDate": "until today"}, 7],
            "skills": [{"name": "SQL", "keywords": ["joins"]}],
            "hobbies": ["chess"],
        });
        let (dossier, unknown) = read(&resume).expect("a résumé");
        assert_eq!(unknown, ["/basics/location", "/hobbies", "/work/*", "/work/*/endDate"]);
        assert_eq!(dossier.dropped.keys().collect::<Vec<_>>(), ["basics/gender"]);
        assert_eq!(dossier.employment[0].employer.name.as_deref(), Some("Sample Works"));
        assert_eq!((dossier.employment[0].end, dossier.subject.photos.len()), (None, 0));
        assert_eq!(dossier.skills, ["SQL", "joins"]);
        let contacts: Vec<_> = dossier.contacts.iter().map(|contact| contact.value.as_str()).collect();
        assert_eq!(contacts, ["12025550143", "https://ana.example"]);
        assert_eq!(dossier.coverage.present, [Section::Employment, Section::Skills, Section::Contacts]);
    }

    #[test]
    fn what_is_no_resume_is_refused() {
        for (json, reason) in [
            (json!({"work": []}), "an object `basics`"),
            (json!({"basics": "Ana"}), "an object `basics`"),
            (json!([1]), "a résumé"),
        ] {
            let refused = read(&json).expect_err("is none");
            assert!(refused.contains(reason), "{refused}");
        }
    }

    #[test]
    fn a_resume_that_returns_changed_is_another_record() {
        let resume = |start: &str| json!({"basics": {"email": "ana@mail.example"}, "work": [{"startDate": start}]});
        let id = |start: &str| read(&resume(start)).expect("a résumé").0.id;
        assert_eq!(id("2019"), id("2019"));
        assert_ne!(id("2019"), id("2021"));
    }

    fn json() -> impl Strategy<Value = Value> {
        let keys = "basics|work|education|location|name|profiles|startDate|skills|gender|x";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 48, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(keys, inner, 0..6).prop_map(|map| map.into_iter().collect::<Value>()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(basics in json(), work in json()) {
            let resume = json!({"basics": basics, "work": work});
            let is_resume = resume["basics"].is_object();
            prop_assert_eq!(read(&resume).is_ok(), is_resume);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = FORMAT.parse(&bytes, &Locator::file("resume.json"), 128);
        }
    }
}
