//! What an adapter is: one export format, how it is told, and how it is opened.

use super::column_map::ColumnMap;
use super::item::Item;
use super::options::Limits;
use super::tree::Tree;
use crate::dossier::{Locator, Section};
use std::fmt;
use std::io::BufRead;
use std::sync::Arc;

/// A stream of unpacked bytes.
pub(crate) type Stream = Box<dyn BufRead + Send>;
/// The items of one input.
pub(crate) type Items = Box<dyn Iterator<Item = Item> + Send>;

/// Whether a file below a folder that was named belongs to one input with all others of its format, wherever in the folder
/// they lie: by its path, and its first bytes where that does not tell.
pub(crate) type Gathers = fn(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool;

/// One export format.
pub struct Adapter {
    /// What `--input-format`, provenance and ids call it.
    pub name: &'static str,
    /// What it reads, in a line.
    pub description: &'static str,
    /// How a file is told to be of it, as Markdown.
    pub recognised_by: &'static str,
    /// What becomes one dossier.
    pub becomes: &'static str,
    /// Lists of the record that it can fill; what the others say stays unknown.
    pub shows: &'static [Section],
    /// None for a format of which each file is an input of its own.
    pub(crate) gathers: Option<Gathers>,
    pub(crate) detect: fn(&Glimpse<'_>) -> Option<Confidence>,
    pub(crate) open: fn(Opened, &Context) -> Items,
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Adapter").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How sure an adapter is that a file is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    /// It has the shape; taken only where the file was named and nobody is certain.
    Possible,
    /// It bears the format's marks.
    Certain,
}

/// What detection may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glimpse<'a> {
    /// File name without its folder and without `.gz` or `.zst`.
    pub(crate) name: &'a str,
    /// The first bytes, unpacked.
    pub(crate) head: &'a [u8],
    /// Names of the entries, of a folder or archive.
    pub(crate) entries: Option<&'a [String]>,
}

impl Glimpse<'_> {
    /// Whether the file name ends in one of these extensions, in any case.
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        self.name
            .rsplit_once('.')
            .is_some_and(|(_, last)| extensions.iter().any(|extension| last.eq_ignore_ascii_case(extension)))
    }
}

/// An input, ready to be read by its adapter.
pub(crate) enum Opened {
    /// One file.
    Stream {
        /// Its unpacked bytes from the start.
        reader: Stream,
        /// Its first bytes once more.
        head: Vec<u8>,
        /// File name without its folder and without `.gz` or `.zst`.
        name: String,
    },
    /// A folder or archive.
    Tree(Box<Tree>),
}

/// What an adapter is told besides its input.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The input.
    pub(crate) source: Locator,
    /// What it may cost.
    pub(crate) limits: Limits,
    /// Whether the exporter becomes a dossier.
    pub(crate) include_owner: bool,
    /// Who the exporter is, where the caller knows.
    pub(crate) owner: Option<Arc<str>>,
    /// What the columns of a table of candidates are, where the caller says.
    pub(crate) map: Option<Arc<ColumnMap>>,
}
