//! A selection as written becomes parts of a condition: fields are resolved, modifiers applied, values checked.
//!
//! Anything that could not hold, or that other words would be needed for, is an error: never silently false.

use super::encode::{base64, base64_offsets, dashes, utf16};
use super::leaf::{Comparison, Leaf, Network, Target, Test};
use super::modifier::{Base64, Modifiers, Operator};
use super::part::{Part, PartNode};
use super::tree::{Key, Mark, Node, SourceFile, Tree};
use super::value::{Anchor, Pattern, lowercase};
use crate::content::{Content, Diagnostic, suggest};
use crate::facts::{CATALOGUE, Category, Field, FieldSpec, Kind};
use regex::{Regex, RegexBuilder};
use std::collections::BTreeMap;

/// What a selection may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) file: SourceFile<'a>,
    pub(super) content: &'a Content,
    pub(super) category: Category,
    /// Names of the other rules, with their positions; `None` for a rule that was silenced.
    pub(super) rules: &'a BTreeMap<&'a str, Option<u32>>,
}

/// Compiles one selection. Errors are noted, and what they are about is left out.
pub(super) fn compile(
    scope: Scope<'_>,
    name: &Key,
    node: &Node,
    errors: &mut Vec<Diagnostic>,
    doubts: &mut Vec<Diagnostic>,
) -> Option<Part> {
    let mut compiler = Compiler { scope, errors, doubts };
    let part = compiler.node(&name.text, node)?;
    Some(Part { text: name.text.as_str().into(), node: part })
}

struct Compiler<'a, 'e> {
    scope: Scope<'a>,
    errors: &'e mut Vec<Diagnostic>,
    /// Words that no lexicon or list is named by: the rule is left as it is, and `rules check` refuses it.
    doubts: &'e mut Vec<Diagnostic>,
}

impl Compiler<'_, '_> {
    fn error(&mut self, mark: Mark, message: impl Into<String>) -> Option<Part> {
        self.errors.push(self.scope.file.at(mark, message));
        None
    }

