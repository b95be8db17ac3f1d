//! Ways to reach the person, and what class of mail address they use.

use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin, Value};
use super::hosts::HostClass;
use super::knowledge::Knowledge;
use super::links;
use crate::dossier::{Contact, ContactKind, Date, DeclarationKind, Dossier, Path, Place, Section};
use rlibphonenumber::{PhoneNumber, PhoneNumberType};
use std::borrow::Cow;

/// Within how many days new contacts count as many.
const CHURN_DAYS: f64 = 60.0;
/// Hyphens in a label from which it has many.
const MANY_HYPHENS: usize = 2;

/// Class of a mail address, by its folded host.
///
/// An employer's domain comes first and a provider that gives an address to anyone comes last, so that a
/// listed domain that is an employer's own is the employer's.
pub(crate) fn mail_class(ctx: &Context<'_>, host: &str) -> &'static str {
    if ctx.employers.owner_of(host).is_some() {
        return "employer";
    }
    if is_agency(ctx.dossier, ctx.knowledge, host) {
        return "agency";
    }
    let classes = ctx.knowledge.domains.classes(host);
    if classes.any(HostClass::DISPOSABLE) {
        "disposable"
    } else if classes.any(HostClass::FREE) {
        "free"
    } else if classes.any(HostClass::RELAY) {
        "relay"
    } else {
        "other"
    }
}

/// Whether a host is that of an agency that the person declared, by domain or by name.
pub(crate) fn is_agency(dossier: &Dossier, knowledge: &Knowledge<'_>, host: &str) -> bool {
    let declared = dossier.declarations.iter().filter(|declaration| declaration.kind == DeclarationKind::Agency);
    declared.filter_map(|declaration| declaration.value.as_deref()).any(|value| {
        if let Some(agency) = domains::host(value) {
            return domains::is_within(host, domains::registrable(&agency));
        }
        let forms = &knowledge.employers;
        let key = forms.key(value);
        !key.is_empty() && forms.key(domains::label(domains::registrable(host))) == key
    })
}

/// What the contacts say of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut classes: Vec<&str> = Vec::new();
    for (host, path) in mail_hosts(ctx) {
        let class = mail_class(ctx, &host);
        if !classes.contains(&class) {
            classes.push(class);
            builder.fact(Field::SubjectMailClass, Value::Text(class.into()), Origin::derived(Place::whole(path)));
        }
    }
    if ctx.covers(Section::Contacts) {
        builder.known(Field::SubjectMailClass);
    }
    employers(ctx, builder);
    changes(ctx, builder);
    staff(ctx, builder);
}

/// Hosts of the person's mail addresses, in contacts and as sender.
fn mail_hosts<'c, 'd>(ctx: &'c Context<'d>) -> impl Iterator<Item = (Cow<'d, str>, Path)> + use<'c, 'd> {
    let contacts = ctx.dossier.contacts.iter().enumerate();
    let contacts = contacts.filter(|(_, contact)| contact.kind == ContactKind::Email).filter_map(|(index, contact)| {
        Some((domains::mail_host(&contact.value)?, Path::at("/contacts/*/value", index)))
    });
    contacts.chain(sender_hosts(ctx))
}

/// Hosts of the mail addresses that the person wrote from.
fn sender_hosts<'c, 'd>(ctx: &'c Context<'d>) -> impl Iterator<Item = (Cow<'d, str>, Path)> + use<'c, 'd> {
    let messages = ctx.dossier.messages.iter().enumerate();
    messages.filter(|(_, message)| message.from_subject == Some(true)).filter_map(|(index, message)| {
        let host = domains::mail_host(message.sender.email.as_deref()?)?;
        Some((host, Path::at("/messages/*/sender/email", index)))
    })
}

fn employers<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for own in &ctx.employers.own {
        let origin = Origin::derived(Place::whole(own.path));
        builder.fact(Field::SubjectEmployerDomains, Value::Text(own.domain.clone()), origin);
    }
    let spoken_for = ctx.employers.spoken_for();
    let places: Vec<Place> = spoken_for.iter().map(|employer| employer.place).collect();
    if ctx.dossier.messages.iter().any(|message| message.from_subject == Some(true)) || !places.is_empty() {
        let count = places.len() as f64;
        builder.number(Field::SubjectEmployersClaimed, count, Origin::derived_from(places));
    }
    let defence = &ctx.knowledge.employers;
    let mut named = ctx.employers.all.iter().filter(|employer| !employer.key.is_empty() || employer.domain.is_some());
    let first = named.clone().next();
    let found = named.find(|employer| defence.is_defence(&employer.key, employer.domain.as_deref()));
    if let Some(employer) = found.or(first) {
        let origin = Origin::derived(employer.place);
        builder.flag(Field::SubjectDefenceEmployer, found.is_some(), origin);
    }
}

