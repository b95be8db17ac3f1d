//! What reading makes of every input format.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

use falseface::ingest::{ADAPTERS, ColumnMap, Input, Item, ReadOptions, open};
use std::fs;
use std::path::Path;

/// Everything that a file yields, one line an item.
fn outcome(path: &Path, options: &ReadOptions) -> Vec<String> {
    let reader = open(&[Input::Path(path.to_owned())], options).expect("recognised");
    let folder = path.parent().expect("a folder").to_string_lossy().into_owned();
    reader
        .map(|item| match item {
            Item::Record(record) => match record.read() {
                Ok(read) if read.unknown_fields.is_empty() => format!("{} = {}", read.source, read.dossier.id),
                Ok(read) => format!("{} = {} + {}", read.source, read.dossier.id, read.unknown_fields.join(" ")),
                Err(rejected) => format!("{} ! {}", rejected.source, rejected.reason),
            },
            Item::Rejected(rejected) => format!("{} ! {}", rejected.source, rejected.reason),
            Item::Skipped(skipped) => format!("{} - {}", skipped.source, skipped.reason),
        })
        .map(|line| line.replace(&folder, "."))
        .collect()
}

fn outcome_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    outcome(&path, &ReadOptions::default())
}

fn dossier(id: &str) -> String {
    format!(r#"{{"schema":"falseface.dossier/1","id":"{id}"}}"#)
}

#[test]
fn json_lines_with_mark_blank_lines_and_carriage_returns() {
    let text = format!("\u{feff}{}\r\n\r\n{}\r\n{}", dossier("a"), dossier("b"), dossier("c"));
    assert_eq!(outcome_of("x.jsonl", text.as_bytes()), ["./x.jsonl:1 = a", "./x.jsonl:3 = b", "./x.jsonl:4 = c"]);
}

#[test]
fn a_broken_line_costs_one_line() {
    let text = format!("{}\n{{\"schema\": nonsense\n{}\n", dossier("a"), dossier("b"));
    let outcome = outcome_of("x.jsonl", text.as_bytes());
    assert_eq!(outcome[0], "./x.jsonl:1 = a");
    assert!(outcome[1].starts_with("./x.jsonl:2 ! expected"), "{outcome:?}");
    assert_eq!(outcome[2], "./x.jsonl:3 = b");
}

#[test]
fn an_object_an_array_and_objects_in_a_row() {
    let pretty = "{\n  \"schema\": \"falseface.dossier/1\",\n  \"id\": \"a\"\n}\n";
    assert_eq!(outcome_of("x.json", pretty.as_bytes()), ["./x.json = a"]);
    assert_eq!(outcome_of("x.json", pretty.repeat(2).as_bytes()), ["./x.json = a", "./x.json#/1 = a"]);
    assert_eq!(outcome_of("x.jsonld", pretty.as_bytes()), ["./x.jsonld = a"]);
    let array = format!("[{},\n {}]\n", dossier("a"), dossier("b"));
    assert_eq!(outcome_of("x.json", array.as_bytes()), ["./x.json#/0 = a", "./x.json#/1 = b"]);
    let empty = "./x.json - there is no record in it (if there should be, export it again)";
    assert_eq!(outcome_of("x.json", b"[]"), [empty]);
}

#[test]
fn a_broken_element_ends_its_file_with_the_offset() {
    let array = format!("[{}, {{\"id\": nul}}, {}]", dossier("a"), dossier("b"));
    assert_eq!(
        outcome_of("x.json", array.as_bytes()),
        ["./x.json#/0 = a", "./x.json#/1@54 ! expected ident; rest unread"]
    );
}

#[test]
fn a_wrong_type_is_rejected_with_place_expected_and_found() {
    let text = r#"{"schema":"falseface.dossier/1","id":"a","messages":[{"text":5}]}"#;
    assert_eq!(
        outcome_of("x.jsonl", text.as_bytes()),
        ["./x.jsonl:1#/messages/0/text ! expected a string, found integer `5`"]
    );
    let text = r#"{"schema":"falseface.dossier/1","id":"a","role":"king"}"#;
    assert!(outcome_of("x.jsonl", text.as_bytes())[0].starts_with("./x.jsonl:1#/role ! expected one of"));
}

#[test]
fn unknown_keys_are_reported_by_pointer_except_under_extra() {
    let text =
        r#"{"schema":"falseface.dossier/1","id":"a","mood":1,"extra":{"x":{"y":1}},"messages":[{"a/b":1},{"a/b":2}]}"#;
    assert_eq!(outcome_of("x.jsonl", text.as_bytes()), ["./x.jsonl:1 = a + /messages/*/a~1b /mood"]);
}

#[test]
fn another_schema_is_rejected_even_where_its_types_differ() {
    let outcome = outcome_of("x.jsonl", b"{\"id\":\"a\"}\n{\"schema\":\"falseface.dossier/2\",\"id\":7}\n[1]\n");
    assert!(outcome[0].contains("`schema` is missing"), "{outcome:?}");
    assert!(outcome[1].contains("found \"falseface.dossier/2\""), "{outcome:?}");
    assert!(outcome[2].contains("expected a JSON object"), "{outcome:?}");
}

#[test]
fn a_table_of_adverts_is_one_dossier_a_row() {
    let table = "Notes\nJob_ID;Title;Company;Description;Salary range;Mood;Fraudulent\n\
        7;Baker;Harvest;<p>Bread<br>and rolls.</p>;30k-35k;good;f\n\
        8;Baker;Harvest\n\
        ;;;;;;\n\
        9;;;;12 an hour;;t\n\
        7;Baker;Harvest;<p>Bread<br>and rolls.</p>;30k-35k;good;f\n";
    let lines = outcome_of("ads.csv", table.as_bytes());
    let [first, cells, empty, again] = &lines[..] else { panic!("{lines:?}") };
    assert!(first.starts_with("./ads.csv:3 = job-adverts-") && first.ends_with(" + Mood"), "{first}");
    assert_eq!(cells, "./ads.csv:4 ! the row has 3 cells, the header 7");
    assert_eq!(empty, "./ads.csv:6 ! the row has neither a title nor a text (fill in one of them)");
    let id = first.trim_end_matches(" + Mood").rsplit(' ').next().expect("an id");
    assert_eq!(*again, format!("./ads.csv:7 = {id}-2"));
}

#[test]
fn job_adverts() {
    insta::assert_snapshot!(converted("job-adverts", &ReadOptions::default()));
}

#[test]
fn a_table_of_candidates_is_one_dossier_a_row() {
    let table = "\u{feff}Export of today\n\n\"Name\";E-Mail;Tel;Gender;Mood;;Title;Title\n\
        Ana Example;a@x.example;+44 20 7946 0001;f;good;;Baker;Cook\n\
        Ben Example;b@x.example\n\
        ;;;m;;;;\n\
        Ana Example;a@x.example;+44 20 7946 0001;f;;x;Baker;\n";
    let lines = outcome_of("people.csv", table.as_bytes());
    let [first, cells, empty, again] = &lines[..] else { panic!("{lines:?}") };
    assert!(first.starts_with("./people.csv:4 = candidate-table-") && first.ends_with(" + Mood Title"), "{first}");
    assert_eq!(cells, "./people.csv:5 ! the row has 2 cells, the header 8");
    assert_eq!(
        empty,
        "./people.csv:6 ! the row has neither a name nor a mail address nor a profile (fill in one of them)"
    );
    let id = first.trim_end_matches(" + Mood Title").rsplit(' ').next().expect("an id");
    assert_eq!(*again, format!("./people.csv:7 = {id}-2 + column 6"));
}

#[test]
fn a_log_of_sign_ins_is_one_dossier_a_login_and_loses_nothing_in_silence() {
    let log = "Sign-ins of September\n\nTimestamp;User;Source IP;ASN;Mood;actor.type\n\
        14/09/2026 08:00;ana@x.example;203.0.113.5;64500;good;User\n\
        03/09/2026 08:00;BEN;10.0.0.1;64500;;User\n\
        03/09/2026 09:00;ANA@x.example;203.0.113.5;64500;;User\n\
        03/09/2026 09:00;;203.0.113.5;64500;;User\n\
        03/09/2026 09:00;job-7;203.0.113.5;64500;;SystemPrincipal\n\
        soon;ben;203.0.113.5;64500;;User\n\
        03/09/2026;ben\n";
    let lines = outcome_of("log.csv", log.as_bytes());
    let [nobody, time, cells, service, ana, ben] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(nobody, "./log.csv:7 ! the row names nobody (expected a login, a mail address or an id)");
    assert!(time.starts_with("./log.csv:9 ! expected a time such as") && time.contains("found \"soon\""), "{time}");
    assert_eq!(cells, "./log.csv:10 ! the row has 2 cells, the header 6");
    assert_eq!(service, "./log.csv:8 - 1 rows of services, which are nobody's sign-ins");
    assert!(ana.starts_with("./log.csv:4 = sign-ins-") && ana.ends_with(" + Mood"), "{ana}");
    assert!(ben.starts_with("./log.csv:5 = sign-ins-"), "{ben}");
}

#[test]
fn times_of_a_log_that_may_be_two_are_told_once() {
    let log =
        "Login time,Email,IP\n03/04/2026 08:00,a@x.example,203.0.113.5\n05/04/2026 08:00,a@x.example,203.0.113.6\n";
    let lines = outcome_of("log.csv", log.as_bytes());
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(
        outcome_of("none.csv", b"Login time,Email,IP\n"),
        ["./none.csv - a log of sign-ins without any (export more days)"]
    );
    assert!(lines[0].starts_with("./log.csv:2 ! day and month of 2 times cannot be told apart"), "{lines:?}");
}

#[test]
fn neither_forms_nor_adverts_nor_linkedins_logins_are_logs() {
    for (name, text, expected) in [
        (
            "form.csv",
            "Timestamp,Full name,Email,IP,User agent,Cover letter\n,Ana Example,a@x.example,203.0.113.5,x,Hello\n",
            "candidate-table-",
        ),
        ("list.csv", "Date,Email,IP,Skills\n,a@x.example,203.0.113.5,Go\n", "candidate-table-"),
        ("ads.csv", "Title,Description,Salary,Location,Date\nBaker,Bread,12,Denver,2026-01-02\n", "job-adverts-"),
        ("log.csv", "Time,Email,IP,User agent\n2026-01-02T03:04:05Z,a@x.example,203.0.113.5,x\n", "sign-ins-"),
    ] {
        let lines = outcome_of(name, text.as_bytes());
        assert!(lines.len() == 1 && lines[0].contains(expected), "{name}: {lines:?}");
    }
    // It belongs to an archive and says nothing by itself.
    let logins = "Login Date,IP Address,User Agent,Login Type\nMon Mar 11 05:12:33 UTC 2024,203.0.113.5,x,WEB\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Logins.csv");
    fs::write(&path, logins).expect("written");
    open(&[Input::Path(path)], &ReadOptions::default()).expect_err("is no log of somebody");
}

