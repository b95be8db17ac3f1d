//! An index finds what comparing everybody with everybody would find, and nothing in it can be changed without the key.

use super::{
    Appended, Batch, BatchBuilder, BatchSummary, Common, KeyedHash, LedgerError, LedgerRecord, Match, NameHash, Scan,
    append, forget, inputs_hash, search, verify,
};
use crate::dossier::{Date, Dossier};
use crate::facts::Knowledge;
use crate::link::tests::content;
use crate::link::{HUB, HashKey, KeyKind, LinkKnowledge, keys};
use proptest::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

fn key() -> HashKey {
    HashKey::new(b"an invented key, for tests and nothing else").expect("long enough")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn name(word: u8) -> NameHash {
    key().hash("a word", &word.to_string())[..8].try_into().expect("is longer")
}

/// A record as a test thinks of it: everything by number, kinds by what is left of a value's number.
#[derive(Debug, Clone, Default)]
struct Plain {
    id: u32,
    words: BTreeSet<u8>,
    scripts: BTreeSet<u8>,
    values: BTreeSet<u32>,
}

impl Plain {
    fn record(&self) -> LedgerRecord {
        let hash = |number: &u32| key().hash("a value", &number.to_string());
        LedgerRecord {
            id: key().hash("an id", &self.id.to_string()),
            name: self.words.iter().map(|word| name(*word)).collect(),
            scripts: self.scripts.iter().map(|script| name(100 + script)).collect(),
            keys: self.values.iter().map(|value| (kind(*value), hash(value))).collect(),
        }
    }

    fn common(value: u32) -> Common {
        Common { kind: kind(value), hash: key().hash("a value", &value.to_string()) }
    }
}

fn kind(value: u32) -> KeyKind {
    KeyKind::ALL[value as usize % KeyKind::ALL.len()]
}

fn batch(day: &str, inputs: u8, records: &[Plain]) -> Batch {
    let mut builder = BatchBuilder::default();
    for record in records {
        builder.add(&record.record());
    }
    let version = "0.1.0".to_owned();
    builder.finish(Scan { day: date(day), version, inputs: inputs_hash([inputs.to_string()], &key()) })
}

fn plain(id: u32, words: &[u8], values: &[u32]) -> Plain {
    Plain { id, words: words.iter().copied().collect(), scripts: [0].into(), values: values.iter().copied().collect() }
}

/// An index of these batches.
fn index(batches: &[Batch]) -> Vec<u8> {
    let mut index = None;
    for batch in batches {
        let mut next = Vec::new();
        append(index.as_deref(), batch, &key(), &mut next).expect("can be added");
        index = Some(next);
    }
    index.expect("has a batch")
}

/// Two batches, the second with a hub.
fn small() -> Vec<Batch> {
    let crowd = (10..=10 + HUB).map(|id| Plain { id, values: [3].into(), ..Plain::default() });
    let second: Vec<Plain> = [plain(3, &[3], &[1])].into_iter().chain(crowd).collect();
    vec![batch("2026-09-30", 1, &[plain(1, &[1, 2], &[1, 2]), plain(2, &[2], &[])]), batch("2026-10-31", 2, &second)]
}

fn summaries(index: &[u8]) -> Vec<BatchSummary> {
    verify(index, &key()).expect("is whole")
}

#[test]
fn what_was_written_is_found() {
    let index = index(&small());
    let found = summaries(&index);
    let counts: Vec<_> = found.iter().map(|batch| (batch.records, batch.keys, batch.hubs)).collect();
    assert_eq!(counts, [(2, 2, 0), (HUB + 2, 1, 1)]);
    assert_eq!(
        found.iter().map(|batch| batch.scan.day()).collect::<Vec<_>>(),
        [date("2026-09-30"), date("2026-10-31")]
    );
    let now = batch("2026-11-30", 3, &[plain(1, &[9], &[2, 3]), plain(7, &[1], &[1])]);
    let found = search(&*index, &now, &key()).expect("is whole");
    let of = |record, value, batch, earlier, shares_name, same_id| Match {
        record,
        common: Plain::common(value),
        batch,
        earlier,
        times: 1,
        shares_name: Some(shares_name),
        same_id,
    };
    let expected = [of(0, 2, 0, 0, false, true), of(1, 1, 0, 0, true, false), of(1, 1, 1, 0, false, false)];
    assert_eq!(found.matches, expected);
    assert_eq!(found.hubs, [Plain::common(3)]);
    assert_eq!(found.known, Vec::<usize>::new());
}

#[test]
fn where_names_cannot_be_compared_nothing_is_said_of_them() {
    let with =
        |words: &[u8], scripts: &[u8]| Plain { scripts: scripts.iter().copied().collect(), ..plain(1, words, &[1]) };
    for (earlier, now, expected) in [
        (with(&[1], &[0]), with(&[2], &[0]), Some(false)),
        (with(&[1], &[0, 1]), with(&[2], &[1]), Some(false)),
        (with(&[1], &[0]), with(&[2], &[1]), None),
        (with(&[1], &[]), with(&[2], &[0]), None),
        (with(&[], &[]), with(&[2], &[0]), None),
        (with(&[1], &[0]), with(&[1, 2], &[1]), Some(true)),
    ] {
        let index = index(&[batch("2026-10-31", 1, std::slice::from_ref(&earlier))]);
        let now = batch("2026-11-30", 2, std::slice::from_ref(&now));
        let found = search(&*index, &now, &key()).expect("is whole").matches;
        assert_eq!(found.iter().map(|found| found.shares_name).collect::<Vec<_>>(), [expected], "{earlier:?}");
    }
}

#[test]
fn a_batch_that_is_scanned_again_is_neither_compared_nor_added() {
    let index = index(&small());
    let again = batch("2026-12-24", 1, &[plain(1, &[1, 2], &[1, 2]), plain(2, &[2], &[])]);
    let found = search(&*index, &again, &key()).expect("is whole");
    assert_eq!((found.known, found.matches.len()), (vec![0], 1), "only the other batch is compared");
    let mut next = Vec::new();
    let appended = append(Some(&*index), &again, &key(), &mut next).expect("is whole");
    assert_eq!(appended, Appended::Known(summaries(&index)[0].clone()));
    assert_eq!(next, index);
    assert_eq!(inputs_hash(["b", "a", "b"], &key()), inputs_hash(["a", "b"], &key()), "whatever their order");
}

#[test]
fn batches_before_a_day_are_forgotten() {
    let batches = small();
    let whole = index(&batches);
    for (before, left) in [("2026-09-30", 2), ("2026-10-01", 1), ("2026-11", 0), ("2026", 2)] {
        let mut rest = Vec::new();
        let forgotten = forget(&*whole, date(before), &key(), &mut rest).expect("is whole");
        assert_eq!((forgotten.dropped.len(), forgotten.kept.len()), (2 - left, left), "{before}");
        assert_eq!(summaries(&rest), forgotten.kept);
        if left == 1 {
            assert_eq!(rest, index(&batches[1..]), "as if the first had never been");
        }
    }
}

#[test]
fn every_cut_and_every_flipped_bit_is_refused() {
    let now = batch("2026-11-30", 3, &[plain(7, &[1], &[1, 3])]);
    let mut batches = small();
    // The bytes of a crowd are all alike.
    batches[1] = batch("2026-10-31", 2, &[plain(3, &[3], &[1]), plain(4, &[], &[4, 5])]);
    let whole = index(&batches);
    let is_refused = |bytes: &[u8]| {
        let added = append(Some(bytes), &now, &key(), io::sink()).is_err();
        let less = forget(bytes, date("2026-10-01"), &key(), io::sink()).is_err();
        added && less && search(bytes, &now, &key()).is_err() && verify(bytes, &key()).is_err()
    };
    assert!(!is_refused(&whole));
    for length in 0..whole.len() {
        assert!(is_refused(&whole[..length]), "cut at {length}");
    }
    let mut damaged = whole.clone();
    for bit in 0..8 * whole.len() {
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(is_refused(&damaged), "bit {bit}");
        damaged[bit / 8] ^= 1 << (bit % 8);
    }
    damaged.push(0);
    assert!(is_refused(&damaged), "more behind the end");
}

#[test]
fn batches_cannot_be_taken_out_or_moved_without_the_key() {
    let whole = index(&small());
    let [first, second] = &summaries(&whole)[..] else { panic!("has two batches") };
    let (one, two) =
        (18 + usize::try_from(first.bytes).expect("is small"), usize::try_from(second.bytes).expect("is small"));
    let (header, first, second, end) = (&whole[..18], &whole[18..one], &whole[one..one + two], &whole[one + two..]);
    for parts in
        [&[header, second, first, end][..], &[header, first, end], &[header, first, first, end], &[header, end]]
    {
        let found = verify(&*parts.concat(), &key());
        assert!(matches!(found, Err(LedgerError::EndSeal { .. })), "{found:?}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let whole = index(&small());
    let said = |bytes: &[u8], key: &HashKey| verify(bytes, key).expect_err("is refused").to_string();
    let other = HashKey::new(&[7; 32]).expect("long enough");
    let names = format!("under the key {}, and the key {} was given", key().name(), other.name());
    assert!(said(&whole, &other).contains(&names));
    assert!(said(b"{\"schema\": 1}", &key()).contains("it begins with \"{\\\"schema\""));
    assert!(said(&whole[..whole.len() - 1], &key()).contains("where the seal of the index was expected"));
    let changed = |at: usize, to: u8| {
        let mut bytes = whole.clone();
        bytes[at] = to;
        said(&bytes, &key())
    };
    assert!(changed(8, 2).contains("version 2 of the format, and version 1 was expected"));
    assert!(changed(18, b'X').contains("at byte 18 a batch or the end was expected, and 0x58 was found"));
    assert!(changed(21, 13).contains("at byte 19 the day of a scan was expected"));
    assert!(changed(23, 65).contains("at byte 23 the length of a version, at most 64"));
    assert!(changed(61, 9).contains("batch 1, bytes 18 to"), "{}", changed(61, 9));
}

#[test]
fn bytes_may_come_one_by_one() {
    struct Slowly<'b>(&'b [u8]);
    impl Read for Slowly<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let length = room.len().min(1);
            self.0.read(&mut room[..length])
        }
    }
    let index = index(&small());
    assert_eq!(verify(Slowly(&index), &key()).expect("is whole"), summaries(&index));
}

