//! The header of a mail of Outlook: as it came, and completed from properties ([MS-OXPROPS]).

use super::object::{File, Kind, Object};
use super::written::words;
use crate::ingest::mail::shape;
use jiff::Timestamp;
use std::collections::BTreeMap;

const TRANSPORT_HEADER: u16 = 0x007D;
const SUBJECT: u16 = 0x0037;
const MESSAGE_ID: u16 = 0x1035;
const REFERENCES: u16 = 0x1039;
const IN_REPLY_TO: u16 = 0x1042;
/// When it was sent, and when it came.
const TIMES: [u16; 2] = [0x0039, 0x0E06];
/// In whose name it was written, and by whom: the name; the address on the wire, and the one that may be of Exchange.
const SENDERS: [(u16, [u16; 2]); 2] = [(0x0042, [0x5D02, 0x0065]), (0x0C1A, [0x5D01, 0x0C1F])];
/// To whom it came, likewise.
const RECEIVED_BY: [u16; 2] = [0x5D07, 0x0076];
/// Where answers go, in Outlook's own form.
const REPLY_TO: u16 = 0x004F;
/// Addresses of Exchange's directory that a message gives beside the same on the wire: of whoever made or last changed it,
/// in whose name it was written, by whom, and to whom it came.
const SAME: [(u16, u16); 5] =
    [(0x4023, 0x5D0A), (0x4025, 0x5D0B), (0x0065, 0x5D02), (0x0C1F, 0x5D01), (0x0076, 0x5D07)];
/// Of a recipient: what field it stands in, its name, and its addresses.
const RECIPIENT_FIELD: u16 = 0x0C15;
const RECIPIENT_NAME: u16 = 0x3001;
const RECIPIENT: [u16; 2] = [0x39FE, 0x3003];
const RECIPIENT_FIELDS: [(u32, &str); 3] = [(1, "To"), (2, "Cc"), (3, "Bcc")];
/// A field of recipients, as long as the longest that is read.
const MAX_FIELD: usize = 1 << 19;
/// From here on a time means that there is none (1 September 4500).
const NEVER: i64 = 79_870_665_600;

/// What is said of lines of a header that are none of its fields.
const NO_FIELDS: &str =
    "mails whose header as Outlook keeps it holds lines that belong to no field, which were left out";

/// The fields of a header: name, and all of its lines.
#[derive(Debug, Default)]
pub(super) struct Header {
    fields: Vec<(String, String)>,
    was_sent: bool,
}

