//! What the systems have in common, and whatever else a file may hold.

use super::{ashby, greenhouse, lever, linkedin_rsc, smartrecruiters, workable};
use crate::dossier::{ContactKind, Dossier, Locator, ObservationKind, Section};
use crate::ingest::adapter::{Adapter, Context, Opened};
use crate::ingest::detect::{self, Seen};
use crate::ingest::item::Item;
use crate::ingest::options::Limits;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;

const SYSTEMS: [Adapter; 6] = [
    greenhouse::ADAPTER,
    lever::ADAPTER,
    ashby::ADAPTER,
    smartrecruiters::ADAPTER,
    workable::ADAPTER,
    linkedin_rsc::ADAPTER,
];

fn context(limits: Limits) -> Context {
    Context { source: Locator::file("export.json"), limits, include_owner: false, owner: None, map: None }
}

/// What a file comes to: dossiers with the fields that were not known, or why not and where.
fn read(adapter: &Adapter, bytes: &[u8], limits: Limits) -> Vec<Result<(Dossier, Vec<String>), String>> {
    let opened = Opened::Stream {
        reader: Box::new(Cursor::new(bytes.to_vec())),
        head: bytes.to_vec(),
        name: "export.json".to_owned(),
    };
    let told = |rejected: &crate::dossier::Rejected| format!("{}: {}", rejected.source, rejected.reason);
    (adapter.open)(opened, &context(limits))
        .map(|item| match item {
            Item::Record(record) => {
                record.read().map(|read| (read.dossier, read.unknown_fields)).map_err(|error| told(&error))
            }
            Item::Rejected(rejected) => Err(told(&rejected)),
            Item::Skipped(skipped) => Err(skipped.reason),
        })
        .collect()
}

/// The one dossier of a file of which every field is known.
fn only(adapter: &Adapter, file: &Value) -> Dossier {
    let text = file.to_string();
    let named = detect::named("export.json", &Seen::Head(text.clone().into_bytes()), None, &Limits::default());
    assert_eq!(named.map(|named| named.name).ok(), Some(adapter.name), "is recognised");
    let mut read = read(adapter, text.as_bytes(), Limits::default());
    assert_eq!(read.len(), 1, "{read:?}");
    let (dossier, unknown) = read.remove(0).expect("is read");
    assert_eq!(unknown, [""; 0]);
    dossier
}

fn notes(dossier: &Dossier) -> Vec<(ObservationKind, &str)> {
    let notes = dossier.observations.iter();
    notes.filter_map(|seen| Some((seen.kind, seen.note.as_ref()?.0.as_str()))).collect()
}

fn greenhouse_candidate() -> Value {
    json!({
        "id": 7, "first_name": "Ana", "last_name": "Example", "company": "Sample Works", "title": "Engineer",
        "application_ids": [1, 2], "photo_url": null,
        "email_addresses": [{"value": "ana@mail.example", "type": "personal"}],
        "phone_numbers": [{"value": "+1 202 555 0143", "type": "mobile"}, {"value": "ana.example", "type": "skype"}],
        "addresses": [{"value": "1 Example Street", "type": "home"}],
        "website_addresses": [{"value": "ana.example", "type": "personal"}],
        "social_media_addresses": [{"value": "twitter.com/ana-example"}],
        "attachments": [
            {"filename": "cv.pdf", "url": "https://files.example/cv?signature=1", "type": "resume", "created_at": "2026-03-01T00:00:00Z"},
            {"url": "https://files.example/letter.pdf?signature=1", "type": "cover_letter"},
        ],
        "employments": [{"id": 1, "company_name": "Old Works", "title": "Engineer", "start_date": "2012-08-15T00:00:00.000Z", "end_date": "2016-05-09T00:00:00.000Z"}],
        "educations": [{"id": 1, "school_name": "A School", "degree": "BSc", "discipline": "Maths", "start_date": null, "end_date": null}],
        "applications": [
            {"id": 1, "candidate_id": 7, "prospect": false, "applied_at": "2026-03-01T08:00:00.000Z", "jobs": [{"id": 1, "name": "Engineer"}],
                "location": {"address": "Lyon"}, "source": {"id": 1, "public_name": "A fair"}, "status": "active", "current_stage": {"id": 1, "name": "Call"},
                "answers": [{"question": "LinkedIn Profile", "answer": "https://linkedin.com/in/ana-example"}, {"question": "Are you a veteran?", "answer": "No"}, {"question": "Why?", "answer": "Maps"}]},
            {"id": 2, "candidate_id": 7, "prospect": true, "applied_at": "2026-02-01T08:00:00.000Z", "jobs": []},
        ],
        "custom_fields": {"date_of_birth": "1990-01-01"},
        "keyed_custom_fields": {
            "date_of_birth": {"name": "Birthday", "type": "date", "value": "1990-01-01"},
            "wish": {"name": "Favourite map", "type": "short_text", "value": "a month"},
        },
        "eeoc": {"race": {"id": 1}}, "demographic_answers": [{"id": 1}],
        "activity_feed": {
            "notes": [{"id": 1, "created_at": "2026-03-04T10:00:00Z", "body": "<p>Camera off.</p>", "user": null, "private": false, "visiblity": "public", "visibility": "public"}],
            "emails": [
                {"id": 2, "created_at": "2026-03-02T10:00:00Z", "subject": "Hello", "body": "Hello Ana", "to": "ana@mail.example", "from": "Ben <ben@works.example>", "cc": null, "user": {"id": 1}},
                {"id": 3, "created_at": "2026-03-02T11:00:00Z", "subject": "Re: Hello", "body": "Hello Ben", "to": "ben@works.example", "from": "Ana <Ana@mail.example>", "cc": null, "user": null},
            ],
            "activities": [{"id": 4, "body": "moved"}],
        },
        "scorecards": [{"id": 1, "interviewed_at": "2026-03-03T10:00:00Z", "overall_recommendation": "yes",
            "attributes": [{"name": "SQL", "type": "Skills", "note": "Knows joins.", "rating": "yes"}], "questions": [{"id": 1, "question": "Plans?", "answer": "To stay."}]}],
    })
}

