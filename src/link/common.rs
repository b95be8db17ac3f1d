//! Something that several records have in common: what it is, what it is worth, and where each of them has it.

use super::key::KeyKind;
use super::near_text::TextKind;
use crate::dossier::{Date, Place, Quote};
use crate::screening::Tie;

/// Least share of shingles that two texts have in common to be one text reworded (a fifth of its words), near-duplicates,
/// and nearly the same; with what that is worth in decibans (family K of the catalogue: moderate and strong; a judgement
/// for reworded ones, of which no three tie two records by themselves).
pub(super) const REWORDED: (f64, f64) = (0.4, 5.0);
pub(super) const NEAR: (f64, f64) = (0.6, 12.0);
pub(super) const NEARLY_SAME: (f64, f64) = (0.8, 20.0);

/// What records have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// A value.
    Key(KeyKind),
    /// Texts of one kind that are near-duplicates, with their Jaccard index.
    Text(TextKind, f64),
    /// Portraits that look alike: their perceptual hashes differ in a few bits, as they are or mirrored.
    Portrait,
    /// Domains that were set up in the same way some days apart.
    Setup,
}

impl What {
    /// The word for it, as the kind of a tie.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Key(kind) => kind.as_str(),
            Self::Text(_, jaccard) if jaccard < NEAR.0 => "reworded_text",
            Self::Text(..) => "near_text",
            Self::Portrait => "near_photo",
            Self::Setup => "near_domain",
        }
    }
}

/// Something that records have in common.
#[derive(Debug, Clone)]
pub(super) struct Common {
    pub(super) what: What,
    /// Weight of evidence in decibans.
    pub(super) strength: f64,
    /// Each record once, in order of rank; at least two.
    pub(super) holders: Vec<Holder>,
}

/// A record that has it, and where.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    /// Position among all records that were read again, by id: the order of the input makes no difference.
    pub(super) rank: u32,
    pub(super) place: Place,
    pub(super) quote: Quote,
}

/// Something of a record, and words of another record with which it does not go together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    pub(super) place: Place,
    pub(super) elsewhere: Quote,
}

/// A date as it stands in a record: dates print as they were read.
pub(super) fn exact(dossier: &str, place: Place, date: Date) -> Quote {
    let quote = date.to_string();
    Quote { dossier: dossier.to_owned(), pointer: place.path.to_string(), start: 0, end: quote.len(), quote }
}

impl Common {
    /// The same among some records only; `None` where fewer than two of them have it.
    pub(super) fn among(&self, members: &[u32]) -> Option<Self> {
        let is_member = |holder: &&Holder| members.binary_search(&holder.rank).is_ok();
        let holders: Vec<Holder> = self.holders.iter().filter(is_member).cloned().collect();
        (holders.len() > 1).then_some(Self { holders, ..*self })
    }

    /// Ties from each holder to the next: all that have it are tied by one less than their number.
    pub(super) fn ties(&self) -> impl Iterator<Item = Tie> + '_ {
        self.holders.windows(2).map(|pair| Tie {
            a: pair[0].quote.dossier.clone(),
            b: pair[1].quote.dossier.clone(),
            kind: self.what.as_str().to_owned(),
            strength: self.strength,
            evidence: vec![pair[0].quote.clone(), pair[1].quote.clone()],
        })
    }
}

/// What portraits weigh whose perceptual hashes differ in so many bits, in decibans. Portraits are made alike: of
/// drawings of heads and shoulders that have nothing to do with each other 0.014 % are within six bits, and 160 times
/// fewer within two, so that only these tie two records by themselves.
pub(super) fn alike(bits: u32) -> f64 {
    match bits {
        0..=2 => 20.0,
        3..=4 => 14.0,
        _ => 10.0,
    }
}

/// What domains weigh that were registered so many days apart, in decibans: less than those of one day, and none ties two
/// records by itself. Judgements.
pub(super) fn set_up(days: i32) -> f64 {
    if days <= 2 { 12.0 } else { 9.0 }
}

/// What something that so many share weighs: five decibans less for each time that their number is ten times larger,
/// since what many have says less of two of them. A judgement.
pub(super) fn weighed(strength: f64, holders: u32) -> f64 {
    strength - 5.0 * (f64::from(holders.max(2)) / 2.0).log10()
}
