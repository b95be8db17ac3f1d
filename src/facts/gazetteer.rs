//! From a place as written to its country and zones, by the table `places`.
//!
//! What a text leaves open stays unknown: `Cambridge` alone is no place, `Cambridge, MA` is one.

use super::place::{self, Country, Place, PlaceKind, fold, is_separator};
use crate::content::Content;
use foldhash::HashMap;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::OnceLock;

/// Longest text that is read as a place, in bytes.
const LONGEST: usize = 200;

/// Places with country and zone.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    places: Vec<Place>,
    /// Positions in `places` by folded name or alias.
    names: HashMap<Box<str>, Vec<u32>>,
    /// Position in `places` by country code.
    countries: HashMap<Country, u32>,
    zones: Vec<(Box<str>, OnceLock<Option<TimeZone>>)>,
    /// Folded words that say nothing, the longest first.
    asides: Vec<Box<str>>,
    database: TimeZoneDatabase,
}

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// Its country.
    pub(crate) country: Country,
    /// Its zones, as positions in the gazetteer; several for a country or region that has several.
    pub(crate) zones: Vec<u16>,
    /// The cities it may be, as positions in the gazetteer; none where the text names only a country or region.
    pub(crate) cities: Vec<u32>,
}

impl Gazetteer {
    /// Reads the tables.
    pub(crate) fn new(content: &Content) -> Self {
        let mut gazetteer = Self {
            places: Vec::new(),
            names: HashMap::default(),
            countries: HashMap::default(),
            zones: Vec::new(),
            asides: Vec::new(),
            database: TimeZoneDatabase::bundled(),
        };
        let rows = content.table("places").map_or(&[][..], |table| table.rows());
        gazetteer.places.reserve(rows.len());
        // A place has three names on average.
        gazetteer.names.reserve(3 * rows.len());
        if let Some(words) = content.list("place-words") {
            gazetteer.asides = words.values().map(|word| fold(word).into()).collect();
            gazetteer.asides.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        let mut zone_index: HashMap<&str, u16> = HashMap::default();
        for row in rows {
            let Some(country) = Country::read(row.cell(2)) else { continue };
            let kind = match row.cell(1) {
                "country" => PlaceKind::Country,
                "region" => PlaceKind::Region,
                _ => PlaceKind::City,
            };
            let zones = row.cell(4).split('|').filter(|zone| !zone.is_empty()).map(|zone| {
                *zone_index.entry(zone).or_insert_with(|| {
                    gazetteer.zones.push((zone.into(), OnceLock::new()));
                    u16::try_from(gazetteer.zones.len() - 1).unwrap_or(u16::MAX)
                })
            });
            let place = Place {
                kind,
                country,
                zones: zones.collect(),
                region: row.cell(3).into(),
                population: row.cell(5).parse().unwrap_or(0),
            };
            let index = u32::try_from(gazetteer.places.len()).unwrap_or(u32::MAX);
            if kind == PlaceKind::Country {
                gazetteer.countries.insert(country, index);
            }
            gazetteer.places.push(place);
            for name in std::iter::once(row.cell(0)).chain(row.cell(6).split('|')) {
                let name = fold(name);
                if !name.is_empty() {
                    let places = gazetteer.names.entry(name.into()).or_default();
                    if places.last() != Some(&index) {
                        places.push(index);
                    }
                }
            }
        }
        gazetteer
    }

    /// The place that a text such as `Toronto, ON` or `서울시 강남구` names; `None` where it names none for certain.
    pub(crate) fn resolve(&self, text: &str) -> Option<Resolved> {
        self.resolve_parts([text], None)
    }

    /// The same for a place in several parts, from the smallest to the greatest; a country code decides.
    pub(crate) fn resolve_parts<'t>(
        &self,
        parts: impl IntoIterator<Item = &'t str>,
        country: Option<Country>,
    ) -> Option<Resolved> {
        let mut segments: Vec<Vec<u32>> = Vec::with_capacity(4);
        for part in parts.into_iter().filter(|part| part.len() <= LONGEST) {
            for segment in part.split(is_separator).flat_map(|segment| segment.split(" - ")) {
                self.candidates(segment.trim(), &mut segments);
            }
        }
        let country = match country {
            Some(country) => country,
            None => place::country_of(&self.read(&segments))?,
        };
        let of_kind = |kind: PlaceKind| {
            let here = |index: &u32| {
                let place = self.place(*index)?;
                (place.country == country && place.kind == kind).then_some((*index, place))
            };
            segments
                .iter()
                .map(|segment| segment.iter().filter_map(here).collect::<Vec<_>>())
                .find(|places| !places.is_empty())
                .unwrap_or_default()
        };
        let regions = of_kind(PlaceKind::Region);
        let mut cities = of_kind(PlaceKind::City);
        if let Some((_, region)) = regions.first()
            && cities.iter().any(|(_, city)| city.region == region.region)
        {
            cities.retain(|(_, city)| city.region == region.region);
        }
        cities.sort_by_key(|(_, city)| std::cmp::Reverse(city.population));
        if let [(_, first), (_, second), ..] = cities[..]
            && place::dominates(first.population, second.population)
        {
            cities.truncate(1);
        }
        let places: Vec<&Place> = if !cities.is_empty() {
            cities.iter().map(|(_, city)| *city).collect()
        } else if !regions.is_empty() {
            regions.iter().map(|(_, region)| *region).collect()
        } else {
            self.countries.get(&country).and_then(|index| self.place(*index)).into_iter().collect()
        };
        let mut zones: Vec<u16> = places.iter().flat_map(|place| place.zones.iter().copied()).collect();
        zones.sort_unstable();
        zones.dedup();
        Some(Resolved { country, zones, cities: cities.iter().map(|(index, _)| *index).collect() })
    }