#[test]
fn a_candidate_of_greenhouse_with_everything_is_known() {
    let dossier = only(&greenhouse::ADAPTER, &json!([greenhouse_candidate()]));
    assert_eq!(
        notes(&dossier),
        [
            (ObservationKind::Application, "Camera off."),
            (ObservationKind::Interview, "Knows joins.\n\nPlans?\nTo stay.")
        ]
    );
    // Whoever was found by the employer has not applied.
    let applied =
        dossier.observations.iter().filter(|seen| seen.kind == ObservationKind::Application && seen.note.is_none());
    assert_eq!(
        applied.filter_map(|seen| seen.at).map(|at| at.to_string()).collect::<Vec<_>>(),
        ["2026-03-01T08:00:00Z"]
    );
    let whose: Vec<_> = dossier.messages.iter().map(|message| message.from_subject).collect();
    assert_eq!(whose, [Some(false), Some(true)]);
    let networks: Vec<_> = dossier.accounts.iter().filter_map(|account| account.network.as_deref()).collect();
    assert_eq!(networks, ["twitter", "linkedin"]);
    let old = &dossier.employment[0];
    assert_eq!(old.start.map(|at| at.to_string()).as_deref(), Some("2012-08"), "the fifteenth is made up");
    assert_eq!(old.end.map(|at| at.to_string()).as_deref(), Some("2016-05-09"));
    assert_eq!(dossier.employment[1].current, Some(true));
    let names: Vec<_> = dossier.documents.iter().filter_map(|document| document.name.as_deref()).collect();
    assert_eq!(names, ["cv.pdf", "https://files.example/letter.pdf"]);
    assert_eq!(dossier.extra["custom"], json!({"Favourite map": "a month", "Why?": "Maps"}));
    let all = serde_json::to_string(&dossier).expect("is JSON");
    assert!(!all.contains("1990") && !all.contains("Example Street") && !all.contains("signature"));
    for name in ["eeoc", "demographic_answers", "keyed_custom_fields/date_of_birth", "addresses", "custom_fields"] {
        assert_eq!(dossier.dropped.get(name), Some(&1), "{name} in {:?}", dossier.dropped);
    }
    assert_eq!(dossier.dropped.get("applications/*/answers/*/Are you a veteran?"), Some(&1));
    assert!(dossier.coverage.present.contains(&Section::Messages));
}

