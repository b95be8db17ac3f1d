//! What was read of a document, and the dossier that it becomes.

use super::words::{self, Heading};
use super::{entries, head};
use crate::dossier::{
    Document, DocumentKind, DocumentMetadata, Dossier, Locator, Name, NameKind, Provenance, Role, Skipped,
};
use crate::ingest::id;

/// What `--input-format`, ids and provenance call the format.
pub(super) const NAME: &str = "resume-document";

/// Bytes of text that are kept: some hundred pages.
const MAX_TEXT: usize = 1 << 20;
/// Bytes of hidden text that are kept.
const MAX_HIDDEN: usize = 1 << 16;

/// What was read of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Content {
    /// What it shows, line by line.
    pub(super) text: String,
    /// What it holds and does not show.
    pub(super) hidden: String,
    pub(super) metadata: DocumentMetadata,
    /// Its text may stand in another order than it is read in.
    pub(super) is_mixed: bool,
    /// Why not all of it was read, and what to do.
    pub(super) unread: Option<String>,
}

impl Content {
    /// Nothing could be read.
    pub(super) fn unread(reason: impl Into<String>) -> Self {
        Self { unread: Some(reason.into()), ..Self::default() }
    }
}

/// Where a document came from.
#[derive(Debug)]
pub(super) struct File<'f> {
    pub(super) source: &'f Locator,
    pub(super) sha256: Option<String>,
}

/// The dossier of a document, and what of it was not read.
pub(super) fn dossier(file: &File<'_>, mut content: Content) -> (Dossier, Vec<Skipped>) {
    let path = file.source.path.as_ref();
    let name = file.source.input_name();
    let whole = content.text.trim_end().len();
    if whole > MAX_TEXT {
        content.unread.get_or_insert_with(|| format!("of {whole} bytes of text the first {MAX_TEXT} were kept"));
    }
    let text = clipped(&content.text, MAX_TEXT);
    let identity = file.sha256.clone().unwrap_or_else(|| path.to_owned());
    let mut dossier = Dossier::new(id::of(NAME, &identity));
    let kind = match words::named_as(name) {
        Some(Heading::CoverLetter) => DocumentKind::CoverLetter,
        Some(_) => DocumentKind::Resume,
        None if words::is_resume(text) => DocumentKind::Resume,
        None => DocumentKind::Other,
    };
    // Anybody's document may be read: only one that is an application, or that nobody could look into, is a candidate's.
    dossier.role = if kind == DocumentKind::Other && !text.is_empty() { Role::Unknown } else { Role::Candidate };
    dossier.contacts = head::contacts(text);
    if let Some(name) = head::name(text, name, &dossier.contacts) {
        dossier.subject.names = vec![Name { value: name.to_owned(), kind: NameKind::Display, ..Name::default() }];
    }
    if kind == DocumentKind::Resume && !content.is_mixed {
        entries::fill(text, &mut dossier);
    }
    let hidden = clipped(&content.hidden, MAX_HIDDEN);
    dossier.documents = vec![Document {
        kind,
        // Standard input has none.
        name: Some(name.to_owned()).filter(|name| name != "-"),
        sha256: file.sha256.clone(),
        text: (!text.is_empty()).then(|| text.into()),
        hidden_text: hidden.chars().any(char::is_alphanumeric).then(|| hidden.into()),
        metadata: content.metadata,
        ..Document::default()
    }];
    dossier.provenance = vec![Provenance {
        adapter: Some(NAME.to_owned()),
        source: Some(name.to_owned()),
        sha256: file.sha256.clone(),
        ..Provenance::default()
    }];
    let unread =
        content.unread.map(|reason| Skipped { source: file.source.clone(), reason: told(&reason, &dossier.id) });
    (dossier, unread.into_iter().collect())
}

/// The reason, and under what id the document is kept all the same.
fn told(reason: &str, id: &str) -> String {
    format!("{reason}; kept as {id}")
}

/// At most so many bytes, whole characters only, without white space around.
fn clipped(text: &str, most: usize) -> &str {
    text[..text.floor_char_boundary(most.min(text.len()))].trim()
}
