//! What reading makes of mails of Outlook, whole and broken.

#![expect(clippy::disallowed_methods, reason = "the test reads samples and writes what it reads")]

#[path = "common/outlook.rs"]
#[expect(unreachable_pub, reason = "a part of a test crate")]
mod item;

use falseface::dossier::Dossier;
use falseface::ingest::{Input, Item as Read, ReadOptions, open};
use item::Item;
use proptest::prelude::*;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The dossiers of a file, and what was said of what became none.
fn read(name: &str, bytes: &[u8]) -> Result<(Vec<Dossier>, Vec<String>), String> {
    let input = Input::Memory { name: name.to_owned(), bytes: bytes.into() };
    let (mut dossiers, mut said) = (Vec::new(), Vec::new());
    for item in open(&[input], &ReadOptions::default()).map_err(|error| error.to_string())? {
        match item {
            Read::Record(record) => dossiers.push(record.read().expect("adapters make valid records").dossier),
            Read::Rejected(rejected) => said.push(rejected.reason),
            Read::Skipped(skipped) => said.push(skipped.reason),
        }
    }
    Ok((dossiers, said))
}

fn to_jo() -> Item {
    Item::default().text(0x3001, "Jo Sample").text(0x39FE, "jo@owner.example")
}

/// A mail without the header with which it came.
fn plain(from: &str) -> Item {
    Item::default().text(0x001A, "IPM.Note").text(0x0042, "Ana Example").text(0x0065, from).to(to_jo())
}

#[test]
fn properties_make_a_mail_and_nothing_that_they_do_not_say() {
    let mail = plain("ana@mail.example")
        .text(0x0037, "Re: Ünterlagen")
        .text(0x1035, "<2@mail.example>")
        .time(0x0039, 1_789_453_200)
        .text(0x1000, "Here they are.\r\n--=1=\r\nFrom: eve@e.example")
        .file("Ünter\"lagen\r\n.zip", b"PK\x05\x06 not text\r\n--=1=--\r\n");
    let (dossiers, said) = read("mail.msg", &mail.write()).expect("read");
    let [ana] = &dossiers[..] else { panic!("{dossiers:?} {said:?}") };
    assert!(said.is_empty(), "{said:?}");
    let [message] = &ana.messages[..] else { panic!("{ana:?}") };
    assert_eq!(message.sender.name.as_deref(), Some("Ana Example"));
    assert_eq!(message.sender.email.as_deref(), Some("ana@mail.example"));
    assert_eq!(message.subject.as_deref(), Some("Re: Ünterlagen"));
    assert_eq!(message.text.as_deref(), Some("Here they are.\n--=1=\nFrom: eve@e.example"));
    assert_eq!(message.at.map(|at| at.to_string()).as_deref(), Some("2026-09-15T06:20:00Z"));
    assert_eq!(message.id.as_deref(), Some("2@mail.example"));
    assert_eq!(message.mail, None, "no trace is made");
    let [file] = &message.attachments[..] else { panic!("{message:?}") };
    assert_eq!(
        (file.name.as_deref(), file.media_type.as_deref(), file.bytes),
        (Some("Ünter\"lagen\r\n.zip"), None, Some(24))
    );
    // As `printf 'PK\005\006 not text\r\n--=1=--\r\n' | sha256sum` prints it.
    assert_eq!(file.sha256.as_deref(), Some("66d5f1848cfd3d42fe1334a335ba6ff22f8939e9efdef481aca01073e23495e8"));
}

