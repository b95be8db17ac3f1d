//! What the values of a field are tested for: modifiers applied, values checked against the field's kind
//! and against the vocabulary of the content.

use super::compiler::Compiler;
use super::encode::{base64, base64_offsets, dashes, utf16};
use super::leaf::{Comparison, Network, Test};
use super::modifier::{Base64, Modifiers, Operator};
use super::tree::{Mark, Node, Tree};
use super::value::{Anchor, Pattern, lowercase};
use crate::content::suggest;
use crate::facts::{Field, FieldSpec, Kind};
use regex::{Regex, RegexBuilder};

/// A test, or what a test is made of once its neighbours are known.
pub(super) enum Raw {
    Test(Test),
    Text(Pattern, Anchor),
    Regex(String, Mark),
}

impl Compiler<'_, '_> {
    /// What one value is tested for; several tests where it stands for several texts.
    pub(super) fn tests(&mut self, spec: &FieldSpec, modifiers: Modifiers, node: &Node) -> Option<Vec<Raw>> {
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
                Tree::Text(text) => {
                    let Some(network) = Network::parse(text) else {
                        self.error_with(node.mark, format!("`{text}` is no network range"), "such as 192.0.2.0/24");
                        return None;
                    };
                    Some(vec![Raw::Test(Test::Network(network))])
                }
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
        self.check_vocabulary(spec, anchor, &pattern, mark)?;
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

    /// Refuses a word that a field never has: an intent or a list that does not exist, a word of no meaning there.
    fn check_vocabulary(&mut self, spec: &FieldSpec, anchor: Anchor, pattern: &Pattern, mark: Mark) -> Option<()> {
        let (Some(word), Anchor::Whole) = (pattern.as_plain(), anchor) else { return Some(()) };
        let content = self.scope.content;
        let intents = || content.intents().iter().map(String::as_str).collect::<Vec<_>>();
        let listed;
        let (words, help, kind): (Vec<&str>, _, _) = if spec.name.ends_with("intent") {
            (intents(), "the names are those of the files in lexicons/".to_owned(), "intent")
        } else if spec.name.ends_with("listed") {
            if content.table(word).is_some() {
                return Some(());
            }
            (content.list_names().collect(), "the names are those of the files in lists/".to_owned(), "list")
        } else {
            listed = vocabulary(spec.doc);
            (listed.iter().map(String::as_str).collect(), format!("it is one of {}", listed.join(", ")), "")
        };
        if (kind.is_empty() && words.is_empty()) || words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return Some(());
        }
        let message = match kind {
            "" => format!("`{}` is never `{word}`", spec.name),
            kind => format!("there is no {kind} `{word}`"),
        };
        let help = suggest(word, words).map_or(help, |near| format!("did you mean `{near}`?"));
        self.error_with(mark, message, help);
        None
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
    pub(super) fn merged(&mut self, modifiers: Modifiers, mark: Mark, group: Vec<Raw>) -> Option<Vec<Test>> {
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

/// The words that a field can have, as its description lists them; none where it does not, or not all.
///
/// `Class of the address: free, disposable (by list) or other.` lists three.
fn vocabulary(doc: &str) -> Vec<String> {
    let mut plain = String::with_capacity(doc.len());
    for (position, part) in doc.split('(').enumerate() {
        let outside = if position == 0 { part } else { part.split_once(')').map_or("", |(_, rest)| rest) };
        plain.push_str(outside.trim_end());
    }
    let list = plain.rsplit_once(": ").map_or(plain.as_str(), |(_, list)| list);
    let Some(list) = list.strip_suffix('.').filter(|list| !list.contains('…')) else { return Vec::new() };
    let words: Vec<String> = list.split(", ").flat_map(|part| part.split(" or ")).map(str::to_owned).collect();
    let is_word = |word: &String| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c));
    if !words.iter().all(is_word) || (words.len() < 2 && !doc.contains(": ")) { Vec::new() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_that_lists_words_lists_all_that_a_field_can_have() {
        assert_eq!(vocabulary("active, closed or restricted."), ["active", "closed", "restricted"]);
        assert_eq!(vocabulary("Class: free, disposable (by list) or other."), ["free", "disposable", "other"]);
        assert_eq!(vocabulary("Class: free, relay (a system, or a network), other."), ["free", "relay", "other"]);
        assert_eq!(vocabulary("Shape of the name: assessment-word."), ["assessment-word"]);
        for open in ["linkedin, email, sms …", "The network.", "How it ended.", "Hosts of its links.", "Its text."] {
            assert_eq!(vocabulary(open), [""; 0], "{open}");
        }
        assert_eq!(
            vocabulary(Field::SubjectRole.spec().doc),
            ["candidate", "contractor", "employee", "recruiter", "counterparty"]
        );
    }
}
