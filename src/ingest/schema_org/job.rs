//! A job advert, as its publisher's dossier.

use super::nodes::finish;
use super::person::address;
use crate::dossier::{Dossier, JobPost, Organisation, Pay, Text};
use crate::ingest::adverts;
use crate::ingest::fields::Fields;
use crate::ingest::html;
use serde_json::Value;

/// What has no place in the record.
const ASIDE: [&str; 22] = [
    "validThrough",
    "employmentType",
    "industry",
    "occupationalCategory",
    "applicantLocationRequirements",
    "directApply",
    "workHours",
    "image",
    "logo",
    "totalJobOpenings",
    "jobImmediateStart",
    "jobStartDate",
    "specialCommitments",
    "securityClearanceRequirement",
    "physicalRequirement",
    "sensoryRequirement",
    "employmentUnit",
    "relevantOccupation",
    "estimatedSalary",
    "experienceInPlaceOfEducation",
    "mainEntityOfPage",
    "eligibilityToWorkRequirement",
];

pub(super) fn advert(mut fields: Fields<'_>) -> Dossier {
    let mut post = JobPost {
        title: fields.text_of(&["title", "name"]).map(Text),
        employer: employer(&mut fields),
        location: location(&mut fields),
        posted_at: fields.date("datePosted"),
        url: fields.text_of(&["url", "sameAs"]),
        ..JobPost::default()
    };
    let kind = fields.text("jobLocationType");
    post.remote = kind.filter(|kind| kind.eq_ignore_ascii_case("TELECOMMUTE")).map(|_| true);
    let (pay, words) = pay(&mut fields);
    post.pay = pay;
    post.text = fields.text("description").and_then(|raw| text(&raw, &mut post));
    let asked = ["qualifications", "educationRequirements", "experienceRequirements", "skills", "responsibilities"];
    post.requirements = lines(&mut fields, &asked).and_then(|raw| text(&raw, &mut post));
    // Pay in words stands with the benefits, where phrases are read.
    let offered = [words, lines(&mut fields, &["jobBenefits", "incentiveCompensation", "incentives"])];
    let offered: Vec<String> = offered.into_iter().flatten().collect();
    post.benefits = (!offered.is_empty()).then(|| offered.join("\n")).and_then(|raw| text(&raw, &mut post));
    if let Some(mut contact) = fields.object("applicationContact") {
        for target in [contact.text("email"), contact.text("url")].into_iter().flatten() {
            adverts::note_link(&mut post, &target);
        }
        finish(contact, &["contactType", "telephone", "name"]);
    }
    let number = number(&mut fields);
    finish(fields, &ASIDE);
    let extra = number.map(|number| ("id".to_owned(), Value::from(number))).into_iter().collect();
    Dossier { extra, ..adverts::dossier(post) }
}

/// A text as a reader sees it. Some pages write its tags as character references.
fn text(raw: &str, post: &mut JobPost) -> Option<Text> {
    if raw.contains("&lt;") && !raw.contains('<') {
        return adverts::text(&html::read(raw).text, post);
    }
    adverts::text(raw, post)
}

/// What several keys say, a line each.
fn lines(fields: &mut Fields<'_>, keys: &[&str]) -> Option<String> {
    let lines: Vec<String> = keys.iter().flat_map(|key| said(fields, key)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Texts of a key, among which things with a name or a description may stand.
fn said(fields: &mut Fields<'_>, key: &str) -> Vec<String> {
    let (things, mut texts) = fields.objects_and_texts(key);
    texts.extend(things.into_iter().filter_map(|mut thing| {
        let parts = ["name", "credentialCategory", "description"].map(|key| thing.text(key));
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        finish(thing, &["monthsOfExperience", "termCode", "url", "inDefinedTermSet"]);
        (!parts.is_empty()).then(|| parts.join(": "))
    }));
    texts
}

fn employer(fields: &mut Fields<'_>) -> Organisation {
    let (organisation, name) = fields.object_or_text("hiringOrganization");
    let Some(mut inner) = organisation else { return Organisation { name, ..Organisation::default() } };
    let url = inner.text("url");
    let found = Organisation {
        name: inner.text_of(&["name", "legalName"]),
        url: inner.texts("sameAs").into_iter().next().or(url),
        ..Organisation::default()
    };
    finish(inner, &["logo", "image", "description", "address", "department", "identifier", "email", "telephone"]);
    found
}

/// Where the work is done; an advert may name several places.
fn location(fields: &mut Fields<'_>) -> Option<String> {
    let (places, mut texts) = fields.objects_and_texts("jobLocation");
    for mut place in places {
        let (parts, text) = place.object_or_text("address");
        texts.extend(parts.and_then(address).and_then(|found| found.text).or(text).or_else(|| place.text("name")));
        finish(place, &["name", "geo", "latitude", "longitude"]);
    }
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// The publisher's number of it: a text, or a `PropertyValue`.
fn number(fields: &mut Fields<'_>) -> Option<String> {
    let (identifier, text) = fields.object_or_text("identifier");
    let Some(mut identifier) = identifier else { return text };
    let value = identifier.text("value");
    finish(identifier, &["name", "propertyID"]);
    value
}

/// What is paid: `{"currency": "EUR", "value": {"minValue": 1, "maxValue": 2, "unitText": "YEAR"}}`, or a number as the value,
/// or a text; one that holds more than numbers is handed back.
fn pay(fields: &mut Fields<'_>) -> (Option<Pay>, Option<String>) {
    let (amount, mut words) = fields.object_or_text("baseSalary");
    let mut pay = Pay::default();
    if let Some(mut amount) = amount {
        let (value, one) = amount.object_or_text("value");
        words = one;
        pay = bounds(amount);
        if let Some(value) = value {
            let inner = bounds(value);
            pay = Pay {
                min: inner.min.or(pay.min),
                max: inner.max.or(pay.max),
                currency: inner.currency.or(pay.currency),
                period: inner.period.or(pay.period),
            };
        }
    }
    // A dot is the decimal point here, whatever it is in a table.
    let plain = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite()).map(|one| (one, one, None));
    if let Some((min, max, sign)) = words.as_deref().and_then(|text| plain(text).or_else(|| adverts::range(text))) {
        words = None;
        pay.min.get_or_insert(min);
        pay.max.get_or_insert(max);
        pay.currency = pay.currency.or(sign.map(String::from));
    }
    let outer = fields.text("salaryCurrency");
    pay.currency = pay.currency.or(outer);
    (Some(pay).filter(|pay| pay.min.is_some() || pay.max.is_some()), words)
}

/// The least and the most, or one number as both.
fn bounds(mut fields: Fields<'_>) -> Pay {
    let one = fields.decimal("value");
    let pay = Pay {
        min: fields.decimal("minValue").or(one),
        max: fields.decimal("maxValue").or(one),
        currency: fields.text("currency"),
        period: fields.parsed("unitText", adverts::period),
    };
    finish(fields, &["name", "unitCode"]);
    pay
}
