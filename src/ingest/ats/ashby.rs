//! Ashby: candidates and applications as its interface hands them out.
//!
//! An application names its candidate by number and name. Whether the form or the system's own check for fraud says anything is
//! left out: answers of the form stand by numbers without what was asked, and the check is the judgement of another.

use super::candidate::{self, candidate, document, keep, noted, number_at, reach};
use super::forms;
use super::people::{self, System};
use crate::dossier::{ContactKind, Coverage, Document, Dossier, Location, Observation, ObservationKind, Section};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::foreign::Format;
use crate::ingest::json;
use crate::ingest::profiles::{self, link};
use serde_json::{Map, Value};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a candidate, an object with `primaryEmailAddress` or `emailAddresses`, or an application, one with `candidate` and `job`",
    envelopes: &["results", "candidates", "applications"],
    is: |object| {
        let has = |key: &str| object.contains_key(key);
        has("primaryEmailAddress") || has("emailAddresses") || is_application(object)
    },
    read,
    identity: candidate::number,
};

/// What has no place in the record.
const ASIDE: [&str; 8] = [
    "createdAt",
    "updatedAt",
    "creditedToUser",
    "applicationIds",
    // The page of the candidate in the system.
    "profileUrl",
    "isAnonymized",
    "fraudCheck",
    "tags",
];
const ASIDE_OF_APPLICATION: [&str; 13] = [
    "id",
    "updatedAt",
    "creditedToUser",
    "hiringTeam",
    // Why somebody was turned down, and what a machine made of criteria, is the judgement of others.
    "archiveReason",
    "archivedAt",
    "criteriaEvaluations",
    "applicationForm",
    "applicationFormSubmissions",
    "applicationHistory",
    "resumeFileHandle",
    "openings",
    "appliedViaJobPostingId",
];

const NAME: &str = "ashby";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "candidates or applications as Ashby's interface hands them out: an answer with `results`, one object, an array, or one a line",
    recognised_by: "JSON with `primaryEmailAddress` and `applicationIds`, or with `candidate`, `job` and `currentInterviewStage`",
    becomes: "one dossier for each candidate",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Contacts,
        Section::Documents,
        Section::Observations,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such candidates or applications.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let is_ours = json::has_all(glimpse, &["\"primaryEmailAddress\"", "\"applicationIds\""])
        || json::has_all(glimpse, &["\"candidate\"", "\"job\"", "\"currentInterviewStage\""]);
    is_ours.then_some(Confidence::Certain)
}

fn is_application(object: &Map<String, Value>) -> bool {
    object.get("candidate").is_some_and(Value::is_object) && object.contains_key("job")
}

/// Whose a record is.
const SYSTEM: System = System {
    format: FORMAT,
    person: |object| match object.get("candidate") {
        Some(Value::Object(candidate)) if is_application(object) => number_at(candidate, "id"),
        _ => number_at(object, "id"),
    },
};

/// Reads a file of candidates or applications.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let is_application = !fields.has("primaryEmailAddress") && !fields.has("emailAddresses");
    match fields.object("candidate").filter(|_| is_application) {
        Some(whose) => application(fields, person(whose)),
        None => person(fields),
    }
}

