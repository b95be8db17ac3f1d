//! Property tests: the matcher finds what plain regular expressions find, folding maps back, and nothing panics.

use super::embedded::embedded;
use super::fold::fold_into;
use super::intent::Intents;
use super::list::List;
use super::matcher::{Found, Matcher, SearchMemory};
use crate::dossier::FoldedBuilder;
use proptest::prelude::*;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The embedded phrases and the plain expressions to compare with.
struct Embedded {
    matcher: Matcher,
    expressions: Vec<Hir>,
    plain: Vec<OnceLock<regex::Regex>>,
}

fn embedded_phrases() -> &'static Embedded {
    static EMBEDDED: OnceLock<Embedded> = OnceLock::new();
    EMBEDDED.get_or_init(|| {
        let files = embedded();
        let mut lists: BTreeMap<String, List> = BTreeMap::new();
        for file in &files {
            if let Some(name) = file.path.strip_prefix("lists/").and_then(|name| name.strip_suffix(".txt")) {
                lists.entry(name.to_owned()).or_default().extend(&file.text);
            }
        }
        let lexicons: Vec<_> = files.iter().filter(|file| file.path.starts_with("lexicons/")).collect();
        let intents = Intents::load(&lexicons, &lists, None).expect("embedded content loads");
        let expressions: Vec<Hir> = intents.expressions().cloned().collect();
        let matcher = Matcher::new(expressions.clone(), &lists["common-words"]);
        let plain = expressions.iter().map(|_| OnceLock::new()).collect();
        Embedded { matcher, expressions, plain }
    })
}

impl Embedded {
    fn found_plainly(&self, phrase: usize, text: &str, found: &mut Vec<Found>) {
        let compile = || {
            let mut builder = regex::RegexBuilder::new(&self.expressions[phrase].to_string());
            builder.size_limit(1 << 26).build().expect("compiles")
        };
        for captures in self.plain[phrase].get_or_init(compile).captures_iter(text) {
            let value = captures.name("value").map(|value| value.range());
            found.push(Found { phrase, span: captures.get_match().range(), value });
        }
    }
}

/// Choices, one after the other, from a list that ends in zeros.
struct Choices<'a>(std::slice::Iter<'a, u32>);

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        self.0.next().map_or(0, |&choice| choice as usize % limit.max(1))
    }
}

/// Appends a text that an expression matches, but for its boundaries.
fn write_match(hir: &Hir, choices: &mut Choices<'_>, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            if let Some(range) = ranges.get(choices.below(ranges.len())) {
                let width = (range.end() as u32 - range.start() as u32).min(0x7ff);
                let step = u32::try_from(choices.below(width as usize + 1)).unwrap_or(0);
                text.push(char::from_u32(range.start() as u32 + step).unwrap_or(range.start()));
            }
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 3).min(repetition.min + 12);
            let times = repetition.min as usize + choices.below((most - repetition.min + 1) as usize);
            (0..times).for_each(|_| write_match(&repetition.sub, choices, text));
        }
        HirKind::Capture(capture) => write_match(&capture.sub, choices, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write_match(part, choices, text)),
        HirKind::Alternation(branches) => write_match(&branches[choices.below(branches.len())], choices, text),
    }
}

/// A folded text made of pieces of the phrases.
fn text_of(pieces: &[(usize, Vec<u32>, usize)]) -> String {
    let expressions = &embedded_phrases().expressions;
    let mut text = String::new();
    for (phrase, choices, glue) in pieces {
        write_match(&expressions[phrase % expressions.len()], &mut Choices(choices.iter()), &mut text);
        text.push_str(["", " ", ". ", "\n", " x ", "가", "é", "-"][glue % 8]);
    }
    text
}

fn assert_same(text: &str) -> Result<(), TestCaseError> {
    let embedded = embedded_phrases();
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    embedded.matcher.search(text, &mut SearchMemory::default(), &mut ours);
    (0..embedded.expressions.len()).for_each(|phrase| embedded.found_plainly(phrase, text, &mut plain));
    prop_assert_eq!(ours, plain, "in {:?}", text);
    Ok(())
}

fn assert_maps_back(raw: &str) -> Result<(), TestCaseError> {
    let mut builder = FoldedBuilder::default();
    fold_into(raw, &mut builder);
    let folded = builder.folded();
    let text = folded.as_str();
    let mut previous = 0..0;
    for (at, c) in text.char_indices() {
        let span = folded.raw_span(at..at + c.len_utf8());
        prop_assert!(raw.get(span.clone()).is_some(), "{span:?} of {raw:?} is no text");
        prop_assert!(!span.is_empty(), "{c:?} came from nothing in {raw:?}");
        prop_assert!(previous.start <= span.start && previous.end <= span.end, "{raw:?} is folded out of order");
        previous = span;
    }
    prop_assert!(!text.contains(|c: char| c.is_ascii_uppercase()), "{text:?} has a capital");
    Ok(())
}

/// Characters that folding treats differently, and whole words that it joins or mends.
fn raw_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(|c| c.to_string()),
        "[ -~\\n\\t]{1,8}",
        "[а-яёЁА-Яα-ωa-zA-Zà-ÿ0-9\u{200b}\u{301}]{1,8}",
        "[가-힣ᄀ-ᇿぁ-ゖｦ-ﾟ一-丐]{1,5}",
        prop::sample::select(vec![
            "t e l e g r a m",
            "T.E.L.E",
            "te1egram",
            "g00gle",
            "&amp;",
            "&nbsp;",
            "&#8203;",
            "&#x1F600;",
            "&",
            "Tеlеgrаm",
            "ﬁ",
            "ǅ",
            "İ",
            "ŉ",
            "㎏",
            "\u{1f170}",
            "📲",
            "👨\u{200d}👩",
            "\r\n\r\n",
            "\u{2028}",
            "e\u{301}\u{302}",
            "\u{fdfa}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_matcher_equals_plain_expressions(
        pieces in prop::collection::vec((any::<usize>(), prop::collection::vec(any::<u32>(), 0..48), any::<usize>()), 1..5),
    ) {
        assert_same(&text_of(&pieces))?;
    }

    #[test]
    fn the_matcher_equals_plain_expressions_on_damaged_phrases(
        pieces in prop::collection::vec((any::<usize>(), prop::collection::vec(any::<u32>(), 0..48), any::<usize>()), 1..4),
        cut in any::<prop::sample::Index>(),
        patch in "[a-z .!?\\n가é]{0,3}",
    ) {
        let text = text_of(&pieces);
        let at = cut.index(text.chars().count() + 1);
        let damaged: String = text.chars().take(at).chain(patch.chars()).chain(text.chars().skip(at + 1)).collect();
        assert_same(&damaged)?;
    }

    #[test]
    fn folding_maps_back_to_the_raw_text(raw in raw_text()) {
        assert_maps_back(&raw)?;
    }
}
