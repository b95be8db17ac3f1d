//! Where a record stood in the input that was given.

use std::fmt;
use std::sync::Arc;

/// Where a record stood: the file, the entry inside it, and the line, pointer or byte offset.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// The input as it was named, or `-` for standard input.
    pub path: Arc<str>,
    /// The entry inside an archive or folder.
    pub entry: Option<Arc<str>>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// JSON pointer.
    pub pointer: Option<Arc<str>>,
    /// Byte offset, from 0.
    pub offset: Option<u64>,
}

impl Locator {
    /// A whole input.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// The input without the folders above it: what a record says of where it is from, since a path may name people.
    pub(crate) fn input_name(&self) -> &str {
        let path = self.path.trim_end_matches(['/', '\\']);
        path.rsplit(['/', '\\']).next().unwrap_or(path)
    }

    /// The entry of a folder or archive, or else the input, without the folders above it.
    pub(crate) fn file_name(&self) -> &str {
        self.entry.as_deref().unwrap_or_else(|| self.input_name())
    }

    /// A place inside of this one, by a JSON pointer from it.
    pub(crate) fn below(&self, pointer: &str) -> Self {
        if pointer.is_empty() {
            return self.clone();
        }
        let outer = self.pointer.as_deref().unwrap_or_default();
        Self { pointer: Some(format!("{outer}{pointer}").into()), ..self.clone() }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(entry) = &self.entry {
            write!(f, "!{entry}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(pointer) = &self.pointer {
            write!(f, "#{pointer}")?;
        }
        if let Some(offset) = self.offset {
            write!(f, "@{offset}")?;
        }
        Ok(())
    }
}