#[test]
fn the_header_with_which_it_came_goes_before_properties() {
    let mail = plain("other@mail.example")
        .text(0x007D, "Microsoft Mail Internet Headers Version 2.0\r\nReceived: by mx.owner.example; Tue, 15 Sep 2026 08:20:00 +0200\r\nAuthentication-Results: mx.owner.example;\r\n\tspf=pass; dmarc=fail\r\nFrom: Ana <ana@mail.example>\r\nDate: Tue, 15 Sep 2026 15:20:00 +0900\r\nContent-Type: multipart/mixed;\r\n boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        .time(0x0039, 1_000_000_000)
        .number(0x3FDE, 1251)
        .attached(Item::default().old_text(0x3704, b"\xcf.txt").number(0x3705, 1).bytes(0x3701, b"x"))
        .bytes(0x1013, b"<p>\xcf\xf0\xe8\xe2\xe5\xf2 <a href=\"https://a.example/x\">b.example</a></p>")
        .text(0x1000, "not this");
    let (dossiers, said) = read("mail.msg", &mail.write()).expect("read");
    let message = &dossiers[0].messages[0];
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(message.sender.email.as_deref(), Some("ana@mail.example"));
    assert_eq!(message.at.map(|at| at.to_string()).as_deref(), Some("2026-09-15T15:20:00+09:00"));
    assert_eq!(message.text.as_deref(), Some("Привет b.example"));
    assert_eq!(message.links[0].href, "https://a.example/x");
    assert_eq!(message.attachments[0].name.as_deref(), Some("П.txt"));
    let results = message.mail.as_ref().map(|mail| (mail.spf.as_deref(), mail.dkim.as_deref(), mail.dmarc.as_deref()));
    assert_eq!(results, Some((Some("pass"), None, Some("fail"))));
}

#[test]
fn a_name_of_exchange_s_directory_is_no_address_but_leads_to_one() {
    let entry = "/O=Owner/CN=Recipients/CN=ana";
    let (dossiers, said) = read("mail.msg", &plain(entry).write()).expect("read");
    assert!(dossiers.is_empty() && said[0].contains("Exchange's directory"), "{said:?}");
    let known = plain(entry).text(0x4023, &entry.to_lowercase()).text(0x5D0A, "ana@mail.example");
    let (dossiers, _) = read("mail.msg", &known.write()).expect("read");
    assert_eq!(dossiers[0].messages[0].sender.email.as_deref(), Some("ana@mail.example"));
}

#[test]
fn what_is_no_mail_that_was_sent_or_keeps_words_elsewhere_is_told() {
    let of = |item: Item| read("x.msg", &item.write()).expect("recognised");
    let (dossiers, said) = of(plain("ana@mail.example").number(0x0E07, 8));
    assert!(dossiers.is_empty() && said.iter().any(|said| said.contains("drafts")), "{said:?}");
    let (dossiers, said) = of(Item::default().text(0x001A, "IPM.Contact").text(0x0065, "ana@mail.example"));
    assert!(dossiers.is_empty() && said[0].contains("another item of Outlook (Contact)"), "{said:?}");
    let elsewhere = Item::default().text(0x3707, "cv.docx").number(0x3705, 7);
    let mail = plain("ana@mail.example").time(0x0039, 1_789_453_200).bytes(0x1009, b"LZFu").attached(elsewhere);
    let (dossiers, said) = of(mail);
    assert!(said.iter().any(|said| said.contains("Rich Text only")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("lie elsewhere")), "{said:?}");
    let file = &dossiers[0].messages[0].attachments[0];
    assert_eq!((file.name.as_deref(), file.bytes, file.sha256.as_deref()), (Some("cv.docx"), None, None));
}

#[test]
fn messages_in_messages_are_read_as_deep_as_others_and_have_no_bytes_of_their_own() {
    let mut mail = plain("p9@mail.example").text(0x1035, "<9@x>");
    for number in (0..9).rev() {
        let from = format!("p{number}@mail.example");
        mail = plain(&from).text(0x1035, &format!("<{number}@x>")).message("inner", mail);
    }
    let (dossiers, said) = read("mail.msg", &mail.write()).expect("read");
    assert_eq!(dossiers.len(), 5, "{said:?}");
    assert!(said.iter().any(|said| said.contains("lie too deep")), "{said:?}");
    let attached = dossiers.iter().flat_map(|dossier| &dossier.messages[0].attachments);
    assert!(attached.into_iter().all(|file| file.sha256.is_none() && file.bytes.is_none()));
}

#[test]
fn one_attached_to_a_mail_is_read_and_keeps_its_digest() {
    let inner = plain("eve@e.example").text(0x1000, "Run this").write();
    let outer = plain("ana@mail.example").text(0x1000, "Look").file("report.msg", &inner);
    let (dossiers, said) = read("mail.msg", &outer.write()).expect("read");
    let emails = dossiers.iter().filter_map(|dossier| dossier.messages[0].sender.email.as_deref());
    assert_eq!(emails.collect::<Vec<_>>(), ["eve@e.example", "ana@mail.example"], "{said:?}");
    let file = dossiers.iter().find_map(|dossier| dossier.messages[0].attachments.first()).expect("attached");
    assert!(file.bytes == Some(inner.len() as u64) && file.sha256.is_some());
}

#[test]
fn it_is_told_by_its_content_and_documents_stay_what_they_are() {
    let bytes = plain("ana@mail.example").text(0x1000, "Hi").write();
    assert_eq!(read("mail", &bytes).expect("read").0.len(), 1);
    assert_eq!(
        read("mail.msg.gz", &{
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&bytes).expect("packed");
            packed.finish().expect("packed")
        })
        .expect("read")
        .0
        .len(),
        1
    );
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("made");
    for name in ["/WordDocument", "/__properties_version1.0"] {
        file.create_stream(name).expect("made");
    }
    let document = file.into_inner().into_inner();
    assert_eq!(read("cv.doc", &document).expect("read").0[0].provenance[0].adapter.as_deref(), Some("resume-document"));
    let (_, said) = read("cv.msg", &document).expect("read");
    assert!(said.iter().any(|said| said.contains("Exchange's directory")), "{said:?}");
}

