//! Generated rules over generated records, evaluated by us and by rsigma: both must agree.
//!
//! Every field of the records is known (present or absent), because rsigma knows two values only.
//! Left out is what rsigma 0.23 does otherwise than pySigma: wildcards under `startswith` and `endswith` (it anchors
//! them at the other end), and `base64offset` (it keeps a last digit that depends on what follows).

use falseface::content::{Content, ContentFile};
use falseface::dossier::{Dossier, Path, Place};
use falseface::facts::{Category, Elements, Field, Origin, Value as Fact};
use falseface::rules::{RuleSet, evaluate};
use proptest::prelude::*;
use proptest::sample::select;
use rsigma_eval::Engine;
use rsigma_eval::event::JsonEvent;
use serde_json::{Map, Value, json};

/// A message with every field known; what is `None` is absent.
#[derive(Debug, Clone)]
struct Record {
    text: String,
    subject: Option<String>,
    position: f64,
    asked: bool,
    extensions: Vec<&'static str>,
    hosts: Vec<&'static str>,
}

const TEXTS: &[&str] = &[
    "pay",
    "Pay",
    "pay now",
    "Do not PAY now",
    "naïve",
    "NAÏVE Ärger",
    "-x",
    "run -x",
    "run /x",
    "run \u{2013}x",
    "a*b",
    "a?b",
    "axb",
    r"a\b",
    r"a\\b",
    "",
    "cGF5",
    "xx cGF5 yy",
    "eHBheXg=",
    "cABhAHkA",
    "2026-09-14T08:02:00Z",
    "100%",
    "the end.",
];
const PATTERNS: &[&str] = &[
    "pay", "PAY", "p?y", "*pay*", "pay*", "*now", "na?ve", "NAÏVE", "a*b", r"a\*b", r"a\?b", r"a\b", r"a\\b",
    r"a\\\\b", "*", "?*", "??", "*.*", "x", "the end.", "100%", "run*x",
];
const PARTS: &[&str] = &["pay", "PAY", "ay n", "ï", "Ä", "x", "a", "b", "end.", r"a\*", r"\\", "p?y", "n*w", "0%"];
const ENDS: &[&str] = &["pay", "PAY", "ay n", "ï", "Ä", "x", "a", "b", "end.", r"a\*", r"\\", "0%", "now"];
const REGEXES: &[&str] = &["pay", "^pay$", "p.y", "[ab].?b", r"\d{4}-\d{2}", "(?:now|end)", "^$", "Ä"];
const EXTENSIONS: &[&str] = &["exe", "ZIP", "zip", "pdf", "iso"];
const HOSTS: &[&str] = &["192.0.2.7", "192.0.3.9", "2001:db8::5", "host.invalid", "sub.host.invalid"];
const NETWORKS: &[&str] = &["192.0.2.0/24", "192.0.2.0/23", "192.0.2.7/32", "2001:db8::/32", "0.0.0.0/0"];

fn record() -> impl Strategy<Value = Record> {
    let subject = prop::option::of(select(TEXTS).prop_map(str::to_owned));
    let position = select(&[0.0, 1.0, 2.0, 2.5, 3.0, -1.0][..]);
    let extensions = prop::collection::vec(select(EXTENSIONS), 0..3);
    let hosts = prop::collection::vec(select(HOSTS), 0..3);
    (select(TEXTS), subject, position, any::<bool>(), extensions, hosts).prop_map(
        |(text, subject, position, asked, extensions, hosts)| Record {
            text: text.to_owned(),
            subject,
            position,
            asked,
            extensions,
            hosts,
        },
    )
}

impl Record {
    fn event(&self) -> Value {
        let mut event = Map::new();
        event.insert("message.text".into(), json!(self.text));
        if let Some(subject) = &self.subject {
            event.insert("message.subject".into(), json!(subject));
        }
        event.insert("message.position".into(), json!(self.position));
        event.insert("message.was_asked".into(), json!(self.asked));
        event.insert("message.attachment_extension".into(), json!(self.extensions));
        event.insert("message.link_host".into(), json!(self.hosts));
        Value::Object(event)
    }

