//! Pages that are made from tables are current. `UPDATE_DOCS=1 cargo test --test docs` makes them anew.

#![expect(clippy::disallowed_methods, reason = "the test reads and writes the project's own pages")]

use falseface::Detection;
use falseface::facts::{CATALOGUE, Category, Kind};
use falseface::screening::{Detector, RuleInfo};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Compares a page with what it should say from the marker on; what stands before the marker is written by hand.
fn current(page: &str, made: &str) {
    const MARKER: &str = "<!-- made from here on: UPDATE_DOCS=1 cargo test --test docs -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = fs::read_to_string(&path).expect("the page exists, with its hand-written beginning");
    let (before, after) = text.split_once(MARKER).expect("the page has a marker");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{before}{MARKER}{made}")).expect("the page can be written");
    } else {
        assert!(after == made, "docs/{page} is stale: run UPDATE_DOCS=1 cargo test --test docs");
    }
}

/// Markdown tables take one line a row.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[test]
fn the_page_of_facts_is_current() {
    let mut page = String::new();
    for category in Category::ALL {
        let fields: Vec<_> = CATALOGUE.iter().filter(|spec| spec.category == category).collect();
        if fields.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {}\n\n| field | kind | what it says |\n|---|---|---|\n", category.as_str());
        for spec in fields {
            let kind = match spec.kind {
                Kind::Word => "word",
                Kind::Prose => "text",
                Kind::Number => "number",
                Kind::Flag => "true or false",
                Kind::Date => "date",
            };
            let list = if spec.list { ", several" } else { "" };
            let _ = writeln!(page, "| `{}` | {kind}{list} | {} |", spec.name, cell(spec.doc));
        }
    }
    current("facts.md", &page);
}

#[test]
fn the_page_of_rules_is_current() {
    let detection = Detection::builtin().expect("the built-in content compiles");
    let rules = detection.rules.rules();
    let mut families: Vec<&str> = rules.iter().map(|rule| rule.info.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    let mut page = format!("\n{} rules in {} families.\n", rules.len(), families.len());
    for family in families {
        let _ = write!(page, "\n## {family}\n");
        for rule in rules.iter().filter(|rule| rule.info.family == family) {
            entry(&mut page, &rule.info, rule.category, &rule.fairness);
        }
    }
    current("rules.md", &page);
}

fn entry(page: &mut String, info: &RuleInfo, category: Category, fairness: &str) {
    let weights: Vec<String> = Detector::ALL
        .into_iter()
        .filter_map(|detector| Some(format!("{} {:+}", detector.as_str(), info.weights[detector]?)))
        .collect();
    let _ = write!(
        page,
        "\n### `{}`\n\n{}. Looks at: {}. Weight: {}.\n\n{}\n\n- Could be: {}\n- Verify: {}\n- Fairness: {}\n",
        info.name,
        info.title,
        category.as_str(),
        weights.join(", "),
        cell(&info.description),
        cell(&info.falsepositives.join(" ")),
        cell(&info.verify),
        cell(fairness),
    );
    if !info.references.is_empty() {
        let _ = writeln!(page, "- Sources: {}", info.references.join(" , "));
    }
}
