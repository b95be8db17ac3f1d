//! Payments: whom the money goes to, whether that person or company was named before, and how often the account
//! changed.
//!
//! Facts of circumstance. What somebody asks for in words (a fee, a gift card) is an intent of a message.

use super::catalogue::Field;
use super::category::Category;
use super::companies::letters;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::names;
use super::payees::Payee;
use crate::content::key;
use crate::dossier::{Date, DeclarationKind, DocumentKind, Path, Payment, PaymentDirection, Place, Section};

/// Days in which changes of account are counted together.
const CHURN_DAYS: f64 = 60.0;
/// Places that one derived value names.
const PLACES: usize = 8;
/// Payees that are compared with each other; further ones are not counted.
const PAYEES: usize = 64;
/// Letters of a word that shows kinship between a person's name and a company's.
const LONG_WORD: usize = 4;

/// Payees and accounts of the dossier as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let payments = &ctx.dossier.payments;
    if payments.is_empty() && !ctx.covers(Section::Payments) {
        return;
    }
    let groups = distinct(ctx);
    if !groups.is_empty() || payments.is_empty() {
        let count = |builder: &mut ElementsBuilder<'d>, field, groups: &[&Group<'d>]| {
            let places = groups.iter().map(|group| payee_place(group.first)).take(PLACES);
            builder.number(field, groups.len() as f64, Origin::derived_from(places));
        };
        count(builder, Field::SubjectPayees, &groups.iter().collect::<Vec<_>>());
        let judged: Vec<_> = groups.iter().map(|group| (group, agrees(ctx, &group.payee))).collect();
        if judged.iter().any(|(_, agrees)| agrees.is_some()) || groups.is_empty() {
            let strangers: Vec<&Group<'_>> = judged
                .into_iter()
                .filter(|(group, agrees)| *agrees == Some(false) && declared(ctx, &group.payee).is_none())
                .map(|(group, _)| group)
                .collect();
            count(builder, Field::SubjectUndeclaredPayees, &strangers);
        }
    }
    account_changes(ctx, builder);
}

/// Every payment.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let distinct = if ctx.dossier.payments.is_empty() { 0 } else { distinct(ctx).len() };
    for (index, payment) in ctx.dossier.payments.iter().enumerate() {
        if let Some(method) = payment.method {
            builder.text(Field::PaymentMethod, method.as_str(), Path::at("/payments/*/method", index));
        }
        if let Some(direction) = payment.direction {
            builder.text(Field::PaymentDirection, direction.as_str(), Path::at("/payments/*/direction", index));
        }
        if let Some(payee) = named_payee(payment) {
            let payee = ctx.knowledge.payment.payee(payee);
            about_payee(ctx, builder, index, &payee);
            let origin = Origin::derived(payee_place(index));
            builder.number(Field::PaymentDistinctPayees, distinct as f64, origin);
        }
        if let Some(country) = &payment.country
            && let Some(agrees) = ctx.place.country_agrees(country, payment.at)
        {
            let place = Place::whole(Path::at("/payments/*/country", index));
            let origin = Origin::derived_from([place, Place::whole(ctx.place.path())]);
            builder.flag(Field::PaymentCountryAgrees, agrees, origin);
        }
        listed(ctx, builder, index, payment);
        builder.element(Category::Payment, Path::at("/payments/*", index));
    }
}

fn about_payee<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, payee: &Payee<'d>) {
    let place = payee_place(index);
    if let Some(agrees) = agrees(ctx, payee) {
        let given = ctx.names.paths().map(Place::whole).take(PLACES);
        let places = [place].into_iter().chain(given);
        builder.flag(Field::PaymentPayeeAgrees, agrees, Origin::derived_from(places));
    }
    let declared = declared(ctx, payee);
    let places = [place].into_iter().chain(declared);
    builder.flag(Field::PaymentPayeeDeclared, declared.is_some(), Origin::derived_from(places));
    if let Some(is_company) = payee.is_company {
        builder.flag(Field::PaymentPayeeIsCompany, is_company, Origin::derived(place));
    }
}

fn listed<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, payment: &'d Payment) {
    let knowledge = &ctx.knowledge.payment;
    if !knowledge.has_published() {
        return;
    }
    if let Some(payee) = named_payee(payment) {
        builder.known(Field::PaymentListed);
        for list in knowledge.lists_of(&knowledge.payee(payee)) {
            builder.fact(Field::PaymentListed, Value::Text(list.into()), Origin::derived(payee_place(index)));
        }
    }
    if let Some(wallet) = &payment.wallet {
        builder.known(Field::PaymentListed);
        let origin = Origin::derived(Place::whole(Path::at("/payments/*/wallet", index)));
        for list in knowledge.lists_of_wallet(wallet) {
            builder.fact(Field::PaymentListed, Value::Text(list.into()), origin.clone());
        }
    }
}

