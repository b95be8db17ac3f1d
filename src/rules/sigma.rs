//! A rule as written: the parts of a Sigma document and of its `falseface` block, with their places.
//!
//! Sigma's own keys are kept to the specification, so that other Sigma tools read the same file;
//! what a detection means is for `selection` and `condition`.

use super::rule::Example;
use super::tree::{Key, Mark, Node, SourceFile, Tree};
use crate::content::{Diagnostic, suggest};
use crate::dossier::{Date, Dossier, SCHEMA};
use crate::facts::Category;
use crate::screening::Detector;

/// A value and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) mark: Mark,
}

/// A Sigma rule, as written.
#[derive(Debug, Default)]
pub(super) struct SigmaDocument {
    pub(super) title: At<String>,
    pub(super) id: At<String>,
    pub(super) name: At<String>,
    pub(super) status: At<String>,
    pub(super) description: At<String>,
    pub(super) references: Vec<At<String>>,
    pub(super) date: At<String>,
    pub(super) modified: Option<At<String>>,
    pub(super) tags: Vec<At<String>>,
    pub(super) category: Option<At<Category>>,
    pub(super) selections: Vec<(Key, Node)>,
    pub(super) condition: At<String>,
    pub(super) falsepositives: Vec<At<String>>,
    pub(super) level: At<String>,
    pub(super) extension: Extension,
}

/// The block `falseface`.
#[derive(Debug, Default)]
pub(super) struct Extension {
    pub(super) mark: Mark,
    pub(super) detectors: Vec<(Detector, At<f64>)>,
    pub(super) fairness: At<String>,
    pub(super) verify: At<String>,
    pub(super) published: bool,
    pub(super) offsets: Vec<At<String>>,
    pub(super) covers: Vec<At<String>>,
    pub(super) examples: Vec<Example>,
}

const KEYS: &[&str] = &[
    "title",
    "id",
    "name",
    "related",
    "taxonomy",
    "status",
    "description",
    "license",
    "references",
    "author",
    "date",
    "modified",
    "logsource",
    "detection",
    "fields",
    "falsepositives",
    "level",
    "tags",
    "scope",
    "falseface",
];

/// Reads a document and notes every error on the way; whether it can be used is for the caller to say.
pub(super) fn read(file: SourceFile<'_>, errors: &mut Vec<Diagnostic>) -> Option<SigmaDocument> {
    let node = match file.parse() {
        Ok(node) => node,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    let mut reader = Reader { file, errors };
    let entries = reader.mapping(&node, "a rule", KEYS)?;
    let mut document = SigmaDocument {
        title: reader.required(entries, "title"),
        id: reader.required(entries, "id"),
        name: reader.required(entries, "name"),
        status: reader.text(entries, "status").unwrap_or_default(),
        description: reader.text(entries, "description").unwrap_or_default(),
        references: reader.texts(entries, "references"),
        date: reader.text(entries, "date").unwrap_or_default(),
        modified: reader.text(entries, "modified"),
        tags: reader.texts(entries, "tags"),
        falsepositives: reader.texts(entries, "falsepositives"),
        level: reader.text(entries, "level").unwrap_or_default(),
        ..SigmaDocument::default()
    };
    if let Some(logsource) = reader.child(entries, "logsource", true) {
        document.category = reader.category(logsource);
    }
    if let Some(detection) = reader.child(entries, "detection", true) {
        reader.detection(detection, &mut document);
    }
    if let Some(extension) = reader.child(entries, "falseface", true) {
        document.extension = reader.extension(extension);
    }
    Some(document)
}

struct Reader<'a> {
    file: SourceFile<'a>,
    errors: &'a mut Vec<Diagnostic>,
}

type Entries<'n> = &'n [(Key, Node)];

