//! Domains of two people, each put beside one of the other's.
//!
//! Who set up three domains in a week and meets somebody with one has one in common with them, not three.

use super::common::{Common, Holder, What, set_up, weighed};
use crate::dossier::Place;
use std::collections::BTreeSet;

/// A domain of one person beside one of another's that was set up in the same way.
#[derive(Debug, Clone)]
pub(super) struct Couple {
    /// Days between their registrations.
    pub(super) days: i32,
    /// Records that have such domains at about that time.
    pub(super) crowd: u32,
    /// In order of rank, which differ.
    pub(super) sides: [Holder; 2],
}

/// All ways to put domains of some people beside those of others.
pub(super) fn beside(days: i32, crowd: u32, some: &[Holder], others: &[Holder]) -> Vec<Couple> {
    let mut all = Vec::new();
    for one in some {
        for other in others.iter().filter(|other| other.rank != one.rank) {
            let (first, second) = if one.rank < other.rank { (one, other) } else { (other, one) };
            all.push(Couple { days, crowd, sides: [first.clone(), second.clone()] });
        }
    }
    all
}

/// What each two people have in common: those nearest in time are put together first, and each domain once. Domains of
/// one day are put together too, and left out: they are the same by value.
pub(super) fn paired(mut all: Vec<Couple>) -> Vec<Common> {
    let people = |beside: &Couple| (beside.sides[0].rank, beside.sides[1].rank);
    let places = |beside: &Couple| (beside.sides[0].place, beside.sides[1].place);
    all.sort_by_key(|beside| (people(beside), beside.days, places(beside)));
    let mut commons = Vec::new();
    for of_two in all.chunk_by(|a, b| people(a) == people(b)) {
        let mut taken: BTreeSet<(u32, Place)> = BTreeSet::new();
        for beside in of_two {
            let sides = beside.sides.each_ref().map(|side| (side.rank, side.place));
            if sides.iter().any(|side| taken.contains(side)) {
                continue;
            }
            taken.extend(sides);
            if beside.days > 0 {
                let strength = weighed(set_up(beside.days), beside.crowd);
                commons.push(Common { what: What::Setup, strength, holders: beside.sides.to_vec() });
            }
        }
    }
    commons
}

#[cfg(test)]
mod tests {
    use super::{beside, paired};
    use crate::dossier::{Path, Place, Quote};
    use crate::link::common::Holder;

    fn domain(rank: u32, index: usize) -> Holder {
        let place = Place::whole(Path::at("/domains/*", index));
        let quote = Quote {
            dossier: format!("d{rank}"),
            pointer: place.path.to_string(),
            start: 0,
            end: 0,
            quote: String::new(),
        };
        Holder { rank, place, quote }
    }

    #[test]
    fn each_domain_stands_beside_one_of_the_others() {
        let of_first = [domain(1, 0), domain(1, 1)];
        let mut all = beside(5, 2, &of_first[..1], &[domain(2, 0)]);
        all.extend(beside(2, 2, &[domain(2, 0)], &of_first[1..]));
        let nearest = paired(all.clone());
        let places: Vec<_> = nearest[0].holders.iter().map(|side| side.quote.pointer.as_str()).collect();
        assert_eq!((nearest.len(), places), (1, vec!["/domains/1", "/domains/0"]));
        all.extend(beside(4, 2, &of_first, &[domain(2, 1), domain(2, 2)]));
        assert_eq!(paired(all.clone()).len(), 2, "the first one beside another");
        all.extend(beside(0, 2, &of_first, &of_first));
        assert_eq!(paired(all.clone()).len(), 2, "nobody is beside themselves");
        all.extend(beside(0, 2, &of_first[1..], &[domain(2, 0)]));
        assert_eq!(paired(all).len(), 1, "those of one day are told by value");
    }
}
