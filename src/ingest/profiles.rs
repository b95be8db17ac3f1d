//! What profiles of a network have in common, whichever service handed them out.

use super::fields::Fields;
use crate::dossier::{
    Account, Camera, Contact, ContactKind, Date, Dossier, Location, Name, Observation, ObservationKind, Text,
};

/// Connections from which the network shows no exact number.
const CAP: u64 = 500;

/// Somebody on a network of jobs, with their name. Whether they recruit or look for work is not said.
pub(crate) fn person(name: Option<String>, account: Account) -> Dossier {
    let mut dossier = Dossier { accounts: vec![account], ..Dossier::default() };
    dossier.subject.names = name.into_iter().map(|value| Name { value, ..Name::default() }).collect();
    dossier
}

/// An account with its numbers.
pub(crate) fn account(handle: Option<String>, connections: Option<u64>, followers: Option<u64>) -> Account {
    Account {
        network: Some("linkedin".to_owned()),
        url: handle.as_ref().map(|handle| format!("https://www.linkedin.com/in/{handle}")),
        handle,
        connections: connections.map(|number| number.min(CAP)),
        connections_capped: connections.map(|number| number >= CAP),
        followers,
        ..Account::default()
    }
}

/// What the network tells the person by.
pub(crate) fn handle(dossier: &Dossier) -> Option<String> {
    dossier.accounts.first()?.handle.clone()
}

/// A name in its parts, given name first, where it does not stand as a whole.
pub(crate) fn name(fields: &mut Fields<'_>, whole: &str, parts: [&str; 2]) -> Option<String> {
    let parts: Vec<String> = parts.iter().filter_map(|part| fields.text(part)).collect();
    fields.text(whole).or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
}

/// A claimed place in its parts; `country` is a code of two letters.
pub(crate) fn place(city: Option<String>, region: Option<String>, country: Option<String>) -> Option<Location> {
    let parts: Vec<&str> = [&city, &region, &country].into_iter().flatten().map(String::as_str).collect();
    let text = (!parts.is_empty()).then(|| parts.join(", "))?;
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let country = country.filter(is_code).map(|code| code.to_ascii_uppercase());
    Some(Location { text: Some(text), country, region, city, ..Location::default() })
}

/// A way to reach somebody.
pub(crate) fn contact(kind: ContactKind, value: String) -> Contact {
    Contact { kind, value, network: None, source: None, first_seen: None }
}

/// A month of a year, where the day is made up.
pub(crate) fn month(year: Option<u64>, month: Option<u64>) -> Option<Date> {
    let year = i16::try_from(year?).ok()?;
    match month.map(u8::try_from) {
        Some(Ok(month)) => Date::from_month(year, month),
        _ => Date::from_year(year),
    }
}

/// What was observed of somebody, where nothing is known of devices and networks but perhaps an address.
pub(crate) fn observation(
    kind: ObservationKind,
    at: Option<Date>,
    ip: Option<String>,
    note: Option<Text>,
) -> Observation {
    Observation {
        at,
        kind,
        ip,
        asn: None,
        as_org: None,
        country: None,
        time_zone: None,
        vpn: None,
        remote_access: None,
        device: None,
        user_agent: None,
        camera: Camera::Unknown,
        display_name: None,
        address: None,
        outcome: None,
        note,
        source: None,
    }
}
