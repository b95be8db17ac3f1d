//! The terminal: one block a person, for somebody who has to decide.
//!
//! Every number can be checked by hand, every finding shows the words that it rests on, what else it could be and
//! how to find out. People below the asked verdict are only counted.

use super::aside::Notes;
use super::checklist;
use super::contract::{Report, Style};
use super::escape::readable;
use super::layout::{Ink, Page};
use super::person::person;
use super::told;
use super::words::{plural, shortened};
use crate::dossier::{Locator, Rejected, Role, Skipped};
use crate::ingest::asks_protected;
use crate::screening::{Assessment, Cluster, Contested, Hub, Run, Summary, Thresholds, Verdict};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Rejected records, and skipped files, that are named; further ones are only counted.
const NAMED: usize = 20;
/// Names of fields that were left out, the most frequent first; further ones are only counted.
const FIELDS: usize = 12;
/// Characters of what a tie shares.
const QUOTE: usize = 120;
/// Inputs whose digests are printed.
const INPUTS: usize = 8;

/// Writes a report for a person.
pub(super) struct Terminal<W> {
    to: W,
    page: Page,
    style: Style,
    thresholds: Option<Thresholds>,
    roles: BTreeSet<Role>,
    rejected: Notes,
    skipped: Notes,
    contested: Vec<Contested>,
    unmatched: Notes,
    gone: Notes,
}

impl<W: Write> Terminal<W> {
    pub(super) fn new(to: W, style: Style) -> Self {
        Self {
            to,
            page: Page::new(&style),
            style,
            thresholds: None,
            roles: BTreeSet::new(),
            rejected: Notes::of_at_most(NAMED),
            skipped: Notes::of_at_most(NAMED),
            contested: Vec::new(),
            unmatched: Notes::of_at_most(NAMED),
            gone: Notes::of_at_most(NAMED),
        }
    }

    fn flush_page(&mut self) -> io::Result<()> {
        self.to.write_all(self.page.take().as_bytes())
    }
}

impl<W: Write + Send> Report for Terminal<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.thresholds = Some(run.thresholds);
        for line in told::run(run) {
            self.page.paragraph("", &readable(&line));
        }
        if let Some(joining) = &run.joining {
            self.contested.clone_from(&joining.contested);
        }
        self.flush_page()
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        if assessment.interest() < self.style.min_verdict {
            return Ok(());
        }
        self.roles.insert(assessment.screened.role);
        person(&mut self.page, assessment, self.thresholds.as_ref());
        self.flush_page()
    }

    fn rendered(&mut self, role: Role, bytes: &[u8]) -> io::Result<()> {
        self.roles.insert(role);
        self.to.write_all(bytes)
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        self.page.gap();
        let all = |values: &[String]| values.iter().map(|value| readable(value)).collect::<Vec<_>>().join(", ");
        let records = plural(cluster.members.len() as u64, "record", "records");
        let (lead, names) = match cluster.differences.identities {
            0 => ("SHARED ", "without a name".to_owned()),
            1 if cluster.names.is_empty() => ("SAME   ", "of one employer, that name no person".to_owned()),
            1 if cluster.names.len() > 1 => {
                ("SAME   ", format!("under names that may be one person's ({})", all(&cluster.names)))
            }
            1 => ("SAME   ", format!("under one name ({}), perhaps one person", all(&cluster.names))),
            number => ("SHARED ", format!("under {number} names ({})", all(&cluster.names))),
        };
        let lead = self.page.ink(Ink::Strong, lead);
        self.page.paragraph("", &format!("{lead} {}  {records} {names}: {}", cluster.id, all(&cluster.members)));
        // Who shares one thing stands in a row of ties, from each to the next.
        for shared in cluster.ties.chunk_by(|tie, next| tie.b == next.a && tie.kind == next.kind) {
            let Some(first) = shared.first() else { continue };
            let who: Vec<_> = std::iter::once(&first.a).chain(shared.iter().map(|tie| &tie.b)).collect();
            let who: Vec<_> = who.into_iter().map(|id| readable(id)).collect();
            let kind = first.kind.replace('_', " ");
            let mut text = format!("{kind} ({:+.1}): {}", first.strength, who.join(", "));
            if let Some(side) = first.evidence.iter().find(|side| !side.quote.is_empty()) {
                text.push_str(" share ");
                text.push_str(&readable(&shortened(&side.quote, QUOTE)));
            }
            self.page.paragraph("        ", &text);
        }
        self.flush_page()
    }

    fn hub(&mut self, hub: &Hub) -> io::Result<()> {
        let kind = hub.kind.replace('_', " ");
        let text = format!("HUB     {kind} {}: {} have it, so it ties nobody", readable(&hub.value), hub.holders);
        self.page.paragraph("", &text);
        self.flush_page()
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.rejected.add(&rejected.source, &rejected.reason);
        Ok(())
    }

    fn unmatched(&mut self, dossier: &str, source: &Locator) -> io::Result<()> {
        self.unmatched.add(source, dossier);
        Ok(())
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.gone.add(None, &told::gone(dossier, verdict));
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.skipped.add(&skipped.source, &skipped.reason);
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        for (words, steps) in checklist::lists(&self.roles) {
            self.page.gap();
            self.page.paragraph("", words);
            for step in steps {
                self.page.paragraph("  - ", step);
            }
        }
        contested(&mut self.page, &self.contested);
        let words = "No other record is theirs:";
        listed(&mut self.page, words, &self.unmatched, summary.unmatched);
        listed(&mut self.page, "In the earlier report, and not here:", &self.gone, summary.gone);
        listed(&mut self.page, "Could not be read:", &self.rejected, summary.rejected);
        listed(&mut self.page, "Skipped:", &self.skipped, summary.skipped);
        totals(&mut self.page, summary);
        self.flush_page()?;
        self.to.flush()
    }
}

