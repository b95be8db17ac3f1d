//! What sign-ins say together: shares, drops of a VPN, countries in a day, journeys nobody can make, hours without a
//! break.
//!
//! A *plain* sign-in is one without a recognised VPN and not from a hosting network: only its country says where
//! somebody is. Only times to the second are compared; where no zone is known, all are taken to be in one zone. Sign-ins
//! that were only tried may be anybody's and count nowhere.

use super::catalogue::Field;
use super::context::Context;
use super::element::{ElementsBuilder, Origin};
use crate::dossier::{Observation, ObservationKind, Path, Place, Precision};
use std::collections::{BTreeMap, BTreeSet};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A VPN and a plain session this near belong to one sitting.
const DROP: i64 = HOUR;
/// Nobody gets to another country faster than this.
const JOURNEY: i64 = 2 * HOUR;
/// Places that one derived value names.
const PLACES: usize = 8;
/// Sign-ins before and after one that are looked at for a VPN.
const NEIGHBOURS: usize = 64;

/// A sign-in whose time is known to the second.
#[derive(Debug, Clone, Copy)]
struct SignIn<'d> {
    at: i64,
    index: usize,
    seen: &'d Observation,
    plain: bool,
}

impl SignIn<'_> {
    fn place(&self, template: &'static str) -> Place {
        Place::whole(Path::at(template, self.index))
    }

    fn through_vpn(&self) -> bool {
        self.seen.vpn.as_deref().is_some_and(|vpn| !vpn.trim().is_empty())
    }
}

/// Whether an observation's country is where somebody is: no recognised VPN, no hosting network, no mere attempt.
pub(crate) fn is_plain(ctx: &Context<'_>, observation: &Observation) -> bool {
    !observation.is_mere_attempt()
        && observation.vpn.as_deref().is_none_or(|vpn| vpn.trim().is_empty())
        && observation.asn.and_then(|network| ctx.knowledge.network.is_hosting(network)) != Some(true)
}

/// What the sign-ins show of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    vpn_share(ctx, builder);
    elsewhere_share(ctx, builder);
    let sign_ins = by_time(ctx);
    if sign_ins.is_empty() {
        return;
    }
    drops(ctx, builder, &sign_ins);
    let plain: Vec<_> =
        sign_ins.iter().copied().filter(|sign_in| sign_in.plain && sign_in.seen.country.is_some()).collect();
    if !plain.is_empty() {
        countries(builder, &plain);
        journeys(builder, &plain);
    }
    hours(builder, &sign_ins);
}

fn sign_ins<'d>(ctx: &Context<'d>) -> impl Iterator<Item = (usize, &'d Observation)> {
    ctx.dossier
        .observations
        .iter()
        .enumerate()
        .filter(|(_, seen)| seen.kind == ObservationKind::Login && !seen.is_mere_attempt())
}

/// Sign-ins in order of time; those without a zone are left out where others have one.
fn by_time<'d>(ctx: &Context<'d>) -> Vec<SignIn<'d>> {
    let exact = || {
        sign_ins(ctx).filter_map(|(index, seen)| {
            let at = seen.at.filter(|at| at.precision() == Precision::Second)?;
            Some((at, index, seen))
        })
    };
    let zoned = exact().any(|(at, ..)| at.zone_is_known());
    let mut found: Vec<_> = exact()
        .filter(|(at, ..)| at.zone_is_known() == zoned)
        .map(|(at, index, seen)| SignIn { at: at.interval().earliest, index, seen, plain: is_plain(ctx, seen) })
        .collect();
    found.sort_by_key(|sign_in| (sign_in.at, sign_in.index));
    found
}

fn vpn_share<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let known: Vec<_> = sign_ins(ctx).filter_map(|(index, seen)| Some((index, seen.vpn.as_deref()?))).collect();
    if known.is_empty() {
        return;
    }
    let through: Vec<_> = known.iter().filter(|(_, vpn)| !vpn.trim().is_empty()).collect();
    let places = through.iter().map(|(index, _)| Place::whole(Path::at("/observations/*/vpn", *index)));
    let share = through.len() as f64 / known.len() as f64;
    builder.number(Field::SubjectVpnShare, share, Origin::derived_from(places.take(PLACES)));
}

/// Share of plain sign-ins from another country than the claimed one; those that agree only because of declared
/// travel say nothing about home and are left out.
fn elsewhere_share<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut home = 0_usize;
    let mut elsewhere = Vec::new();
    for (index, seen) in sign_ins(ctx).filter(|(_, seen)| is_plain(ctx, seen)) {
        let Some(country) = seen.country.as_deref() else { continue };
        match ctx.place.country_agrees(country, seen.at) {
            Some(false) => elsewhere.push(Place::whole(Path::at("/observations/*/country", index))),
            Some(true) if ctx.place.country().is_some_and(|claimed| claimed.eq_ignore_ascii_case(country)) => home += 1,
            Some(true) | None => {}
        }
    }
    let all = home + elsewhere.len();
    if all > 0 {
        let share = elsewhere.len() as f64 / all as f64;
        let places = elsewhere.into_iter().take(PLACES).chain([Place::whole(ctx.place.path())]);
        builder.number(Field::SubjectElsewhereShare, share, Origin::derived_from(places));
    }
}