/// New mail addresses and phones: dated contacts after the first of their kind, or recorded changes of the account.
fn changes<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut contacts = Vec::new();
    for kind in [ContactKind::Email, ContactKind::Phone] {
        let mut dated: Vec<(Date, Path, &str)> = Vec::new();
        for (index, contact) in ctx.dossier.contacts.iter().enumerate() {
            if contact.kind == kind
                && let Some(seen) = contact.first_seen
                && !dated.iter().any(|(.., value)| value.eq_ignore_ascii_case(&contact.value))
            {
                dated.push((seen, Path::at("/contacts/*/first_seen", index), &contact.value));
            }
        }
        dated.sort_by_key(|(seen, ..)| seen.interval());
        let Some((first, ..)) = dated.first().copied() else { continue };
        builder.known(Field::SubjectContactChanges60Days);
        // What an export saw at the same time as the first is no change.
        contacts.extend(dated.iter().filter(|(seen, ..)| first.is_before(*seen)).map(|(seen, path, _)| (*seen, *path)));
    }
    let mut recorded = Vec::new();
    for (account, entry) in ctx.dossier.accounts.iter().enumerate() {
        for (change, entry) in entry.changes.iter().enumerate() {
            if let Some(at) = entry.at
                && ["email", "mail", "phone"].iter().any(|field| entry.field.eq_ignore_ascii_case(field))
            {
                recorded.push((at, Path::at2("/accounts/*/changes/*/at", account, change)));
            }
        }
    }
    let found = [most_within(contacts), most_within(recorded)].into_iter().max_by_key(Vec::len).unwrap_or_default();
    if !found.is_empty() {
        let count = found.len() as f64;
        let origin = Origin::derived_from(found.into_iter().map(Place::whole));
        builder.number(Field::SubjectContactChanges60Days, count, origin);
    } else if ctx
        .dossier
        .contacts
        .iter()
        .any(|contact| contact.first_seen.is_some() && matches!(contact.kind, ContactKind::Email | ContactKind::Phone))
    {
        builder.number(
            Field::SubjectContactChanges60Days,
            0.0,
            Origin::derived(Place::whole(Path::plain("/contacts"))),
        );
    }
}

/// The most dates that certainly lie within [`CHURN_DAYS`] of each other.
fn most_within(mut dates: Vec<(Date, Path)>) -> Vec<Path> {
    dates.sort_by_key(|(at, path)| (at.interval(), *path));
    let mut best = 0..0;
    let mut start = 0;
    for end in 0..dates.len() {
        while start < end && dates[start].0.days_until(dates[end].0).1 > CHURN_DAYS {
            start += 1;
        }
        if end + 1 - start > best.len() {
            best = start..end + 1;
        }
    }
    dates[best].iter().map(|(_, path)| *path).collect()
}

/// Whether the person bears the name of published staff of an employer they name, yet every mail address they write
/// from (or, without one, are reached at) is neither that member's nor at the employer's domain.
fn staff<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, organisation) in ctx.dossier.organisations.iter().enumerate() {
        if organisation.people.is_empty() || !super::organisation::is_named(ctx, organisation) {
            continue;
        }
        for (position, member) in organisation.people.iter().enumerate() {
            if ctx.names.agrees(&member.name) != Some(true) {
                continue;
            }
            let own_address = |address: &str| {
                member.contacts.iter().any(|contact| contact.value.trim().eq_ignore_ascii_case(address.trim()))
            };
            let mut foreign = None;
            let mut genuine = None;
            for (address, path) in addresses(ctx) {
                let Some(host) = domains::mail_host(address) else { continue };
                if own_address(address) || ctx.employers.owner_of(&host).is_some() {
                    genuine = genuine.or(Some(path));
                } else {
                    foreign = foreign.or(Some(path));
                }
            }
            let Some(path) = genuine.or(foreign) else { continue };
            let name = Path::at2("/organisations/*/people/*/name", index, position);
            let origin = Origin::derived_from([Place::whole(name), Place::whole(path)]);
            builder.flag(Field::SubjectStaffNameOtherContact, genuine.is_none(), origin);
            return;
        }
    }
}

