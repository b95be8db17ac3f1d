//! Where a managed device is seen and where work is handed in from, against where the person signs in and says they are.
//!
//! Only plain connections count, as for [`sessions`](super::sessions); what agrees because of declared travel says
//! nothing of the claimed place and is left out.

use super::catalogue::Field;
use super::context::Context;
use super::element::{ElementsBuilder, Origin};
use super::sessions;
use crate::dossier::{Date, Observation, ObservationKind, Path, Place};

const DAY: i64 = 24 * 60 * 60;
/// Places that one derived value names.
const PLACES: usize = 8;

/// What devices and deliveries show of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    deliveries(ctx, builder);
    devices(ctx, builder);
}

/// Plain observations of a kind with the country of their address.
fn plain<'d>(ctx: &Context<'d>, kind: ObservationKind) -> impl Iterator<Item = (usize, &'d Observation, &'d str)> {
    let all = ctx.dossier.observations.iter().enumerate();
    all.filter(move |(_, seen)| seen.kind == kind && sessions::is_plain(ctx, seen))
        .filter_map(|(index, seen)| Some((index, seen, seen.country.as_deref()?)))
}

fn place(index: usize) -> Place {
    Place::whole(Path::at("/observations/*/country", index))
}

/// Share of deliveries from another country than the claimed one.
fn deliveries<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut home = 0_usize;
    let mut elsewhere = Vec::new();
    for (index, seen, country) in plain(ctx, ObservationKind::Delivery) {
        match ctx.place.country_agrees(country, seen.at) {
            Some(false) => elsewhere.push(place(index)),
            Some(true) if is_claimed(ctx, country) => home += 1,
            Some(true) | None => {}
        }
    }
    let all = home + elsewhere.len();
    if all > 0 {
        let share = elsewhere.len() as f64 / all as f64;
        let places = elsewhere.into_iter().take(PLACES).chain([Place::whole(ctx.place.path())]);
        builder.number(Field::SubjectDeliveriesElsewhereShare, share, Origin::derived_from(places));
    }
}

/// Days in which both the device and sign-ins were seen and no country was common to them; none if one was.
fn devices<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let dated = |(index, seen, country): (usize, &'d Observation, &'d str)| Some((index, seen.at?, country));
    let devices: Vec<_> = plain(ctx, ObservationKind::Device).filter_map(dated).collect();
    let on_travel = |at: Date, country: &str| {
        !is_claimed(ctx, country) && ctx.place.country_agrees(country, Some(at)) == Some(true)
    };
    let sign_ins: Vec<_> = plain(ctx, ObservationKind::Login)
        .filter_map(dated)
        .filter(|(_, at, country)| !on_travel(*at, country))
        .collect();
    let (Some(device), Some(sign_in)) = (span(&devices), span(&sign_ins)) else { return };
    let met = devices.iter().any(|(_, _, at)| sign_ins.iter().any(|(_, _, from)| at.eq_ignore_ascii_case(from)));
    let common = device.1.min(sign_in.1) - device.0.max(sign_in.0);
    let days = if met { 0.0 } else { common.max(0) as f64 / DAY as f64 };
    let seen = [&devices, &sign_ins].into_iter().flat_map(|all| all.iter().take(PLACES / 2));
    builder.number(
        Field::SubjectDeviceLoginApartDays,
        days,
        Origin::derived_from(seen.map(|(index, ..)| place(*index))),
    );
}

/// First and last moment, in seconds.
fn span(seen: &[(usize, Date, &str)]) -> Option<(i64, i64)> {
    let moments = || seen.iter().map(|(_, at, _)| at.interval().earliest);
    Some((moments().min()?, moments().max()?))
}

fn is_claimed(ctx: &Context<'_>, country: &str) -> bool {
    ctx.place.country().is_some_and(|claimed| claimed.eq_ignore_ascii_case(country))
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{one, values, with_facts};
    use serde_json::{Value, json};

    /// Observations of somebody who says that they live in Denver: kind, day of March 2026, country, VPN.
    fn seen(observations: &[(&str, &str, &str, &str)], declarations: &Value, field: Field) -> Option<Vec<String>> {
        let observations: Vec<_> = observations
            .iter()
            .map(|(kind, day, country, vpn)| json!({"kind": kind, "at": format!("2026-03-{day}"), "country": country, "vpn": vpn}))
            .collect();
        let dossier = json!({"subject": {"location": {"text": "Denver", "country": "US"}},
            "declarations": declarations, "observations": observations});
        let mut found = None;
        with_facts(dossier, |elements| found = values(elements, Category::Dossier, 0, field));
        found
    }

    #[test]
    fn deliveries_are_compared_with_the_claimed_place() {
        let field = Field::SubjectDeliveriesElsewhereShare;
        let all = [
            ("delivery", "01", "PT", ""),
            ("delivery", "02", "US", ""),
            ("delivery", "03", "PT", "Some VPN"),
            ("login", "03", "PT", ""),
        ];
        assert_eq!(seen(&all, &json!([]), field), one("0.5"));
        let travel = json!([{"kind": "travel", "value": "Portugal", "from": "2026-02-25", "to": "2026-03-10"}]);
        assert_eq!(seen(&all, &travel, field), one("0"));
        assert_eq!(seen(&all[2..], &json!([]), field), None);
    }

    #[test]
    fn a_device_and_sign_ins_that_meet_once_are_together() {
        let field = Field::SubjectDeviceLoginApartDays;
        let apart = [
            ("device", "01", "US", ""),
            ("login", "01", "PT", ""),
            ("login", "29", "PT", ""),
            ("device", "31", "US", ""),
        ];
        assert_eq!(seen(&apart, &json!([]), field), one("28"));
        let mut met = apart.to_vec();
        met.push(("login", "15", "us", ""));
        assert_eq!(seen(&met, &json!([]), field), one("0"));
        assert_eq!(seen(&apart[..1], &json!([]), field), None);
        let travel = json!([{"kind": "travel", "value": "Portugal", "from": "2026-02-25", "to": "2026-04-10"}]);
        assert_eq!(seen(&apart, &travel, field), None);
    }
}