/// Plain sign-ins from a country that is not the claimed one, with one through a VPN within an hour on the same
/// device (or in the same account, where devices are not known).
fn drops<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, sign_ins: &[SignIn<'d>]) {
    let judged = |sign_in: &SignIn<'_>| {
        let country = sign_in.plain.then_some(sign_in.seen.country.as_deref()?)?;
        ctx.place.country_agrees(country, sign_in.seen.at)
    };
    let same_device = |a: &SignIn<'_>, b: &SignIn<'_>| match (&a.seen.device, &b.seen.device) {
        (Some(a), Some(b)) => a.trim().eq_ignore_ascii_case(b.trim()),
        _ => true,
    };
    let mut known = false;
    let mut places = Vec::new();
    let mut drops = 0_usize;
    for (position, sign_in) in sign_ins.iter().enumerate() {
        let Some(agrees) = judged(sign_in) else { continue };
        known = true;
        if agrees {
            continue;
        }
        let is_vpn = |other: &&SignIn<'_>| other.through_vpn() && same_device(sign_in, other);
        let near = |other: &&SignIn<'_>| (sign_in.at - other.at).abs() <= DROP;
        let before = sign_ins[..position].iter().rev().take(NEIGHBOURS).take_while(near).find(is_vpn);
        let after = sign_ins[position + 1..].iter().take(NEIGHBOURS).take_while(near).find(is_vpn);
        if let Some(vpn) = before.or(after) {
            drops += 1;
            if places.len() < PLACES {
                places.push(sign_in.place("/observations/*/country"));
                places.push(vpn.place("/observations/*/vpn"));
            }
        }
    }
    if known && sign_ins.iter().any(|sign_in| sign_in.seen.vpn.is_some()) {
        builder.number(Field::SubjectVpnDrops, drops as f64, Origin::derived_from(places));
    }
}

/// The greatest number of countries of plain sign-ins within 24 hours.
fn countries(builder: &mut ElementsBuilder<'_>, plain: &[SignIn<'_>]) {
    let mut inside: BTreeMap<String, usize> = BTreeMap::new();
    let mut start = 0;
    let mut best: (usize, std::ops::Range<usize>) = (0, 0..0);
    for (end, sign_in) in plain.iter().enumerate() {
        *inside.entry(country(sign_in)).or_default() += 1;
        while sign_in.at - plain[start].at > DAY {
            if let Some(count) = inside.get_mut(&country(&plain[start])) {
                *count -= 1;
            }
            inside.retain(|_, count| *count > 0);
            start += 1;
        }
        if inside.len() > best.0 {
            best = (inside.len(), start..end + 1);
        }
    }
    let mut seen = BTreeSet::new();
    let window = plain[best.1].iter().filter(|sign_in| seen.insert(country(sign_in)));
    let places = window.map(|sign_in| sign_in.place("/observations/*/country")).take(PLACES);
    builder.number(Field::SubjectCountries24Hours, best.0 as f64, Origin::derived_from(places));
}

fn country(sign_in: &SignIn<'_>) -> String {
    sign_in.seen.country.as_deref().unwrap_or_default().trim().to_ascii_uppercase()
}

/// Plain sign-ins that follow each other in different countries within less than two hours.
fn journeys(builder: &mut ElementsBuilder<'_>, plain: &[SignIn<'_>]) {
    let impossible: Vec<_> = plain
        .windows(2)
        .filter(|pair| pair[1].at - pair[0].at < JOURNEY && country(&pair[0]) != country(&pair[1]))
        .collect();
    let places = impossible.iter().flat_map(|pair| pair.iter().map(|sign_in| sign_in.place("/observations/*/at")));
    let origin = Origin::derived_from(places.take(PLACES));
    builder.number(Field::SubjectImpossibleTravels, impossible.len() as f64, origin);
}

