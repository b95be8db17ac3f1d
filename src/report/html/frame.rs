//! What stands around the people: head, overview, how to read the page, and what could not be read.

use super::graph;
use super::marks::Text;
use super::notes::Notes;
use super::person::verdict;
use super::row::{POINTS, SEEN};
use crate::report::aside;
use crate::report::checklist;
use crate::report::contract::Style;
use crate::report::digest::hash_source;
use crate::report::told;
use crate::report::words::plural;
use crate::screening::{Run, Summary, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page up to the first row of the table.
pub(super) fn before_rows(run: &Run, summary: &Summary, style: &Style) -> Markup {
    let mut lines = told::run(run).into_iter();
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content={
                "default-src 'none'; style-src '" (hash_source(STYLE)) "'; script-src '" (hash_source(SCRIPT))
                "'; base-uri 'none'; form-action 'none'"
            };
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            title { "Items to verify · falseface" }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body>"))
        a.skip href="#people" { "Skip to the people" }
        header.top {
            h1 { "Items to verify" }
            p { (Text(&lines.next().unwrap_or_default())) }
            @for line in lines { p { (Text(&line)) } }
        }
        (PreEscaped("<main>"))
        (overview(run, summary))
        (PreEscaped("<section aria-labelledby=\"people\">"))
        h2 #people tabindex="-1" { "People" }
        p #controls hidden {
            label { "Search " input #search type="search" autocomplete="off"; }
            label { "Verdict " select #only {
                option value="" { "all" }
                @for verdict in Verdict::ALL.iter().rev() { option value=(verdict.as_str()) { (verdict.words()) } }
            } }
            output #shown aria-live="polite" {}
        }
        (PreEscaped("<div class=\"wide\"><table id=\"table\">"))
        caption { (style.order.words()) }
        colgroup { @for Column { class, .. } in columns(style) { col class=(class); } }
        thead {
            tr {
                @for Column { name, kind, .. } in columns(style) { th scope="col" data-sort=(kind) { (name) } }
            }
        }
        (PreEscaped("<tbody>"))
    }
}

/// A column of the table of people.
struct Column {
    /// Its head.
    name: &'static str,
    /// How its cells are compared: `text` or `number`.
    kind: &'static str,
    /// What its width goes by.
    class: &'static str,
}

/// Every column.
const COLUMNS: [Column; 7] = [
    Column { name: "Name", kind: "text", class: "name" },
    Column { name: "Where they stand", kind: "number", class: "stand" },
    Column { name: POINTS, kind: "number", class: "score" },
    Column { name: "As", kind: "text", class: "as" },
    Column { name: "What weighs most", kind: "text", class: "why" },
    Column { name: SEEN, kind: "number", class: "seen" },
    Column { name: "Record", kind: "text", class: "record" },
];

/// The columns that the table has: points only if somebody asks for them.
fn columns(style: &Style) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| style.points || column.name != POINTS)
}

/// The page between the last row and the first person.
pub(super) fn after_rows() -> Markup {
    html! {
        (PreEscaped("</tbody></table></div>"))
        p #pages hidden { button #more type="button" { "Show more people" } }
        (PreEscaped("</section><section aria-labelledby=\"details\">"))
        h2 #details { "Person by person" }
    }
}

/// The page after the last person.
pub(super) fn after_people(notes: &Notes, summary: &Summary) -> Markup {
    html! {
        (PreEscaped("</section>"))
        @if !notes.clusters.is_empty() || !notes.hubs.is_empty() {
            section aria-labelledby="shared" {
                h2 #shared { "Who shares what" }
                @for one in &notes.clusters { (graph::cluster(one, &notes.shown)) }
                @if !notes.hubs.is_empty() { ul { @for one in &notes.hubs { (graph::hub(one)) } } }
            }
        }
        section aria-labelledby="everybody" {
            h2 #everybody { "What to check of everybody" }
            @for (words, steps) in checklist::lists(&notes.roles) {
                h3 { (words) }
                ul { @for step in steps { li { (step) } } }
            }
        }
        (unread("unmatched", "No other record is theirs", &notes.unmatched, summary.unmatched))
        (unread("gone", "In the earlier report, and not here", &notes.gone, summary.gone))
        (unread("rejected", "Could not be read", &notes.rejected, summary.rejected))
        (unread("skipped", "Skipped", &notes.skipped, summary.skipped))
        (fields("Left out on purpose, and not kept", &summary.dropped_fields))
        (fields("Not understood, and left out", &summary.unknown_fields))
        (PreEscaped("</main>"))
        footer { p { "A finding is a reason to verify, not a verdict about a person. Nothing found is not clearance." } }
        script { (PreEscaped(SCRIPT)) }
        (PreEscaped("</body></html>\n"))
    }
}

