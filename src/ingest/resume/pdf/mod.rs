//! PDF: the text that its pages show, the text that they hide, and what the file says of its making.
//!
//! A page is drawn on a device that keeps letters and nothing else. What it may cost is bounded: bytes that streams unpack
//! to, pages, and the work of drawing. The reader runs in a thread of its own, so that one that fails takes nothing along.

mod information;
mod letters;
mod weight;

use self::letters::{LEAST_FORM, Letters, MAX_TEXT, TooMuch};
use super::document::Content;
use crate::dossier::DocumentMetadata;
use hayro_interpret::hayro_syntax::object::{Name as PdfName, Object, Stream};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

/// Pages that are read.
const MAX_PAGES: usize = 200;
/// Bytes of the stack on which a document is read.
const STACK: usize = 32 << 20;

const LOCKED: &str = "the PDF is locked with a password (save a copy without a password)";
const DAMAGED: &str = "the PDF is damaged or cut short (open it and save it again, or ask for it again)";
const NO_TEXT: &str = "no text is in this PDF, only pictures (run text recognition, OCR, and save a copy)";
const TOO_MUCH: &str = "the PDF takes more work than a résumé does (print it to a new PDF)";

/// Reads a PDF.
pub(super) fn read(bytes: Vec<u8>) -> Content {
    let reading = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(move || extract(bytes));
    match reading.map(std::thread::JoinHandle::join) {
        Ok(Ok(content)) => content,
        Ok(Err(end)) if end.is::<TooMuch>() => Content::unread(TOO_MUCH),
        Ok(Err(_)) | Err(_) => Content::unread(DAMAGED),
    }
}

fn extract(bytes: Vec<u8>) -> Content {
    if weight::weighed(&bytes).is_none() {
        return Content::unread(TOO_MUCH);
    }
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return Content::unread(LOCKED),
        Err(LoadPdfError::Decryption(_)) => {
            return Content::unread("the PDF is encrypted in a way that is not read (save a copy without encryption)");
        }
        Err(LoadPdfError::Invalid) => return Content::unread(DAMAGED),
    };
    let mut metadata = DocumentMetadata::default();
    let (mut unpacked, mut longest) = (0_u64, LEAST_FORM);
    for object in pdf.objects() {
        match object {
            Object::Stream(stream) if !is_of(&stream, b"Image") => {
                let most = weight::bound(&stream);
                unpacked = unpacked.saturating_add(most);
                if is_of(&stream, b"Form") {
                    longest = longest.max(most);
                }
            }
            Object::Dict(dict) if metadata == DocumentMetadata::default() => metadata = information::of(&dict),
            _ => {}
        }
    }
    if unpacked > weight::MAX_UNPACKED {
        return Content { metadata, ..Content::unread(TOO_MUCH) };
    }
    let pages = pdf.pages();
    let cache = InterpreterCache::new();
    let mut letters = Letters::new(longest);
    let mut unread = None;
    for (number, page) in pages.iter().enumerate() {
        if number == MAX_PAGES || letters.lines.len() > MAX_TEXT {
            unread = Some(format!("of {} pages the first {number} were read", pages.len()));
            break;
        }
        letters.begin(page);
        let mut context = Context::new(
            Affine::new(page.initial_transform(true).as_coeffs()),
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        interpret_page(page, &mut context, &mut letters);
    }
    let Letters { lines, hidden, unmapped, .. } = letters;
    let (text, is_mixed) = lines.finish();
    let known = text.chars().filter(|c| c.is_alphanumeric()).count();
    if known == 0 || unmapped > known {
        let reason = if known == 0 && unmapped == 0 {
            NO_TEXT
        } else {
            "the letters of this PDF have no meaning to a program (print it to a new PDF, or run OCR)"
        };
        unread = Some(reason.to_owned());
    }
    Content { text, hidden: hidden.finish().0, metadata, is_mixed, unread }
}

/// Whether a stream says that it is of a kind: a form, which may be drawn many times, or a picture, which is not unpacked.
fn is_of(stream: &Stream<'_>, kind: &[u8]) -> bool {
    stream.dict().get::<PdfName<'_>>(b"Subtype").is_some_and(|subtype| subtype.as_ref() == kind)
}

#[cfg(test)]
mod tests {
    use super::read;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let whole = [b"%PDF-1.7\n".as_slice(), &bytes].concat();
            let content = read(whole);
            prop_assert!(content.unread.is_some() || !content.text.is_empty());
        }
    }
}
