//! One mail as it stands in the record, and what the mailbox as a whole asks of it.
//!
//! Parsing is mail-parser's; what a hostile mail may cost it is seen to before it is asked.

use super::body::{Body, bounded};
use super::cost;
use super::header;
use super::outlook;
use super::part;
use super::quoted::{self, Inline};
use super::results::{self, Results};
use super::shape;
use super::when;
use crate::dossier::hex;
use crate::dossier::{Attachment, Channel, MailHeaders, Message, Sender};
use mail_parser::{Encoding, Message as Parsed, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

/// Attachments and recipients that are kept of one mail.
const MAX_ATTACHMENTS: usize = 100;
const MAX_RECIPIENTS: usize = 100;
/// Bytes of an attached file in which the header of another mail is looked for.
const LOOKED_AT: usize = 1 << 16;
/// What is said of attached mails that give nobody.
const UNREAD: &str = "attached mails that could not be read, or lie too deep";
/// What is said of mails that give fewer people than they hold.
const HOLDS_MAIL: &str = "mails that hold another mail with its header, as where what parts two mails is damaged";
/// Mails attached to mails attached to mails.
const MAX_NESTED: usize = 4;

/// A mail.
#[derive(Debug)]
pub(super) struct Letter {
    /// As it stands in the record, but for the thread and whose it is.
    pub(super) message: Message,
    /// The sender's address, in lower case.
    pub(super) from: String,
    /// Addresses of all recipients, in lower case.
    pub(super) to: Vec<String>,
    /// The address to which it was delivered last.
    pub(super) delivered_to: Option<String>,
    /// Where answers go, in lower case.
    pub(super) reply_to: Option<String>,
    /// Ids of the mails that it answers, the nearest last.
    pub(super) references: Vec<String>,
    /// The subject without what answering and passing on add.
    pub(super) base_subject: String,
    /// Whether what it quotes was left out.
    pub(super) is_trimmed: bool,
    /// Another mail in its text.
    pub(super) inline: Option<Inline>,
    /// What could not be kept or read, in words that a count follows.
    pub(super) notes: Vec<&'static str>,
    /// Mails that are attached.
    pub(super) attached: Vec<Letter>,
}

/// Reads a mail.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub(super) fn read(bytes: &[u8]) -> Result<Letter, String> {
    parse(bytes, Depth { nested: MAX_NESTED, is_written: false })
}

/// Reads a mail of Outlook; `None` for a draft.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub(super) fn read_outlook(bytes: &[u8]) -> Result<Option<Letter>, String> {
    of_outlook(bytes, Depth { nested: MAX_NESTED, is_written: true })
}

fn of_outlook(bytes: &[u8], depth: Depth) -> Result<Option<Letter>, String> {
    let Some(written) = outlook::write_down(bytes)? else { return Ok(None) };
    let mut letter = parse(&written.bytes, depth)?;
    letter.notes.extend(written.notes);
    Ok(Some(letter))
}

fn parse(bytes: &[u8], depth: Depth) -> Result<Letter, String> {
    letter(&cost::parsed(bytes)?, depth)
}

/// How a mail is looked at.
#[derive(Debug, Clone, Copy)]
struct Depth {
    /// Mails in it, each attached to the other, that are read.
    nested: usize,
    /// Whether it was written out of another form: then what stands in it without a transfer encoding has no bytes of
    /// its own.
    is_written: bool,
}

impl Depth {
    /// How a mail in this one is looked at, if it is.
    fn below(self, is_written: bool) -> Option<Self> {
        Some(Self { nested: self.nested.checked_sub(1)?, is_written })
    }
}

