//! Statements of one record that were held against each other, and the neutral question that follows from them.

use super::marks::{self, Text};
use crate::dossier::Role;
use crate::report::words::shortened;
use crate::screening::{Assessment, Evidence, Finding};
use maud::{Markup, html};

/// Places that are shown of one finding.
const PLACES: usize = 4;
/// Characters of a quote in a question.
const QUOTE: usize = 120;

/// A finding and the places that it holds against each other, each kind of place once.
pub(super) struct Beside<'a> {
    finding: &'a Finding,
    places: Vec<&'a Evidence>,
}

/// What stands side by side: findings with points whose value was computed from several places of different kinds.
pub(super) fn all(assessment: &Assessment) -> Vec<Beside<'_>> {
    let findings = assessment.screened.findings.iter();
    let weighs = |finding: &&Finding| finding.rule.weights.iter().any(|(_, weight)| weight.is_some_and(|w| w > 0.0));
    findings.filter(weighs).filter(|finding| !finding.rule.combination).filter_map(beside).collect()
}

fn beside(finding: &Finding) -> Option<Beside<'_>> {
    let computed = finding.evidence.iter().filter(|evidence| !evidence.quote.is_empty() && evidence.dossier.is_none());
    let computed: Vec<&Evidence> =
        computed.filter(|evidence| evidence.derived.as_ref().is_some_and(|derived| derived.from.len() > 1)).collect();
    let field = computed.first()?.derived.as_ref()?.field;
    let mut places: Vec<&Evidence> = Vec::new();
    for evidence in computed {
        let is_same_field = evidence.derived.as_ref().is_some_and(|derived| derived.field == field);
        let is_new = !places.iter().any(|place| shape(&place.pointer) == shape(&evidence.pointer));
        if is_same_field && is_new && places.len() < PLACES {
            places.push(evidence);
        }
    }
    (places.len() > 1).then_some(Beside { finding, places })
}

/// `/employment/*/start` of `/employment/3/start`.
fn shape(pointer: &str) -> String {
    let parts = pointer.split('/').map(|part| if part.parse::<usize>().is_ok() { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The table of them.
pub(super) fn table(all: &[Beside<'_>]) -> Markup {
    html! {
        @if !all.is_empty() {
            h4 { "Side by side" }
            @for Beside { finding, places } in all {
                table.beside {
                    caption { (Text(&finding.rule.title)) }
                    @let labels: Vec<String> = places.iter().map(|place| label(place, places)).collect();
                    thead { tr { @for label in &labels { th scope="col" { (Text(label)) } } } }
                    tbody {
                        tr {
                            @for (place, label) in places.iter().zip(&labels) {
                                td data-label=(Text(label)) { q { (marks::evidence(place)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where a place is; two that stand in the same thing are told apart by their fields.
fn label(place: &Evidence, places: &[&Evidence]) -> String {
    if places.iter().filter(|other| other.label == place.label).count() < 2 {
        return place.label.clone();
    }
    let names: Vec<&str> = place.pointer.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
    let field = names.iter().rev().take(2).rev().map(|name| name.replace('_', " ")).collect::<Vec<_>>().join(" ");
    format!("{} · {field}", place.label)
}

/// The question to put to the person, the same for everybody of whom the same was seen; `None` for whom asking would warn or
/// reach the wrong one.
pub(super) fn question(role: Role, all: &[Beside<'_>]) -> Option<String> {
    if role.approaches() {
        return None;
    }
    let Beside { places, .. } = all.first()?;
    let said: Vec<String> =
        places.iter().map(|place| format!("“{}” ({})", shortened(&place.quote, QUOTE), label(place, places))).collect();
    Some(format!(
        "Our records show {}. Could you help us understand how these fit together? We ask everybody of whom we have two \
         different statements, and nothing is decided yet.",
        said.join(" and ")
    ))
}
