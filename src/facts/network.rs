//! What others observed, one by one: where from, through what, with which name and camera, and to which address.
//!
//! Only agreements are said: with the claimed place (declared travel agrees), with names that the person gave, with
//! addresses of documents. What sign-ins say together stands in [`sessions`](super::sessions),
//! where devices and deliveries are in [`whereabouts`](super::whereabouts).

use super::addresses;
use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::sessions;
use super::texts::TextOf;
use super::whereabouts;
use crate::dossier::{Camera, DeclarationKind, Observation, ObservationKind, Path, Place, Section};

/// The intent that says that an address passes things on.
const FORWARDING: &str = "forwarding-address";
/// Hours from which a zone is another one.
const ELSEWHERE_HOURS: f64 = 3.0;
/// Places that one derived value names.
const PLACES: usize = 8;
/// Shipping addresses that are compared with each other; further ones are not counted.
const ADDRESSES: usize = 32;
/// How an appointment ended that did not take place because of the person. Words of the record.
const AVOIDED: [&str; 5] = ["declined", "missed", "no_show", "postponed", "refused"];

/// What the observations show of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    if ctx.dossier.observations.is_empty() && !ctx.covers(Section::Observations) {
        return;
    }
    sessions::dossier(ctx, builder);
    whereabouts::dossier(ctx, builder);
    calls(ctx, builder);
    tools(ctx, builder);
    shipments(ctx, builder);
    notes(ctx, builder);
}

/// Every observation.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, observation) in ctx.dossier.observations.iter().enumerate() {
        as_observed(ctx, builder, index, observation);
        if !observation.is_mere_attempt() {
            connection(ctx, builder, index, observation);
        }
        if observation.kind == ObservationKind::Shipment {
            shipment(ctx, builder, index, observation);
        }
        builder.element(Category::Observation, Path::at("/observations/*", index));
    }
}

/// What the observer wrote, and the name in the call.
fn as_observed<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, observation: &'d Observation) {
    builder.text(Field::ObservationKind, observation.kind.as_str(), Path::at("/observations/*/kind", index));
    if let Some(note) = &observation.note {
        let path = Path::at("/observations/*/note", index);
        builder.text(Field::ObservationNote, &**note, path);
        ctx.say_intents(builder, Field::ObservationNoteIntent, path, ctx.texts.of(TextOf::ObservationNote(index)));
    }
    if let Some(outcome) = &observation.outcome {
        builder.text(Field::ObservationOutcome, outcome, Path::at("/observations/*/outcome", index));
    }
    if observation.camera != Camera::Unknown {
        builder.text(Field::ObservationCamera, observation.camera.as_str(), Path::at("/observations/*/camera", index));
    }
    if let Some(agrees) = observation.display_name.as_deref().and_then(|name| ctx.names.agrees(name)) {
        let name = Path::at("/observations/*/display_name", index);
        builder.flag(Field::ObservationNameAgrees, agrees, Origin::derived(Place::whole(name)));
    }
    let seen = Path::at("/observations/*/remote_access", index);
    product(builder, Field::ObservationRemoteAccess, observation.remote_access.as_deref(), seen);
}

/// A product by name; an empty name says that none was seen.
fn product<'d>(builder: &mut ElementsBuilder<'d>, field: Field, name: Option<&'d str>, path: Path) {
    match name.map(str::trim) {
        Some("") => builder.known(field),
        Some(name) => builder.text(field, name, path),
        None => {}
    }
}

