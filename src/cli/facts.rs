//! `falseface facts`: what rules read, one JSON object for each element.

use super::args::FactsArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::{input, load};
use crate::facts::{Element, Elements, Field, Known, Value};
use crate::screen::Stages;
use serde_json::{Map, Value as Json, json};
use std::io::Write;

/// Prints every element of every dossier. Fields that are unknown are left out; known to be missing is `null`.
///
/// # Errors
/// If the content is wrong, an input that was named cannot be read, or nothing can be printed.
pub(super) fn facts(args: &FactsArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, None)?;
    let stages = Stages::new(&detection);
    let options = load::options(&args.ask);
    let mut out = Output::open(None)?;
    input::for_each(
        &args.input,
        |read| {
            let elements = stages.elements(&read.dossier, &options);
            for element in elements.all() {
                let line = json!({
                    "dossier": read.dossier.id,
                    "category": element.category.as_str(),
                    "element": element.path.to_string(),
                    "fields": fields(&elements, element),
                });
                serde_json::to_writer(&mut out, &line)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        },
        output::note,
    )?;
    out.finish()?;
    Ok(Exit::Success)
}

fn fields(elements: &Elements<'_>, element: &Element) -> Map<String, Json> {
    let mut fields = Map::new();
    for spec in crate::facts::CATALOGUE.iter().filter(|spec| spec.category == element.category) {
        let value = match elements.get(element, spec.field) {
            Known::Unknown => continue,
            Known::Absent => Json::Null,
            Known::Present(facts) => value(spec.field, facts.iter().map(|fact| &fact.value)),
        };
        fields.insert(spec.name.to_owned(), value);
    }
    fields
}

fn value<'v>(field: Field, values: impl Iterator<Item = &'v Value<'v>>) -> Json {
    let mut values: Vec<Json> = values.map(scalar).collect();
    if field.spec().list { Json::Array(values) } else { values.pop().unwrap_or(Json::Null) }
}

fn scalar(value: &Value<'_>) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Date(date) => json!(date.to_string()),
    }
}
