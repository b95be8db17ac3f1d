//! What each report shows of a hand-made outcome: whole outputs as snapshots.

#[path = "reports/outcome.rs"]
mod outcome;

use falseface::dossier::{Locator, Rejected, Skipped};
use falseface::report::{self, Format, Style};
use falseface::screening::{Detector, Explanation, Leaf, LeafState, Screening, Trace, TraceNode, Verdict};
use outcome::{bytes, clean, run, screening, seen, suspicious};

fn written(screening: &Screening, format: Format, style: Style) -> String {
    String::from_utf8(bytes(screening, format, style, false)).expect("reports are UTF-8")
}

#[test]
fn terminal_shows_who_is_at_review_or_above() {
    insta::assert_snapshot!(written(&screening(), Format::Terminal, Style::default()));
}

#[test]
fn terminal_shows_everybody_when_asked() {
    let style = Style { min_verdict: Verdict::Insufficient, ..Style::default() };
    insta::assert_snapshot!(written(&screening(), Format::Terminal, style));
}

#[test]
fn terminal_wraps_to_a_narrow_window() {
    let output = written(&screening(), Format::Terminal, Style { width: 60, ..Style::default() });
    insta::assert_snapshot!(output);
}

#[test]
fn terminal_colours_only_when_asked() {
    assert!(!written(&screening(), Format::Terminal, Style::default()).contains('\u{1b}'));
    assert!(
        written(&screening(), Format::Terminal, Style { color: true, ..Style::default() })
            .contains("\u{1b}[1;31mESCALATE")
    );
}

#[test]
fn json_lines_are_the_contract() {
    let output = written(&screening(), Format::JsonLines, Style::default());
    for line in output.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("every line is an object");
        assert!(value["type"].is_string());
    }
    insta::assert_snapshot!(output);
}

#[test]
fn csv_has_a_row_for_everybody_and_for_what_could_not_be_read() {
    insta::assert_snapshot!(written(&screening(), Format::Csv, Style::default()));
}

#[test]
fn what_workers_make_of_people_is_the_report() {
    let mut run = Screening::new(run());
    run.assessments = vec![suspicious(), clean()];
    let style = Style { min_verdict: Verdict::Insufficient, ..Style::default() };
    for &format in Format::ALL {
        let report = bytes(&run, format, style, false);
        assert!(!report.is_empty() && report == bytes(&run, format, style, true), "{format:?}");
    }
}

#[test]
fn reasons_and_names_from_files_cannot_steer_the_terminal() {
    let mut run = Screening::new(run());
    let mut person = suspicious();
    person.screened.subject.name = Some("Ana\u{1b}[2J\u{202e} Example".to_owned());
    person.screened.dossier = "id\u{7}".to_owned();
    run.assessments = vec![person];
    run.rejected = vec![Rejected { source: Locator::file("a\u{1b}]0;x\u{7}.json"), reason: "b\u{9b}c".to_owned() }];
    run.skipped = vec![Skipped { source: Locator::file("d\r\ne"), reason: String::new() }];
    let output = written(&run, Format::Terminal, Style::default());
    assert!(output.chars().all(|character| character == '\n' || !character.is_control()), "{output:?}");
    assert!(!output.contains('\u{202e}'));
}

#[test]
fn an_explanation_shows_what_each_part_saw() {
    let mut bytes = Vec::new();
    report::explain(&mut bytes, &explanation(), &Style::default()).expect("memory takes everything");
    insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
}

#[test]
fn a_difference_shows_what_counts_otherwise() {
    let before = seen(&suspicious(), Detector::FakeRecruiter);
    let mut without = suspicious();
    without.screened.findings.retain(|finding| finding.rule.name != "lure-archive-password");
    let after = seen(&without, Detector::FakeRecruiter);
    let mut bytes = Vec::new();
    report::difference(&mut bytes, Detector::FakeRecruiter, &before, &after, &Style::default()).expect("memory");
    insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
}

fn explanation() -> Explanation {
    let leaf = |text: &str, state, field: &str, seen: &[&str], pointers: &[&str]| TraceNode {
        text: text.to_owned(),
        state,
        leaf: Some(Leaf {
            field: field.to_owned(),
            seen: seen.iter().map(|&value| value.to_owned()).collect(),
            pointers: pointers.iter().map(|&pointer| pointer.to_owned()).collect(),
        }),
        parts: Vec::new(),
    };
    let all = |text: &str, state, parts| TraceNode { text: text.to_owned(), state, leaf: None, parts };
    let ask = all(
        "ask",
        LeafState::Hit,
        vec![
            leaf(
                "message.intent: off-platform",
                LeafState::Hit,
                "message.intent",
                &["off-platform"],
                &["/messages/1/text"],
            ),
            leaf("message.position|lte: 3", LeafState::Hit, "message.position", &["2"], &["/messages/1"]),
        ],
    );
    let negated = all(
        "not declared_norm",
        LeafState::Hit,
        vec![leaf("subject.role: candidate", LeafState::Miss, "subject.role", &["recruiter"], &["/role"])],
    );
    let young = leaf("contact.domain_age_days|lt: 60", LeafState::NotEvaluable, "contact.domain_age_days", &[], &[]);
    Explanation {
        assessment: suspicious(),
        traces: vec![
            Trace {
                rule: "lure-offplatform-early".to_owned(),
                element: "/messages/1".to_owned(),
                root: all("ask and not declared_norm", LeafState::Hit, vec![ask, negated]),
            },
            Trace { rule: "dom-young".to_owned(), element: "/contacts/0".to_owned(), root: young },
        ],
    }
}
