//! A YAML document as a tree whose every part knows its line and column.
//!
//! What the parts mean is for `sigma` to say; this only remembers where they stand,
//! so that every error can point at them.

use crate::content::Diagnostic;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// Greatest depth of a document. An example's dossier needs half of it; the stack of a thread bears twice as much.
const MAX_DEPTH: usize = 24;

/// Line and column, both from 1; 0 where the whole file is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A part of the document and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) mark: Mark,
    pub(super) tree: Tree,
}

/// A key of a mapping and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) mark: Mark,
    pub(super) text: String,
}

/// What a part is.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Null,
    Flag(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

impl Tree {
    /// What it is, for a sentence: `expected a text, found {}`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

impl Node {
    /// The same as JSON, without places.
    pub(super) fn to_json(&self) -> Json {
        match &self.tree {
            Tree::Null => Json::Null,
            Tree::Flag(flag) => Json::Bool(*flag),
            Tree::Number(number) => Json::Number(number.clone()),
            Tree::Text(text) => Json::String(text.clone()),
            Tree::List(nodes) => Json::Array(nodes.iter().map(Self::to_json).collect()),
            Tree::Map(entries) => {
                Json::Object(entries.iter().map(|(key, node)| (key.text.clone(), node.to_json())).collect())
            }
        }
    }
}

/// A file while it is read: makes diagnostics that show the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceFile<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

impl SourceFile<'_> {
    /// The document of the file.
    pub(super) fn parse(self) -> Result<Node, Diagnostic> {
        let options = serde_saphyr::options! { budget: serde_saphyr::budget! { max_depth: MAX_DEPTH } };
        serde_saphyr::from_str_with_options::<Node>(self.text, options).map_err(|error| {
            let error = error.without_snippet();
            let mark = error.location().map_or(Mark::default(), Mark::from);
            // The parser repeats the place at the end of the sentence.
            let message = error.to_string();
            let message =
                message.split(" at line ").next().and_then(|rest| rest.split(", set ").next()).unwrap_or(&message);
            self.at(mark, format!("could not read this as YAML: {}", message.lines().next().unwrap_or_default()))
        })
    }

    /// An error at a place.
    pub(super) fn at(self, mark: Mark, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.path, self.text, mark.line, mark.column, message)
    }
}

impl From<Location> for Mark {
    fn from(location: Location) -> Self {
        let narrow = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Self { line: narrow(location.line()), column: narrow(location.column()) }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Tree>::deserialize(deserializer)?;
        Ok(Self { mark: spanned.referenced.into(), tree: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, true, false, null, a list or a mapping")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Tree, E> {
        serde_json::Number::from_f64(number).map(Tree::Number).ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = seq.next_element()? {
            nodes.push(node);
        }
        Ok(Tree::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            entries.push((Key { mark: key.referenced.into(), text: key.value }, map.next_value()?));
        }
        Ok(Tree::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_its_place() {
        let file = SourceFile { path: "a.yml", text: "a: 1\nb:\n  - x\n  - { c: off }\n" };
        let Tree::Map(entries) = file.parse().expect("valid").tree else { panic!("a mapping") };
        assert_eq!(entries[0].0.mark, Mark { line: 1, column: 1 });
        assert_eq!(entries[0].1.mark, Mark { line: 1, column: 4 });
        let Tree::List(nodes) = &entries[1].1.tree else { panic!("a list") };
        assert_eq!(nodes[0].mark, Mark { line: 3, column: 5 });
        let Tree::Map(inner) = &nodes[1].tree else { panic!("a mapping") };
        assert_eq!(inner[0].1.mark, Mark { line: 4, column: 10 });
        // As other Sigma tools read it: an unquoted `off` is false.
        assert!(matches!(inner[0].1.tree, Tree::Flag(false)));
    }

    #[test]
    fn broken_yaml_and_repeated_keys_point_at_the_line() {
        for (text, line) in [("a: 1\na: 2\n", 2), ("a: [1\nb: 2\n", 2)] {
            let error = SourceFile { path: "a.yml", text }.parse().expect_err(text);
            assert_eq!(error.line, line, "{error}");
        }
    }

    #[test]
    fn a_document_that_is_too_deep_is_refused() {
        for open in ["[", "- ", "{ a: "] {
            let text = format!("a:\n  {}", open.repeat(50_000));
            assert!(SourceFile { path: "a.yml", text: &text }.parse().is_err(), "{open}");
        }
    }
}