/// A person with five keys.
fn ana() -> Dossier {
    serde_json::from_value(json!({
        "schema": crate::dossier::SCHEMA, "id": "ana-example-1",
        "subject": {"names": [{"value": "Ana Example"}]},
        "contacts": [
            {"kind": "email", "value": "ana@freemail.example"}, {"kind": "phone", "value": "+1 202 555 0177"},
            {"kind": "url", "value": "https://ana-example.example/pieces"},
        ],
        "accounts": [{"network": "network", "handle": "ana-example"}, {"network": "other", "handle": "anaex"}],
    }))
    .expect("a dossier")
}

fn left_by(dossier: &Dossier, key: &HashKey) -> LedgerRecord {
    let content = content();
    let facts = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&facts);
    LedgerRecord::of(dossier, &keys(dossier, &knowledge), &knowledge, key)
}

#[test]
fn nothing_of_a_person_is_left_but_hashes_under_the_key() {
    let ana = ana();
    let record = left_by(&ana, &key());
    assert_eq!((record.keys.len(), record.name.len(), record.scripts.len()), (5, 2, 1));
    let mut builder = BatchBuilder::default();
    builder.add(&record);
    // Somebody else of the same name.
    let mut other = ana.clone();
    other.id = "ana-example-2".to_owned();
    builder.add(&left_by(&other, &key()));
    let index = index(&[builder.finish(Scan::new(date("2026-10-31T08:00:00Z"), inputs_hash(["0f"], &key())))]);
    let holds = |part: &[u8]| index.windows(part.len()).any(|window| window == part);
    for plain in ["ana", "Ana", "xample", "0177", "free", "network", "latin", "phone"] {
        assert!(!holds(plain.as_bytes()), "{plain}");
    }
    assert!(holds(&record.id) && record.keys.iter().all(|(_, hash)| holds(hash)));
    assert!(!record.name.iter().chain(&record.scripts).any(|name| holds(name)), "nobody can count given names");
    let elsewhere = left_by(&ana, &HashKey::new(&[7; 32]).expect("long enough"));
    let hashes = |record: &LedgerRecord| -> BTreeSet<KeyedHash> {
        record.keys.iter().map(|(_, hash)| *hash).chain([record.id]).collect()
    };
    assert!(hashes(&record).is_disjoint(&hashes(&elsewhere)), "another key, other hashes");
}

