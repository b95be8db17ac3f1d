//! The exporter as a dossier, where the exporter asked for it: claims, ways to be reached, and logins.
//!
//! What must not be known about a candidate is dropped here, and counted by the name of its column.

use super::archive::Archive;
use super::columns::Record as Row;
use super::entries::{Kind, NAME};
use super::owner::Owner;
use super::people::account;
use crate::dossier::{
    Account, Certification, Contact, ContactKind, Coverage, Date, Dossier, Education, Employment, Language, Location,
    Name, NameKind, Observation, ObservationKind, Organisation, Recommendation, RecommendationDirection, Recommender,
    Section, Verification, VerificationKind,
};
use crate::ingest::id;
use crate::ingest::item::{Item, Record};

/// Columns that are dropped: protected attributes, and postal data that carries one.
const DROPPED: [(&str, &str); 5] = [
    ("birth_date", "Birth Date"),
    ("zip_code", "Zip Code"),
    ("maiden_name", "Maiden Name"),
    ("address", "Address"),
    ("contact_instructions", "Contact Instructions"),
];

/// Sections that an archive cannot have about its exporter.
const ABSENT: [Section; 8] = [
    Section::References,
    Section::Declarations,
    Section::Payments,
    Section::Documents,
    Section::Code,
    Section::JobPosts,
    Section::Organisations,
    Section::Domains,
];

/// Files and the sections that they fill.
const SECTIONS: [(Kind, Section); 8] = [
    (Kind::Positions, Section::Employment),
    (Kind::Education, Section::Education),
    (Kind::Skills, Section::Skills),
    (Kind::Certifications, Section::Certifications),
    (Kind::RecommendationsReceived, Section::Recommendations),
    (Kind::EmailAddresses, Section::Contacts),
    (Kind::PhoneNumbers, Section::Contacts),
    (Kind::Logins, Section::Observations),
];

/// The exporter's dossier.
pub(super) fn dossier(profile: &[Row], owner: &Owner, recommendations: &[Row], archive: &mut Archive) -> Item {
    let identity = owner
        .profile
        .clone()
        .unwrap_or_else(|| format!("{}\n", owner.name.as_deref().unwrap_or_default().to_lowercase()));
    let mut dossier = Dossier::new(id::of(NAME, &identity));
    let mut own = Account { network: Some("linkedin".to_owned()), ..Account::default() };
    if let Some(url) = &owner.url {
        own = account(url);
    }
    claims(&mut dossier, profile, archive);
    work(&mut dossier, archive);
    credentials(&mut dossier, archive);
    reached(&mut dossier, archive);
    network(&mut dossier, &mut own, archive);
    for row in recommendations {
        dossier.recommendations.push(recommendation(
            row,
            RecommendationDirection::Received,
            Kind::RecommendationsReceived,
            archive,
        ));
    }
    for row in archive.rows(Kind::RecommendationsGiven) {
        dossier.recommendations.push(recommendation(
            &row,
            RecommendationDirection::Given,
            Kind::RecommendationsGiven,
            archive,
        ));
    }
    dossier.accounts.insert(0, own);
    let mut present: Vec<Section> =
        SECTIONS.iter().filter(|(kind, _)| archive.has(*kind)).map(|(_, section)| *section).collect();
    present.dedup();
    dossier.coverage = Coverage { present, absent: ABSENT.to_vec() };
    dossier.provenance = archive.own_kinds().into_iter().map(|kind| archive.provenance(kind)).collect();
    let line = profile.first().map_or(0, |row| row.line);
    Item::Record(Record::ready(archive.locate(Kind::Profile, line), dossier, Vec::new()))
}

