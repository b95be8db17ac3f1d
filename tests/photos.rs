//! Portraits that records name: digested where they lie beside the record's file, and told of where they do not.

#![cfg(feature = "images")]
#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

use falseface::ingest::{Input, Item, Read, ReadOptions, open};
use image::{GrayImage, ImageFormat, Luma};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A small picture of light and dark squares.
fn picture(seed: u32) -> GrayImage {
    GrayImage::from_fn(48, 48, |x, y| {
        let square = (x / 6 + 1).wrapping_mul(y / 6 + 3).wrapping_mul(seed).wrapping_mul(2_654_435_761);
        Luma([square.to_be_bytes()[0]])
    })
}

fn record(id: &str, file: &str) -> String {
    format!(r#"{{"schema":"falseface.dossier/1","id":"{id}","subject":{{"photos":[{{"file":"{file}"}}]}}}}"#)
}

fn read(path: &Path, photos: bool) -> Vec<Result<Read, String>> {
    let options = ReadOptions { photos, ..ReadOptions::default() };
    let items = open(&[Input::Path(path.to_owned())], &options).expect("opened");
    items
        .filter_map(|item| match item {
            Item::Record(record) => Some(record.read().map_err(|rejected| rejected.reason)),
            Item::Rejected(rejected) => Some(Err(rejected.reason)),
            Item::Skipped(_) => None,
        })
        .collect()
}

/// What is said of the photo of the one record of a file.
fn said(path: &Path) -> Vec<String> {
    match read(path, true).remove(0) {
        Ok(read) => {
            let photo = &read.dossier.subject.photos[0];
            assert!(read.skipped.is_empty() || photo.sha256.is_none(), "nothing is taken from what is not read");
            read.skipped.iter().map(|skipped| format!("{}: {}", skipped.source, skipped.reason)).collect()
        }
        Err(reason) => vec![reason],
    }
}

#[test]
fn portraits_beside_a_record_are_digested_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("photos")).expect("made");
    picture(1).save(folder.path().join("photos/a.png")).expect("saved");
    // The content counts, not the name.
    picture(1).save_with_format(folder.path().join("b.png"), ImageFormat::WebP).expect("saved");
    let lines = [record("a", "photos/a.png"), record("b", "b.png"), record("c", "photos\\\\a.png")].join("\n");
    let path = folder.path().join("people.jsonl");
    fs::write(&path, &lines).expect("written");
    let packed = folder.path().join("people.jsonl.zst");
    fs::write(&packed, zstd::encode_all(lines.as_bytes(), 1).expect("packed")).expect("written");
    let array = folder.path().join("people.json");
    fs::write(&array, format!("[{}]", lines.replace('\n', ","))).expect("written");
    for path in [&path, &packed, &array] {
        let read: Vec<Read> = read(path, true).into_iter().map(|read| read.expect("read")).collect();
        assert!(read.iter().all(|read| read.skipped.is_empty()), "{read:?}");
        let photo = |at: usize| read[at].dossier.subject.photos[0].clone();
        let hash = photo(0).phash.expect("a hash");
        assert!(hash.len() == 22 && hash.starts_with("dct64:"), "{hash}");
        assert_eq!(photo(1).phash.as_deref(), Some(hash.as_str()), "one picture in two formats");
        assert_ne!(photo(1).sha256, photo(0).sha256, "two files");
        assert_eq!((photo(2).phash, photo(2).sha256), (photo(0).phash, photo(0).sha256), "one file");
    }
    let unasked = read(&path, false).remove(0).expect("read");
    assert_eq!((unasked.dossier.subject.photos[0].sha256.as_deref(), unasked.skipped.len()), (None, 0));
}

/// The header of a PNG that says how large it is, and nothing after it.
fn header(side: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend([side.to_be_bytes(), side.to_be_bytes()].concat());
    chunk.extend([8, 6, 0, 0, 0]);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    [b"\x89PNG\r\n\x1a\n".as_slice(), &13_u32.to_be_bytes(), &chunk, &crc.sum().to_be_bytes()].concat()
}