#[test]
fn a_record_takes_few_bytes() {
    let mut builder = BatchBuilder::default();
    builder.add(&left_by(&ana(), &key()));
    let one = index(&[builder.finish(Scan::new(date("2026-10-31"), inputs_hash(["0f"], &key())))]);
    let none = index(&[BatchBuilder::default().finish(Scan::new(date("2026-10-31"), inputs_hash(["0f"], &key())))]);
    // Five entries of 20 bytes; an id, a length, two words and a script.
    assert_eq!(one.len() - none.len(), 5 * 20 + 16 + 1 + 8 * (2 + 1));
}

#[test]
fn whoever_gives_too_many_names_gives_none_to_compare() {
    let mut dossier = ana();
    dossier.subject.names[0].value = (2..302).map(|number| "ab".repeat(number)).collect::<Vec<_>>().join(" ");
    let record = left_by(&dossier, &key());
    assert!(record.name.is_empty() && record.scripts.is_empty());
}

/// The index that the tests of command lines read; `UPDATE_INDEX=1 cargo test --lib ledger` writes it anew, which is
/// right only with a new version of the format.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads the project's own files")]
fn an_index_that_was_written_once_can_be_read_for_ever() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/index.in/earlier.index");
    let made = index(&small());
    if std::env::var_os("UPDATE_INDEX").is_some() {
        std::fs::write(path, &made).expect("can be written");
    }
    assert!(std::fs::read(path).expect("is there") == made, "the same records are other bytes than before");
}

