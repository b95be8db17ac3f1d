//! What a document is, by its first bytes or the names of its parts; and what to do with one that is not read.

use crate::ingest::adapter::Glimpse;

/// How Word documents before 2007 and encrypted ones begin (Compound File Binary).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// A PDF may have bytes before its mark, as far as readers look.
const PDF_WITHIN: usize = 1024;

/// Why a document is not read by a program without the feature.
#[cfg(not(feature = "documents"))]
pub(super) const NOT_BUILT: &str =
    "this falseface was built without `documents` and reads neither PDF nor Word (save it as plain text)";

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    /// Word since 2007.
    Word,
    Text,
    /// One that is not read, and what to do.
    Other(&'static str),
}

/// What a file is; `None` if it is no document.
pub(super) fn of(glimpse: &Glimpse<'_>) -> Option<Kind> {
    if let Some(entries) = glimpse.entries {
        let has = |name: &str| entries.iter().any(|entry| entry.eq_ignore_ascii_case(name));
        return if has("word/document.xml") {
            Some(Kind::Word)
        } else if has("content.xml") && has("META-INF/manifest.xml") && glimpse.has_extension(&["odt", "ott"]) {
            Some(Kind::Other("an OpenDocument text (open it and save it as .docx or PDF)"))
        } else if has("Index/Document.iwa") && glimpse.has_extension(&["pages"]) {
            Some(Kind::Other("a document of Apple Pages (open it and export it as PDF or Word)"))
        } else {
            None
        };
    }
    let head = glimpse.head;
    let documents = ["pdf", "doc", "docx", "docm", "dot", "dotx", "rtf", "odt", "pages"];
    if head.is_empty() {
        return glimpse.has_extension(&documents).then_some(Kind::Other("the file is empty (ask for it again)"));
    }
    if memchr::memmem::find(head.get(..head.len().min(PDF_WITHIN))?, b"%PDF-").is_some() && !is_mail_like(head) {
        return Some(Kind::Pdf);
    }
    if head.starts_with(b"{\\rtf") {
        return Some(Kind::Other("a document in Rich Text Format (open it and save it as .docx or PDF)"));
    }
    if head.starts_with(COMPOUND) && glimpse.has_extension(&["doc", "dot", "docx", "docm", "dotx"]) {
        return Some(Kind::Other(
            if holds(head, "EncryptedPackage") || glimpse.has_extension(&["docx", "docm", "dotx"]) {
                "a Word document locked with a password (open it and save a copy without a password)"
            } else {
                "a document of Word 97 to 2003 (.doc; open it and save it as .docx or PDF)"
            },
        ));
    }
    if glimpse.has_extension(&["pdf", "docx"]) && !is_text(head) {
        return Some(Kind::Other("the document is damaged: it does not begin as its kind does (ask for it again)"));
    }
    (glimpse.has_extension(&["txt", "text", "md", "markdown"]) && is_text(head)).then_some(Kind::Text)
}

/// Whether the mark stands in something else's lines, as in the parts of a mail.
fn is_mail_like(head: &[u8]) -> bool {
    !head.trim_ascii_start().starts_with(b"%PDF-") && is_text(head)
}

/// Whether bytes may be text in some encoding.
fn is_text(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || !head.contains(&0)
}

/// Whether a compound file has a stream of this name.
fn holds(head: &[u8], stream: &str) -> bool {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(head, &name).is_some()
}
