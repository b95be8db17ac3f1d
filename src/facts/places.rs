//! Where the person claims to be, and how far that is from what was observed.
//!
//! A country by itself is never a fact: only whether two statements about the same person agree.
//! What a text names is for the [`gazetteer`](super::gazetteer) to say.

use super::gazetteer::{Gazetteer, Resolved};
use super::place::Country;
use crate::dossier::{Date, Declaration, DeclarationKind, Dossier, Location, Path};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// Where the person claims to be, with declared travel and addresses.
#[derive(Debug)]
pub(crate) struct Claimed<'d> {
    location: Option<&'d Location>,
    place: Option<Resolved>,
    /// A zone that the location names itself; it decides.
    zone: Option<TimeZone>,
    declared: Vec<Declared<'d>>,
    places: &'d Gazetteer,
}

/// A declared travel or address.
#[derive(Debug)]
struct Declared<'d> {
    declaration: &'d Declaration,
    /// `None` where the declaration names no place that is known: then it explains every place.
    place: Option<Resolved>,
}

impl<'d> Claimed<'d> {
    /// Reads the claimed location and what was declared.
    pub(crate) fn new(dossier: &'d Dossier, places: &'d Gazetteer) -> Self {
        let location = dossier.subject.location.as_ref();
        let declared = dossier
            .declarations
            .iter()
            .filter(|declaration| matches!(declaration.kind, DeclarationKind::Travel | DeclarationKind::Address))
            .map(|declaration| Declared {
                declaration,
                place: declaration.value.as_deref().and_then(|value| places.resolve(value)),
            })
            .collect();
        Self {
            location,
            place: location.and_then(|location| resolve(places, location)),
            zone: location.and_then(|location| places.zone_named(location.time_zone.as_deref()?)),
            declared,
            places,
        }
    }

    /// Whether the location names a place that is known; `None` where no location is claimed.
    pub(crate) fn is_known(&self) -> Option<bool> {
        self.location.map(|_| self.place.is_some() || self.zone.is_some())
    }

