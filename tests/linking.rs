//! Linking loses nothing and invents nothing: in a generated batch every planted group is found, and nobody else is
//! tied to anybody.
//!
//! `cargo test --release --test linking -- --ignored --nocapture` does the same for a million records, and prints what it
//! took.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "who asks for the figures is shown them")]

use falseface::Content;
use falseface::content::embedded;
use falseface::dossier::Dossier;
use falseface::facts::Knowledge;
use falseface::link::{DEFAULT_THRESHOLD, Index, LinkKnowledge, Linked, Proof, Seen, noted};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;

/// Kinds of keys that are planted.
const KINDS: u32 = 10;

/// Records of a batch, each with what it shares.
struct Batch {
    /// For each record, the groups and hubs that it is in: kind and number of the value.
    shares: BTreeMap<u32, Vec<(u32, u32)>>,
    groups: Vec<BTreeSet<u32>>,
}

/// A linear congruential generator: the same batch in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).expect("is below a limit")
    }
}

impl Batch {
    /// One record in twenty is in a planted group of two to fifty; twenty hubs have two hundred each.
    fn new(records: u32) -> Self {
        let mut numbers = Numbers(42);
        let mut batch = Self { shares: BTreeMap::new(), groups: Vec::new() };
        let mut value = 0;
        let mut free: Vec<u32> = (0..records).collect();
        let mut planted = 0;
        while planted < records / 20 {
            let size = 2 + numbers.below(49);
            let members: BTreeSet<u32> = (0..size)
                .map(|_| free.swap_remove(numbers.below(u32::try_from(free.len()).expect("fits")) as usize))
                .collect();
            for member in &members {
                batch.shares.entry(*member).or_default().push((value % KINDS, value));
            }
            batch.groups.push(members);
            planted += size;
            value += 1;
        }
        for hub in 0..20 {
            for _ in 0..200 {
                let member = numbers.below(records);
                let shares = batch.shares.entry(member).or_default();
                if !shares.contains(&(hub % KINDS, value + hub)) {
                    shares.push((hub % KINDS, value + hub));
                }
            }
        }
        batch.groups.sort();
        batch
    }

