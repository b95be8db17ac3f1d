//! Word documents (.docx): their parts, unpacked within the limits, as paragraphs, with what is hidden kept apart.
//!
//! The parts are read as a stream of marks: nothing is nested in memory, and no entity is replaced but those of XML itself.

mod body;
mod properties;
mod xml;

use self::body::Body;
use super::document::Content;
use crate::dossier::DocumentMetadata;
use crate::ingest::tree::Tree;

/// Bytes that the parts of a document may unpack to.
const MAX_UNPACKED: usize = 64 << 20;
const DAMAGED: &str = "the Word document is damaged (open it and save it again, or ask for it again)";

/// The parts of a document that are read.
pub(super) struct Parts {
    /// Headers, the body, footers and notes, in this order.
    texts: Vec<Vec<u8>>,
    core: Option<Vec<u8>>,
    app: Option<Vec<u8>>,
}

impl Parts {
    /// Unpacks them.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub(super) fn unpack(mut tree: Tree) -> Result<Self, String> {
        let mut left = MAX_UNPACKED;
        let names: Vec<String> = tree.names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let mut take = |wanted: &dyn Fn(&str) -> bool| {
            let mut found = Vec::new();
            for at in (0..names.len()).filter(|at| wanted(&names[*at])) {
                let bytes = tree.read(at)?.bytes;
                left = left
                    .checked_sub(bytes.len())
                    .ok_or("the Word document takes more than a résumé does (save it as PDF)")?;
                found.push(bytes);
            }
            Ok::<_, String>(found)
        };
        let numbered = |name: &str, part: &str| {
            let rest = name.strip_prefix("word/").and_then(|name| name.strip_prefix(part));
            rest.and_then(|rest| rest.strip_suffix(".xml")).is_some_and(|rest| !rest.contains('/'))
        };
        let mut texts = take(&|name| numbered(name, "header"))?;
        texts.extend(take(&|name| name == "word/document.xml")?);
        texts.extend(take(&|name| numbered(name, "footer") || numbered(name, "footnotes"))?);
        let core = take(&|name| name == "docprops/core.xml")?.pop();
        let app = take(&|name| name == "docprops/app.xml")?.pop();
        Ok(Self { texts, core, app })
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.texts.iter().chain(&self.core).chain(&self.app).map(Vec::len).sum()
    }

    /// Reads them.
    pub(super) fn read(self) -> Content {
        let mut metadata = DocumentMetadata::default();
        for part in self.core.iter().chain(&self.app) {
            properties::read(part, &mut metadata);
        }
        let mut body = Body::default();
        let mut whole = true;
        for part in &self.texts {
            whole &= body.read(part);
        }
        let Body { text, hidden, is_mixed, .. } = body;
        let unread = if !whole {
            Some(DAMAGED.to_owned())
        } else if text.trim().is_empty() {
            Some("no text is in this Word document (ask for one with text, not pictures)".to_owned())
        } else {
            None
        };
        Content { text, hidden, metadata, is_mixed, unread }
    }
}