/// Whether a payee agrees with a name that the person gave.
///
/// A company agrees if it bears the person's name. It is another's only where a name was given and none of its
/// longer words stands in the company's: `Weber Software GmbH` may well be Jonas Weber's.
fn agrees(ctx: &Context<'_>, payee: &Payee<'_>) -> Option<bool> {
    let by_name = ctx.names.agrees(payee.name);
    if by_name == Some(true) || payee.is_company != Some(true) {
        return by_name;
    }
    if ctx.names.agrees(&payee.core) == Some(true) {
        return Some(true);
    }
    ctx.names.paths().next()?;
    let shares_a_word = ctx.dossier.subject.names.iter().any(|name| {
        let name = key(&name.value);
        name.split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_ascii() || word.len() >= LONG_WORD)
            .any(|word| !word.is_empty() && payee.core.contains(word))
    });
    (!shares_a_word).then_some(false)
}

/// Where a payee was declared, or stands on a contract or invoice.
fn declared(ctx: &Context<'_>, payee: &Payee<'_>) -> Option<Place> {
    let same = |name: &str| payee.is(&ctx.knowledge.payment.payee(name), &ctx.knowledge.names);
    let declaration = ctx.dossier.declarations.iter().position(|declaration| {
        matches!(
            declaration.kind,
            DeclarationKind::Payee | DeclarationKind::Alias | DeclarationKind::Agency | DeclarationKind::Subcontractor
        ) && declaration.value.as_deref().is_some_and(same)
    });
    if let Some(index) = declaration {
        return Some(Place::whole(Path::at("/declarations/*/value", index)));
    }
    let papers = ctx.dossier.documents.iter().enumerate();
    let mut papers = papers.filter(|(_, paper)| matches!(paper.kind, DocumentKind::Contract | DocumentKind::Invoice));
    papers.find_map(|(index, paper)| {
        if paper.name_on_document.as_deref().is_some_and(same) {
            return Some(Place::whole(Path::at("/documents/*/name_on_document", index)));
        }
        let written = key(payee.name);
        let text = paper.text.as_deref().filter(|_| written.chars().count() >= LONG_WORD)?;
        key(text).contains(&*written).then(|| Place::whole(Path::at("/documents/*/text", index)))
    })
}

/// A payee with the first payment that names it.
struct Group<'d> {
    payee: Payee<'d>,
    first: usize,
}

/// Payees that are not spellings of one; what cannot be told apart is the same.
fn distinct<'d>(ctx: &Context<'d>) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for (index, payment) in ctx.dossier.payments.iter().enumerate() {
        let Some(name) = named_payee(payment) else { continue };
        if groups.len() >= PAYEES || groups.iter().any(|group| group.payee.name == name) {
            continue;
        }
        let payee = ctx.knowledge.payment.payee(name);
        let differs = |group: &Group<'_>| {
            !group.payee.is(&payee, &ctx.knowledge.names)
                && (names::agree(group.payee.name, name, &ctx.knowledge.names) == Some(false)
                    || payee.is_company == Some(true)
                    || group.payee.is_company == Some(true))
        };
        if groups.iter().all(differs) {
            groups.push(Group { payee, first: index });
        }
    }
    groups
}

/// The greatest number of times within 60 days that pay was to go to an account not seen before.
///
/// Going back and forth between two known accounts is no change.
fn account_changes<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut payouts: Vec<(Date, String, usize)> = ctx
        .dossier
        .payments
        .iter()
        .enumerate()
        .filter(|(_, payment)| payment.direction != Some(PaymentDirection::FromCounterpartAsked))
        .filter_map(|(index, payment)| {
            let account = letters(payment.account.as_deref().or(payment.wallet.as_deref())?);
            (!account.is_empty()).then_some((payment.at?, account, index))
        })
        .collect();
    if payouts.is_empty() {
        return;
    }
    payouts.sort_by_key(|(at, _, index)| (at.interval(), *index));
    let mut seen: Vec<&str> = Vec::new();
    let mut changes: Vec<(Date, usize)> = Vec::new();
    for (at, account, index) in &payouts {
        if !seen.contains(&&**account) {
            if !seen.is_empty() {
                changes.push((*at, *index));
            }
            seen.push(account);
        }
    }
    let mut most: &[(Date, usize)] = &[];
    for start in 0..changes.len() {
        let within = changes[start..].iter().take_while(|(at, _)| changes[start].0.days_until(*at).1 <= CHURN_DAYS);
        let count = within.count();
        if count > most.len() {
            most = &changes[start..start + count];
        }
    }
    let places = most.iter().map(|(_, index)| {
        let wallet = ctx.dossier.payments.get(*index).is_some_and(|payment| payment.account.is_none());
        Place::whole(Path::at(if wallet { "/payments/*/wallet" } else { "/payments/*/account" }, *index))
    });
    let origin = Origin::derived_from(places.take(PLACES));
    builder.number(Field::SubjectPaymentChanges60Days, most.len() as f64, origin);
}

fn named_payee(payment: &Payment) -> Option<&str> {
    payment.payee.as_deref().map(str::trim).filter(|payee| !payee.is_empty())
}

fn payee_place(index: usize) -> Place {
    Place::whole(Path::at("/payments/*/payee", index))
}