impl Header {
    /// The header of a message.
    pub(super) fn of(file: &mut File<'_>, message: &Object) -> Self {
        let mut header = Self::default();
        if let Some(raw) = file.text(message, TRANSPORT_HEADER) {
            header.transport(&raw, file);
        }
        header.was_sent = !header.fields.is_empty();
        let recipients: Vec<Object> =
            message.recipients.iter().map(|path| file.object(path, Kind::Part, Some(message))).collect();
        let directory = Directory::of(file, message, &recipients);
        let sender = SENDERS.iter().find_map(|(name, addresses)| directory.party(file, message, *name, *addresses));
        header.complete("From", sender);
        header.recipients(file, &recipients, &directory);
        let time = TIMES.iter().find_map(|id| message.time(*id)).filter(|second| *second < NEVER);
        header.was_sent |= time.is_some();
        // In UTC, whatever the zone of the sender was (RFC 5322, 3.3).
        let date = time.and_then(|second| Timestamp::from_second(second).ok());
        header.complete("Date", date.map(|date| date.strftime("%d %b %Y %H:%M:%S -0000").to_string()));
        // Some mark by two characters where the subject without `Re:` begins.
        let subject = file.text(message, SUBJECT);
        let subject = subject.map(|text| if text.starts_with('\u{1}') { text.chars().skip(2).collect() } else { text });
        header.complete("Subject", subject.map(|text| words(&text)));
        for (name, id) in [("Message-ID", MESSAGE_ID), ("In-Reply-To", IN_REPLY_TO), ("References", REFERENCES)] {
            header.complete(name, file.text(message, id).map(|ids| plain(&ids)));
        }
        header.complete("Delivered-To", RECEIVED_BY.iter().find_map(|id| address(&file.text(message, *id)?)));
        if !header.has("Reply-To") && message.has_long(REPLY_TO) {
            file.note("mails of Outlook that say where answers go in its own form only, which is not read");
        }
        header
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(found, _)| found.eq_ignore_ascii_case(name))
    }

    /// Whether anything says that the message was sent.
    pub(super) fn was_sent(&self) -> bool {
        self.was_sent
    }

    /// The lines of the header.
    pub(super) fn finish(self) -> String {
        self.fields.into_iter().map(|(_, lines)| lines).collect()
    }

    /// Takes in the header with which a mail came, but for what it says of parts, which are written anew.
    fn transport(&mut self, raw: &str, file: &mut File<'_>) {
        let mut lines = raw.lines().map(|line| line.trim_end_matches('\r')).enumerate();
        let mut is_kept = false;
        for (at, line) in lines.by_ref() {
            let is_continued = line.starts_with([' ', '\t']);
            if line.trim().is_empty() && !self.fields.is_empty() {
                break;
            }
            if is_continued && is_kept {
                if let Some((_, field)) = self.fields.last_mut() {
                    field.push_str(line);
                    field.push_str("\r\n");
                }
            } else if shape::is_field(line.as_bytes()) {
                let name = line.split(':').next().unwrap_or_default().trim_end().to_owned();
                let lower = name.to_ascii_lowercase();
                is_kept = !lower.starts_with("content-") && lower != "mime-version";
                if is_kept {
                    self.fields.push((name, format!("{line}\r\n")));
                }
            } else if at > 0 && !is_continued && !line.trim().is_empty() {
                // The first line may say which version of Exchange wrote the rest.
                file.note(NO_FIELDS);
            }
        }
        if lines.any(|(_, line)| !line.trim().is_empty()) {
            file.note(NO_FIELDS);
        }
    }

    /// Adds a field that is not there.
    fn complete(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty() && !self.has(name)) {
            self.fields.push((name.to_owned(), format!("{name}: {value}\r\n")));
        }
    }

    /// Adds the fields of recipients that are not there.
    fn recipients(&mut self, file: &mut File<'_>, recipients: &[Object], directory: &Directory) {
        let mut found: [Vec<String>; 3] = Default::default();
        let mut length = 0;
        for recipient in recipients {
            let field = recipient.number(RECIPIENT_FIELD).map(|field| field & 0xF);
            let at = RECIPIENT_FIELDS.iter().position(|(known, _)| Some(*known) == field).unwrap_or_default();
            if self.has(RECIPIENT_FIELDS[at].1) {
                continue;
            }
            match directory.party(file, recipient, RECIPIENT_NAME, RECIPIENT) {
                Some(party) if length < MAX_FIELD => {
                    length += party.len();
                    found[at].push(party);
                }
                Some(_) => file.note("mails of Outlook with more recipients than are read"),
                None => file.note("recipients of whom Outlook keeps no mail address"),
            }
        }
        for ((_, name), parties) in RECIPIENT_FIELDS.iter().zip(found) {
            self.complete(name, Some(parties.join(",\r\n ")));
        }
    }
}

/// Addresses on the wire by those of Exchange's directory, as far as a message gives both of somebody.
#[derive(Debug, Default)]
struct Directory(BTreeMap<String, String>);

impl Directory {
    fn of(file: &mut File<'_>, message: &Object, recipients: &[Object]) -> Self {
        let of_message = SAME.iter().map(|(entry, wire)| (message, *entry, *wire));
        let of_recipients = recipients.iter().map(|recipient| (recipient, RECIPIENT[1], RECIPIENT[0]));
        let mut same = |(object, entry, wire): (&Object, u16, u16)| {
            let address = address(&file.text(object, wire)?)?;
            Some((file.text(object, entry)?.to_lowercase(), address))
        };
        Self(of_message.chain(of_recipients).filter_map(&mut same).collect())
    }

    /// Somebody with a mail address, as a header names them.
    fn party(&self, file: &mut File<'_>, object: &Object, name: u16, addresses: [u16; 2]) -> Option<String> {
        let address = addresses.iter().find_map(|id| {
            let found = file.text(object, *id)?;
            address(&found).or_else(|| self.0.get(&found.to_lowercase()).cloned())
        })?;
        let name = file.text(object, name).filter(|name| !name.trim().eq_ignore_ascii_case(&address));
        Some(name.map_or_else(|| format!("<{address}>"), |name| format!("{} <{address}>", words(&name))))
    }
}

/// An address on the wire; those of Exchange's directory are none.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let is_plain = |letter: char| !letter.is_control() && !letter.is_whitespace() && !"<>(),;:\"\\[]".contains(letter);
    let has_host = text.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
    (text.len() <= 320 && has_host && text.chars().all(is_plain)).then(|| text.to_owned())
}

/// Ids of messages, which are of plain letters.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.chars().filter(char::is_ascii_graphic).collect::<String>());
    words.collect::<Vec<_>>().join("\r\n ")
}
