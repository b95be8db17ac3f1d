//! Two texts compared word by word: how much of them is the same, and which passages.

use super::near_text::{Token, folded, tokens};
use std::collections::HashMap;
use std::ops::Range;

/// Fewest words, or ideographs and kana, of a passage; tokens by which passages are looked for.
const WORDS: usize = 6;
const CHARACTERS: usize = 12;

/// Most passages that are kept, longest first.
const PASSAGES: usize = 5;

/// Most places of the same six words that are followed up: repetitive texts repeat themselves.
const PLACES: usize = 8;

/// Words that both texts have in a row, in bytes of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) first: Range<usize>,
    pub(super) second: Range<usize>,
}

/// What two texts have in common, longest first.
pub(super) fn passages(first: &str, second: &str) -> Vec<Passage> {
    let texts = [folded(first), folded(second)];
    let [first, second] = texts.each_ref().map(|text| tokens(text.as_str()));
    let raw = |passage: Passage| Passage {
        first: texts[0].raw_span(passage.first),
        second: texts[1].raw_span(passage.second),
    };
    folded_passages(&first, &second).into_iter().map(raw).collect()
}

/// Shingles that two texts have in common, as a share of all: the Jaccard index, 0 to 1. Each set is sorted.
pub(super) fn jaccard(first: &[u64], second: &[u64]) -> f64 {
    let (mut common, mut rest) = (0, second);
    for shingle in first {
        let before = rest.iter().take_while(|other| *other < shingle).count();
        rest = &rest[before..];
        common += usize::from(rest.first() == Some(shingle));
    }
    let all = first.len() + second.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// The same of folded texts.
fn folded_passages(first: &[Token], second: &[Token]) -> Vec<Passage> {
    let words = |tokens: &[Token]| -> [u64; WORDS] { std::array::from_fn(|at| tokens[at].hash.finish()) };
    let mut places: HashMap<[u64; WORDS], Vec<usize>> = HashMap::new();
    for (at, run) in first.windows(WORDS).enumerate() {
        let of_run = places.entry(words(run)).or_default();
        if of_run.len() < PLACES {
            of_run.push(at);
        }
    }
    let same = |a: usize, b: usize| first[a].hash == second[b].hash;
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for (b, run) in second.windows(WORDS).enumerate() {
        for &a in places.get(&words(run)).into_iter().flatten() {
            // Elsewhere it is the rest of a run that began before.
            if a == 0 || b == 0 || !same(a - 1, b - 1) {
                let length = (0..(first.len() - a).min(second.len() - b)).take_while(|by| same(a + by, b + by)).count();
                runs.push((length, a, b));
            }
        }
    }
    runs.sort_by_key(|&(length, a, b)| (std::cmp::Reverse(length), a, b));
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for (length, a, b) in runs {
        let apart = |at: usize, other: usize, long: usize| at + length <= other || other + long <= at;
        let is_short = first[a..a + length].iter().all(|token| token.is_unspaced) && length < CHARACTERS;
        if !is_short && kept.iter().all(|&(long, c, d)| apart(a, c, long) && apart(b, d, long)) {
            kept.push((length, a, b));
        }
        if kept.len() == PASSAGES {
            break;
        }
    }
    let range = |tokens: &[Token], at: usize, length: usize| tokens[at].start..tokens[at + length - 1].end;
    kept.into_iter()
        .map(|(length, a, b)| Passage { first: range(first, a, length), second: range(second, b, length) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Passage, jaccard, passages};
    use crate::link::HUB;
    use crate::link::common::REWORDED;
    use crate::link::near_text::{TextKind, folded, shingles, tokens};
    use crate::link::sketch::{Sketch, Sketched, Sketches, resemblances};
    use proptest::prelude::*;

    /// A linear congruential generator: the same texts in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap_or(0) % limit
        }

        /// An invented word; the first few are in every second sentence, as words of a language are.
        fn word(&mut self) -> String {
            const PARTS: [&str; 12] = ["ka", "lo", "mi", "ren", "tu", "sal", "vo", "per", "di", "an", "ost", "quel"];
            let mut number = if self.below(3) == 0 { self.below(40) } else { self.below(4000) };
            let mut word = String::new();
            while word.len() < 2 || number > 0 {
                word.push_str(PARTS[number % PARTS.len()]);
                number /= PARTS.len();
            }
            word
        }

        /// So many different ones of `limit` places.
        fn places(&mut self, limit: usize, count: usize) -> Vec<usize> {
            let mut places: Vec<usize> = (0..limit).collect();
            (0..limit).rev().for_each(|at| places.swap(at, self.below(at + 1)));
            places.truncate(count);
            places
        }

        fn about(&mut self) -> Vec<String> {
            (0..60 + self.below(90)).map(|_| self.word()).collect()
        }
    }

    /// How alike two texts are.
    struct Similarity {
        jaccard: f64,
        passages: Vec<Passage>,
    }

    fn compare(first: &str, second: &str) -> Similarity {
        let jaccard = match [first, second].map(shingles_of) {
            [Some(first), Some(second)] => jaccard(&first, &second),
            _ => 0.0,
        };
        Similarity { jaccard, passages: passages(first, second) }
    }

    fn shingles_of(text: &str) -> Option<Vec<u64>> {
        shingles(&tokens(folded(text).as_str()), |_| false)
    }

    fn sketch(text: &str) -> Option<Sketch> {
        shingles_of(text).map(|shingles| Sketch::of(TextKind::About, &shingles))
    }

    /// Pairs of texts that are told to be near-duplicates, each text of a record of its own.
    fn told(texts: &[String]) -> Vec<(u32, u32)> {
        let mut sketches = Sketches::default();
        for (record, text) in (0..).zip(texts) {
            let sketch = sketch(text).expect("is long enough");
            sketches.push(Sketched { sketch, record, position: 0 });
        }
        let is_near = |(a, b): &(u32, u32)| {
            let [a, b] = [a, b].map(|at| &texts[*at as usize]);
            compare(a, b).jaccard >= REWORDED.0
        };
        resemblances(&sketches, HUB).pairs.into_iter().filter(is_near).collect()
    }

    #[test]
    fn edited_texts_are_told() {
        let mut numbers = Numbers(7);
        for (changed, least) in [(5, 99), (10, 97), (20, 80)] {
            let mut texts = Vec::new();
            for _ in 0..1000 {
                let about = numbers.about();
                let mut edited = about.clone();
                for at in numbers.places(about.len(), about.len() * changed / 100) {
                    edited[at] = numbers.word();
                }
                texts.extend([about.join(" "), edited.join(" ")]);
            }
            let told = told(&texts);
            assert!(told.iter().all(|(a, b)| a / 2 == b / 2), "only a text and its edition");
            assert!(told.len() >= least * 10, "{changed} %: {} of 1000", told.len());
        }
    }

    #[test]
    fn texts_of_scripts_without_spaces_are_told() {
        let thai = "ผมดูแลระบบชำระเงินของร้านค้าและธนาคารมาหลายปี เขียนการทดสอบเองเป็นส่วนใหญ่ และตอบลูกค้าภายในหนึ่งวัน";
        let khmer = "ខ្ញុំថែទាំប្រព័ន្ធទូទាត់ប្រាក់សម្រាប់ហាងនិងធនាគារអស់រយៈពេលជាច្រើនឆ្នាំ ហើយឆ្លើយតបអតិថិជនក្នុងមួយថ្ងៃ";
        for (text, word, other) in [(thai, "ธนาคาร", "โรงแรม"), (khmer, "ធនាគារ", "សណ្ឋាគារ")]
        {
            let texts = [text.to_owned(), text.replace(word, other), text.chars().rev().collect()];
            assert_eq!(told(&texts), [(0, 1)], "{text}");
        }
    }

    #[test]
    fn unrelated_texts_are_no_pair() {
        const PHRASES: [&str; 10] = [
            "I am an experienced engineer with a passion for clean code",
            "I have worked with teams of all sizes",
            "results driven professional with a proven track record",
            "I enjoy learning new technologies",
            "feel free to reach out",
            "responsible for the design and delivery of",
            "in a fast paced environment",
            "with a strong background in",
            "my hobbies are hiking and photography",
            "open to new opportunities",
        ];
        let mut numbers = Numbers(11);
        let abouts: Vec<String> = (0..10_000)
            .map(|_| {
                let mut words = numbers.about();
                for _ in 0..3 {
                    let at = numbers.below(words.len());
                    words.insert(at, PHRASES[numbers.below(PHRASES.len())].to_owned());
                }
                words.join(" ")
            })
            .collect();
        assert_eq!(told(&abouts), []);
    }

    #[test]
    fn common_passages_are_found_where_they_stand() {
        let first = "Dear team, I build payment systems for banks and shops, and I lead people. Regards, Ana";
        let second = "Hello! I build payment systems for banks and shops; I write about it.";
        let found = compare(first, second).passages;
        assert_eq!(found.len(), 1);
        assert_eq!(&first[found[0].first.clone()], "I build payment systems for banks and shops");
        assert_eq!(&second[found[0].second.clone()], "I build payment systems for banks and shops");
        let hidden = second.replace("payment", "pay\u{200b}ment");
        assert_eq!(compare(first, &hidden).passages.len(), 1, "what is not seen divides no word");
        let first = "私たちは一緒に決済サービスを作りました。";
        let second = "弊社では決済サービスを作りました、私たちは一緒に。";
        let found: Vec<_> = compare(first, second).passages.into_iter().map(|p| first[p.first].to_owned()).collect();
        assert_eq!(found, ["決済サービスを作りました"]);
    }

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec("[a-d]{1,3}|[가-힣]{1,2}|[ぁ-ん一-丐]{1,9}|\\PC", 0..60).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn comparing_has_no_order_and_passages_are_in_both(first in text(), second in text()) {
            let (there, back) = (compare(&first, &second), compare(&second, &first));
            prop_assert!((there.jaccard - back.jaccard).abs() < 1e-12 && (0.0..=1.0).contains(&there.jaccard));
            for passage in there.passages {
                let letters = |text: &str| -> String {
                    folded(text).as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
                };
                prop_assert!(first.get(passage.first.clone()).is_some() && second.get(passage.second.clone()).is_some());
                prop_assert_eq!(letters(&first[passage.first]), letters(&second[passage.second]));
            }
        }

        #[test]
        fn a_text_is_like_itself(text in text()) {
            let alike = compare(&text, &text).jaccard;
            prop_assert!(alike.abs() < 1e-12 || (alike - 1.0).abs() < 1e-12);
            prop_assert_eq!(sketch(&text).is_some(), alike > 0.5);
            prop_assert_eq!(sketch(&text), sketch(&text.to_ascii_uppercase()));
        }
    }
}
