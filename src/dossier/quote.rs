//! Words of a record, and where they stand: what shows something to whoever looks there.

/// Words of one of several records.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    /// Id of the dossier.
    pub dossier: String,
    /// JSON pointer into it.
    pub pointer: String,
    /// First byte of the words in the raw string at `pointer`.
    pub start: usize,
    /// The byte after them.
    pub end: usize,
    /// The words.
    pub quote: String,
}
