//! From what satisfied a rule to the words that a reader can check.

use super::leaf::{Leaf, Target, Test};
use super::part::Part;
use super::raw::{RawDossier, place_in_words};
use super::rule::Rule;
use crate::dossier::{Path, Place, Span, hex};
use crate::facts::{Category, Element, Elements, Fact, Field, Known, Value};
use crate::screening::{Derived, Evidence, Finding, Observable};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Values that one leaf is proved by; the count of elements says how many there are.
const FACTS_OF_A_LEAF: usize = 6;
/// Places of one derived value that are quoted; `derived.from` names all.
const PLACES_OF_A_FACT: usize = 4;
/// Pieces of evidence of one finding.
pub(super) const EVIDENCE_OF_A_FINDING: usize = 24;
/// Bytes of a whole value that are quoted.
const QUOTE: usize = 240;
/// Bytes of text shown before and after a quote.
const CONTEXT: usize = 60;

/// How much a piece of evidence tells; the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Words inside a text.
    Words,
    /// A text of the element.
    Text,
    /// Words of another dossier.
    Elsewhere,
    /// A text of the dossier that the element only stands in.
    Background,
    /// A number or a flag.
    Token,
    /// Something that is not there.
    Absence,
}

/// Quotes from one dossier.
#[derive(Debug)]
pub(super) struct Prover<'e, 'd> {
    elements: &'e Elements<'d>,
    raw: RawDossier,
}

impl<'e, 'd> Prover<'e, 'd> {
    pub(super) fn new(elements: &'e Elements<'d>) -> Self {
        Self { elements, raw: RawDossier::of(elements.dossier()) }
    }

    /// The finding of a rule that an element satisfies.
    pub(super) fn finding(&self, rule: &Rule, element: &Element, count: usize) -> Finding {
        let outcome = |leaf: &Leaf| leaf.outcome(self.elements, element);
        let mut proofs: Vec<(Strength, Evidence)> = Vec::new();
        for (part, leaf, holds) in rule.part.reasons(&outcome) {
            if holds {
                self.prove(part, leaf, element, &mut proofs);
            } else {
                proofs.push((Strength::Absence, self.absence(part, leaf, element)));
            }
        }
        if proofs.iter().all(|(_, evidence)| evidence.quote.is_empty()) {
            let fallback = self.quote_near(&element.path.to_string()).or_else(|| self.quote_near(""));
            proofs.extend(fallback.map(|evidence| (Strength::Token, evidence)));
        }
        proofs.sort_by_key(|(strength, _)| *strength);
        let evidence = distinct(proofs.into_iter().map(|(_, evidence)| evidence));
        Finding {
            rule: Arc::clone(&rule.info),
            element: element.path.to_string(),
            count,
            fingerprint: fingerprint(&rule.info.id, &self.elements.dossier().id, &evidence),
            evidence,
        }
    }

