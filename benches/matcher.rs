//! How fast intents are found in texts of many languages, against searching with a set of all patterns.
//!
//! `cargo bench --bench matcher`. The ratio within one run is what counts; see the throughput column.

use divan::Bencher;
use divan::counter::BytesCount;
use falseface::content::{Content, Hit, Scratch, embedded, fold_into};
use falseface::dossier::FoldedBuilder;
use regex::RegexSet;

fn main() {
    divan::main();
}

/// Words that no lexicon is about, of several scripts.
const FILLER: &str = "the project was moved to another team in spring and we wrote most of the service in rust with \
    a small layer of python for reports nous avons travaillé ensemble pendant deux ans à Lyon wir haben das System \
    gemeinsam entworfen und betreut el equipo mantiene la plataforma desde hace años a equipe cuida da plataforma há \
    anos мы вместе писали сервис и поддерживали его несколько лет 우리는 함께 서비스를 만들고 운영했습니다 \
    私たちは一緒にサービスを作りました 我们一起开发了这个系统 I enjoy hiking, photography and reading about \
    databases. My last role was Senior Engineer at Example Corp, 2019-2023. Kubernetes Terraform PostgreSQL";

/// Texts of about 3 KB; `share` percent of their words come from the examples of the lexicons.
fn texts(share: u64) -> Vec<String> {
    let filler: Vec<&str> = FILLER.split(' ').collect();
    let mut phrases = Vec::new();
    for file in embedded() {
        if file.path.starts_with("lexicons/") {
            for line in file.text.lines() {
                if let Some(examples) = line.trim().strip_prefix("match: [") {
                    phrases.extend(examples.split(['"', '\'']).filter(|part| part.len() > 4).map(str::to_owned));
                }
            }
        }
    }
    // A linear congruential generator: the same texts in every run.
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    };
    (0..200)
        .map(|_| {
            let mut text = String::new();
            while text.len() < 3000 {
                // An example has about eight words.
                if !phrases.is_empty() && next(1000) < usize::try_from(share * 10 / 8).unwrap_or(0) {
                    text.push_str(&phrases[next(phrases.len())]);
                    text.push_str(". ");
                } else {
                    text.push_str(filler[next(filler.len())]);
                    text.push_str(if next(12) == 0 { ". " } else { " " });
                }
            }
            text
        })
        .collect()
}

fn content() -> Content {
    Content::load(&embedded()).unwrap_or_default()
}

#[divan::bench(args = [1, 5, 15])]
fn tiered(bencher: Bencher, share: u64) {
    let (content, texts) = (content(), texts(share));
    let mut scratch = Scratch::default();
    let mut hits: Vec<Hit> = Vec::new();
    let mut search = move || {
        let mut found = 0;
        for text in &texts {
            hits.clear();
            content.search(text, &mut scratch, &mut hits);
            found += hits.len();
        }
        found
    };
    search();
    let bytes: usize = texts_len(share);
    bencher.counter(BytesCount::new(bytes)).bench_local(search);
}

fn texts_len(share: u64) -> usize {
    texts(share).iter().map(String::len).sum()
}

#[divan::bench(args = [5], sample_count = 3, sample_size = 1)]
fn regex_set(bencher: Bencher, share: u64) {
    let content = content();
    let set = RegexSet::new(content.expressions()).unwrap_or_else(|_| RegexSet::empty());
    let mut texts = texts(share);
    texts.truncate(10);
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut builder = FoldedBuilder::default();
    bencher.counter(BytesCount::new(bytes)).bench_local(move || {
        let mut found = 0;
        for text in &texts {
            fold_into(text, &mut builder);
            found += set.matches(builder.folded().as_str()).iter().count();
        }
        found
    });
}

#[divan::bench(args = [false, true])]
fn folding(bencher: Bencher, ascii: bool) {
    let mut texts = texts(5);
    if ascii {
        for text in &mut texts {
            text.retain(|c| c.is_ascii());
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut builder = FoldedBuilder::default();
    bencher.counter(BytesCount::new(bytes)).bench_local(move || {
        texts
            .iter()
            .map(|text| {
                fold_into(text, &mut builder);
                builder.folded().as_str().len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn start_up() -> usize {
    content().intents().len()
}
