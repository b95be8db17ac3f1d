//! One row for each thing that two records share, and for each that too many share to tie anybody.

use super::sheet::Column;
use crate::report::cell::Cell;
use crate::screening::{Cluster, Hub, Tie};

/// Every column, in order.
pub(super) fn columns() -> Vec<Column> {
    let columns: [(&str, u8); 7] = [
        ("Cluster", 20),
        ("Names in the cluster", 30),
        ("First", 24),
        ("Second", 24),
        ("What they share", 18),
        ("Strength", 10),
        ("In their words", 60),
    ];
    columns.into_iter().map(|(title, width)| (title.to_owned(), width)).collect()
}

/// The rows of a cluster.
pub(super) fn rows(cluster: &Cluster) -> impl Iterator<Item = Vec<Cell>> {
    cluster.ties.iter().map(|tie| tied(cluster, tie))
}

fn tied(cluster: &Cluster, tie: &Tie) -> Vec<Cell> {
    vec![
        Cell::text(&cluster.id),
        Cell::list(&cluster.names),
        Cell::text(&tie.a),
        Cell::text(&tie.b),
        Cell::text(&tie.kind.replace('_', " ")),
        Cell::Number((tie.strength * 10.0).round() / 10.0),
        Cell::list(tie.evidence.iter().map(|side| &side.quote)),
    ]
}

/// The row of something that so many have that it ties nobody.
pub(super) fn hub(hub: &Hub) -> Vec<Cell> {
    vec![
        Cell::Empty,
        Cell::text(&format!("{} have it, so it ties nobody", hub.holders)),
        Cell::Empty,
        Cell::Empty,
        Cell::text(&hub.kind.replace('_', " ")),
        Cell::Empty,
        Cell::text(&hub.value),
    ]
}
