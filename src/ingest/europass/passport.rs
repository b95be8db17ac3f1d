//! `SkillsPassport`, version 3, as XML and as JSON: the same names, lists without their wrapper in JSON.

use super::parts::{listed, prose};
use crate::dossier::{
    Contact, ContactKind, Coverage, Date, Dossier, Education, Employment, Language, Location, Name, Organisation, Role,
    Section, Text,
};
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{contact, place};

pub(super) fn resume(mut fields: Fields<'_>) -> Dossier {
    let mut dossier = Dossier { role: Role::Candidate, ..Dossier::default() };
    if let Some(learner) = fields.object("LearnerInfo") {
        read(learner, &mut dossier);
    }
    fields.drop_all(&["DocumentInfo", "PrintingPreferences", "CoverLetter", "Locale", "locale"]);
    fields.finish();
    dossier
}

fn read(mut fields: Fields<'_>, dossier: &mut Dossier) {
    let sections = [
        ("WorkExperienceList", "WorkExperience", Section::Employment),
        ("EducationList", "Education", Section::Education),
        ("Skills", "Skills", Section::Skills),
    ];
    let present = sections.iter().filter(|(list, item, _)| fields.has(list) || fields.has(item));
    let mut present: Vec<Section> = present.map(|(_, _, section)| *section).collect();
    present.push(Section::Contacts);
    dossier.coverage = Coverage { present, ..Coverage::default() };
    if let Some(identification) = fields.object("Identification") {
        identify(identification, dossier);
    }
    dossier.subject.headline = fields.object("Headline").and_then(|mut headline| {
        headline.drop("Type");
        let said = label(&mut headline, "Description");
        headline.finish();
        said.map(Text)
    });
    dossier.employment = listed(&mut fields, "WorkExperienceList", "WorkExperience").into_iter().map(job).collect();
    dossier.education = listed(&mut fields, "EducationList", "Education").into_iter().map(study).collect();
    if let Some(skills) = fields.object("Skills") {
        read_skills(skills, dossier);
    }
    for key in ["AchievementList", "Achievement"] {
        dossier.extra.extend(fields.value(key).map(|value| (key.to_owned(), value)));
    }
    fields.drop_all(&["Documentation", "ReferenceTo", "Annex", "CoverLetter"]);
    fields.finish();
}

fn identify(mut fields: Fields<'_>, dossier: &mut Dossier) {
    if let Some(mut name) = fields.object("PersonName") {
        let parts: Vec<String> = ["FirstName", "Surname"].iter().filter_map(|key| name.text(key)).collect();
        name.drop("Title");
        name.finish();
        let value = parts.join(" ");
        dossier.subject.names = (!value.is_empty()).then(|| Name { value, ..Name::default() }).into_iter().collect();
    }
    if let Some(mut reached) = fields.object("ContactInfo") {
        dossier.subject.location = reached.object("Address").and_then(address);
        let mut contacts: Vec<Contact> =
            reached.object("Email").and_then(|mail| way(mail, ContactKind::Email)).into_iter().collect();
        for (list, item, kind) in [
            ("TelephoneList", "Telephone", ContactKind::Phone),
            ("WebsiteList", "Website", ContactKind::Url),
            ("InstantMessagingList", "InstantMessaging", ContactKind::Messenger),
        ] {
            contacts.extend(listed(&mut reached, list, item).into_iter().filter_map(|fields| way(fields, kind)));
        }
        reached.finish();
        dossier.contacts = contacts;
    }
    if let Some(mut demographics) = fields.object("Demographics") {
        demographics.drop_all(&["Birthdate", "Gender", "NationalityList", "Nationality"]);
        demographics.finish();
    }
    fields.drop_all(&["Photo", "Signature"]);
    fields.finish();
}

/// A way to reach somebody, with what it is for: a messenger's use is which one it is.
fn way(mut fields: Fields<'_>, kind: ContactKind) -> Option<Contact> {
    let value = fields.text("Contact");
    let usage = label(&mut fields, "Use");
    fields.finish();
    let network = usage.filter(|_| kind == ContactKind::Messenger).map(|network| network.to_lowercase());
    Some(Contact { network, ..contact(kind, value?) })
}

fn address(mut fields: Fields<'_>) -> Option<Location> {
    let mut inner = fields.object("Contact")?;
    fields.finish();
    let city = inner.text("Municipality");
    let (code, country) = match inner.object("Country") {
        Some(mut country) => {
            let told = (country.text("Code"), country.text("Label"));
            country.finish();
            told
        }
        None => (None, None),
    };
    // Where somebody lives to the house is nobody's business, and a postal code stands for a neighbourhood.
    inner.drop_all(&["AddressLine", "AddressLine2", "PostalCode"]);
    inner.finish();
    place(city, None, code.or(country))
}