/// Batches of few people who have much in common, some with a crowd that is nearly a hub or is one.
fn batches() -> impl Strategy<Value = Vec<(u8, Vec<Plain>)>> {
    let set = |most: u8| prop::collection::btree_set(0..most, 0..3);
    let values = prop::collection::btree_set(0..6_u32, 0..4);
    let record = (0..8_u32, set(4), set(2), values).prop_map(|(id, words, scripts, values)| Plain {
        id,
        words,
        scripts,
        values,
    });
    let crowd =
        prop_oneof![3 => Just(0..0_u32), 1 => (100..160_u32, 10..56_u32).prop_map(|(from, many)| from..from + many)];
    let records = (prop::collection::vec(record, 0..6), crowd).prop_map(|(mut records, crowd)| {
        let mut met = BTreeSet::new();
        records.retain(|record: &Plain| met.insert(record.id));
        records.extend(crowd.map(|id| plain(id, &[5], &[0])));
        records
    });
    prop::collection::vec((0..6_u8, records), 1..6)
}

/// What comparing everybody with everybody finds.
fn compared(earlier: &[(u8, Vec<Plain>)], inputs: u8, now: &[Plain]) -> (Vec<Match>, Vec<Common>) {
    let (mut matches, mut hubs) = (Vec::new(), Vec::new());
    for value in 0..6 {
        let holders = |records: &[Plain]| -> Vec<(u32, Plain)> {
            (0..).zip(records.iter().cloned()).filter(|(_, record)| record.values.contains(&value)).collect()
        };
        let mine = holders(now);
        if mine.is_empty() || mine.len() > HUB as usize {
            continue;
        }
        let mut people: BTreeSet<u32> = mine.iter().map(|(_, record)| record.id).collect();
        let mut is_hub = false;
        let mut seen: BTreeMap<_, (usize, u32, u32)> = BTreeMap::new();
        for (position, (_, records)) in earlier.iter().enumerate().filter(|(_, (other, _))| *other != inputs) {
            let theirs = holders(records);
            is_hub |= theirs.len() > HUB as usize;
            for (number, record) in theirs {
                people.insert(record.id);
                let times =
                    seen.get(&(record.id, record.words.clone(), record.scripts.clone())).map_or(1, |one| one.2 + 1);
                seen.insert((record.id, record.words, record.scripts), (position, number, times));
            }
        }
        if is_hub || (!seen.is_empty() && people.len() > HUB as usize) {
            hubs.push(Plain::common(value));
            continue;
        }
        for (number, record) in &mine {
            for ((id, words, scripts), (batch, earlier, times)) in &seen {
                let shares_name = match (words.is_disjoint(&record.words), scripts.is_disjoint(&record.scripts)) {
                    (false, _) => Some(true),
                    (true, false) => Some(false),
                    (true, true) => None,
                };
                matches.push(Match {
                    record: *number,
                    common: Plain::common(value),
                    batch: *batch,
                    earlier: *earlier,
                    times: *times,
                    shares_name,
                    same_id: *id == record.id,
                });
            }
        }
    }
    matches.sort_unstable();
    hubs.sort_unstable();
    (matches, hubs)
}

