//! Which records are one person's, why, and which identifiers say nothing because several names claim them.

use super::claims::{Agreement, Claims};
use super::identifier::{FILE, Held, Identifier};
use super::said::SamePerson;
use crate::facts::spelling::NameKnowledge;
use crate::link::graph::root_of;
use crate::link::knowledge::LinkKnowledge;
use crate::screening::Contested;
use std::collections::{BTreeMap, BTreeSet};

/// Which records of a batch are one person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Same {
    /// People with several records, by the number of the first.
    pub people: Vec<Joined>,
    /// Identifiers that joined nobody, in order.
    pub contested: Vec<Contested>,
    /// What somebody said to be a person's and no record has.
    pub unheard: Vec<Identifier>,
}

/// The records of one person, by number, each with what ties it to the others.
pub type Joined = BTreeMap<u32, Vec<String>>;

/// What joins two records.
struct Bond<'c> {
    members: [usize; 2],
    by: &'c Identifier,
    said: bool,
}

impl Same {
    /// Decides over records that share identifiers; where `exact` is not asked for, only by what somebody said.
    pub fn decide(claims: &[Claims], exact: bool, said: &[SamePerson], knowledge: &LinkKnowledge<'_>) -> Self {
        let knowledge = &knowledge.facts.names;
        let mut holders: BTreeMap<&Identifier, Vec<usize>> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            for identifier in claim.identifiers.keys() {
                holders.entry(identifier).or_default().push(index);
            }
        }
        let mut same = Self::default();
        let mut bonds = Vec::new();
        for (by, members) in holders.iter().filter(|_| exact) {
            let bonded = if by.kind == FILE { bonded_by_file } else { bonded };
            match bonded(claims, members, by, knowledge) {
                Some(found) => bonds.extend(found),
                None => same.contested.push(contested(claims, [*by], members)),
            }
        }
        for person in said {
            let mut first = None;
            for identifier in &person.0 {
                let held = holders.get_key_value(identifier);
                let is_theirs = |member: &&usize| claims[**member].identifiers[identifier] != Held::Sent;
                let members: Vec<&usize> = held.iter().flat_map(|(_, members)| *members).filter(is_theirs).collect();
                let Some((by, _)) = held.filter(|_| !members.is_empty()) else {
                    same.unheard.push(identifier.clone());
                    continue;
                };
                for member in members {
                    let first = *first.get_or_insert(*member);
                    bonds.push(Bond { members: [first, *member], by, said: true });
                }
            }
        }
        for group in groups(claims.len(), &bonds) {
            let inside: Vec<&Bond<'_>> = bonds.iter().filter(|bond| group.contains(&bond.members[0])).collect();
            if inside.iter().any(|bond| bond.said) || all_agree(claims, &group, knowledge) {
                same.people.push(joined(claims, &group, &inside));
            } else {
                let identifiers: BTreeSet<&Identifier> = inside.iter().map(|bond| bond.by).collect();
                let members: Vec<usize> = group.iter().copied().collect();
                same.contested.push(contested(claims, identifiers, &members));
            }
        }
        same.people.sort();
        same.contested.sort_by(|a, b| a.identifiers.cmp(&b.identifiers));
        same
    }
}

/// What one identifier joins; `None` if different people claim it. Who only sent it needs the name of who holds it.
fn bonded<'c>(
    claims: &[Claims],
    members: &[usize],
    by: &'c Identifier,
    knowledge: &NameKnowledge,
) -> Option<Vec<Bond<'c>>> {
    let of = |how: Held| members.iter().copied().filter(|member| claims[*member].identifiers[by] == how).collect();
    let (holders, senders): (Vec<usize>, Vec<usize>) = (of(Held::Own), of(Held::Sent));
    let agree = |a: usize, b: usize| claims[a].agreement(&claims[b], knowledge);
    for (nth, first) in holders.iter().enumerate() {
        if holders[nth + 1..].iter().any(|second| agree(*first, *second) == Agreement::Apart) {
            return None;
        }
    }
    let mut bonds: Vec<_> =
        holders.windows(2).map(|pair| Bond { members: [pair[0], pair[1]], by, said: false }).collect();
    for sender in senders {
        let own = holders.iter().find(|holder| agree(sender, **holder) == Agreement::SameName);
        bonds.extend(own.map(|holder| Bond { members: [*holder, sender], by, said: false }));
    }
    Some(bonds)
}

/// What the name of a file joins: who names it with who holds it, if there is no doubt which of several is meant. Files of
/// one name, as `cv.pdf`, are not the same; who only names it is nobody who holds it.
fn bonded_by_file<'c>(
    claims: &[Claims],
    members: &[usize],
    by: &'c Identifier,
    knowledge: &NameKnowledge,
) -> Option<Vec<Bond<'c>>> {
    let (holders, naming): (Vec<usize>, Vec<usize>) =
        members.iter().copied().partition(|member| claims[*member].identifiers[by] == Held::Own);
    let mut bonds = Vec::new();
    for name in naming.into_iter().filter(|_| !holders.is_empty()) {
        let agreement = |holder: usize| claims[name].agreement(&claims[holder], knowledge);
        let same: Vec<usize> =
            holders.iter().copied().filter(|holder| agreement(*holder) == Agreement::SameName).collect();
        let holder = match (&same[..], &holders[..]) {
            ([one], _) => *one,
            ([], [only]) if agreement(*only) == Agreement::NothingAgainst => *only,
            _ => return None,
        };
        bonds.push(Bond { members: [holder, name], by, said: false });
    }
    Some(bonds)
}

fn all_agree(claims: &[Claims], group: &BTreeSet<usize>, knowledge: &NameKnowledge) -> bool {
    let members: Vec<&Claims> = group.iter().map(|member| &claims[*member]).collect();
    members.iter().enumerate().all(|(nth, first)| {
        members[nth + 1..].iter().all(|second| first.agreement(second, knowledge) != Agreement::Apart)
    })
}

/// Records that hang together, of those that are joined at all.
fn groups(count: usize, bonds: &[Bond<'_>]) -> Vec<BTreeSet<usize>> {
    let mut root: Vec<usize> = (0..count).collect();
    for bond in bonds {
        let [a, b] = bond.members.map(|member| root_of(&mut root, member));
        root[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for at in 0..count {
        groups.entry(root_of(&mut root, at)).or_default().insert(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn joined(claims: &[Claims], group: &BTreeSet<usize>, bonds: &[&Bond<'_>]) -> Joined {
    let by = |member: &usize| -> Vec<String> {
        let own = bonds.iter().filter(|bond| bond.members.contains(member));
        let by: BTreeSet<String> =
            own.map(|bond| if bond.said { format!("{}, as was said", bond.by) } else { bond.by.to_string() }).collect();
        by.into_iter().collect()
    };
    group.iter().map(|member| (claims[*member].number, by(member))).collect()
}

fn contested<'c>(
    claims: &[Claims],
    identifiers: impl IntoIterator<Item = &'c Identifier>,
    members: &[usize],
) -> Contested {
    let names: BTreeSet<&String> = members.iter().filter_map(|member| claims[*member].shown.as_ref()).collect();
    Contested {
        identifiers: identifiers.into_iter().map(ToString::to_string).collect(),
        names: names.into_iter().cloned().collect(),
        records: members.iter().map(|member| claims[*member].source.clone()).collect(),
    }
}