/// What a code and its words say: the words.
fn label(fields: &mut Fields<'_>, key: &str) -> Option<String> {
    if fields.is_text(key) {
        return fields.text(key);
    }
    let mut inner = fields.object(key)?;
    let (code, words) = (inner.text("Code"), inner.text("Label"));
    inner.finish();
    words.or(code)
}

fn job(mut fields: Fields<'_>) -> Employment {
    let (start, end, current) = period(&mut fields);
    let (employer, location) = organisation(&mut fields, "Employer");
    let job = Employment {
        employer,
        title: label(&mut fields, "Position").map(Text),
        start,
        end,
        current,
        location,
        description: prose(&mut fields, "Activities"),
        ..Employment::default()
    };
    fields.drop_all(&["Documentation", "ReferenceTo"]);
    fields.finish();
    job
}

fn study(mut fields: Fields<'_>) -> Education {
    let (start, end, _) = period(&mut fields);
    let (school, _) = organisation(&mut fields, "Organisation");
    let study = Education {
        school,
        degree: label(&mut fields, "Title"),
        field: label(&mut fields, "Field"),
        start,
        end,
        description: prose(&mut fields, "Activities").or_else(|| prose(&mut fields, "Skills")),
        ..Education::default()
    };
    fields.drop_all(&["Skills", "Level", "Documentation", "ReferenceTo"]);
    fields.finish();
    study
}

/// An employer or a school, and the town where it is.
fn organisation(fields: &mut Fields<'_>, key: &str) -> (Organisation, Option<String>) {
    let Some(mut inner) = fields.object(key) else { return (Organisation::default(), None) };
    let mut found = Organisation { name: inner.text("Name"), ..Organisation::default() };
    let mut town = None;
    if let Some(mut reached) = inner.object("ContactInfo") {
        town = reached.object("Address").and_then(address).and_then(|place| place.text);
        if let Some(mut site) = reached.object("Website") {
            found.url = site.text("Contact");
            site.drop("Use");
            site.finish();
        }
        reached.finish();
    }
    inner.drop("Sector");
    inner.finish();
    (found, town)
}

fn period(fields: &mut Fields<'_>) -> (Option<Date>, Option<Date>, Option<bool>) {
    let Some(mut inner) = fields.object("Period") else { return (None, None, None) };
    let current = if inner.is_text("Current") {
        inner.text("Current").map(|word| word == "true")
    } else {
        inner.truth("Current")
    };
    let told = (date(&mut inner, "From"), date(&mut inner, "To"), current.filter(|is_held| *is_held));
    inner.finish();
    told
}

/// A date in its parts: `{"Year": 2020, "Month": 3}`, or `year="2020" month="--03"`.
fn date(fields: &mut Fields<'_>, key: &str) -> Option<Date> {
    let mut parts = fields.object(key)?;
    let mut number = |names: [&str; 2]| parts.text_of(&names).map(|part| part.trim_start_matches('-').to_owned());
    let (year, month, day) = (number(["Year", "year"]), number(["Month", "month"]), number(["Day", "day"]));
    parts.finish();
    let year = year?.parse().ok()?;
    match (month.map(|month| month.parse()), day.map(|day| day.parse())) {
        (Some(Ok(month)), Some(Ok(day))) => Date::from_day(year, month, day),
        (Some(Ok(month)), _) => Date::from_month(year, month),
        (Some(Err(_)), _) => None,
        (None, _) => Date::from_year(year),
    }
}

fn read_skills(mut fields: Fields<'_>, dossier: &mut Dossier) {
    if let Some(mut linguistic) = fields.object("Linguistic") {
        linguistic.drop_all(&["MotherTongueList", "MotherTongue"]);
        let spoken = listed(&mut linguistic, "ForeignLanguageList", "ForeignLanguage");
        dossier.subject.languages = spoken.into_iter().filter_map(language).collect();
        linguistic.finish();
    }
    for key in ["Communication", "Organisational", "JobRelated", "Computer", "Other"] {
        let Some(mut group) = fields.object(key) else { continue };
        let said = prose(&mut group, "Description").map(|text| text.0).unwrap_or_default();
        let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
        dossier.skills.extend(lines.map(str::to_owned));
        group.drop_all(&["ProficiencyLevel", "Documentation", "VerifiedBy", "CertificateList", "Certificate"]);
        group.finish();
    }
    // The record has no place for what somebody may drive.
    fields.drop("Driving");
    fields.finish();
}

fn language(mut fields: Fields<'_>) -> Option<Language> {
    let name = label(&mut fields, "Description");
    let level = fields.object("ProficiencyLevel").and_then(|mut levels| {
        let parts = ["Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing"];
        let told: Vec<String> =
            parts.iter().filter_map(|part| Some(format!("{part} {}", levels.text(part)?))).collect();
        levels.finish();
        (!told.is_empty()).then(|| told.join(", "))
    });
    fields.drop_all(&["VerifiedBy", "Certificate", "Experience", "AcquiredDuring", "Documentation"]);
    fields.finish();
    Some(Language { name: name?, level })
}
