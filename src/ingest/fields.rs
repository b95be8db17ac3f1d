//! An object of a foreign JSON format while it is read: each key is taken once, and what is left over was not known.
//!
//! Formats drift. A key of another type than expected is reported as unknown, like a key that nobody expected, and the rest
//! of the record is read. Keys that name what nobody is judged by are never read; that they were there is counted.

use super::dates;
use super::parse::{clipped, push_key};
use super::protected::{asks_protected, is_protected};
use crate::dossier::Date;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Unknown keys that one record may report.
const MAX_UNKNOWN: usize = 64;
/// Bytes of an unknown key's pointer that are kept.
const MAX_POINTER: usize = 160;

/// What was met that has no place in the record.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    unknown: RefCell<BTreeSet<String>>,
    dropped: RefCell<BTreeMap<String, u64>>,
}

impl Notes {
    /// Pointers of keys that were not known, in order, and how often each key was dropped.
    pub(crate) fn finish(self) -> (Vec<String>, BTreeMap<String, u64>) {
        (self.unknown.into_inner().into_iter().take(MAX_UNKNOWN).collect(), self.dropped.into_inner())
    }

    fn unknown(&self, mut pointer: String) {
        let kept = clipped(&pointer, MAX_POINTER).len();
        pointer.truncate(kept);
        self.unknown.borrow_mut().insert(pointer);
    }

    fn dropped(&self, key: &str) {
        *self.dropped.borrow_mut().entry(key.to_owned()).or_default() += 1;
    }
}

/// An object while it is read.
pub(crate) struct Fields<'n> {
    left: Map<String, Value>,
    pointer: String,
    notes: &'n Notes,
}

impl<'n> Fields<'n> {
    pub(crate) fn new(object: Map<String, Value>, notes: &'n Notes) -> Self {
        Self::below(String::new(), object, notes)
    }

    /// An object that stands below others, which its format read before it; the pointer has `*` for indices.
    pub(crate) fn below(pointer: String, object: Map<String, Value>, notes: &'n Notes) -> Self {
        Self { left: object, pointer, notes }
    }

