//! Databases that say in which country and in whose network an address is: MaxMind's format, from a local file.
//!
//! They fill what observations do not state, and nothing that is stated. Addresses move: what a database says is true of
//! the day on which it was built, so each record names the databases that filled it.

#![expect(clippy::disallowed_methods, reason = "ingest is the reader of files")]

use super::bounded;
use super::error::IngestError;
use crate::dossier::hex;
use crate::dossier::{Date, Dossier, Locator, Provenance, Skipped};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

/// What provenance calls the source.
const ADAPTER: &str = "geoip";

/// Databases, in the order in which they are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GeoDatabases(Arc<[GeoDatabase]>);

/// A database.
pub struct GeoDatabase {
    /// File name.
    file: String,
    /// What the database calls itself: `GeoLite2-City`.
    kind: String,
    /// The day on which it was built.
    built: Date,
    /// SHA-256 in hex.
    sha256: String,
    tells: Tells,
    #[cfg(feature = "geoip")]
    reader: maxminddb::Reader<Vec<u8>>,
}

/// What a database tells of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "geoip"), expect(dead_code, reason = "nothing is read without the feature"))]
enum Tells {
    Country,
    Network,
}

/// What was found of an address.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    country: Option<String>,
    asn: Option<u32>,
    as_org: Option<String>,
}

impl fmt::Debug for GeoDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GeoDatabase").field("file", &self.file).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl PartialEq for GeoDatabase {
    fn eq(&self, other: &Self) -> bool {
        (&self.file, &self.sha256) == (&other.file, &other.sha256)
    }
}

impl Eq for GeoDatabase {}

impl GeoDatabases {
    /// Reads databases, each whole into memory, where it may take so many bytes at most.
    ///
    /// # Errors
    /// The first that cannot be read, is larger, is damaged, or tells neither countries
    /// nor networks.
    pub fn open<P: AsRef<Path>>(paths: &[P], most: u64) -> Result<Self, IngestError> {
        let read = paths.iter().map(|path| GeoDatabase::open(path.as_ref(), most));
        Ok(Self(read.collect::<Result<Vec<_>, _>>()?.into()))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &GeoDatabase> {
        self.0.iter()
    }

    /// Fills what the observations of a dossier do not state, names each database that did, and gives those that could not
    /// be asked.
    pub(crate) fn fill(&self, dossier: &mut Dossier, source: &Locator) -> Vec<Skipped> {
        let mut skipped = Vec::new();
        for database in self.iter() {
            let (filled, fault) = database.fill(dossier);
            if filled > 0 {
                database.sign(dossier, source, filled);
            }
            skipped.extend(fault.map(|reason| Skipped { source: source.clone(), reason }));
        }
        skipped
    }
}

impl GeoDatabase {
    /// File name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What the database calls itself: `GeoLite2-City`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The day on which it was built.
    pub fn built(&self) -> Date {
        self.built
    }

