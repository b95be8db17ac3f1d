//! Documents that applicants hand over: what is read of them, what is left as text, and what is said of those that cannot
//! be read.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]
#![cfg(feature = "documents")]

use falseface::Dossier;
use falseface::dossier::{DocumentKind, Role};
use falseface::ingest::{Input, Item, ReadOptions, open};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The dossier of a document and the reasons that are told, or why it is refused.
fn read(name: &str, bytes: &[u8]) -> Result<(Dossier, Vec<String>), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    let mut found = None;
    for item in open(&[Input::Path(path)], &ReadOptions::default()).map_err(|error| error.to_string())? {
        match item {
            Item::Record(record) => {
                let read = record.read().map_err(|rejected| rejected.reason)?;
                let reasons = read.skipped.into_iter().map(|skipped| skipped.reason).collect();
                assert!(found.replace((read.dossier, reasons)).is_none(), "one dossier a document");
            }
            Item::Rejected(rejected) => return Err(rejected.reason),
            Item::Skipped(skipped) => return Err(skipped.reason),
        }
    }
    Ok(found.expect("nothing is lost in silence"))
}

/// A PDF of one page with these objects after the page; the trailer may say more.
fn pdf(content: &str, objects: &[String], trailer: &str) -> Vec<u8> {
    let stream = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    let mut all = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
            .to_owned(),
        stream,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    all.extend_from_slice(objects);
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in all.iter().enumerate() {
        places.push(text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", at + 1).expect("written");
    }
    let start = text.len();
    write!(text, "xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).expect("written");
    for place in &places {
        writeln!(text, "{place:010} 00000 n ").expect("written");
    }
    write!(text, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", all.len() + 1)
        .expect("written");
    text.into_bytes()
}

fn line(x: u32, y: u32, text: &str) -> String {
    format!("1 0 0 1 {x} {y} Tm ({text}) Tj\n")
}

fn text(dossier: &Dossier) -> &str {
    dossier.documents[0].text.as_ref().map_or("", |text| text.0.as_str())
}

#[test]
fn two_columns_are_text_and_nothing_else() {
    let left = ["Experience", "Developer, Harbour Ltd", "2019 - 2021", "Education", "BSc, Quay", "2015 - 2018"];
    let draw = |x: u32| (0..).zip(&left).map(|(at, words)| line(x, 700 - 20 * at, words)).collect::<String>();
    let one = pdf(&format!("BT /F 11 Tf {} ET", draw(50)), &[], "");
    let (dossier, reasons) = read("cv.pdf", &one).expect("read");
    assert_eq!((dossier.employment.len(), dossier.education.len(), reasons.len()), (1, 1, 0));
    let two = pdf(&format!("BT /F 11 Tf {}{} ET", draw(50), draw(320)), &[], "");
    let (dossier, _) = read("cv.pdf", &two).expect("read");
    assert_eq!((dossier.employment.len(), dossier.education.len()), (0, 0));
    assert!(text(&dossier).contains("Harbour Ltd"));
}

#[test]
fn what_nobody_sees_is_kept_apart() {
    let content =
        |hidden: &str| format!("0.2 g 40 40 100 100 re f BT /F 11 Tf 0 g {} {hidden} ET", line(50, 700, "seen"));
    for (what, hidden) in [
        ("white", format!("1 g {}", line(50, 600, "words"))),
        ("not drawn", format!("3 Tr {}", line(50, 600, "words"))),
        ("tiny", format!("/F 1 Tf {}", line(50, 600, "words"))),
        ("off the page", line(900, 600, "words")),
    ] {
        let (dossier, _) = read("cv.pdf", &pdf(&content(&hidden), &[], "")).expect("read");
        assert_eq!(text(&dossier), "seen", "{what}");
        let hidden = dossier.documents[0].hidden_text.as_ref().map(|text| text.0.as_str());
        assert_eq!(hidden, Some("words"), "{what}");
    }
    let on_dark = format!("1 g {}", line(50, 60, "words"));
    let (dossier, _) = read("cv.pdf", &pdf(&content(&on_dark), &[], "")).expect("read");
    assert!(text(&dossier).contains("words") && dossier.documents[0].hidden_text.is_none());
}

#[test]
fn documents_that_cannot_be_read_are_kept_and_named() {
    let locked = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <0101010101010101010101010101010101010101010101010101010101010101> /U <0202020202020202020202020202020202020202020202020202020202020202> >> /ID [<00> <00>]";
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream".to_owned();
    let old = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("cv.pdf", pdf("BT /F 11 Tf (x) Tj ET", &[], locked), "without a password"),
        ("cv.pdf", pdf("q 600 0 0 800 0 0 cm /X Do Q", &[picture], ""), "OCR"),
        ("cv.pdf", b"%PDF-1.4\nnothing of the kind".to_vec(), "damaged or cut short"),
        ("cv.pdf", Vec::new(), "empty"),
        ("cv.doc", old("WordDocument"), "Word 97 to 2003"),
        ("cv.docx", old("EncryptedPackage"), "without a password"),
        ("cv.rtf", b"{\\rtf1 Hello}".to_vec(), "Rich Text"),
        ("cv.docx", b"\0\x01 not what it says".to_vec(), "damaged"),
    ];
    for (name, bytes, expected) in cases {
        let (dossier, reasons) = read(name, &bytes).unwrap_or_else(|error| panic!("{name} {expected}: {error}"));
        assert!(reasons.len() == 1 && reasons[0].contains(expected), "{name}: {reasons:?}");
        let [document] = &dossier.documents[..] else { panic!("{dossier:?}") };
        assert_eq!(
            (document.name.as_deref(), document.kind, dossier.role),
            (Some(name), DocumentKind::Resume, Role::Candidate)
        );
        assert!(document.sha256.is_some() && document.text.is_none());
        assert!(reasons[0].ends_with(&dossier.id));
    }
}

#[test]
fn forms_that_draw_forms_end_at_the_limit_of_work() {
    let forms: Vec<String> = (6..26)
        .map(|number| {
            let draws = "/X Do ".repeat(10);
            format!(
                "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {} 0 R >> >> /Length {} >>\nstream\n{draws}\nendstream",
                number + 1,
                draws.len()
            )
        })
        .collect();
    let (dossier, reasons) = read("cv.pdf", &pdf("/X Do", &forms, "")).expect("read");
    assert!(reasons[0].contains("takes more work"), "{reasons:?}");
    assert!(dossier.documents[0].sha256.is_some());
}

#[test]
fn plain_text_is_read_where_it_is_named_and_has_a_resumes_headings() {
    let resume = "Ana Ejemplo\nana.ejemplo@mail.example\n\nExperience\nDeveloper, Harbour Ltd, 2019 – present\n";
    let (dossier, reasons) = read("notes.txt", resume.as_bytes()).expect("read");
    assert_eq!((dossier.subject.shown_name(), dossier.employment.len()), (Some("Ana Ejemplo"), 1));
    assert!(reasons.is_empty());
    assert!(read("notes.txt", b"Buy bread\nand milk\n").expect_err("refused").contains("no format"));
    let latin = "Lebenslauf\nBerufserfahrung\n03/2019 – heute  Bäcker, Beispiel GmbH\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(latin);
    assert!(text(&read("cv.md", &bytes).expect("read").0).contains("Bäcker"));
}

#[test]
fn a_damaged_sample_is_never_lost_in_silence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/resume-documents");
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("read");
        for at in (0..bytes.len()).step_by(bytes.len() / 120) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            for damaged in [flipped.as_slice(), &bytes[..at]] {
                // A dossier of the document, or a refusal of the input: `read` asserts the one, the other is an error.
                if let Ok((dossier, reasons)) = read(&name, damaged) {
                    assert!(dossier.documents[0].text.is_some() || !reasons.is_empty(), "{name} at {at}");
                }
            }
        }
    }
}
