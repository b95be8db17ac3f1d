//! Organisations as enriched by an analyst.

use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin, Value};
use super::employers::organisation_domain;
use super::links;
use crate::dossier::{Date, Organisation, Path, Place};

/// Within how many days two domains count as registered together.
const TOGETHER_DAYS: f64 = 60.0;

/// What the organisations say of the person as a whole: nothing that other files do not say.
pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

/// Whether an organisation is an employer that the person names, by name or domain.
pub(crate) fn is_named(ctx: &Context<'_>, organisation: &Organisation) -> bool {
    let key = organisation.name.as_deref().map(|name| ctx.knowledge.employers.key(name));
    key.is_some_and(|key| ctx.employers.names_key(&key))
        || organisation_domain(organisation, ctx.knowledge)
            .is_some_and(|(domain, _)| ctx.employers.owner_of(&domain).is_some())
}

/// Each organisation.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, organisation) in ctx.dossier.organisations.iter().enumerate() {
        let at = |template| Path::at(template, index);
        let name = at("/organisations/*/name");
        let key = organisation.name.as_deref().map(|name| ctx.knowledge.employers.key(name)).unwrap_or_default();
        let domain = organisation_domain(organisation, ctx.knowledge);
        if !key.is_empty() || domain.is_some() {
            builder.known(Field::OrganisationListed);
            let host = domain.as_ref().map(|(domain, _)| domain.as_ref());
            for list in ctx.knowledge.employers.listed(&key, host) {
                builder.fact(Field::OrganisationListed, Value::Text(list.into()), Origin::derived(Place::whole(name)));
            }
            let named = Origin::derived(Place::whole(name));
            builder.flag(Field::OrganisationClaimedByPerson, is_named(ctx, organisation), named);
        }
        if let Some(employees) = organisation.employees {
            let origin = Origin::read(Place::whole(at("/organisations/*/employees")));
            builder.number(Field::OrganisationEmployees, employees as f64, origin);
        }
        if let Some(created) = organisation.page_created_at {
            let (days, origin) = ctx.age_days(created, at("/organisations/*/page_created_at"));
            builder.number(Field::OrganisationPageAgeDays, days, origin);
        }
        if let Some(registered) = organisation.registered {
            let origin = Origin::read(Place::whole(at("/organisations/*/registered")));
            builder.flag(Field::OrganisationRegistered, registered, origin);
        }
        if let Some(careers) = organisation.careers_page {
            let origin = Origin::read(Place::whole(at("/organisations/*/careers_page")));
            builder.flag(Field::OrganisationCareersPage, careers, origin);
        }
        if let Some((domain, from_url)) = domain {
            let path = at(if from_url { "/organisations/*/url" } else { "/organisations/*/domain" });
            registration(ctx, builder, organisation, &domain, at("/organisations/*/founded"));
            builder.text(Field::OrganisationDomain, domain, path);
        }
        builder.element(Category::Organisation, at("/organisations/*"));
    }
}

/// What the registration of its domain says.
fn registration<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    organisation: &Organisation,
    domain: &str,
    founded: Path,
) {
    let Some((entry, created)) = links::registered(domain, ctx.dossier) else { return };
    let created_path = Path::at("/domains/*/created_at", entry);
    let (days, origin) = ctx.age_days(created, created_path);
    builder.number(Field::OrganisationDomainAgeDays, days, origin);
    if let Some(since) = organisation.founded {
        let years = (f64::from(since.months_until(created).0) / 12.0).max(0.0);
        let origin = Origin::derived_from([Place::whole(founded), Place::whole(created_path)]);
        builder.number(Field::OrganisationDomainYoungerThanFoundedYears, years, origin);
    }
    if let Some((shares, other)) = shares_registration(ctx, domain, entry, created) {
        let places = other.map(|other| Place::whole(Path::at("/domains/*/name_servers", other)));
        let own = Place::whole(Path::at("/domains/*/name_servers", entry));
        let origin = Origin::derived_from(std::iter::once(own).chain(places));
        builder.flag(Field::OrganisationSharesRegistration, shares, origin);
    }
}

