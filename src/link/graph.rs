//! Which records belong together: components over what they share, without chains that one weak bond holds.

use crate::dossier::Path;
use std::collections::BTreeMap;

/// A bond below this strength, in decibans, that alone holds two groups together is cut: a judgement. One strong kind
/// of key is above it, an ordinary one below.
const BRIDGE: f64 = 20.0;

/// Most records that share a bond too weak to tie them by itself, for it to be added to others of the same pair.
const PAIRED: usize = 8;

/// How many times the threshold weak bonds of a pair must reach together: they are seldom independent, since
/// colleagues share an office, a manager and a template at once.
const TOGETHER: f64 = 1.5;

/// Something that several records share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bond {
    /// Sorted, each once; at least two.
    pub(super) members: Vec<u32>,
    /// The part of its record in which each member has it: things of one part are one piece of evidence.
    pub(super) elements: Vec<Path>,
    /// Weight of evidence in decibans.
    pub(super) strength: f64,
}

/// Records that belong together, and the bonds between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// Sorted.
    pub(super) members: Vec<u32>,
    /// Positions of the bonds between them, in order: those that tie, and weaker ones that are there as well. Not all
    /// that share a bond need be members.
    pub(super) bonds: Vec<usize>,
}

/// A bond that is strong enough, or several of one pair that are so together.
#[derive(Debug)]
struct Link {
    members: Vec<u32>,
    strength: f64,
    bonds: Vec<usize>,
}

/// Records that are tied by at least `threshold` decibans, directly or through others; in order of their first member.
pub(super) fn components(bonds: &[Bond], threshold: f64) -> Vec<Component> {
    let mut links = links(bonds, threshold);
    let mut found = Vec::new();
    let mut pending = connected(&links, (0..links.len()).collect());
    while let Some(component) = pending.pop() {
        match weakest_bridge(&links, &component) {
            Some(bridge) => {
                links[bridge].members.clear();
                let rest = component.into_iter().filter(|link| *link != bridge).collect();
                pending.extend(connected(&links, rest));
            }
            None => found.push(joined(&links, &component)),
        }
    }
    found.sort_by(|a, b| a.members.cmp(&b.members));
    add_weak(&mut found, bonds);
    found
}

/// Adds the bonds that tie nobody by themselves, where those who share one are tied by others.
fn add_weak(components: &mut [Component], bonds: &[Bond]) {
    let mut component_of: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, component) in components.iter().enumerate() {
        component_of.extend(component.members.iter().map(|member| (*member, at)));
    }
    for (position, bond) in bonds.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for component in bond.members.iter().filter_map(|member| component_of.get(member)) {
            *shared.entry(*component).or_default() += 1;
        }
        for (component, _) in shared.into_iter().filter(|(_, members)| *members > 1) {
            components[component].bonds.push(position);
        }
    }
    for component in components {
        component.bonds.sort_unstable();
        component.bonds.dedup();
    }
}

fn joined(links: &[Link], component: &[usize]) -> Component {
    let mut members: Vec<u32> = component.iter().flat_map(|link| links[*link].members.iter().copied()).collect();
    members.sort_unstable();
    members.dedup();
    let mut bonds: Vec<usize> = component.iter().flat_map(|link| links[*link].bonds.iter().copied()).collect();
    bonds.sort_unstable();
    bonds.dedup();
    Component { members, bonds }
}

/// Bonds that tie by themselves, and pairs that several weaker ones tie together.
fn links(bonds: &[Bond], threshold: f64) -> Vec<Link> {
    let mut links = Vec::new();
    let mut pairs: BTreeMap<(u32, u32), BTreeMap<Path, (f64, usize)>> = BTreeMap::new();
    for (position, bond) in bonds.iter().enumerate() {
        if bond.strength >= threshold {
            links.push(Link { members: bond.members.clone(), strength: bond.strength, bonds: vec![position] });
        } else if bond.members.len() <= PAIRED {
            for (at, first) in bond.members.iter().enumerate() {
                for second in &bond.members[at + 1..] {
                    let of_pair = pairs.entry((*first, *second)).or_default();
                    let strongest = of_pair.entry(bond.elements[at]).or_insert((bond.strength, position));
                    if bond.strength > strongest.0 {
                        *strongest = (bond.strength, position);
                    }
                }
            }
        }
    }
    for ((first, second), of_pair) in pairs {
        let strength: f64 = of_pair.values().map(|(strength, _)| strength).sum();
        if strength >= TOGETHER * threshold {
            let bonds = of_pair.into_values().map(|(_, position)| position).collect();
            links.push(Link { members: vec![first, second], strength, bonds });
        }
    }
    links
}