    fn error_with(&mut self, mark: Mark, message: impl Into<String>, help: impl Into<String>) -> Option<Part> {
        self.errors.push(self.scope.file.at(mark, message).with_help(help));
        None
    }

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
        match modifiers.operator {
            Operator::Value(Anchor::Whole) => modifiers.operator = Operator::Value(Anchor::Contains),
            Operator::Value(_) | Operator::Regex => {}
            _ => return self.error(mark, "words can be looked for, but not compared so; name a field"),
        }
        let text = if words.is_empty() { shown(nodes) } else { format!("|{words}: {}", shown(nodes)) };
        self.leaf(Target::Texts(texts), spec, modifiers, nodes, text)
    }

    fn field(&mut self, mark: Mark, name: &str) -> Option<Field> {
        let visible = |spec: &&FieldSpec| spec.category == self.scope.category || spec.category == Category::Dossier;
        match CATALOGUE.iter().find(|spec| spec.name == name) {
            Some(spec) if visible(&spec) => Some(spec.field),
            Some(spec) => {
                let help = format!("write the rule for the category {}, or use another field", spec.category.as_str());
                let own = self.scope.category.as_str();
                self.error_with(mark, format!("an element of the category {own} does not see `{name}`"), help);
                None
            }
            None => {
                let own = suggest(name, CATALOGUE.iter().filter(visible).map(|spec| spec.name));
                let help = match own.or_else(|| suggest(name, CATALOGUE.iter().map(|spec| spec.name))) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "docs/facts.md lists every field; what is not there cannot be judged".to_owned(),
                };
                self.error_with(mark, format!("there is no field `{name}`"), help);
                None
            }
        }
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
        let part = if modifiers.all && tests.iter().any(|group| group.len() > 1) {
            let leaves = tests.into_iter().zip(nodes).map(|(tests, node)| {
                let leaf = Leaf { target: target.clone(), all: false, tests };
                Part { text: shown(&[node]).into(), node: PartNode::Leaf(leaf) }
            });
            Part { text: text.as_str().into(), node: PartNode::And(leaves.collect()) }
        } else {
            let leaf = Leaf { target, all: modifiers.all, tests: tests.into_iter().flatten().collect() };
            Part { text: text.as_str().into(), node: PartNode::Leaf(leaf) }
        };
        Some(if modifiers.negated { Part { text: text.into(), node: PartNode::Not(Box::new(part)) } } else { part })
    }

    /// What one value is tested for; several tests where it stands for several texts.
    fn tests(&mut self, spec: &FieldSpec, modifiers: Modifiers, node: &Node) -> Option<Vec<Raw>> {
        let is_text = matches!(spec.kind, Kind::Word | Kind::Prose);
        let wrong = |compiler: &mut Self, expected: &str| -> Option<Vec<Raw>> {
            let message = format!("`{}` is compared with {expected}, found {}", spec.name, node.tree.kind());
            match (&node.tree, is_text) {
                (Tree::Flag(_) | Tree::Number(_), true) => {
                    compiler.error_with(node.mark, message, "write it in quotes")
                }
                _ => compiler.error_with(node.mark, message, spec.doc),
            };
            None
        };
        let unfit = |compiler: &mut Self, what: &str| -> Option<Vec<Raw>> {
            compiler.error_with(node.mark, format!("`{}` is {what}", spec.name), spec.doc);
            None
        };
        match modifiers.operator {
            Operator::Exists => match node.tree {
                Tree::Flag(flag) => Some(vec![Raw::Test(Test::Exists(flag))]),
                _ => wrong(self, "true or false"),
            },
            Operator::Value(Anchor::Whole) if matches!(node.tree, Tree::Null) => Some(vec![Raw::Test(Test::Null)]),
            Operator::Value(Anchor::Whole) if spec.kind == Kind::Flag => match node.tree {
                Tree::Flag(flag) => Some(vec![Raw::Test(Test::Flag(flag))]),
                _ => wrong(self, "true or false"),
            },
            Operator::Value(Anchor::Whole) | Operator::Number(_) if spec.kind == Kind::Number => match &node.tree {
                Tree::Number(number) => {
                    let comparison = match modifiers.operator {
                        Operator::Number(comparison) => comparison,
                        _ => Comparison::Equal,
                    };
                    Some(vec![Raw::Test(Test::Number(comparison, number.as_f64().unwrap_or(f64::NAN)))])
                }
                _ => wrong(self, "a number"),
            },
            Operator::Number(_) => unfit(self, "no number"),
            Operator::DatePart(part) => match &node.tree {
                _ if !is_text && spec.kind != Kind::Date => unfit(self, "no date"),
                Tree::Number(number) => {
                    Some(vec![Raw::Test(Test::DatePart(part, number.as_f64().unwrap_or(f64::NAN)))])
                }
                _ => wrong(self, "a number"),
            },
            Operator::Value(_) | Operator::Regex | Operator::Network if !is_text && spec.kind != Kind::Date => {
                unfit(self, "no text")
            }
            Operator::Network => match &node.tree {
                Tree::Text(text) => match Network::parse(text) {
                    Some(network) => Some(vec![Raw::Test(Test::Network(network))]),
                    None => {
                        self.error_with(node.mark, format!("`{text}` is no network range"), "such as 192.0.2.0/24");
                        None
                    }
                },
                _ => wrong(self, "a network range"),
            },
            Operator::Regex => match &node.tree {
                Tree::Text(text) => Some(vec![Raw::Regex(text.clone(), node.mark)]),
                _ => wrong(self, "a regular expression"),
            },
            Operator::Other(anchor) => match &node.tree {
                Tree::Text(name) => {
                    let field = self.field(node.mark, name)?;
                    if (field.spec().kind == Kind::Prose || field.spec().kind == Kind::Word) != is_text
                        || (!is_text && (field.spec().kind != spec.kind || anchor != Anchor::Whole))
                    {
                        return unfit(self, &format!("of another kind than `{name}`"));
                    }
                    Some(vec![Raw::Test(Test::Other { field, anchor, cased: modifiers.cased })])
                }
                _ => wrong(self, "another field"),
            },
            Operator::Value(anchor) => match &node.tree {
                Tree::Text(text) => self.texts(spec, modifiers, anchor, text, node.mark),
                _ => wrong(self, "a text"),
            },
        }
    }

    /// The texts that a written text stands for.
    fn texts(
        &mut self,
        spec: &FieldSpec,
        modifiers: Modifiers,
        anchor: Anchor,
        text: &str,
        mark: Mark,
    ) -> Option<Vec<Raw>> {
        if modifiers.expand {
            return self.expanded(spec, anchor, text, mark);
        }
        if modifiers.base64.is_some() || modifiers.windash {
            let pattern = Pattern::parse(text);
            let Some(plain) = pattern.as_plain() else {
                self.error_with(mark, "a value that is encoded cannot have wildcards", r"write `\*` or `\?`");
                return None;
            };
            let bytes = modifiers.utf16.map_or_else(|| plain.as_bytes().to_vec(), |order| utf16(plain, order));
            let texts = match modifiers.base64 {
                None => dashes(plain),
                Some(Base64::Exact) => vec![base64(&bytes)],
                Some(Base64::AnyOffset) => base64_offsets(&bytes).into_iter().filter(|text| !text.is_empty()).collect(),
            };
            return Some(texts.into_iter().map(|text| Raw::Text(Pattern::plain(text), anchor)).collect());
        }
        let pattern = Pattern::parse(text);
        if anchor != Anchor::Whole && pattern.as_plain() == Some("") {
            self.error_with(mark, "an empty text is contained in everything", "use `exists: true`");
            return None;
        }
        self.check_vocabulary(spec, anchor, &pattern, mark);
        if spec.field == Field::FindingRule {
            return self.findings(anchor, &pattern, text, mark);
        }
        Some(vec![Raw::Text(pattern, anchor)])
    }

    /// `%name%`: the values of a list.
    fn expanded(&mut self, spec: &FieldSpec, anchor: Anchor, text: &str, mark: Mark) -> Option<Vec<Raw>> {
        let name = text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).filter(|name| !name.contains('%'));
        let Some(name) = name else {
            self.error_with(mark, format!("`{text}` is no placeholder"), "`expand` takes the name of a list: `%name%`");
            return None;
        };
        let Some(list) = self.scope.content.list(name) else {
            let help = match suggest(name, self.scope.content.list_names()) {
                Some(near) => format!("did you mean `%{near}%`?"),
                None => format!("add the file lists/{name}.txt"),
            };
            self.error_with(mark, format!("there is no list `{name}`"), help);
            return None;
        };
        if anchor == Anchor::Whole {
            let domains = spec.name.ends_with("domain") || spec.name.ends_with("host");
            let values = list.values().map(Into::into).collect();
            return Some(vec![Raw::Test(Test::Listed { values, domains })]);
        }
        Some(list.values().map(|value| Raw::Text(Pattern::plain(value), anchor)).collect())
    }

    /// Refuses a word that a field never has: an intent or a list that does not exist.
    fn check_vocabulary(&mut self, spec: &FieldSpec, anchor: Anchor, pattern: &Pattern, mark: Mark) {
        let (Some(word), Anchor::Whole) = (pattern.as_plain(), anchor) else { return };
        let content = self.scope.content;
        let (kind, known, near) = if spec.name.ends_with("intent") {
            let names = content.intents();
            ("intent", names.iter().any(|name| name == word), suggest(word, names.iter().map(String::as_str)))
        } else if spec.name.ends_with("listed") {
            let known = content.list(word).is_some() || content.table(word).is_some();
            ("list", known, suggest(word, content.list_names()))
        } else {
            return;
        };
        if known {
            return;
        }
        let folder = if kind == "intent" { "lexicons" } else { "lists" };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the names are those of the files in {folder}/"),
        };
        self.doubts.push(self.scope.file.at(mark, format!("there is no {kind} `{word}`")).with_help(help));
    }

    /// The rules whose names a text stands for.
    fn findings(&mut self, anchor: Anchor, pattern: &Pattern, text: &str, mark: Mark) -> Option<Vec<Raw>> {
        let regex = Regex::new(&pattern.to_regex(anchor)).ok()?;
        let mut named = self.scope.rules.iter().filter(|(name, _)| regex.is_match(name)).peekable();
        if named.peek().is_none() {
            let help = match suggest(text, self.scope.rules.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a rule is named by its `name`, which is that of its file".to_owned(),
            };
            self.error_with(mark, format!("there is no rule `{text}`"), help);
            return None;
        }
        let positions = named.filter_map(|(_, position)| *position).collect();
        Some(vec![Raw::Test(Test::Rules(positions))])
    }

    /// Texts and expressions of one group, any of which may hold, as few tests as can be.
    fn merged(&mut self, modifiers: Modifiers, mark: Mark, group: Vec<Raw>) -> Option<Vec<Test>> {
        let mut tests = Vec::new();
        let mut words: Vec<Box<str>> = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut rules: Option<Vec<u32>> = None;
        for raw in group {
            match raw {
                Raw::Test(Test::Rules(more)) => rules.get_or_insert_default().extend(more),
                Raw::Test(test) => tests.push(test),
                Raw::Text(pattern, anchor) => match pattern.as_plain() {
                    Some(plain) if anchor == Anchor::Whole => {
                        words.push(if modifiers.cased { plain.into() } else { lowercase(plain).into() });
                    }
                    _ => patterns.push(pattern.to_regex(anchor)),
                },
                Raw::Regex(written, mark) => {
                    // Each by itself first, so that an error points at the value at fault.
                    if let Err(error) = builder(&written, modifiers).build() {
                        let error = error.to_string();
                        let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
                        self.error_with(
                            mark,
                            format!("this regular expression cannot be used: {reason}"),
                            "the syntax is that of docs.rs/regex: no look-around, no back-references",
                        );
                        return None;
                    }
                    patterns.push(format!("(?:{written})"));
                }
            }
        }
        if let Some(mut rules) = rules {
            rules.sort_unstable();
            rules.dedup();
            tests.push(Test::Rules(rules.into()));
        }
        if !words.is_empty() {
            let words = words.into();
            tests.push(if modifiers.cased { Test::CasedWords(words) } else { Test::Words(words) });
        }
        if !patterns.is_empty() {
            match builder(&patterns.join("|"), modifiers).build() {
                Ok(regex) => tests.push(Test::Pattern(regex)),
                Err(error) => {
                    self.error(mark, format!("these values are too many to search for at once: {error}"));
                    return None;
                }
            }
        }
        Some(tests)
    }
}

/// A test, or what a test is made of once its neighbours are known.
enum Raw {
    Test(Test),
    Text(Pattern, Anchor),
    Regex(String, Mark),
}

fn builder(pattern: &str, modifiers: Modifiers) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    if modifiers.operator == Operator::Regex {
        builder
            .case_insensitive(modifiers.ignore_case)
            .multi_line(modifiers.multi_line)
            .dot_matches_new_line(modifiers.dot_all);
    } else {
        builder.case_insensitive(!modifiers.cased).dot_matches_new_line(true);
    }
    builder.size_limit(64 << 20);
    builder
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
