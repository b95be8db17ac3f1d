//! Lever: opportunities as its interface hands them out. An opportunity is one candidacy; those of one `contact` are of one
//! person, and become one dossier.
//!
//! Résumés, notes, feedback and interviews are fetched apart; they are read where whoever fetched them put them below the
//! opportunity, or where the interface was asked to expand what it otherwise names by number.

use super::candidate::{self, candidate, document, keep, noted, number_at, reach, written_place};
use super::forms;
use super::people::{self, System};
use crate::dossier::{
    ContactKind, Coverage, Document, Dossier, Education, Employment, Observation, ObservationKind, Organisation,
    Section, Text,
};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::foreign::Format;
use crate::ingest::json;
use crate::ingest::profiles::{self, link};
use serde_json::{Map, Value};

const FORMAT: Format = Format {
    name: NAME,
    expected: "an opportunity, an object with `contact` and `stage`",
    envelopes: &["data", "opportunities"],
    is: |object| object.contains_key("contact") && object.contains_key("stage"),
    read,
    identity: candidate::number,
};

/// What has no place in the record.
const ASIDE: [&str; 24] = [
    "id",
    "confidentiality",
    "updatedAt",
    "lastInteractionAt",
    "lastAdvancedAt",
    "snoozedUntil",
    // Why somebody was turned down is the judgement of others.
    "archived",
    "archivedAt",
    "archiveReason",
    "stageChanges",
    "owner",
    "followers",
    "sourcedBy",
    "urls",
    "dataProtection",
    "isAnonymized",
    "opportunityLocation",
    "deletedBy",
    "resume",
    "offers",
    "panels",
    "referrals",
    "createdAt",
    "tags",
];

const NAME: &str = "lever";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "opportunities as Lever's interface hands them out: an answer with `data`, one object, an array, or one a line",
    recognised_by: "JSON with `contact`, `stage`, `origin` and `lastAdvancedAt`",
    becomes: "one dossier for each contact",
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

/// Whether a file holds opportunities.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    json::has_all(glimpse, &["\"contact\"", "\"stage\"", "\"origin\"", "\"lastAdvancedAt\""])
        .then_some(Confidence::Certain)
}

/// Whose a record is.
const SYSTEM: System = System { format: FORMAT, person: contact_of };

/// Reads a file of opportunities.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

/// The number of the contact: of itself, or where it is expanded of the object.
fn contact_of(object: &Map<String, Value>) -> Option<String> {
    match object.get("contact")? {
        Value::Object(contact) => number_at(contact, "id"),
        _ => number_at(object, "contact"),
    }
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let mut present = vec![Section::Contacts];
    let lists = [("resumes", Section::Documents), ("notes", Section::Observations)];
    present.extend(lists.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section));
    let name = fields.text("name");
    let mut dossier = match fields.object_or_text("contact") {
        (Some(contact), _) => expanded(contact, name),
        (None, id) => candidate(id, name),
    };
    dossier.subject.headline = fields.text("headline").map(Text).or(dossier.subject.headline);
    dossier.subject.location = written_place(fields.text("location")).or(dossier.subject.location);
    ways(&mut fields, &mut dossier);
    for url in fields.texts("links") {
        link(&mut dossier, Some(url));
    }
    keep(&mut dossier, "source", fields.texts("sources"));
    let origin = fields.text("origin");
    match fields.object_or_text("stage") {
        (Some(mut stage), _) => {
            keep(&mut dossier, "stage", stage.text("text"));
            stage.drop("id");
            stage.finish();
        }
        (None, stage) => keep(&mut dossier, "stage", stage),
    }
    // Those that are merely named by number say nothing.
    let (applications, _) = fields.objects_and_texts("applications");
    // Who was found by the employer has sent nothing in.
    if applications.is_empty() && origin.as_deref() == Some("applied") {
        candidate::applied(&mut dossier, fields.moment("createdAt"));
    }
    keep(&mut dossier, "origin", origin);
    let mut given = forms::Given::new();
    for application in applications {
        given.extend(self::application(application, &mut dossier));
    }
    for resume in fields.objects("resumes") {
        self::resume(resume, &mut dossier);
    }
    dossier.documents.extend(fields.objects("files").into_iter().filter_map(file));
    for (key, kind) in [("notes", ObservationKind::Application), ("feedback", ObservationKind::Interview)] {
        dossier.observations.extend(fields.objects(key).into_iter().filter_map(|form| said(form, kind)));
    }
    dossier.observations.extend(fields.objects("interviews").into_iter().filter_map(interview));
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    forms::claims(&mut dossier, given);
    dossier
}

/// The contact where it stands in full.
fn expanded(mut contact: Fields<'_>, name: Option<String>) -> Dossier {
    let own = contact.text("name");
    let mut dossier = candidate(contact.text("id"), name.or(own));
    dossier.subject.headline = contact.text("headline").map(Text);
    dossier.subject.location = match contact.object_or_text("location") {
        (Some(mut place), _) => {
            let name = place.text("name");
            place.finish();
            written_place(name)
        }
        (None, place) => written_place(place),
    };
    ways(&mut contact, &mut dossier);
    contact.drop("isAnonymized");
    contact.finish();
    dossier
}

