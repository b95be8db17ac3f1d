//! From a place as written to its country and zone, and how far a claim is from what was observed.
//!
//! A country by itself is never a fact: only whether two statements about the same person agree.

use crate::content::Content;
use crate::dossier::{Date, Dossier, Path};
use std::marker::PhantomData;

/// Places with country and zone.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {}

impl Gazetteer {
    pub(crate) fn new(_content: &Content) -> Self {
        Self {}
    }
}

/// Where the person claims to be, with declared travel and addresses.
#[derive(Debug)]
pub(crate) struct Claimed<'d> {
    place: PhantomData<&'d str>,
}

impl<'d> Claimed<'d> {
    pub(crate) fn new(_dossier: &'d Dossier, _places: &'d Gazetteer) -> Self {
        Self { place: PhantomData }
    }

    /// The claimed country, ISO 3166-1 alpha-2 in upper case, if a place is claimed that is known.
    pub(crate) fn country(&self) -> Option<&str> {
        None
    }

    /// Where the claim was read, for evidence.
    pub(crate) fn path(&self) -> Path {
        Path::plain("/subject/location")
    }

    /// Whether a country (ISO 3166-1 alpha-2, any case) is the claimed one; travel and addresses declared for the
    /// time (or without a time, or when `at` is unknown) agree. `None` where no place is claimed that is known.
    pub(crate) fn country_agrees(&self, _country: &str, _at: Option<Date>) -> Option<bool> {
        None
    }

    /// Hours between the claimed zone and a zone (IANA name, or an offset such as `+09:00`, `UTC-5`) at a time, the
    /// least over the zones of the claimed place and of travel and addresses declared for the time; 0 to 14.
    /// `None` where either is unknown.
    pub(crate) fn zone_distance_hours(&self, _zone: &str, _at: Date) -> Option<f64> {
        None
    }

    /// The same for an offset in minutes east of UTC.
    pub(crate) fn offset_distance_hours(&self, _minutes: i16, _at: Date) -> Option<f64> {
        None
    }
}