impl Reader<'_> {
    fn error(&mut self, mark: Mark, message: impl Into<String>) {
        self.errors.push(self.file.at(mark, message));
    }

    fn error_with(&mut self, mark: Mark, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(self.file.at(mark, message).with_help(help));
    }

    /// The entries of a mapping; keys that it does not know are errors.
    fn mapping<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Entries<'n>> {
        let Tree::Map(entries) = &node.tree else {
            self.error(node.mark, format!("{what} must be a mapping, found {}", node.tree.kind()));
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&key.text.as_str()) {
                let help = match suggest(&key.text, known.iter().copied()) {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("known: {}", known.join(", ")),
                };
                self.error_with(key.mark, format!("{what} has no `{}`", key.text), help);
            }
        }
        Some(entries)
    }

    fn child<'n>(&mut self, entries: Entries<'n>, key: &str, required: bool) -> Option<&'n Node> {
        let found = entries.iter().find(|(candidate, _)| candidate.text == key).map(|(_, node)| node);
        if found.is_none() && required {
            self.error(Mark::default(), format!("`{key}` is missing"));
        }
        found
    }

    /// A text; numbers are taken as written.
    fn as_text(&mut self, node: &Node, key: &str) -> Option<At<String>> {
        let value = match &node.tree {
            Tree::Text(text) => text.trim().to_owned(),
            Tree::Number(number) => number.to_string(),
            other => {
                self.error(node.mark, format!("`{key}` must be a text, found {}", other.kind()));
                return None;
            }
        };
        Some(At { value, mark: node.mark })
    }

    fn text(&mut self, entries: Entries<'_>, key: &str) -> Option<At<String>> {
        let node = self.child(entries, key, false)?;
        self.as_text(node, key)
    }

    fn required(&mut self, entries: Entries<'_>, key: &str) -> At<String> {
        let Some(node) = self.child(entries, key, true) else { return At::default() };
        let text = self.as_text(node, key).unwrap_or_default();
        if text.value.is_empty() && text.mark.line > 0 {
            self.error(text.mark, format!("`{key}` is empty"));
        }
        text
    }

    fn texts(&mut self, entries: Entries<'_>, key: &str) -> Vec<At<String>> {
        match self.child(entries, key, false).map(|node| (node, &node.tree)) {
            None => Vec::new(),
            Some((_, Tree::List(nodes))) => nodes.iter().filter_map(|node| self.as_text(node, key)).collect(),
            Some((node, other)) => {
                self.error(node.mark, format!("`{key}` must be a list of texts, found {}", other.kind()));
                Vec::new()
            }
        }
    }

    fn flag(&mut self, entries: Entries<'_>, key: &str) -> bool {
        match self.child(entries, key, false).map(|node| (node.mark, &node.tree)) {
            None => false,
            Some((_, Tree::Flag(flag))) => *flag,
            Some((mark, other)) => {
                self.error(mark, format!("`{key}` must be true or false, found {}", other.kind()));
                false
            }
        }
    }

    fn category(&mut self, node: &Node) -> Option<At<Category>> {
        let entries = self.mapping(node, "logsource", &["product", "category", "service", "definition"])?;
        let product = self.required(entries, "product");
        if product.mark.line > 0 && product.value != "falseface" {
            self.error(product.mark, format!("`product` must be falseface, found {}", product.value));
        }
        let word = self.required(entries, "category");
        let category = Category::by_name(&word.value);
        if category.is_none() && word.mark.line > 0 {
            let names = Category::ALL.map(Category::as_str);
            let help = match suggest(&word.value, names) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("categories: {}", names.join(", ")),
            };
            self.error_with(word.mark, format!("there is no category `{}`", word.value), help);
        }
        category.map(|value| At { value, mark: word.mark })
    }

    fn detection(&mut self, node: &Node, document: &mut SigmaDocument) {
        let Tree::Map(entries) = &node.tree else {
            self.error(node.mark, format!("`detection` must be a mapping, found {}", node.tree.kind()));
            return;
        };
        for (key, value) in entries {
            match key.text.as_str() {
                "condition" => match &value.tree {
                    Tree::Text(text) => document.condition = At { value: text.clone(), mark: value.mark },
                    Tree::List(_) => self.error_with(
                        value.mark,
                        "a rule has one condition",
                        "join them with `or`, or write a rule for each",
                    ),
                    other => {
                        self.error(value.mark, format!("`condition` must be a text, found {}", other.kind()));
                    }
                },
                "timeframe" => self.error_with(
                    key.mark,
                    "`timeframe` is not supported: a rule sees one element at a time",
                    "use a field that counts over time, such as thread.days or subject.contact_changes_60_days",
                ),
                _ => document.selections.push((key.clone(), value.clone())),
            }
        }
        if document.condition.value.is_empty() {
            self.error(node.mark, "`condition` is missing from `detection`");
        }
    }

    fn extension(&mut self, node: &Node) -> Extension {
        const KEYS: &[&str] = &["detectors", "fairness", "verify", "published", "offsets", "covers", "examples"];
        let mut extension = Extension { mark: node.mark, ..Extension::default() };
        let Some(entries) = self.mapping(node, "the block `falseface`", KEYS) else { return extension };
        extension.fairness = self.text(entries, "fairness").unwrap_or_default();
        extension.verify = self.text(entries, "verify").unwrap_or_default();
        extension.published = self.flag(entries, "published");
        extension.offsets = self.texts(entries, "offsets");
        extension.covers = self.texts(entries, "covers");
        if let Some(detectors) = self.child(entries, "detectors", true) {
            extension.detectors = self.detectors(detectors);
        }
        if let Some(examples) = self.child(entries, "examples", false)
            && let Some(groups) = self.mapping(examples, "`examples`", &["match", "no_match"])
        {
            for (key, group) in groups {
                let Tree::List(nodes) = &group.tree else {
                    self.error(group.mark, format!("`{}` must be a list of examples", key.text));
                    continue;
                };
                let expect = key.text == "match";
                extension.examples.extend(nodes.iter().filter_map(|node| self.example(node, expect)));
            }
        }
        extension
    }

    fn detectors(&mut self, node: &Node) -> Vec<(Detector, At<f64>)> {
        let names = Detector::ALL.map(Detector::as_str);
        let Some(entries) = self.mapping(node, "`detectors`", &names) else { return Vec::new() };
        if entries.is_empty() {
            self.error(node.mark, "`detectors` names no detector");
        }
        let mut weights = Vec::new();
        for (key, node) in entries {
            let Some(detector) = Detector::by_name(&key.text) else { continue };
            match &node.tree {
                Tree::Number(number) => {
                    let value = number.as_f64().unwrap_or_default();
                    if !(-30.0..=30.0).contains(&value) {
                        self.error_with(
                            node.mark,
                            format!("a weight of {value} decibans is beyond any single sign"),
                            "weak 2, moderate 5, strong 10, a hard match 15; exonerating evidence is negative",
                        );
                    }
                    weights.push((detector, At { value, mark: node.mark }));
                }
                other => self.error(node.mark, format!("a weight must be a number, found {}", other.kind())),
            }
        }
        weights
    }

    fn example(&mut self, node: &Node, expect: bool) -> Option<Example> {
        let entries = self.mapping(node, "an example", &["why", "dossier", "beside", "earlier", "watchlist", "now"])?;
        let why = self.required(entries, "why").value;
        let now = self.text(entries, "now").and_then(|text| match text.value.parse::<Date>() {
            Ok(date) => Some(date),
            Err(error) => {
                self.error(text.mark, error.to_string());
                None
            }
        });
        let dossier = self.child(entries, "dossier", true)?;
        let dossier = self.dossier(dossier, "example")?;
        let beside = self.dossiers(entries, "beside")?;
        let earlier = self.dossiers(entries, "earlier")?;
        let watchlist = self.watchlist(entries);
        Some(Example { why, dossier, beside, earlier, watchlist, expect, now, line: node.mark.line })
    }

    /// Further dossiers: of the batch that an example is in, or of an earlier one.
    fn dossiers(&mut self, entries: Entries<'_>, key: &str) -> Option<Vec<Dossier>> {
        let Some(node) = self.child(entries, key, false) else { return Some(Vec::new()) };
        let Tree::List(nodes) = &node.tree else {
            self.error(node.mark, format!("`{key}` must be a list of dossiers, found {}", node.tree.kind()));
            return None;
        };
        (1..).zip(nodes).map(|(number, node): (usize, _)| self.dossier(node, &format!("{key}-{number}"))).collect()
    }

    /// Entries of a watchlist; what they say is read where the example is run.
    fn watchlist(&mut self, entries: Entries<'_>) -> Vec<serde_json::Value> {
        match self.child(entries, "watchlist", false).map(|node| (node.mark, &node.tree)) {
            None => Vec::new(),
            Some((_, Tree::List(nodes))) => nodes.iter().map(Node::to_json).collect(),
            Some((mark, other)) => {
                self.error(mark, format!("`watchlist` must be a list of entries, found {}", other.kind()));
                Vec::new()
            }
        }
    }

    /// A partial dossier: `schema` and `id` are filled in; keys that the record does not have are errors.
    fn dossier(&mut self, node: &Node, id: &str) -> Option<Dossier> {
        let mut json = node.to_json();
        let Some(object) = json.as_object_mut() else {
            self.error(node.mark, format!("`dossier` must be a mapping, found {}", node.tree.kind()));
            return None;
        };
        object.entry("schema").or_insert_with(|| SCHEMA.into());
        object.entry("id").or_insert_with(|| id.into());
        let mut unknown = Vec::new();
        let mut track = serde_path_to_error::Track::new();
        let tracked = serde_path_to_error::Deserializer::new(json, &mut track);
        let parsed: Result<Dossier, _> = serde_ignored::deserialize(tracked, |path| unknown.push(path.to_string()));
        for path in unknown {
            let mark = mark_at(node, path.split('.'));
            self.error(mark, format!("a dossier has no `{path}`"));
        }
        parsed
            .map_err(|error| {
                let path = track.path().to_string();
                let mark = mark_at(node, path.split(['.', '[', ']']).filter(|part| !part.is_empty()));
                self.error(mark, format!("could not read the dossier at `{path}`: {error}"));
            })
            .ok()
    }
}

/// Where the part at a path stands, or the last part on the way to it.
fn mark_at<'p>(node: &Node, path: impl Iterator<Item = &'p str>) -> Mark {
    let (mut node, mut mark) = (node, node.mark);
    for part in path {
        let next = match &node.tree {
            Tree::Map(entries) => {
                entries.iter().find(|(key, _)| key.text == part).map(|(key, value)| (key.mark, value))
            }
            Tree::List(nodes) => part.parse::<usize>().ok().and_then(|at| nodes.get(at)).map(|node| (node.mark, node)),
            _ => None,
        };
        let Some((at, value)) = next else { break };
        (mark, node) = (at, value);
    }
    mark
}