/// Mail addresses that the person writes from; where none is known, those of the contacts.
fn addresses<'d>(ctx: &Context<'d>) -> Vec<(&'d str, Path)> {
    let messages = ctx.dossier.messages.iter().enumerate();
    let senders: Vec<_> = messages
        .filter(|(_, message)| message.from_subject == Some(true))
        .filter_map(|(index, message)| {
            Some((message.sender.email.as_deref()?, Path::at("/messages/*/sender/email", index)))
        })
        .collect();
    if !senders.is_empty() {
        return senders;
    }
    let contacts = ctx.dossier.contacts.iter().enumerate();
    contacts
        .filter(|(_, contact)| contact.kind == ContactKind::Email)
        .map(|(index, contact)| (contact.value.as_str(), Path::at("/contacts/*/value", index)))
        .collect()
}

/// Each contact.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, contact) in ctx.dossier.contacts.iter().enumerate() {
        let value = Path::at("/contacts/*/value", index);
        builder.text(Field::ContactKind, contact.kind.as_str(), Path::at("/contacts/*/kind", index));
        if let Some(network) = contact.network.as_deref() {
            builder.text(Field::ContactNetwork, network, Path::at("/contacts/*/network", index));
        }
        match contact.kind {
            ContactKind::Email => {
                if let Some(host) = domains::mail_host(&contact.value) {
                    builder.text(Field::ContactMailClass, mail_class(ctx, &host), value);
                    domain_facts(ctx, builder, host, value);
                }
                let local = domains::mail_local(&contact.value).and_then(|local| ctx.names.handle_agrees(local));
                name_agrees(builder, local, value);
            }
            ContactKind::Url => {
                if let Some(host) = domains::host(&contact.value) {
                    domain_facts(ctx, builder, host, value);
                }
            }
            ContactKind::Messenger => name_agrees(builder, ctx.names.handle_agrees(&contact.value), value),
            ContactKind::Phone => phone(ctx, builder, contact, value),
            ContactKind::Address => {}
        }
        builder.element(Category::Contact, Path::at("/contacts/*", index));
    }
}

fn name_agrees(builder: &mut ElementsBuilder<'_>, agrees: Option<bool>, path: Path) {
    if let Some(agrees) = agrees {
        builder.flag(Field::ContactNameAgrees, agrees, Origin::derived(Place::whole(path)));
    }
}

fn domain_facts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, host: Cow<'d, str>, path: Path) {
    let origin = || Origin::derived(Place::whole(path));
    builder.known(Field::ContactLookalikeOf);
    builder.known(Field::ContactLookalikeKind);
    if let Some(imitation) = ctx.employers.imitated(&host, ctx.knowledge) {
        builder.fact(Field::ContactLookalikeOf, Value::Text(imitation.of.to_owned().into()), origin());
        for word in imitation.kinds.words() {
            builder.fact(Field::ContactLookalikeKind, Value::Text(word.into()), origin());
        }
    }
    builder.known(Field::ContactDomainListed);
    if ctx.knowledge.domains.classes(&host).any(HostClass::LURE) {
        builder.fact(Field::ContactDomainListed, Value::Text("lure-domains".into()), origin());
    }
    builder.known(Field::ContactLabelPattern);
    let is_service = ctx.knowledge.domains.classes(&host).any(HostClass::SERVICE);
    let domain = domains::registrable_of(host);
    let label = domains::label(&domain);
    if !is_service && ctx.employers.owner_of(&domain).is_none() {
        let patterns = [
            ("job-word", ctx.knowledge.lookalike.has_job_word(label)),
            ("many-hyphens", !label.starts_with("xn--") && label.matches('-').count() >= MANY_HYPHENS),
            ("punycode", label.starts_with("xn--")),
            ("risky-suffix", ctx.knowledge.domains.has_risky_suffix(&domain)),
        ];
        for (word, _) in patterns.into_iter().filter(|(_, holds)| *holds) {
            builder.fact(Field::ContactLabelPattern, Value::Text(word.into()), origin());
        }
    }
    if let Some((entry, created)) = links::registered(&domain, ctx.dossier) {
        let (days, origin) = ctx.age_days(created, Path::at("/domains/*/created_at", entry));
        builder.number(Field::ContactDomainAgeDays, days, origin);
    }
    builder.text(Field::ContactDomain, domain, path);
}