fn claims(dossier: &mut Dossier, profile: &[Row], archive: &mut Archive) {
    let source = Some(archive.entry_name(Kind::Profile));
    for row in profile {
        if let Some(value) = row.full_name("first_name", "last_name") {
            dossier.subject.names.push(Name {
                value,
                kind: NameKind::Display,
                source: source.clone(),
                ..Name::default()
            });
        }
        dossier.subject.headline = row.raw("headline").map(Into::into);
        dossier.subject.about = row.raw("summary").map(Into::into);
        if let Some(text) = row.owned("geo_location").or_else(|| row.owned("country")) {
            dossier.subject.location = Some(Location { text: Some(text), ..Location::default() });
        }
        for handle in listed(row.get("twitter")) {
            dossier.accounts.push(Account {
                network: Some("twitter".to_owned()),
                handle: Some(handle),
                ..Account::default()
            });
        }
        for website in listed(row.get("websites")) {
            let value = website
                .split_once(':')
                .filter(|(_, rest)| rest.contains("://"))
                .map_or(website.clone(), |(_, rest)| rest.to_owned());
            dossier.contacts.push(contact(ContactKind::Url, value, source.clone()));
        }
        for messenger in listed(row.get("messengers")) {
            let (network, value) = messenger.split_once(':').map_or((None, messenger.as_str()), |(n, v)| (Some(n), v));
            let mut found = contact(ContactKind::Messenger, value.to_owned(), source.clone());
            found.network = network.map(str::to_lowercase);
            dossier.contacts.push(found);
        }
        for (column, name) in DROPPED {
            if row.get(column).is_some() {
                *dossier.dropped.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
    for row in archive.rows(Kind::ProfileSummary) {
        if dossier.subject.about.is_none() {
            dossier.subject.about = row.raw("summary").map(Into::into);
        }
    }
    for row in archive.rows(Kind::Languages) {
        if let Some(name) = row.owned("name") {
            dossier.subject.languages.push(Language { name, level: row.owned("proficiency") });
        }
    }
}

fn work(dossier: &mut Dossier, archive: &mut Archive) {
    let source = Some(archive.entry_name(Kind::Positions));
    for row in archive.rows(Kind::Positions) {
        let end = archive.date(Kind::Positions, "Finished On", row.get("finished_on"));
        dossier.employment.push(Employment {
            employer: Organisation { name: row.owned("company"), ..Organisation::default() },
            title: row.raw("title").map(Into::into),
            start: archive.date(Kind::Positions, "Started On", row.get("started_on")),
            end,
            current: row.get("finished_on").is_none().then_some(true),
            location: row.owned("location"),
            description: row.raw("description").map(Into::into),
            source: source.clone(),
            ..Employment::default()
        });
    }
}

fn credentials(dossier: &mut Dossier, archive: &mut Archive) {
    let source = Some(archive.entry_name(Kind::Education));
    for row in archive.rows(Kind::Education) {
        dossier.education.push(Education {
            school: Organisation { name: row.owned("school"), ..Organisation::default() },
            degree: row.owned("degree"),
            field: None,
            start: archive.date(Kind::Education, "Start Date", row.get("start_date")),
            end: archive.date(Kind::Education, "End Date", row.get("end_date")),
            description: row.raw("notes").map(Into::into),
            source: source.clone(),
        });
    }
    dossier.skills = archive.rows(Kind::Skills).iter().filter_map(|row| row.owned("name")).collect();
    let source = Some(archive.entry_name(Kind::Certifications));
    for row in archive.rows(Kind::Certifications) {
        dossier.certifications.push(Certification {
            name: row.owned("name").unwrap_or_default(),
            issuer: row.owned("authority"),
            issued: archive.date(Kind::Certifications, "Started On", row.get("started_on")),
            expires: archive.date(Kind::Certifications, "Finished On", row.get("finished_on")),
            id: row.owned("license"),
            url: row.owned("url"),
            source: source.clone(),
        });
    }
}

fn reached(dossier: &mut Dossier, archive: &mut Archive) {
    let source = Some(archive.entry_name(Kind::EmailAddresses));
    for row in archive.rows(Kind::EmailAddresses) {
        if let Some(email) = row.owned("email") {
            let mut found = contact(ContactKind::Email, email, source.clone());
            found.first_seen = archive.date(Kind::EmailAddresses, "Updated On", row.get("updated_on"));
            dossier.contacts.push(found);
        }
    }
    for kind in [Kind::PhoneNumbers, Kind::WhatsappNumbers] {
        let source = Some(archive.entry_name(kind));
        for row in archive.rows(kind) {
            let Some(number) = row.get("number") else { continue };
            let value = row.get("extension").map_or(number.to_owned(), |extension| format!("{extension} {number}"));
            let mut found = contact(ContactKind::Phone, value, source.clone());
            if kind == Kind::WhatsappNumbers {
                found.kind = ContactKind::Messenger;
                found.network = Some("whatsapp".to_owned());
            }
            dossier.contacts.push(found);
        }
    }
}

/// Logins, challenges and the registration: what the network saw of the exporter.
fn network(dossier: &mut Dossier, own: &mut Account, archive: &mut Archive) {
    for (kind, at, what) in
        [(Kind::Logins, "login_at", "login_type"), (Kind::SecurityChallenges, "challenge_at", "challenge_type")]
    {
        for row in archive.rows(kind) {
            let at = archive.date(kind, at, row.get(at));
            let mut seen = login(at, row.owned("ip"), archive.entry_name(kind));
            seen.user_agent = row.owned("user_agent");
            // The country is written as a name, and is that of the address: kept as the network's words.
            let note: Vec<&str> = [row.get(what), row.get("country")].into_iter().flatten().collect();
            seen.note = (!note.is_empty()).then(|| note.join(", ").into());
            dossier.observations.push(seen);
        }
    }
    for row in archive.rows(Kind::Registration) {
        let at = archive.date(Kind::Registration, "Registered At", row.get("registered_at"));
        own.created_at = own.created_at.or(at);
        if let Some(ip) = row.owned("registration_ip") {
            let mut seen = login(at, Some(ip), archive.entry_name(Kind::Registration));
            seen.note = Some("registration".into());
            dossier.observations.push(seen);
        }
    }
    for row in archive.rows(Kind::AccountStatus) {
        if row.get("event") == Some("Account Created") {
            let at = archive.date(Kind::AccountStatus, "Time", row.get("time"));
            own.created_at = at.or(own.created_at);
        }
    }
    for row in archive.rows(Kind::Verifications) {
        let at = archive.date(Kind::Verifications, "Verified date", row.get("verified_on"));
        let kind = row.get("verification_type").map(str::to_lowercase).unwrap_or_default();
        let kind = if kind.contains("work") {
            VerificationKind::Workplace
        } else if kind.contains("mail") {
            VerificationKind::Email
        } else {
            VerificationKind::Identity
        };
        own.verifications.push(Verification { kind, at });
        if row.get("birth_year").is_some() {
            *dossier.dropped.entry("Year of birth".to_owned()).or_default() += 1;
        }
    }
}

fn login(at: Option<Date>, ip: Option<String>, source: String) -> Observation {
    Observation { at, ip, source: Some(source), ..Observation::new(ObservationKind::Login) }
}

fn recommendation(row: &Row, direction: RecommendationDirection, kind: Kind, archive: &mut Archive) -> Recommendation {
    Recommendation {
        direction,
        by: Recommender { name: row.full_name("first_name", "last_name"), url: None, company: row.owned("company") },
        at: archive.date(kind, "Creation Date", row.get("created_on")),
        text: row.raw("text").map(Into::into),
        source: Some(archive.entry_name(kind)),
    }
}

fn contact(kind: ContactKind, value: String, source: Option<String>) -> Contact {
    Contact { kind, value, network: None, source, first_seen: None }
}

/// Values of a cell such as `[PORTFOLIO:https://x]` or, in 2018, `PORTFOLIO:http://x, BLOG:http://y`.
fn listed(cell: Option<&str>) -> Vec<String> {
    let cell = cell.unwrap_or_default();
    let inner = cell.strip_prefix('[').and_then(|cell| cell.strip_suffix(']')).unwrap_or(cell);
    inner.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