    /// SHA-256 in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    fn open(path: &Path, most: u64) -> Result<Self, IngestError> {
        let named = || path.display().to_string();
        let unreadable = |reason: String| IngestError::Unreadable { path: named(), reason };
        let opened = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => IngestError::Missing { path: named() },
            _ => unreadable(error.to_string()),
        })?;
        let bytes = bounded::read(opened, most).map_err(|error| unreadable(error.to_string()))?.ok_or_else(|| {
            unreadable(format!("the database has more than {most} bytes (raise --max-entry-bytes if it is meant)"))
        })?;
        let file = path.file_name().map_or_else(named, |name| name.to_string_lossy().into_owned());
        let sha256 = hex(&Sha256::digest(&bytes));
        Self::of_bytes(file, sha256, bytes).map_err(unreadable)
    }

    #[cfg(not(feature = "geoip"))]
    fn of_bytes(_: String, _: String, _: Vec<u8>) -> Result<Self, String> {
        Err("this falseface was built without `geoip` and reads no such database".to_owned())
    }

    /// # Errors
    /// Why it is no database that can be used, in a sentence.
    #[cfg(feature = "geoip")]
    fn of_bytes(file: String, sha256: String, bytes: Vec<u8>) -> Result<Self, String> {
        let reader = maxminddb::Reader::from_source(bytes).map_err(|error| {
            format!("expected a database in MaxMind's format (.mmdb, unpacked), found something else or a damaged one: {error}")
        })?;
        let metadata = reader.metadata();
        let kind = metadata.database_type.clone();
        let tells = tells(&kind).ok_or_else(|| {
            format!("expected a database of countries, cities or networks (ASN, ISP), found one of the type {kind:?} (name another)")
        })?;
        let built = i64::try_from(metadata.build_epoch).ok().and_then(Date::from_timestamp);
        let built = built.and_then(|at| Date::from_day(at.year(), at.month()?, at.day()?));
        let built = built.ok_or("the database states no day on which it was built (get it again)")?;
        Ok(Self { file, kind, built, sha256, tells, reader })
    }

    /// Fills what is missing; says how many values it filled, and why the first that failed did.
    fn fill(&self, dossier: &mut Dossier) -> (u64, Option<String>) {
        let (mut filled, mut fault) = (0, None);
        for seen in &mut dossier.observations {
            let wants = match self.tells {
                Tells::Country => seen.country.is_none(),
                Tells::Network => seen.asn.is_none() || seen.as_org.is_none(),
            };
            let Some(address) = seen.ip.as_deref().filter(|_| wants).and_then(|ip| ip.trim().parse().ok()) else {
                continue;
            };
            match self.find(address) {
                Ok(found) => {
                    filled += put(&mut seen.country, found.country);
                    // A name belongs to its number: of another network it would be wrong.
                    if seen.asn.is_none() || seen.asn == found.asn {
                        filled += put(&mut seen.as_org, found.as_org);
                    }
                    filled += put(&mut seen.asn, found.asn);
                }
                Err(reason) => {
                    fault.get_or_insert_with(|| {
                        format!(
                            "could not look up the address {address} in {}: {reason} (get the database again)",
                            self.file
                        )
                    });
                }
            }
        }
        (filled, fault)
    }

    /// Names the database as a source of a dossier; the record's own source stays the first.
    fn sign(&self, dossier: &mut Dossier, source: &Locator, filled: u64) {
        if dossier.provenance.is_empty() {
            let file = source.input_name().to_owned();
            dossier.provenance.push(Provenance { source: Some(file), ..Provenance::default() });
        }
        dossier.provenance.push(Provenance {
            name: Some(format!("{ADAPTER}: {} ({filled} values of observations)", self.kind)),
            adapter: Some(ADAPTER.to_owned()),
            source: Some(self.file.clone()),
            sha256: Some(self.sha256.clone()),
            captured_at: Some(self.built),
            ..Provenance::default()
        });
    }

    #[cfg(not(feature = "geoip"))]
    fn find(&self, _: IpAddr) -> Result<Found, String> {
        Ok(Found::default())
    }

    /// What the database says of an address.
    #[cfg(feature = "geoip")]
    fn find(&self, address: IpAddr) -> Result<Found, String> {
        let address = address.to_canonical();
        if address.is_ipv6() && self.reader.metadata().ip_version == 4 {
            return Ok(Found::default());
        }
        let entry = self.reader.lookup(address).and_then(|result| result.decode::<Entry<'_>>());
        let entry = entry.map_err(|error| error.to_string())?.unwrap_or_default();
        let owned = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(match self.tells {
            Tells::Country => Found {
                country: entry.country.and_then(|country| country.iso_code).and_then(owned),
                ..Found::default()
            },
            Tells::Network => Found {
                asn: entry.autonomous_system_number,
                as_org: entry.autonomous_system_organization.and_then(owned),
                ..Found::default()
            },
        })
    }
}

/// What a type of databases tells; several publishers keep to MaxMind's names.
#[cfg(feature = "geoip")]
fn tells(kind: &str) -> Option<Tells> {
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if has(&["City", "Country", "Enterprise"]) {
        Some(Tells::Country)
    } else if has(&["ASN", "ISP"]) {
        Some(Tells::Network)
    } else {
        None
    }
}

/// Puts a value where none is; says how many it put.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> u64 {
    let fills = place.is_none() && value.is_some();
    if fills {
        *place = value;
    }
    u64::from(fills)
}

/// What is read of an entry.
#[cfg(feature = "geoip")]
#[derive(Default, serde::Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    country: Option<CountryOf<'a>>,
    #[serde(default)]
    autonomous_system_number: Option<u32>,
    #[serde(borrow, default)]
    autonomous_system_organization: Option<&'a str>,
}

#[cfg(feature = "geoip")]
#[derive(Default, serde::Deserialize)]
struct CountryOf<'a> {
    #[serde(borrow, default)]
    iso_code: Option<&'a str>,
}