#[test]
fn what_is_no_portrait_is_told_of_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    picture(2).save(here.join("whole.png")).expect("saved");
    let whole = fs::read(here.join("whole.png")).expect("read");
    fs::write(here.join("cut.png"), &whole[..whole.len() / 2]).expect("written");
    fs::write(here.join("empty.png"), "").expect("written");
    fs::write(here.join("text.png"), "root:x:0:0").expect("written");
    fs::write(here.join("bomb.png"), header(60_000)).expect("written");
    fs::create_dir(here.join("folder.png")).expect("made");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", here.join("link.png")).expect("linked");
    let path = here.join("people.jsonl");
    for (file, expected) in [
        ("../whole.png", "the path leaves the folder"),
        ("/etc/passwd", "the path is absolute"),
        ("away.png", "there is no \"away.png\""),
        ("folder.png", "\"folder.png\" is a folder"),
        ("empty.png", "it is empty"),
        ("text.png", "expected a JPEG, PNG or WebP picture, found something else"),
        ("cut.png", "the picture is damaged or cut short"),
        ("bomb.png", "the picture is larger than 10000 × 10000 pixels"),
        #[cfg(unix)]
        ("link.png", "\"link.png\" is a link, and links are not followed"),
    ] {
        fs::write(&path, record("a", file)).expect("written");
        let said = said(&path);
        assert!(matches!(said.as_slice(), [said] if said.contains(expected)), "{file}: {said:?}");
    }
    fs::write(&path, record("a", "cut.png")).expect("written");
    let place = format!("{}:1#/subject/photos/0/file: could not use the photo \"cut.png\": ", path.display());
    assert!(said(&path)[0].starts_with(&place), "{:?}", said(&path));
}

fn falseface(arguments: &[&str], folder: &Path, input: &str) -> (String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_falseface"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ended");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn one_portrait_under_two_names_shows_in_clusters() {
    let folder = tempfile::tempdir().expect("a folder");
    picture(3).save(folder.path().join("a.png")).expect("saved");
    picture(3).save(folder.path().join("b.webp")).expect("saved");
    let lines = [record("a", "a.png"), record("b", "b.webp"), record("c", "c.png")].join("\n");
    fs::write(folder.path().join("people.jsonl"), &lines).expect("written");
    let (shown, told) = falseface(&["clusters", "people.jsonl"], folder.path(), "");
    assert!(shown.contains("photo hash (+25.0): a, b share dct64:"), "{shown}");
    let note = "skipped people.jsonl:3#/subject/photos/0/file: could not use the photo \"c.png\": there is no \"c.png\" \
                (a path starts in the folder of the record's own file)\n";
    assert_eq!(told, note, "once, although the file is read twice");
    let (converted, told) = falseface(&["convert", "people.jsonl"], folder.path(), "");
    assert_eq!((converted.matches("\"phash\":\"dct64:").count(), told.as_str()), (2, note));
    // What was converted needs its files no more.
    let (shown, told) = falseface(&["clusters", "-"], folder.path(), &converted);
    assert!(shown.contains("photo hash (+25.0): a, b share dct64:"), "{shown}");
    assert!(told.starts_with("skipped -:3#/subject/photos/0/file: ") && told.lines().count() == 1, "{told}");
}

#[test]
fn what_lies_in_no_folder_is_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    picture(4).save(folder.path().join("a.png")).expect("saved");
    for command in ["convert", "clusters"] {
        let (_, told) = falseface(&[command, "-"], folder.path(), &record("a", "a.png"));
        assert_eq!(
            told,
            "skipped -:1#/subject/photos/0/file: could not use the photo \"a.png\": its record lies in no folder \
             (unpack the archive, or name the record's file instead of sending it by a pipe)\n",
            "{command}"
        );
    }
}

#[test]
fn pictures_of_a_walked_folder_are_told_from_what_is_no_export() {
    let folder = tempfile::tempdir().expect("a folder");
    picture(1).save(folder.path().join("a.png")).expect("saved");
    picture(2).save_with_format(folder.path().join("b.bin"), ImageFormat::WebP).expect("saved");
    fs::write(folder.path().join("notes.txt"), "call back").expect("written");
    fs::write(folder.path().join("people.jsonl"), record("a", "a.png")).expect("written");
    let items = open(&[Input::Path(folder.path().to_owned())], &ReadOptions::default()).expect("opened");
    let reasons = items.filter_map(|item| if let Item::Skipped(skipped) = item { Some(skipped.reason) } else { None });
    let picture = "a picture, read only where a record of this folder names it as a portrait";
    assert_eq!(reasons.collect::<Vec<_>>(), [picture, picture, "not an export"]);
}
