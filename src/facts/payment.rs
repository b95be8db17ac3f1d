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
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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
    let payees = payees(ctx);
    let groups = distinct(ctx, &payees);
    if !groups.is_empty() || payments.is_empty() {
        count(builder, Field::SubjectPayees, &groups);
        if groups.iter().any(|payee| payee.agrees.is_some()) || groups.is_empty() {
            let strangers: Vec<_> =
                groups.into_iter().filter(|payee| payee.agrees == Some(false) && payee.declared.is_none()).collect();
            count(builder, Field::SubjectUndeclaredPayees, &strangers);
        }
    }
    account_changes(ctx, builder);
}

/// Every payment.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let payees = payees(ctx);
    let distinct = distinct(ctx, &payees).len();
    for (index, payment) in ctx.dossier.payments.iter().enumerate() {
        if let Some(method) = payment.method {
            builder.text(Field::PaymentMethod, method.as_str(), Path::at("/payments/*/method", index));
        }
        if let Some(direction) = payment.direction {
            builder.text(Field::PaymentDirection, direction.as_str(), Path::at("/payments/*/direction", index));
        }
        if let Some(payee) = named_payee(payment).and_then(|name| payees.get(name)) {
            about_payee(ctx, builder, index, payee);
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

fn about_payee<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, known: &Known<'d>) {
    let place = payee_place(index);
    if let Some(agrees) = known.agrees {
        let given = ctx.names.paths().map(Place::whole).take(PLACES);
        builder.flag(Field::PaymentPayeeAgrees, agrees, Origin::derived_from([place].into_iter().chain(given)));
    }
    let places = [place].into_iter().chain(known.declared);
    builder.flag(Field::PaymentPayeeDeclared, known.declared.is_some(), Origin::derived_from(places));
    if let Some(is_company) = known.payee.is_company {
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

/// A contract or an invoice, its text folded once.
struct Paper<'d> {
    index: usize,
    name: Option<&'d str>,
    text: Cow<'d, str>,
}

fn papers<'d>(ctx: &Context<'d>) -> Vec<Paper<'d>> {
    let papers = ctx.dossier.documents.iter().enumerate();
    papers
        .filter(|(_, paper)| matches!(paper.kind, DocumentKind::Contract | DocumentKind::Invoice))
        .map(|(index, paper)| Paper {
            index,
            name: paper.name_on_document.as_deref(),
            text: key(paper.text.as_deref().unwrap_or_default()),
        })
        .collect()
}

/// Where a payee was declared, or stands on a contract or invoice.
fn declared(ctx: &Context<'_>, payee: &Payee<'_>, papers: &[Paper<'_>]) -> Option<Place> {
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
    let written = key(payee.name);
    papers.iter().find_map(|paper| {
        if paper.name.is_some_and(same) {
            return Some(Place::whole(Path::at("/documents/*/name_on_document", paper.index)));
        }
        let stands = written.chars().count() >= LONG_WORD && paper.text.contains(&*written);
        stands.then(|| Place::whole(Path::at("/documents/*/text", paper.index)))
    })
}

/// A payee and what the dossier says of it.
struct Known<'d> {
    payee: Payee<'d>,
    /// The first payment that names it.
    first: usize,
    agrees: Option<bool>,
    declared: Option<Place>,
}

/// Payees by their name as written, each judged once.
fn payees<'d>(ctx: &Context<'d>) -> BTreeMap<&'d str, Known<'d>> {
    let mut known: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    let mut folded = None;
    for (index, payment) in ctx.dossier.payments.iter().enumerate() {
        let Some(name) = named_payee(payment) else { continue };
        if known.len() >= PAYEES || known.contains_key(name) {
            continue;
        }
        let payee = ctx.knowledge.payment.payee(name);
        let agrees = agrees(ctx, &payee);
        let declared = declared(ctx, &payee, folded.get_or_insert_with(|| papers(ctx)));
        known.insert(name, Known { payee, first: index, agrees, declared });
    }
    known
}

/// Payees that are not spellings of one, in the order of payments; what cannot be told apart is the same.
fn distinct<'k, 'd>(ctx: &Context<'d>, payees: &'k BTreeMap<&'d str, Known<'d>>) -> Vec<&'k Known<'d>> {
    let mut in_order: Vec<_> = payees.values().collect();
    in_order.sort_by_key(|known| known.first);
    let mut groups: Vec<&Known<'_>> = Vec::new();
    for known in in_order {
        let differs = |group: &&Known<'_>| {
            let (mine, theirs) = (&known.payee, &group.payee);
            !theirs.is(mine, &ctx.knowledge.names)
                && (mine.is_company == Some(true)
                    || theirs.is_company == Some(true)
                    || names::agree(theirs.name, mine.name, &ctx.knowledge.names) == Some(false))
        };
        if groups.iter().all(differs) {
            groups.push(known);
        }
    }
    groups
}

fn count(builder: &mut ElementsBuilder<'_>, field: Field, payees: &[&Known<'_>]) {
    let places = payees.iter().map(|known| payee_place(known.first)).take(PLACES);
    builder.number(field, payees.len() as f64, Origin::derived_from(places));
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
    let mut seen = BTreeSet::new();
    let mut changes: Vec<(Date, usize)> = Vec::new();
    for (at, account, index) in &payouts {
        if seen.insert(account) && seen.len() > 1 {
            changes.push((*at, *index));
        }
    }
    let mut start = 0;
    let mut most: &[(Date, usize)] = &[];
    for (end, (at, _)) in changes.iter().enumerate() {
        while changes[start].0.days_until(*at).1 > CHURN_DAYS && start < end {
            start += 1;
        }
        if end + 1 - start > most.len() {
            most = &changes[start..=end];
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