/// Through what the person connected, and whether from where they say they are.
fn connection<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, observation: &'d Observation) {
    let knowledge = &ctx.knowledge.network;
    let claimed = Place::whole(ctx.place.path());
    let vpn = Path::at("/observations/*/vpn", index);
    product(builder, Field::ObservationVpn, observation.vpn.as_deref(), vpn);
    if let Some(product) = observation.vpn.as_deref().map(str::trim) {
        let documented = if product.is_empty() { Some(false) } else { knowledge.is_documented(product) };
        if let Some(documented) = documented {
            builder.flag(Field::ObservationVpnDocumented, documented, Origin::derived(Place::whole(vpn)));
        }
        let declared = ctx.declares(DeclarationKind::Vpn);
        builder.flag(Field::ObservationVpnDeclared, declared, Origin::derived(Place::whole(vpn)));
    }
    if let Some(network) = observation.asn
        && let Some(hosting) = knowledge.is_hosting(network)
    {
        let place = Place::whole(Path::at("/observations/*/asn", index));
        builder.flag(Field::ObservationHosting, hosting, Origin::derived(place));
    }
    if let Some(address) = &observation.ip
        && knowledge.has_ranges()
    {
        builder.known(Field::ObservationAddressListed);
        let place = Place::whole(Path::at("/observations/*/ip", index));
        for list in knowledge.ranges_of(address) {
            builder.fact(Field::ObservationAddressListed, Value::Text(list.into()), Origin::derived(place));
        }
    }
    if sessions::is_plain(ctx, observation)
        && let Some(country) = &observation.country
        && let Some(agrees) = ctx.place.country_agrees(country, observation.at)
    {
        let place = Place::whole(Path::at("/observations/*/country", index));
        builder.flag(Field::ObservationCountryAgrees, agrees, Origin::derived_from([place, claimed]));
    }
    if let Some(zone) = &observation.time_zone
        && let Some(hours) = ctx.place.zone_distance_hours(zone, observation.at.unwrap_or(ctx.now))
    {
        let place = Place::whole(Path::at("/observations/*/time_zone", index));
        builder.flag(Field::ObservationZoneAgrees, hours < ELSEWHERE_HOURS, Origin::derived_from([place, claimed]));
    }
}

/// Whether a shipment goes to where the person says they live, and what shape its address has.
fn shipment<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, observation: &'d Observation) {
    let Some(address) = &observation.address else { return };
    let path = Path::at("/observations/*/address", index);
    if let Some((agrees, compared)) = ship_agrees(ctx, address) {
        let places = [Place::whole(path)].into_iter().chain(compared.into_iter().take(PLACES));
        builder.flag(Field::ObservationShipAddressAgrees, agrees, Origin::derived_from(places));
    }
    builder.known(Field::ObservationShipAddressClass);
    for hit in ctx.texts.of(TextOf::ObservationAddress(index)) {
        let name = ctx.intent_name(hit.intent);
        if name == FORWARDING {
            let place = Place::part(path, hit.span.start, hit.span.end);
            builder.fact(Field::ObservationShipAddressClass, Value::Text(name.into()), Origin::read(place));
        }
    }
}

/// Whether an address agrees with the claimed place, a declared address or a document's, and what it was compared
/// with; one agreement is enough.
fn ship_agrees(ctx: &Context<'_>, address: &str) -> Option<(bool, Vec<Place>)> {
    let mut differs = Vec::new();
    match addresses::agrees_with_claim(address, ctx) {
        Some(true) => return Some((true, vec![Place::whole(ctx.place.path())])),
        Some(false) => differs.push(Place::whole(ctx.place.path())),
        None => {}
    }
    for (number, document) in ctx.dossier.documents.iter().enumerate() {
        let Some(on_document) = &document.address_on_document else { continue };
        let place = Place::whole(Path::at("/documents/*/address_on_document", number));
        match addresses::agree(address, on_document, ctx) {
            Some(true) => return Some((true, vec![place])),
            Some(false) => differs.push(place),
            None => {}
        }
    }
    (!differs.is_empty()).then_some((false, differs))
}

/// Cameras that stayed off, and appointments that did not take place.
fn calls<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let (mut cameras, mut outcomes) = (false, false);
    let (mut hidden, mut avoided) = (Vec::new(), Vec::new());
    for (index, observation) in ctx.dossier.observations.iter().enumerate() {
        let call =
            matches!(observation.kind, ObservationKind::Call | ObservationKind::Interview | ObservationKind::Meeting);
        if call && observation.camera != Camera::Unknown {
            cameras = true;
            if matches!(observation.camera, Camera::Off | Camera::Refused) {
                hidden.push(Place::whole(Path::at("/observations/*/camera", index)));
            }
        }
        if (call || observation.kind == ObservationKind::Onboarding)
            && let Some(outcome) = &observation.outcome
        {
            outcomes = true;
            if was_avoided(outcome) {
                avoided.push(Place::whole(Path::at("/observations/*/outcome", index)));
            }
        }
    }
    if cameras {
        count(builder, Field::SubjectCameraRefusals, &hidden);
    }
    if outcomes {
        count(builder, Field::SubjectMeetingsAvoided, &avoided);
    }
}

