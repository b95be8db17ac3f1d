//! Records of one person that were joined before anything was assessed, and those that were not.

use crate::dossier::Locator;

/// A source of a person's joined record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedSource {
    /// What entries of the record call it.
    pub name: String,
    /// The file.
    pub source: Option<String>,
    /// What ties it to the others: `mailbox ana@mail.example`.
    pub by: Vec<String>,
}

/// What was found out about who is one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joining {
    /// Records that were joined.
    pub records: usize,
    /// People that they became.
    pub people: usize,
    /// Identifiers that joined nobody, because different names claim them.
    pub contested: Vec<Contested>,
    /// What somebody said to be a person's and no record has.
    pub unheard: Vec<String>,
}

/// Identifiers that would have joined records of different people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// What they share; several where records that agree two by two do not agree as a whole.
    pub identifiers: Vec<String>,
    /// The names that the records show.
    pub names: Vec<String>,
    /// Where the records stood.
    pub records: Vec<Locator>,
}
