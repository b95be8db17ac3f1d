//! Benchmark of one dossier through all stages, and of the stages beside each other, in bytes of input.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use falseface::dossier::Locator;
use falseface::screen::Stages;
use falseface::{Detection, Dossier, Options};
use std::sync::OnceLock;

/// One ordinary dossier and one with findings, as canonical JSON.
const CLEAN: &str = include_str!("data/clean.json");
const STRIKING: &str = include_str!("data/striking.json");

fn main() {
    divan::main();
}

fn detection() -> &'static Detection {
    static DETECTION: OnceLock<Detection> = OnceLock::new();
    DETECTION.get_or_init(|| Detection::builtin().expect("the built-in content compiles"))
}

fn options() -> Options {
    Options::at("2026-11-25".parse().expect("a date"))
}

#[divan::bench(args = [CLEAN, STRIKING])]
fn parse(bencher: Bencher<'_, '_>, json: &str) {
    bencher
        .counter(BytesCount::of_str(json))
        .bench(|| serde_json::from_str::<Dossier>(black_box(json)).expect("a dossier"));
}

#[divan::bench(args = [CLEAN, STRIKING])]
fn facts(bencher: Bencher<'_, '_>, json: &str) {
    let dossier: Dossier = serde_json::from_str(json).expect("a dossier");
    let (stages, options) = (Stages::new(detection()), options());
    bencher.counter(BytesCount::of_str(json)).bench(|| stages.elements(black_box(&dossier), &options).all().len());
}

#[divan::bench(args = [CLEAN, STRIKING])]
fn rules(bencher: Bencher<'_, '_>, json: &str) {
    let dossier: Dossier = serde_json::from_str(json).expect("a dossier");
    let (stages, options) = (Stages::new(detection()), options());
    let elements = stages.elements(&dossier, &options);
    bencher
        .counter(BytesCount::of_str(json))
        .bench(|| falseface::rules::evaluate(&detection().rules, black_box(&elements)).findings.len());
}

#[divan::bench(args = [CLEAN, STRIKING])]
fn assess(bencher: Bencher<'_, '_>, json: &str) {
    let dossier: Dossier = serde_json::from_str(json).expect("a dossier");
    let (stages, options) = (Stages::new(detection()), options());
    bencher
        .counter(BytesCount::of_str(json))
        .bench(|| stages.assess(black_box(&dossier), Locator::file("bench"), &options).verdict);
}

#[divan::bench]
fn load_content() -> usize {
    Detection::builtin().expect("the built-in content compiles").rules.rules().len()
}

#[divan::bench]
fn load_rules(bencher: Bencher<'_, '_>) {
    let files = falseface::content::embedded();
    let content = &detection().content;
    bencher.bench(|| falseface::rules::RuleSet::compile(&files, content, &[]).map(|rules| rules.rules().len()));
}