#[test]
fn a_table_whose_columns_nobody_knows_is_refused_with_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    fs::write(&path, "Wer;Kontaktweg\nAna Example;a@x.example\n").expect("written");
    let error = open(&[Input::Path(path.clone())], &ReadOptions::default()).expect_err("refused").to_string();
    assert!(error.contains("its columns are \"Wer\", \"Kontaktweg\" (say what they are with --map FILE"), "{error}");
    let mapped = |text: &str| ReadOptions {
        input_format: Some("candidate-table".to_owned()),
        map: Some(std::sync::Arc::new(ColumnMap::parse("map.toml", text).expect("a map"))),
        ..ReadOptions::default()
    };
    let lines = outcome(&path, &mapped("[columns]\n\"Wer\" = \"name\"\n\"kontaktweg\" = \"email\"\n"));
    assert!(lines.len() == 1 && lines[0].starts_with("./people.csv:2 = candidate-table-"), "{lines:?}");
    let lines = outcome(&path, &mapped("[columns]\n\"Wer\" = \"name\"\n\"Kontaktwge\" = \"email\"\n"));
    assert_eq!(
        lines,
        [
            "./people.csv ! the map names a column \"Kontaktwge\" that the table does not have (did you mean \"Kontaktweg\"? its columns are \"Wer\", \"Kontaktweg\")"
        ]
    );
}

