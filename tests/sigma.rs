//! What Sigma conditions and modifiers mean over facts that are known, absent or unknown.

use falseface::content::{Content, ContentFile};
use falseface::dossier::{Dossier, Path};
use falseface::facts::{Category, Elements, ElementsBuilder, Field, Value};
use falseface::rules::{RuleSet, evaluate};
use falseface::screening::LeafState::{self, Hit, Miss, NotEvaluable};
use proptest::prelude::*;

/// A rule for messages with the given detection, as YAML below `detection`.
fn rule(detection: &str) -> ContentFile {
    let detection = format!("  {}\n", detection.trim_end().replace('\n', "\n  "));
    let text = format!(
        "title: t\nid: 5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11\nname: r\ndate: 2026-11-24\n\
         logsource: {{ product: falseface, category: message }}\ndetection:\n{detection}\
         falseface:\n  detectors: {{ job_scam: 5 }}\n"
    );
    ContentFile { path: "detections/conduct/r.yml".into(), text: text.into() }
}

fn content() -> Content {
    let hosts = ContentFile { path: "lists/hosts.txt".into(), text: "Short.example\nother.example\n".into() };
    Content::load(&[hosts]).expect("a list")
}

/// What becomes of a detection for one message with the given facts.
fn outcome(detection: &str, fill: impl Fn(&mut ElementsBuilder<'_>)) -> LeafState {
    let rules = RuleSet::compile(&[rule(detection)], &content(), &[])
        .unwrap_or_else(|errors| panic!("{detection}\n{}", errors[0].render(false)));
    let dossier = Dossier::new("d");
    let mut builder = Elements::builder(&dossier);
    builder.element(Category::Dossier, Path::ROOT);
    fill(&mut builder);
    builder.element(Category::Message, Path::at("/messages/*", 0));
    let evaluation = evaluate(&rules, &builder.finish());
    match (evaluation.findings.len(), evaluation.not_evaluable.len()) {
        (1, 0) => Hit,
        (0, 1) => NotEvaluable,
        _ => Miss,
    }
}

/// What becomes of one field item for a message of that text.
fn of_text(item: &str, text: &str) -> LeafState {
    outcome(&format!("s:\n  {item}\ncondition: s"), |builder| {
        builder.text(Field::MessageText, text.to_owned(), Path::at("/messages/*/text", 0));
    })
}

#[track_caller]
fn check(item: &str, hits: &[&str], misses: &[&str]) {
    for text in hits {
        assert_eq!(of_text(item, text), Hit, "{item} on {text:?}");
    }
    for text in misses {
        assert_eq!(of_text(item, text), Miss, "{item} on {text:?}");
    }
}

#[test]
fn a_text_is_compared_as_a_whole_and_without_case() {
    check("message.text: Telegram", &["telegram", "TELEGRAM"], &["telegrams", "", "on telegram"]);
    check("message.text: ÄRGER", &["ärger"], &["arger"]);
    check("message.text: ''", &[""], &["x"]);
    check("message.text: [a, B]", &["A", "b"], &["ab"]);
    check("message.text|cased: Telegram", &["Telegram"], &["telegram"]);
}

#[test]
fn wildcards_stand_for_characters_unless_escaped() {
    check("message.text: 'tele*'", &["telegram", "tele", "tele\ngram"], &["on telegram"]);
    check("message.text: '*gr?m*'", &["telegram now", "GROM"], &["grm"]);
    check(r"message.text: '100\*'", &["100*"], &["1000"]);
    check(r"message.text: 'a\\b'", &[r"a\b"], &[r"a\\b"]);
    check("message.text|cased: 'T*m'", &["Tm"], &["tm"]);
    check("message.text: '?*'", &["x", "xy"], &[""]);
}

#[test]
fn parts_of_a_text() {
    check("message.text|contains: gram", &["Telegram now"], &["gra m"]);
    check("message.text|startswith: tele", &["Telegram"], &["a telegram"]);
    check("message.text|endswith: [gram, app]", &["Telegram", "WhatsApp"], &["grams"]);
    check("message.text|contains|all: [tele, gram]", &["gram tele"], &["tele"]);
    check("message.text|contains|cased: Gram", &["TeleGram"], &["telegram"]);
    check("message.text|contains: 't?l*m'", &["my tel em"], &["tlm"]);
    check("message.text|neq: telegram", &["whatsapp"], &["Telegram"]);
    check("message.text|contains|neq: [a, b]", &["c"], &["a c", "b"]);
}

#[test]
fn regular_expressions_are_cased_unless_told_otherwise() {
    check("message.text|re: 'te.e'", &["a tele"], &["TELE", "te\ne"]);
    check("message.text|re|i: 'te.e'", &["TELE"], &[]);
    check("message.text|re|s: 'te.e'", &["te\ne"], &[]);
    check("message.text|re|m: '^now$'", &["then\nnow"], &["then now"]);
    check("message.text|re: ['^a', 'z$']", &["ab", "yz"], &["za"]);
    check("message.text|re|all: ['^a', 'z$']", &["az"], &["ab", "yz"]);
}

#[test]
fn encodings_are_applied_to_the_rule() {
    // "curl" in Base64, in UTF-16 and Base64, and inside a longer text at another offset.
    check("message.text|base64: curl", &["Y3VybA=="], &["curl", "Y3VybA"]);
    check("message.text|base64|contains: foo", &["x Zm9v y"], &[]);
    check("message.text|wide|base64|contains: foo", &["ZgBvAG8A"], &["Zm9v"]);
    check("message.text|utf16|base64|contains: foo", &["//5mAG8AbwA="], &[]);
    check("message.text|utf16be|base64|contains: foo", &["AGYAbwBv"], &[]);
    check(
        "message.text|base64offset|contains: 'http://'",
        &["aHR0cDovLw==", "YWh0dHA6Ly8=", "YWJodHRwOi8v"],
        &["http://"],
    );
    check("message.text|windash|contains: ' -enc '", &["ps -enc x", "ps /enc x", "ps \u{2013}enc x"], &["ps enc x"]);
}

#[test]
fn networks_and_lists() {
    let host = |item: &str, host: &str| {
        outcome(&format!("s:\n  {item}\ncondition: s"), |builder| {
            builder.text(Field::MessageLinkHost, host.to_owned(), Path::at2("/messages/*/links/*/href", 0, 0));
        })
    };
    assert_eq!(host("message.link_host|cidr: 192.0.2.0/24", "192.0.2.9"), Hit);
    assert_eq!(host("message.link_host|cidr: [192.0.2.0/24, '2001:db8::/32']", "2001:db8::9"), Hit);
    assert_eq!(host("message.link_host|cidr: 192.0.2.0/24", "host.example"), Miss);
    assert_eq!(host("message.link_host|expand: '%hosts%'", "short.example"), Hit);
    assert_eq!(host("message.link_host|expand: '%hosts%'", "a.b.SHORT.example"), Hit);
    assert_eq!(host("message.link_host|expand: '%hosts%'", "tooshort.example"), Miss);
    check("message.text|expand: '%hosts%'", &["Other.example"], &["a.other.example"]);
    check("message.text|expand|contains: '%hosts%'", &["see other.example now"], &["see other now"]);
    check("message.text|expand|endswith: '%hosts%'", &["a.other.example"], &["other.example now"]);
}

#[test]
fn numbers_flags_and_parts_of_dates() {
    let position = |item: &str, number: f64| {
        outcome(&format!("s:\n  {item}\ncondition: s"), |builder| {
            let origin = falseface::facts::Origin::derived_from([]);
            builder.number(Field::MessagePosition, number, origin);
        })
    };
    for (item, hits, misses) in [
        ("message.position: 3", [3.0, 3.0], [2.9, 4.0]),
        ("message.position: [3, 4.5]", [3.0, 4.5], [4.0, 5.0]),
        ("message.position|lt: 3", [2.0, -1.0], [3.0, 4.0]),
        ("message.position|lte: 3", [2.0, 3.0], [3.1, 4.0]),
        ("message.position|gt: 3", [3.1, 9.0], [3.0, 2.0]),
        ("message.position|gte: 3", [3.0, 9.0], [2.9, 0.0]),
        ("message.position|neq: 3", [2.0, 4.0], [3.0, 3.0]),
        ("message.position|gte|neq: 3", [2.0, 0.0], [3.0, 4.0]),
    ] {
        assert_eq!(hits.map(|number| position(item, number)), [Hit; 2], "{item}");
        assert_eq!(misses.map(|number| position(item, number)), [Miss; 2], "{item}");
    }
    let flag = |item: &str, flag: bool| {
        outcome(&format!("s:\n  {item}\ncondition: s"), |builder| {
            builder.flag(Field::MessageWasAsked, flag, falseface::facts::Origin::derived_from([]));
        })
    };
    assert_eq!([flag("message.was_asked: true", true), flag("message.was_asked: true", false)], [Hit, Miss]);
    assert_eq!([flag("message.was_asked: false", true), flag("message.was_asked: false", false)], [Miss, Hit]);
    let date = "2026-09-14T08:02:00Z";
    for item in ["minute: 2", "hour: 8", "day: 14", "week: 38", "month: 9", "year: [2025, 2026]"] {
        check(&format!("message.text|{item}"), &[date], &["no date"]);
    }
    check("message.text|hour: 9", &[], &[date, "2026-09-14"]);
}

#[test]
fn fields_are_compared_with_fields() {
    let both = |item: &str, text: &str, subject: Option<&str>| {
        outcome(&format!("s:\n  {item}\ncondition: s"), |builder| {
            builder.text(Field::MessageText, text.to_owned(), Path::at("/messages/*/text", 0));
            if let Some(subject) = subject {
                builder.text(Field::MessageSubject, subject.to_owned(), Path::at("/messages/*/subject", 0));
            }
        })
    };
    assert_eq!(both("message.text|fieldref: message.subject", "Hello", Some("hello")), Hit);
    assert_eq!(both("message.text|fieldref|cased: message.subject", "Hello", Some("hello")), Miss);
    assert_eq!(both("message.text|fieldref|contains: message.subject", "Well, hello", Some("Hello")), Hit);
    assert_eq!(both("message.text|fieldref|startswith: message.subject", "Well, hello", Some("Hello")), Miss);
    assert_eq!(both("message.text|fieldref|endswith: message.subject", "Well, hello", Some("Hello")), Hit);
    assert_eq!(both("message.text|fieldref|neq: message.subject", "a", Some("b")), Hit);
    assert_eq!(both("message.text|fieldref: message.subject", "Hello", None), NotEvaluable);
}

#[test]
fn words_are_looked_for_in_every_text_of_the_element() {
    let texts = |detection: &str, text: &str, subject: Option<&str>| {
        outcome(detection, |builder| {
            builder.text(Field::MessageText, text.to_owned(), Path::at("/messages/*/text", 0));
            match subject {
                Some(subject) => {
                    builder.text(Field::MessageSubject, subject.to_owned(), Path::at("/messages/*/subject", 0));
                }
                None => builder.known(Field::MessageSubject),
            }
        })
    };
    let words = "s: [telegram, whats*app]\ncondition: s";
    assert_eq!(texts(words, "on TELEGRAM", None), Hit);
    assert_eq!(texts(words, "hello", Some("what is this app")), Miss);
    assert_eq!(texts(words, "hello", Some("whats this app")), Hit);
    let all = "s:\n  '|all': [telegram, now]\ncondition: s";
    assert_eq!(texts(all, "telegram", Some("Now")), Hit);
    assert_eq!(texts(all, "telegram", None), Miss);
    let mixed = "s:\n  - telegram\n  - message.subject: urgent\ncondition: s";
    assert_eq!(texts(mixed, "hello", Some("URGENT")), Hit);
    // An unknown text may hold the word.
    let unknown = outcome(words, |builder| {
        builder.text(Field::MessageText, "hello", Path::at("/messages/*/text", 0));
    });
    assert_eq!(unknown, NotEvaluable);
}

#[test]
fn known_absent_and_unknown_are_three_things() {
    let present = |builder: &mut ElementsBuilder<'_>| {
        builder.text(Field::MessageSubject, "x", Path::at("/messages/*/subject", 0));
    };
    let absent = |builder: &mut ElementsBuilder<'_>| builder.known(Field::MessageSubject);
    let unknown = |_: &mut ElementsBuilder<'_>| {};
    for (item, expected) in [
        ("message.subject: x", [Hit, Miss, NotEvaluable]),
        ("message.subject|contains: x", [Hit, Miss, NotEvaluable]),
        ("message.subject|neq: x", [Miss, Miss, NotEvaluable]),
        ("message.subject: null", [Miss, Hit, NotEvaluable]),
        ("message.subject: [null, x]", [Hit, Hit, NotEvaluable]),
        ("message.subject|exists: true", [Hit, Miss, NotEvaluable]),
        ("message.subject|exists: false", [Miss, Hit, NotEvaluable]),
    ] {
        let detection = format!("s:\n  {item}\ncondition: s");
        let found = [outcome(&detection, present), outcome(&detection, absent), outcome(&detection, unknown)];
        assert_eq!(found, expected, "{item}");
        let negated = format!("s:\n  {item}\ncondition: not s");
        let opposite = expected.map(|state| match state {
            Hit => Miss,
            Miss => Hit,
            NotEvaluable => NotEvaluable,
        });
        let found = [outcome(&negated, present), outcome(&negated, absent), outcome(&negated, unknown)];
        assert_eq!(found, opposite, "not {item}");
    }
}

