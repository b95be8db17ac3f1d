//! Accounts: what networks show of them, and what their recorded changes say.
//!
//! A change of name by itself says nothing: people marry, transition, and write their names differently. It counts
//! where the names have nothing in common and one of them was never given; even then only beside other changes.

use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::names;
use crate::dossier::{Account, AccountChange, AccountStatus, Date, Path, Place, VerificationKind};
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400;
/// Mean length of a year of the Gregorian calendar, in days.
const YEAR_DAYS: f64 = 365.2425;

/// Says how many recorded changes of name were undeclared; unknown without recorded changes.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let accounts = ctx.dossier.accounts.iter().enumerate().filter(|(_, account)| !account.changes.is_empty());
    let mut places = Vec::new();
    let mut recorded = false;
    for (index, account) in accounts {
        recorded = true;
        places.extend(undeclared(ctx, account).map(|nth| Place::whole(Path::at2("/accounts/*/changes/*", index, nth))));
    }
    if recorded {
        builder.number(Field::SubjectNameChanges, places.len() as f64, Origin::derived_from(places));
    }
}

/// Each account.
pub(crate) fn accounts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, account) in ctx.dossier.accounts.iter().enumerate() {
        let at = |template| Path::at(template, index);
        let read = |template| Origin::read(Place::whole(at(template)));
        if let Some(network) = &account.network {
            builder.text(Field::AccountNetwork, network.as_str(), at("/accounts/*/network"));
        }
        let status = match account.status {
            AccountStatus::Active => Some("active"),
            AccountStatus::Closed => Some("closed"),
            AccountStatus::Restricted => Some("restricted"),
            AccountStatus::Unknown => None,
        };
        if let Some(status) = status {
            builder.text(Field::AccountStatus, status, at("/accounts/*/status"));
        }
        if let Some(created) = account.created_at {
            let (days, origin) = ctx.age_days(created, at("/accounts/*/created_at"));
            builder.number(Field::AccountAgeDays, days, origin);
        }
        let connections = account.connections.filter(|_| account.connections_capped != Some(true));
        for (field, number, template) in [
            (Field::AccountConnections, connections, "/accounts/*/connections"),
            (Field::AccountFollowers, account.followers, "/accounts/*/followers"),
            (Field::AccountFollowing, account.following, "/accounts/*/following"),
            (Field::AccountPosts, account.posts, "/accounts/*/posts"),
        ] {
            if let Some(number) = number {
                builder.number(field, number as f64, read(template));
            }
        }
        for (nth, verification) in account.verifications.iter().enumerate() {
            let word = match verification.kind {
                VerificationKind::Identity => "identity",
                VerificationKind::Workplace => "workplace",
                VerificationKind::Email => "email",
                VerificationKind::Phone => "phone",
                VerificationKind::Payment => "payment",
            };
            builder.text(Field::AccountVerification, word, Path::at2("/accounts/*/verifications/*/kind", index, nth));
        }
        name(ctx, builder, index, account);
        if let Some(agrees) = account.handle.as_deref().and_then(|handle| ctx.names.handle_agrees(handle)) {
            let places = std::iter::once(at("/accounts/*/handle")).chain(ctx.names.paths()).map(Place::whole);
            builder.flag(Field::AccountHandleAgrees, agrees, Origin::derived_from(places));
        }
        follows_restricted(ctx, builder, index, account);
        if !account.changes.is_empty() {
            changes(ctx, builder, index, account);
        }
        builder.element(Category::Account, at("/accounts/*"));
    }
}

