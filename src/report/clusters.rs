//! Who shares what: for a person to read, as JSON Lines, and as graphs for programs that draw.

use super::contract::{Report, Style};
use super::json_lines::JsonLines;
use super::layout::Page;
use super::terminal::Terminal;
use super::words::plural;
use crate::screening::{Cluster, Hub};
use std::cmp::Reverse;
use std::io::{self, Write};

/// A format for clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterFormat {
    /// For a person.
    Terminal,
    /// A `cluster` line for each cluster and a `hub` line for each hub, as in `falseface.output/1`.
    JsonLines,
    /// Graphviz: people are nodes, ties are edges.
    Dot,
    /// GraphML 1.0, for yEd, Gephi and others.
    GraphMl,
}

impl ClusterFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Terminal, Self::JsonLines, Self::Dot, Self::GraphMl];

    /// The name in arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::JsonLines => "jsonl",
            Self::Dot => "dot",
            Self::GraphMl => "graphml",
        }
    }
}

/// Writes clusters and hubs of `people` records in a format.
///
/// # Errors
/// Those of the writer.
pub fn clusters(
    format: ClusterFormat,
    clusters: &[Cluster],
    hubs: &[Hub],
    people: u64,
    mut to: impl Write + Send,
    style: Style,
) -> io::Result<()> {
    match format {
        ClusterFormat::Terminal => {
            let mut report = Terminal::new(&mut to, style);
            // Who goes by several names is what a reader looks for; then whoever are many.
            let mut ordered: Vec<&Cluster> = clusters.iter().collect();
            ordered.sort_by_key(|cluster| Reverse((cluster.differences.identities, cluster.members.len())));
            ordered.into_iter().try_for_each(|cluster| report.cluster(cluster))?;
            hubs.iter().try_for_each(|hub| report.hub(hub))?;
            let mut page = Page::new(&style);
            summary(&mut page, clusters, people);
            to.write_all(page.take().as_bytes())
        }
        ClusterFormat::JsonLines => {
            let mut report = JsonLines::new(&mut to);
            clusters.iter().try_for_each(|cluster| report.cluster(cluster))?;
            hubs.iter().try_for_each(|hub| report.hub(hub))
        }
        ClusterFormat::Dot => dot(clusters, &mut to),
        ClusterFormat::GraphMl => graphml(clusters, &mut to),
    }
}

fn summary(page: &mut Page, clusters: &[Cluster], people: u64) {
    if !clusters.is_empty() {
        page.gap();
    }
    let members: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
    let found = match clusters.len() {
        0 => format!("Nothing that ties any of {} to another was seen.", plural(people, "record", "records")),
        number => format!(
            "{members} of {} share something, in {}. Sharing is no verdict: colleagues, families and agencies share \
             things too; nobody was judged.",
            plural(people, "record", "records"),
            plural(number as u64, "group", "groups"),
        ),
    };
    page.paragraph("", &found);
}

/// Graphviz's language: quoted identifiers, in which only the quotation mark and the backslash mean something.
fn dot(clusters: &[Cluster], to: &mut impl Write) -> io::Result<()> {
    let quoted = |text: &str| {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
    };
    writeln!(to, "graph shared {{\n  node [shape=box];")?;
    for cluster in clusters {
        writeln!(to, "  subgraph {} {{", quoted(&format!("cluster_{}", cluster.id)))?;
        writeln!(to, "    label={};", quoted(&cluster.id))?;
        for member in &cluster.members {
            writeln!(to, "    {};", quoted(member))?;
        }
        for tie in &cluster.ties {
            let label = quoted(&format!("{} {:+.1}", tie.kind, tie.strength));
            writeln!(to, "    {} -- {} [label={label}];", quoted(&tie.a), quoted(&tie.b))?;
        }
        writeln!(to, "  }}")?;
    }
    writeln!(to, "}}")
}