#[cfg(test)]
#[expect(clippy::needless_pass_by_value, reason = "tests read better without borrowing each JSON value")]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{one, values, with_facts};
    use serde_json::{Value, json};

    fn dossier(payments: Value, more: Value) -> Value {
        let mut dossier = json!({"subject": {"names": [{"value": "Jonas Muster"}]}, "payments": payments});
        if let (Value::Object(dossier), Value::Object(more)) = (&mut dossier, more) {
            dossier.extend(more);
        }
        dossier
    }

    fn found(json: Value, category: Category, field: Field) -> Option<Vec<String>> {
        let mut found = None;
        with_facts(json, |elements| found = values(elements, category, 0, field));
        found
    }

    fn paid(payee: &str, more: Value, field: Field) -> Option<Vec<String>> {
        found(dossier(json!([{"payee": payee}]), more), Category::Payment, field)
    }

    #[test]
    fn a_payee_agrees_with_a_name_or_is_a_company_of_another_name() {
        for (payee, agrees, company) in [
            ("Muster, Jonas", one("true"), "false"),
            ("Viktor Probst", one("false"), "false"),
            ("Jonas Muster GmbH", one("true"), "true"),
            ("Muster Software GmbH", None, "true"),
            ("Brightriver Trading Ltd", one("false"), "true"),
        ] {
            assert_eq!(paid(payee, json!({}), Field::PaymentPayeeAgrees), agrees, "{payee}");
            assert_eq!(paid(payee, json!({}), Field::PaymentPayeeIsCompany), one(company), "{payee}");
        }
        let nameless = json!({"subject": {}});
        assert_eq!(paid("Brightriver Trading Ltd", nameless, Field::PaymentPayeeAgrees), None);
    }

    #[test]
    fn a_declared_or_documented_payee_is_known() {
        let field = Field::PaymentPayeeDeclared;
        assert_eq!(paid("Brightriver Trading Ltd", json!({}), field), one("false"));
        let declared = json!({"declarations": [{"kind": "payee", "value": "BrightRiver Trading"}]});
        assert_eq!(paid("Brightriver Trading Ltd", declared, field), one("true"));
        let contract =
            json!({"documents": [{"kind": "contract", "text": "Pay to  Brightriver Trading Ltd, account 1"}]});
        assert_eq!(paid("Brightriver Trading Ltd", contract, field), one("true"));
        let resume = json!({"documents": [{"kind": "resume", "text": "Worked for Brightriver Trading Ltd"}]});
        assert_eq!(paid("Brightriver Trading Ltd", resume, field), one("false"));
    }

    #[test]
    fn spellings_of_one_payee_are_one() {
        let payments = || {
            let payees = ["Jonas Muster", "MUSTER, Jonas", "Brightriver Ltd", "Brightriver", "Goldleaf Import Inc"];
            dossier(json!(payees.map(|payee| json!({"payee": payee}))), json!({}))
        };
        assert_eq!(found(payments(), Category::Dossier, Field::SubjectPayees), one("3"));
        assert_eq!(found(payments(), Category::Payment, Field::PaymentDistinctPayees), one("3"));
        assert_eq!(found(payments(), Category::Dossier, Field::SubjectUndeclaredPayees), one("2"));
    }

    #[test]
    fn published_companies_are_found_without_their_form() {
        assert_eq!(paid("Hollow Works Inc", json!({}), Field::PaymentListed), one("front-companies"));
        assert_eq!(paid("Shallow Works Inc", json!({}), Field::PaymentListed), Some(vec![]));
    }

    #[test]
    fn only_new_accounts_within_sixty_days_are_changes() {
        let changes = |accounts: &[(&str, &str)]| {
            let payments: Vec<_> = accounts.iter().map(|(account, at)| json!({"account": account, "at": at})).collect();
            found(dossier(json!(payments), json!({})), Category::Dossier, Field::SubjectPaymentChanges60Days)
        };
        assert_eq!(changes(&[("A-1", "2026-01-05"), ("B-2", "2026-01-25"), ("C-3", "2026-02-15")]), one("2"));
        assert_eq!(changes(&[("A-1", "2026-01-05"), ("B-2", "2026-01-25"), ("C-3", "2026-05-15")]), one("1"));
        assert_eq!(
            changes(&[("A-1", "2026-01-05"), ("B 2", "2026-01-25"), ("A1", "2026-02-01"), ("B2", "2026-02-02")]),
            one("1")
        );
        assert_eq!(changes(&[("A-1", "2026-01-05")]), one("0"));
        assert_eq!(
            found(dossier(json!([{"payee": "X"}]), json!({})), Category::Dossier, Field::SubjectPaymentChanges60Days),
            None
        );
    }

    #[test]
    fn an_account_abroad_is_compared_with_the_claimed_place() {
        let home = json!({"subject": {"location": {"text": "Denver", "country": "US"}}});
        let paid = |country: &str| dossier(json!([{"country": country}]), home.clone());
        assert_eq!(found(paid("PT"), Category::Payment, Field::PaymentCountryAgrees), one("false"));
        assert_eq!(found(paid("US"), Category::Payment, Field::PaymentCountryAgrees), one("true"));
    }
}
