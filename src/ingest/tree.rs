//! A folder or archive as one input: named entries, each readable on its own.
//!
//! Entry names are labels, never paths: nothing is ever written under them.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// Entries of a folder or archive, sorted by name.
pub(crate) struct Tree {
    /// What each is called, with `/` between folders.
    pub(crate) names: Vec<String>,
    files: Vec<PathBuf>,
}

impl Tree {
    /// Files of a folder, under their names in it.
    pub(crate) fn folder(files: Vec<(String, PathBuf)>) -> Self {
        let (names, files) = files.into_iter().unzip();
        Self { names, files }
    }

    /// The bytes of an entry.
    pub(crate) fn read(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>> {
        let path = self.files.get(index).ok_or_else(|| io::Error::other("there is no such entry"))?;
        Ok(Box::new(File::open(path)?))
    }
}
