//! How mail is recognised: by the lines that it begins with, and in a folder by the names of its files.

use memchr::{memchr, memmem};

/// Header fields, one of which every mail that was ever delivered or stored has beside `From`.
const TRANSPORT: [&str; 6] =
    ["received", "message-id", "mime-version", "return-path", "delivered-to", "authentication-results"];
/// Lines of a header that are looked at.
const LINES: usize = 400;
/// Endings of files that hold mail.
const EXTENSIONS: [&str; 4] = ["eml", "mbox", "mbx", "msg"];
/// How compound files begin ([MS-CFB]): mails of Outlook, and documents of Office before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// What a mail of Outlook has in its directory, and what documents have, in which such a mail may lie.
const OUTLOOK: [&str; 2] = ["__properties_version1.0", "__nameid_version1.0"];
const DOCUMENTS: [&str; 4] = ["WordDocument", "Workbook", "PowerPoint Document", "Book"];

/// Whether bytes begin as an mbox does: with a `From ` line and a header.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let mut lines = lines(head);
    lines.next().is_some_and(is_separator) && lines.next().is_some_and(is_field)
}

/// Whether bytes begin as a mail does: with a header that says from whom it is, and how it came.
pub(super) fn is_mail(head: &[u8]) -> bool {
    let mut names = Vec::new();
    for line in lines(head).take(LINES) {
        if line.trim_ascii().is_empty() {
            break;
        }
        if is_field(line) {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            names.push(String::from_utf8_lossy(name.trim_ascii()).to_ascii_lowercase());
        } else if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            return false;
        }
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let is_addressed = has("date") && (has("to") || has("subject"));
    has("from") && (is_addressed || TRANSPORT.iter().any(|name| has(name)))
}

/// Whether bytes begin as a compound file does.
pub(super) fn is_compound(head: &[u8]) -> bool {
    head.starts_with(COMPOUND)
}

/// Whether a file is a mail of Outlook: a compound file that is called so, or has the names of one in what is seen of it.
pub(super) fn is_outlook(name: &str, head: &[u8]) -> bool {
    let holds = |stream: &&str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(head, &name).is_some()
    };
    let is_called_so = || name.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case("msg"));
    is_compound(head) && (is_called_so() || (OUTLOOK.iter().any(holds) && !DOCUMENTS.iter().any(holds)))
}

/// Whether a text holds the header of another mail, with what only transport adds.
pub(super) fn holds_mail(text: &str) -> bool {
    let paragraphs = text.split("\n\n").filter(|paragraph| paragraph.contains(':'));
    paragraphs.into_iter().any(|paragraph| {
        let fields = || paragraph.lines().filter_map(|line| Some(line.split_once(':')?.0.trim().to_ascii_lowercase()));
        let is_header = paragraph.lines().filter(|line| is_field(line.as_bytes())).count() > 3;
        is_header && fields().any(|name| name == "from") && fields().any(|name| TRANSPORT.contains(&name.as_str()))
    })
}

/// Whether a line may stand between two mails of an mbox: `From `, a sender, and a date with time and year.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let words = || rest.split(u8::is_ascii_whitespace).skip(1);
    let has_time = words().any(|word| {
        let mut parts = word.split(|byte| *byte == b':');
        let two = [parts.next(), parts.next()];
        two.into_iter().all(|part| part.is_some_and(|part| matches!(part.len(), 1 | 2) && digits(part)))
    });
    has_time && words().any(|word| word.len() == 4 && digits(word))
}

/// Whether a line begins a header field: a name without spaces, and a colon.
pub(super) fn is_field(line: &[u8]) -> bool {
    let Some(colon) = memchr(b':', line) else { return false };
    let name = line[..colon].trim_ascii_end();
    !name.is_empty() && name.len() <= 76 && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
}

/// Whether a file below a folder holds mail, by its name: `.eml`, `.mbox`, `.msg`, or what lies in `cur` or `new` of a Maildir.
pub(super) fn is_member(name: &str) -> bool {
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    let mut parts = name.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let is_in_maildir = parts.next().is_some_and(|folder| matches!(folder, "cur" | "new"));
    let extension = file.rsplit_once('.').map(|(_, extension)| extension);
    // Maildir calls its files by time, process and host.
    let is_maildir_file = is_in_maildir && file.starts_with(|first: char| first.is_ascii_digit()) && file.contains('.');
    is_maildir_file
        || extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Whether a Maildir says of a file that it is a draft.
pub(super) fn is_draft(name: &str) -> bool {
    name.rsplit_once(":2,").is_some_and(|(_, flags)| flags.len() <= 8 && flags.contains('D'))
}

/// The lines of a head, without what stands before the first.
fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_bear_a_date() {
        for line in [
            "From ana@mail.example Tue Apr  7 12:00:00 2026",
            "From - Tue Apr 07 12:00:00 2026",
            "From 1789@xxx Tue Apr 07 12:00:00 +0000 2026",
            "From MAILER-DAEMON Tue, 7 Apr 2026 9:05 KST",
        ] {
            assert!(is_separator(line.as_bytes()), "{line}");
        }
        for line in ["From here it is easy", ">From ana Tue Apr 7 12:00:00 2026", "From: ana", "From 2019 to 2024"] {
            assert!(!is_separator(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_mail_says_from_whom_it_is_and_how_it_came() {
        assert!(is_mail(b"Received: by x\r\n with y\r\nFrom: a@b.example\r\n\r\nHi"));
        assert!(is_mail(b"\xef\xbb\xbfFrom: a@b.example\nTo: c@d.example\nDate: today\n\nHi"));
        assert!(!is_mail(b"From: a@b.example\nSubject: notes\n\nHi"));
        assert!(!is_mail(b"Dear Ana,\nFrom: here\n"));
        assert!(!is_mail(b"From,To,Date\n"));
        assert!(is_mbox(b"\nFrom - Tue Apr 07 12:00:00 2026\nX-Mozilla-Status: 0001\n"));
        assert!(!is_mbox(b"From - Tue Apr 07 12:00:00 2026\n\nHi"));
    }

    #[test]
    fn a_mail_of_outlook_is_told_by_its_name_or_its_streams() {
        let file = |streams: &str| {
            [COMPOUND, &streams.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat()
        };
        assert!(is_outlook("a.MSG", &file("")) && is_outlook("a", &file("__nameid_version1.0")));
        assert!(!is_outlook("a.msg", b"From: a@b.example") && !is_outlook("a", &file("Thumbnails")));
        assert!(!is_outlook("a.doc", &file("WordDocument __properties_version1.0")));
    }

    #[test]
    fn files_of_a_mailbox_are_told_by_name() {
        for name in
            ["a/b.EML", "Takeout/All mail.mbox", "x/cur/1690000000.M1P2.host:2,S", "new/1690.1.h", "a.mbox.gz", "a.MSG"]
        {
            assert!(is_member(name), "{name}");
        }
        for name in ["a.txt", "cur/notes", "a/1690000000.M1P2.host", "tmp/1690.1.h", "eml"] {
            assert!(!is_member(name), "{name}");
        }
        assert!(is_draft("cur/1690.M1.host:2,DS") && !is_draft("cur/1690.M1.host:2,S"));
    }
}