#[test]
fn an_empty_list_is_present_and_matches_nothing() {
    let empty = |builder: &mut ElementsBuilder<'_>| builder.known(Field::MessageAttachmentExtension);
    for (item, expected) in [
        ("message.attachment_extension: exe", Miss),
        ("message.attachment_extension|exists: true", Hit),
        ("message.attachment_extension|exists: false", Miss),
        ("message.attachment_extension: null", Miss),
        ("message.attachment_extension|neq: exe", Hit),
    ] {
        assert_eq!(outcome(&format!("s:\n  {item}\ncondition: s"), empty), expected, "{item}");
    }
    let two = |builder: &mut ElementsBuilder<'_>| {
        for extension in ["zip", "exe"] {
            builder.text(
                Field::MessageAttachmentExtension,
                extension,
                Path::at2("/messages/*/attachments/*/name", 0, 0),
            );
        }
    };
    for (item, expected) in [
        ("message.attachment_extension: exe", Hit),
        ("message.attachment_extension|all: [exe, zip]", Hit),
        ("message.attachment_extension|all: [exe, iso]", Miss),
        ("message.attachment_extension|neq: exe", Miss),
    ] {
        assert_eq!(outcome(&format!("s:\n  {item}\ncondition: s"), two), expected, "{item}");
    }
}