#[test]
fn candidate_table() {
    insta::assert_snapshot!(converted("candidate-table/bewerber.csv", &ReadOptions::default()));
}

#[cfg(feature = "spreadsheets")]
#[test]
fn candidate_table_of_a_workbook() {
    insta::assert_snapshot!(converted("candidate-table/applicants.xlsx", &ReadOptions::default()));
}

#[test]
fn old_and_encrypted_workbooks_are_named_as_such() {
    let compound = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert!(outcome_of("a.xls", &compound("Workbook"))[0].contains("Excel 97 to 2003"));
    assert!(outcome_of("a.xlsx", &compound("EncryptedPackage"))[0].contains("remove the password"));
}

fn sample(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(path)
}

/// Everything that a sample yields, as canonical JSON.
fn converted(path: &str, options: &ReadOptions) -> String {
    use std::fmt::Write as _;
    let root = format!("{}/", sample("").to_string_lossy().trim_end_matches('/'));
    let mut text = String::new();
    for item in open(&[Input::Path(sample(path))], options).expect("recognised") {
        match item {
            Item::Record(record) => {
                let read = record.read().expect("adapters make valid records");
                let json = serde_json::to_string_pretty(&read.dossier).expect("serialised");
                let unknown = read.unknown_fields.join(" ");
                writeln!(text, "record at {} {unknown}\n{json}", read.source).expect("written");
                let again: falseface::dossier::Dossier = serde_json::from_str(&json).expect("canonical");
                assert_eq!(again, read.dossier);
            }
            Item::Rejected(rejected) => {
                writeln!(text, "rejected {}: {}", rejected.source, rejected.reason).expect("written");
            }
            Item::Skipped(skipped) => {
                writeln!(text, "skipped {}: {}", skipped.source, skipped.reason).expect("written");
            }
        }
    }
    text.replace(&root, "")
}

