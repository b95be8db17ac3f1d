//! Domains that were set up together: one registrar, the same name servers, and days that lie close.
//!
//! Those of one day share a key; here are those of days a little apart, which no key can say. What a tie by it is worth
//! is left to others.

use super::key::{Key, KeyKind};
use crate::dossier::Date;
use std::collections::BTreeSet;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Days between the registrations of domains that were set up in one campaign, at most (family K of the catalogue).
pub(super) const DAYS: i32 = 7;

/// How a domain was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Setup {
    /// Hash of registrar and name servers.
    hosting: u64,
    /// Days since 1970-01-01, by the calendar of whoever wrote the date.
    day: i32,
}

/// Setups that lie up to [`DAYS`] apart, and are not of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NearSetups {
    pub(super) first: Setup,
    pub(super) second: Setup,
    /// Records that set domains up in the same way at about that time.
    pub(super) holders: u32,
}

impl Setup {
    /// That of a domain, from its key.
    pub(super) fn of(key: &Key) -> Option<Self> {
        if key.kind != KeyKind::Domain {
            return None;
        }
        // A registrar's name may hold anything.
        let mut parts = key.value.rsplitn(3, '|');
        let (servers, day, registrar) = (parts.next()?, parts.next()?, parts.next()?);
        let day = day.parse::<Date>().ok()?.day_number()?;
        Some(Self { hosting: xxh3_64(format!("{registrar}|{servers}").as_bytes()), day })
    }
}

impl NearSetups {
    /// Days from one to the other.
    pub(super) fn days(&self) -> i32 {
        self.second.day - self.first.day
    }
}

/// Pairs of setups of different records, in order. Setups that more than `most` records have at about one time are a
/// registrar's custom, and in no pair.
///
/// `all` are sorted, each with the number of its record. Only those of one hosting and of near days are compared.
pub(super) fn near(all: &[(Setup, u32)], most: u32) -> Vec<NearSetups> {
    let mut found = Vec::new();
    for of_one in all.chunk_by(|(a, _), (b, _)| a.hosting == b.hosting).filter(|of_one| of_one.len() > 1) {
        let days: Vec<&[(Setup, u32)]> = of_one.chunk_by(|(a, _), (b, _)| a.day == b.day).collect();
        let crowds: Vec<u32> = (0..days.len()).map(|at| count(&days[around(&days, at)])).collect();
        for at in 0..days.len() {
            for other in at + 1..around(&days, at).end {
                let holders = crowds[at].max(crowds[other]);
                if holders <= most && count(&[days[at], days[other]]) > 1 {
                    found.push(NearSetups { first: days[at][0].0, second: days[other][0].0, holders });
                }
            }
        }
    }
    found
}

/// Positions of the days that are near to the one at a position.
fn around(days: &[&[(Setup, u32)]], at: usize) -> Range<usize> {
    let day = |of: &&[(Setup, u32)]| of[0].0.day;
    let here = day(&days[at]);
    let before = days[..at].iter().rev().take_while(|of| here - day(of) <= DAYS).count();
    let after = days[at..].iter().take_while(|of| day(of) - here <= DAYS).count();
    at - before..at + after
}

/// Different records of some days.
fn count(days: &[&[(Setup, u32)]]) -> u32 {
    let records: BTreeSet<u32> = days.iter().flat_map(|of| of.iter()).map(|(_, record)| *record).collect();
    u32::try_from(records.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Setup, near};
    use crate::dossier::{Path, Place};
    use crate::link::key::{Key, KeyKind};
    use proptest::prelude::*;

    fn setup(value: &str) -> Option<Setup> {
        let place = Place::whole(Path::at("/domains/*", 0));
        Setup::of(&Key { kind: KeyKind::Domain, value: value.to_owned(), place })
    }

    fn days(of: &[(&str, u32)]) -> Vec<(i32, u32)> {
        let mut all: Vec<(Setup, u32)> = of
            .iter()
            .map(|(day, record)| {
                (setup(&format!("Name | Shop|{day}|ns1.example,ns2.example")).expect("a setup"), *record)
            })
            .collect();
        all.sort_unstable();
        near(&all, 50).iter().map(|pair| (pair.days(), pair.holders)).collect()
    }

    #[test]
    fn setups_up_to_a_week_apart_meet() {
        assert_eq!(days(&[("2026-02-26", 0), ("2026-03-05", 1)]), [(7, 2)]);
        assert_eq!(days(&[("2026-02-26", 0), ("2026-03-06", 1)]), []);
        assert_eq!(days(&[("2026-02-26", 0), ("2026-02-26", 1)]), [], "a key of theirs is equal");
        assert_eq!(days(&[("2026-02-26", 0), ("2026-02-27", 0)]), [], "one person's");
        let chain = days(&[("2026-02-26", 0), ("2026-03-04", 1), ("2026-03-10", 2)]);
        assert_eq!(chain, [(6, 3), (6, 3)], "the first and the last do not meet");
    }

    #[test]
    fn another_registrar_or_name_server_is_another_setup() {
        let of = |value| setup(value).expect("a setup");
        let first = of("name shop|2026-02-26|ns1.example");
        let meets = |value| near(&[(first, 0), (of(value), 1)], 50).len() == 1;
        assert!(meets("name shop|2026-02-28|ns1.example"));
        assert!(!meets("name house|2026-02-28|ns1.example"));
        assert!(!meets("name shop|2026-02-28|ns2.example"));
        assert_eq!(setup("name shop|2026-02|ns1.example"), None);
    }

    #[test]
    fn what_a_registrars_customers_have_at_any_time_ties_nobody() {
        let crowd: Vec<(String, u32)> =
            (0..60).map(|record| (format!("2026-03-{:02}", record % 6 + 1), record)).collect();
        let crowd: Vec<(&str, u32)> = crowd.iter().map(|(day, record)| (day.as_str(), *record)).collect();
        assert_eq!(days(&crowd), []);
        assert_eq!(days(&crowd[..12]).len(), 15, "of each two days");
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_comparing_all_finds(
            all in prop::collection::btree_set((0_u64..3, 0_i32..40, 0_u32..12), 0..40),
        ) {
            let all: Vec<(Setup, u32)> =
                all.into_iter().map(|(hosting, day, record)| (Setup { hosting, day }, record)).collect();
            let mut pairs: Vec<(Setup, Setup)> = Vec::new();
            for (a, one) in &all {
                for (b, other) in &all {
                    let holds = |of: Setup| all.iter().filter(move |(setup, _)| *setup == of).map(|(_, record)| *record);
                    let alone = holds(*a).chain(holds(*b)).all(|record| record == *one && record == *other);
                    if a < b && !alone && a.hosting == b.hosting && b.day - a.day <= 7 {
                        pairs.push((*a, *b));
                    }
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
            let found: Vec<(Setup, Setup)> = near(&all, 50).iter().map(|pair| (pair.first, pair.second)).collect();
            prop_assert_eq!(found, pairs);
        }
    }
}