fn overview(run: &Run, summary: &Summary) -> Markup {
    let of = |verdict: Verdict| summary.by_verdict.get(&verdict).copied().unwrap_or(0);
    let inputs = summary.inputs.iter().map(|input| (input.source.to_string(), input.sha256.as_str()));
    html! {
        section aria-labelledby="overview" {
            h2 #overview { "Overview" }
            p.notice {
                "This page lists signs and contradictions in exported records, each with the words that show it. Every one of them has \
                 ordinary explanations. A person must decide, after asking; nothing here says who somebody is."
            }
            @if summary.partial { p.notice { "Interrupted: what was not read by then is missing." } }
            ul.counts {
                @for one in Verdict::ALL.into_iter().rev() { li { b { (of(one)) } " " (verdict(one)) } }
            }
            p {
                (plural(summary.dossiers, "record", "records")) " assessed · "
                (plural(summary.rejected, "record", "records")) " could not be read · "
                (plural(summary.skipped, "file", "files")) " skipped"
                @if summary.unchanged > 0 { " · " (summary.unchanged) " as in the earlier report, and not shown" }
                @if summary.hidden > 0 { " · " (summary.hidden) " not shown" }
            }
            details {
                summary { "What this rests on" }
                ul {
                    li { "Rules " code { (run.rules_digest) } ", " (run.rules_count) " of them" }
                    li {
                        "Review from " (run.thresholds.review) " points; to verify before deciding from " (run.thresholds.escalate)
                        ", with findings of " (run.thresholds.families) " kinds and one of " (run.thresholds.strong) " or more"
                    }
                    @for (source, sha256) in inputs { li { "Read " (Text(&source)) ", sha256 " code { (sha256) } } }
                }
            }
            details {
                summary { "How to read this page" }
                ul {
                    @for one in Verdict::ALL.into_iter().rev() { li { (verdict(one)) ": " (meaning(one)) } }
                    li { "Points are weights of evidence; they add up, and a second sign of the same kind counts half." }
                    li { "What an export does not show is unknown, and never speaks against anybody." }
                    li { "Links and addresses are written so that nobody opens them by accident: " code { "hxxps://host[.]example" } "." }
                    li { "A letter with its code below it passes for another letter." }
                }
            }
        }
    }
}

/// What puts somebody at a verdict, and what it does not say.
fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Escalate => "signs of several kinds agree, and one of them weighs much. It is no proof.",
        Verdict::Review => "there is something to ask about, most often with an ordinary answer.",
        Verdict::Nothing => "the checks that could run found too little to ask about. This is not clearance.",
        Verdict::Insufficient => "the export lacks what the checks look at. This says nothing, neither good nor bad.",
    }
}

fn unread(id: &str, words: &str, notes: &aside::Notes, count: u64) -> Markup {
    html! {
        @if count > 0 {
            section aria-labelledby=(id) {
                h2 id=(id) { (words) ": " (count) }
                ul { @for note in notes.kept() { li { (Text(&note.to_string())) } } }
                @if let Some(more @ 1..) = count.checked_sub(notes.kept().len() as u64) {
                    p { "And " (more) " more; --format jsonl names them all." }
                }
            }
        }
    }
}

fn fields(words: &str, fields: &BTreeMap<String, u64>) -> Markup {
    html! {
        @if !fields.is_empty() {
            details {
                summary { (words) ": " (plural(fields.len(), "field", "fields")) }
                ul.fields { @for (field, count) in fields { li { (Text(field)) " (" (count) ")" } } }
            }
        }
    }
}
