//! Workable: candidates as its interface hands them out. Each stands for one job; whoever applied for two stands there twice, under
//! two numbers, and what the two share shows where dossiers are compared.

use super::candidate::{self, candidate, cover_letter, document, keep, noted, number_at, reach};
use super::forms;
use super::people::{self, System};
use crate::dossier::{
    Account, ContactKind, Coverage, Dossier, Education, Employment, Location, ObservationKind, Section, Text,
};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::foreign::Format;
use crate::ingest::json;
use crate::ingest::profiles::{self, link};
use crate::ingest::protected::asks_protected;
use serde_json::Value;

const FORMAT: Format = Format {
    name: NAME,
    expected: "a candidate, an object with `firstname` and `lastname`",
    envelopes: &["candidates", "candidate", "data", "results"],
    is: |object| object.contains_key("firstname") && object.contains_key("lastname"),
    read,
    identity: candidate::number,
};

/// What has no place in the record; of portraits the system keeps addresses that only it can open.
const ASIDE: [&str; 21] = [
    "account",
    "updated_at",
    "hired_at",
    "disqualified",
    "disqualified_at",
    // Why somebody was turned down is the judgement of others.
    "disqualification_reason",
    "withdrew",
    "stage_kind",
    "profile_url",
    "uploader",
    "outbound_mailbox",
    "image_url",
    "address",
    "created_at",
    "sourced",
    "gdpr",
    "originating_candidate_id",
    "originating_candidate",
    "stage_id",
    "tags",
    "activities",
];

const NAME: &str = "workable";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "candidates as Workable's interface hands them out: an answer with `candidates` or `candidate`, one object, an array, or one a line",
    recognised_by: "JSON with `firstname`, `lastname` and `experience_entries`, `education_entries`, `social_profiles` or `profile_url`",
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

/// Whether a file holds such candidates.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let beside = ["\"experience_entries\"", "\"education_entries\"", "\"social_profiles\"", "\"profile_url\""];
    let is_ours =
        json::has_all(glimpse, &["\"firstname\"", "\"lastname\""]) && beside.iter().any(|key| json::has(glimpse, key));
    is_ours.then_some(Confidence::Certain)
}

/// Whose a record is.
const SYSTEM: System = System { format: FORMAT, person: |object| number_at(object, "id") };

/// Reads a file of candidates.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let lists = [
        ("experience_entries", Section::Employment),
        ("education_entries", Section::Education),
        ("skills", Section::Skills),
        ("social_profiles", Section::Accounts),
    ];
    let present = lists.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    let name = profiles::name(&mut fields, "name", ["firstname", "lastname"]);
    let mut dossier = candidate(fields.text("id"), name);
    dossier.subject.headline = fields.text("headline").map(Text);
    dossier.subject.about = fields.text("summary").map(Text);
    dossier.subject.location = fields.object("location").and_then(place);
    reach(&mut dossier, ContactKind::Email, fields.text("email"));
    reach(&mut dossier, ContactKind::Phone, fields.text("phone"));
    for mut profile in fields.objects("social_profiles") {
        let (network, url) = (profile.text("type"), profile.text("url"));
        let handle = profile.text("username");
        profile.drop_all(&["name", "id"]);
        profile.finish();
        match handle {
            Some(_) => dossier.accounts.push(Account {
                network: network.map(|network| network.to_lowercase()),
                handle,
                url,
                ..Account::default()
            }),
            None => link(&mut dossier, url),
        }
    }
    dossier.employment = fields.objects("experience_entries").into_iter().map(job).collect();
    dossier.education = fields.objects("education_entries").into_iter().map(study).collect();
    let (skills, words) = fields.objects_and_texts("skills");
    dossier.skills = words;
    for mut skill in skills {
        dossier.skills.extend(skill.text("name"));
        skill.finish();
    }
    dossier.documents.extend(document(Some("resume"), None, fields.text("resume_url")));
    dossier.documents.extend(cover_letter(fields.text("cover_letter")));
    let has_applied = fields.flag("sourced") == Some(false);
    if has_applied {
        candidate::applied(&mut dossier, fields.date("created_at"));
    }
    for key in ["domain", "domain_source", "common_source", "common_source_category"] {
        keep(&mut dossier, "source", fields.text(key));
    }
    keep(&mut dossier, "stage", fields.text("stage"));
    if let Some(mut job) = fields.object("job") {
        keep(&mut dossier, "jobs", job.text("title"));
        job.drop_rest();
    }
    for mut comment in fields.objects("comments") {
        let (at, body) = (comment.date("created_at"), comment.text("body"));
        comment.drop_rest();
        dossier.observations.extend(noted(ObservationKind::Application, at, body.as_slice()));
    }
    let given = fields.objects("answers").into_iter().filter_map(answer).collect();
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    forms::claims(&mut dossier, given);
    dossier
}

fn place(mut fields: Fields<'_>) -> Option<Location> {
    let written = fields.text("location_str");
    let (city, region) = (fields.text("city"), fields.text("region"));
    let (country, code) = (fields.text("country"), fields.text("country_code"));
    fields.drop_all(&["region_code", "zip_code", "telecommuting", "workplace_type", "subregion"]);
    fields.finish();
    let found = profiles::place(city, region, code.or(country));
    match (found, written) {
        (Some(found), written) => Some(Location { text: written.or(found.text), ..found }),
        (None, written) => candidate::written_place(written),
    }
}

fn job(mut fields: Fields<'_>) -> Employment {
    let job = candidate::job(&mut fields, ["company", "title", "start_date", "end_date", "summary"]);
    fields.drop_all(&["id", "industry"]);
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let study = candidate::study(&mut fields, ["school", "degree", "field_of_study", "start_date", "end_date"]);
    fields.drop("id");
    fields.finish();
    study
}

/// What was asked and what was answered; a box that was ticked counts as its words.
fn answer(mut fields: Fields<'_>) -> Option<(String, Value)> {
    let question = match fields.object_or_text("question") {
        (Some(mut question), _) => {
            let body = question.text("body");
            question.drop_rest();
            body
        }
        (None, question) => question,
    }?;
    if asks_protected(&question) {
        fields.drop_as(&question);
        return None;
    }
    let value = match fields.object_or_text("answer") {
        (Some(mut answer), _) => {
            let value = ["body", "choices", "checked", "number", "date"].iter().find_map(|key| answer.value(key));
            answer.drop_rest();
            value
        }
        (None, answer) => answer.map(Value::from),
    };
    fields.drop_rest();
    Some((question, value?))
}
