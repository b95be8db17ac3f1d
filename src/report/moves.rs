//! What a change of content does to people: a line for each rule and each person, or one JSON object.

use super::contract::Style;
use super::escape::readable;
use super::layout::Page;
use crate::evaluation::{Changes, ContentChange, Move, Moves, PointsMoved, RuleChange};
use crate::screening::{PerDetector, Verdict};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The value of `schema`.
const SCHEMA: &str = "falseface.rules-diff/1";

/// Prints what changed, who moves, and how many. Errors are those of the writer.
pub fn moves(to: &mut dyn Write, changes: &Changes, moves: &Moves, style: &Style) -> io::Result<()> {
    let mut page = Page::new(style);
    for change in &changes.rules {
        let (lead, rest) = match change {
            RuleChange::Added { rule, weights } => (format!("+ {rule}: "), weights_text(weights)),
            RuleChange::Removed { rule, weights } => (format!("- {rule}: "), weights_text(weights)),
            RuleChange::Changed { rule, differences } => (format!("~ {rule}: "), differences.join("; ")),
        };
        page.line(&readable(&format!("{lead}{rest}")));
    }
    for ContentChange { file, change } in &changes.content {
        page.line(&format!("  {}: {change}", readable(file)));
    }
    if changes.rules.is_empty() && changes.content.is_empty() {
        page.line("no rule, lexicon, list or table differs");
    }
    for moved in &moves.moves {
        page.line(&line(moved));
    }
    page.line(&summary(moves));
    to.write_all(page.take().as_bytes())?;
    to.flush()
}

/// Writes the same as one object, `falseface.rules-diff/1`. Errors are those of the writer.
pub fn moves_json(to: &mut dyn Write, changes: &Changes, moves: &Moves) -> io::Result<()> {
    let object = json!({
        "schema": SCHEMA,
        "rules": changes.rules.iter().map(change).collect::<Vec<_>>(),
        "content": changes.content.iter()
            .map(|change| json!({ "file": change.file, "change": change.change }))
            .collect::<Vec<_>>(),
        "people": moves.people,
        "up": moves.up(),
        "down": moves.down(),
        "only_score": moves.only_score,
        "moves": moves.moves.iter().map(moved).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *to, &object)?;
    to.write_all(b"\n")?;
    to.flush()
}

fn weights_text(weights: &PerDetector<Option<f64>>) -> String {
    let weights: Vec<_> = weights
        .iter()
        .filter_map(|(detector, weight)| weight.map(|weight| format!("{} {weight:+}", detector.as_str())))
        .collect();
    weights.join(", ")
}

fn line(moved: &Move) -> String {
    let direction = if moved.is_up() { "up  " } else { "down" };
    let rules: Vec<_> = moved.rules.iter().map(rule).collect();
    let because = if rules.is_empty() { "the same rules".to_owned() } else { rules.join(", ") };
    let standing = |(verdict, score): (Verdict, f64)| format!("{} {score:.1}", verdict.as_str());
    format!(
        "{direction}  {}  {}  {} → {}  {because}",
        readable(&moved.id),
        moved.detector.as_str(),
        standing(moved.old),
        standing(moved.new)
    )
}

fn rule(points: &PointsMoved) -> String {
    match (points.old, points.new) {
        (None, Some(new)) => format!("{} {new:+.1}", points.rule),
        (Some(old), None) => format!("{} no longer {old:+.1}", points.rule),
        (old, new) => format!("{} {:+.1} → {:+.1}", points.rule, old.unwrap_or(0.0), new.unwrap_or(0.0)),
    }
}

fn summary(moves: &Moves) -> String {
    let mut text = format!("of {} people {} move up, {} down", grouped(moves.people), moves.up(), moves.down());
    if moves.only_score > 0 {
        let _ = write!(text, "; {} keep their verdicts with another score", grouped(moves.only_score));
    }
    text
}

/// Thousands apart: `1,240`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn change(change: &RuleChange) -> Value {
    let weights = |weights: &PerDetector<Option<f64>>| -> Map<String, Value> {
        weights
            .iter()
            .filter_map(|(detector, weight)| Some((detector.as_str().to_owned(), json!((*weight)?))))
            .collect()
    };
    match change {
        RuleChange::Added { rule, weights: of } => json!({ "rule": rule, "change": "added", "weights": weights(of) }),
        RuleChange::Removed { rule, weights: of } => {
            json!({ "rule": rule, "change": "removed", "weights": weights(of) })
        }
        RuleChange::Changed { rule, differences } => {
            json!({ "rule": rule, "change": "changed", "differences": differences })
        }
    }
}

fn moved(moved: &Move) -> Value {
    let standing = |(verdict, score): (Verdict, f64)| json!({ "verdict": verdict.as_str(), "score": (score * 10.0).round() / 10.0 });
    json!({
        "dossier": moved.id,
        "detector": moved.detector.as_str(),
        "direction": if moved.is_up() { "up" } else { "down" },
        "old": standing(moved.old),
        "new": standing(moved.new),
        "rules": moved.rules.iter()
            .map(|points| json!({ "rule": points.rule, "old": points.old, "new": points.new }))
            .collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1240, 1_000_000].map(grouped), ["0", "999", "1,240", "1,000,000"]);
    }
}