/// GraphML 1.0 (<http://graphml.graphdrawing.org/specification.html>).
fn graphml(clusters: &[Cluster], to: &mut impl Write) -> io::Result<()> {
    writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(to, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
    for (id, of, kind) in [
        ("cluster", "node", "string"),
        ("kind", "edge", "string"),
        ("strength", "edge", "double"),
        ("quote", "edge", "string"),
    ] {
        writeln!(to, r#"  <key id="{id}" for="{of}" attr.name="{id}" attr.type="{kind}"/>"#)?;
    }
    writeln!(to, r#"  <graph id="shared" edgedefault="undirected">"#)?;
    for cluster in clusters {
        for member in &cluster.members {
            let (member, id) = (xml(member), xml(&cluster.id));
            writeln!(to, r#"    <node id="{member}"><data key="cluster">{id}</data></node>"#)?;
        }
        for tie in &cluster.ties {
            write!(to, r#"    <edge source="{}" target="{}">"#, xml(&tie.a), xml(&tie.b))?;
            let strength = format!("{:.1}", tie.strength);
            let quote = tie.evidence.first().map_or("", |side| side.quote.as_str());
            for (key, value) in [("kind", tie.kind.as_str()), ("strength", &strength), ("quote", quote)] {
                write!(to, r#"<data key="{key}">{}</data>"#, xml(value))?;
            }
            writeln!(to, "</edge>")?;
        }
    }
    writeln!(to, "  </graph>\n</graphml>")
}

/// Text as XML 1.0 may hold it: what is markup is written as entities, what no document may contain is replaced.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            character if character.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ClusterFormat, clusters};
    use crate::dossier::Quote;
    use crate::report::Style;
    use crate::screening::{Cluster, Differences, Hub, Tie};

    fn written(format: ClusterFormat) -> String {
        let side = |dossier: &str| Quote {
            dossier: dossier.to_owned(),
            pointer: "/contacts/0/value".to_owned(),
            start: 0,
            end: 3,
            quote: "<\"\u{1b}".to_owned(),
        };
        let tie = Tie {
            a: "a\"\\".to_owned(),
            b: "b<&>".to_owned(),
            kind: "phone".to_owned(),
            strength: 25.0,
            evidence: vec![side("a\"\\"), side("b<&>")],
        };
        let cluster = Cluster {
            id: "c-1".to_owned(),
            members: vec![tie.a.clone(), tie.b.clone()],
            names: vec!["Ana Example".to_owned(), "Bea Sample".to_owned()],
            differences: Differences { identities: 2, ..Differences::default() },
            ties: vec![tie],
        };
        let hub = Hub { kind: "phone".to_owned(), value: "+15550100".to_owned(), holders: 60 };
        let mut out = Vec::new();
        clusters(format, &[cluster], &[hub], 70, &mut out, Style::default()).expect("memory");
        String::from_utf8(out).expect("is text")
    }

    #[test]
    fn graphs_hold_untrusted_text_as_text() {
        let dot = written(ClusterFormat::Dot);
        assert!(dot.contains(r#""a\"\\" -- "b<&>" [label="phone +25.0"];"#), "{dot}");
        let graphml = written(ClusterFormat::GraphMl);
        assert!(graphml.contains(r#"<edge source="a&quot;\" target="b&lt;&amp;&gt;">"#), "{graphml}");
        assert!(graphml.contains("<data key=\"quote\">&lt;&quot;\u{fffd}</data>"), "{graphml}");
    }

    #[test]
    fn hubs_are_named_and_nobody_is_judged() {
        let lines = written(ClusterFormat::JsonLines);
        assert!(lines.contains(r#"{"type":"hub","kind":"phone","value":"+15550100","holders":60}"#), "{lines}");
        let page = written(ClusterFormat::Terminal);
        assert!(page.contains("2 of 70 records share something") && page.contains("nobody was judged"), "{page}");
        assert!(!page.contains('\u{1b}'), "{page}");
    }
}
