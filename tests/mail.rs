//! What reading makes of mail, whole and broken.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

use falseface::dossier::Dossier;
use falseface::ingest::{Input, Item, ReadOptions, open};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What reading gave.
#[derive(Debug, Default)]
struct Outcome {
    dossiers: Vec<Dossier>,
    rejected: Vec<String>,
    skipped: Vec<String>,
}

impl Outcome {
    fn of(path: &Path, options: &ReadOptions) -> Self {
        let mut outcome = Self::default();
        for item in open(&[Input::Path(path.to_owned())], options).expect("recognised") {
            match item {
                Item::Record(record) => {
                    outcome.dossiers.push(record.read().expect("adapters make valid records").dossier);
                }
                Item::Rejected(rejected) => outcome.rejected.push(format!("{}: {}", rejected.source, rejected.reason)),
                Item::Skipped(skipped) => outcome.skipped.push(format!("{}: {}", skipped.source, skipped.reason)),
            }
        }
        outcome
    }

    /// The dossiers by the first name they bear, with whose message each is.
    fn people(&self) -> Vec<String> {
        let who = |dossier: &Dossier| {
            let name = dossier.subject.names.first().map_or("nobody", |name| &name.value).to_owned();
            let sides =
                dossier.messages.iter().map(|message| if message.from_subject == Some(true) { '>' } else { '<' });
            let mut sides: Vec<char> = sides.collect();
            sides.sort_unstable();
            format!("{name} {}", sides.into_iter().collect::<String>())
        };
        let mut people: Vec<String> = self.dossiers.iter().map(who).collect();
        people.sort();
        people
    }
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn read(files: &[(&str, &str)]) -> Outcome {
    Outcome::of(folder_of(files).path(), &ReadOptions::default())
}

fn mail(from: &str, to: &str, more: &str, text: &str) -> String {
    format!("From: {from}\nTo: {to}\nDate: Tue, 7 Apr 2026 10:20:30 +0900\n{more}\n\n{text}\n")
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mail")
}

#[test]
fn the_sample_becomes_one_dossier_a_person() {
    let outcome = Outcome::of(&sample(), &ReadOptions::default());
    let root = format!("{}/", sample().parent().expect("a folder").to_string_lossy());
    let mut text = String::new();
    for dossier in &outcome.dossiers {
        writeln!(text, "{}", serde_json::to_string_pretty(dossier).expect("serialised")).expect("written");
    }
    for line in outcome.rejected.iter().chain(&outcome.skipped) {
        writeln!(text, "{line}").expect("written");
    }
    insta::assert_snapshot!(text.replace(&root, ""));
}

#[test]
fn whoever_wrote_to_several_folders_is_one_person_and_a_copy_counts_once() {
    let hello = mail("Ana <ana@a.example>", "jo@o.example", "Message-ID: <1@a>", "Hello");
    let answer = mail("jo@o.example", "ana@a.example", "Message-ID: <2@o>\nIn-Reply-To: <1@a>", "Yes");
    let other = mail("Bo <bo@b.example>", "jo@o.example", "Message-ID: <3@b>", "Hi");
    let mbox = format!("From - Tue Apr  7 10:20:30 2026\n{answer}\nFrom - Tue Apr  7 10:20:30 2026\n{other}");
    let outcome = read(&[
        ("inbox/1.eml", &hello),
        ("all/cur/1790.M1P1.host:2,S", &hello),
        ("all/cur/1791.M1P1.host:2,D", &other),
        ("Sent", &mbox),
        ("notes.txt", "From here on"),
    ]);
    assert_eq!(outcome.people(), ["Ana <>", "Bo >"]);
    assert!(
        outcome.skipped.iter().any(|skipped| skipped.contains("met before") && skipped.contains(": 1 (")),
        "{outcome:?}"
    );
    assert!(outcome.skipped.iter().any(|skipped| skipped.contains("drafts")), "{outcome:?}");
    assert!(outcome.rejected.is_empty(), "{outcome:?}");
    let ana = outcome.dossiers.iter().find(|dossier| dossier.messages.len() == 2).expect("Ana");
    assert_eq!(ana.messages[0].thread, ana.messages[1].thread);
}

#[test]
fn a_mail_that_takes_another_s_id_is_not_taken_for_it() {
    let first = mail("ana@a.example", "jo@o.example", "Message-ID: <1@a>", "Hello");
    let second = mail("ana@a.example", "jo@o.example", "Message-ID: <1@a>", "Pay now");
    assert_eq!(read(&[("1.eml", &first), ("2.eml", &second)]).people(), ["nobody >>"]);
}

#[test]
fn the_owner_is_asked_for_where_nothing_tells() {
    let files = [
        ("1.eml", mail("Ana <ana@a.example>", "Bo <bo@b.example>", "Message-ID: <1@a>", "Hello")),
        ("2.eml", mail("Bo <bo@b.example>", "Ana <ana@a.example>", "Message-ID: <2@b>", "Hello you")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder_of(&files);
    let outcome = Outcome::of(folder.path(), &ReadOptions::default());
    assert!(outcome.dossiers.is_empty() && outcome.rejected[0].contains("--self ADDRESS"), "{outcome:?}");
    for given in ["BO@b.example", "bo"] {
        let options = ReadOptions { owner: Some(given.to_owned()), ..ReadOptions::default() };
        assert_eq!(Outcome::of(folder.path(), &options).people(), ["Ana <>"], "{given}");
    }
    let options = ReadOptions { owner: Some("bo@b.example".to_owned()), include_owner: true, ..ReadOptions::default() };
    assert_eq!(Outcome::of(folder.path(), &options).people(), ["Ana <>", "Bo >"]);
}

#[test]
fn a_sender_does_not_become_the_owner_by_saying_so() {
    let honest = mail("Ana <ana@a.example>", "jo@o.example", "Delivered-To: jo@o.example\nMessage-ID: <1@a>", "Hello");
    let also = mail("Bo <bo@b.example>", "jo@o.example", "Delivered-To: jo@o.example\nMessage-ID: <2@b>", "Hello");
    let lure =
        mail("Eve <eve@e.example>", "jo@o.example", "Delivered-To: eve2@e.example\nMessage-ID: <3@e>", "Run this");
    let more = mail("Eve <eve2@e.example>", "jo@o.example", "Message-ID: <4@e>", "Now");
    let outcome = read(&[("1.eml", &honest), ("2.eml", &also), ("3.eml", &lure), ("4.eml", &more)]);
    assert_eq!(outcome.people(), ["Ana >", "Bo >", "Eve >", "Eve >"]);
}

#[test]
fn two_people_behind_one_relay_stay_two_and_answers_find_them() {
    let relayed = |name: &str, id: &str, more: &str| {
        mail(
            &format!("{name} <x@us.greenhouse-mail.io>"),
            "jo@o.example",
            &format!("Message-ID: <{id}>{more}\nSubject: Job {name}"),
            id,
        )
    };
    let again = mail(
        "Pia <x@us.greenhouse-mail.io>",
        "jo@o.example",
        "Subject: Re: Job Pia\nMessage-ID: <3@r>\nIn-Reply-To: <4@o>",
        "again",
    );
    let answer = mail("jo@o.example", "x@us.greenhouse-mail.io", "Message-ID: <4@o>\nIn-Reply-To: <1@r>", "answer");
    let outcome = read(&[
        ("1.eml", &relayed("Pia", "1@r", "")),
        ("2.eml", &relayed("Tom", "2@r", "")),
        ("3.eml", &again),
        ("4.eml", &answer),
        ("5.eml", &relayed("Pia", "5@r", "\nReply-To: pia@orchard.example")),
    ]);
    assert_eq!(outcome.people(), ["Pia <>>", "Pia >", "Tom >"]);
    let contacts: Vec<&str> =
        outcome.dossiers.iter().flat_map(|dossier| &dossier.contacts).map(|contact| contact.value.as_str()).collect();
    assert_eq!(contacts, ["pia@orchard.example"]);
}

#[test]
fn what_the_owner_wrote_is_not_taken_for_the_sender_s_words() {
    let quoted = mail(
        "Ana <ana@a.example>",
        "jo@o.example",
        "Message-ID: <2@a>\nIn-Reply-To: <1@o>",
        "Yes\n\n________\nVon: Jo <jo@o.example>\nGesendet: Montag, 6. April 2026 10:00\nAn: Ana\nBetreff: Geld\n\nSend money",
    );
    let outcome = read(&[("1.eml", &quoted)]);
    let [ana] = &outcome.dossiers[..] else { panic!("{outcome:?}") };
    assert!(!ana.messages[0].text.as_deref().is_some_and(|text| text.contains("money")), "{outcome:?}");
    assert_eq!(ana.dropped.get("quoted_text"), Some(&1));
    let passed = mail(
        "Ana <ana@a.example>",
        "jo@o.example",
        "Message-ID: <3@a>",
        "FYI\n\nFrom: Eve <eve@e.example>\nDate: Mon, Apr 6, 2026 at 10:00\nSubject: Offer\n\nRun this",
    );
    let outcome = read(&[("1.eml", &passed)]);
    assert!(outcome.skipped.iter().any(|skipped| skipped.contains("lost its header")), "{outcome:?}");
    assert_eq!(outcome.people(), ["Ana >"], "Eve is not made up");
}

#[test]
fn a_zip_of_mail_is_read_and_what_else_it_holds_stays_closed() {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("takeout.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).expect("made"));
    let text = mail("Ana <ana@a.example>", "jo@o.example", "Message-ID: <1@a>", "Hello");
    for (name, bytes) in
        [("Mail/All.mbox", format!("From 1@x Tue Apr  7 10:20:30 2026\n{text}")), ("a.html", String::new())]
    {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes.as_bytes()).expect("written");
    }
    writer.finish().expect("finished");
    let outcome = Outcome::of(&path, &ReadOptions::default());
    assert_eq!(outcome.people(), ["Ana >"]);
    assert!(outcome.skipped.iter().any(|skipped| skipped.contains("stay closed: 1")), "{outcome:?}");
}

#[test]
fn cut_and_flipped_mail_is_read_or_rejected_and_never_panics() {
    let bytes = fs::read(sample().join("inbox.mbox")).expect("the sample");
    let forwarded = fs::read(sample().join("forwarded.eml")).expect("the sample");
    let folder = tempfile::tempdir().expect("a folder");
    let options = ReadOptions { input_format: Some("mail".to_owned()), ..ReadOptions::default() };
    for (name, bytes) in [("inbox.mbox", bytes), ("forwarded.eml", forwarded)] {
        let path = folder.path().join(name);
        for at in (0..bytes.len()).step_by(bytes.len() / 120) {
            for damage in 0..3 {
                let mut damaged = bytes.clone();
                match damage {
                    0 => damaged.truncate(at.max(1)),
                    1 => damaged[at] ^= 1 << (at % 8),
                    _ => damaged[at] = 0,
                }
                fs::write(&path, &damaged).expect("written");
                let outcome = Outcome::of(&path, &options);
                let told = outcome.dossiers.len() + outcome.rejected.len() + outcome.skipped.len();
                assert!(told > 0, "{name}: damage {damage} at {at}");
            }
        }
    }
}
