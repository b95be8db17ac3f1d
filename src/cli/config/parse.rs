//! From the text of a configuration to what it says. Every mistake is found at once, with its line and what to do.

use super::document::{Document, Setting, Switch, Value};
use super::options::{Kind, Known, Options};
use super::trust;
use crate::content::{Diagnostic, suggest};
use crate::screening::{Detector, RuleOff};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The table of profiles, and that of rules, which share their names with no option but `--rules`.
const PROFILES: &str = "profiles";
const RULES: &str = "rules";
/// Where folders of rules stand beside switches: `rules` cannot be a list and a table at once.
const FOLDERS: &str = "folders";

/// A text that is to be understood.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'s> {
    /// As mistakes call it.
    pub(super) file: &'s str,
    /// What it says.
    pub(super) text: &'s str,
    /// What its paths start from.
    pub(super) folder: &'s Path,
    /// Nobody named it.
    pub(super) was_found: bool,
}

/// Understands a configuration.
///
/// # Errors
/// Every mistake, in the order of lines.
pub(super) fn parse(source: Source<'_>, options: &Options) -> Result<Document, Vec<Diagnostic>> {
    let table =
        DeTable::parse(source.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![Diagnostic::at_offset(source.file, source.text, offset, error.message()).with_help(
                "a configuration is TOML: lines such as format = \"jsonl\"; docs/configuration.md shows one",
            )]
        })?;
    let mut parser = Parser { source, options, wrong: Vec::new() };
    let document = parser.document(table.get_ref());
    let mut wrong = parser.wrong;
    wrong.sort_by_key(|mistake| (mistake.line, mistake.column));
    if wrong.is_empty() { Ok(document) } else { Err(wrong) }
}

/// A key or a value with its place.
type Key<'t> = Spanned<DeString<'t>>;
type Item<'t> = Spanned<DeValue<'t>>;

