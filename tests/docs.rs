//! Pages that are made from tables are current. `UPDATE_DOCS=1 cargo test --test docs` makes them anew.

#![expect(clippy::disallowed_methods, reason = "the test reads and writes the project's own pages")]

use falseface::Detection;
use falseface::content::Row;
use falseface::dossier::Section;
use falseface::facts::{CATALOGUE, Category, Kind};
use falseface::ingest::ADAPTERS;
use falseface::report::output_schema;
use falseface::screening::{Detector, RuleInfo};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
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
fn the_page_of_the_machine_contract_is_current() {
    let schema = serde_json::to_value(output_schema()).expect("a schema");
    let mut page = String::new();
    let lines = schema["oneOf"].as_array().expect("lines of several types");
    let part_of =
        |value: &Value| value["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")).map(str::to_owned);
    let mut of_lines = BTreeSet::new();
    for line in lines {
        let kind = line["properties"]["type"]["const"].as_str().expect("a type");
        let part = part_of(line).expect("a part");
        let _ = write!(page, "\n## {kind}\n\n{}\n", line["description"].as_str().expect("a description"));
        fields(&mut page, &schema["$defs"][&part]);
        of_lines.insert(part);
    }
    page.push_str("\n## Parts of lines\n");
    for (part, schema) in
        schema["$defs"].as_object().expect("parts").iter().filter(|(part, _)| !of_lines.contains(*part))
    {
        let _ = write!(page, "\n### {}\n", part.to_lowercase());
        if let Some(description) = schema["description"].as_str() {
            let _ = writeln!(page, "\n{}", cell(description));
        }
        if schema["enum"].is_array() {
            let _ = writeln!(page, "\n{}", kind(schema));
        }
        for (number, word) in schema["oneOf"].as_array().into_iter().flatten().enumerate() {
            let (gap, said) = (if number == 0 { "\n" } else { "" }, word["description"].as_str().unwrap_or_default());
            let _ = writeln!(page, "{gap}- {}: {}", kind(word), cell(said));
        }
        fields(&mut page, schema);
    }
    current("output.md", &page);
}

/// The table of an object's fields, those that are always there first.
fn fields(page: &mut String, schema: &Value) {
    let Some(properties) = schema["properties"].as_object() else { return };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let optional = properties.keys().map(String::as_str).filter(|field| !required.contains(field));
    page.push_str("\n| field | holds | which is |\n|---|---|---|\n");
    for field in required.iter().copied().chain(optional) {
        let said = properties[field]["description"].as_str().expect("every field says what it is");
        let absent = if required.contains(&field) { "" } else { ", or is not there" };
        let _ = writeln!(page, "| `{field}` | {}{absent} | {} |", kind(&properties[field]), cell(said));
    }
}

/// What a value is, in words.
fn kind(schema: &Value) -> String {
    if let Some(part) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return format!("[{0}](#{0})", part.to_lowercase());
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<_> = words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        return words.join(", ");
    }
    if let Some(constant) = schema["const"].as_str() {
        return format!("`{constant}`");
    }
    let (first, nullable) = match &schema["type"] {
        Value::Array(types) => (types[0].as_str(), " or null"),
        one => (one.as_str(), ""),
    };
    let words = match first.unwrap_or_default() {
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "whole number".to_owned(),
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" => match (schema["properties"].as_object(), &schema["additionalProperties"]) {
            (Some(properties), _) => {
                let of = properties.values().next().expect("values of one kind");
                format!("for each question: {}", kind(of))
            }
            (None, values) => format!("by name: {}", kind(values)),
        },
        other => other.to_owned(),
    };
    words + nullable
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

/// A table as rows of the named columns.
fn rows<const N: usize>(detection: &Detection, table: &str, columns: [&str; N]) -> Vec<[String; N]> {
    let table = detection.content.table(table).unwrap_or_else(|| panic!("there is a table {table}"));
    let at = columns.map(|name| table.column(name).unwrap_or_else(|| panic!("there is a column {name}")));
    table.rows().iter().map(|row: &Row| at.map(|column| row.cell(column).to_owned())).collect()
}