/// Flags of a message that stand for leaves of a generated condition.
const FLAGS: [(Field, &str); 6] = [
    (Field::MessageFromSubject, "message.from_subject"),
    (Field::MessageWasAsked, "message.was_asked"),
    (Field::MessageLinkTextDiffers, "message.link_text_differs"),
    (Field::MessageReplyToDiffers, "message.reply_to_differs"),
    (Field::MessageAuthFailed, "message.auth_failed"),
    (Field::MessageDkimPass, "message.dkim_pass"),
];

/// Selections of the generated conditions, one for each flag.
const NAMES: [&str; 6] = ["a1", "a2", "a3", "b1", "b2", "_c"];

#[derive(Debug, Clone)]
enum Condition {
    Leaf(usize),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// `all of` (or `1 of`) the selections whose name begins so; `them` where there is no beginning.
    Several(bool, Option<&'static str>),
}

fn condition() -> impl Strategy<Value = Condition> {
    let several = prop_oneof![Just(Some("a")), Just(Some("b")), Just(Some("_")), Just(None)];
    let leaf = prop_oneof![
        4 => (0..NAMES.len()).prop_map(Condition::Leaf),
        1 => (any::<bool>(), several).prop_map(|(all, of)| Condition::Several(all, of)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::And),
            prop::collection::vec(inner, 2..4).prop_map(Condition::Or),
        ]
    })
}