/// Whether a name on the account, or where none is shown its handle, agrees with one that the person gave.
fn name<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, account: &'d Account) {
    let mut said: Option<(bool, Path)> = None;
    for (nth, name) in account.names.iter().enumerate() {
        if let Some(agrees) = ctx.names.agrees(name)
            && said.is_none_or(|(before, _)| agrees && !before)
        {
            said = Some((agrees, Path::at2("/accounts/*/names/*", index, nth)));
        }
    }
    if account.names.is_empty()
        && let Some(handle) = &account.handle
        && let Some(agrees) = ctx.names.handle_agrees(handle)
    {
        said = Some((agrees, Path::at("/accounts/*/handle", index)));
    }
    if let Some((agrees, path)) = said {
        let places = std::iter::once(path).chain(ctx.names.paths()).map(Place::whole);
        builder.flag(Field::AccountNameAgrees, agrees, Origin::derived_from(places));
    }
}

/// Whether the network restricted an account that was certainly opened before this one.
fn follows_restricted<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, account: &'d Account) {
    let (Some(network), Some(opened)) = (account.network.as_deref(), account.created_at) else { return };
    let mut known = true;
    for (nth, other) in ctx.dossier.accounts.iter().enumerate().filter(|(nth, _)| *nth != index) {
        if !other.network.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(network)) {
            continue;
        }
        match (other.status, other.created_at) {
            (AccountStatus::Restricted, Some(before)) if before.interval().latest < opened.interval().earliest => {
                let places = [Path::at("/accounts/*/status", nth), Path::at("/accounts/*/created_at", index)];
                let origin = Origin::derived_from(places.map(Place::whole));
                builder.flag(Field::AccountFollowsRestricted, true, origin);
                return;
            }
            (AccountStatus::Unknown, _) | (AccountStatus::Restricted, None) => known = false,
            _ => {}
        }
    }
    if known {
        let origin = Origin::derived(Place::whole(Path::at("/accounts/*/created_at", index)));
        builder.flag(Field::AccountFollowsRestricted, false, origin);
    }
}

/// What the recorded changes of an account say.
fn changes<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, account: &'d Account) {
    let path = |nth: usize| Place::whole(Path::at2("/accounts/*/changes/*", index, nth));
    let of_name = account.changes.iter().enumerate().filter(|(_, change)| is_of_name(change));
    let places: Vec<Place> = of_name.map(|(nth, _)| path(nth)).collect();
    builder.number(Field::AccountNameChanges, places.len() as f64, Origin::derived_from(places));

    let mut dated: Vec<(usize, &str, Date)> = account
        .changes
        .iter()
        .enumerate()
        .filter_map(|(nth, change)| Some((nth, change.field.as_str(), change.at?)))
        .collect();
    dated.sort_by_key(|(nth, _, at)| (at.interval(), *nth));
    if !dated.is_empty() {
        let burst = densest(&dated, 30);
        let fields: BTreeSet<&str> = burst.iter().map(|(_, field, _)| *field).collect();
        let origin = Origin::derived_from(burst.iter().map(|(nth, ..)| path(*nth)));
        builder.number(Field::AccountChangedFields30Days, fields.len() as f64, origin);
    }
    if let Some((years, before, after)) = longest_gap(&dated) {
        builder.number(Field::AccountDormantYears, years, Origin::derived_from([path(before), path(after)]));
    }

    builder.known(Field::AccountChangedFields90Days);
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for renamed in undeclared(ctx, account) {
        let Some(at) = account.changes.get(renamed).and_then(|change| change.at) else { continue };
        for (nth, field, other) in &dated {
            if *field != "name" && certainly_within(at, *other, 90) && said.insert(field) {
                let origin = Origin::derived_from([path(*nth), path(renamed)]);
                builder.fact(Field::AccountChangedFields90Days, Value::Text((*field).into()), origin);
            }
        }
    }
}

fn is_of_name(change: &AccountChange) -> bool {
    change.field.eq_ignore_ascii_case("name")
}

/// Positions of the changes to a name that has nothing in common with the one before, where one of them was never given.
fn undeclared<'a>(ctx: &'a Context<'_>, account: &'a Account) -> impl Iterator<Item = usize> + 'a {
    account.changes.iter().enumerate().filter(|(_, change)| is_of_name(change)).filter_map(|(nth, change)| {
        let (from, to) = (change.from.as_deref()?, change.to.as_deref()?);
        let given = |name: &str| ctx.names.agrees(name) == Some(true);
        let differ = names::agree(from, to, &ctx.knowledge.names) == Some(false);
        (differ && !(given(from) && given(to))).then_some(nth)
    })
}