struct Parser<'p> {
    source: Source<'p>,
    options: &'p Options,
    wrong: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn document(&mut self, table: &DeTable<'_>) -> Document {
        let mut document = Document::default();
        for (key, item) in table {
            match (key.get_ref().as_ref(), item.get_ref()) {
                (PROFILES, DeValue::Table(profiles)) => document.profiles = self.profiles(profiles),
                (PROFILES, other) => self.expected(item, PROFILES, "tables such as [profiles.night]", other),
                (RULES, DeValue::Table(rules)) => self.rules(rules, &mut document),
                _ => document.options.extend(self.option(key, item, &[PROFILES])),
            }
        }
        document.options.sort_by_key(|setting| setting.line);
        document
    }

    fn profiles(&mut self, table: &DeTable<'_>) -> BTreeMap<String, Vec<Setting>> {
        let mut profiles = BTreeMap::new();
        for (name, item) in table {
            let DeValue::Table(options) = item.get_ref() else {
                self.expected(item, name.get_ref(), "a table of options", item.get_ref());
                continue;
            };
            let settings = options.iter().filter_map(|(key, item)| self.option(key, item, &[])).collect();
            profiles.insert(name.get_ref().to_string(), settings);
        }
        profiles
    }

    fn rules(&mut self, table: &DeTable<'_>, document: &mut Document) {
        for (name, item) in table {
            match (name.get_ref().as_ref(), item.get_ref()) {
                (_, DeValue::Table(switch)) => document.switches.extend(self.switch(name, switch)),
                (FOLDERS, _) => {
                    let rules = self.options.by_key(RULES).cloned();
                    document.options.extend(rules.and_then(|known| self.setting(&known, name, item)));
                }
                (rule, other) => self.expected(item, rule, "a table such as { enabled = false }", other),
            }
        }
    }

    fn switch(&mut self, name: &Key<'_>, table: &DeTable<'_>) -> Option<Switch> {
        let (mut is_whole, mut detectors) = (false, Vec::new());
        for (key, item) in table {
            match (key.get_ref().as_ref(), item.get_ref()) {
                ("enabled", DeValue::Boolean(on)) => is_whole |= !on,
                ("enabled", other) => self.expected(item, "enabled", "true or false", other),
                ("detectors", DeValue::Table(named)) => {
                    detectors.extend(named.iter().filter_map(|(detector, item)| self.detector_off(detector, item)));
                }
                ("detectors", other) => self.expected(item, "detectors", "a table such as { job_scam = false }", other),
                (unknown, _) => self.unknown(key.span(), "a rule", unknown, ["enabled", "detectors"].into_iter()),
            }
        }
        if !is_whole && detectors.is_empty() {
            return None;
        }
        let place = Diagnostic::at_offset("", self.source.text, name.span().start, "");
        let detectors = if is_whole { Vec::new() } else { detectors };
        let off = RuleOff { rule: name.get_ref().to_string(), detectors };
        Some(Switch { off, line: place.line, column: place.column })
    }

    /// A detector that is off.
    fn detector_off(&mut self, name: &Key<'_>, item: &Item<'_>) -> Option<Detector> {
        let detector = Detector::by_name(name.get_ref());
        if detector.is_none() {
            let names = Detector::ALL.into_iter().map(Detector::as_str);
            self.unknown(name.span(), "detectors", name.get_ref(), names);
        }
        match item.get_ref() {
            DeValue::Boolean(on) => detector.filter(|_| !on),
            other => {
                self.expected(item, name.get_ref(), "true or false", other);
                None
            }
        }
    }

    /// An option by its key; `others` are keys that may stand there too.
    fn option(&mut self, key: &Key<'_>, item: &Item<'_>, others: &[&str]) -> Option<Setting> {
        let options = self.options;
        let Some(known) = options.by_key(key.get_ref()) else {
            let keys = options.all().iter().map(|known| known.key.as_str());
            self.unknown(key.span(), "the configuration", key.get_ref(), keys.chain(others.iter().copied()));
            return None;
        };
        self.setting(known, key, item)
    }

    fn setting(&mut self, known: &Known, key: &Key<'_>, item: &Item<'_>) -> Option<Setting> {
        if let Some(why) = trust::refusal(known).filter(|_| self.source.was_found) {
            let message = format!("a configuration that nobody named may not set `{}`: {why}", known.key);
            let help = format!("give --{} when you run it, or name this file with --config if you trust it", known.key);
            self.wrong_at(key.span(), message, help);
            return None;
        }
        let value = match item.get_ref() {
            DeValue::Boolean(on) if known.kind == Kind::Flag => Value::Flag(*on),
            DeValue::Array(items) if known.many => {
                let words: Vec<_> = items.iter().map(|item| self.word(known, item)).collect();
                Value::Words(words.into_iter().collect::<Option<_>>()?)
            }
            _ => Value::Words(vec![self.word(known, item)?]),
        };
        let line = Diagnostic::at_offset("", self.source.text, key.span().start, "").line;
        Some(Setting { key: known.key.clone(), value, line })
    }

    /// A value as it would be typed, if the option takes it.
    fn word(&mut self, known: &Known, item: &Item<'_>) -> Option<OsString> {
        let word = match (known.kind, item.get_ref()) {
            (Kind::Number, DeValue::Integer(number)) => {
                let plain = i128::from_str_radix(number.as_str(), number.radix());
                OsString::from(plain.map_or_else(|_| number.as_str().to_owned(), |plain| plain.to_string()))
            }
            (Kind::Number, DeValue::Float(number)) => OsString::from(number.as_str()),
            (Kind::Path, DeValue::String(path)) => self.source.folder.join(path.as_ref()).into_os_string(),
            (Kind::Text, DeValue::String(text)) => OsString::from(text.as_ref()),
            (Kind::Text, DeValue::Datetime(date)) => OsString::from(date.to_string()),
            (kind, other) => {
                let list = if known.many { ", or a list of them" } else { "" };
                self.expected(item, &known.key, &format!("{}{list}", kind.words()), other);
                return None;
            }
        };
        if let Some(why) = self.options.refusal(known, &word) {
            let message = format!("`{}` cannot be {}: {why}", known.key, word.to_string_lossy());
            self.wrong_at(item.span(), message, format!("`falseface scan --help` says what --{} takes", known.key));
            return None;
        }
        Some(word)
    }

    fn expected(&mut self, item: &Item<'_>, key: &str, what: &str, found: &DeValue<'_>) {
        let found = match found {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{key}` is {found}; expected {what}");
        self.wrong_at(item.span(), message, format!("write {what}"));
    }

    fn unknown<'n>(&mut self, span: Range<usize>, place: &str, key: &str, known: impl Iterator<Item = &'n str>) {
        let known: Vec<&str> = known.collect();
        let help = match suggest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() < 5 => format!("write {}", known.join(" or ")),
            None => "a key is the long name of an option; `falseface config show` shows them all".to_owned(),
        };
        self.wrong_at(span, format!("{place} has no key `{key}`"), help);
    }

    fn wrong_at(&mut self, span: Range<usize>, message: String, help: String) {
        let Source { file, text, .. } = self.source;
        self.wrong.push(Diagnostic::at_offset(file, text, span.start, message).with_help(help));
    }
}