impl Condition {
    fn written(&self) -> String {
        let joined = |parts: &[Self], word: &str| {
            format!("({})", parts.iter().map(Self::written).collect::<Vec<_>>().join(word))
        };
        match self {
            Self::Leaf(at) => NAMES[*at].to_owned(),
            Self::Not(part) => format!("not ({})", part.written()),
            Self::And(parts) => joined(parts, " and "),
            Self::Or(parts) => joined(parts, " or "),
            Self::Several(all, of) => {
                let target = of.map_or("them".to_owned(), |start| format!("{start}*"));
                format!("{} of {target}", if *all { "all" } else { "1" })
            }
        }
    }

    /// Kleene's tables, written down: `None` is unknown.
    fn reference(&self, leaves: [Option<bool>; 6]) -> Option<bool> {
        let and = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        let or = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        match self {
            Self::Leaf(at) => leaves[*at],
            Self::Not(part) => part.reference(leaves).map(|holds| !holds),
            Self::And(parts) => parts.iter().map(|part| part.reference(leaves)).fold(Some(true), and),
            Self::Or(parts) => parts.iter().map(|part| part.reference(leaves)).fold(Some(false), or),
            Self::Several(all, of) => {
                let chosen = (0..NAMES.len()).filter(|at| match of {
                    Some(start) => NAMES[*at].starts_with(start),
                    None => !NAMES[*at].starts_with('_'),
                });
                let chosen = chosen.map(|at| leaves[at]);
                if *all { chosen.fold(Some(true), and) } else { chosen.fold(Some(false), or) }
            }
        }
    }