/// Whether this is how an appointment ended that did not take place because of the person.
pub(crate) fn was_avoided(outcome: &str) -> bool {
    AVOIDED.contains(&outcome.trim().to_ascii_lowercase().replace([' ', '-'], "_").as_str())
}

/// The number of places, computed from the first of them.
fn count(builder: &mut ElementsBuilder<'_>, field: Field, places: &[Place]) {
    builder.number(field, places.len() as f64, Origin::derived_from(places.iter().copied().take(PLACES)));
}

fn tools<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, observation) in ctx.dossier.observations.iter().enumerate() {
        let seen = Path::at("/observations/*/remote_access", index);
        product(builder, Field::SubjectRemoteAccessTools, observation.remote_access.as_deref(), seen);
    }
}

/// Shipping addresses, those that are spellings of one counted once.
fn shipments<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut apart: Vec<(&str, Place)> = Vec::new();
    let mut known = false;
    for (index, observation) in ctx.dossier.observations.iter().enumerate() {
        if observation.kind != ObservationKind::Shipment {
            continue;
        }
        let Some(address) = observation.address.as_deref() else { continue };
        known = true;
        if apart.len() >= ADDRESSES {
            break;
        }
        // What cannot be told apart is the same.
        if apart.iter().all(|(other, _)| addresses::agree(address, other, ctx) == Some(false)) {
            apart.push((address, Place::whole(Path::at("/observations/*/address", index))));
        }
    }
    if known {
        let places: Vec<Place> = apart.into_iter().map(|(_, place)| place).collect();
        count(builder, Field::SubjectShippingAddresses, &places);
    }
}

fn notes<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, observation) in ctx.dossier.observations.iter().enumerate() {
        if observation.note.is_some() {
            let path = Path::at("/observations/*/note", index);
            let hits = ctx.texts.of(TextOf::ObservationNote(index));
            ctx.say_intents(builder, Field::SubjectAnalystNoteIntent, path, hits);
        }
    }
}