#[test]
fn linkedin_archive_2018() {
    insta::assert_snapshot!(converted("linkedin-archive-2018", &ReadOptions::default()));
}

#[test]
fn linkedin_archive_2024() {
    insta::assert_snapshot!(converted("linkedin-archive-2024", &ReadOptions::default()));
}

#[test]
fn linkedin_archive_2026() {
    let zip = "linkedin-archive-2026/Basic_LinkedInDataExport_09-30-2026.zip.zip";
    insta::assert_snapshot!(converted(zip, &ReadOptions::default()));
}

#[test]
fn linkedin_archive_owner() {
    let options = ReadOptions { include_owner: true, ..ReadOptions::default() };
    let owner = |path, id: &str| {
        let text = converted(path, &options);
        let from = text.split("record at ").find(|record| record.contains(id)).expect("the exporter");
        from.split("\nskipped").next().unwrap_or(from).to_owned()
    };
    let all = [
        owner("linkedin-archive-2018", "\"Pat Sample\",\n        \"kind\": \"display\""),
        owner("linkedin-archive-2024", "\"Alex Specimen\",\n        \"kind\": \"display\""),
        owner(
            "linkedin-archive-2026/Basic_LinkedInDataExport_09-30-2026.zip.zip",
            "\"Kim Dummy\",\n        \"kind\": \"display\"",
        ),
    ];
    insta::assert_snapshot!(all.join("\n"));
    // What was dropped is counted by name, and its values are nowhere.
    for value in ["Mar 4, 1990", "Mar 9", "00000", "Sample Street", "1985"] {
        assert!(!all.iter().any(|text| text.contains(value)), "{value}");
    }
}

/// Rows that another reader of CSV finds in the messages of a sample.
fn rows_of(path: &str) -> usize {
    let bytes = if path.ends_with(".zip.zip") {
        let mut archive = zip::ZipArchive::new(fs::File::open(sample(path)).expect("opened")).expect("a zip");
        let mut entry = archive.by_name("Basic_LinkedInDataExport_09-30-2026/messages.csv").expect("an entry");
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).expect("read");
        bytes
    } else {
        fs::read(sample(path)).expect("read")
    };
    csv::ReaderBuilder::new().from_reader(bytes.as_slice()).records().count()
}

