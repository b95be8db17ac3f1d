//! Whatever stands in an export or a rule, reports stay well-formed, and no cell of a spreadsheet begins a formula.

#![expect(clippy::disallowed_methods, reason = "the test reads schemas")]

#[path = "reports/outcome.rs"]
mod outcome;

use falseface::dossier::{Locator, Rejected, Skipped};
use falseface::report::{Format, Style};
use falseface::screening::{Assessment, Derived, Evidence, Finding, Hub, Observable, Screening, Verdict};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::sync::{Arc, LazyLock};

static SARIF: LazyLock<Validator> = LazyLock::new(|| validator("sarif-2.1.0.json"));
static OCSF: LazyLock<Validator> = LazyLock::new(|| validator("ocsf-1.5.0-detection-finding.json"));

fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(format!("tests/schemas/{name}")).expect("the schema is vendored");
    jsonschema::options().build(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

/// Text that means harm: formulas, quotes, separators, ends of lines, marks of direction, what no character is, escapes of
/// several languages, and far too much of anything.
fn hostile() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("=HYPERLINK(\"https://cam-fix.example\";\"x\")".to_owned()),
        Just("+1".to_owned()),
        Just("-2+3".to_owned()),
        Just("@SUM(A1)".to_owned()),
        Just("\t=1".to_owned()),
        Just("\r\n=1".to_owned()),
        Just("\u{ff1d}1".to_owned()),
        Just("\u{a0}\u{2003}\u{ff0b}1".to_owned()),
        Just(";=cmd|' /C calc'!A0".to_owned()),
        Just("\",\"=1".to_owned()),
        Just("'; --".to_owned()),
        Just("\u{202e}fdp.exe\u{2066}".to_owned()),
        Just("\0\u{1b}[2J\u{7f}\u{85}".to_owned()),
        Just("\u{feff}\u{200b}=1".to_owned()),
        Just("\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}".to_owned()),
        Just("\\ud800 \\u0000".to_owned()),
        Just("_x003D_1".to_owned()),
        Just("</t></is></c><f>1</f>]]>&#x1;".to_owned()),
        Just("[x](https://cam-fix.example) {0}".to_owned()),
        Just("' OR domain-name:value = '".to_owned()),
        Just("ana@examp1e-aerospace.example".to_owned()),
        Just("../../etc/passwd".to_owned()),
        Just("\u{1}".repeat(3_000)),
        Just("\u{1f600}".repeat(3_000)),
        ".{0,12}",
    ];
    proptest::collection::vec(bit, 0..4).prop_map(|bits| bits.concat())
}

/// An outcome in which every text is somebody's choice.
fn poisoned(texts: &[String]) -> Screening {
    let mut texts = texts.iter().cycle().cloned();
    let mut next = || texts.next().unwrap_or_default();
    let mut all = outcome::screening();
    for assessment in &mut all.assessments {
        poison(assessment, &mut next);
    }
    for cluster in &mut all.clusters {
        (cluster.id, cluster.names) = (next(), vec![next()]);
        for tie in &mut cluster.ties {
            (tie.a, tie.b, tie.kind) = (next(), next(), next());
            tie.evidence.iter_mut().for_each(|side| side.quote = next());
        }
    }
    let place = |path: String, entry: String, pointer: String| Locator {
        entry: Some(entry.into()),
        line: Some(0),
        pointer: Some(pointer.into()),
        ..Locator::file(path)
    };
    all.hubs = vec![Hub { kind: next(), value: next(), holders: 9 }];
    all.rejected = vec![Rejected { source: place(next(), next(), next()), reason: next() }];
    all.skipped = vec![Skipped { source: place(next(), next(), next()), reason: next() }];
    all.summary.inputs.iter_mut().for_each(|input| input.source = place(next(), next(), next()));
    all.summary.unknown_fields.insert(next(), 1);
    all
}

fn poison(assessment: &mut Assessment, next: &mut impl FnMut() -> String) {
    let screened = &mut assessment.screened;
    screened.dossier = next();
    screened.source = Locator { entry: Some(next().into()), ..Locator::file(next()) };
    screened.subject.name = Some(next());
    assessment.clusters = vec![next(), next()];
    for Finding { rule, evidence, .. } in &mut screened.findings {
        let rule = Arc::make_mut(rule);
        (rule.id, rule.title, rule.description, rule.verify) = (next(), next(), next(), next());
        (rule.falsepositives, rule.tags, rule.references) = (vec![next()], vec![next()], vec![next()]);
        for piece in evidence {
            poison_evidence(piece, next);
        }
    }
}

