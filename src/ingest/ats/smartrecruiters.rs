//! `SmartRecruiters`: candidates and applications as its interface hands them out, with the messages about a candidate where whoever
//! fetched them put them below `messages`.

use super::candidate::{self, candidate, document, keep, noted, number_at, reach};
use super::people::{self, System};
use crate::dossier::{
    Channel, Contact, ContactKind, Coverage, Dossier, Education, Employment, Location, Message, ObservationKind,
    Section, Sender, Text,
};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::foreign::Format;
use crate::ingest::html;
use crate::ingest::json;
use crate::ingest::profiles::{self, link};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a candidate, an object with `firstName` and `createdOn`, or an application, one with `candidateId` and `jobId`",
    envelopes: &["content", "candidates", "applications", "data"],
    is: |object| {
        let has = |key: &str| object.contains_key(key);
        has("candidateId") && has("jobId") || has("firstName") && (has("createdOn") || has("web"))
    },
    read,
    identity: candidate::number,
};

/// What has no place in the record.
const ASIDE: [&str; 12] = [
    "consent",
    "consentStatus",
    "createdOn",
    "updatedOn",
    "internal",
    "averageRating",
    "actions",
    "tags",
    "lastActivityOn",
    "references",
    "screeningQuestionAnswers",
    "onboardingStatus",
];

const NAME: &str = "smartrecruiters";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "candidates or applications as SmartRecruiters' interface hands them out: an answer with `content`, one object, an array, or one a line",
    recognised_by: "JSON with `firstName`, `createdOn` and `web`, `sourceDetails` or `primaryAssignment`, or with `candidateId`, `jobId` and `appliedOn`",
    becomes: "one dossier for each candidate",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Contacts,
        Section::Documents,
        Section::Observations,
        Section::Messages,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such candidates or applications.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let is_candidate = json::has_all(glimpse, &["\"firstName\"", "\"createdOn\""])
        && ["\"web\"", "\"sourceDetails\"", "\"primaryAssignment\""].iter().any(|key| json::has(glimpse, key));
    let is_ours = is_candidate || json::has_all(glimpse, &["\"candidateId\"", "\"jobId\"", "\"appliedOn\""]);
    is_ours.then_some(Confidence::Certain)
}

/// Whose a record is.
const SYSTEM: System =
    System { format: FORMAT, person: |object| number_at(object, "candidateId").or_else(|| number_at(object, "id")) };

/// Reads a file of candidates or applications.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    if fields.has("candidateId") {
        let mut dossier = candidate(fields.text("candidateId"), None);
        application(fields, &mut dossier);
        return dossier;
    }
    let lists = [
        ("experience", Section::Employment),
        ("education", Section::Education),
        ("attachments", Section::Documents),
        ("messages", Section::Messages),
    ];
    let present = lists.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    let name = profiles::name(&mut fields, "name", ["firstName", "lastName"]);
    let mut dossier = candidate(fields.text("id"), name.clone());
    reach(&mut dossier, ContactKind::Email, fields.text("email"));
    reach(&mut dossier, ContactKind::Phone, fields.text("phoneNumber"));
    dossier.subject.location = fields.object("location").and_then(place);
    if let Some(mut web) = fields.object("web") {
        for key in ["linkedIn", "facebook", "twitter", "portfolio", "website"] {
            link(&mut dossier, web.text(key));
        }
        let skype = web.text("skype").map(|handle| Contact {
            network: Some("skype".to_owned()),
            ..profiles::contact(ContactKind::Messenger, handle)
        });
        dossier.contacts.extend(skype);
        web.finish();
    }
    dossier.employment = fields.objects("experience").into_iter().map(job).collect();
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    for mut attachment in fields.objects("attachments") {
        let (kind, name) = (attachment.text("type"), attachment.text("name"));
        attachment.drop_rest();
        dossier.documents.extend(document(kind.as_deref(), name, None));
    }
    if let Some(source) = fields.object("sourceDetails") {
        self::source(source, &mut dossier);
    }
    let first = fields.object("primaryAssignment");
    let others = ["secondaryAssignments", "applications"].map(|key| fields.objects(key));
    for assignment in first.into_iter().chain(others.into_iter().flatten()) {
        application(assignment, &mut dossier);
    }
    for message in fields.objects("messages") {
        self::message(message, name.as_deref(), &mut dossier);
    }
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