/// The given links, those that hang together in one list each.
fn connected(links: &[Link], of: Vec<usize>) -> Vec<Vec<usize>> {
    let mut records: BTreeMap<u32, usize> = BTreeMap::new();
    let mut parents: Vec<usize> = Vec::new();
    for link in &of {
        let mut first = None;
        for member in &links[*link].members {
            let next = records.len();
            let record = *records.entry(*member).or_insert(next);
            if record == parents.len() {
                parents.push(record);
            }
            let root = root_of(&mut parents, record);
            match first {
                None => first = Some(root),
                Some(first) => {
                    let first = root_of(&mut parents, first);
                    parents[root] = first;
                }
            }
        }
    }
    let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for link in of {
        let Some(record) = links[link].members.first().and_then(|member| records.get(member)) else { continue };
        lists.entry(root_of(&mut parents, *record)).or_default().push(link);
    }
    lists.into_values().collect()
}

pub(crate) fn root_of(parents: &mut [usize], mut record: usize) -> usize {
    while parents[record] != record {
        // Halves the way for the next one.
        parents[record] = parents[parents[record]];
        record = parents[record];
    }
    record
}

/// The weakest link below [`BRIDGE`] without which a component falls into parts, two of which have two records or more.
fn weakest_bridge(links: &[Link], component: &[usize]) -> Option<usize> {
    let mut weak: Vec<usize> = component.iter().copied().filter(|link| links[*link].strength < BRIDGE).collect();
    if weak.is_empty() || component.len() < 3 {
        return None;
    }
    let bridges = Walk::new(links, component).bridges();
    weak.retain(|link| bridges.contains(link));
    weak.into_iter().min_by(|a, b| links[*a].strength.total_cmp(&links[*b].strength).then(a.cmp(b)))
}

/// A walk through records and links by turns (Tarjan 1972, without recursion): a link whose part of the walk is reached
/// in no other way is a bridge.
struct Walk<'l> {
    component: &'l [usize],
    /// For each node, the others that it touches: links come first, then records.
    neighbours: Vec<Vec<usize>>,
    records: usize,
}

/// What is known of a node of the walk.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// When it was first reached, from 1.
    reached: usize,
    /// The earliest node that can be reached from it on another way.
    low: usize,
    /// Records in the part of the walk that begins with it.
    records: usize,
    /// For a link: parts that it alone holds which have two records or more, and their records.
    large: usize,
    cut_off: usize,
}