    /// A record in a few lines: a name, a mail address of its own, and what it shares.
    fn record(&self, number: u32) -> String {
        let mut sections: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let own = format!(r#"{{"kind":"email","value":"person{number}@mail{}.example"}}"#, number % 97);
        sections.entry("contacts").or_default().push(own);
        for (kind, value) in self.shares.get(&number).into_iter().flatten() {
            let hex = format!("{value:064x}");
            let (section, entry) = match kind {
                0 => ("contacts", format!(r#"{{"kind":"phone","value":"+1212555{:04}"}}"#, 100 + value)),
                1 => ("contacts", format!(r#"{{"kind":"email","value":"shared{value}@post.example"}}"#)),
                2 => ("contacts", format!(r#"{{"kind":"messenger","network":"telegram","value":"shared{value}"}}"#)),
                3 => ("payments", format!(r#"{{"method":"crypto","wallet":"0x{}"}}"#, &hex[24..])),
                4 => ("payments", format!(r#"{{"method":"paypal","account":"payee{value}@pay.example"}}"#)),
                5 => ("photos", format!(r#"{{"sha256":"{hex}"}}"#)),
                6 => ("documents", format!(r#"{{"kind":"resume","sha256":"{hex}"}}"#)),
                7 => {
                    let commit = format!(r#"{{"author_email":"dev{value}@code.example"}}"#);
                    ("code", format!(r#"{{"repository":"r{number}","commits":[{commit}]}}"#))
                }
                8 => ("observations", format!(r#"{{"kind":"device","device":"device-{value:08}"}}"#)),
                _ => {
                    let address = format!("{value} Sample Street, Flat {value}, Exampleton 12345");
                    ("observations", format!(r#"{{"kind":"shipment","address":"{address}"}}"#))
                }
            };
            sections.entry(section).or_default().push(entry);
        }
        let photos = sections.remove("photos").unwrap_or_default().join(",");
        let subject = format!(r#"{{"names":[{{"value":"Person {number}"}}],"photos":[{photos}]}}"#);
        let mut record = format!(r#"{{"schema":"falseface.dossier/1","id":"p{number:07}","subject":{subject}"#);
        for (section, entries) in sections {
            write!(record, r#","{section}":[{}]"#, entries.join(",")).expect("memory");
        }
        record.push('}');
        record
    }

    fn dossier(&self, number: u32) -> Dossier {
        let record = self.record(number);
        serde_json::from_str(&record).unwrap_or_else(|error| panic!("{error}: {record}"))
    }
}

/// Links a batch whose records come in an order; also how many bytes the index took.
fn link(batch: &Batch, content: &Content, order: &[u32]) -> (Linked, usize) {
    let facts = Knowledge::new(content);
    let knowledge = LinkKnowledge::new(&facts);
    let mut index = Index::default();
    for (position, number) in (0..).zip(order) {
        index.add(position, noted(&batch.dossier(*number), &knowledge, None).0);
    }
    let bytes = index.bytes();
    let groups = index.groups();
    let mut proof = Proof::new(&groups);
    for (position, number) in (0..).zip(order).filter(|(position, _)| groups.is_candidate(*position)) {
        proof.add(Seen::of(position, &batch.dossier(*number), &knowledge, &groups));
    }
    (proof.finish(DEFAULT_THRESHOLD, &facts), bytes)
}

/// Holds the clusters against what was planted; the index against its limit.
fn assert_lossless(records: u32) {
    let content = Content::load(&embedded()).expect("the content loads");
    let batch = Batch::new(records);
    let start = Instant::now();
    let order: Vec<u32> = (0..records).collect();
    let (linked, bytes) = link(&batch, &content, &order);
    println!("{records} records: {:.1?}, {} bytes of index a record", start.elapsed(), bytes / records as usize);
    let number = |id: &String| id[1..].parse::<u32>().expect("a number");
    let mut found: Vec<BTreeSet<u32>> =
        linked.clusters.iter().map(|cluster| cluster.members.iter().map(number).collect()).collect();
    found.sort();
    let lost: Vec<_> = batch.groups.iter().filter(|group| !found.contains(group)).collect();
    let lost: Vec<_> = lost.iter().filter_map(|group| group.first().map(|member| batch.record(*member))).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert_eq!(found, batch.groups, "nobody else is tied");
    // An account that is a mail address, and the address of a commit, are mailboxes too.
    let hubs: BTreeSet<_> = linked.hubs.iter().filter_map(|hub| hub.value.rsplit(':').next()).collect();
    assert_eq!(hubs.len(), 20, "{:?}", linked.hubs);
    assert!(bytes / records as usize <= 400, "{bytes}");
    for cluster in &linked.clusters {
        assert!(cluster.ties.iter().all(|tie| tie.evidence.iter().all(|side| !side.quote.is_empty())), "{cluster:?}");
    }
}

#[test]
fn every_planted_group_is_found_and_no_other() {
    assert_lossless(20_000);
}

#[test]
fn the_order_of_records_changes_nothing() {
    let content = Content::load(&embedded()).expect("the content loads");
    let batch = Batch::new(2_000);
    let forwards: Vec<u32> = (0..2_000).collect();
    let backwards: Vec<u32> = (0..2_000).rev().collect();
    let (linked, _) = link(&batch, &content, &forwards);
    assert!(!linked.clusters.is_empty() && !linked.hubs.is_empty());
    let (reversed, _) = link(&batch, &content, &backwards);
    assert_eq!((&linked.clusters, &linked.hubs), (&reversed.clusters, &reversed.hubs));
    assert_eq!(linked.members.len(), reversed.members.len());
    for (number, part) in &linked.members {
        assert_eq!(reversed.members.get(&(1_999 - number)), Some(part));
    }
}

#[test]
#[ignore = "a million records take minutes; the figures are for whoever asks"]
fn every_planted_group_is_found_in_a_million() {
    for records in [10_000, 100_000, 1_000_000] {
        assert_lossless(records);
    }
}