#[test]
fn applications_of_one_candidate_are_one_dossier_wherever_they_stand() {
    let application = |id: u64, candidate: u64, at: &str| json!({"id": id, "candidate_id": candidate, "prospect": false, "applied_at": at, "jobs": [{"id": id, "name": format!("Job {id}")}]});
    let file = json!([
        application(1, 7, "2026-03-01T08:00:00Z"),
        application(2, 8, "2026-03-01T09:00:00Z"),
        greenhouse_candidate(),
        application(3, 7, "2026-03-05T08:00:00Z"),
    ]);
    let read = read(&greenhouse::ADAPTER, file.to_string().as_bytes(), Limits::default());
    let dossiers: Vec<_> = read.iter().flatten().map(|(dossier, _)| dossier).collect();
    assert_eq!(dossiers.len(), 2);
    assert_eq!(dossiers[0].extra["jobs"], json!(["Job 1", "Engineer", "Job 3"]));
    // The application of March the 1st stands in two records and is one.
    let sent =
        dossiers[0].observations.iter().filter(|seen| seen.note.is_none() && seen.kind == ObservationKind::Application);
    assert_eq!(sent.count(), 2);
    assert_eq!(dossiers[0].id, only(&greenhouse::ADAPTER, &greenhouse_candidate()).id);
}

#[test]
fn opportunities_of_one_contact_are_one_dossier_across_pages() {
    let opportunity = |id: &str, contact: Value, headline: &str| {
        json!({"id": id, "name": "Ana Example", "contact": contact, "headline": headline, "stage": "applicant-new", "location": "Lyon",
            "origin": "applied", "createdAt": 1_772_352_000_000_i64, "lastAdvancedAt": 1_772_352_000_123_i64, "archived": {"reason": "x"},
            "emails": ["ana@mail.example"], "phones": [{"type": "mobile", "value": "+1 202 555 0143"}], "links": ["https://github.com/ana-example", "https://ana.example"],
            "sources": ["A fair"], "applications": ["1"], "tags": [], "urls": {"show": "x"}, "stageChanges": [], "opportunityLocation": null,
            "resumes": [{"id": "1", "createdAt": 1, "file": {"name": "cv.pdf", "ext": "pdf", "downloadUrl": "x", "size": 1},
                "parsedData": {"positions": [{"org": "Sample Works", "title": "Engineer", "start": {"year": 2020, "month": 5}, "end": {"year": 2021, "month": null}, "summary": "Work", "location": "Lyon"}],
                    "schools": [{"org": "A School", "degree": "BSc", "field": "Maths", "summary": null, "start": null, "end": {"year": 2019}}]}}],
            "notes": [{"id": "1", "text": "Kept", "fields": [], "createdAt": 1_772_352_000_000_i64, "user": "u", "secret": false}],
            "feedback": [{"id": "1", "type": "interview", "text": "Form", "createdAt": 1_772_352_000_000_i64, "completedAt": null, "fields": [
                {"type": "textarea", "text": "Impression", "value": "Calm"}, {"type": "score-system", "text": "Mark", "value": {"score": 4}}]}],
            "interviews": [{"id": "1", "date": 1_772_352_000_000_i64, "canceledAt": 1}],
        })
    };
    let page = json!({"data": [opportunity("1", json!("c"), "One"), opportunity("2", json!({"id": "c", "name": "Ana Example", "location": {"name": "Lyon"}, "emails": [], "phones": []}), "Two"), opportunity("3", json!("d"), "One")], "hasNext": true, "next": "x"});
    let bytes = format!("{page}\n{}\n", json!({"data": [opportunity("4", json!("c"), "One")], "hasNext": false}));
    let read = read(&lever::ADAPTER, bytes.as_bytes(), Limits::default());
    let dossiers: Vec<_> = read.iter().map(|read| read.as_ref().expect("is read")).collect();
    assert_eq!(dossiers.len(), 2);
    let (ana, unknown) = dossiers[0];
    assert_eq!(unknown, &[""; 0]);
    assert_eq!((ana.employment.len(), ana.education.len(), ana.contacts.len(), ana.accounts.len()), (1, 1, 3, 1));
    assert_eq!(ana.extra["headline"], json!(["Two"]));
    assert_eq!(notes(ana), [(ObservationKind::Application, "Kept"), (ObservationKind::Interview, "Calm")]);
    let applied = ana.observations.iter().find(|seen| seen.note.is_none()).and_then(|seen| seen.at);
    assert_eq!(applied.map(|at| at.to_string()).as_deref(), Some("2026-03-01T08:00:00Z"));
}

