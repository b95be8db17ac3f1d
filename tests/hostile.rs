//! Input that is broken or means harm: nothing panics, nothing is lost in silence, nothing grows without bound.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

use falseface::ingest::{IngestError, Input, Item, Limits, ReadOptions, open};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What reading gave.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Outcome {
    dossiers: usize,
    messages: usize,
    rejected: Vec<String>,
    skipped: Vec<String>,
    unknown: usize,
}

fn read(path: &Path, options: &ReadOptions) -> Result<Outcome, IngestError> {
    let mut outcome = Outcome::default();
    let mut messages = BTreeSet::new();
    for item in open(&[Input::Path(path.to_owned())], options)? {
        match item {
            Item::Record(record) => match record.read() {
                Ok(read) => {
                    outcome.dossiers += 1;
                    // A message to a group stands in the dossier of each of its members, and is one.
                    messages.extend(read.dossier.messages.iter().map(|message| {
                        format!("{:?} {:?} {:?} {:?}", message.at, message.sender.name, message.text, message.thread)
                    }));
                    outcome.unknown += read.unknown_fields.len();
                }
                Err(rejected) => outcome.rejected.push(rejected.reason),
            },
            Item::Rejected(rejected) => outcome.rejected.push(rejected.reason),
            Item::Skipped(skipped) => outcome.skipped.push(skipped.reason),
        }
    }
    outcome.messages = messages.len();
    Ok(outcome)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Outcome, IngestError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    read(&path, &ReadOptions::default())
}

fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["2018", "2024", "2026"].iter().map(|year| root.join(format!("linkedin-archive-{year}"))).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// Whether a loss shows: in a rejection, a skip, an unknown column, or a refusal of the whole input.
fn is_told(whole: &Outcome, outcome: &Result<Outcome, IngestError>) -> bool {
    match outcome {
        Err(_) => true,
        Ok(outcome) => {
            outcome.messages >= whole.messages
                || outcome.rejected.len() > whole.rejected.len()
                || outcome.skipped != whole.skipped
                || outcome.unknown > whole.unknown
        }
    }
}

#[test]
fn a_damaged_archive_never_loses_a_message_in_silence() {
    for sample in samples() {
        let name = sample.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&sample).expect("read");
        let Ok(whole) = read_bytes(&name, &bytes) else { continue };
        let step = (bytes.len() / 150).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            let outcome = read_bytes(&name, &flipped);
            assert!(is_told(&whole, &outcome), "{name}: bit {} of byte {at} flipped: {outcome:?}", at % 8);
        }
        // What a file lost that is cut between two rows nobody can tell; it must not panic.
        for at in (0..bytes.len()).step_by(step) {
            let _ = read_bytes(&name, &bytes[..at]);
        }
    }
}

#[test]
fn a_cut_zip_is_refused_when_named_and_rejected_when_met() {
    let sample = samples().into_iter().find(|path| path.ends_with("Basic_LinkedInDataExport_09-30-2026.zip.zip"));
    let bytes = fs::read(sample.expect("the sample")).expect("read");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.zip");
    fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    let error = read(&path, &ReadOptions::default()).expect_err("refused");
    assert!(
        matches!(&error, IngestError::Unreadable { reason, .. } if reason.contains("damaged or cut short")),
        "{error}"
    );
    let outcome = read(folder.path(), &ReadOptions::default()).expect("walked");
    assert_eq!((outcome.dossiers, outcome.rejected.len()), (0, 1), "{outcome:?}");
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

const MESSAGES: &[u8] = b"From,To,Date,Subject,Content,Direction,Folder\nAna Example,Pat Sample,\"4/2/18, 9:14 AM\",,Hello,INCOMING,INBOX\n";

#[test]
fn entry_names_are_labels_and_never_paths() {
    for name in ["../../../outside/messages.csv", "/etc/messages.csv", "C:\\x\\Messages.CSV", "caf\u{e9}/messages.csv"]
    {
        let outcome = read_bytes("export.zip", &zip_of(&[(name, MESSAGES)])).expect("read");
        assert_eq!((outcome.dossiers, outcome.messages), (1, 1), "{name}: {outcome:?}");
    }
}

#[test]
fn a_zip_in_a_zip_is_unwrapped_once() {
    let inner = zip_of(&[("messages.csv", MESSAGES)]);
    let once = zip_of(&[("export.zip", &inner)]);
    assert_eq!(read_bytes("export.zip.zip", &once).expect("read").messages, 1);
    let twice = zip_of(&[("export.zip", &once)]);
    assert!(matches!(read_bytes("export.zip", &twice), Err(IngestError::NotRecognised { .. })));
}

#[test]
fn an_encrypted_archive_is_named_as_such() {
    let mut bytes = zip_of(&[("messages.csv", MESSAGES)]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = memchr::memmem::find(&bytes, signature).expect("a header");
        bytes[at + flags] |= 1;
    }
    let outcome = read_bytes("export.zip", &bytes).expect("listed");
    assert!(outcome.rejected.iter().any(|reason| reason.contains("encrypted")), "{outcome:?}");
}

#[test]
fn bombs_stop_at_the_limits() {
    let zeros = vec![b'a'; 3 << 20];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.zip");
    fs::write(&path, zip_of(&[("messages.csv", &zeros)])).expect("written");
    let limits = Limits { max_entry_bytes: 1 << 20, ..Limits::default() };
    let outcome = read(&path, &ReadOptions { limits, ..ReadOptions::default() }).expect("listed");
    assert!(outcome.rejected[0].contains("more than the 1048576 bytes"), "{outcome:?}");
    let limits = Limits { max_entries: 0, ..Limits::default() };
    assert!(read(&path, &ReadOptions { limits, ..ReadOptions::default() }).is_err());

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"{\"schema\":\"falseface.dossier/1\",\"id\":\"a\"}\n").expect("packed");
    for _ in 0..80 {
        packed.write_all(&vec![b' '; 1 << 20]).expect("packed");
    }
    let outcome = read_bytes("x.jsonl.gz", &packed.finish().expect("packed")).expect("recognised");
    assert_eq!(outcome.dossiers, 1);
    assert!(outcome.rejected[0].contains("unpacks to more than the limits allow"), "{outcome:?}");
}