/// The rules that show each heuristic: that of its name first, then those that name it.
fn rules_by_heuristic(detection: &Detection) -> BTreeMap<&str, Vec<&str>> {
    let mut shown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in detection.rules.rules() {
        shown.entry(&rule.info.name).or_default().insert(0, &rule.info.name);
        for slug in &rule.covers {
            shown.entry(slug).or_default().push(&rule.info.name);
        }
    }
    shown
}

fn links<'a>(rules: impl IntoIterator<Item = &'a str>) -> String {
    let links: Vec<_> = rules.into_iter().map(|rule| format!("[`{rule}`](rules.md#{rule})")).collect();
    links.join(", ")
}

#[test]
fn every_heuristic_ends_somewhere_and_says_where() {
    let detection = Detection::builtin().expect("the built-in content compiles");
    let shown = rules_by_heuristic(&detection);
    let catalogue = rows(&detection, "catalogue", ["slug", "place", "reason"]);
    let slugs: BTreeSet<&str> = catalogue.iter().map(|[slug, ..]| slug.as_str()).collect();
    assert_eq!(slugs.len(), catalogue.len(), "a heuristic stands twice in tables/catalogue.tsv");
    let mut wrong = Vec::new();
    for [slug, place, reason] in &catalogue {
        match (place.as_str(), shown.contains_key(slug.as_str()), reason.is_empty()) {
            ("rule", true, true) | ("link" | "context" | "unseen", false, false) => {}
            ("rule", true, false) => wrong.push(format!("{slug}: has a rule, and a reason why it has none")),
            ("rule", false, _) => wrong.push(format!("{slug}: no rule has its name or names it in `covers`")),
            (_, true, _) => wrong.push(format!("{slug}: has a rule, but its place is `{place}`")),
            ("link" | "context" | "unseen", false, true) => wrong.push(format!("{slug}: has neither rule nor reason")),
            _ => wrong.push(format!("{slug}: `{place}` is no place")),
        }
    }
    for rule in detection.rules.rules() {
        let unknown = rule.covers.iter().filter(|slug| !slugs.contains(slug.as_str()));
        wrong.extend(unknown.map(|slug| format!("{}: covers `{slug}`, which is no heuristic", rule.info.name)));
    }
    for [campaign, listed, source] in &rows(&detection, "campaigns", ["campaign", "slugs", "source"]) {
        let unknown = listed.split('|').filter(|slug| !slugs.contains(slug));
        wrong.extend(unknown.map(|slug| format!("{campaign}: `{slug}` is no heuristic")));
        if !source.starts_with("https://") {
            wrong.push(format!("{campaign}: `{source}` is no source"));
        }
    }
    for [name, parts, rule, reason] in &rows(&detection, "combinations", ["combination", "parts", "rule", "reason"]) {
        let words = parts.split([' ', '(', ')']).filter(|word| !word.is_empty() && !["and", "or"].contains(word));
        let unknown = words.filter(|slug| !slugs.contains(slug));
        wrong.extend(unknown.map(|slug| format!("{name}: `{slug}` is no heuristic")));
        if rule.is_empty() == reason.is_empty() {
            wrong.push(format!("{name}: has both rule and reason, or neither"));
        }
        let unknown = rule.split('|').filter(|rule| !rule.is_empty() && detection.rules.by_name(rule).is_none());
        wrong.extend(unknown.map(|rule| format!("{name}: there is no rule `{rule}`")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_of_coverage_is_current() {
    let detection = Detection::builtin().expect("the built-in content compiles");
    let shown = rules_by_heuristic(&detection);
    let catalogue = rows(&detection, "catalogue", ["slug", "family", "place", "reason", "says"]);
    let campaigns = rows(&detection, "campaigns", ["campaign", "also", "slugs", "source"]);
    let count = |place: &str| catalogue.iter().filter(|[_, _, other, ..]| other == place).count();
    let mut page = format!(
        "\n{} heuristics: {} with a rule, {} that tie records together, {} context, {} that no export shows. \
         {} campaigns.\n",
        catalogue.len(),
        count("rule"),
        count("link"),
        count("context"),
        count("unseen"),
        campaigns.len(),
    );
    let families: BTreeSet<&str> = catalogue.iter().map(|[_, family, ..]| family.as_str()).collect();
    page += "\n| family | heuristics | rule | link | context | unseen |\n|---|---|---|---|---|---|\n";
    for family in &families {
        let count = |place: &str| {
            catalogue.iter().filter(|[_, other, at, ..]| other == family && (place.is_empty() || at == place)).count()
        };
        let [all, rule, link, context, unseen] = ["", "rule", "link", "context", "unseen"].map(count);
        let _ = writeln!(page, "| [{family}](#{family}) | {all} | {rule} | {link} | {context} | {unseen} |");
    }
    page += "\n## campaigns\n\n| campaign | also | rules that would meet it | without a rule |\n|---|---|---|---|\n";
    for [campaign, also, slugs, source] in &campaigns {
        let (with, without): (Vec<&str>, Vec<&str>) = slugs.split('|').partition(|slug| shown.contains_key(slug));
        let rules: BTreeSet<&str> = with.iter().flat_map(|slug| shown[slug].iter().copied()).collect();
        let without: Vec<_> = without.iter().map(|slug| format!("`{slug}`")).collect();
        let _ =
            writeln!(page, "| [{campaign}]({source}) | {} | {} | {} |", cell(also), links(rules), without.join(", "));
    }
    page += "\n## combinations\n\n| | heuristics | rule, or why there is none |\n|---|---|---|\n";
    let mut combinations = rows(&detection, "combinations", ["combination", "parts", "rule", "reason"]);
    combinations.sort_by_key(|[name, ..]| name.trim_start_matches('C').parse::<u32>().unwrap_or(u32::MAX));
    for [name, parts, rule, reason] in &combinations {
        let end = if rule.is_empty() { cell(reason) } else { links(rule.split('|')) };
        let _ = writeln!(page, "| {name} | {} | {end} |", cell(parts));
    }
    for family in families {
        let _ = write!(page, "\n## {family}\n\n| heuristic | says | place | rules, or why there is none |\n");
        page += "|---|---|---|---|\n";
        for [slug, _, place, reason, says] in catalogue.iter().filter(|[_, other, ..]| other == family) {
            let end = match shown.get(slug.as_str()) {
                Some(rules) => links(rules.iter().copied()),
                None => cell(reason),
            };
            let _ = writeln!(page, "| `{slug}` | {} | {place} | {end} |", cell(says));
        }
    }
    current("coverage.md", &page);
}

#[test]
fn the_tables_of_formats_are_current() {
    let mut page =
        "\n## Formats at a glance\n\n| format | reads | recognised by | becomes |\n|---|---|---|---|\n".to_owned();
    for adapter in ADAPTERS {
        let (reads, told, becomes) = (cell(adapter.description), cell(adapter.recognised_by), cell(adapter.becomes));
        let _ = writeln!(page, "| `{}` | {reads} | {told} | {becomes} |", adapter.name);
    }
    page.push_str("\nWhat a format can show of the lists of a record. A list that it cannot show is unknown, and nothing follows from that.\n\n");
    let _ = writeln!(page, "| list | shown by |\n|---|---|");
    for section in Section::ALL {
        let showing = ADAPTERS.iter().filter(|adapter| adapter.shows.contains(section));
        let names: Vec<_> = showing.map(|adapter| format!("`{}`", adapter.name)).collect();
        let _ = writeln!(page, "| `{}` | {} |", section.as_str(), names.join(", "));
    }
    current("formats.md", &page);
}