impl<'l> Walk<'l> {
    fn new(links: &[Link], component: &'l [usize]) -> Self {
        let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
        let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); component.len()];
        for (link, position) in component.iter().zip(0..) {
            for member in &links[*link].members {
                let next = neighbours.len();
                let record = *numbers.entry(*member).or_insert(next);
                if record == next {
                    neighbours.push(Vec::new());
                }
                neighbours[record].push(position);
                neighbours[position].push(record);
            }
        }
        Self { component, records: neighbours.len() - component.len(), neighbours }
    }

    fn bridges(&self) -> Vec<usize> {
        let links = self.component.len();
        let mut nodes = vec![Node::default(); self.neighbours.len()];
        // From the first record: the node, the one before it, and which neighbour is next.
        let mut way = vec![(links, usize::MAX, 0)];
        let mut clock = 0;
        while let Some((node, before, next)) = way.last_mut() {
            let (node, before) = (*node, *before);
            if *next == 0 {
                clock += 1;
                nodes[node] = Node { reached: clock, low: clock, records: usize::from(node >= links), ..nodes[node] };
            }
            if let Some(&neighbour) = self.neighbours[node].get(*next) {
                *next += 1;
                if nodes[neighbour].reached == 0 {
                    way.push((neighbour, node, 0));
                } else if neighbour != before {
                    nodes[node].low = nodes[node].low.min(nodes[neighbour].reached);
                }
                continue;
            }
            way.pop();
            let Some(parent) = nodes.get(before).copied() else { continue };
            let done = nodes[node];
            let mut parent = Node { low: parent.low.min(done.low), records: parent.records + done.records, ..parent };
            if done.low >= parent.reached {
                parent.large += usize::from(done.records >= 2);
                parent.cut_off += done.records;
            }
            nodes[before] = parent;
        }
        let is_bridge = |node: &Node| {
            let rest = self.records - node.cut_off;
            node.large + usize::from(rest >= 2) >= 2
        };
        (0..links).filter(|link| is_bridge(&nodes[*link])).map(|link| self.component[link]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Bond, Component, components};
    use crate::dossier::Path;
    use proptest::prelude::*;

    /// Each is of a part of its own, by its strength.
    fn bond(members: &[u32], strength: f64) -> Bond {
        let element = Path::at("/contacts/*", usize::try_from(strength.to_bits() >> 40).unwrap_or(0));
        Bond { members: members.to_vec(), elements: vec![element; members.len()], strength }
    }

    fn members(bonds: &[Bond]) -> Vec<Vec<u32>> {
        components(bonds, 10.0).into_iter().map(|component| component.members).collect()
    }

    #[test]
    fn what_is_shared_ties_directly_and_through_others() {
        let bonds = [bond(&[1, 2, 3], 25.0), bond(&[3, 4], 25.0), bond(&[7, 8], 12.0), bond(&[8, 9], 4.0)];
        assert_eq!(members(&bonds), [vec![1, 2, 3, 4], vec![7, 8]]);
    }

    #[test]
    fn weak_bonds_of_one_pair_add_up() {
        let bonds = [bond(&[1, 2, 3], 8.0), bond(&[1, 2], 7.0), bond(&[2, 3], 4.0)];
        assert_eq!(components(&bonds, 10.0), [Component { members: vec![1, 2], bonds: vec![0, 1] }]);
    }

    #[test]
    fn bonds_of_one_part_are_one_piece_of_evidence() {
        let of_one = |strength| Bond { elements: vec![Path::plain("/documents/0"); 2], ..bond(&[1, 2], strength) };
        assert!(members(&[of_one(9.0), of_one(8.0)]).is_empty());
        assert_eq!(members(&[of_one(9.0), bond(&[1, 2], 8.0)]), [[1, 2]]);
    }

    #[test]
    fn weak_bonds_between_members_are_shown_too() {
        let bonds = [bond(&[1, 2], 25.0), bond(&[1, 2, 5], 4.0), bond(&[2, 5], 3.0)];
        assert_eq!(components(&bonds, 10.0), [Component { members: vec![1, 2], bonds: vec![0, 1] }]);
    }

    #[test]
    fn a_weak_bond_holds_no_two_groups_together() {
        let groups = [bond(&[1, 2], 25.0), bond(&[3, 4], 25.0)];
        let with = |extra: Bond| members(&[groups[0].clone(), groups[1].clone(), extra]);
        assert_eq!(with(bond(&[2, 3], 12.0)), [[1, 2], [3, 4]]);
        assert_eq!(with(bond(&[2, 3], 25.0)), [[1, 2, 3, 4]], "a strong one does");
        assert_eq!(with(bond(&[2, 5], 12.0)), [vec![1, 2, 5], vec![3, 4]], "a single record hangs on a weak bond");
        let twice = [groups[0].clone(), groups[1].clone(), bond(&[2, 3], 12.0), bond(&[1, 4], 12.0)];
        assert_eq!(members(&twice), [[1, 2, 3, 4]], "two ways are no bridge");
    }

    #[test]
    fn of_a_chain_of_weak_bridges_every_group_stays_whole() {
        let mut bonds = Vec::new();
        for group in 0..200 {
            bonds.push(bond(&[3 * group, 3 * group + 1, 3 * group + 2], 25.0));
            bonds.push(bond(&[3 * group + 2, 3 * group + 3], 12.0));
        }
        let found = members(&bonds);
        assert_eq!(found.len(), 200);
        assert!(found[..199].iter().all(|group| group.len() == 3));
    }

    proptest! {
        #[test]
        fn the_order_of_bonds_changes_nothing(
            bonds in prop::collection::vec((prop::collection::btree_set(0_u32..12, 2..5), 1_u8..30), 0..12),
            seed in any::<u64>(),
        ) {
            let bonds: Vec<Bond> = bonds
                .into_iter()
                .enumerate()
                // No two are equally strong, so that it is clear which bridge is the weakest.
                .map(|(at, (members, strength))| bond(&members.into_iter().collect::<Vec<_>>(), f64::from(strength) + at as f64 / 100.0))
                .collect();
            let mut shuffled = bonds.clone();
            shuffled.sort_by_key(|bond| (bond.strength.to_bits() ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            prop_assert_eq!(members(&bonds), members(&shuffled));
            let all: Vec<u32> = members(&bonds).concat();
            let mut distinct = all.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(all.len(), distinct.len(), "nobody is in two components");
        }
    }
}