#[test]
fn every_message_row_is_accounted_for() {
    let zip = "linkedin-archive-2026/Basic_LinkedInDataExport_09-30-2026.zip.zip";
    let folder = "linkedin-archive-2024/Complete_LinkedInDataExport_03-20-2024.zip";
    for (path, file) in [
        ("linkedin-archive-2018", "linkedin-archive-2018/Messages.csv"),
        (folder, &*format!("{folder}/messages.csv")),
        (zip, zip),
        ("linkedin-archive-2026/loose", "linkedin-archive-2026/loose/messages.csv"),
    ] {
        let mut rows = std::collections::BTreeSet::new();
        let mut left_out = 0;
        for item in open(&[Input::Path(sample(path))], &ReadOptions::default()).expect("recognised") {
            match item {
                Item::Record(record) => {
                    for message in record.read().expect("valid").dossier.messages {
                        if message.source.as_deref().is_some_and(|source| source.eq_ignore_ascii_case("messages.csv")) {
                            // A message to a group stands in the dossier of each of its members.
                            rows.insert(
                                serde_json::to_string(&(message.at, message.sender.name, message.text)).expect("text"),
                            );
                        }
                    }
                }
                Item::Rejected(rejected) => panic!("{}", rejected.reason),
                Item::Skipped(skipped) => {
                    if let Some((_, count)) = skipped.reason.split_once("never sent: ") {
                        left_out += count.parse::<usize>().expect("a number");
                    }
                }
            }
        }
        assert_eq!(rows.len() + left_out, rows_of(file), "{path}");
    }
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let read = |paths: &[&str]| -> Vec<String> {
        let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(sample(path))).collect();
        let mut reader = open(&inputs, &ReadOptions::default()).expect("recognised");
        let mut lines: Vec<String> = reader
            .by_ref()
            .filter_map(|item| if let Item::Record(record) = item { Some(record.source().to_string()) } else { None })
            .collect();
        lines.extend(reader.digests().iter().map(|digest| format!("{} {}", digest.source, digest.sha256)));
        lines
    };
    let first = read(&["linkedin-archive-2018", "linkedin-archive-2026", "linkedin-archive-2024"]);
    let second =
        read(&["linkedin-archive-2026", "linkedin-archive-2024", "linkedin-archive-2018", "linkedin-archive-2018"]);
    assert_eq!(first, second);
}

#[test]
fn a_folder_is_walked_and_an_archive_in_it_is_one_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    let messages = |name: &str| {
        format!(
            "From,To,Date,Subject,Content,Direction,Folder\n{name},Pat Sample,\"4/2/18, 9:14 AM\",,Hi,INCOMING,INBOX\n"
        )
    };
    put("b/x.jsonl", dossier("b").as_bytes());
    put("a.json", dossier("a").as_bytes());
    put("package.json", b"{\"name\": \"x\"}");
    put(".DS_Store", b"x");
    put("~$letter.docx", b"x");
    put("__MACOSX/a.json", dossier("never").as_bytes());
    put("c/export/messages.csv", messages("Ana Example").as_bytes());
    put("c/export/Jobs/Saved Jobs.csv", b"Saved Date,Job Url\n");
    put("c/export/notes.jsonl", dossier("n").as_bytes());
    put("c/export/older/Messages.csv", messages("Ben Example").as_bytes());
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc", folder.path().join("link")).expect("linked");
    let root = folder.path().to_string_lossy().into_owned();
    let mut lines = Vec::new();
    for item in open(&[Input::Path(folder.path().to_owned())], &ReadOptions::default()).expect("walked") {
        lines.push(match item {
            Item::Record(record) => record.source().to_string(),
            Item::Rejected(rejected) => format!("{} ! {}", rejected.source, rejected.reason),
            Item::Skipped(skipped) => format!("{} - {}", skipped.source, skipped.reason),
        });
    }
    let lines: Vec<String> = lines.iter().map(|line| line.replace(&root, ".")).collect();
    assert_eq!(
        lines,
        [
            "./link - a link or device, which is not followed",
            "./a.json:1",
            "./package.json - not an export",
            "./b/x.jsonl:1",
            "./c/export!messages.csv:2",
            "./c/export - entries that are not needed and stay closed: 1 (Jobs/Saved Jobs.csv)",
            "./c/export/notes.jsonl:1",
            "./c/export/older!Messages.csv:2",
        ]
    );
}

#[test]
fn a_dossier_that_names_the_keys_of_another_format_stays_a_dossier() {
    for keys in [
        r#""publicIdentifier":1,"registeredAt":1"#,
        r#""email_addresses":1,"application_ids":1"#,
        r#""linkedin_num_id":1,"educations_details":1"#,
    ] {
        let text = format!(r#"{{"schema":"falseface.dossier/1","id":"a","dropped":{{{keys}}}}}"#);
        assert_eq!(outcome_of("x.jsonl", text.as_bytes()), ["./x.jsonl:1 = a"], "{keys}");
    }
}

#[test]
fn every_format_has_a_fuzz_target() {
    let manifest = fs::read_to_string("fuzz/Cargo.toml").expect("the fuzzing crate");
    let manifest: toml::Value = toml::from_str(&manifest).expect("TOML");
    let targets = manifest["bin"].as_array().expect("targets").iter().filter_map(|target| target["name"].as_str());
    let targets: Vec<&str> = targets.collect();
    let formats: Vec<&str> = ADAPTERS.iter().map(|adapter| adapter.name).collect();
    assert_eq!(targets, formats, "left fuzz/Cargo.toml, right the table of formats");
}
