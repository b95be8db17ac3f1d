//! Mails of Outlook as files (`.msg`), written down as mails on the wire are, to be read as those.
//!
//! The header is the one with which the mail came, where Outlook kept it; what that lacks is made from properties.
//! Nothing is made that neither has: a mail without a trace stays without one.

mod header;
mod object;
mod written;

use header::Header;
use object::{File, Kind, Object};
use std::collections::BTreeSet;
use std::path::Path;
use written::Written;

/// Properties of messages and their attachments ([MS-OXPROPS]).
const CLASS: u16 = 0x001A;
const FLAGS: u16 = 0x0E07;
const BODY: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const ATTACHED_BYTES: u16 = 0x3701;
const ATTACHED_AS: u16 = 0x3705;
const ATTACHED_NAMES: [u16; 3] = [0x3707, 0x3704, 0x3001];
const ATTACHED_TYPE: u16 = 0x370E;

/// How a file is attached ([MS-OXCMSG] 2.2.2.9): with its bytes, or as a message of its own.
const BY_VALUE: u32 = 1;
const AS_MESSAGE: u32 = 5;
/// The flag of a message that was not sent.
const UNSENT: u32 = 8;
/// Items of Outlook that are no mails.
const OTHER_ITEMS: [&str; 7] = ["Activity", "Appointment", "Contact", "DistList", "OLE", "StickyNote", "Task"];
/// Messages in messages that are written down; the reader of mails takes fewer and says so.
const MAX_NESTED: usize = 5;

/// A mail as it was written down.
pub(super) struct WrittenDown {
    pub(super) bytes: Vec<u8>,
    /// What could not be, in words that a count follows.
    pub(super) notes: BTreeSet<&'static str>,
}

/// Writes a mail down, and says what of it could not be; `None` for a draft. What has no bytes of its own stands in it
/// without a transfer encoding: attached messages, and files that lie elsewhere.
///
/// # Errors
/// Why it is no mail that can be read, in a sentence.
pub(super) fn write_down(bytes: &[u8]) -> Result<Option<WrittenDown>, String> {
    let mut file = File::open(bytes)?;
    let message = file.object(Path::new("/"), Kind::Message, None);
    if !message.has_properties {
        return Err(
            "expected a mail of Outlook, found another compound file or a damaged one (save it again)".to_owned()
        );
    }
    let class = file.text(&message, CLASS).unwrap_or_default();
    let of_class = class.strip_prefix("IPM.").and_then(|rest| rest.split('.').next()).unwrap_or_default();
    if OTHER_ITEMS.iter().any(|other| other.eq_ignore_ascii_case(of_class)) {
        return Err(format!("expected a mail, found another item of Outlook ({of_class})"));
    }
    let header = Header::of(&mut file, &message);
    if message.number(FLAGS).is_some_and(|flags| flags & UNSENT != 0) && !header.was_sent() {
        return Ok(None);
    }
    if !header.has("From") {
        return Err("expected the sender's mail address, found none but perhaps a name of Exchange's directory (open it in Outlook and save it as .eml)".to_owned());
    }
    let mut written = Written::default();
    message_into(&mut written, &mut file, &message, header, MAX_NESTED);
    Ok(Some(WrittenDown { bytes: written.finish(), notes: file.notes }))
}

/// Writes a message down, with what is attached.
fn message_into(written: &mut Written, file: &mut File<'_>, message: &Object, header: Header, nested: usize) {
    let class = file.text(message, CLASS).unwrap_or_default();
    if class.to_ascii_uppercase().contains(".SMIME") {
        file.note("mails of Outlook signed or locked by S/MIME, of which what is inside stays closed");
    }
    let body = match file.html(message, HTML) {
        Some(html) => Some(("text/html", html)),
        None => file.text(message, BODY).map(|text| ("text/plain", text)),
    };
    if body.is_none() && message.has_long(RTF) {
        file.note(
            "mails whose text Outlook keeps as Rich Text only, which is not read (open them and save them as .eml)",
        );
    }
    written.begin(header.finish(), body.is_some() || !message.attachments.is_empty());
    if let Some((kind, text)) = body {
        written.text(kind, &text);
    }
    for path in &message.attachments {
        let attached = file.object(path, Kind::Part, Some(message));
        attachment_into(written, file, &attached, nested);
    }
    written.end();
}

fn attachment_into(written: &mut Written, file: &mut File<'_>, attached: &Object, nested: usize) {
    let name = ATTACHED_NAMES.iter().find_map(|id| file.text(attached, *id));
    let media_type = file.text(attached, ATTACHED_TYPE);
    let method = attached.number(ATTACHED_AS);
    if let Some(path) = attached.embedded.as_ref().filter(|_| method.is_none_or(|method| method == AS_MESSAGE)) {
        written.message(name.as_deref());
        // The reader says of one that lies too deep that it was not read.
        if let Some(nested) = nested.checked_sub(1) {
            let message = file.object(path, Kind::Embedded, None);
            let header = Header::of(file, &message);
            message_into(written, file, &message, header, nested);
        }
        return;
    }
    let bytes = file.bytes(attached, ATTACHED_BYTES);
    if bytes.is_none() {
        file.note(match method {
            None | Some(BY_VALUE | AS_MESSAGE) => "attachments whose bytes are missing, as where a file is damaged",
            Some(_) => "attachments that lie elsewhere or belong to another program, of which only the name is known",
        });
    }
    written.file(name.as_deref(), media_type.as_deref(), bytes.as_deref());
}