fn letter(parsed: &Parsed<'_>, depth: Depth) -> Result<Letter, String> {
    let mut notes = Vec::new();
    let sender = header::parties(parsed, "From").into_iter().find(|party| party.address.is_some());
    let sender = sender.or_else(|| header::parties(parsed, "Sender").into_iter().find(|party| party.address.is_some()));
    let Some((sender, from)) = sender.and_then(|party| Some((party, header::address(party)?))) else {
        return Err("expected a sender's address in From, found none".to_owned());
    };
    let reply_to =
        header::parties(parsed, "Reply-To").into_iter().find_map(header::address).filter(|reply| *reply != from);
    let references = header::references(parsed);
    let subject = header::text_of(parsed, "Subject");
    let body = Body::of(parsed, !references.is_empty());
    let at = header::raw(parsed, "Date").and_then(when::parse);
    if at.is_none() {
        notes.push("mails without a date that can be read");
    }
    if shape::holds_mail(&body.text) {
        notes.push(HOLDS_MAIL);
    }
    let is_void = body.text.trim().is_empty() && parsed.attachments.is_empty();
    if is_void && !parsed.raw_message.get(header::end(parsed)..).unwrap_or_default().trim_ascii().is_empty() {
        notes.push("mails whose parts could not be told apart, so that only their headers were kept");
    }
    let header = parsed.raw_message.get(..header::end(parsed)).unwrap_or_default();
    if header.iter().any(|byte| byte.is_ascii_control() && !b"\t\r\n".contains(byte)) {
        notes.push("mails whose header holds control characters, as where it is damaged");
    }
    if body.is_cut {
        notes.push("mails of which only the first 256 KiB of text were kept");
    }
    let trace: Vec<(bool, &str)> = header::raw_fields(parsed)
        .filter_map(|(name, value)| match name {
            _ if name.eq_ignore_ascii_case("Received") => Some((true, value)),
            _ if name.eq_ignore_ascii_case("Authentication-Results") => Some((false, value)),
            _ => None,
        })
        .collect();
    let found = results::topmost(&trace).unwrap_or_else(|()| {
        notes.push("mails whose authentication results name nobody who received them, and were not read");
        None
    });
    let Results { spf, dkim, dmarc } = found.unwrap_or_default();
    let (attachments, attached) = attachments(parsed, depth, &mut notes);
    let return_path =
        header::raw(parsed, "Return-Path").map(|path| path.trim_matches(['<', '>', ' '])).and_then(bounded);
    let mail = MailHeaders { reply_to: reply_to.clone(), return_path, spf, dkim, dmarc };
    let mut to: Vec<String> = ["To", "Cc", "Bcc"]
        .into_iter()
        .flat_map(|name| header::parties(parsed, name))
        .filter_map(header::address)
        .collect();
    to.sort();
    to.dedup();
    if to.len() > MAX_RECIPIENTS {
        to.truncate(MAX_RECIPIENTS);
        notes.push("mails of which only 100 recipients were kept");
    }
    let base_subject = mail_parser::parsers::fields::thread::thread_name(subject.as_deref().unwrap_or_default());
    Ok(Letter {
        from: from.clone(),
        to,
        delivered_to: header::raw(parsed, "Delivered-To")
            .map(|to| to.trim_matches(['<', '>', ' ']))
            .and_then(header::lower),
        reply_to,
        references,
        base_subject: base_subject.trim().to_lowercase(),
        is_trimmed: body.is_trimmed,
        inline: quoted::inline(&body.text),
        notes,
        attached,
        message: Message {
            id: header::text_of(parsed, "Message-ID").map(|id| id.trim_matches(['<', '>', ' ']).to_owned()),
            at,
            channel: Some(Channel::Email),
            sender: Sender { name: sender.name.as_deref().and_then(bounded), email: Some(from), ..Sender::default() },
            subject: subject.map(Into::into),
            text: Some(body.text).filter(|text| !text.trim().is_empty()).map(Into::into),
            links: body.links,
            attachments,
            mail: (mail != MailHeaders::default()).then_some(mail),
            ..Message::default()
        },
    })
}