/// Whether another domain that the person sent a link to has the same name servers and a registration close in time,
/// and which; `None` if no such domain is enriched.
fn shares_registration(ctx: &Context<'_>, domain: &str, entry: usize, created: Date) -> Option<(bool, Option<usize>)> {
    let servers = &ctx.dossier.domains.get(entry)?.name_servers;
    if servers.is_empty() {
        return None;
    }
    let mut compared = false;
    for (position, other) in ctx.dossier.domains.iter().enumerate() {
        let (Some(host), Some(registered)) = (domains::host(&other.name), other.created_at) else { continue };
        let host = domains::registrable(&host);
        let is_sent = ctx.conversation.links().any(|(message, link)| {
            ctx.dossier.messages.get(message).is_some_and(|message| message.from_subject != Some(false))
                && domains::registrable(&link.host) == host
        });
        if position == entry || host == domain || other.name_servers.is_empty() || !is_sent {
            continue;
        }
        compared = true;
        let (least, most) = created.days_until(registered);
        let is_shared = other.name_servers.iter().any(|server| {
            servers.iter().any(|own| own.trim_end_matches('.').eq_ignore_ascii_case(server.trim_end_matches('.')))
        });
        if is_shared && most <= TOGETHER_DAYS && least >= -TOGETHER_DAYS {
            return Some((true, Some(position)));
        }
    }
    compared.then_some((false, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    #[test]
    fn an_organisation_is_known_by_its_registration() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Hollow Works"}}],
            "organisations": [{"name": "Hollow Works Inc", "domain": "hollow.example", "founded": "2012",
                "page_created_at": "2026-02-01", "employees": 2, "registered": false, "careers_page": false}],
            "domains": [
                {"name": "hollow.example", "created_at": "2026-02-01", "name_servers": ["NS1.dns.example."]},
                {"name": "call-room.example", "created_at": "2026-02-20", "name_servers": ["ns1.dns.example"]},
            ],
            "messages": [{"from_subject": true, "at": "2026-03-01T00:00:00Z", "text": "https://call-room.example/7"}],
        });
        with_facts(dossier, |elements| {
            let get = |field| values(elements, Category::Organisation, 0, field).map(|found| found.join(" "));
            for (field, expected) in [
                (Field::OrganisationDomain, "hollow.example"),
                (Field::OrganisationListed, "front-companies"),
                (Field::OrganisationClaimedByPerson, "true"),
                (Field::OrganisationEmployees, "2"),
                (Field::OrganisationRegistered, "false"),
                (Field::OrganisationCareersPage, "false"),
                (Field::OrganisationSharesRegistration, "true"),
            ] {
                assert_eq!(get(field).as_deref(), Some(expected), "{field:?}");
            }
            let years: f64 =
                get(Field::OrganisationDomainYoungerThanFoundedYears).expect("known").parse().expect("years");
            assert!((13.0..14.2).contains(&years), "{years}");
            let days: f64 = get(Field::OrganisationDomainAgeDays).expect("known").parse().expect("days");
            assert!((28.0..30.0).contains(&days), "{days}");
        });
    }

    #[test]
    fn an_organisation_that_nobody_names_is_not_claimed() {
        with_facts(json!({"organisations": [{"name": "Acme Tools"}]}), |elements| {
            let get = |field| values(elements, Category::Organisation, 0, field);
            assert_eq!(get(Field::OrganisationClaimedByPerson), Some(vec!["false".to_owned()]));
            assert_eq!(get(Field::OrganisationListed), Some(vec![]));
            assert_eq!(get(Field::OrganisationRegistered), None);
            assert_eq!(get(Field::OrganisationSharesRegistration), None);
        });
    }
}