    /// The claimed country, ISO 3166-1 alpha-2 in upper case, if a place is claimed that is known.
    pub(crate) fn country(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.country.as_str())
    }

    /// Where the claim was read, for evidence.
    pub(crate) fn path(&self) -> Path {
        location_path(
            self.location,
            [
                "/subject/location/text",
                "/subject/location/city",
                "/subject/location/country",
                "/subject/location/region",
                "/subject/location/time_zone",
                "/subject/location",
            ],
        )
    }

    /// Whether a country (ISO 3166-1 alpha-2, any case) is the claimed one; travel and addresses declared for the
    /// time (or without a time, or when `at` is unknown) agree. `None` where no place is claimed that is known.
    pub(crate) fn country_agrees(&self, country: &str, at: Option<Date>) -> Option<bool> {
        let country = Country::read(country)?;
        let claimed = self.place.as_ref()?;
        if claimed.country == country {
            return Some(true);
        }
        Some(self.declared_at(at).any(|declared| declared.place.as_ref().is_none_or(|place| place.country == country)))
    }

    /// Whether another statement of a place names the claimed country; `None` where either is unknown.
    pub(crate) fn location_agrees(&self, other: &Location) -> Option<bool> {
        let other = resolve(self.places, other)?;
        self.country_agrees(other.country.as_str(), None)
    }

    /// Whether the place of a postal address is the claimed one: another country, or a city whose clocks differ,
    /// contradicts; the same city agrees, and so does any place in a country that is claimed as a whole. `None`
    /// between two cities of one zone: people move, and work near where they live.
    pub(crate) fn address_agrees(&self, address: &Resolved) -> Option<bool> {
        let claimed = self.place.as_ref()?;
        if self.country_agrees(address.country.as_str(), None) == Some(false) {
            return Some(false);
        }
        let apart = !claimed.zones.iter().any(|zone| address.zones.contains(zone));
        if claimed.country != address.country {
            // Declared.
            Some(true)
        } else if !claimed.cities.is_empty() && !address.cities.is_empty() && apart {
            Some(false)
        } else if claimed.cities.is_empty() || claimed.cities.iter().any(|city| address.cities.contains(city)) {
            Some(true)
        } else {
            None
        }
    }

    /// Hours between the claimed zone and a zone (IANA name, or an offset such as `+09:00`, `UTC-5`) at a time, the
    /// least over the zones of the claimed place and of travel and addresses declared for the time; 0 to 12, as
    /// clocks show it. `None` where either is unknown.
    pub(crate) fn zone_distance_hours(&self, zone: &str, at: Date) -> Option<f64> {
        let zone = zone.trim();
        if let Some(minutes) = read_offset(zone) {
            return self.offset_distance_hours(minutes, at);
        }
        let zone = self.places.zone_named(zone)?;
        self.distance(at, |instant| zone.to_offset(instant).seconds())
    }

    /// The same for an offset in minutes east of UTC.
    pub(crate) fn offset_distance_hours(&self, minutes: i16, at: Date) -> Option<f64> {
        self.distance(at, |_| i32::from(minutes) * 60)
    }

    fn distance(&self, at: Date, observed: impl Fn(Timestamp) -> i32) -> Option<f64> {
        if self.declared_at(Some(at)).any(|declared| declared.place.is_none()) {
            return (self.zone.is_some() || self.place.is_some()).then_some(0.0);
        }
        let claimed = match (&self.zone, &self.place) {
            (Some(_), _) => &[][..],
            (None, Some(place)) => &place.zones[..],
            (None, None) => return None,
        };
        let declared = self.declared_at(Some(at)).filter_map(|declared| declared.place.as_ref());
        let indices = claimed.iter().chain(declared.flat_map(|place| &place.zones));
        let interval = at.interval();
        // A date that is not known to the second may fall on either side of a change of the clocks.
        let instants = [interval.earliest, interval.latest].map(|second| Timestamp::from_second(second).ok());
        self.zone
            .iter()
            .chain(indices.filter_map(|index| self.places.zone(*index)))
            .flat_map(|zone| {
                instants.iter().flatten().map(|instant| clock_difference(zone.to_offset(*instant), observed(*instant)))
            })
            .min()
            .map(|seconds| f64::from(seconds) / 3600.0)
    }

    /// Declarations that hold at a time; those without a time hold always.
    fn declared_at(&self, at: Option<Date>) -> impl Iterator<Item = &Declared<'d>> {
        self.declared.iter().filter(move |declared| {
            at.is_none_or(|at| {
                declared.declaration.from.is_none_or(|from| !at.is_before(from))
                    && declared.declaration.to.is_none_or(|to| !to.is_before(at))
            })
        })
    }
}

/// The country that a location names.
fn resolve(places: &Gazetteer, location: &Location) -> Option<Resolved> {
    let country = location.country.as_deref();
    let code = country.and_then(Country::read);
    // A country that is no code may still be a name.
    let name = country.filter(|_| code.is_none());
    let parts = [location.city.as_deref(), location.text.as_deref(), location.region.as_deref(), name];
    places.resolve_parts(parts.into_iter().flatten(), code)
}