fn poison_evidence(piece: &mut Evidence, next: &mut impl FnMut() -> String) {
    (piece.pointer, piece.label, piece.quote) = (next(), next(), next());
    (piece.before, piece.after, piece.expected) = (next(), next(), Some(next()));
    piece.observable = Some(Observable { kind: "email", value: next() });
    piece.derived = Some(Derived { field: "contact.lookalike_of", value: next(), from: vec![next()] });
    if piece.quote.is_empty() {
        piece.quote.push('x');
    }
    // Some of it stands where addresses are taken for the person's.
    if piece.pointer.len().is_multiple_of(2) {
        "/contacts/0/value".clone_into(&mut piece.pointer);
    }
}

fn written(screening: &Screening, format: Format) -> Vec<u8> {
    let style = Style { min_verdict: Verdict::Insufficient, ..Style::default() };
    outcome::bytes(screening, format, style, false)
}

/// Whether a spreadsheet would calculate a cell, or a part of it where semicolons begin cells.
fn begins_formula(cell: &str) -> bool {
    cell.split(';').any(|part| {
        let text = part.trim_start_matches(|character: char| character.is_whitespace() || character == '"');
        text.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    })
}

/// Whether a cell holds something that would be obeyed instead of shown.
fn hides(cell: &str) -> bool {
    cell.chars().any(|character| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

fn assert_json(report: &[u8]) -> Result<Value, TestCaseError> {
    serde_json::from_slice(report).map_err(|error| TestCaseError::fail(error.to_string()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv_is_rows_of_text(texts in proptest::collection::vec(hostile(), 1..24)) {
        let report = written(&poisoned(&texts), Format::Csv);
        let text = report.strip_prefix(b"\xef\xbb\xbf").expect("the mark of UTF-8");
        let mut rows = 0;
        for row in csv::Reader::from_reader(text).records() {
            let row = row.map_err(|error| TestCaseError::fail(error.to_string()))?;
            rows += 1;
            prop_assert!(row.iter().all(|cell| !begins_formula(cell) && !hides(cell)), "row {rows}");
        }
        // Four people, one rejected record, one skipped file.
        prop_assert_eq!(rows, 6);
        prop_assert!(text.ends_with(b"\r\n"));
    }

    #[test]
    fn sarif_follows_its_schema(texts in proptest::collection::vec(hostile(), 1..24)) {
        let log = assert_json(&written(&poisoned(&texts), Format::Sarif))?;
        prop_assert!(SARIF.is_valid(&log), "{:?}", SARIF.iter_errors(&log).next().map(|error| error.to_string()));
    }

    #[test]
    fn stix_holds_nothing_but_domains(texts in proptest::collection::vec(hostile(), 1..24)) {
        let bundle = assert_json(&written(&poisoned(&texts), Format::Stix))?;
        for object in bundle["objects"].as_array().expect("objects") {
            if let Some(pattern) = object["pattern"].as_str() {
                let domain = pattern.strip_prefix("[domain-name:value = '").and_then(|rest| rest.strip_suffix("']"));
                let is_of_domain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
                prop_assert!(domain.is_some_and(|domain| domain.chars().all(is_of_domain)), "{pattern}");
            }
        }
    }

    #[test]
    fn ocsf_events_are_short_and_follow_their_class(texts in proptest::collection::vec(hostile(), 1..24)) {
        let report = written(&poisoned(&texts), Format::Ocsf);
        for line in report.split_inclusive(|byte| *byte == b'\n') {
            let event = assert_json(line)?;
            prop_assert!(line.len() < 8 * 1024, "{} bytes", line.len());
            prop_assert!(OCSF.is_valid(&event), "{:?}", OCSF.iter_errors(&event).next().map(|error| error.to_string()));
        }
    }
}

#[cfg(feature = "spreadsheets")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn xlsx_is_sheets_of_text(texts in proptest::collection::vec(hostile(), 1..24)) {
        use calamine::{Data, Reader, Xlsx};

        let report = written(&poisoned(&texts), Format::Xlsx);
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(report)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for name in book.sheet_names() {
            let formulas = book.worksheet_formula(&name).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(formulas.is_empty(), "{name}");
            let cells = book.worksheet_range(&name).map_err(|error| TestCaseError::fail(error.to_string()))?;
            for (.., cell) in cells.used_cells() {
                let Data::String(text) = cell else { continue };
                prop_assert!(!begins_formula(text) && !hides(text), "{name}: {:.80}", text.escape_debug());
            }
        }
    }
}
