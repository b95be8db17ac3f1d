//! Dossiers held against lists: who is hit by what, as elements that rules are evaluated on.

use super::entry::{Entry, EntryKind, Listed};
use super::read::Watchlist;
use super::seen::{Seen, seen};
use crate::dossier::{Path, Place};
use crate::facts::{Category, Elements, ElementsBuilder, Field, Origin, Value};
use crate::link::knowledge::LinkKnowledge;
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The lists of a run, ready for looking up; make it once.
#[derive(Debug)]
pub struct Watchlists<'c> {
    knowledge: &'c LinkKnowledge<'c>,
    lists: Vec<Looked>,
}

/// A list, with its entries by value.
#[derive(Debug)]
struct Looked {
    list: Watchlist,
    plain: HashMap<(EntryKind, String), Vec<usize>>,
    hashed: HashMap<(EntryKind, [u8; 16]), Vec<usize>>,
    /// Kinds of which there are hashes.
    hashed_kinds: BTreeSet<EntryKind>,
}

/// Entries of a list that match, by their position, each with the places of its value.
type Matched = BTreeMap<usize, Vec<Place>>;

impl<'c> Watchlists<'c> {
    /// Takes lists that were unlocked; hashes of one that was not match nothing.
    pub fn new(lists: Vec<Watchlist>, knowledge: &'c LinkKnowledge<'c>) -> Self {
        Self { knowledge, lists: lists.into_iter().map(Looked::new).collect() }
    }

    /// The lists, in the order in which they were given.
    pub fn lists(&self) -> impl Iterator<Item = &Watchlist> {
        self.lists.iter().map(|looked| &looked.list)
    }

    /// Adds an element for each actor of a list that the dossier shows something of, and for each entry without actor.
    pub fn add<'d>(&self, elements: Elements<'d>) -> Elements<'d> {
        if self.lists.iter().all(|looked| looked.list.entries.is_empty()) {
            return elements;
        }
        let seen = seen(elements.dossier(), self.knowledge);
        let mut builder = elements.resume();
        for looked in &self.lists {
            for hit in looked.hits(&seen) {
                element(&hit, &mut builder);
            }
        }
        builder.finish()
    }
}

impl Looked {
    fn new(list: Watchlist) -> Self {
        let mut looked =
            Self { plain: HashMap::default(), hashed: HashMap::default(), hashed_kinds: BTreeSet::new(), list };
        for (position, entry) in looked.list.entries.iter().enumerate() {
            match &entry.value {
                Listed::Plain(value) => looked.plain.entry((entry.kind, value.clone())).or_default().push(position),
                Listed::Hashed { hash, .. } => {
                    looked.hashed.entry((entry.kind, *hash)).or_default().push(position);
                    looked.hashed_kinds.insert(entry.kind);
                }
            }
        }
        looked
    }

    /// What of the list matches, by actor; in the order of the list.
    fn hits(&self, seen: &Seen) -> Vec<Vec<(&Entry, Vec<Place>)>> {
        let mut matched = self.matched(seen);
        self.leave_out_parts(&mut matched);
        self.leave_out_names(&mut matched);
        let mut hits: Vec<Vec<(&Entry, Vec<Place>)>> = Vec::new();
        let mut of_entity: BTreeMap<&str, usize> = BTreeMap::new();
        for (position, places) in matched {
            let entry = &self.list.entries[position];
            let at = match entry.entity.as_deref() {
                Some(entity) => *of_entity.entry(entity).or_insert(hits.len()),
                None => hits.len(),
            };
            if at == hits.len() {
                hits.push(Vec::new());
            }
            hits[at].push((entry, places));
        }
        hits
    }

    fn matched(&self, seen: &Seen) -> Matched {
        let mut matched = Matched::new();
        for (place, kind, value) in seen {
            let key = (*kind, value.clone());
            let plain = self.plain.get(&key).into_iter().flatten();
            let hashed = self
                .list
                .key
                .as_ref()
                .filter(|_| self.hashed_kinds.contains(kind))
                .and_then(|secret| self.hashed.get(&(*kind, secret.hash(kind.as_str(), value))));
            for position in plain.chain(hashed.into_iter().flatten()) {
                matched.entry(*position).or_default().push(*place);
            }
        }
        matched
    }

    /// Entries that count only together are left out where one of them is missing.
    fn leave_out_parts(&self, matched: &mut Matched) {
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        for position in matched.keys() {
            if let Some(word) = self.list.entries[*position].together.as_deref() {
                *met.entry(word).or_default() += 1;
            }
        }
        matched.retain(|position, _| {
            self.list.entries[*position]
                .together
                .as_deref()
                .is_none_or(|word| met.get(word) == self.list.together.get(word))
        });
    }

    /// A name is left out where nothing else of its actor matches.
    fn leave_out_names(&self, matched: &mut Matched) {
        let entry = |position: &usize| &self.list.entries[*position];
        let others: BTreeSet<&str> = matched
            .keys()
            .map(entry)
            .filter(|entry| entry.kind != EntryKind::Name)
            .filter_map(|entry| entry.entity.as_deref())
            .collect();
        matched.retain(|position, _| {
            let entry = entry(position);
            entry.kind != EntryKind::Name || entry.entity.as_deref().is_some_and(|entity| others.contains(entity))
        });
    }
}

/// The element of one actor, or of an entry without one.
fn element(hit: &[(&Entry, Vec<Place>)], builder: &mut ElementsBuilder<'_>) {
    let identifiers: BTreeSet<_> = hit.iter().map(|(entry, _)| (entry.kind, &entry.value)).collect();
    let everywhere: BTreeSet<Place> = hit.iter().flat_map(|(_, places)| places).copied().collect();
    let mut said = |field: Field, words: BTreeMap<&str, BTreeSet<Place>>| {
        for (word, places) in words {
            builder.fact(field, Value::Text(word.to_owned().into()), Origin::derived_from(places));
        }
    };
    said(Field::WatchlistKind, by_word(hit, |entry| vec![entry.kind.as_str()]));
    said(Field::WatchlistSource, by_word(hit, |entry| vec![entry.source.as_str()]));
    said(Field::WatchlistAbout, by_word(hit, |entry| entry.about.iter().map(|about| about.as_str()).collect()));
    said(Field::WatchlistEntity, by_word(hit, |entry| entry.entity.as_deref().into_iter().collect()));
    builder.known(Field::WatchlistEntity);
    let path = everywhere.first().map_or(Path::ROOT, |place| place.path.parent());
    let origin = Origin::derived_from(everywhere);
    builder.number(Field::WatchlistIdentifiers, identifiers.len() as f64, origin);
    builder.element(Category::Watchlist, path);
}

/// The places of the entries that say a word, by word.
fn by_word<'e>(
    hit: &[(&'e Entry, Vec<Place>)],
    words: impl Fn(&'e Entry) -> Vec<&'e str>,
) -> BTreeMap<&'e str, BTreeSet<Place>> {
    let mut places: BTreeMap<&str, BTreeSet<Place>> = BTreeMap::new();
    for (entry, at) in hit {
        for word in words(entry) {
            places.entry(word).or_default().extend(at);
        }
    }
    places
}
