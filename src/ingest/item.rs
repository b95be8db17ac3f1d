//! What reading yields: records still to be parsed, rejections and skips, in input order.

use super::geoip::GeoDatabases;
use super::parse::Parse;
use super::photos::Photos;
use crate::dossier::{Dossier, Locator, Rejected, Skipped};
use std::fmt;

/// One thing that was met in the input.
#[derive(Debug)]
pub enum Item {
    /// A record, not yet parsed.
    Record(Record),
    /// A record or file that could not be read.
    Rejected(Rejected),
    /// A file that is no export, or that an adapter does not need.
    Skipped(Skipped),
}

/// A record. Those of JSON carry their raw bytes, so that the caller's threads do the parsing.
#[derive(Debug)]
pub struct Record {
    source: Locator,
    body: Body,
    photos: Photos,
    geoip: GeoDatabases,
    alone: bool,
}

#[derive(Debug)]
enum Body {
    Raw { bytes: Vec<u8>, max_depth: usize, parse: &'static dyn Parse },
    Ready { dossier: Box<Dossier>, unknown_fields: Vec<String> },
    Later { bytes: usize, make: Make },
}

/// What is still to be made of a whole file: its dossier, and what of it could not be read.
struct Make(Box<dyn FnOnce(&Locator) -> Made + Send>);

/// A dossier, and what could not be read.
type Made = (Dossier, Vec<Skipped>);

impl fmt::Debug for Make {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Make")
    }
}

/// A record that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The record.
    pub dossier: Dossier,
    /// Where it stood.
    pub source: Locator,
    /// Pointers of keys that the format does not know, indices replaced by `*`; sorted, without repeats.
    pub unknown_fields: Vec<String>,
    /// Portraits that were to be read and could not be, what of a document was not, and databases that could not be asked.
    pub skipped: Vec<Skipped>,
    /// Records of one person were to be joined, and no other record is this person's.
    pub alone: bool,
}

impl From<Read> for Record {
    /// The record once more, with nothing left to be read.
    fn from(read: Read) -> Self {
        Self { alone: read.alone, ..Self::ready(read.source, read.dossier, read.unknown_fields) }
    }
}

impl Record {
    /// A record of JSON, parsed when it is read.
    pub(crate) fn raw(source: Locator, bytes: Vec<u8>, max_depth: usize, parse: &'static dyn Parse) -> Self {
        Self::of(source, Body::Raw { bytes, max_depth, parse })
    }

    /// A record that an adapter made.
    pub(crate) fn ready(source: Locator, dossier: Dossier, unknown_fields: Vec<String>) -> Self {
        Self::of(source, Body::Ready { dossier: Box::new(dossier), unknown_fields })
    }

    fn of(source: Locator, body: Body) -> Self {
        Self { source, body, photos: Photos::Unasked, geoip: GeoDatabases::default(), alone: false }
    }

    /// A record of a whole file of so many bytes, made when it is read.
    pub(crate) fn later(source: Locator, bytes: usize, make: impl FnOnce(&Locator) -> Made + Send + 'static) -> Self {
        Self::of(source, Body::Later { bytes, make: Make(Box::new(make)) })
    }

    /// The same record, with its portraits where they were found to be.
    pub(crate) fn with_photos(self, photos: &Photos) -> Self {
        Self { photos: photos.clone(), ..self }
    }

    /// The same record, with what fills the countries and networks that its observations do not state.
    pub(crate) fn with_geoip(self, geoip: &GeoDatabases) -> Self {
        Self { geoip: geoip.clone(), ..self }
    }

    /// The same record, of which no other one is the same person's.
    pub(crate) fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    /// Where it stood.
    pub fn source(&self) -> &Locator {
        &self.source
    }

    /// How many bytes it has, if it was not made of something else.
    pub(crate) fn size(&self) -> Option<usize> {
        match &self.body {
            Body::Raw { bytes, .. } => Some(bytes.len()),
            Body::Later { bytes, .. } => Some(*bytes),
            Body::Ready { .. } => None,
        }
    }

    /// Where it stood and its bytes, if nobody made something else of it.
    pub(crate) fn into_raw(self) -> Option<(Locator, Vec<u8>)> {
        match self.body {
            Body::Raw { bytes, .. } => Some((self.source, bytes)),
            Body::Later { .. } | Body::Ready { .. } => None,
        }
    }

    /// Parses and checks the record, reads its portraits and fills its observations, in the calling thread.
    ///
    /// # Errors
    /// The rejection, with the place inside the record, what was expected and what was found.
    pub fn read(self) -> Result<Read, Rejected> {
        let mut skipped = Vec::new();
        let (mut dossier, unknown_fields) = match self.body {
            Body::Raw { bytes, max_depth, parse } => parse.parse(&bytes, &self.source, max_depth)?,
            Body::Ready { dossier, unknown_fields } => (*dossier, unknown_fields),
            Body::Later { make: Make(make), .. } => {
                let (dossier, unread) = make(&self.source);
                skipped = unread;
                (dossier, Vec::new())
            }
        };
        skipped.extend(self.photos.fill(&mut dossier, &self.source));
        skipped.extend(self.geoip.fill(&mut dossier, &self.source));
        Ok(Read { dossier, source: self.source, unknown_fields, skipped, alone: self.alone })
    }
}