fn place(mut fields: Fields<'_>) -> Option<Location> {
    let (city, region) = (fields.text("city"), fields.text("region"));
    let (country, code) = (fields.text("country"), fields.text("countryCode"));
    fields.drop_all(&["regionCode", "lat", "lng", "latitude", "longitude", "placeId", "address", "postalCode"]);
    fields.finish();
    let written: Vec<String> = [&city, &region, &country].into_iter().flatten().cloned().collect();
    let place = profiles::place(city, region, code.or(country))?;
    Some(Location { text: (!written.is_empty()).then(|| written.join(", ")).or(place.text), ..place })
}

/// An application, or the assignment to a job that a candidate holds.
fn application(mut fields: Fields<'_>, dossier: &mut Dossier) {
    candidate::applied(dossier, fields.date("appliedOn"));
    keep(dossier, "jobs", fields.text("jobTitle"));
    if let Some(mut job) = fields.object("job") {
        keep(dossier, "jobs", job.text("title"));
        job.drop_rest();
    }
    keep(dossier, "status", fields.text("status"));
    match fields.object_or_text("source") {
        (Some(source), _) => self::source(source, dossier),
        (None, source) => keep(dossier, "source", source),
    }
    fields.drop_all(&[
        "id",
        "candidateId",
        "jobId",
        "updatedOn",
        "subStatus",
        "reasonOfRejection",
        "reasonOfWithdrawal",
        "startsOn",
        "actions",
    ]);
    fields.finish();
}

fn source(mut fields: Fields<'_>, dossier: &mut Dossier) {
    let words: Vec<String> = ["type", "subtype"].iter().filter_map(|key| fields.text(key)).collect();
    keep(dossier, "source", (!words.is_empty()).then(|| words.join(": ")));
    fields.drop("refId");
    fields.finish();
}

fn job(mut fields: Fields<'_>) -> Employment {
    let job = candidate::job(&mut fields, ["company", "title", "startDate", "endDate", "description"]);
    fields.drop("id");
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let mut study = candidate::study(&mut fields, ["institution", "degree", "major", "startDate", "endDate"]);
    study.description = fields.text("description").map(Text);
    fields.drop_all(&["id", "current", "location"]);
    fields.finish();
    study
}

/// A note of the employer's people, or a mail. Who a mail went to is not said; only where its writer has the candidate's name is it
/// known to be theirs.
fn message(mut fields: Fields<'_>, name: Option<&str>, dossier: &mut Dossier) {
    let (id, at, text) = (fields.text("id"), fields.date("createdOn"), fields.text("message"));
    let by = fields.object("createdBy").and_then(|mut by| {
        let name = by.text("name");
        by.drop_rest();
        name
    });
    match fields.text("type").as_deref() {
        Some("EMAIL") => {
            let body = text.map(|text| html::read(&text));
            let (text, links) = body.map(|body| (Text(body.text), body.links)).unzip();
            dossier.messages.push(Message {
                id,
                at,
                from_subject: (by.is_some() && by.as_deref() == name).then_some(true),
                channel: Some(Channel::Email),
                sender: Sender { name: by, ..Sender::default() },
                text,
                links: links.unwrap_or_default(),
                ..Message::default()
            });
        }
        // What the system wrote of itself.
        Some("SYSTEM") => fields.drop_as("system"),
        _ => dossier.observations.extend(noted(ObservationKind::Application, at, text.as_slice())),
    }
    fields.finish();
}
