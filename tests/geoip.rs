//! Databases of addresses: what they fill, what they leave alone, and what is said of them.

#![cfg(feature = "geoip")]
#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

mod common;
#[path = "common/mmdb.rs"]
mod mmdb;

use common::{now, report};
use falseface::Options;
use falseface::dossier::Dossier;
use falseface::ingest::{GeoDatabases, Input, Item, ReadOptions, open};
use falseface::report::{Format, Style};
use mmdb::{U32, Value, countries, database};
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes that a database may take.
const MOST: u64 = 1 << 20;

fn networks() -> Vec<u8> {
    let network = Value::Map(vec![
        ("autonomous_system_number", Value::Number(U32, 64_500)),
        ("autonomous_system_organization", Value::Text("Example Net")),
    ]);
    database("Sample-ASN", &[([203, 0, 113], network)])
}

const LOG: &str = "Time,Email,IP,User agent,Country\n\
    2026-03-14T08:00:00Z,a@x.example,203.0.113.5,x,\n\
    2026-03-14T10:00:00Z,a@x.example,203.0.113.6,x,ES\n\
    2026-03-14T12:00:00Z,a@x.example,192.0.2.1,x,\n\
    2026-03-14T14:00:00Z,a@x.example,2001:db8::1,x,\n";

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path
}

fn reading(paths: &[PathBuf]) -> ReadOptions {
    let geoip = GeoDatabases::open(paths, MOST).expect("are databases");
    ReadOptions { geoip, ..ReadOptions::default() }
}

fn only_dossier(path: &Path, options: &ReadOptions) -> Dossier {
    let items: Vec<Item> = open(&[Input::Path(path.to_owned())], options).expect("recognised").collect();
    let [Item::Record(_)] = &items[..] else { panic!("{items:?}") };
    let Some(Item::Record(record)) = items.into_iter().next() else { unreachable!() };
    let read = record.read().expect("reads");
    assert!(read.skipped.is_empty(), "{:?}", read.skipped);
    read.dossier
}

#[test]
fn what_is_missing_is_filled_what_is_stated_stays_and_the_record_names_its_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = written(folder.path(), "log.csv", LOG.as_bytes());
    let databases =
        [written(folder.path(), "country.mmdb", &countries()), written(folder.path(), "asn.mmdb", &networks())];
    let dossier = only_dossier(&log, &reading(&databases));
    let seen: Vec<_> = dossier
        .observations
        .iter()
        .map(|seen| {
            (seen.country.as_deref().unwrap_or("?"), seen.asn.unwrap_or(0), seen.as_org.as_deref().unwrap_or("?"))
        })
        .collect();
    assert_eq!(seen, [("PT", 64_500, "Example Net"), ("ES", 64_500, "Example Net"), ("?", 0, "?"), ("?", 0, "?")]);
    let sources: Vec<_> = dossier.provenance.iter().map(|source| source.adapter.as_deref().unwrap_or("?")).collect();
    assert_eq!(sources, ["sign-ins", "geoip", "geoip"]);
    assert_eq!(dossier.provenance[1].name.as_deref(), Some("geoip: Sample-Country (1 values of observations)"));
    assert_eq!(dossier.provenance[2].captured_at.map(|at| at.to_string()).as_deref(), Some("2026-03-14"));
}

#[test]
fn a_run_names_its_databases() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = written(folder.path(), "log.csv", LOG.as_bytes());
    let options = reading(&[written(folder.path(), "country.mmdb", &countries())]);
    let lines = report(std::slice::from_ref(&log), &Options::at(now()), &options, Format::JsonLines, Style::default());
    let run: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&run["geoip"][0]["kind"], &run["geoip"][0]["built"]), (&"Sample-Country".into(), &"2026-03-14".into()));
    let text = report(&[log], &Options::at(now()), &options, Format::Terminal, Style::default());
    assert!(text.contains("addresses: Sample-Country of 2026-03-14 (country.mmdb, "), "{text}");
}

#[test]
fn what_is_no_such_database_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |name: &str, bytes: &[u8], most: u64| {
        let path = written(folder.path(), name, bytes);
        GeoDatabases::open(&[path], most).expect_err("is refused").to_string()
    };
    assert!(error("x.csv", LOG.as_bytes(), MOST).contains("expected a database in MaxMind's format"));
    let other = error("d.mmdb", &database("Sample-Domain", &[]), MOST);
    assert!(other.contains("found one of the type \"Sample-Domain\""), "{other}");
    assert!(error("c.mmdb", &countries(), 8).contains("more than 8 bytes"));
    let missing = GeoDatabases::open(&[folder.path().join("none.mmdb")], MOST).expect_err("is refused");
    assert!(missing.to_string().contains("there is no such file"), "{missing}");
}

#[test]
fn a_damaged_database_is_refused_or_fills_and_never_ends_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = written(folder.path(), "log.csv", LOG.as_bytes());
    let whole = countries();
    for at in (0..whole.len()).step_by(3) {
        for bytes in [
            {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << (at % 8);
                flipped
            },
            whole[..at].to_vec(),
        ] {
            let path = written(folder.path(), "country.mmdb", &bytes);
            let Ok(geoip) = GeoDatabases::open(&[path], MOST) else { continue };
            let options = ReadOptions { geoip, ..ReadOptions::default() };
            for item in open(&[Input::Path(log.clone())], &options).expect("recognised") {
                let Item::Record(record) = item else { panic!("{item:?}") };
                assert_eq!(record.read().expect("reads").dossier.observations.len(), 4, "byte {at}");
            }
        }
    }
}