    fn names(&self, used: &mut [bool; 6]) {
        match self {
            Self::Leaf(at) => used[*at] = true,
            Self::Not(part) => part.names(used),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.names(used)),
            Self::Several(_, of) => (0..NAMES.len()).for_each(|at| {
                used[at] |= match of {
                    Some(start) => NAMES[at].starts_with(start),
                    None => !NAMES[at].starts_with('_'),
                }
            }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_condition_follows_kleene(condition in condition(), leaves: [Option<bool>; 6]) {
        // Every selection must be used: those that are not are joined by something that changes nothing.
        let mut used = [false; 6];
        condition.names(&mut used);
        let mut written = condition.written();
        for at in (0..6).filter(|at| !used[*at]) {
            written = format!("({written}) and ({0} or not {0} or t)", NAMES[at]);
        }
        let selections = NAMES.iter().zip(FLAGS).map(|(name, (_, flag))| [*name, ":\n  ", flag, ": true\n"].concat());
        let selections: String = selections.collect();
        let sure = if used.contains(&false) { "t:\n  message.text: x\n" } else { "" };
        let detection = format!("{selections}{sure}condition: {written}");
        let expected = match condition.reference(leaves) {
            // `them` reaches the sure selection as well.
            _ if !sure.is_empty() && written.contains("them") => return Ok(()),
            Some(true) => Hit,
            Some(false) => Miss,
            None => NotEvaluable,
        };
        let found = outcome(&detection, |builder| {
            builder.text(Field::MessageText, "x", Path::at("/messages/*/text", 0));
            for (at, leaf) in leaves.iter().enumerate() {
                if let Some(flag) = leaf {
                    builder.fact(FLAGS[at].0, Value::Flag(*flag), falseface::facts::Origin::derived_from([]));
                }
            }
        });
        prop_assert_eq!(found, expected, "{}", detection);
    }
}
