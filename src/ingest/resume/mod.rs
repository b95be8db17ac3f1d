//! Résumés as documents: PDF, Word (.docx) and plain text; one dossier for each document.
//!
//! What cannot be read is kept with its digest, its metadata and the reason. Jobs and studies are taken out of the text only
//! where its layout says for certain what belongs together; everything else is text.

mod document;
#[cfg(feature = "documents")]
mod docx;
mod entries;
mod head;
mod kind;
#[cfg(feature = "documents")]
mod layout;
#[cfg(feature = "documents")]
mod pdf;
mod plain;
mod spans;
mod words;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::candidate_table;
use super::item::{Item, Record};
use super::tree::Tree;
use crate::dossier::hex;
use crate::dossier::{Rejected, Section};
use document::{Content, File};
use kind::Kind;
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::sync::PoisonError;

/// Bytes of a document that is read; a larger one is kept by its digest.
const MAX_FILE: u64 = 32 << 20;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: document::NAME,
    description: "a résumé or cover letter as a document: PDF, Word (.docx), or plain text (.txt, .md) that is named itself",
    recognised_by: "`%PDF-`, a zip archive with `word/document.xml`, or plain text with a résumé's headings where the file itself is named",
    becomes: "one dossier for each document",
    shows: &[Section::Employment, Section::Education, Section::Contacts, Section::Documents],
    gathers: None,
    detect,
    open,
};

/// Whether a file is a document; plain text may be anything.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    match kind::of(glimpse)? {
        Kind::Text => (words::has_heading(glimpse.head) && !candidate_table::names_people(glimpse))
            .then_some(Confidence::Possible),
        _ => Some(Confidence::Certain),
    }
}

/// Reads a document.
fn open(opened: Opened, context: &Context) -> Items {
    let source = context.source.clone();
    let item = match opened {
        Opened::Stream { reader, head, name } => {
            let kind = kind::of(&Glimpse { name: &name, head: &head, entries: None }).unwrap_or(Kind::Text);
            of_stream(reader, kind)
        }
        Opened::Tree(tree) => Ok(of_archive(*tree, context)),
    };
    let item = match item {
        Ok((sha256, bytes, read)) => Item::Record(Record::later(source, bytes, move |source| {
            document::dossier(&File { source, sha256 }, read())
        })),
        Err(error) => Item::Rejected(Rejected { source, reason: format!("could not read the file: {error}") }),
    };
    Box::new(std::iter::once(item))
}

/// The digest of a document, its size in memory, and how it is read when its turn comes.
type Unread = (Option<String>, usize, Box<dyn FnOnce() -> Content + Send>);

fn of_stream(mut reader: impl Read, kind: Kind) -> io::Result<Unread> {
    let mut bytes = Vec::new();
    reader.by_ref().take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    let mut digest = Sha256::new();
    digest.update(&bytes);
    if bytes.len() as u64 <= MAX_FILE {
        let sha256 = Some(hex(&digest.finalize()));
        return Ok((sha256, bytes.len(), Box::new(move || content(kind, bytes))));
    }
    drop(bytes);
    let mut block = vec![0; 1 << 16];
    loop {
        match reader.read(&mut block)? {
            0 => break,
            read => digest.update(block.get(..read).unwrap_or_default()),
        }
    }
    let reason = format!("the document has more than {MAX_FILE} bytes (save a smaller copy, with fewer pictures)");
    Ok((Some(hex(&digest.finalize())), 0, Box::new(move || Content::unread(reason))))
}

fn content(kind: Kind, bytes: Vec<u8>) -> Content {
    match kind {
        _ if bytes.is_empty() => Content::unread("the file is empty (ask for it again)"),
        Kind::Text => plain::read(&bytes),
        #[cfg(feature = "documents")]
        Kind::Pdf => pdf::read(bytes),
        #[cfg(not(feature = "documents"))]
        Kind::Pdf => Content::unread(kind::NOT_BUILT),
        Kind::Word => Content::unread("the Word document is damaged or cut short (open it and save it again)"),
        Kind::Other(reason) => Content::unread(reason),
    }
}

/// A Word document; its parts are unpacked at once, within the limits.
fn of_archive(tree: Tree, context: &Context) -> Unread {
    let digests = tree.digests();
    let sha256 = digests.lock().unwrap_or_else(PoisonError::into_inner).first().map(|digest| digest.sha256.clone());
    match kind::of(&Glimpse { name: &context.source.path, head: &[], entries: Some(&tree.names) }) {
        Some(Kind::Other(reason)) => (sha256, 0, Box::new(move || Content::unread(reason))),
        #[cfg(feature = "documents")]
        _ => {
            let parts = docx::Parts::unpack(tree);
            let bytes = parts.as_ref().map_or(0, docx::Parts::bytes);
            (sha256, bytes, Box::new(move || parts.map_or_else(Content::unread, docx::Parts::read)))
        }
        #[cfg(not(feature = "documents"))]
        _ => (sha256, 0, Box::new(|| Content::unread(kind::NOT_BUILT))),
    }
}