proptest! {
    #[test]
    fn an_index_finds_what_comparing_everybody_finds(batches in batches()) {
        let mut index: Option<Vec<u8>> = None;
        let mut earlier: Vec<(u8, Vec<Plain>)> = Vec::new();
        for (inputs, records) in batches {
            let now = batch("2026-10-31", inputs, &records);
            if let Some(index) = &index {
                let found = search(&**index, &now, &key()).expect("is whole");
                let (matches, hubs) = compared(&earlier, inputs, &records);
                prop_assert_eq!(found.matches, matches);
                prop_assert_eq!(found.hubs, hubs);
            }
            let mut next = Vec::new();
            let appended = append(index.as_deref(), &now, &key(), &mut next).expect("is whole");
            let is_new = earlier.iter().all(|(other, _)| *other != inputs);
            prop_assert_eq!(appended == Appended::Added, is_new);
            if is_new {
                earlier.push((inputs, records));
            }
            index = Some(next);
        }
    }

    #[test]
    fn no_bytes_surprise(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0..2000_usize, cut in 0..400_usize, whole_header: bool) {
        let whole = index(&small());
        let now = batch("2026-11-30", 3, &[plain(7, &[1], &[1, 3])]);
        // Bytes alone, behind a true header, and in place of a part of a true index.
        let start = if whole_header { &whole[..18] } else { &[] };
        let at = at.min(whole.len());
        let spliced = [&whole[..at], &bytes[..], whole.get(at + cut..).unwrap_or_default()].concat();
        for bytes in [[start, &bytes].concat(), spliced] {
            prop_assert!(bytes == whole || search(&*bytes, &now, &key()).is_err());
            prop_assert!(bytes == whole || forget(&*bytes, date("2026-10-01"), &key(), io::sink()).is_err());
        }
    }
}