fn person(mut fields: Fields<'_>) -> Dossier {
    let lists = [("emailAddresses", Section::Contacts), ("fileHandles", Section::Documents)];
    let present = lists.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    let id = fields.text("id");
    let mut dossier = candidate(id, fields.text("name"));
    for (first, others, kind) in [
        ("primaryEmailAddress", "emailAddresses", ContactKind::Email),
        ("primaryPhoneNumber", "phoneNumbers", ContactKind::Phone),
    ] {
        for mut value in fields.object(first).into_iter().chain(fields.objects(others)) {
            reach(&mut dossier, kind, value.text("value"));
            value.drop_all(&["type", "isPrimary"]);
            value.finish();
        }
    }
    for mut page in fields.objects("socialLinks") {
        link(&mut dossier, page.text("url"));
        page.drop("type");
        page.finish();
    }
    for key in ["linkedInUrl", "githubUrl", "websiteUrl"] {
        link(&mut dossier, fields.text(key));
    }
    candidate::current_job(&mut dossier, fields.text("position"), fields.text("company"));
    let school = fields.text("school");
    dossier.education = school.map(candidate::school).into_iter().collect();
    let summary = fields.text("locationSummary");
    let zone = fields.text("timezone");
    dossier.subject.location = place(fields.object("primaryLocation"), summary, zone);
    named(&mut fields, "source", "title", "source", &mut dossier);
    let resume = fields.object("resumeFileHandle").and_then(|handle| file(handle, Some("resume")));
    dossier.documents.extend(resume);
    for handle in fields.objects("fileHandles") {
        // The résumé stands among the other files once more.
        let other = file(handle, None);
        let is_new = |other: &Document| !dossier.documents.iter().any(|known| known.name == other.name);
        let other = other.filter(is_new);
        dossier.documents.extend(other);
    }
    for mut note in fields.objects("notes") {
        let (at, content) = (note.date("createdAt"), note.text("content"));
        note.drop_rest();
        dossier.observations.extend(noted(ObservationKind::Application, at, content.as_slice()));
    }
    let given = forms::listed(&mut fields, "customFields", "title", "value", &["id", "valueType"]);
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    forms::claims(&mut dossier, given);
    dossier
}

fn application(mut fields: Fields<'_>, mut dossier: Dossier) -> Dossier {
    let at = fields.date("createdAt");
    let sent = profiles::observation(ObservationKind::Application, at, fields.text("submitterClientIp"), None);
    let sent = Observation { user_agent: fields.text("submitterUserAgent"), ..sent };
    dossier.observations.push(sent);
    keep(&mut dossier, "status", fields.text("status"));
    named(&mut fields, "job", "title", "jobs", &mut dossier);
    named(&mut fields, "currentInterviewStage", "title", "stage", &mut dossier);
    named(&mut fields, "source", "title", "source", &mut dossier);
    let given = forms::listed(&mut fields, "customFields", "title", "value", &["id", "valueType"]);
    fields.drop_all(&ASIDE_OF_APPLICATION);
    fields.finish();
    forms::claims(&mut dossier, given);
    dossier
}

/// Keeps what an object is called; the rest of it says how the system is set up.
fn named(fields: &mut Fields<'_>, key: &str, name: &str, kept: &str, dossier: &mut Dossier) {
    if let Some(mut object) = fields.object(key) {
        keep(dossier, kept, object.text(name));
        object.drop_rest();
    }
}

fn file(mut fields: Fields<'_>, kind: Option<&str>) -> Option<Document> {
    let name = fields.text("name");
    // With the handle whoever has a key fetches the file.
    fields.drop_all(&["id", "handle"]);
    fields.finish();
    document(kind, name, None)
}

/// The claimed place: as written, and in the parts that the system made of it.
fn place(fields: Option<Fields<'_>>, summary: Option<String>, zone: Option<String>) -> Option<Location> {
    let mut location = Location { text: summary, time_zone: zone, ..Location::default() };
    if let Some(mut fields) = fields {
        location.text = fields.text("locationSummary").or(location.text);
        location.time_zone = location.time_zone.or(fields.text("timezone"));
        let mut parts = Vec::new();
        for mut part in fields.objects("locationComponents") {
            let (kind, name) = (part.text("type"), part.text("name"));
            part.finish();
            parts.extend(name.clone());
            match kind.map(|kind| kind.to_ascii_lowercase()).as_deref() {
                Some("city") => location.city = name,
                Some("region" | "state") => location.region = name,
                _ => {}
            }
        }
        fields.drop("id");
        fields.finish();
        location.text = location.text.or_else(|| (!parts.is_empty()).then(|| parts.join(", ")));
    }
    (location != Location::default()).then_some(location)
}