/// Whether the phone's country is the claimed one, by its country code; a number without one says nothing.
fn phone<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, contact: &Contact, path: Path) {
    let Some(number) = international(&contact.value) else { return };
    if let Some(kind) = kind_of(&number) {
        builder.fact(Field::ContactPhoneKind, Value::Text(kind.into()), Origin::derived(Place::whole(path)));
    }
    let Some(country) = number.get_region_code() else { return };
    if let Some(agrees) = ctx.place.country_agrees(country.as_region_str().as_str(), contact.first_seen) {
        let origin = Origin::derived_from([Place::whole(path), Place::whole(ctx.place.path())]);
        builder.flag(Field::ContactPhoneCountryAgrees, agrees, origin);
    }
}

/// A number that is written with its country code.
pub(crate) fn international(number: &str) -> Option<PhoneNumber> {
    if !number.trim_start().starts_with(['+', '＋']) {
        return None;
    }
    PhoneNumber::parse(number, None).ok()
}

/// What a valid number is for, by the numbering plan of its country.
fn kind_of(number: &PhoneNumber) -> Option<&'static str> {
    Some(match number.get_type() {
        PhoneNumberType::Unknown => return None,
        PhoneNumberType::FixedLine => "fixed",
        PhoneNumberType::Mobile => "mobile",
        PhoneNumberType::FixedLineOrMobile => "fixed-or-mobile",
        PhoneNumberType::VoIP => "voip",
        PhoneNumberType::PersonalNumber => "personal",
        PhoneNumberType::PremiumRate => "premium",
        _ => "other",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Elements;
    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    fn contact(elements: &Elements<'_>, position: usize, field: Field) -> Option<String> {
        values(elements, Category::Contact, position, field).map(|found| found.join(" "))
    }

    fn subject(elements: &Elements<'_>, field: Field) -> Option<String> {
        values(elements, Category::Dossier, 0, field).map(|found| found.join(" "))
    }

    #[test]
    fn a_mail_address_has_the_class_of_its_domain() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Acme Tools Ltd", "url": "https://www.acme.example/about"}}],
            "declarations": [{"kind": "agency", "value": "Talent House"}],
            "contacts": [
                {"kind": "email", "value": "ana@hr.acme.example"},
                {"kind": "email", "value": "ana@talenthouse.example"},
                {"kind": "email", "value": "ana@mail.example"},
                {"kind": "email", "value": "ana@throwaway.example"},
                {"kind": "email", "value": "x@hiring-system.example"},
                {"kind": "email", "value": "ana@elsewhere.example"},
                {"kind": "email", "value": "no address"},
            ],
        });
        with_facts(dossier, |elements| {
            let classes: Vec<_> = (0..7).map(|at| contact(elements, at, Field::ContactMailClass)).collect();
            let expected = ["employer", "agency", "free", "disposable", "relay", "other"];
            assert_eq!(classes[..6], expected.map(|class| Some(class.to_owned())));
            assert_eq!(classes[6], None);
            assert_eq!(subject(elements, Field::SubjectMailClass).as_deref(), Some(expected.join(" ").as_str()));
            assert_eq!(contact(elements, 0, Field::ContactDomain).as_deref(), Some("acme.example"));
        });
    }

    #[test]
    fn a_page_on_a_network_is_no_employers_domain() {
        let dossier = json!({"employment": [
            {"employer": {"name": "Acme", "url": "https://network.example/company/acme"}},
            {"employer": {"name": "Sole Trader", "domain": "mail.example"}},
        ]});
        with_facts(dossier, |elements| assert_eq!(subject(elements, Field::SubjectEmployerDomains), None));
    }

    #[test]
    fn a_claimed_domain_that_imitates_the_real_one_is_not_adopted() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Acme Tools", "domain": "acmetools-careers.example"}}],
            "organisations": [{"name": "Acme Tools Inc", "domain": "acmetools.example"}],
            "contacts": [{"kind": "email", "value": "ana@acmetools-careers.example"}],
        });
        with_facts(dossier, |elements| {
            assert_eq!(subject(elements, Field::SubjectEmployerDomains).as_deref(), Some("acmetools.example"));
            assert_eq!(contact(elements, 0, Field::ContactMailClass).as_deref(), Some("other"));
            assert_eq!(contact(elements, 0, Field::ContactLookalikeOf).as_deref(), Some("acmetools.example"));
            assert_eq!(contact(elements, 0, Field::ContactLookalikeKind).as_deref(), Some("added-word"));
            assert_eq!(contact(elements, 0, Field::ContactLabelPattern).as_deref(), Some("job-word"));
        });
    }

    #[test]
    fn an_honest_employer_whose_domain_is_near_a_brand_keeps_it() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Northwine Cellars", "domain": "northwine.example"}}],
            "contacts": [{"kind": "email", "value": "ana@northwine.example"}],
        });
        with_facts(dossier, |elements| {
            assert_eq!(contact(elements, 0, Field::ContactMailClass).as_deref(), Some("employer"));
            assert_eq!(contact(elements, 0, Field::ContactLookalikeOf), None);
        });
    }

    #[test]
    fn an_affiliates_domain_is_the_employers() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Acme Tools"}}],
            "organisations": [{"name": "Acme Tools", "domain": "acmetools.example", "affiliates": ["acmejobs.example", "Acme Finance"]}],
            "contacts": [{"kind": "email", "value": "ana@acmejobs.example"}],
        });
        with_facts(dossier, |elements| {
            assert_eq!(contact(elements, 0, Field::ContactMailClass).as_deref(), Some("employer"));
            assert_eq!(contact(elements, 0, Field::ContactLookalikeOf), None);
        });
    }

    #[test]
    fn only_new_contacts_close_in_time_are_changes() {
        let dossier = |dates: [&str; 4]| {
            let contacts: Vec<_> = dates
                .iter()
                .enumerate()
                .map(
                    |(at, date)| json!({"kind": "email", "value": format!("ana{at}@mail.example"), "first_seen": date}),
                )
                .collect();
            json!({"contacts": contacts})
        };
        with_facts(dossier(["2026-01-01", "2026-03-01", "2026-03-20", "2026-04-10"]), |elements| {
            assert_eq!(subject(elements, Field::SubjectContactChanges60Days).as_deref(), Some("3"));
        });
        with_facts(dossier(["2026-01-01"; 4]), |elements| {
            assert_eq!(subject(elements, Field::SubjectContactChanges60Days).as_deref(), Some("0"), "one export");
        });
        with_facts(json!({"contacts": [{"kind": "email", "value": "ana@mail.example"}]}), |elements| {
            assert_eq!(subject(elements, Field::SubjectContactChanges60Days), None);
        });
    }

    #[test]
    fn staff_who_write_from_elsewhere_are_seen() {
        let dossier = |address: &str| {
            json!({
                "subject": {"names": [{"value": "Ana Example"}], "headline": "Talent Partner at Acme Tools | Hiring"},
                "organisations": [{"name": "Acme Tools", "domain": "acmetools.example", "people": [
                    {"name": "Ana Example", "contacts": [{"kind": "email", "value": "ana@private.example"}]},
                ]}],
                "messages": [{"from_subject": true, "text": "Hello", "sender": {"email": address}}],
            })
        };
        for (address, expected) in
            [("ana.hr@mail.example", "true"), ("ana@private.example", "false"), ("a@hr.acmetools.example", "false")]
        {
            with_facts(dossier(address), |elements| {
                let found = subject(elements, Field::SubjectStaffNameOtherContact);
                assert_eq!(found.as_deref(), Some(expected), "{address}");
            });
        }
    }

    #[test]
    fn a_defence_employer_is_known_by_name() {
        let dossier = |headline: &str| json!({"subject": {"headline": headline}});
        with_facts(dossier("Recruiter @ Blue Harbour Systems plc"), |elements| {
            assert_eq!(subject(elements, Field::SubjectDefenceEmployer).as_deref(), Some("true"));
        });
        with_facts(dossier("Recruiter @ Acme"), |elements| {
            assert_eq!(subject(elements, Field::SubjectDefenceEmployer).as_deref(), Some("false"));
        });
        with_facts(dossier("Recruiter"), |elements| {
            assert_eq!(subject(elements, Field::SubjectDefenceEmployer), None);
        });
    }

    #[test]
    fn a_number_says_what_its_plan_gives_it_to() {
        let at = |number: &str| {
            let dossier = json!({"contacts": [{"kind": "phone", "value": number}]});
            let mut found = None;
            with_facts(dossier, |elements| found = contact(elements, 0, Field::ContactPhoneKind));
            found
        };
        assert_eq!(at("+44 909 8790123").as_deref(), Some("premium"));
        assert_eq!(at("+44 56 0000 0000").as_deref(), Some("voip"));
        assert_eq!(at("020 7946 0123"), None, "a number without country code");
        assert_eq!(at("+44 1"), None, "no valid number");
    }
}