    /// Whether there is such a key, whatever its value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// A text, trimmed; a number is taken as it is written. Nothing for an empty one.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        match self.left.remove(key)? {
            Value::String(text) => {
                let text = text.trim();
                (!text.is_empty()).then(|| text.to_owned())
            }
            Value::Number(number) => Some(number.to_string()),
            other => self.unexpected(key, &other),
        }
    }

    /// The first of several keys, of which later ones are older names.
    pub(crate) fn text_of(&mut self, keys: &[&str]) -> Option<String> {
        let texts: Vec<_> = keys.iter().map(|key| self.text(key)).collect();
        texts.into_iter().flatten().next()
    }

    /// Whether something is so.
    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.left.remove(key)?;
        value.as_bool().or_else(|| self.unexpected(key, &value))
    }

    /// A moment in milliseconds since 1970, in UTC, of which the second is kept; or a date in any shape of exports.
    pub(crate) fn moment(&mut self, key: &str) -> Option<Date> {
        let Some(Value::Number(number)) = self.left.get(key) else { return self.date(key) };
        let date = number.as_i64().and_then(|number| Date::from_timestamp(number.div_euclid(1_000)));
        if date.is_none() {
            self.notes.unknown(self.at(key));
        }
        self.left.remove(key);
        date
    }

    /// A count.
    pub(crate) fn count(&mut self, key: &str) -> Option<u64> {
        let value = self.left.remove(key)?;
        value.as_u64().or_else(|| self.unexpected(key, &value))
    }

    /// A count, left where it stands.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.left.get(key)?.as_u64()
    }

    /// A number with a decimal part, perhaps as a text.
    pub(crate) fn decimal(&mut self, key: &str) -> Option<f64> {
        self.parsed(key, |text| text.parse().ok().filter(|number: &f64| number.is_finite()))
    }

    /// Whether there is such a key, with a text as its value.
    pub(crate) fn is_text(&self, key: &str) -> bool {
        self.left.get(key).is_some_and(Value::is_string)
    }

    /// Whether there is such a key, with a list as its value.
    pub(crate) fn is_list(&self, key: &str) -> bool {
        self.left.get(key).is_some_and(Value::is_array)
    }

    /// Whether there is such a key, with nothing as its value.
    pub(crate) fn is_null(&self, key: &str) -> bool {
        self.left.get(key).is_some_and(Value::is_null)
    }

    /// Texts of a list; one text alone is a list of itself.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(Value::Array(values)) = self.left.get(key) else { return self.text(key).into_iter().collect() };
        let texts = values.iter().filter_map(|value| value.as_str().map(str::trim).filter(|text| !text.is_empty()));
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        if values.iter().any(|value| !value.is_string()) {
            self.notes.unknown(self.at(key) + "/*");
        }
        self.left.remove(key);
        texts
    }

    /// A date in any shape of exports; one that is none is reported as unknown.
    pub(crate) fn date(&mut self, key: &str) -> Option<Date> {
        self.parsed(key, dates::parse)
    }

    /// What a text says; one that says nothing of the kind is reported as unknown.
    pub(crate) fn parsed<T>(&mut self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let parsed = parse(&self.text(key)?);
        if parsed.is_none() {
            self.notes.unknown(self.at(key));
        }
        parsed
    }

    /// Whether something holds.
    pub(crate) fn truth(&mut self, key: &str) -> Option<bool> {
        let value = self.left.remove(key)?;
        value.as_bool().or_else(|| self.unexpected(key, &value))
    }

    /// An object below.
    pub(crate) fn object(&mut self, key: &str) -> Option<Self> {
        match self.left.remove(key)? {
            Value::Object(object) => Some(Self { left: object, pointer: self.at(key), notes: self.notes }),
            other => self.unexpected(key, &other),
        }
    }

    /// An object below that is named by a text where nobody asked for all of it.
    pub(crate) fn object_or_text(&mut self, key: &str) -> (Option<Self>, Option<String>) {
        if self.left.get(key).is_some_and(Value::is_object) { (self.object(key), None) } else { (None, self.text(key)) }
    }

    /// Objects of a list that may have texts beside or instead of them; one of either alone is a list of itself.
    pub(crate) fn objects_and_texts(&mut self, key: &str) -> (Vec<Self>, Vec<String>) {
        if self.is_text(key) {
            return (Vec::new(), self.texts(key));
        }
        let mut texts = Vec::new();
        if let Some(Value::Array(values)) = self.left.get_mut(key) {
            values.retain(|value| value.as_str().map(|text| texts.push(text.trim().to_owned())).is_none());
        }
        texts.retain(|text| !text.is_empty());
        (self.objects(key), texts)
    }

    /// Objects of a list; one object alone is a list of itself.
    pub(crate) fn objects(&mut self, key: &str) -> Vec<Self> {
        let values = match self.left.remove(key) {
            Some(Value::Array(values)) => values,
            Some(object @ Value::Object(_)) => vec![object],
            Some(other) => self.unexpected(key, &other).unwrap_or_default(),
            None => return Vec::new(),
        };
        let pointer = self.at(key) + "/*";
        let mut objects = Vec::with_capacity(values.len());
        for value in values {
            match value {
                Value::Object(object) => {
                    objects.push(Self { left: object, pointer: pointer.clone(), notes: self.notes });
                }
                Value::Null => {}
                _ => self.notes.unknown(pointer.clone()),
            }
        }
        objects
    }

    /// A value as it stands, left where it is.
    pub(crate) fn look(&self, key: &str) -> Option<&Value> {
        self.left.get(key)
    }

    /// A value as it stands, for `extra`; nothing for an empty one.
    pub(crate) fn value(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key).filter(|value| !is_empty(value))
    }

    /// Values by names that a user of the service gave them; those that are never read are counted by their names.
    pub(crate) fn named_values(&mut self, key: &str) -> Vec<(String, Value)> {
        let Some(mut named) = self.object(key) else { return Vec::new() };
        let values = std::mem::take(&mut named.left);
        let mut kept = Vec::new();
        for (name, value) in values.into_iter().filter(|(_, value)| !is_empty(value)) {
            if asks_protected(&name) {
                named.drop_as(&name);
            } else {
                kept.push((name, value));
            }
        }
        kept
    }

    /// The objects of an object by their keys; what is none is reported as unknown.
    pub(crate) fn into_objects(mut self) -> Vec<(String, Self)> {
        let keys: Vec<String> = self.left.keys().cloned().collect();
        keys.into_iter().filter_map(|key| self.object(&key).map(|object| (key, object))).collect()
    }

    /// Counts an object that is never read.
    pub(crate) fn drop_whole(self) {
        self.notes.dropped(clipped(self.pointer.trim_start_matches('/'), MAX_POINTER));
    }

    /// Counts what stands under a name that is no key and is never read.
    pub(crate) fn drop_as(&self, name: &str) {
        let pointer = self.at(name);
        self.notes.dropped(clipped(pointer.trim_start_matches('/'), MAX_POINTER));
    }

    /// Passes over a key that is known and has no place in the record; that it was there is counted by its name.
    pub(crate) fn drop(&mut self, key: &str) {
        if self.left.remove(key).is_some_and(|value| !is_empty(&value)) {
            self.notes.dropped(self.at(key).trim_start_matches('/'));
        }
    }

    /// The same of several keys.
    pub(crate) fn drop_all(&mut self, keys: &[&str]) {
        for key in keys {
            self.drop(key);
        }
    }

    /// Passes over whatever is left, and counts it.
    pub(crate) fn drop_rest(mut self) {
        let keys: Vec<String> = self.left.keys().cloned().collect();
        for key in keys {
            self.drop(&key);
        }
    }

    /// The same of every key that begins so.
    pub(crate) fn drop_beginning(&mut self, prefix: &str) {
        let keys: Vec<String> = self.left.keys().filter(|key| key.starts_with(prefix)).cloned().collect();
        for key in &keys {
            self.drop(key);
        }
    }

    /// The same of every key whose value is `true`, where a service says so instead of the value.
    pub(crate) fn drop_truths(&mut self) {
        let keys: Vec<String> =
            self.left.iter().filter(|(_, value)| value.is_boolean()).map(|(key, _)| key.clone()).collect();
        for key in &keys {
            self.drop(key);
        }
    }

    /// The same of every key that is such, counted as one by a name: services add dozens of them to each object.
    pub(crate) fn drop_together(&mut self, name: &str, is_such: impl Fn(&str) -> bool) {
        let mut said_something = false;
        self.left.retain(|key, value| {
            let is_such = is_such(key);
            said_something |= is_such && !is_empty(value);
            !is_such
        });
        if said_something {
            self.notes.dropped(name);
        }
    }

    /// Everything that is known was taken: what is left is reported, or counted if it is never read.
    pub(crate) fn finish(self) {
        for (key, value) in &self.left {
            if !is_protected(key) {
                self.notes.unknown(self.at(key));
            } else if !is_empty(value) {
                self.notes.dropped(self.at(key).trim_start_matches('/'));
            }
        }
    }

    /// What says nothing is not there; anything else is not what was expected.
    fn unexpected<T>(&self, key: &str, value: &Value) -> Option<T> {
        if !is_empty(value) {
            self.notes.unknown(self.at(key));
        }
        None
    }

    fn at(&self, key: &str) -> String {
        let mut pointer = self.pointer.clone();
        push_key(&mut pointer, key);
        pointer
    }
}