#[test]
fn it_is_of_the_mailbox_in_whose_folder_it_lies() {
    let answer = plain("ana@mail.example").text(0x1035, "<2@a>").text(0x1042, "<1@o>").text(0x1000, "Hi");
    let asked = "From: jo@owner.example\nTo: ana@mail.example\nMessage-ID: <1@o>\n\nHello";
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("reports")).expect("made");
    fs::write(folder.path().join("reports/a.msg"), answer.write()).expect("written");
    fs::write(folder.path().join("b.eml"), asked).expect("written");
    let options = ReadOptions { owner: Some("jo@owner.example".to_owned()), ..ReadOptions::default() };
    let mut items = open(&[Input::Path(folder.path().to_owned())], &options).expect("read");
    let Some(Read::Record(record)) = items.next() else { panic!("nobody") };
    let messages = record.read().expect("valid").dossier.messages;
    let threads = messages.iter().map(|message| message.thread.as_deref());
    assert_eq!(threads.collect::<Vec<_>>(), [Some("1@o"); 2]);
}

/// A file whose streams all lie in the same sectors would hold many times its bytes.
#[test]
fn attachments_that_share_their_bytes_end_at_the_size_of_the_file() {
    let bytes = vec![b'x'; 4 << 20];
    let mail = plain("ana@mail.example").file("a.bin", &bytes);
    let mail = (1..40).fold(mail, |mail, _| mail.file("a.bin", &[b'x'; 5_000]));
    let mut file = mail.write();
    // Each directory entry of the small ones gets the sectors and the size of the large one.
    let name: Vec<u8> = "__substg1.0_37010102".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entries: Vec<usize> = memchr::memmem::find_iter(&file, &name).filter(|at| at % 128 == 0).collect();
    let large = entries.iter().copied().find(|at| file[at + 120..at + 124] == (4_u32 << 20).to_le_bytes()).expect("it");
    let place: Vec<u8> = file[large + 116..large + 128].to_vec();
    for at in &entries {
        file[at + 116..at + 128].copy_from_slice(&place);
    }
    let (dossiers, said) = read("mail.msg", &file).expect("read");
    assert!(said.iter().any(|said| said.contains("larger than the file")), "{said:?}");
    let known = dossiers[0].messages[0].attachments.iter().filter(|file| file.bytes == Some(4 << 20)).count();
    assert_eq!((entries.len(), known), (40, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_damage_is_read_or_refused(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>(), cuts in any::<bool>()) {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mail/reported.msg");
        let mut bytes = fs::read(sample).expect("the sample");
        for (at, byte) in places {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok((dossiers, said)) = read("mail.msg", &bytes) {
            prop_assert!(!dossiers.is_empty() || !said.is_empty());
        }
    }
}
