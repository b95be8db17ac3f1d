//! What candidates of every applicant-tracking system have: ways to reach them, accounts, documents, and what was noted.

use crate::dossier::{
    ContactKind, Date, Document, DocumentKind, Dossier, Education, Employment, Location, Observation, ObservationKind,
    Organisation, Role, Text,
};
use crate::ingest::fields::Fields;
use crate::ingest::html;
use crate::ingest::profiles;
use serde_json::{Map, Value};

/// A candidate with the system's own number of theirs and a name.
pub(super) fn candidate(id: Option<String>, name: Option<String>) -> Dossier {
    let mut dossier = Dossier { role: Role::Candidate, ..Dossier::default() };
    dossier.extra.extend(id.map(|id| ("id".to_owned(), Value::from(id))));
    dossier.subject.names = profiles::names(name);
    dossier
}

/// What the system tells the person by.
pub(super) fn number(dossier: &Dossier) -> Option<String> {
    dossier.extra.get("id")?.as_str().map(str::to_owned)
}

/// A key as the system's number of a person or a record.
pub(super) fn number_at(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Adds ways to reach the person.
pub(super) fn reach(dossier: &mut Dossier, kind: ContactKind, values: impl IntoIterator<Item = String>) {
    dossier.contacts.extend(values.into_iter().map(|value| profiles::contact(kind, value)));
}

/// Keeps words that have no place in the record, where no rule reads: each once, under one name.
pub(super) fn keep(dossier: &mut Dossier, name: &str, words: impl IntoIterator<Item = String>) {
    let words: Vec<Value> = words.into_iter().map(Value::from).collect();
    if words.is_empty() {
        return;
    }
    if let Value::Array(kept) = dossier.extra.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
        kept.extend(words);
    }
}

/// The place that somebody claims, as written.
pub(super) fn written_place(text: Option<String>) -> Option<Location> {
    Some(Location { text: Some(text?), ..Location::default() })
}

/// The job that somebody says they hold, unless it is among those that are told with dates.
pub(super) fn current_job(dossier: &mut Dossier, title: Option<String>, employer: Option<String>) {
    let is_told = |job: &Employment| {
        job.employer.name == employer
            && title.as_ref().is_none_or(|title| job.title.as_ref().is_some_and(|told| told.0 == *title))
    };
    if (title.is_none() && employer.is_none()) || dossier.employment.iter().any(is_told) {
        return;
    }
    dossier.employment.push(Employment {
        employer: Organisation { name: employer, ..Organisation::default() },
        title: title.map(Text),
        current: Some(true),
        ..Employment::default()
    });
}

/// An application that came in.
pub(super) fn applied(dossier: &mut Dossier, at: Option<Date>) {
    if at.is_some() {
        dossier.observations.push(profiles::observation(ObservationKind::Application, at, None, None));
    }
}

/// What somebody of the employer's wrote of an application or an interview; an interview also counts without words.
pub(super) fn noted(kind: ObservationKind, at: Option<Date>, said: &[String]) -> Option<Observation> {
    let texts: Vec<String> = said.iter().map(|text| html::read(text).text.trim().to_owned()).collect();
    let note = texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    let note = (!note.is_empty()).then_some(Text(note));
    let is_worth = note.is_some() || (kind == ObservationKind::Interview && at.is_some());
    is_worth.then(|| profiles::observation(kind, at, None, note))
}

/// A document by what the system calls its kind, and its file name, or else its address without the signature that opens it.
pub(super) fn document(kind: Option<&str>, name: Option<String>, url: Option<String>) -> Option<Document> {
    let place = || url.map(|url| url.split(['?', '#']).next().unwrap_or_default().to_owned());
    let name = name.or_else(place)?;
    let kind = match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("resume" | "cv") => DocumentKind::Resume,
        Some("cover_letter" | "cover letter") => DocumentKind::CoverLetter,
        Some("portfolio") => DocumentKind::Portfolio,
        _ => DocumentKind::Other,
    };
    Some(Document { kind, name: Some(name), ..Document::default() })
}

/// A letter to the employer.
pub(super) fn cover_letter(text: Option<String>) -> Option<Document> {
    let text = Text(html::read(&text?).text);
    Some(Document { kind: DocumentKind::CoverLetter, text: Some(text), ..Document::default() })
}

/// Studies of which only the school is told.
pub(super) fn school(name: String) -> Education {
    Education { school: Organisation { name: Some(name), ..Organisation::default() }, ..Education::default() }
}

/// A job, by the keys of the employer, the title, the first and last day and what was done.
pub(super) fn job(fields: &mut Fields<'_>, keys: [&str; 5]) -> Employment {
    let [employer, title, start, end, done] = keys;
    Employment {
        employer: Organisation { name: fields.text(employer), ..Organisation::default() },
        title: fields.text(title).map(Text),
        start: claimed_date(fields, start),
        end: claimed_date(fields, end),
        current: fields.flag("current"),
        location: fields.text("location"),
        description: fields.text(done).map(Text),
        ..Employment::default()
    }
}

/// Studies, by the keys of the school, the degree, the subject and the first and last day.
pub(super) fn study(fields: &mut Fields<'_>, keys: [&str; 5]) -> Education {
    let [school, degree, field, start, end] = keys;
    Education {
        school: Organisation { name: fields.text(school), ..Organisation::default() },
        degree: fields.text(degree),
        field: fields.text(field),
        start: claimed_date(fields, start),
        end: claimed_date(fields, end),
        ..Education::default()
    }
}

/// A date of which the system knows less than it writes: midnight is no time, and of the first and the fifteenth, which are filled
/// in where somebody gave a month, only the month counts.
fn claimed_date(fields: &mut Fields<'_>, key: &str) -> Option<Date> {
    let date = fields.date(key)?;
    let (Some(month), Some(day)) = (date.month(), date.day()) else { return Some(date) };
    if date.time().is_some_and(|time| time.second != 0) {
        return Some(date);
    }
    if matches!(day, 1 | 15) { Date::from_month(date.year(), month) } else { Date::from_day(date.year(), month, day) }
}
