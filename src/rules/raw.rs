//! The canonical dossier as JSON, for those few dossiers whose words are quoted.
//!
//! Evidence refers to what `falseface convert` prints, so it is read from the same form.

use crate::dossier::{Date, Dossier};
use serde_json::Value as Json;

/// A dossier as it prints.
#[derive(Debug)]
pub(super) struct RawDossier {
    json: Json,
}

/// Keys whose value tells a reader most, in that order.
const TELLING: &[&str] =
    &["text", "value", "name", "title", "display_name", "note", "payee", "repository", "headline", "about", "employer"];

impl RawDossier {
    pub(super) fn of(dossier: &Dossier) -> Self {
        // A dossier was read from JSON or built from strings and numbers; if it does not print, nothing is quoted.
        Self { json: serde_json::to_value(dossier).unwrap_or_default() }
    }

    /// What stands at a pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Json> {
        self.json.pointer(pointer)
    }

    /// The nearest container that exists, from a pointer upwards.
    pub(super) fn container(&self, pointer: &str) -> String {
        let mut pointer = pointer;
        loop {
            match self.at(pointer) {
                Some(Json::Object(_) | Json::Array(_)) => return pointer.to_owned(),
                _ => match pointer.rfind('/') {
                    Some(cut) => pointer = &pointer[..cut],
                    None => return String::new(),
                },
            }
        }
    }

    /// The most telling scalar at or below a pointer, with its own pointer.
    pub(super) fn scalar(&self, pointer: &str) -> Option<(String, &Json)> {
        scalar(self.at(pointer)?, pointer.to_owned(), 0)
    }

    /// In what a pointer stands, for a reader, and when that was written or observed.
    pub(super) fn label(&self, pointer: &str) -> (String, Option<Date>) {
        let Some((section, index, noun, detail)) = entry_of(pointer) else {
            return (place_in_words(pointer), None);
        };
        let entry = self.at(&format!("/{section}/{index}"));
        let mut label = format!("{noun} {}", index + 1);
        if let Some(detail) = entry.and_then(|entry| entry.get(detail)).and_then(Json::as_str) {
            label.push_str(" · ");
            let shown = &detail[..detail.floor_char_boundary(40)];
            label.push_str(shown);
            if shown.len() < detail.len() {
                label.push('…');
            }
        }
        (label, self.date(pointer))
    }

    /// What the entry that a pointer stands in names as its source.
    pub(super) fn source_of(&self, pointer: &str) -> Option<String> {
        let mut ends = pointer.match_indices('/').map(|(at, _)| at).skip(2).chain([pointer.len()]);
        let source = ends.find_map(|end| self.at(&format!("{}/source", &pointer[..end])))?;
        source.as_str().map(str::to_owned)
    }

    /// The date nearest to a pointer: that of what it stands in.
    fn date(&self, pointer: &str) -> Option<Date> {
        let mut pointer = pointer;
        while !pointer.is_empty() {
            for key in ["at", "posted_at", "first_seen"] {
                if let Some(date) = self.at(pointer).and_then(|value| value.get(key)).and_then(Json::as_str) {
                    return date.parse().ok();
                }
            }
            pointer = &pointer[..pointer.rfind('/').unwrap_or(0)];
        }
        None
    }
}

/// In what a pointer stands, as far as it says so itself: `contact 2`.
pub(super) fn place_in_words(pointer: &str) -> String {
    match entry_of(pointer) {
        Some((_, index, noun, _)) => format!("{noun} {}", index + 1),
        None => section_of(pointer).map_or("profile", |(_, noun, _)| noun).to_owned(),
    }
}

/// The section of a pointer, what an entry of it is called, and the key that says most of one.
fn section_of(pointer: &str) -> Option<(&str, &'static str, &'static str)> {
    let section = pointer.split('/').nth(1)?;
    let (noun, detail) = match section {
        "messages" => ("message", "channel"),
        "accounts" => ("account", "network"),
        "employment" => ("job", "title"),
        "education" => ("education", "degree"),
        "contacts" => ("contact", "kind"),
        "payments" => ("payment", "method"),
        "documents" => ("document", "kind"),
        "code" => ("repository", "repository"),
        "observations" => ("observation", "kind"),
        "job_posts" => ("job advert", "title"),
        "organisations" => ("organisation", "name"),
        "domains" => ("domain", "name"),
        "references" => ("reference", "company"),
        "recommendations" => ("recommendation", "direction"),
        "declarations" => ("declaration", "kind"),
        "certifications" => ("certification", "name"),
        "skills" => ("skill", ""),
        _ => return None,
    };
    Some((section, noun, detail))
}

/// The same with the position of the entry, if it stands in one.
fn entry_of(pointer: &str) -> Option<(&str, usize, &'static str, &'static str)> {
    let (section, noun, detail) = section_of(pointer)?;
    let index = pointer.split('/').nth(2)?.parse().ok()?;
    Some((section, index, noun, detail))
}

fn scalar(json: &Json, pointer: String, depth: usize) -> Option<(String, &Json)> {
    match json {
        Json::String(text) if text.is_empty() => None,
        Json::Null => None,
        Json::Bool(_) | Json::Number(_) | Json::String(_) => Some((pointer, json)),
        _ if depth > 8 => None,
        Json::Array(values) => {
            (0..).zip(values).find_map(|(at, value): (usize, _)| scalar(value, format!("{pointer}/{at}"), depth + 1))
        }
        Json::Object(entries) => {
            let telling = TELLING.iter().filter_map(|key| entries.get_key_value(*key));
            // Then texts, then whatever there is.
            let texts = entries.iter().filter(|(key, value)| value.is_string() && *key != "source");
            telling.chain(texts).chain(entries.iter()).find_map(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                scalar(value, format!("{pointer}/{key}"), depth + 1)
            })
        }
    }
}
