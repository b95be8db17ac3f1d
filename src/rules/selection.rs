//! A selection as written becomes parts of a condition: fields are resolved, modifiers applied, values checked.
//!
//! Anything that could not hold, or that other words would be needed for, is an error: never silently false.

use super::compiler::{Compiler, Scope};
use super::leaf::{Leaf, Target, Test};
use super::modifier::{Modifiers, Operator};
use super::part::{Part, PartNode};
use super::tree::{Key, Mark, Node, Tree};
use super::value::Anchor;
use crate::content::Diagnostic;
use crate::facts::{CATALOGUE, Field, FieldSpec, Kind};

/// Compiles one selection. Errors are noted, and what they are about is left out.
pub(super) fn compile(scope: Scope<'_>, name: &Key, node: &Node, errors: &mut Vec<Diagnostic>) -> Option<Part> {
    let mut compiler = Compiler { scope, errors };
    let part = compiler.node(&name.text, node)?;
    Some(Part { text: name.text.as_str().into(), node: part })
}

impl Compiler<'_, '_> {
    fn node(&mut self, name: &str, node: &Node) -> Option<PartNode> {
        match &node.tree {
            Tree::Map(entries) => self.map(node.mark, entries),
            Tree::List(nodes) if nodes.is_empty() => {
                self.error(node.mark, format!("the selection `{name}` is an empty list"));
                None
            }
            Tree::List(nodes) => {
                let mut parts = Vec::new();
                let words: Vec<&Node> =
                    nodes.iter().filter(|node| !matches!(node.tree, Tree::Map(_) | Tree::List(_))).collect();
                if !words.is_empty() {
                    parts.extend(self.keywords(node.mark, "", &words));
                }
                for node in nodes {
                    match &node.tree {
                        Tree::Map(entries) => {
                            let text = entries.first().map_or("", |(key, _)| key.text.as_str());
                            let text = if entries.len() > 1 { format!("{text} and …") } else { text.to_owned() };
                            let map = self.map(node.mark, entries);
                            parts.extend(map.map(|map| single(text, map)));
                        }
                        Tree::List(_) => drop(self.error(node.mark, "a list inside a list means nothing")),
                        _ => {}
                    }
                }
                Some(PartNode::Or(parts))
            }
            _ => {
                self.error_with(
                    node.mark,
                    format!("the selection `{name}` must be a mapping or a list, found {}", node.tree.kind()),
                    "write `field: value`, or a list of words",
                );
                None
            }
        }
    }

    fn map(&mut self, mark: Mark, entries: &[(Key, Node)]) -> Option<PartNode> {
        if entries.is_empty() {
            self.error(mark, "an empty mapping matches nothing");
            return None;
        }
        let parts: Vec<Part> = entries.iter().filter_map(|(key, node)| self.item(key, node)).collect();
        (parts.len() == entries.len()).then_some(PartNode::And(parts))
    }

    /// `field|modifier: value`, or `|modifier: words` for keywords.
    fn item(&mut self, key: &Key, node: &Node) -> Option<Part> {
        let (name, modifiers) = key.text.split_once('|').map_or((key.text.as_str(), ""), |(name, rest)| (name, rest));
        let nodes: Vec<&Node> = match &node.tree {
            Tree::List(nodes) if nodes.is_empty() => {
                return self.error(node.mark, format!("`{}` is compared with an empty list", key.text));
            }
            Tree::List(nodes) => nodes.iter().collect(),
            _ => vec![node],
        };
        if name.is_empty() {
            return self.keywords(key.mark, modifiers, &nodes);
        }
        let field = self.field(key.mark, name)?;
        let modifiers = self.modifiers(key, modifiers)?;
        if modifiers.all && nodes.len() < 2 {
            return self.error_with(key.mark, "`all` needs several values", "leave `all` out, or list the values");
        }
        let target = if field == Field::FindingRule { Target::Findings } else { Target::Field(field) };
        let text = format!("{}: {}", key.text, shown(&nodes));
        self.leaf(target, field.spec(), modifiers, &nodes, text)
    }

