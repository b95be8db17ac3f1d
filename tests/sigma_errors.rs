//! What the author of a rule is told: every file in `tests/errors` and the messages for it.

#![expect(clippy::disallowed_methods, reason = "the test reads its own fixtures")]

use falseface::content::{Content, ContentFile, embedded};
use falseface::rules::{RuleSet, lint};
use falseface::screening::{Detector, RuleOff};
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

/// What the author of the file is told; nothing if it is right.
fn told(name: &str, text: String, content: &Content) -> String {
    let family = if name.starts_with("combination") { "combination" } else { "conversation" };
    let file = ContentFile { path: format!("detections/{family}/{name}.yml"), text: text.into() };
    let diagnostics = match RuleSet::compile(&[file], content, &[]) {
        Ok(rules) => lint(&rules, content),
        Err(errors) => errors,
    };
    diagnostics.iter().map(|diagnostic| diagnostic.render(false)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_error_says_where_and_what_to_do() {
    let content = Content::load(&embedded()).expect("the embedded content loads");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .collect();
    files.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&file).expect("a text");
            let told = told(&name, text, &content);
            assert_eq!(told.is_empty(), name == "valid", "{name}: {told}");
            insta::assert_snapshot!(name, told);
        }
    });
}

#[test]
fn names_and_ids_are_given_once_and_circles_are_refused() {
    let content = Content::load(&embedded()).expect("the embedded content loads");
    let valid = include_str!("errors/valid.yml");
    let file = |path: &str, text: String| ContentFile { path: path.to_owned(), text: text.into() };
    let twice = [
        file("detections/conversation/valid.yml", valid.to_owned()),
        file("detections/payment/valid.yml", valid.to_owned()),
    ];
    let errors = RuleSet::compile(&twice, &content, &[]).expect_err("both are named the same");
    let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "detections/payment/valid.yml:3:7: the name `valid` stands in detections/conversation/valid.yml as well",
            "detections/payment/valid.yml:2:5: the id `5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11` stands in \
             detections/conversation/valid.yml as well",
        ]
    );

    let combination = |name: &str, id: char, over: &str| {
        let text = valid
            .replace("name: valid", &format!("name: {name}"))
            .replace("5b0a4a5e", &id.to_string().repeat(8))
            .replace("category: message", "category: dossier")
            .replace(
                "    message.intent: off-platform\n    message.from_subject: true\n",
                &format!("    finding.rule: {over}\n"),
            );
        file(&format!("detections/combination/{name}.yml"), text)
    };
    let circle = [combination("one", 'a', "two"), combination("two", 'b', "three"), combination("three", 'c', "one")];
    let errors = RuleSet::compile(&circle, &content, &[]).expect_err("a circle");
    assert_eq!(
        errors[0].to_string(),
        "detections/combination/one.yml:0:0: the combination `one` rests on itself, by way of others"
    );
    let excluded = RuleSet::compile(&twice[..1], &content, &[RuleOff::whole("vald")]).expect_err("no such rule");
    assert_eq!(excluded[0].help.as_deref(), Some("did you mean `valid`?"));
    let rules = RuleSet::compile(&twice[..1], &content, &[RuleOff::whole("valid")]).expect("silenced");
    assert!(rules.rules().is_empty());
    assert_eq!(rules.off(), [RuleOff::whole("valid")]);
}

#[test]
fn a_rule_is_left_out_for_one_detector_or_by_all_of_them_wholly() {
    let content = Content::default();
    let files: Vec<_> = embedded().into_iter().filter(|file| file.path.ends_with("/lure-paste-command.yml")).collect();
    let content = Content::load(&embedded()).unwrap_or(content);
    let asked =
        |detectors: &[Detector]| RuleOff { rule: "lure-paste-command".to_owned(), detectors: detectors.to_vec() };
    let compiled = |asked: &[RuleOff]| RuleSet::compile(&files, &content, asked);
    let whole = compiled(&[]).expect("compiles");
    let spoken: Vec<Detector> =
        whole.rules()[0].info.weights.iter().filter_map(|(detector, weight)| weight.map(|_| detector)).collect();
    assert_eq!(spoken, [Detector::FakeRecruiter, Detector::JobScam], "the rule that the test rests on");

    let one = compiled(&[asked(&[Detector::JobScam])]).expect("compiles");
    assert_eq!(one.off(), [asked(&[Detector::JobScam])]);
    let info = &one.rules()[0].info;
    assert_eq!(info.weights[Detector::JobScam], None);
    assert_eq!(info.weights[Detector::FakeRecruiter], whole.rules()[0].info.weights[Detector::FakeRecruiter]);

    let both = compiled(&[asked(&[Detector::JobScam]), asked(&[Detector::FakeRecruiter])]).expect("compiles");
    assert!(both.rules().is_empty());
    assert_eq!(both.off(), [RuleOff::whole("lure-paste-command")]);

    let wrong = compiled(&[asked(&[Detector::ConcealedFreelancer])]).expect_err("it does not speak to that");
    assert_eq!(wrong[0].help.as_deref(), Some("it speaks to fake_recruiter, job_scam"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is typed into a rule, its author is answered.
    #[test]
    fn a_damaged_rule_is_answered(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, "[ -~\n\u{e9}\u{202e}]{0,6}"), 1..4),
    ) {
        let mut text: Vec<char> = include_str!("errors/valid.yml").chars().collect();
        for (at, length, typed) in edits {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, typed.chars());
        }
        let file = ContentFile {
            path: "detections/conversation/valid.yml".to_owned(),
            text: text.into_iter().collect::<String>().into(),
        };
        let content = Content::default();
        let found = RuleSet::compile(&[file], &content, &[]).map_or_else(|errors| errors, |rules| lint(&rules, &content));
        for diagnostic in found {
            prop_assert!(!diagnostic.render(false).is_empty());
        }
    }
}