#[cfg(test)]
#[expect(clippy::needless_pass_by_value, reason = "tests read better without borrowing each JSON value")]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{one, values, with_facts};
    use serde_json::{Value, json};

    fn dossier(observations: Value) -> Value {
        json!({"subject": {"names": [{"value": "Ana Example"}], "location": {"text": "Denver", "country": "US", "city": "Denver"}},
               "observations": observations})
    }

    #[test]
    fn a_sign_in_that_failed_may_be_anybodys() {
        let with = |outcome: &str| {
            dossier(json!([
                {"kind": "login", "at": "2026-03-01T10:00:00Z", "country": "US", "outcome": "success"},
                {"kind": "login", "at": "2026-03-01T10:05:00Z", "country": "PT", "vpn": "Some VPN", "outcome": outcome},
            ]))
        };
        let travels = |outcome| found(with(outcome), Category::Dossier, Field::SubjectElsewhereShare);
        assert_eq!((travels("failure"), travels("Interrupted")), (one("0"), one("0")));
        let json = dossier(json!([{"kind": "login", "country": "PT", "outcome": "failure"}]));
        assert_eq!(found(json, Category::Observation, Field::ObservationCountryAgrees), None);
        let json = dossier(json!([{"kind": "login", "country": "PT", "outcome": "success"}]));
        assert_eq!(found(json, Category::Observation, Field::ObservationCountryAgrees), one("false"));
    }

    fn found(json: Value, category: Category, field: Field) -> Option<Vec<String>> {
        let mut found = None;
        with_facts(json, |elements| found = values(elements, category, 0, field));
        found
    }

    fn seen(observation: Value, field: Field) -> Option<Vec<String>> {
        found(dossier(json!([observation])), Category::Observation, field)
    }

    #[test]
    fn a_country_is_compared_only_where_it_says_where_somebody_is() {
        let login = |vpn: Value, country: &str| json!({"kind": "login", "country": country, "vpn": vpn});
        assert_eq!(seen(login(json!(""), "PT"), Field::ObservationCountryAgrees), one("false"));
        assert_eq!(seen(login(json!(null), "us"), Field::ObservationCountryAgrees), one("true"));
        assert_eq!(seen(login(json!("Some VPN"), "PT"), Field::ObservationCountryAgrees), None);
        let server = json!({"kind": "login", "country": "PT", "asn": 64500});
        assert_eq!(seen(server.clone(), Field::ObservationCountryAgrees), None);
        assert_eq!(seen(server, Field::ObservationHosting), one("true"));
    }

    #[test]
    fn no_vpn_is_known_and_an_unnamed_one_is_not() {
        let vpn = |vpn: Value| json!({"kind": "login", "vpn": vpn});
        assert_eq!(seen(vpn(json!("Sample VPN 2")), Field::ObservationVpnDocumented), one("true"));
        assert_eq!(seen(vpn(json!("")), Field::ObservationVpnDocumented), one("false"));
        assert_eq!(seen(vpn(json!(null)), Field::ObservationVpnDocumented), None);
        let mut declared = dossier(json!([vpn(json!("Sample VPN"))]));
        declared["declarations"] = json!([{"kind": "vpn"}]);
        assert_eq!(found(declared, Category::Observation, Field::ObservationVpnDeclared), one("true"));
    }

    #[test]
    fn ranges_zones_and_names_are_compared() {
        let login =
            json!({"kind": "login", "ip": "203.0.113.9", "time_zone": "Europe/Lisbon", "at": "2026-03-01T10:00:00Z"});
        assert_eq!(seen(login.clone(), Field::ObservationAddressListed), one("test-ranges"));
        assert_eq!(seen(login, Field::ObservationZoneAgrees), one("false"));
        let near = json!({"kind": "login", "ip": "198.51.100.1", "time_zone": "-05:00", "at": "2026-03-01T10:00:00Z"});
        assert_eq!(seen(near.clone(), Field::ObservationAddressListed), Some(vec![]));
        assert_eq!(seen(near, Field::ObservationZoneAgrees), one("true"));
        let call = |name: &str| json!({"kind": "call", "display_name": name});
        assert_eq!(seen(call("A. Example"), Field::ObservationNameAgrees), one("true"));
        assert_eq!(seen(call("Boris Muster"), Field::ObservationNameAgrees), one("false"));
    }

    #[test]
    fn a_shipment_agrees_with_one_documented_address() {
        let parcel = json!({"kind": "shipment", "address": "PO Box 7, 40 Elm Road, Lisbon, Portugal"});
        assert_eq!(seen(parcel.clone(), Field::ObservationShipAddressClass), one("forwarding-address"));
        let mut documented = dossier(json!([parcel]));
        documented["documents"] =
            json!([{"kind": "contract", "address_on_document": "PO Box 7, 40 Elm Road, Lisbon, Portugal"}]);
        assert_eq!(found(documented, Category::Observation, Field::ObservationShipAddressAgrees), one("true"));
        let letter = json!({"kind": "login", "address": "PO Box 7"});
        assert_eq!(seen(letter, Field::ObservationShipAddressClass), None);
    }

    #[test]
    fn cameras_and_missed_appointments_are_counted() {
        let calls = || {
            dossier(json!([
                {"kind": "interview", "camera": "refused", "outcome": "passed"},
                {"kind": "call", "camera": "off"},
                {"kind": "meeting", "camera": "on", "outcome": "No-show"},
                {"kind": "login", "camera": "off"},
                {"kind": "onboarding", "outcome": "declined"}]))
        };
        assert_eq!(found(calls(), Category::Dossier, Field::SubjectCameraRefusals), one("2"));
        assert_eq!(found(calls(), Category::Dossier, Field::SubjectMeetingsAvoided), one("2"));
        let silent = dossier(json!([{"kind": "interview"}]));
        assert_eq!(found(silent, Category::Dossier, Field::SubjectCameraRefusals), None);
    }

    #[test]
    fn tools_are_listed_once_each_was_looked_for() {
        let tools = |tool: Value| dossier(json!([{"kind": "device", "remote_access": tool}]));
        let field = Field::SubjectRemoteAccessTools;
        assert_eq!(found(tools(json!("SampleDesk")), Category::Dossier, field), one("SampleDesk"));
        assert_eq!(found(tools(json!("")), Category::Dossier, field), Some(vec![]));
        assert_eq!(found(tools(json!(null)), Category::Dossier, field), None);
    }
}