fn attachments(parsed: &Parsed<'_>, depth: Depth, notes: &mut Vec<&'static str>) -> (Vec<Attachment>, Vec<Letter>) {
    let mut found = Vec::new();
    let mut letters = Vec::new();
    for part in parsed.attachments.iter().filter_map(|id| parsed.parts.get(*id as usize)) {
        if found.len() == MAX_ATTACHMENTS {
            notes.push("mails of which only 100 attachments were listed");
            break;
        }
        let bytes = part::bytes(parsed, part);
        let has_bytes = !depth.is_written || part.encoding != Encoding::None;
        found.push(Attachment {
            name: part.attachment_name().and_then(bounded),
            media_type: part.content_type().map(part::media_type),
            bytes: has_bytes.then_some(bytes.len() as u64),
            sha256: has_bytes.then(|| hex(&Sha256::digest(&bytes))),
            encrypted: None,
        });
        // Some programs attach a mail as any other file.
        let by_content = || cost::parsed(&bytes).ok();
        let inner = match &part.body {
            PartType::Message(inner) => {
                depth.below(depth.is_written && !has_bytes).map(|depth| letter(inner, depth).map(Some))
            }
            _ if shape::is_outlook(part.attachment_name().unwrap_or_default(), &bytes) => {
                depth.below(true).map(|depth| of_outlook(&bytes, depth))
            }
            _ if !shape::is_mail(&bytes) => {
                let is_declared = part.content_type().is_some_and(|found| part::media_type(found) == "message/rfc822");
                let looked_at = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
                if is_declared {
                    notes.push(UNREAD);
                } else if shape::holds_mail(&looked_at) {
                    notes.push(HOLDS_MAIL);
                }
                continue;
            }
            _ => depth.below(false).zip(by_content()).map(|(depth, inner)| letter(&inner, depth).map(Some)),
        };
        match inner {
            Some(Ok(inner)) => letters.extend(inner),
            _ => notes.push(UNREAD),
        }
    }
    (found, letters)
}

#[cfg(test)]
mod tests {
    use super::{Sha256, hex, read};
    use crate::ingest::mail::body::MAX_TEXT;
    use proptest::prelude::*;
    use sha2::Digest;

    fn mail(header: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("From: Ana Example <Ana@Mail.example>\nDate: Tue, 7 Apr 2026 10:20:30 +0900\n{header}\n\n");
        [head.as_bytes(), body].concat()
    }

    fn text_of(header: &str, body: &[u8]) -> String {
        read(&mail(header, body)).expect("a mail").message.text.map(|text| text.0).unwrap_or_default()
    }