    /// What proves a leaf that holds.
    fn prove(&self, part: &Part, leaf: &Leaf, element: &Element, proofs: &mut Vec<(Strength, Evidence)>) {
        let fields: &[Field] = match &leaf.target {
            Target::Field(field) => std::slice::from_ref(field),
            Target::Texts(fields) => fields,
            Target::Findings => &[],
        };
        let before = proofs.len();
        for field in fields {
            let Known::Present(facts) = self.elements.get(element, *field) else { continue };
            let others = match leaf.tests.as_slice() {
                [Test::Other { field, .. }] => match self.elements.get(element, *field) {
                    Known::Present(others) => Some(others),
                    _ => None,
                },
                _ => None,
            };
            for fact in facts.iter().filter(|fact| leaf.matches(fact, others)).take(FACTS_OF_A_LEAF) {
                self.prove_fact(fact, leaf, element.category, proofs);
            }
            if let Some(other) = others.and_then(<[Fact<'_>]>::first) {
                self.prove_fact(other, leaf, element.category, proofs);
            }
        }
        if proofs.len() == before {
            proofs.push((Strength::Absence, self.absence(part, leaf, element)));
        }
    }

    fn prove_fact(&self, fact: &Fact<'_>, leaf: &Leaf, category: Category, proofs: &mut Vec<(Strength, Evidence)>) {
        let derived = fact.origin.derived.then(|| Derived {
            field: fact.field.name(),
            value: shown(&fact.value),
            from: fact.origin.places().map(|place| place.path.to_string()).collect(),
        });
        let background = category != Category::Dossier && fact.field.spec().category == Category::Dossier;
        let places = fact.origin.places().filter(|place| place.path != Path::NOW);
        for place in places.take(PLACES_OF_A_FACT) {
            let Some((mut strength, mut evidence)) = self.quote(place, (!fact.origin.derived).then_some(leaf)) else {
                continue;
            };
            if background && strength == Strength::Text {
                strength = Strength::Background;
            }
            evidence.observable = self.observable(fact, &evidence);
            evidence.derived.clone_from(&derived);
            proofs.push((strength, evidence));
        }
        for words in fact.origin.elsewhere() {
            let evidence = Evidence {
                dossier: Some(words.dossier.clone()),
                pointer: words.pointer.clone(),
                start: words.start,
                end: words.end,
                quote: words.quote.clone(),
                label: place_in_words(&words.pointer),
                derived: derived.clone(),
                ..Evidence::default()
            };
            proofs.push((Strength::Elsewhere, evidence));
        }
    }

    /// The quote at a place; narrowed to what the leaf looks for, where the place is a whole text.
    fn quote(&self, place: Place, leaf: Option<&Leaf>) -> Option<(Strength, Evidence)> {
        let (pointer, json) = self.raw.scalar(&place.path.to_string())?;
        let Json::String(text) = json else {
            let token = json.to_string();
            let evidence = Evidence { end: token.len(), quote: token, ..self.evidence(pointer) };
            return Some((Strength::Token, evidence));
        };
        let found = match place.span {
            Span::Bytes(start, end) => Some(start as usize..end as usize),
            Span::Whole => leaf.and_then(|leaf| leaf.find(text)).filter(|range| !range.is_empty()),
        };
        let found = found.filter(|range| text.get(range.clone()).is_some_and(|quote| !quote.is_empty()));
        let strength = if found.is_some() { Strength::Words } else { Strength::Text };
        let range = found.unwrap_or(0..text.floor_char_boundary(QUOTE));
        let (before, after) = (&text[..range.start], &text[range.end..]);
        Some((
            strength,
            Evidence {
                before: before[before.ceil_char_boundary(before.len().saturating_sub(CONTEXT))..].to_owned(),
                after: after[..after.floor_char_boundary(CONTEXT)].to_owned(),
                quote: text[range.clone()].to_owned(),
                start: range.start,
                end: range.end,
                ..self.evidence(pointer)
            },
        ))
    }

    /// Something at or below a pointer that can be quoted, where a rule is satisfied by nothing that can.
    fn quote_near(&self, pointer: &str) -> Option<Evidence> {
        let (pointer, json) = match pointer {
            "" => ("/id".to_owned(), self.raw.at("/id")?),
            _ => self.raw.scalar(pointer)?,
        };
        let quote =
            json.as_str().map_or_else(|| json.to_string(), |text| text[..text.floor_char_boundary(QUOTE)].to_owned());
        Some(Evidence { end: quote.len(), quote, ..self.evidence(pointer) })
    }

    /// A leaf that is satisfied by what is not there.
    fn absence(&self, part: &Part, leaf: &Leaf, element: &Element) -> Evidence {
        let of_dossier = leaf.fields().all(|field| field.spec().category == Category::Dossier);
        let path = if of_dossier { Path::ROOT } else { element.path };
        let expected = match leaf.tests.as_slice() {
            [Test::Null | Test::Exists(false)] => leaf.fields().next().map_or("", Field::name).to_owned(),
            _ => part.text.to_string(),
        };
        Evidence { expected: Some(expected), ..self.evidence(self.raw.container(&path.to_string())) }
    }

    /// Whether the record was joined of several.
    fn is_joined(&self) -> bool {
        self.elements.dossier().provenance.iter().any(|source| !source.joined_by.is_empty())
    }

    /// Evidence at a pointer, not yet with a quote.
    fn evidence(&self, pointer: String) -> Evidence {
        let (label, at) = self.raw.label(&pointer);
        let origin = self.is_joined().then(|| self.raw.source_of(&pointer)).flatten();
        Evidence { pointer, label, at, origin, ..Evidence::default() }
    }

    /// The technical thing that a quote is: by the field's name for hosts and domains, otherwise by where it stands.
    fn observable(&self, fact: &Fact<'_>, evidence: &Evidence) -> Option<Observable> {
        let name = fact.field.name();
        if let Value::Text(text) = &fact.value
            && (name.ends_with("domain") || name.ends_with("_host"))
            && text.contains('.')
        {
            return Some(Observable { kind: "domain", value: text.to_string() });
        }
        // A link that stands among the words of a message is quoted by itself.
        if name.contains(".link_") && evidence.quote.contains("://") {
            return Some(Observable { kind: "url", value: evidence.quote.clone() });
        }
        let raw = self.raw.at(&evidence.pointer)?.as_str()?;
        let (parent, key) = evidence.pointer.rsplit_once('/')?;
        let kind = match key {
            "href" | "url" | "apply_url" => "url",
            "email" | "contact_email" | "reply_to" | "return_path" | "author_email" => "email",
            "wallet" => "wallet",
            "ip" => "ip",
            "sha256" => "sha256",
            "domain" => "domain",
            "name" if parent.contains("/attachments/") => "file-name",
            "name" if parent.starts_with("/domains/") => "domain",
            "value" if parent.contains("/contacts/") => match self.raw.at(&format!("{parent}/kind"))?.as_str()? {
                "email" => "email",
                "phone" => "phone",
                "url" => "url",
                _ => return None,
            },
            _ => return None,
        };
        Some(Observable { kind, value: raw.to_owned() })
    }
}

/// A value as a reader sees it.
pub(super) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text[..text.floor_char_boundary(QUOTE)].to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

/// Evidence without repetitions, in order, as much as a finding shows.
///
/// A place stands once for each field, but no value is lost: of several lists that name one place each source is shown.
pub(super) fn distinct(evidence: impl Iterator<Item = Evidence>) -> Vec<Evidence> {
    let mut places = BTreeSet::new();
    let mut values = BTreeSet::new();
    evidence
        .filter(|piece| {
            let field = piece.derived.as_ref().map(|derived| derived.field);
            let value = piece.derived.as_ref().map(|derived| (derived.field, derived.value.clone()));
            let is_new_value = value.is_some_and(|value| values.insert(value));
            let place = (piece.dossier.clone(), piece.pointer.clone(), piece.start, piece.end);
            places.insert((place, field, piece.expected.clone())) || is_new_value
        })
        .take(EVIDENCE_OF_A_FINDING)
        .collect()
}

/// The first half of SHA-256, in hex, over the rule's id, the dossier's id and the quotes.
pub(super) fn fingerprint(rule: &str, dossier: &str, evidence: &[Evidence]) -> String {
    let mut hash = Sha256::new();
    // Several values of a field at one place are one quote.
    let mut seen = BTreeSet::new();
    let field = |piece: &Evidence| piece.derived.as_ref().map(|derived| derived.field);
    let quotes = evidence
        .iter()
        .filter(|piece| seen.insert((piece.pointer.as_str(), piece.start, piece.end, field(piece))))
        .map(|piece| piece.quote.as_str())
        .filter(|quote| !quote.is_empty());
    for part in [rule, dossier].into_iter().chain(quotes) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize()[..16])
}