/// The longest run of hours of the clock with a sign-in in each.
fn hours(builder: &mut ElementsBuilder<'_>, sign_ins: &[SignIn<'_>]) {
    let hour = |sign_in: &SignIn<'_>| sign_in.at.div_euclid(HOUR);
    let runs = sign_ins.chunk_by(|before, after| hour(after) - hour(before) <= 1);
    let ends = runs.filter_map(|run| Some((run.first()?, run.last()?)));
    // Of runs of one length the first.
    let longest = ends.rev().max_by_key(|(first, last)| hour(last) - hour(first));
    if let Some((first, last)) = longest {
        let places = [first.place("/observations/*/at"), last.place("/observations/*/at")];
        let hours = hour(last) - hour(first) + 1;
        builder.number(Field::SubjectLongestActiveHours, hours as f64, Origin::derived_from(places));
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{one, values, with_facts};
    use serde_json::{Value, json};

    /// Sign-ins of somebody who says that they live in Denver: time of 1 March 2026, country, VPN.
    fn seen(sign_ins: &[(&str, &str, &str)], more: Value, field: Field) -> Option<Vec<String>> {
        let sign_ins: Vec<_> = sign_ins
            .iter()
            .map(|(at, country, vpn)| json!({"kind": "login", "at": format!("2026-03-{at}:00Z"), "country": country, "vpn": vpn}))
            .collect();
        let mut dossier =
            json!({"subject": {"location": {"text": "Denver", "country": "US"}}, "observations": sign_ins});
        if let (Value::Object(dossier), Value::Object(more)) = (&mut dossier, more) {
            dossier.extend(more);
        }
        let mut found = None;
        with_facts(dossier, |elements| found = values(elements, Category::Dossier, 0, field));
        found
    }

    #[test]
    fn declared_travel_is_left_out_of_the_share() {
        let sign_ins =
            [("01T10:00", "PT", ""), ("02T10:00", "PT", ""), ("03T10:00", "US", ""), ("04T10:00", "PT", "Some VPN")];
        let share = seen(&sign_ins, json!({}), Field::SubjectElsewhereShare).expect("is known");
        assert!(share[0].starts_with("0.66"), "{share:?}");
        let travel = json!({"declarations": [{"kind": "travel", "value": "Portugal", "from": "2026-02-25", "to": "2026-03-10"}]});
        assert_eq!(seen(&sign_ins, travel, Field::SubjectElsewhereShare), one("0"));
        assert_eq!(seen(&sign_ins, json!({"subject": {}}), Field::SubjectElsewhereShare), None);
        assert_eq!(seen(&sign_ins, json!({}), Field::SubjectVpnShare), one("0.25"));
    }

    #[test]
    fn a_vpn_that_drops_is_seen_within_an_hour_only() {
        let near = [("01T10:00", "US", "Some VPN"), ("01T10:30", "PT", ""), ("01T10:40", "US", "Some VPN")];
        assert_eq!(seen(&near, json!({}), Field::SubjectVpnDrops), one("1"));
        let far = [("01T10:00", "US", "Some VPN"), ("01T11:30", "PT", "")];
        assert_eq!(seen(&far, json!({}), Field::SubjectVpnDrops), one("0"));
        let home = [("01T10:00", "PT", "Some VPN"), ("01T10:30", "US", "")];
        assert_eq!(seen(&home, json!({}), Field::SubjectVpnDrops), one("0"));
    }

    #[test]
    fn another_device_is_another_sitting() {
        let devices = json!({"observations": [
            {"kind": "login", "at": "2026-03-01T10:00:00Z", "country": "US", "vpn": "Some VPN", "device": "A"},
            {"kind": "login", "at": "2026-03-01T10:10:00Z", "country": "PT", "vpn": "", "device": "B"}]});
        assert_eq!(seen(&[], devices, Field::SubjectVpnDrops), one("0"));
    }

    #[test]
    fn countries_and_journeys_count_plain_sign_ins() {
        let day = [("01T01:00", "US", ""), ("01T09:00", "PT", ""), ("01T10:59", "CA", ""), ("02T02:00", "BR", "")];
        assert_eq!(seen(&day, json!({}), Field::SubjectCountries24Hours), one("3"));
        assert_eq!(seen(&day, json!({}), Field::SubjectImpossibleTravels), one("1"));
        let vpn = [("01T01:00", "US", ""), ("01T01:10", "PT", "Some VPN"), ("01T01:20", "US", "")];
        assert_eq!(seen(&vpn, json!({}), Field::SubjectImpossibleTravels), one("0"));
        let hosting = json!({"observations": [
            {"kind": "login", "at": "2026-03-01T10:00:00Z", "country": "US", "asn": 64500},
            {"kind": "login", "at": "2026-03-01T10:10:00Z", "country": "PT"}]});
        assert_eq!(seen(&[], hosting, Field::SubjectImpossibleTravels), one("0"));
    }

    #[test]
    fn the_longest_run_of_hours_is_found() {
        let hours = ["01T08:10", "01T09:50", "01T10:00", "01T10:30", "01T14:00", "01T15:00"];
        let sign_ins: Vec<_> = hours.iter().map(|at| (*at, "US", "")).collect();
        assert_eq!(seen(&sign_ins, json!({}), Field::SubjectLongestActiveHours), one("3"));
        assert_eq!(seen(&[], json!({}), Field::SubjectLongestActiveHours), None);
    }
}