/// Whether a value says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Notes};
    use serde_json::json;

    #[test]
    fn what_is_left_over_is_told_and_what_is_never_read_is_counted() {
        let notes = Notes::default();
        let object = json!({
            "name": " Ana ", "age": 7, "tags": ["a", "", 3], "since": "2024-03", "until": "soon",
            "inner": {"known": "x", "new/key": 1}, "list": [{"a": "b"}, null, 5], "none": null,
            "Date of birth": "1990-01-01", "hobby": "chess", "a_url": "x", "b_url": "y",
        });
        let mut fields = Fields::new(object.as_object().cloned().expect("an object"), &notes);
        assert_eq!((fields.text("name").as_deref(), fields.text("age").as_deref()), (Some("Ana"), Some("7")));
        assert_eq!(fields.texts("tags"), ["a"]);
        assert_eq!(fields.date("since").map(|date| date.to_string()).as_deref(), Some("2024-03"));
        assert_eq!(fields.date("until"), None);
        let mut inner = fields.object("inner").expect("is there");
        assert_eq!(inner.text("known").as_deref(), Some("x"));
        inner.finish();
        assert_eq!(fields.objects("list").len(), 1);
        assert_eq!(fields.text("none"), None);
        fields.drop("hobby");
        fields.drop_together("links", |key| key.ends_with("_url"));
        fields.finish();
        let (unknown, dropped) = notes.finish();
        assert_eq!(unknown, ["/inner/new~1key", "/list/*", "/tags/*", "/until"]);
        let dropped: Vec<_> = dropped.iter().map(|(key, count)| (key.as_str(), *count)).collect();
        assert_eq!(dropped, [("Date of birth", 1), ("hobby", 1), ("links", 1)]);
    }
}