    #[test]
    fn texts_and_names_are_read_in_their_own_encodings() {
        for (charset, words) in [
            ("iso-2022-jp", "\u{1b}$B$3$s$K$A$O\u{1b}(B".as_bytes().to_vec()),
            ("gb18030", vec![0xc4, 0xe3, 0xba, 0xc3]),
            ("euc-kr", vec![0xbe, 0xc8, 0xb3, 0xe7]),
            ("windows-1251", vec![0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
            ("windows-1256", vec![0xe3, 0xd1, 0xcd, 0xc8, 0xc7]),
        ] {
            let expected = match charset {
                "iso-2022-jp" => "こんにちは",
                "gb18030" => "你好",
                "euc-kr" => "안녕",
                "windows-1251" => "Привет",
                _ => "مرحبا",
            };
            assert_eq!(text_of(&format!("Content-Type: text/plain; charset={charset}"), &words), expected, "{charset}");
        }
        let named = "Subject: =?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?= =?utf-8?Q?_caf=C3=A9?=\n\
            Content-Type: application/zip; name*0*=utf-8''caf%C3%A9; name*1=.zip";
        let letter = read(&mail(named, b"PK")).expect("a mail");
        assert_eq!(letter.message.subject.as_deref(), Some("こんにちは café"));
        assert_eq!(letter.message.attachments[0].name.as_deref(), Some("café.zip"));
        assert_eq!(letter.from, "ana@mail.example");
    }

    #[test]
    fn a_digest_is_of_the_file_that_was_attached() {
        let header = "Content-Type: multipart/mixed; boundary=b";
        let body = b"--b\n\nHi\n--b\nContent-Type: text/csv; charset=windows-1252\nContent-Transfer-Encoding: base64\n\
            Content-Disposition: attachment; filename=a.csv\n\n6SwK\n--b--\n";
        let letter = read(&mail(header, body)).expect("a mail");
        let [attachment] = &letter.message.attachments[..] else { panic!("{letter:?}") };
        assert_eq!(attachment.bytes, Some(3));
        assert_eq!(attachment.sha256.as_deref(), Some(&*hex(&Sha256::digest(b"\xe9,\n"))));
    }

    #[test]
    fn a_mail_without_a_sender_is_refused_and_one_without_a_date_kept() {
        assert!(read(b"Subject: x\n\nHi").expect_err("refused").contains("From"));
        let letter = read(b"From: a@b.example\nDate: soon\n\nHi").expect("a mail");
        assert_eq!((letter.message.at, letter.notes.len()), (None, 1));
    }

    #[test]
    fn what_is_built_to_cost_much_is_refused_or_cut() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert!(read(&mail("Content-Type: message/rfc822", nested.as_bytes())).expect_err("refused").contains("parts"));
        let deep = format!("Content-Type: message/rfc822\n\n{}", mail_text().repeat(400));
        let letter = read(deep.replacen("Content", "From: a@b.example\nContent", 1).as_bytes()).expect("a mail");
        let depth = std::iter::successors(Some(&letter), |letter| letter.attached.first()).count();
        assert_eq!(depth, 1 + super::MAX_NESTED);
        let parts = "--b\n\nx\n".repeat(50_000);
        assert!(read(&mail("Content-Type: multipart/mixed; boundary=b", parts.as_bytes())).is_err());
        let header = format!("Subject: {}", "=?utf-8?Q?x?= ".repeat(200_000));
        assert!(read(&mail(&header, b"")).expect_err("refused").contains("header"));
        let letter = read(&mail("To: a@b.example", "é".repeat(MAX_TEXT).as_bytes())).expect("a mail");
        assert_eq!(letter.message.text.map(|text| text.len()), Some(MAX_TEXT));
        assert_eq!(letter.notes.len(), 1);
        let many = (0..5_000).map(|n| format!("p{n}@b.example")).collect::<Vec<_>>().join(", ");
        let letter = read(&mail(&format!("To: {many}\nReferences: {}", "<a@b> ".repeat(9_000)), b"x")).expect("a mail");
        assert_eq!((letter.to.len(), letter.references.len()), (100, 50));
    }

    #[test]
    fn mails_in_a_mail_that_end_with_its_last_part_take_nothing_along() {
        let parts = "--f1\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n\n--f1--";
        let letter = read(&mail("Content-Type: multipart/mixed; boundary=\"f1\"", parts.as_bytes())).expect("a mail");
        assert_eq!(letter.from, "ana@mail.example");
        assert!(!letter.notes.is_empty(), "that the attached mails gave nobody is said");
    }

    fn mail_text() -> &'static str {
        "From: a@b.example\nContent-Type: message/rfc822\n\n"
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_mail_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
            let _ = read(&mail("Content-Type: multipart/mixed; boundary=b", &bytes));
            let _ = read(&mail("Content-Type: message/rfc822", &bytes));
        }

        #[test]
        fn any_parts_are_a_mail_or_refused(parts in proptest::collection::vec(0..PIECES.len(), 0..24), cut in 0_usize..400) {
            let text: String = parts.into_iter().map(|at| PIECES[at]).collect();
            let cut = text.floor_char_boundary(cut.min(text.len()));
            let _ = read(&mail("MIME-Version: 1.0", text.as_bytes()));
            let _ = read(format!("From: a@b.example\n{}", &text[..cut]).as_bytes());
        }
    }

    /// What parsers of mail trip over.
    const PIECES: [&str; 20] = [
        "Content-Type: multipart/mixed; boundary=b\n",
        "Content-Type: multipart/digest; boundary=\"\"\r\n",
        "Content-Type: multipart/alternative; boundary=c\n",
        "Content-Type: message/rfc822\n",
        "Content-Type: text/html; charset=\"utf-7\"\n",
        "Content-Type: text/plain; name*1*=x'y'%ff%; name*0=é\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "--b\n",
        "--b--\n",
        "--c\r\n",
        "--c--",
        "\n",
        "\r\n\r\n",
        "From: \"a\\\" <b@c.example>, (((\n",
        "Subject: =?utf-8?Q?=C3?= =?x?B?!!?=\n",
        "References: <a> <<b> c\n",
        "=3D=\n=zz",
        "<blockquote><a href='x'>é</blockquote",
        "QUJD\n=",
    ];
}
