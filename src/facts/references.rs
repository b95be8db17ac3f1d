//! People whom the person names as references, and whether they can be reached on their own.

use super::catalogue::Field;
use super::contact::mail_class;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin};
use super::links;
use crate::dossier::{Contact, ContactKind, Path, Place, Reference, Section};
use foldhash::HashMap;
use std::borrow::Cow;

/// A domain younger than this is young.
const YOUNG_DAYS: f64 = 365.0;
/// Numbers with fewer digits are internal.
const LEAST_DIGITS: usize = 7;

/// What the references say of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let references = &ctx.dossier.references;
    if references.is_empty() && !ctx.covers(Section::References) {
        return;
    }
    count(builder, Field::SubjectReferencesFreeMail, &free_mail(ctx));
    count(builder, Field::SubjectReferencesShareContact, &sharing(ctx));
    let young: Option<Vec<Place>> = young(ctx);
    if let Some(young) = young {
        count(builder, Field::SubjectReferenceDomainYoung, &young);
    }
}

fn count(builder: &mut ElementsBuilder<'_>, field: Field, places: &[Place]) {
    builder.number(field, places.len() as f64, Origin::derived_from(places.iter().copied()));
}

/// Mail contacts of a reference with their hosts.
fn mails(index: usize, reference: &Reference) -> impl Iterator<Item = (Cow<'_, str>, Place)> {
    let contacts = reference.contacts.iter().enumerate().filter(|(_, contact)| contact.kind == ContactKind::Email);
    contacts.filter_map(move |(nth, contact)| {
        let place = Place::whole(Path::at2("/references/*/contacts/*/value", index, nth));
        Some((domains::mail_host(&contact.value)?, place))
    })
}

/// References who speak for a company but are reached at a free or disposable mail address, one place for each.
fn free_mail(ctx: &Context<'_>) -> Vec<Place> {
    let references = ctx.dossier.references.iter().enumerate().filter(|(_, reference)| reference.company.is_some());
    references
        .filter_map(|(index, reference)| {
            let mut mails = mails(index, reference).map(|(host, place)| (mail_class(ctx, &host), place));
            let first = mails.next()?;
            let is_free = |class: &str| matches!(class, "free" | "disposable");
            // Whoever also has a mail address of their own can be reached there.
            (is_free(first.0) && mails.all(|(class, _)| is_free(class))).then_some(first.1)
        })
        .collect()
}

/// References who share a contact with the subject or with another reference, one place for each.
fn sharing(ctx: &Context<'_>) -> Vec<Place> {
    let mut owners: HashMap<String, Vec<Option<usize>>> = HashMap::default();
    let own = ctx.dossier.contacts.iter().map(|contact| (None, contact));
    let theirs = ctx
        .dossier
        .references
        .iter()
        .enumerate()
        .flat_map(|(index, reference)| reference.contacts.iter().map(move |contact| (Some(index), contact)));
    if ctx.dossier.references.is_empty() {
        return Vec::new();
    }
    for (owner, contact) in own.chain(theirs) {
        if let Some(key) = key(contact) {
            let owners = owners.entry(key).or_default();
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
    }
    let references = ctx.dossier.references.iter().enumerate();
    references
        .filter_map(|(index, reference)| {
            let nth = reference.contacts.iter().position(|contact| {
                key(contact).and_then(|key| owners.get(&key)).is_some_and(|owners| owners.len() > 1)
            })?;
            Some(Place::whole(Path::at2("/references/*/contacts/*/value", index, nth)))
        })
        .collect()
}

/// A contact as it is compared; `None` for what two people may well share, such as a web address or a building.
fn key(contact: &Contact) -> Option<String> {
    match contact.kind {
        ContactKind::Email => Some(contact.value.trim().to_lowercase()).filter(|value| value.contains('@')),
        ContactKind::Phone => {
            let digits: String = contact
                .value
                .chars()
                .filter_map(|character| character.to_digit(10))
                .filter_map(|digit| char::from_digit(digit, 10))
                .collect();
            let digits = digits.trim_start_matches('0');
            (digits.len() >= LEAST_DIGITS).then(|| digits.to_owned())
        }
        ContactKind::Messenger => {
            let network = contact.network.as_deref().unwrap_or_default().to_lowercase();
            let handle = contact.value.trim().trim_start_matches('@').to_lowercase();
            (!handle.is_empty()).then(|| format!("{network} {handle}"))
        }
        ContactKind::Url | ContactKind::Address => None,
    }
}

/// References whose mail domain is younger than a year, one place for each; `None` while no such domain is enriched.
fn young(ctx: &Context<'_>) -> Option<Vec<Place>> {
    let mut enriched = false;
    let mut places = Vec::new();
    for (index, reference) in ctx.dossier.references.iter().enumerate() {
        let registered =
            mails(index, reference).find_map(|(host, _)| links::registered(domains::registrable(&host), ctx.dossier));
        if let Some((entry, created)) = registered {
            enriched = true;
            if created.days_until(ctx.reference).1 < YOUNG_DAYS {
                places.push(Place::whole(Path::at("/domains/*/created_at", entry)));
            }
        }
    }
    enriched.then_some(places)
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::tests::subject;
    use serde_json::{Value, json};

    #[expect(clippy::needless_pass_by_value, reason = "scenes are written in place")]
    fn mail(company: Value, addresses: &[&str]) -> Value {
        let contacts: Vec<_> = addresses.iter().map(|address| json!({"kind": "email", "value": address})).collect();
        json!({"references": [{"name": "Ida Holm", "company": company, "contacts": contacts}]})
    }

    #[test]
    fn a_company_s_reference_has_a_company_s_mail() {
        let field = Field::SubjectReferencesFreeMail;
        assert_eq!(subject(mail(json!("Bluefin"), &["ida@mail.example"]), field).as_deref(), Some("1"));
        assert_eq!(
            subject(mail(json!("Bluefin"), &["ida@mail.example", "ida@bluefin.example"]), field).as_deref(),
            Some("0")
        );
        assert_eq!(subject(mail(Value::Null, &["ida@mail.example"]), field).as_deref(), Some("0"));
        assert_eq!(subject(json!({}), field), None);
    }

    #[test]
    fn shared_contacts_are_found_whatever_their_form() {
        let phone = |value: &str| json!({"kind": "phone", "value": value});
        let dossier = json!({
            "contacts": [{"kind": "messenger", "network": "Telegram", "value": "@anaex"}],
            "references": [
                {"name": "Ida Holm", "contacts": [phone("+1 202 555 0177")]},
                {"name": "Per Lind", "contacts": [phone("001 (202) 555-0177")]},
                {"name": "Eva Muster", "contacts": [{"kind": "messenger", "network": "telegram", "value": "AnaEx"}]},
                {"name": "Jan Muster", "contacts": [phone("+1 202 555 0178")]},
            ],
        });
        assert_eq!(subject(dossier, Field::SubjectReferencesShareContact).as_deref(), Some("3"));
    }

    #[test]
    fn a_domain_s_age_is_known_only_when_enriched() {
        let field = Field::SubjectReferenceDomainYoung;
        let mut dossier = mail(json!("Bluefin"), &["ida@bluefin.example"]);
        assert_eq!(subject(dossier.clone(), field), None);
        dossier["domains"] = json!([{"name": "bluefin.example", "created_at": "2026-09-01"}]);
        assert_eq!(subject(dossier.clone(), field).as_deref(), Some("1"));
        dossier["domains"] = json!([{"name": "bluefin.example", "created_at": "2006-09-01"}]);
        assert_eq!(subject(dossier, field).as_deref(), Some("0"));
    }
}
