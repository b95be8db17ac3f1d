//! Greenhouse: candidates and applications as its Harvest interface hands them out.
//!
//! A candidate holds their applications; an application that stands alone names its candidate by number. Notes and mails stand in
//! the activity feed, where whoever fetched it put it below `activity_feed`; what interviewers wrote stands in scorecards.

use super::candidate::{self, candidate, document, keep, noted, number_at};
use super::forms;
use super::people::{self, System};
use crate::dossier::{
    Channel, ContactKind, Coverage, Document, Dossier, Education, Employment, Message, Observation, ObservationKind,
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
    expected: "a candidate, an object with `email_addresses`, or an application, one with `candidate_id` and `jobs`",
    envelopes: &["data", "results", "candidates", "applications", "candidate"],
    is: |object| {
        let has = |key: &str| object.contains_key(key);
        has("email_addresses") && has("id") || has("candidate_id") && has("jobs")
    },
    read,
    identity: candidate::number,
};

/// What has no place in the record; whom of the employer's a candidate belongs to is nobody's claim.
const ASIDE: [&str; 13] = [
    "updated_at",
    "last_activity",
    "is_private",
    "photo_url",
    "recruiter",
    "coordinator",
    "can_email",
    "application_ids",
    "linked_user_ids",
    "created_at",
    // Where somebody lives to the house is nobody's business.
    "addresses",
    "tags",
    // The same once more, without the names that the fields have.
    "custom_fields",
];
const ASIDE_OF_APPLICATION: [&str; 18] = [
    "id",
    "candidate_id",
    "rejected_at",
    "last_activity_at",
    "credited_to",
    "recruiter",
    "coordinator",
    // Why somebody was turned down is the judgement of others.
    "rejection_reason",
    "rejection_details",
    "job_post_id",
    "prospective_office",
    "prospective_department",
    "prospect_detail",
    "custom_fields",
    "referrer",
    "opening",
    "applied_at",
    "created_at",
];

const NAME: &str = "greenhouse";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "candidates or applications as Greenhouse's Harvest interface hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `email_addresses` and `application_ids`, or with `candidate_id`, `applied_at` and `prospect`",
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
        Section::Messages,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such candidates or applications.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let is_ours = json::has_all(glimpse, &["\"email_addresses\"", "\"application_ids\""])
        || json::has_all(glimpse, &["\"candidate_id\"", "\"applied_at\"", "\"prospect\""]);
    is_ours.then_some(Confidence::Certain)
}

/// Whose a record is.
const SYSTEM: System =
    System { format: FORMAT, person: |object| number_at(object, "candidate_id").or_else(|| number_at(object, "id")) };

/// Reads a file of candidates or applications.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    if fields.has("candidate_id") {
        let mut dossier = candidate(fields.text("candidate_id"), None);
        let given = application(fields, &mut dossier);
        forms::claims(&mut dossier, given);
        return dossier;
    }
    let present = [
        ("email_addresses", Section::Contacts),
        ("employments", Section::Employment),
        ("educations", Section::Education),
        ("attachments", Section::Documents),
        ("activity_feed", Section::Messages),
    ];
    let present = present.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    let name = profiles::name(&mut fields, "name", ["first_name", "last_name"]);
    let mut dossier = candidate(fields.text("id"), name);
    let mails = values(&mut fields, "email_addresses", ContactKind::Email, &mut dossier);
    values(&mut fields, "phone_numbers", ContactKind::Phone, &mut dossier);
    for key in ["website_addresses", "social_media_addresses"] {
        for mut address in fields.objects(key) {
            link(&mut dossier, address.text("value"));
            address.drop("type");
            address.finish();
        }
    }
    dossier.employment = fields.objects("employments").into_iter().map(job).collect();
    dossier.education = fields.objects("educations").into_iter().map(study).collect();
    candidate::current_job(&mut dossier, fields.text("title"), fields.text("company"));
    dossier.documents = fields.objects("attachments").into_iter().filter_map(attachment).collect();
    let mut given = forms::keyed(&mut fields, "keyed_custom_fields", "name", "value", &["type"]);
    if given.is_empty() {
        given = fields.named_values("custom_fields");
    }
    for application in fields.objects("applications") {
        given.extend(self::application(application, &mut dossier));
    }
    if let Some(feed) = fields.object("activity_feed") {
        activity(feed, &mails, &mut dossier);
    }
    dossier.observations.extend(fields.objects("scorecards").into_iter().filter_map(scorecard));
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    forms::claims(&mut dossier, given);
    dossier
}

/// Addresses or numbers with their kinds.
fn values(fields: &mut Fields<'_>, key: &str, kind: ContactKind, dossier: &mut Dossier) -> Vec<String> {
    let mut values = Vec::new();
    for mut value in fields.objects(key) {
        let network = value.text("type").filter(|word| word == "skype");
        if let Some(value) = value.text("value") {
            let kind = if network.is_some() { ContactKind::Messenger } else { kind };
            dossier.contacts.push(crate::dossier::Contact { network, ..profiles::contact(kind, value.clone()) });
            values.push(value);
        }
        value.finish();
    }
    values
}

