//! People who share something, drawn as a graph with the reason on every edge, and the same as a table.

use super::marks::Text;
use super::place::{id_of, place_of};
use crate::report::words::{plural, shortened};
use crate::screening::{Cluster, Hub};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashSet};
use std::f64::consts::TAU;
use std::ops::RangeInclusive;

/// People of a cluster that is drawn: of two a table says as much, of more than these nobody sees anything.
const DRAWN: RangeInclusive<usize> = 3..=16;
/// Half of the drawing's width and height, and the circle on which people stand.
const HALF: (f64, f64) = (360.0, 200.0);
const RADIUS: (f64, f64) = (230.0, 160.0);
/// Characters of an id in the drawing, and of what is shared in the table.
const LABEL: usize = 24;
const QUOTE: usize = 120;

/// One cluster.
pub(super) fn cluster(cluster: &Cluster, shown: &HashSet<u64>) -> Markup {
    let names: Vec<&str> = cluster.names.iter().map(String::as_str).collect();
    html! {
        article.cluster id=(id_of(&cluster.id)) {
            h3 { (Text(&cluster.id)) ": " (plural(cluster.members.len(), "record", "records")) " that share something" }
            p {
                @match cluster.differences.identities {
                    0 => "None of them bears a name.",
                    1 => "Perhaps one person whose record stands here more than once: ",
                    number => { (number) " different names: " },
                }
                (Text(&names.join(", ")))
            }
            @if DRAWN.contains(&cluster.members.len()) { div.wide { (drawing(cluster)) } }
            table {
                caption { "What ties them" }
                thead { tr { th scope="col" { "Shared" } th scope="col" { "By" } th scope="col" { "Words" } th.num scope="col" { "Points" } } }
                tbody {
                    @for tie in &cluster.ties {
                        tr {
                            td { (tie.kind.replace('_', " ")) }
                            td { (member(&tie.a, shown)) ", " (member(&tie.b, shown)) }
                            td { @if let Some(side) = tie.evidence.iter().find(|side| !side.quote.is_empty()) {
                                q { (Text(&shortened(&side.quote, QUOTE))) }
                            } }
                            td.num { (format!("{:+.1}", tie.strength)) }
                        }
                    }
                }
            }
        }
    }
}

/// Something that too many share.
pub(super) fn hub(hub: &Hub) -> Markup {
    html! { li { (hub.kind.replace('_', " ")) " " (Text(&hub.value)) ": " (hub.holders) " have it, so it ties nobody." } }
}

/// A person, as a link if they are on the page.
fn member(dossier: &str, shown: &HashSet<u64>) -> Markup {
    html! {
        @if shown.contains(&place_of(dossier)) { a href={ "#" (id_of(dossier)) } { (Text(dossier)) } } @else { (Text(dossier)) }
    }
}

fn drawing(cluster: &Cluster) -> Markup {
    let count = cluster.members.len().max(1) as f64;
    let place = |index: usize| {
        let (sin, cos) = (TAU * index as f64 / count - TAU / 4.0).sin_cos();
        (RADIUS.0.mul_add(cos, HALF.0), RADIUS.1.mul_add(sin, HALF.1))
    };
    let places: BTreeMap<&str, (f64, f64)> =
        cluster.members.iter().enumerate().map(|(index, id)| (id.as_str(), place(index))).collect();
    let mut edges: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for tie in &cluster.ties {
        let reasons = edges.entry((tie.a.as_str(), tie.b.as_str())).or_default();
        let kind = tie.kind.replace('_', " ");
        if !reasons.contains(&kind) {
            reasons.push(kind);
        }
    }
    let at = |value: f64| format!("{value:.1}");
    html! {
        svg.graph viewBox={ "0 0 " (HALF.0 * 2.0) " " (HALF.1 * 2.0) } role="img" aria-label="Records as points, what they share on the lines between them; the table below says the same" {
            @for ((a, b), reasons) in &edges {
                @if let (Some(from), Some(to)) = (places.get(a), places.get(b)) {
                    line x1=(at(from.0)) y1=(at(from.1)) x2=(at(to.0)) y2=(at(to.1)) {}
                    text.why x=(at(f64::midpoint(from.0, to.0))) y=(at(f64::midpoint(from.1, to.1))) { (reasons.join(", ")) }
                }
            }
            @for (id, (x, y)) in &places {
                circle cx=(at(*x)) cy=(at(*y)) r="6" {}
                @let below = if *y > HALF.1 { 20.0 } else { -10.0 };
                text.who x=(at(*x)) y=(at(y + below)) { (Text(&shortened(id, LABEL))) }
            }
        }
    }
}