    fn elements<'d>(&'d self, dossier: &'d Dossier) -> Elements<'d> {
        let origin = || Origin::read(Place::whole(Path::ROOT));
        let mut builder = Elements::builder(dossier);
        builder.element(Category::Dossier, Path::ROOT);
        builder.text(Field::MessageText, self.text.as_str(), Path::ROOT);
        builder.known(Field::MessageSubject);
        if let Some(subject) = &self.subject {
            builder.text(Field::MessageSubject, subject.as_str(), Path::ROOT);
        }
        builder.number(Field::MessagePosition, self.position, origin());
        builder.flag(Field::MessageWasAsked, self.asked, origin());
        builder.known(Field::MessageAttachmentExtension);
        for extension in &self.extensions {
            builder.fact(Field::MessageAttachmentExtension, Fact::Text((*extension).into()), origin());
        }
        builder.known(Field::MessageLinkHost);
        for host in &self.hosts {
            builder.fact(Field::MessageLinkHost, Fact::Text((*host).into()), origin());
        }
        builder.element(Category::Message, Path::at("/messages/*", 0));
        builder.finish()
    }
}

/// `field|modifiers` and its value.
fn item() -> BoxedStrategy<(String, Value)> {
    let field = || select(&["message.text", "message.subject"][..]);
    let any_field = || {
        select(
            &[
                "message.text",
                "message.subject",
                "message.position",
                "message.was_asked",
                "message.attachment_extension",
                "message.link_host",
            ][..],
        )
    };
    let end = || select(&["", "|cased", "|neq", "|all", "|cased|all"][..]);
    let several = |values: &'static [&'static str], end: &'static str| {
        let least = if end.contains("all") { 2 } else { 1 };
        prop::collection::vec(select(values), least..4)
    };
    let whole = (field(), end()).prop_flat_map(move |(field, end)| {
        several(PATTERNS, end).prop_map(move |values| (format!("{field}{end}"), json!(values)))
    });
    let part = (field(), select(&["contains", "startswith", "endswith"][..]), end()).prop_flat_map(
        move |(field, part, end)| {
            let values = if part == "contains" { PARTS } else { ENDS };
            several(values, end).prop_map(move |values| (format!("{field}|{part}{end}"), json!(values)))
        },
    );
    let regex = (field(), select(&["", "|i", "|m", "|s", "|i|all"][..])).prop_flat_map(move |(field, end)| {
        several(REGEXES, end).prop_map(move |values| (format!("{field}|re{end}"), json!(values)))
    });
    let number = (select(&["", "|lt", "|lte", "|gt", "|gte", "|neq"][..]), select(&[0.0, 1.0, 2.0, 2.5, 3.0][..]))
        .prop_map(|(compare, number)| (format!("message.position{compare}"), json!(number)));
    let extension = end().prop_flat_map(move |end| {
        several(EXTENSIONS, end).prop_map(move |values| (format!("message.attachment_extension{end}"), json!(values)))
    });
    let host = select(&["", "|all"][..]).prop_flat_map(move |end| {
        several(NETWORKS, end).prop_map(move |values| (format!("message.link_host|cidr{end}"), json!(values)))
    });
    let other = select(&["", "|cased", "|contains", "|startswith", "|endswith"][..])
        .prop_map(|how| (format!("message.text|fieldref{how}"), json!("message.subject")));
    let encoded = select(
        &[
            ("base64", "pay"),
            ("base64|contains", "pay"),
            ("wide|base64|contains", "pay"),
            ("windash", "-x"),
            ("windash|endswith", " -x"),
        ][..],
    )
    .prop_map(|(modifiers, value)| (format!("message.text|{modifiers}"), json!(value)));
    let date = select(&[("hour", 8), ("hour", 9), ("minute", 2), ("day", 14), ("month", 9), ("year", 2026)][..])
        .prop_map(|(part, number)| (format!("message.text|{part}"), json!(number)));
    prop_oneof![
        6 => whole,
        6 => part,
        3 => regex,
        3 => number,
        1 => any::<bool>().prop_map(|flag| ("message.was_asked".to_owned(), json!(flag))),
        2 => extension,
        2 => host,
        2 => other,
        2 => encoded,
        1 => date,
        2 => (any_field(), any::<bool>()).prop_map(|(field, flag)| (format!("{field}|exists"), json!(flag))),
        1 => field().prop_map(|field| (field.to_owned(), Value::Null)),
    ]
    .boxed()
}