fn job(mut fields: Fields<'_>) -> Employment {
    let job = candidate::job(&mut fields, ["company_name", "title", "start_date", "end_date", "summary"]);
    fields.drop("id");
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = candidate::study(&mut fields, ["school_name", "degree", "discipline", "start_date", "end_date"]);
    fields.drop("id");
    fields.finish();
    study
}

fn attachment(mut fields: Fields<'_>) -> Option<Document> {
    let (kind, name) = (fields.text("type"), fields.text("filename"));
    let url = if name.is_none() { fields.text("url") } else { None };
    fields.drop_all(&["url", "created_at"]);
    fields.finish();
    document(kind.as_deref(), name, url)
}

/// An application; what was asked is given back, to be told once all of the candidate was read.
fn application(mut fields: Fields<'_>, dossier: &mut Dossier) -> forms::Given {
    // A prospect was found by the employer and has sent nothing in.
    if fields.flag("prospect") != Some(true) {
        candidate::applied(dossier, fields.date("applied_at"));
    }
    if let Some(mut location) = fields.object("location") {
        let place = candidate::written_place(location.text("address"));
        location.finish();
        dossier.subject.location = dossier.subject.location.take().or(place);
    }
    for (key, name, kept) in [("source", "public_name", "source"), ("current_stage", "name", "stage")] {
        if let Some(mut named) = fields.object(key) {
            keep(dossier, kept, named.text(name));
            named.drop("id");
            named.finish();
        }
    }
    for mut job in fields.objects("jobs") {
        keep(dossier, "jobs", job.text("name"));
        job.drop("id");
        job.finish();
    }
    keep(dossier, "status", fields.text("status"));
    dossier.documents.extend(fields.objects("attachments").into_iter().filter_map(attachment));
    let mut given = forms::listed(&mut fields, "answers", "question", "answer", &[]);
    let custom = forms::keyed(&mut fields, "keyed_custom_fields", "name", "value", &["type"]);
    given.extend(if custom.is_empty() { fields.named_values("custom_fields") } else { custom });
    fields.drop_all(&ASIDE_OF_APPLICATION);
    fields.finish();
    given
}

/// Notes of the employer's people, and mails to and from the candidate. What the system wrote of itself is left out.
fn activity(mut feed: Fields<'_>, mails: &[String], dossier: &mut Dossier) {
    for mut note in feed.objects("notes") {
        let (at, body) = (note.date("created_at"), note.text("body"));
        note.drop_all(&["id", "user", "private", "visiblity", "visibility"]);
        note.finish();
        dossier.observations.extend(noted(ObservationKind::Application, at, body.as_slice()));
    }
    for mut mail in feed.objects("emails") {
        let from = mail.text("from");
        let is_theirs = |from: &String| mails.iter().any(|mail| from.to_lowercase().contains(&mail.to_lowercase()));
        let body = mail.text("body").map(|body| html::read(&body));
        let (text, links) = body.map(|body| (body.text, body.links)).unzip();
        dossier.messages.push(Message {
            id: mail.text("id"),
            at: mail.date("created_at"),
            from_subject: from.as_ref().map(is_theirs),
            channel: Some(Channel::Email),
            sender: Sender { email: from, ..Sender::default() },
            subject: mail.text("subject").map(Text),
            text: text.map(Text),
            links: links.unwrap_or_default(),
            ..Message::default()
        });
        mail.drop_all(&["to", "cc", "user"]);
        mail.finish();
    }
    feed.drop("activities");
    feed.finish();
}

/// What an interviewer wrote. Marks are the judgement of others and left out.
fn scorecard(mut fields: Fields<'_>) -> Option<Observation> {
    let at = fields.date("interviewed_at");
    let mut said: Vec<String> = Vec::new();
    for mut attribute in fields.objects("attributes") {
        said.extend(attribute.text("note"));
        attribute.drop_all(&["name", "type", "rating"]);
        attribute.finish();
    }
    for mut question in fields.objects("questions") {
        let (asked, answer) = (question.text("question"), question.text("answer"));
        question.drop("id");
        question.finish();
        said.extend(answer.map(|answer| asked.map_or_else(|| answer.clone(), |asked| format!("{asked}\n{answer}"))));
    }
    let aside = [
        "id",
        "updated_at",
        "created_at",
        "interview",
        "interview_step",
        "candidate_id",
        "application_id",
        "submitted_by",
        "interviewer",
        "submitted_at",
        "overall_recommendation",
        "ratings",
    ];
    fields.drop_all(&aside);
    fields.finish();
    noted(ObservationKind::Interview, at, &said)
}