/// The first of a location's fields that is written: text, city, country, region, zone, or all of it.
pub(crate) fn location_path(location: Option<&Location>, templates: [&'static str; 6]) -> Path {
    let written = location.map_or([false; 5], |location| {
        [&location.text, &location.city, &location.country, &location.region, &location.time_zone].map(Option::is_some)
    });
    let first = written.iter().position(|written| *written).unwrap_or(5);
    Path::plain(templates[first])
}

/// Seconds between two clocks on one face of 24 hours.
fn clock_difference(first: Offset, second: i32) -> u32 {
    let apart = first.seconds().abs_diff(second) % 86_400;
    apart.min(86_400 - apart)
}

/// Minutes east of UTC of `Z`, `UTC`, `+09:00`, `-0500`, `UTC+9`, `GMT-5:30`.
fn read_offset(text: &str) -> Option<i16> {
    let rest = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text).trim();
    if rest.is_empty() || rest == "Z" {
        return (!text.is_empty()).then_some(0);
    }
    let (east, digits) = match rest.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => rest.strip_prefix('−').map(|digits| (-1, digits))?,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) => (hours, minutes),
        (None, 3 | 4) if digits.is_ascii() => digits.split_at(digits.len() - 2),
        (None, _) => (digits, "0"),
    };
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(east * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::tables;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn gazetteer() -> Gazetteer {
        Gazetteer::new(&tables())
    }

    fn claiming(text: &str) -> Dossier {
        let mut dossier = Dossier::new("d");
        dossier.subject.location = Some(Location { text: Some(text.into()), ..Location::default() });
        dossier
    }

    #[test]
    fn a_country_agrees_or_not_only_with_a_claim() {
        let places = gazetteer();
        let dossier = claiming("Toronto, ON");
        let claimed = Claimed::new(&dossier, &places);
        assert_eq!(claimed.country_agrees("ca", None), Some(true));
        assert_eq!(claimed.country_agrees("PT", None), Some(false));
        let dossier = claiming("Remote");
        let claimed = Claimed::new(&dossier, &places);
        assert_eq!((claimed.country_agrees("PT", None), claimed.is_known()), (None, Some(false)));
        assert_eq!(Claimed::new(&Dossier::new("d"), &places).is_known(), None);
    }

    #[test]
    fn declared_travel_agrees_while_it_lasts() {
        let places = gazetteer();
        let mut dossier = claiming("Toronto, ON");
        dossier.declarations.push(Declaration {
            kind: DeclarationKind::Travel,
            value: Some("Lisbon, Portugal".into()),
            from: Some(date("2026-03-01")),
            to: Some(date("2026-03-31")),
            source: None,
        });
        let claimed = Claimed::new(&dossier, &places);
        assert_eq!(claimed.country_agrees("PT", Some(date("2026-03-10"))), Some(true));
        assert_eq!(claimed.country_agrees("PT", Some(date("2026-05-10"))), Some(false));
        assert_eq!(claimed.country_agrees("PT", None), Some(true));
        assert_eq!(claimed.zone_distance_hours("Europe/Lisbon", date("2026-03-10T12:00:00Z")), Some(0.0));
        assert_eq!(claimed.zone_distance_hours("Europe/Lisbon", date("2026-05-10T12:00:00Z")), Some(5.0));
    }

    #[test]
    fn zones_are_compared_as_clocks_show_them_at_the_time() {
        let places = gazetteer();
        let dossier = claiming("Berlin");
        let claimed = Claimed::new(&dossier, &places);
        let (winter, summer) = (date("2026-01-15T12:00:00Z"), date("2026-07-15T12:00:00Z"));
        assert_eq!(claimed.zone_distance_hours("Asia/Seoul", winter), Some(8.0));
        assert_eq!(claimed.zone_distance_hours("Asia/Seoul", summer), Some(7.0));
        assert_eq!(claimed.zone_distance_hours("UTC+9", winter), Some(8.0));
        assert_eq!(claimed.zone_distance_hours("-11:00", winter), Some(12.0));
        assert_eq!(claimed.offset_distance_hours(-720, winter), Some(11.0));
        assert_eq!(claimed.zone_distance_hours("Nowhere/Land", winter), None);
        // A year is on both sides of a change of the clocks: the least counts.
        assert_eq!(claimed.zone_distance_hours("+09:00", date("2026-07")), Some(7.0));
    }

    #[test]
    fn the_location_s_own_zone_decides() {
        let places = gazetteer();
        let mut dossier = claiming("United States");
        let at = date("2026-01-15T12:00:00Z");
        assert_eq!(Claimed::new(&dossier, &places).zone_distance_hours("America/Los_Angeles", at), Some(0.0));
        if let Some(location) = &mut dossier.subject.location {
            location.time_zone = Some("America/New_York".into());
        }
        assert_eq!(Claimed::new(&dossier, &places).zone_distance_hours("America/Los_Angeles", at), Some(3.0));
    }
}
