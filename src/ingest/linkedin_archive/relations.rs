//! Connections, endorsements and recommendations: what the archive says of the people behind them.

use super::archive::Archive;
use super::columns::Record as Row;
use super::entries::Kind;
use super::owner::Owner;
use super::people::{Meeting, People};
use super::rows::Party;
use crate::dossier::{Employment, Organisation, Recommendation, RecommendationDirection, Recommender};
use serde_json::Value;

/// Gives every connection's employer, position and mail address to its person.
pub(super) fn connections(rows: &[Row], people: &mut People, archive: &mut Archive) {
    let source = archive.entry_name(Kind::Connections);
    let mut nobody = 0;
    for row in rows {
        let party = Party { name: row.full_name("first_name", "last_name"), url: row.owned("url") };
        let connected = archive.date(Kind::Connections, "Connected On", row.get("connected_on"));
        if party == Party::default() {
            // Somebody who closed the account leaves a date and nothing else.
            nobody += 1;
            continue;
        }
        let meeting = Meeting { kind: Kind::Connections, line: row.line, thread: None, email: row.get("email") };
        let person = people.meet(&party, &meeting, archive);
        if let Some(email) = row.get("email") {
            person.email(email, &source);
        }
        if row.get("company").is_some() || row.get("position").is_some() {
            person.dossier.employment.push(Employment {
                employer: Organisation { name: row.owned("company"), ..Organisation::default() },
                title: row.get("position").map(Into::into),
                current: Some(true),
                source: Some(source.clone()),
                ..Employment::default()
            });
        }
        if let Some(connected) = connected {
            person.dossier.extra.insert("linkedin_connected_on".to_owned(), connected.to_string().into());
        }
    }
    archive.skip(Kind::Connections, nobody, "connections without a name or profile, as closed accounts leave them");
}

/// Notes who endorsed the exporter for what: a sign of acquaintance, which a screening may weigh.
pub(super) fn endorsements(people: &mut People, archive: &mut Archive) {
    let kind = Kind::EndorsementsReceived;
    for row in archive.rows(kind) {
        let name = row.full_name("endorser_first_name", "endorser_last_name");
        let party = Party { name, url: row.owned("endorser_url") };
        if party == Party::default() {
            archive.reject(kind, row.line, "the row names nobody");
            continue;
        }
        let at = archive.date(kind, "Endorsement Date", row.get("endorsed_on"));
        let meeting = Meeting { kind, line: row.line, thread: None, email: None };
        let person = people.meet(&party, &meeting, archive);
        let mut note = serde_json::Map::new();
        note.insert("skill".to_owned(), row.get("skill").unwrap_or_default().into());
        if let Some(at) = at {
            note.insert("at".to_owned(), at.to_string().into());
        }
        let notes = person.dossier.extra.entry("linkedin_endorsements").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(notes) = notes {
            notes.push(note.into());
        }
    }
}

/// Gives every recommendation that the exporter received to the person who wrote it.
pub(super) fn recommendations(received: &[Row], owner: &Owner, people: &mut People, archive: &mut Archive) {
    let kind = Kind::RecommendationsReceived;
    let source = archive.entry_name(kind);
    for row in received {
        let party = Party { name: row.full_name("first_name", "last_name"), url: None };
        if party == Party::default() {
            archive.reject(kind, row.line, "the row names nobody");
            continue;
        }
        let at = archive.date(kind, "Creation Date", row.get("created_on"));
        let meeting = Meeting { kind, line: row.line, thread: None, email: None };
        let person = people.meet(&party, &meeting, archive);
        person.dossier.recommendations.push(Recommendation {
            direction: RecommendationDirection::Given,
            by: Recommender { name: owner.name.clone(), url: owner.url.clone(), company: None },
            at,
            text: row.raw("text").map(Into::into),
            source: Some(source.clone()),
        });
        if person.dossier.employment.is_empty() && (row.get("company").is_some() || row.get("title").is_some()) {
            // The company is that of the time of writing, so nothing says whether the job is still held.
            person.dossier.employment.push(Employment {
                employer: Organisation { name: row.owned("company"), ..Organisation::default() },
                title: row.get("title").map(Into::into),
                source: Some(source.clone()),
                ..Employment::default()
            });
        }
    }
}
