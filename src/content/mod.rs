//! Knowledge as loaded: lexicons, lists and tables, parsed from bytes that others hand in.
//!
//! An intent is something a text asks or offers, in any language. Rules that speak of intents
//! belong to `rules`; what a fact makes of a list belongs to `facts`.

mod character;
mod check;
pub(crate) mod defang;
mod diagnostic;
#[cfg(test)]
mod differential;
mod embedded;
mod filters;
mod finder;
mod fold;
mod fold_words;
mod folding;
mod intent;
mod lexicon;
mod list;
mod literal;
mod matcher;
mod negation;
mod overlay;
mod pattern;
mod requirement;
mod sketch;
mod table;
mod word_hash;

pub(crate) use character::{is_letter, is_unspaced};
pub use diagnostic::{Diagnostic, suggest};
pub use embedded::{ContentFile, embedded};
pub use fold::{fold_into, key};
pub use intent::{Hit, IntentId};
pub use list::List;
pub use matcher::Scratch;
pub use overlay::{digest, overlay};
pub use table::{Row, Table};
pub(crate) use word_hash::WordHash;

use intent::Intents;
use std::collections::BTreeMap;

/// Lexicons, lists and tables.
#[derive(Debug, Default)]
pub struct Content {
    intents: Intents,
    lists: BTreeMap<String, List>,
    tables: BTreeMap<String, Table>,
    /// List files, for [`Content::check`].
    list_files: Vec<ContentFile>,
}

impl Content {
    /// What the files say; files outside `lexicons/`, `lists/` and `tables/` are left to others.
    ///
    /// `lists/<name>.add.txt` adds to the list `<name>`. Errors are all that the files have, in order of path.
    pub fn load(files: &[ContentFile]) -> Result<Self, Vec<Diagnostic>> {
        let mut content = Self::default();
        let mut problems = Vec::new();
        for file in files {
            if let Some(name) = name_of(file, "lists/", ".txt") {
                let name = name.strip_suffix(".add").unwrap_or(name);
                content.lists.entry(name.to_owned()).or_default().extend(&file.text);
                content.list_files.push(file.clone());
            } else if let Some(name) = name_of(file, "tables/", ".tsv") {
                match Table::parse(&file.path, &file.text) {
                    Ok(table) => drop(content.tables.insert(name.to_owned(), table)),
                    Err(found) => problems.extend(found),
                }
            }
        }
        let lexicons: Vec<_> = files.iter().filter(|file| name_of(file, "lexicons/", ".yml").is_some()).collect();
        match Intents::load(&lexicons, &content.lists, content.tables.get("negation")) {
            Ok(intents) => content.intents = intents,
            Err(found) => problems.extend(found),
        }
        problems.sort_by(|a, b| a.file.cmp(&b.file));
        if problems.is_empty() { Ok(content) } else { Err(problems) }
    }

    /// What is doubtful in content that loads: examples that are missing or noisy, slow phrases, untidy lists.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut found: Vec<_> = self.list_files.iter().flat_map(|file| list::check(&file.path, &file.text)).collect();
        found.extend(check::check(&self.intents));
        found
    }

    /// Names of the intents, by [`IntentId`].
    pub fn intents(&self) -> &[String] {
        self.intents.names()
    }

    /// The intent of a name.
    pub fn intent(&self, name: &str) -> Option<IntentId> {
        let index = self.intents.names().binary_search_by(|other| other.as_str().cmp(name)).ok()?;
        u16::try_from(index).ok().map(IntentId)
    }

    /// Appends the intents of a raw text, by position.
    pub fn search(&self, text: &str, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        self.intents.search(text, scratch, hits);
    }

    /// A list by name (file name without `.txt`).
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.get(name)
    }

    /// The expressions of all phrases over folded text, for benchmarks and differential tests.
    #[doc(hidden)]
    pub fn expressions(&self) -> Vec<String> {
        self.intents.expressions().map(ToString::to_string).collect()
    }

    /// Names of the lists.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// A table by name (file name without `.tsv`).
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }
}

/// The name of a file of a folder, without the ending.
fn name_of<'a>(file: &'a ContentFile, folder: &str, ending: &str) -> Option<&'a str> {
    file.path.strip_prefix(folder)?.strip_suffix(ending)
}
