//! A cluster as rules see it: an element of each record that is in it, proved by the record's own words and those of
//! others.

use super::common::{Beside, NEAR, NEARLY_SAME, What};
use super::key::KeyKind;
use super::membership::{Membership, Shared};
use crate::dossier::{Path, Quote};
use crate::facts::{Category, Elements, ElementsBuilder, Field, Origin, Value};
use crate::screening::Cluster;
use std::collections::{BTreeMap, BTreeSet};

/// Contradictions whose words are kept.
const TOLD: usize = 3;

/// Adds the cluster that a record is in to its elements.
pub fn with_cluster<'d>(elements: Elements<'d>, part: &Membership, cluster: &Cluster) -> Elements<'d> {
    let mut builder = elements.resume();
    let whole = || Origin::derived_from(part.shared.iter().map(|shared| shared.place).take(3));
    let differences = &cluster.differences;
    builder.number(Field::ClusterSize, cluster.members.len() as f64, whole());
    if differences.identities > 0 {
        builder.number(Field::ClusterIdentities, differences.identities as f64, whole());
    }
    builder.number(Field::ClusterCountries, differences.countries as f64, whole());
    builder.number(Field::ClusterEmployers, differences.employers as f64, whole());
    if let Some((first, last)) = differences.span {
        builder.number(Field::ClusterSpanDays, first.days_until(last).0.max(0.0), whole());
    }
    shares(&mut builder, part);
    texts(&mut builder, part);
    if let Some(most) = part.shared.iter().max_by_key(|shared| shared.names) {
        builder.number(Field::ClusterNamesBesideOne, most.names as f64, origin(most));
    }
    for (field, kind) in
        [(Field::ClusterSharedReferences, KeyKind::Reference), (Field::ClusterSharedSessions, KeyKind::Session)]
    {
        most_with_one(&mut builder, part, field, kind);
    }
    for (field, beside) in [
        (Field::ClusterMeetingsAtOnce, &part.meetings_at_once),
        (Field::ClusterJobsDatedOtherwise, &part.jobs_dated_otherwise),
    ] {
        contradictions(&mut builder, field, beside.as_deref());
    }
    builder.element(Category::Cluster, Path::ROOT);
    builder.finish()
}

/// The record's own place, and words of others.
fn origin(shared: &Shared) -> Origin {
    Origin::derived(shared.place).and_elsewhere(shared.elsewhere.iter().cloned())
}

/// Whether somebody under another name has it too.
fn is_apart(shared: &Shared) -> bool {
    shared.others.as_ref().is_some_and(|others| !others.is_empty())
}

/// What is shared, with anybody, under another name, and by strangers; the strongest of each kind first.
fn shares(builder: &mut ElementsBuilder<'_>, part: &Membership) {
    let say = |builder: &mut ElementsBuilder<'_>, field, which: &dyn Fn(&&Shared) -> bool| {
        let mut kinds = BTreeSet::new();
        for shared in part.shared.iter().filter(which) {
            if kinds.insert(shared.what.as_str()) {
                builder.fact(field, Value::Text(shared.what.as_str().into()), origin(shared));
            }
        }
    };
    say(builder, Field::ClusterShared, &|_| true);
    if part.shared.iter().any(|shared| shared.others.is_some()) {
        for field in [
            Field::ClusterSharedUnderOtherName,
            Field::ClusterSharedByStrangers,
            Field::ClusterNearTexts,
            Field::ClusterNearlyEqualTexts,
        ] {
            builder.known(field);
        }
        say(builder, Field::ClusterSharedUnderOtherName, &|shared| is_apart(shared));
        say(builder, Field::ClusterSharedByStrangers, &|shared| shared.by_strangers);
    }
}

/// Kinds of text that strangers under another name have too.
fn texts(builder: &mut ElementsBuilder<'_>, part: &Membership) {
    let mut said = BTreeSet::new();
    for shared in part.shared.iter().filter(|shared| shared.by_strangers) {
        let What::Text(kind, jaccard) = shared.what else { continue };
        let told = [(Field::ClusterNearTexts, NEAR), (Field::ClusterNearlyEqualTexts, NEARLY_SAME)];
        for (field, _) in told.into_iter().filter(|(_, (least, _))| jaccard >= *least) {
            if said.insert((field, kind)) {
                builder.fact(field, Value::Text(kind.as_str().into()), origin(shared));
            }
        }
    }
}

/// How many things of the record do not go together with what others say.
fn contradictions(builder: &mut ElementsBuilder<'_>, field: Field, beside: Option<&[Beside]>) {
    let Some(beside) = beside else { return };
    let told = || beside.iter().take(TOLD);
    let origin =
        Origin::derived_from(told().map(|one| one.place)).and_elsewhere(told().map(|one| one.elsewhere.clone()));
    builder.number(field, beside.len() as f64, origin);
}

/// The greatest number of things of a kind, each of a part of its own, that one other has too.
fn most_with_one(builder: &mut ElementsBuilder<'_>, part: &Membership, field: Field, kind: KeyKind) {
    let of_kind = || part.shared.iter().filter(|shared| shared.what == What::Key(kind));
    if part.shared.iter().all(|shared| shared.others.is_none()) {
        return;
    }
    let mut with: BTreeMap<u32, BTreeSet<Path>> = BTreeMap::new();
    for shared in of_kind() {
        for other in shared.others.iter().flatten() {
            with.entry(*other).or_default().insert(shared.place.path.element());
        }
    }
    let number = with.values().map(BTreeSet::len).max().unwrap_or(0);
    let apart = || of_kind().filter(|shared| is_apart(shared));
    let elsewhere: Vec<Quote> = apart().flat_map(|shared| shared.elsewhere.iter().take(1).cloned()).collect();
    let origin = Origin::derived_from(apart().map(|shared| shared.place)).and_elsewhere(elsewhere);
    builder.number(field, number as f64, origin);
}