/// The changes, sorted by time, within the days that hold most different fields.
fn densest<'a, 'd>(dated: &'a [(usize, &'d str, Date)], days: i64) -> &'a [(usize, &'d str, Date)] {
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    let mut start = 0;
    let mut best = (0, 0..0);
    for (end, (_, field, at)) in dated.iter().enumerate() {
        *fields.entry(field).or_default() += 1;
        // One change alone is within any number of days, however coarse its date.
        while start < end && at.interval().latest - dated[start].2.interval().earliest > days * DAY {
            if let Some(count) = fields.get_mut(dated[start].1) {
                *count -= 1;
                if *count == 0 {
                    fields.remove(dated[start].1);
                }
            }
            start += 1;
        }
        if fields.len() > best.0 {
            best = (fields.len(), start..end + 1);
        }
    }
    &dated[best.1]
}

/// The longest time between two changes that follow each other, in years, at least.
fn longest_gap(dated: &[(usize, &str, Date)]) -> Option<(f64, usize, usize)> {
    dated
        .windows(2)
        .filter_map(|pair| match pair {
            [(before, _, from), (after, _, to)] => Some((from.days_until(*to).0.max(0.0) / YEAR_DAYS, *before, *after)),
            _ => None,
        })
        .reduce(|longest, next| if next.0 > longest.0 { next } else { longest })
}

