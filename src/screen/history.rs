//! What a record dates by itself, for a drawing of it: jobs, studies, accounts, conversations, observations.
//!
//! Nothing is judged here; what overlaps or comes too early is a matter of rules.

use crate::dossier::{Date, Dossier, Employment};
use crate::screening::{Dated, DatedKind};
use std::collections::BTreeMap;

/// Everything of a record that bears a date, in order of its beginning; what bears none is left out.
pub(super) fn history(dossier: &Dossier) -> Vec<Dated> {
    let jobs = dossier.employment.iter().enumerate().map(|(index, job)| Dated {
        kind: DatedKind::Employment,
        label: joined([job.title.as_ref().map(|title| title.0.as_str()), job.employer.name.as_deref()]),
        pointer: format!("/employment/{index}"),
        from: job.start,
        until: job.end,
        goes_on: goes_on(job),
    });
    let studies = dossier.education.iter().enumerate().map(|(index, study)| Dated {
        kind: DatedKind::Education,
        label: joined([study.degree.as_deref(), study.school.name.as_deref()]),
        pointer: format!("/education/{index}"),
        from: study.start,
        until: study.end,
        goes_on: false,
    });
    let accounts = dossier.accounts.iter().enumerate().map(|(index, account)| Dated {
        kind: DatedKind::Account,
        label: joined([account.network.as_deref(), account.handle.as_deref()]),
        pointer: format!("/accounts/{index}"),
        from: account.created_at,
        until: account.created_at,
        goes_on: false,
    });
    let mut all: Vec<Dated> = jobs.chain(studies).chain(accounts).chain(conversations(dossier)).collect();
    all.extend(observations(dossier));
    all.retain(|dated| dated.from.is_some() || dated.until.is_some());
    all.sort_by(|a, b| {
        let began = |dated: &Dated| dated.from.or(dated.until).map(|date| date.interval().middle());
        (a.kind, began(a), &a.pointer).cmp(&(b.kind, began(b), &b.pointer))
    });
    all
}

fn goes_on(job: &Employment) -> bool {
    job.end.is_none() && job.current == Some(true)
}

fn joined(parts: [Option<&str>; 2]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Conversations, each from its first message to its last.
fn conversations(dossier: &Dossier) -> Vec<Dated> {
    let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
    for (index, message) in dossier.messages.iter().enumerate() {
        let channel = message.channel.map_or("messages", |channel| channel.as_str());
        let thread = message.thread.as_deref().unwrap_or_default();
        if let Some(at) = message.at {
            spans.entry(thread).or_insert_with(|| Span::new(at, index, channel)).take(at);
        }
    }
    spans.into_values().map(|span| span.dated(DatedKind::Conversation, "/messages")).collect()
}

/// Observations of a kind, from the first to the last.
fn observations(dossier: &Dossier) -> Vec<Dated> {
    let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
    for (index, observation) in dossier.observations.iter().enumerate() {
        let kind = observation.kind.as_str();
        if let Some(at) = observation.at {
            spans.entry(kind).or_insert_with(|| Span::new(at, index, kind)).take(at);
        }
    }
    spans.into_values().map(|span| span.dated(DatedKind::Observation, "/observations")).collect()
}

/// From the first to the last of several.
struct Span<'d> {
    label: &'d str,
    first: usize,
    from: Date,
    until: Date,
    count: usize,
}

impl<'d> Span<'d> {
    fn new(at: Date, first: usize, label: &'d str) -> Self {
        Self { label, first, from: at, until: at, count: 0 }
    }

    fn take(&mut self, at: Date) {
        self.count += 1;
        let middle = |date: Date| date.interval().middle();
        if middle(at) < middle(self.from) {
            self.from = at;
        }
        if middle(at) > middle(self.until) {
            self.until = at;
        }
    }

    fn dated(self, kind: DatedKind, list: &str) -> Dated {
        let count = if self.count > 1 { format!(" ({})", self.count) } else { String::new() };
        Dated {
            kind,
            label: format!("{}{count}", self.label.replace('_', " ")),
            pointer: format!("{list}/{}", self.first),
            from: Some(self.from),
            until: Some(self.until),
            goes_on: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::history;
    use crate::dossier::{Dossier, SCHEMA};
    use serde_json::json;

    #[test]
    fn what_bears_a_date_is_there_in_order_and_what_bears_none_is_not() {
        let dossier: Dossier = serde_json::from_value(json!({
            "schema": SCHEMA,
            "id": "ana",
            "employment": [
                {"employer": {"name": "Example Works"}, "title": "Engineer", "start": "2022-03", "current": true},
                {"employer": {"name": "Sample Yard"}, "title": "Clerk", "start": "2019", "end": "2021-12"},
                {"employer": {"name": "Undated"}},
            ],
            "accounts": [{"network": "linkedin", "created_at": "2024-05-02"}],
            "messages": [
                {"at": "2026-02-03T10:00:00Z", "thread": "t", "channel": "email", "text": "b"},
                {"at": "2026-02-01T10:00:00Z", "thread": "t", "channel": "email", "text": "a"},
            ],
        }))
        .expect("a dossier");
        let told: Vec<String> = history(&dossier)
            .into_iter()
            .map(|dated| {
                let date = |date: Option<crate::dossier::Date>| date.map_or("?".to_owned(), |date| date.to_string());
                let until = if dated.goes_on { "now".to_owned() } else { date(dated.until) };
                format!("{} {} {} to {until} at {}", dated.kind.words(), dated.label, date(dated.from), dated.pointer)
            })
            .collect();
        assert_eq!(
            told,
            [
                "job Clerk, Sample Yard 2019 to 2021-12 at /employment/1",
                "job Engineer, Example Works 2022-03 to now at /employment/0",
                "account created linkedin 2024-05-02 to 2024-05-02 at /accounts/0",
                "messages email (2) 2026-02-01T10:00:00Z to 2026-02-03T10:00:00Z at /messages/0",
            ]
        );
    }
}
