//! Knowledge as loaded: lexicons, lists and tables, parsed from bytes that others hand in.
//!
//! An intent is something a text asks or offers, in any language. Rules that speak of intents
//! belong to `rules`; what a fact makes of a list belongs to `facts`.

mod diagnostic;

pub use diagnostic::Diagnostic;

use std::borrow::Cow;
use std::ops::Range;

/// A file of detection content, by its path inside the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// Such as `lexicons/off-platform.yml`.
    pub path: String,
    /// What it says.
    pub text: Cow<'static, str>,
}

/// Every file that the binary carries.
pub fn embedded() -> Vec<ContentFile> {
    const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
    EMBEDDED.iter().map(|(path, text)| ContentFile { path: (*path).to_owned(), text: Cow::Borrowed(text) }).collect()
}

/// Position of an intent in [`Content::intents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntentId(pub u16);

/// An intent found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub intent: IntentId,
    /// Bytes of the raw text.
    pub span: Range<usize>,
    /// Bytes of the raw text that a phrase names as its value: the employer of `I am a recruiter at …`.
    pub value: Option<Range<usize>>,
}

/// Memory that searching reuses from text to text.
#[derive(Debug, Default)]
pub struct Scratch {}

/// Lexicons, lists and tables.
#[derive(Debug, Default)]
pub struct Content {}

impl Content {
    /// What the files say; files outside `lexicons/`, `lists/` and `tables/` are left to others.
    pub fn load(_files: &[ContentFile]) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self {})
    }

    /// Names of the intents, by [`IntentId`].
    pub fn intents(&self) -> &[String] {
        &[]
    }

    /// Appends the intents of a raw text, by position.
    pub fn search(&self, _text: &str, _scratch: &mut Scratch, _hits: &mut Vec<Hit>) {}

    /// A list by name (file name without `.txt`).
    pub fn list(&self, _name: &str) -> Option<&List> {
        None
    }

    /// A table by name (file name without `.tsv`).
    pub fn table(&self, _name: &str) -> Option<&Table> {
        None
    }
}

/// A set of values.
#[derive(Debug, Default)]
pub struct List {}

impl List {
    /// Whether it holds the value, folded.
    pub fn contains(&self, _value: &str) -> bool {
        false
    }

    /// Whether it holds a host or one of its parent domains.
    pub fn contains_domain(&self, _host: &str) -> bool {
        false
    }
}

/// Rows by the folded value of their first column.
#[derive(Debug, Default)]
pub struct Table {}

impl Table {
    /// Rows whose first column is the value, folded.
    pub fn rows_of(&self, _key: &str) -> &[Row] {
        &[]
    }

    /// Every row.
    pub fn rows(&self) -> &[Row] {
        &[]
    }

    /// Position of a column.
    pub fn column(&self, _name: &str) -> Option<usize> {
        None
    }
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Its cells, as written.
    pub cells: Vec<String>,
}