    /// Words looked for in any of the element's free texts.
    fn keywords(&mut self, mark: Mark, words: &str, nodes: &[&Node]) -> Option<Part> {
        let texts: Box<[Field]> = CATALOGUE
            .iter()
            .filter(|spec| spec.category == self.scope.category && spec.kind == Kind::Prose)
            .map(|spec| spec.field)
            .collect();
        let Some(first) = texts.first() else {
            return self.error_with(
                mark,
                format!("elements of the category {} have no free text for words", self.scope.category.as_str()),
                "name a field",
            );
        };
        let spec = first.spec();
        let key = Key { mark, text: format!("|{words}") };
        let mut modifiers = self.modifiers(&key, words)?;
        if modifiers.negated {
            return self.error_with(mark, "words cannot be negated so", "use `not` in the condition");
        }
        match modifiers.operator {
            Operator::Value(Anchor::Whole) => modifiers.operator = Operator::Value(Anchor::Contains),
            Operator::Value(_) | Operator::Regex => {}
            _ => return self.error(mark, "words can be looked for, but not compared so; name a field"),
        }
        let text = if words.is_empty() { shown(nodes) } else { format!("|{words}: {}", shown(nodes)) };
        self.leaf(Target::Texts(texts), spec, modifiers, nodes, text)
    }

    fn modifiers(&mut self, key: &Key, modifiers: &str) -> Option<Modifiers> {
        let words: Vec<&str> = if modifiers.is_empty() { Vec::new() } else { modifiers.split('|').collect() };
        match Modifiers::parse(&words) {
            Ok(modifiers) => Some(modifiers),
            Err(error) => {
                // The column of the word at fault, past the field's name, if the key stands there plainly.
                let name = key.text.split('|').next().unwrap_or_default().chars().count();
                let before: usize = words[..error.position].iter().map(|word| word.chars().count() + 1).sum();
                let mark = Mark { column: key.mark.column + name + 1 + before, ..key.mark };
                let mut diagnostic = self.scope.file.at(mark, error.message);
                diagnostic.help = error.help;
                self.errors.push(diagnostic);
                None
            }
        }
    }

    fn leaf(
        &mut self,
        target: Target,
        spec: &FieldSpec,
        modifiers: Modifiers,
        nodes: &[&Node],
        text: String,
    ) -> Option<Part> {
        let mut written = Vec::new();
        for node in nodes {
            written.push(self.tests(spec, modifiers, node)?);
        }
        let groups = if modifiers.all { written } else { vec![written.into_iter().flatten().collect()] };
        let mark = nodes.first().map_or(Mark::default(), |node| node.mark);
        let mut tests: Vec<Vec<Test>> = Vec::new();
        for group in groups {
            tests.push(self.merged(modifiers, mark, group)?);
        }
        // With `all`, a value that stands for several texts (dashes, offsets) holds if one of them does.
        let several = modifiers.all && tests.iter().any(|group| group.len() > 1);
        let node = if several && !modifiers.negated {
            let leaves = tests.into_iter().zip(nodes).map(|(tests, node)| {
                let leaf = Leaf { target: target.clone(), all: false, negated: false, tests };
                Part { text: shown(&[node]).into(), node: PartNode::Leaf(leaf) }
            });
            PartNode::And(leaves.collect())
        } else if several {
            return self.error(mark, "`all` and `neq` cannot be combined with a value that stands for several");
        } else {
            let tests = tests.into_iter().flatten().collect();
            PartNode::Leaf(Leaf { target, all: modifiers.all, negated: modifiers.negated, tests })
        };
        Some(Part { text: text.into(), node })
    }
}

/// A part around a node; an `and` of one part is that part.
fn single(text: String, node: PartNode) -> Part {
    match node {
        PartNode::And(mut parts) if parts.len() == 1 => match parts.pop() {
            Some(part) => part,
            None => Part { text: text.into(), node: PartNode::And(parts) },
        },
        node => Part { text: text.into(), node },
    }
}

/// Values as a reader sees them: up to three of them.
fn shown(nodes: &[&Node]) -> String {
    let mut shown: Vec<String> = nodes
        .iter()
        .take(3)
        .map(|node| match &node.tree {
            Tree::Text(text) => text.clone(),
            Tree::Null => "null".to_owned(),
            _ => node.to_json().to_string(),
        })
        .collect();
    if nodes.len() > 3 {
        shown.push(format!("… {} more", nodes.len() - 3));
    }
    shown.join(", ")
}