#[test]
fn what_ashby_saw_of_the_sender_is_kept() {
    let candidate = json!({"id": "a", "name": "Ana Example", "primaryEmailAddress": {"value": "ana@mail.example", "type": "Work", "isPrimary": true},
        "emailAddresses": [{"value": "ana@mail.example", "type": "Work", "isPrimary": true}], "applicationIds": ["1"], "timezone": "Europe/Paris",
        "primaryLocation": {"locationSummary": "Lyon, France", "locationComponents": [{"type": "City", "name": "Lyon"}]},
        "resumeFileHandle": {"id": "1", "name": "cv.pdf", "handle": "x"}, "fileHandles": [{"id": "1", "name": "cv.pdf", "handle": "x"}],
        "fraudCheck": {"status": "x", "outcome": "x"}, "customFields": [{"id": "1", "title": "Gender identity", "value": "x", "valueType": "String"}]});
    let application = json!({"id": "1", "createdAt": "2026-03-01T08:00:00.000Z", "status": "Active", "candidate": {"id": "a", "name": "Ana Example"},
        "job": {"id": "j", "title": "Engineer"}, "currentInterviewStage": {"id": "s", "title": "Call"}, "submitterClientIp": "203.0.113.9", "submitterUserAgent": "A browser"});
    let file = format!("{}\n{application}\n", json!({"success": true, "results": [candidate]}));
    let read = read(&ashby::ADAPTER, file.as_bytes(), Limits::default());
    assert_eq!(read.len(), 1, "{read:?}");
    let (dossier, unknown) = read[0].as_ref().expect("is read");
    assert_eq!(unknown, &[""; 0]);
    let seen = &dossier.observations[0];
    assert_eq!((seen.ip.as_deref(), seen.user_agent.as_deref()), (Some("203.0.113.9"), Some("A browser")));
    let place = dossier.subject.location.as_ref().expect("is claimed");
    assert_eq!((place.city.as_deref(), place.time_zone.as_deref()), (Some("Lyon"), Some("Europe/Paris")));
    assert_eq!((dossier.contacts.len(), dossier.documents.len(), dossier.subject.names.len()), (1, 1, 1));
    assert_eq!(dossier.dropped.get("customFields/*/Gender identity"), Some(&1));
}

#[test]
fn notes_mails_and_what_the_system_wrote_are_told_apart() {
    let message = |kind: &str, by: &str, text: &str| json!({"id": text, "message": text, "type": kind, "createdOn": "2026-03-02T08:00:00Z", "createdBy": {"id": "u", "name": by}});
    let dossier = only(
        &smartrecruiters::ADAPTER,
        &json!({"totalFound": 1, "content": [{
            "id": "s", "firstName": "Ana", "lastName": "Example", "email": "ana@mail.example", "createdOn": "2026-03-01T08:00:00Z",
            "location": {"city": "Lyon", "country": "France", "countryCode": "FR", "postalCode": "69001"}, "web": {"linkedIn": "https://www.linkedin.com/in/ana-example", "skype": "ana.example"},
            "consent": {"status": "GIVEN"}, "sourceDetails": {"type": "Board", "subtype": "Free", "refId": "1"},
            "messages": [message("NOTE", "Ben", "A note"), message("EMAIL", "Ana Example", "From Ana"), message("EMAIL", "Ben", "From Ben"), message("SYSTEM", "Ben", "Moved")],
            "primaryAssignment": {"job": {"id": "1", "title": "Engineer"}, "status": "NEW", "appliedOn": "2026-03-01T08:00:00Z"},
        }]}),
    );
    assert_eq!(notes(&dossier), [(ObservationKind::Application, "A note")]);
    let whose: Vec<_> = dossier.messages.iter().map(|message| message.from_subject).collect();
    assert_eq!(whose, [Some(true), None]);
    let place = dossier.subject.location.expect("is claimed");
    assert_eq!((place.text.as_deref(), place.country.as_deref()), (Some("Lyon, France"), Some("FR")));
    assert_eq!(
        (dossier.dropped.get("messages/*/system"), dossier.dropped.get("location/postalCode")),
        (Some(&1), Some(&1))
    );
}