/// Identifiers that different names claim.
fn contested(page: &mut Page, all: &[Contested]) {
    if all.is_empty() {
        return;
    }
    page.gap();
    page.line("Claimed under different names, so that nobody was joined by it:");
    let list = |words: &[String]| words.iter().map(|word| readable(word)).collect::<Vec<_>>().join(", ");
    for Contested { identifiers, names, records } in all.iter().take(NAMED) {
        let records: Vec<_> = records.iter().map(ToString::to_string).collect();
        page.paragraph("  - ", &format!("{} ({}): {}", list(identifiers), list(names), list(&records)));
    }
    let further = all.len().saturating_sub(NAMED);
    if further > 0 {
        page.line(&format!("  - and {further} more; --format jsonl names them all"));
    }
}

/// Appends the block of one person.
pub(super) fn block(assessment: &Assessment, style: &Style, thresholds: &Thresholds, bytes: &mut Vec<u8>) {
    let mut page = Page::new(style);
    person(&mut page, assessment, Some(thresholds));
    bytes.extend_from_slice(page.take().as_bytes());
}

fn listed(page: &mut Page, words: &str, notes: &Notes, count: u64) {
    let kept = notes.kept();
    if kept.is_empty() {
        return;
    }
    page.gap();
    page.line(words);
    for note in kept {
        page.paragraph("  - ", &readable(&note.to_string()));
    }
    let further = count.saturating_sub(kept.len() as u64);
    if further > 0 {
        page.line(&format!("  - and {further} more; --format jsonl names them all"));
    }
}

fn totals(page: &mut Page, summary: &Summary) {
    page.gap();
    let inputs: Vec<_> = summary
        .inputs
        .iter()
        .take(INPUTS)
        .map(|input| {
            format!("{} (sha256 {}…)", readable(&input.source.to_string()), input.sha256.get(..12).unwrap_or_default())
        })
        .collect();
    if !inputs.is_empty() {
        let further = summary.inputs.len().saturating_sub(INPUTS);
        let further = if further > 0 { format!(", and {further} more") } else { String::new() };
        page.paragraph("", &format!("Read {}{further}.", inputs.join(", ")));
    }
    for (words, fields) in [
        ("Left out on purpose, and not kept: ", &summary.dropped_fields),
        ("Not understood, and left out: ", &summary.unknown_fields),
    ] {
        if !fields.is_empty() {
            let mut most: Vec<_> = fields.iter().collect();
            // What nobody may be judged by comes first, so that it is seen to be left out; of fields that were met as
            // often, a stable sort leaves the order of their names.
            most.sort_by_key(|(field, count)| (!asks_protected(field), std::cmp::Reverse(**count)));
            let shown: Vec<_> =
                most.iter().take(FIELDS).map(|(field, count)| format!("{} ({count})", readable(field))).collect();
            let further = most.len().saturating_sub(FIELDS);
            let further = if further > 0 {
                format!(", and {further} more; --format jsonl names them all")
            } else {
                String::new()
            };
            page.paragraph(words, &format!("{}{further}.", shown.join(", ")));
        }
    }
    told::counts(page, summary);
}
