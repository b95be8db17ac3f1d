//! What the run was: enough to repeat it, to see what it did not see, and to read it for what it is.

use super::sheet::Column;
use crate::dossier::Role;
use crate::report::cell::Cell;
use crate::report::checklist;
use crate::report::layout::moment;
use crate::report::told;
use crate::report::words::plural;
use crate::screening::{GeoDatabaseUsed, IndexUsed, Joining, ListUsed, Run, Summary, Thresholds, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What must be known before anything is done.
const NOTICE: &str = "Signs that exports show, with the words that show them. A finding is a reason to verify, not a \
                      verdict about a person; a person must decide. Nothing found is not clearance. Who is named may be \
                      a victim whose name is used.";

/// Both columns.
pub(super) fn columns() -> Vec<Column> {
    vec![("What".to_owned(), 34), ("Value".to_owned(), 100)]
}

/// The rows about a run and what it counted; `roles` are those of the people shown.
pub(super) fn rows(run: &Run, summary: &Summary, roles: &BTreeSet<Role>) -> Vec<Vec<Cell>> {
    let mut rows = Rows(Vec::new());
    rows.text("Please note", NOTICE);
    if summary.partial {
        rows.text("Interrupted", "What was not read by then is missing.");
    }
    counts(&mut rows, summary);
    made_with(&mut rows, run);
    for (words, steps) in checklist::lists(roles) {
        rows.list(words, steps);
    }
    for input in &summary.inputs {
        rows.text("Input", &format!("{} (sha256 {})", input.source, input.sha256));
    }
    rows.list("Left out on purpose, and not kept", fields(&summary.dropped_fields));
    rows.list("Not understood, and left out", fields(&summary.unknown_fields));
    rows.0
}

/// Rows of two cells.
struct Rows(Vec<Vec<Cell>>);

impl Rows {
    fn text(&mut self, what: &str, value: &str) {
        self.0.push(vec![Cell::text(what), Cell::text(value)]);
    }

    fn number(&mut self, what: &str, value: f64) {
        self.0.push(vec![Cell::text(what), Cell::Number(value)]);
    }

    /// Several texts, if there are any.
    fn list<T: AsRef<str>>(&mut self, what: &str, values: impl IntoIterator<Item = T>) {
        let list = Cell::list(values);
        if list != Cell::Empty {
            self.0.push(vec![Cell::text(what), list]);
        }
    }
}

fn counts(rows: &mut Rows, summary: &Summary) {
    rows.number("People", summary.dossiers as f64);
    for verdict in Verdict::ALL.into_iter().rev() {
        let count = summary.by_verdict.get(&verdict).copied().unwrap_or_default();
        rows.number(&format!("People: {}", verdict.words()), count as f64);
    }
    rows.number("People who are not shown, because of a filter", summary.hidden as f64);
    if summary.unchanged > 0 {
        rows.number("People who are as in the earlier report, and not shown", summary.unchanged as f64);
    }
    if summary.gone > 0 {
        rows.number("People of the earlier report who are not here (see Notes)", summary.gone as f64);
    }
    rows.number("Records that could not be read (see Notes)", summary.rejected as f64);
    rows.number("Files that were skipped (see Notes)", summary.skipped as f64);
}

fn made_with(rows: &mut Rows, run: &Run) {
    let Thresholds { review, escalate, strong, families, substance } = run.thresholds;
    rows.text("Tool", &run.tool);
    rows.text("Time of the run", &moment(run.now));
    rows.text("Rules", &format!("{} (sha256 {})", run.rules_count, run.rules_digest));
    rows.list("What made it say less, or otherwise", told::narrowed(run));
    rows.text("Weights", &run.weights);
    rows.list("Asked", run.detectors.iter().map(|detector| detector.words()));
    rows.number("Items to verify, from so many points", review);
    rows.number("Verify before deciding, from so many points", escalate);
    rows.text(
        "Verify before deciding, also needs",
        &format!(
            "{families} families, a finding of {strong} points, and {substance} points of more than network and payment"
        ),
    );
    for ListUsed { name, digest, used, expired, left_out } in &run.watchlists {
        let entries = plural(*used, "entry", "entries");
        rows.text(
            "Watchlist",
            &format!("{name} (sha256 {digest}): {entries} used, {expired} expired, {left_out} not compared"),
        );
    }
    for GeoDatabaseUsed { file, kind, built, digest } in &run.geoip {
        rows.text("Addresses", &format!("{kind} of {built} ({file}, sha256 {digest})"));
    }
    if let Some(IndexUsed { key, batches, records }) = &run.index {
        let batches = plural(*batches, "earlier batch", "earlier batches");
        rows.text("Index", &format!("under the key {key}: {batches} with {}", plural(*records, "record", "records")));
    }
    if let Some(joining) = &run.joining {
        joined(rows, joining);
    }
}

fn joined(rows: &mut Rows, joining: &Joining) {
    let (records, people) = (plural(joining.records, "record", "records"), plural(joining.people, "person", "people"));
    rows.text("Joined", &format!("{records} of {people}"));
    rows.list("Said to be somebody's, and in no record", &joining.unheard);
    for contested in &joining.contested {
        let records: Vec<_> = contested.records.iter().map(ToString::to_string).collect();
        let (identifiers, names) = (contested.identifiers.join(", "), contested.names.join(", "));
        rows.text(
            "Claimed under different names, so that nobody was joined by it",
            &format!("{identifiers} ({names}): {}", records.join(", ")),
        );
    }
}

fn fields(counts: &BTreeMap<String, u64>) -> impl Iterator<Item = String> {
    counts.iter().map(|(field, count)| format!("{field} ({count})"))
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::report::told;
    use crate::score::THRESHOLDS;
    use crate::screening::{BaselineUsed, Configured, RuleOff, Run, Summary, SuppressionsUsed};
    use std::collections::BTreeSet;

    #[test]
    fn what_made_a_run_say_less_stands_there_as_in_every_report() {
        let run = Run {
            tool: "falseface".to_owned(),
            rules_digest: "0".repeat(64),
            rules_count: 3,
            now: "2026-11-25".parse().expect("a date"),
            thresholds: THRESHOLDS,
            weights: "built-in".to_owned(),
            detectors: Vec::new(),
            watchlists: Vec::new(),
            geoip: Vec::new(),
            index: None,
            joining: None,
            rules_off: vec![RuleOff { rule: "net-vpn-undeclared".to_owned(), detectors: Vec::new() }],
            suppressions: Some(SuppressionsUsed { digest: "1".repeat(64), used: 2, expired: 1 }),
            baseline: Some(BaselineUsed { digest: "2".repeat(64), people: 5 }),
            is_redacted: true,
            configured: Some(Configured { profile: Some("night".to_owned()), ..Configured::default() }),
        };
        let said: String = rows(&run, &Summary::default(), &BTreeSet::new())
            .iter()
            .flatten()
            .map(|cell| cell.joined("\n") + "\n")
            .collect();
        let narrowed = told::narrowed(&run);
        assert_eq!(narrowed.len(), 5);
        for line in narrowed {
            assert!(said.contains(&line), "{line}: {said}");
        }
    }
}