/// Mail addresses and phone numbers.
fn ways(fields: &mut Fields<'_>, dossier: &mut Dossier) {
    reach(dossier, ContactKind::Email, fields.texts("emails"));
    for mut phone in fields.objects("phones") {
        reach(dossier, ContactKind::Phone, phone.text("value"));
        phone.drop("type");
        phone.finish();
    }
}

/// An application; what its form asked is given back.
fn application(mut fields: Fields<'_>, dossier: &mut Dossier) -> forms::Given {
    candidate::applied(dossier, fields.moment("createdAt"));
    let name = fields.text("name").map(|value| crate::dossier::Name { value, ..Default::default() });
    dossier.subject.names.extend(name);
    reach(dossier, ContactKind::Email, fields.text("email"));
    match fields.object_or_text("phone") {
        (Some(mut phone), _) => {
            reach(dossier, ContactKind::Phone, phone.text("value"));
            phone.drop("type");
            phone.finish();
        }
        (None, phone) => reach(dossier, ContactKind::Phone, phone),
    }
    candidate::current_job(dossier, None, fields.text("company"));
    for url in fields.texts("links") {
        link(dossier, Some(url));
    }
    match fields.object_or_text("posting") {
        (Some(mut posting), _) => {
            keep(dossier, "jobs", posting.text("text"));
            posting.drop_rest();
        }
        (None, posting) => keep(dossier, "jobs", posting),
    }
    dossier.documents.extend(candidate::cover_letter(fields.text("comments")));
    let mut given = forms::Given::new();
    for mut form in fields.objects("customQuestions") {
        given.extend(forms::listed(&mut form, "fields", "text", "value", &ASIDE_OF_FIELD));
        form.drop_rest();
    }
    let aside = [
        "id",
        "opportunityId",
        "candidateId",
        "type",
        "postingHiringManager",
        "postingOwner",
        "user",
        "archived",
        "requisitionForHire",
        "status",
    ];
    fields.drop_all(&aside);
    fields.finish();
    given
}

/// What a field of a form has besides its name and what was filled in.
const ASIDE_OF_FIELD: [&str; 9] =
    ["id", "type", "description", "required", "prompt", "options", "scores", "currency", "uuid"];

/// A résumé, and what the system read out of it.
fn resume(mut fields: Fields<'_>, dossier: &mut Dossier) {
    if let Some(file) = fields.object("file") {
        let resume = file_named(file, Some("resume"));
        dossier.documents.extend(resume);
    }
    if let Some(mut parsed) = fields.object("parsedData") {
        dossier.employment.extend(parsed.objects("positions").into_iter().map(job));
        dossier.education.extend(parsed.objects("schools").into_iter().map(study));
        parsed.drop("name");
        parsed.finish();
    }
    fields.drop_all(&["id", "createdAt"]);
    fields.finish();
}

fn file(fields: Fields<'_>) -> Option<Document> {
    file_named(fields, None)
}

fn file_named(mut fields: Fields<'_>, kind: Option<&str>) -> Option<Document> {
    let name = fields.text("name");
    let url = if name.is_none() { fields.text("downloadUrl") } else { None };
    fields.drop_all(&["id", "ext", "downloadUrl", "uploadedAt", "status", "size"]);
    fields.finish();
    document(kind, name, url)
}

fn job(mut fields: Fields<'_>) -> Employment {
    let job = Employment {
        employer: Organisation { name: fields.text("org"), ..Organisation::default() },
        title: fields.text("title").map(Text),
        start: profiles::date(&mut fields, "start").0,
        end: profiles::date(&mut fields, "end").0,
        location: fields.text("location"),
        description: fields.text("summary").map(Text),
        ..Employment::default()
    };
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = Education {
        school: Organisation { name: fields.text("org"), ..Organisation::default() },
        degree: fields.text("degree"),
        field: fields.text("field"),
        start: profiles::date(&mut fields, "start").0,
        end: profiles::date(&mut fields, "end").0,
        description: fields.text("summary").map(Text),
        ..Education::default()
    };
    fields.finish();
    study
}

/// What somebody of the employer's wrote into a form: what was typed, and not what was ticked.
fn said(mut form: Fields<'_>, kind: ObservationKind) -> Option<Observation> {
    let at = form.moment("completedAt").or(form.moment("createdAt"));
    let mut said: Vec<String> = Vec::new();
    for mut field in form.objects("fields") {
        match field.text("type").as_deref() {
            None | Some("textarea" | "text" | "note") => said.extend(field.text("value")),
            Some(_) => field.drop("value"),
        }
        field.drop("text");
        field.drop_all(&ASIDE_OF_FIELD);
        field.finish();
    }
    let body = form.text("text");
    if kind == ObservationKind::Application && said.is_empty() {
        said.extend(body);
    }
    let aside = [
        "id",
        "createdAt",
        "type",
        "instructions",
        "baseTemplateId",
        "interview",
        "panel",
        "user",
        "updatedAt",
        "deletedAt",
        "secret",
        "score",
    ];
    form.drop_all(&aside);
    form.finish();
    noted(kind, at, &said)
}

/// An interview that was set and not called off.
fn interview(mut fields: Fields<'_>) -> Option<Observation> {
    let at = fields.moment("date");
    let note = fields.text("note");
    let is_off = fields.has("canceledAt") && !fields.is_null("canceledAt");
    fields.drop_rest();
    if is_off { None } else { noted(ObservationKind::Interview, at, note.as_slice()) }
}