/// Whether two dates are certainly no more than some days apart.
fn certainly_within(first: Date, second: Date, days: i64) -> bool {
    let (first, second) = (first.interval(), second.interval());
    (second.latest - first.earliest).max(first.latest - second.earliest) <= days * DAY
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{values, with_facts};
    use serde_json::{Value, json};

    #[expect(clippy::needless_pass_by_value, reason = "scenes are written in place")]
    fn account(account: Value, names: Value, field: Field) -> Option<String> {
        let mut found = None;
        with_facts(json!({"subject": {"names": names}, "accounts": [account]}), |elements| {
            let holder = field.spec().category;
            assert!(matches!(holder, Category::Account | Category::Dossier));
            found = values(elements, holder, 0, field).map(|values| values.join(" "));
        });
        found
    }

    #[test]
    fn counts_that_are_display_limits_are_unknown() {
        let field = Field::AccountConnections;
        assert_eq!(account(json!({"connections": 31}), json!([]), field).as_deref(), Some("31"));
        assert_eq!(account(json!({"connections": 500, "connections_capped": true}), json!([]), field), None);
    }

    #[test]
    fn the_account_s_name_or_else_its_handle_is_compared() {
        let names = json!([{"value": "Ana Example"}]);
        let field = Field::AccountNameAgrees;
        assert_eq!(account(json!({"names": ["Ana Example"]}), names.clone(), field).as_deref(), Some("true"));
        assert_eq!(account(json!({"names": ["Liam Farrow"]}), names.clone(), field).as_deref(), Some("false"));
        assert_eq!(account(json!({"handle": "ana-example-17"}), names.clone(), field).as_deref(), Some("true"));
        assert_eq!(account(json!({"handle": "code-wizard"}), names, field), None);
    }

    #[test]
    fn an_undeclared_name_beside_another_change_is_seen() {
        let changes = json!({"changes": [
            {"field": "name", "from": "Tom Adler", "to": "Erik Lund", "at": "2026-05-02"},
            {"field": "employer", "at": "2026-05-20"},
            {"field": "photo", "at": "2026-05-21"},
            {"field": "headline", "at": "2026-09-21"},
        ]});
        let now = json!([{"value": "Erik Lund"}]);
        assert_eq!(
            account(changes.clone(), now.clone(), Field::AccountChangedFields90Days).as_deref(),
            Some("employer photo")
        );
        assert_eq!(account(changes.clone(), now.clone(), Field::SubjectNameChanges).as_deref(), Some("1"));
        assert_eq!(account(changes.clone(), now, Field::AccountChangedFields30Days).as_deref(), Some("3"));
        let former = json!([{"value": "Erik Lund"}, {"value": "Tom Adler", "kind": "former"}]);
        assert_eq!(account(changes.clone(), former.clone(), Field::AccountChangedFields90Days).as_deref(), Some(""));
        assert_eq!(account(changes, former, Field::SubjectNameChanges).as_deref(), Some("0"));
    }

    #[test]
    fn a_married_name_is_no_undeclared_change() {
        let changes = json!({"changes": [
            {"field": "name", "from": "Mara Klein", "to": "Mara Sommer", "at": "2026-05-02"},
            {"field": "employer", "at": "2026-05-20"},
        ]});
        assert_eq!(account(changes.clone(), json!([]), Field::AccountChangedFields90Days).as_deref(), Some(""));
        assert_eq!(account(changes, json!([]), Field::AccountNameChanges).as_deref(), Some("1"));
    }

    #[test]
    fn the_densest_month_and_the_longest_gap_are_found() {
        let changes = json!({"changes": [
            {"field": "headline", "at": "2013-02-01"},
            {"field": "headline", "at": "2022-06-01"},
            {"field": "photo", "at": "2022-06-20"},
            {"field": "location", "at": "2022-08-20"},
        ]});
        assert_eq!(account(changes.clone(), json!([]), Field::AccountChangedFields30Days).as_deref(), Some("2"));
        let gap: f64 = account(changes, json!([]), Field::AccountDormantYears)
            .and_then(|years| years.parse().ok())
            .expect("a number");
        assert!((9.3..9.4).contains(&gap), "{gap}");
        let undated = json!({"changes": [{"field": "headline"}]});
        assert_eq!(account(undated.clone(), json!([]), Field::AccountDormantYears), None);
        assert_eq!(account(undated, json!([]), Field::AccountChangedFields30Days), None);
    }

    #[test]
    fn a_handle_that_bears_another_name_is_seen_beside_the_displayed_one() {
        let names = json!([{"value": "Ana Example"}]);
        let at = |handle: &str| {
            account(json!({"handle": handle, "names": ["Ana Example"]}), names.clone(), Field::AccountHandleAgrees)
        };
        assert_eq!(at("petra-novak").as_deref(), Some("false"));
        assert_eq!(at("ana-example-81").as_deref(), Some("true"));
        assert_eq!(at("code-wizard"), None, "no person's name");
    }

    #[test]
    fn only_an_account_opened_after_a_restricted_one_follows_it() {
        let at = |other: Value| {
            let accounts = json!([{"network": "upwork", "created_at": "2026-03-01", "status": "active"}, other]);
            let mut found = None;
            with_facts(json!({"accounts": accounts}), |elements| {
                let field = Field::AccountFollowsRestricted;
                found = values(elements, Category::Account, 0, field).map(|values| values.join(" "));
            });
            found
        };
        let restricted = |created: &str| json!({"network": "Upwork", "created_at": created, "status": "restricted"});
        assert_eq!(at(restricted("2024-01")).as_deref(), Some("true"));
        assert_eq!(at(restricted("2026-05")).as_deref(), Some("false"));
        assert_eq!(at(restricted("2026")).as_deref(), Some("false"), "perhaps later in that year");
        assert_eq!(at(json!({"network": "upwork", "status": "restricted"})), None);
        assert_eq!(at(json!({"network": "upwork", "created_at": "2024-01"})), None, "standing not known");
        let closed = json!({"network": "upwork", "created_at": "2024-01", "status": "closed"});
        assert_eq!(at(closed).as_deref(), Some("false"), "perhaps closed by its owner");
    }
}
