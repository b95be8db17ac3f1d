//! What linking costs a batch: the same people screened one by one, and asked what they share.
//!
//! `cargo bench --bench link`. The ratio within one run is what counts; linking should cost at most half as much again.

#[path = "../examples/load/mod.rs"]
mod load;

use divan::{Bencher, black_box};
use falseface::facts::Knowledge;
use falseface::link::{LinkKnowledge, noted};
use falseface::{Detection, Dossier, Options, screen};
use std::sync::OnceLock;

/// People of a batch.
const PEOPLE: usize = 1000;

fn main() {
    divan::main();
}

fn detection() -> &'static Detection {
    static DETECTION: OnceLock<Detection> = OnceLock::new();
    DETECTION.get_or_init(|| Detection::builtin().expect("the built-in content compiles"))
}

fn batch() -> Vec<Dossier> {
    let mut dice = load::Dice::default();
    let dossiers = (0..PEOPLE).map(|number| load::dossier(number, &mut dice));
    dossiers.map(|dossier| serde_json::from_value(dossier).expect("a dossier")).collect()
}

#[divan::bench(args = [false, true], sample_count = 20)]
fn screened(bencher: Bencher<'_, '_>, linked: bool) {
    let mut options = Options::at("2026-11-25".parse().expect("a date"));
    options.link = options.link.filter(|_| linked);
    let batch = batch();
    bencher
        .with_inputs(|| batch.clone())
        .bench_values(|batch| screen(black_box(batch), detection(), &options).assessments.len());
}

#[divan::bench(sample_count = 20)]
fn first_visit(bencher: Bencher<'_, '_>) {
    let facts = Knowledge::new(&detection().content);
    let knowledge = LinkKnowledge::new(&facts);
    let batch = batch();
    bencher
        .bench(|| batch.iter().map(|dossier| noted(black_box(dossier), &knowledge, None).0.keys.len()).sum::<usize>());
}
