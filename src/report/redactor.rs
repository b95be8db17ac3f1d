//! Assessments that can be shown to others: names, contacts, words, files and whatever else came from an input give way to
//! tokens that are the same for the same text under one key, so that what hangs together still does.
//!
//! What stays is the project's own (rules, their words, verdicts, points) and what says nothing of anybody: kinds,
//! counts, positions and dates.

use super::contract::Renderer;
use crate::dossier::{Locator, Quote, hex};
use crate::screening::{Assessment, Cluster, Evidence, Finding, Judged, Suppressed, TimelineEntry};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// Hex digits of a token: 48 bits, of which two are alike once in some ten million texts.
const DIGITS: usize = 12;
/// Hex digits of a fingerprint under a key, as many as it has without.
const FINGERPRINT: usize = 32;
/// Makes tokens under a key. Who has the key can try texts on them; who has not cannot.
#[derive(Clone)]
pub struct Redactor {
    key: Arc<[u8]>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redactor")
    }
}

impl Redactor {
    /// A redactor under a key; 32 random bytes are enough.
    pub fn new(key: &[u8]) -> Self {
        Self { key: key.into() }
    }

    fn digits(&self, text: &str, count: usize) -> String {
        // Any key is taken: HMAC hashes what is long and fills up what is short.
        let mac = Hmac::<Sha256>::new_from_slice(&self.key).map(|mac| mac.chain_update(text).finalize().into_bytes());
        let mut digits = mac.map_or_else(|_| String::new(), |mac| hex(&mac));
        digits.truncate(count);
        digits
    }

    /// The token of a text; what is empty stays so.
    pub(super) fn token(&self, kind: &str, text: &str) -> String {
        if text.is_empty() { String::new() } else { format!("{kind}-{}", self.digits(text, DIGITS)) }
    }

    fn fingerprint(&self, fingerprint: &str) -> String {
        self.digits(fingerprint, FINGERPRINT)
    }

    pub(super) fn record(&self, id: &str) -> String {
        self.token("record", id)
    }

    pub(super) fn locator(&self, locator: &Locator) -> Locator {
        Locator {
            path: self.token("file", &locator.path).into(),
            entry: locator.entry.as_deref().map(|entry| self.token("entry", entry).into()),
            line: locator.line,
            pointer: locator.pointer.as_deref().map(|pointer| self.pointer(pointer).into()),
            offset: locator.offset,
        }
    }

    /// A pointer whose free keys, those below `extra`, are tokens.
    fn pointer(&self, pointer: &str) -> String {
        let mut is_free = false;
        let segments = pointer.split('/').map(|segment| {
            let shown = if is_free && segment.parse::<usize>().is_err() {
                self.token("key", segment)
            } else {
                segment.to_owned()
            };
            is_free |= segment == "extra";
            shown
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// One person.
    pub fn assessment(&self, assessment: &Assessment) -> Assessment {
        let mut redacted = assessment.clone();
        let screened = &mut redacted.screened;
        screened.dossier = self.record(&screened.dossier);
        screened.source = self.locator(&screened.source);
        screened.subject.name = screened.subject.name.as_deref().map(|name| self.token("name", name));
        screened.subject.headline = None;
        for joined in &mut screened.joined {
            joined.name = self.token("source", &joined.name);
            joined.source = joined.source.as_deref().map(|source| self.token("file", source));
            joined.by = joined.by.iter().map(|by| self.identifier(by)).collect();
        }
        for finding in &mut screened.findings {
            self.finding(finding);
        }
        for Suppressed { finding, reason, author, .. } in &mut screened.suppressed {
            self.finding(finding);
            (*reason, *author) = (self.token("text", reason), self.token("name", author));
        }
        for TimelineEntry { pointer, label, .. } in &mut screened.timeline {
            (*pointer, *label) = (self.pointer(pointer), place(label));
        }
        for dated in &mut screened.history {
            (dated.label, dated.pointer) = (self.token("text", &dated.label), self.pointer(&dated.pointer));
        }
        screened.judged = Judged::default();
        if let Some(change) = &mut redacted.change {
            change.new = change.new.iter().map(|new| self.fingerprint(new)).collect();
            for gone in &mut change.gone {
                gone.fingerprint = self.fingerprint(&gone.fingerprint);
            }
        }
        redacted.clusters = redacted.clusters.iter().map(|id| self.token("cluster", id)).collect();
        redacted
    }

    fn finding(&self, finding: &mut Finding) {
        finding.element = self.pointer(&finding.element);
        finding.fingerprint = self.fingerprint(&finding.fingerprint);
        for evidence in &mut finding.evidence {
            self.evidence(evidence);
        }
    }

    fn evidence(&self, evidence: &mut Evidence) {
        evidence.dossier = evidence.dossier.as_deref().map(|id| self.record(id));
        evidence.pointer = self.pointer(&evidence.pointer);
        evidence.quote = self.token("text", &evidence.quote);
        evidence.before.clear();
        evidence.after.clear();
        evidence.label = place(&evidence.label);
        evidence.origin = evidence.origin.as_deref().map(|origin| self.token("source", origin));
        if let Some(observable) = &mut evidence.observable {
            observable.value = self.token(observable.kind, &observable.value);
        }
        if let Some(derived) = &mut evidence.derived {
            let says_nobody =
                derived.value.parse::<f64>().is_ok() || matches!(derived.value.as_str(), "true" | "false");
            if !says_nobody {
                derived.value = self.token("value", &derived.value);
            }
            derived.from = derived.from.iter().map(|pointer| self.pointer(pointer)).collect();
        }
    }

    /// `mailbox ana@mail.example`: its kind, and a token of the rest.
    pub(super) fn identifier(&self, identifier: &str) -> String {
        match identifier.split_once(' ') {
            Some((kind, value)) => format!("{kind} {}", self.token("value", value)),
            None => self.token("value", identifier),
        }
    }

    fn quote(&self, quote: &Quote) -> Quote {
        let mut quote = quote.clone();
        quote.dossier = self.record(&quote.dossier);
        quote.pointer = self.pointer(&quote.pointer);
        quote.quote = self.token("text", &quote.quote);
        quote
    }

    pub(super) fn cluster(&self, cluster: &Cluster) -> Cluster {
        let mut redacted = cluster.clone();
        redacted.id = self.token("cluster", &cluster.id);
        redacted.members = cluster.members.iter().map(|id| self.record(id)).collect();
        redacted.names = cluster.names.iter().map(|name| self.token("name", name)).collect();
        for tie in &mut redacted.ties {
            (tie.a, tie.b) = (self.record(&tie.a), self.record(&tie.b));
            tie.evidence = tie.evidence.iter().map(|quote| self.quote(quote)).collect();
        }
        redacted
    }

    /// The same renderer for assessments without what came from an input.
    pub fn renderer(self, renderer: Renderer) -> Renderer {
        Box::new(move |assessment, bytes| renderer(&self.assessment(assessment), bytes))
    }
}

/// `message 3` of `message 3 · email`: what follows is a word of the record.
fn place(label: &str) -> String {
    label.split(" · ").next().unwrap_or_default().to_owned()
}