/// A selection: a mapping, a list of mappings, or words.
fn selection() -> impl Strategy<Value = Value> {
    let map = || prop::collection::vec(item(), 1..3).prop_map(|items| items.into_iter().collect::<Map<_, _>>());
    prop_oneof![
        4 => map().prop_map(Value::Object),
        1 => prop::collection::vec(map().prop_map(Value::Object), 1..3).prop_map(Value::Array),
        1 => prop::collection::vec(select(&["pay", "NOW", "na?ve", "end."][..]), 1..3).prop_map(|words| json!(words)),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => select(&["a1", "a2", "b1"][..]).prop_map(str::to_owned),
        1 => select(&["1 of a*", "all of a*", "1 of them", "all of them", "any of b*"][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| format!("not {part}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} or not {b})")),
        ]
    })
}

/// The rule in the words that both read.
fn written(selections: &[Value], condition: &str) -> String {
    let mut detection = Map::new();
    for (name, selection) in ["a1", "a2", "b1"].iter().zip(selections) {
        detection.insert((*name).to_owned(), selection.clone());
    }
    // Every selection is used, whatever the condition says.
    detection.insert("condition".to_owned(), json!(format!("({condition}) and (1 of them or not 1 of them)")));
    format!(
        "title: t\nid: 5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11\nname: r\nstatus: test\ndate: 2026-11-24\n\
         logsource: {{ product: falseface, category: message }}\ndetection: {}\nlevel: low\n\
         falseface: {{ detectors: {{ job_scam: 2 }} }}\n",
        Value::Object(detection)
    )
}

fn ours(rule: &str, record: &Record) -> Result<bool, String> {
    let file = ContentFile { path: "detections/conduct/r.yml".into(), text: rule.to_owned().into() };
    let rules = RuleSet::compile(&[file], &Content::default(), &[]).map_err(|errors| errors[0].render(false))?;
    let dossier = Dossier::new("d");
    let evaluation = evaluate(&rules, &record.elements(&dossier));
    assert!(evaluation.not_evaluable.is_empty(), "everything is known");
    Ok(!evaluation.findings.is_empty())
}

fn theirs(rule: &str, record: &Record) -> Result<bool, String> {
    let collection = rsigma_parser::parse_sigma_yaml(rule).map_err(|error| error.to_string())?;
    if let Some(error) = collection.errors.first() {
        return Err(format!("{error:?}"));
    }
    let mut engine = Engine::new();
    engine.add_collection(&collection).map_err(|error| error.to_string())?;
    let event = record.event();
    Ok(!engine.evaluate(&JsonEvent::borrow(&event)).is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_selection(selection in selection(), records in prop::collection::vec(record(), 4)) {
        let rule = written(&[selection], "a1");
        for record in &records {
            prop_assert_eq!(ours(&rule, record), theirs(&rule, record), "{}\n{:?}", rule, record);
        }
    }

    #[test]
    fn several_selections(
        selections in prop::collection::vec(selection(), 3),
        condition in condition(),
        record in record(),
    ) {
        let rule = written(&selections, &condition);
        prop_assert_eq!(ours(&rule, &record), theirs(&rule, &record), "{}\n{:?}", rule, record);
    }
}