    fn read(&self, segments: &[Vec<u32>]) -> Vec<Vec<&Place>> {
        segments.iter().map(|segment| segment.iter().filter_map(|index| self.place(*index)).collect()).collect()
    }

    /// A zone by its position in the gazetteer.
    pub(crate) fn zone(&self, index: u16) -> Option<&TimeZone> {
        let (name, zone) = self.zones.get(usize::from(index))?;
        zone.get_or_init(|| self.database.get(name).ok()).as_ref()
    }

    /// A zone by its IANA name.
    pub(crate) fn zone_named(&self, name: &str) -> Option<TimeZone> {
        // The database knows names such as `Local`; only places and fixed zones say where somebody is.
        self.database.get(name).ok().filter(|zone| !zone.is_unknown())
    }

    fn place(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    /// Appends the places that a segment may name; nothing for a segment that names none.
    fn candidates(&self, raw: &str, segments: &mut Vec<Vec<u32>>) {
        let segment = fold(raw);
        if segment.is_empty() {
            return;
        }
        let capitals = raw.bytes().all(|byte| byte.is_ascii_uppercase());
        // `in` and `or` are words; after a town, or in capitals, they are codes.
        if segment.len() <= 2 && segment.is_ascii() && !capitals && segments.is_empty() {
            return;
        }
        let mut found = self.names.get(&*segment).cloned().unwrap_or_default();
        if raw.len() == 2
            && capitals
            && let Some(index) = Country::read(raw).and_then(|country| self.countries.get(&country))
            && !found.contains(index)
        {
            found.push(*index);
        }
        if !found.is_empty() {
            segments.push(found);
            return;
        }
        // House numbers and postal codes stand beside a place.
        let bare = segment.split(' ').filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
        let segment = bare.collect::<Vec<_>>().join(" ");
        let rest = self.without_asides(&segment);
        if let Some(found) = self.names.get(rest) {
            segments.push(found.clone());
        } else if rest.is_ascii() {
            // Nothing is added for an empty text.
            self.word_by_word(rest, segments);
        } else {
            for word in rest.split(' ') {
                segments.extend(self.longest_start(word).cloned());
            }
        }
    }

    /// A segment without words that say nothing at its ends: `greater boston area`.
    fn without_asides<'t>(&self, segment: &'t str) -> &'t str {
        let mut rest = segment;
        loop {
            let before = rest.len();
            for aside in &self.asides {
                if let Some(after) = rest.strip_prefix(&**aside)
                    && after.starts_with(' ')
                {
                    rest = after.trim_start();
                }
                if let Some(start) = rest.strip_suffix(&**aside)
                    && (start.ends_with(' ') || (!aside.is_ascii() && !start.is_empty()))
                {
                    rest = start.trim_end();
                }
            }
            if rest.len() == before {
                return rest;
            }
        }
    }

    /// `berlin germany`: names one after another, if they use up every word.
    fn word_by_word(&self, text: &str, segments: &mut Vec<Vec<u32>>) {
        let start = segments.len();
        let mut rest = text;
        while !rest.is_empty() {
            let mut ends = std::iter::once(rest.len()).chain(rest.rmatch_indices(' ').map(|(end, _)| end));
            let Some((end, found)) = ends.find_map(|end| Some((end, self.names.get(&rest[..end])?))) else {
                segments.truncate(start);
                return;
            };
            segments.push(found.clone());
            rest = rest[end..].trim_start();
        }
    }

    /// `東京都渋谷区`: the longest name of two characters or more that a word begins with.
    fn longest_start(&self, word: &str) -> Option<&Vec<u32>> {
        let second = word.chars().next()?.len_utf8();
        let ends = word.char_indices().rev().map(|(start, character)| start + character.len_utf8());
        ends.take_while(|end| *end > second).find_map(|end| self.names.get(&word[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::tables;
    use proptest::strategy::Strategy;

    fn gazetteer() -> Gazetteer {
        Gazetteer::new(&tables())
    }

    #[test]
    fn places_are_read_however_they_are_written() {
        let gazetteer = gazetteer();
        for (text, country, zone) in [
            ("Toronto, ON", "CA", "America/Toronto"),
            ("London, ON", "CA", "America/Toronto"),
            ("London", "GB", "Europe/London"),
            ("London, United Kingdom", "GB", "Europe/London"),
            ("서울", "KR", "Asia/Seoul"),
            ("서울시 강남구", "KR", "Asia/Seoul"),
            ("東京都渋谷区", "JP", "Asia/Tokyo"),
            ("Berlin, Germany", "DE", "Europe/Berlin"),
            ("berlin germany", "DE", "Europe/Berlin"),
            ("Berlin, DE", "DE", "Europe/Berlin"),
            ("Kleinort, Deutschland", "DE", "Europe/Berlin"),
            ("MÜNCHEN", "DE", "Europe/Berlin"),
            ("Greater Boston", "US", "America/New_York"),
            ("San Francisco Bay Area", "US", "America/Los_Angeles"),
            ("New York City Metropolitan Area", "US", "America/New_York"),
            ("Los Angeles, CA", "US", "America/Los_Angeles"),
            ("Washington, D.C.", "US", "America/New_York"),
            ("Remote, Portugal", "PT", "Europe/Lisbon"),
            ("Atlanta, Georgia", "US", "America/New_York"),
            ("Tbilisi, Georgia", "GE", "Asia/Tbilisi"),
            ("São Paulo, Brasil", "BR", "America/Sao_Paulo"),
            ("Warszawa", "PL", "Europe/Warsaw"),
            ("Москва", "RU", "Europe/Moscow"),
            ("Cambridge, MA", "US", "America/New_York"),
            ("Bangalore, IN", "IN", "Asia/Kolkata"),
        ] {
            let resolved = gazetteer.resolve(text).unwrap_or_else(|| panic!("{text} is a place"));
            assert_eq!(resolved.country.as_str(), country, "{text}");
            let zones: Vec<_> = resolved.zones.iter().map(|zone| &*gazetteer.zones[usize::from(*zone)].0).collect();
            assert!(zones.contains(&zone), "{text}: {zones:?}");
        }
    }

    #[test]
    fn what_is_open_stays_unknown() {
        let gazetteer = gazetteer();
        for text in
            ["", "Remote", "Remote – EU", "Cambridge", "Georgia", "Earth", "Germany / Poland", "in", "Worldwide"]
        {
            assert_eq!(gazetteer.resolve(text), None, "{text}");
        }
    }

    #[test]
    fn a_qualifier_beats_a_more_populous_namesake() {
        let gazetteer = gazetteer();
        let paris = gazetteer.resolve("Paris, TX").expect("a place");
        assert_eq!(paris.country.as_str(), "US");
        let country = gazetteer.resolve_parts(["Paris"], Country::read("us")).expect("the country is given");
        assert_eq!(country.country.as_str(), "US");
        assert!(country.zones.len() > 3 && country.cities.is_empty());
    }

    #[test]
    fn any_text_is_a_place_or_none() {
        let gazetteer = gazetteer();
        let part = "(berlin|東京都|渋谷区|서울시|, | - |CA|in|greater|10115|[a-z]{0,8}|\\PC{0,6})";
        let texts = proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat());
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let result = runner.run(&texts, |text| {
            if let Some(resolved) = gazetteer.resolve(&text) {
                proptest::prop_assert!(resolved.zones.iter().all(|zone| gazetteer.zone(*zone).is_some()));
            }
            Ok(())
        });
        result.expect("nothing surprises");
    }
}