/// The workbook of the samples with one part replaced.
#[cfg(feature = "spreadsheets")]
fn workbook_with(part: &str, text: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/candidate-table/applicants.xlsx");
    let mut archive = zip::ZipArchive::new(fs::File::open(path).expect("opened")).expect("a zip");
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("read");
        parts.push((name, bytes));
    }
    parts.retain(|(name, _)| name != part);
    parts.push((part.to_owned(), text.to_vec()));
    zip_of(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

#[cfg(feature = "spreadsheets")]
#[test]
fn a_workbook_that_means_harm_takes_no_more_than_the_limits() {
    let sheet = |cells: &str| format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").into_bytes();
    let texts = b"<sst uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>";
    let outcome = read_bytes("a.xlsx", &workbook_with("xl/sharedStrings.xml", texts)).expect("listed");
    assert!(outcome.rejected[0].contains("says that it has 99999999999999 texts"), "{outcome:?}");
    let far = sheet("<row r=\"1\"><c r=\"ZZZZZ1\"><v>1</v></c></row>");
    let outcome = read_bytes("a.xlsx", &workbook_with("xl/worksheets/sheet2.xml", &far)).expect("listed");
    assert!(outcome.rejected[0].contains("beyond the 16384 columns"), "{outcome:?}");
    // Two cells at the corners of a sheet make no table of that size.
    let corners = sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Email</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    let outcome = read_bytes("a.xlsx", &workbook_with("xl/worksheets/sheet2.xml", &corners)).expect("listed");
    assert_eq!(outcome.rejected.len(), 1, "{outcome:?}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.xlsx");
    fs::write(&path, workbook_with("xl/worksheets/sheet2.xml", &vec![b' '; 3 << 20])).expect("written");
    let limits = Limits { max_entry_bytes: 1 << 20, ..Limits::default() };
    let outcome = read(&path, &ReadOptions { limits, ..ReadOptions::default() }).expect("listed");
    assert!(outcome.rejected[0].contains("more than the"), "{outcome:?}");
}

#[test]
fn damaged_tables_of_candidates_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/candidate-table");
    for (name, people) in [("bewerber.csv", 4), ("applicants.xlsx", 2)] {
        let bytes = fs::read(folder.join(name)).expect("read");
        for at in (0..bytes.len()).step_by((bytes.len() / 300).max(1)) {
            let _ = read_bytes(name, &bytes[..at]);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            if let Ok(outcome) = read_bytes(name, &flipped) {
                let told = outcome.dossiers + outcome.rejected.len() + outcome.skipped.len();
                assert!(told >= people.min(1), "{name}: byte {at}: {outcome:?}");
            }
        }
    }
    let cell = "x".repeat(17 << 20);
    let outcome = read_bytes("a.csv", format!("Full name,E-Mail\n{cell},\nA\0b,c@x.example\n").as_bytes());
    let outcome = outcome.expect("recognised");
    assert_eq!(outcome.dossiers, 1);
    assert!(outcome.rejected[0].contains("--max-record-bytes"), "{outcome:?}");
}

proptest::proptest! {
    #[test]
    fn any_bytes_after_a_header_are_read_or_rejected(rest: Vec<u8>) {
        let bytes = [b"Full name,E-Mail,Phone,Applied on\n".as_slice(), &rest].concat();
        let _ = read_bytes("a.csv", &bytes);
    }
}