#[test]
fn answers_of_workable_fill_the_fields_that_tables_know() {
    let dossier = only(
        &workable::ADAPTER,
        &json!({"candidate": {
            "id": "w", "firstname": "Ana", "lastname": "Example", "email": "ana@mail.example", "sourced": true, "created_at": "2026-03-01T08:00:00Z",
            "experience_entries": [{"id": "1", "title": "Engineer", "company": "Sample Works", "start_date": "2020-05-01", "end_date": null, "current": true, "industry": "x", "summary": null}],
            "education_entries": [], "skills": ["SQL", {"name": "Rust"}], "social_profiles": [{"type": "github", "name": "GitHub", "username": "ana-example", "url": "https://github.com/ana-example"}],
            "location": {"location_str": "Lyon, France", "country_code": "FR", "zip_code": "69001"}, "resume_url": "https://files.example/cv.pdf?signature=1",
            "answers": [{"question": {"body": "Your website"}, "answer": {"body": "https://ana.example"}}, {"question": {"body": "Mobile"}, "answer": {"body": "+1 202 555 0143"}}, {"question": {"body": "Do you need a visa?"}, "answer": {"checked": true}}],
        }}),
    );
    assert_eq!(dossier.skills, ["SQL", "Rust"]);
    let contacts: Vec<_> = dossier.contacts.iter().map(|contact| contact.kind).collect();
    assert_eq!(contacts, [ContactKind::Email, ContactKind::Phone]);
    assert_eq!(dossier.extra["custom"], json!({"Your website": "https://ana.example"}));
    assert_eq!(dossier.observations.len(), 0, "who was found has not applied");
    assert_eq!(dossier.dropped.get("answers/*/Do you need a visa?"), Some(&1));
    assert!(dossier.coverage.present.contains(&Section::Education));
}

#[test]
fn an_exported_stub_is_an_account_and_a_line() {
    let stub = json!({"elements": [{"personUrn": "urn:li:person:A", "firstName": "Ana", "lastName": "Example", "headline": "Engineer", "profilePictureUrl": "https://pictures.example/1"}]});
    let dossier = only(&linkedin_rsc::ADAPTER, &stub);
    assert_eq!(dossier.accounts[0].id.as_deref(), Some("urn:li:person:A"));
    assert_eq!((dossier.subject.photos.len(), dossier.subject.shown_name()), (1, Some("Ana Example")));
}

#[test]
fn what_is_no_candidate_is_refused_with_its_place_and_the_rest_is_read() {
    let mut strange = greenhouse_candidate();
    strange["shoe_size"] = json!(41);
    strange["employments"] = json!("none");
    let read = read(
        &greenhouse::ADAPTER,
        json!({"results": [{"id": 1}, strange, 7]}).to_string().as_bytes(),
        Limits::default(),
    );
    assert_eq!(read.len(), 3);
    let refused = read[0].as_ref().expect_err("is none");
    assert!(
        refused.starts_with("export.json:1#/results/0: expected a candidate")
            || refused.contains("#/results/0: expected a candidate"),
        "{refused}"
    );
    assert_eq!(read[1].as_ref().expect("is one").1, ["/employments", "/shoe_size"]);
    assert!(read[2].as_ref().expect_err("is none").contains("#/results/2"));
}

#[test]
fn what_is_too_much_to_hold_is_put_together_in_pieces() {
    let file = json!([greenhouse_candidate(), greenhouse_candidate(), greenhouse_candidate()]).to_string();
    let limits = |most: usize| Limits { max_entry_bytes: most as u64, ..Limits::default() };
    assert_eq!(read(&greenhouse::ADAPTER, file.as_bytes(), limits(file.len())).len(), 1);
    assert_eq!(read(&greenhouse::ADAPTER, file.as_bytes(), limits(file.len() / 2)).len(), 2);
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = "id|contact|stage|candidate_id|jobs|email_addresses|applications|value|name|candidate|job|primaryEmailAddress|firstName|createdOn|web|messages|firstname|lastname|answers|question|answer|skills|personUrn|data|results|content|elements|keyed_custom_fields|customFields|title|activity_feed|notes|emails|fields|feedback|createdAt|gender|location";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys, inner, 0..8).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(file in any_json()) {
        for adapter in &SYSTEMS {
            for (dossier, _) in read(adapter, file.to_string().as_bytes(), Limits::default()).into_iter().flatten() {
                prop_assert!(dossier.id.starts_with(adapter.name));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for adapter in &SYSTEMS {
            let _ = read(adapter, &bytes, Limits::default());
        }
    }

    #[test]
    fn a_cut_or_flipped_file_is_never_lost_in_silence(cut in 1_usize..2000, flip in any::<u8>()) {
        let mut bytes = json!([greenhouse_candidate()]).to_string().into_bytes();
        let at = cut % bytes.len();
        bytes[at] ^= flip;
        prop_assert!(!read(&greenhouse::ADAPTER, &bytes, Limits::default()).is_empty());
        bytes.truncate(at.max(1));
        prop_assert!(!read(&greenhouse::ADAPTER, &bytes, Limits::default()).is_empty());
    }
}