fn dossier(id: &str) -> String {
    format!(r#"{{"schema":"falseface.dossier/1","id":"{id}"}}"#)
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn packed_files_are_read_and_cut_ones_rejected() {
    let text: String = (0..20_000).map(|number| dossier(&format!("d{number}")) + "\n").collect();
    let members: Vec<u8> = [gzip(&text), gzip(&dossier("last"))].concat();
    assert_eq!(read_bytes("x.jsonl.gz", &members).expect("read").dossiers, 20_001);
    let zstd = zstd::encode_all(text.as_bytes(), 3).expect("packed");
    assert_eq!(read_bytes("x.jsonl.zst", &zstd).expect("read").dossiers, 20_000);
    for packed in [&members[..members.len() / 3], &zstd[..zstd.len() - 4]] {
        let outcome = read_bytes("x.jsonl", packed).expect("recognised");
        assert!(outcome.rejected.iter().any(|reason| reason.contains("damaged or cut short")), "{outcome:?}");
    }
}

#[test]
fn deep_nesting_is_rejected() {
    let nest = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for (text, depth) in [("extra\":{\"x", 200), ("mood", 200), ("mood", 100_000)] {
        let close = if text.contains('{') { "}" } else { "" };
        let record = format!("{{\"schema\":\"falseface.dossier/1\",\"id\":\"a\",\"{text}\":{}{close}}}", nest(depth));
        for (name, text) in [("x.jsonl", record.clone()), ("x.json", format!("[{record},{}]", dossier("b")))] {
            let outcome = read_bytes(name, text.as_bytes()).expect("recognised");
            assert!(outcome.rejected[0].contains("nested deeper"), "{outcome:?}");
            assert_eq!(outcome.dossiers, usize::from(name == "x.json"));
        }
    }
    let outcome = read_bytes("x.json", "[".repeat(1 << 20).as_bytes()).expect("recognised");
    assert_eq!(outcome.rejected.len(), 1);
}

#[test]
fn a_huge_line_costs_itself_only() {
    let limits = Limits { max_record_bytes: 100, ..Limits::default() };
    let long = dossier(&"x".repeat(5_000_000));
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("x.jsonl", format!("{long}\n{}\n{long}", dossier("b"))),
        ("x.json", format!("[{long},{},{long}]", dossier("b"))),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        let outcome = read(&path, &ReadOptions { limits, ..ReadOptions::default() }).expect("recognised");
        assert_eq!((outcome.dossiers, outcome.rejected.len()), (1, 2), "{outcome:?}");
        assert!(outcome.rejected[0].contains("--max-record-bytes"));
    }
}

#[test]
fn what_is_not_utf_8_is_rejected_and_the_rest_read() {
    let mut text = dossier("a").into_bytes();
    text.extend(b"\n{\"schema\":\"falseface.dossier/1\",\"id\":\"\xff\"}\n{\"mood\":\"\xff\"}\n");
    text.extend(dossier("b").bytes());
    let outcome = read_bytes("x.jsonl", &text).expect("recognised");
    assert_eq!(outcome.dossiers, 2);
    assert!(outcome.rejected.iter().all(|reason| reason.contains("not UTF-8")), "{outcome:?}");
}

#[test]
fn paths_that_leave_their_folder_are_rejected() {
    let text = r#"{"schema":"falseface.dossier/1","id":"a","subject":{"photos":[{"file":"../../etc/passwd"}]}}"#;
    let outcome = read_bytes("x.jsonl", text.as_bytes()).expect("recognised");
    assert!(outcome.rejected[0].contains("leaves the folder"), "{outcome:?}");
}

#[test]
fn cut_and_flipped_records_never_panic() {
    let record = format!(
        "{}\n{}\n",
        r#"{"schema":"falseface.dossier/1","id":"a","messages":[{"at":"2026-09-14T08:02:00Z","text":"né \"q\" \u00e9"}]}"#,
        dossier("b")
    );
    for name in ["x.jsonl", "x.json"] {
        for at in 0..record.len() {
            let _ = read_bytes(name, &record.as_bytes()[..at]);
            for bit in 0..8 {
                let mut flipped = record.clone().into_bytes();
                flipped[at] ^= 1 << bit;
                if let Ok(outcome) = read_bytes(name, &flipped) {
                    assert!(
                        outcome.dossiers + outcome.rejected.len() > 0,
                        "{name}: bit {bit} of byte {at}: {outcome:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn named_inputs_are_checked_before_anything_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("a.jsonl");
    fs::write(&good, dossier("a")).expect("written");
    let text = folder.path().join("b.txt");
    fs::write(&text, "Dear reader").expect("written");
    let named = |path: &Path| open(&[Input::Path(good.clone()), Input::Path(path.to_owned())], &ReadOptions::default());
    assert!(matches!(named(&folder.path().join("none")), Err(IngestError::Missing { .. })));
    assert!(matches!(named(&text), Err(IngestError::NotRecognised { .. })));
    assert!(matches!(open(&[], &ReadOptions::default()), Err(IngestError::NoInput)));
    let options = ReadOptions { input_format: Some("fax".to_owned()), ..ReadOptions::default() };
    assert!(matches!(open(&[Input::Path(good.clone())], &options), Err(IngestError::UnknownFormat { .. })));
    let outcome = read(folder.path(), &ReadOptions::default()).expect("walked");
    assert_eq!((outcome.dossiers, outcome.skipped), (1, vec!["not an export".to_owned()]));
}
