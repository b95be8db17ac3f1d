//! What reading makes of chats: who the owner is, whose each message is, and what is told of the rest.

#![expect(clippy::disallowed_methods, reason = "the test writes what it reads")]

use falseface::dossier::Dossier;
use falseface::ingest::{Input, Item, ReadOptions, open};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Dossiers, and what was rejected or skipped.
#[derive(Debug, Default)]
struct Outcome {
    dossiers: Vec<Dossier>,
    unknown: Vec<String>,
    rejected: Vec<String>,
    skipped: Vec<String>,
}

impl Outcome {
    /// The messages of a person, with `<` before theirs and `>` before the owner's.
    fn said(&self, name: &str) -> Vec<String> {
        let dossier = self.dossiers.iter().find(|dossier| dossier.subject.shown_name() == Some(name));
        let messages = dossier.map(|dossier| dossier.messages.as_slice()).unwrap_or_default();
        let shown = |message: &falseface::dossier::Message| {
            let side = if message.from_subject == Some(true) { '<' } else { '>' };
            format!("{side} {}", message.text.as_deref().unwrap_or_default())
        };
        messages.iter().map(shown).collect()
    }
}

fn read(path: &Path, options: &ReadOptions) -> Outcome {
    let mut outcome = Outcome::default();
    for item in open(&[Input::Path(path.to_owned())], options).expect("recognised") {
        match item {
            Item::Record(record) => {
                let read = record.read().expect("a dossier");
                outcome.unknown.extend(read.unknown_fields);
                outcome.dossiers.push(read.dossier);
            }
            Item::Rejected(rejected) => outcome.rejected.push(rejected.reason),
            Item::Skipped(skipped) => outcome.skipped.push(skipped.reason),
        }
    }
    outcome
}

fn read_files(files: &[(&str, &str)], options: &ReadOptions) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    match files {
        [(name, _)] => read(&folder.path().join(name), options),
        _ => read(folder.path(), options),
    }
}

fn owned_by(name: &str) -> ReadOptions {
    ReadOptions { owner: Some(name.to_owned()), ..ReadOptions::default() }
}

fn telegram(from: u32, text: &str) -> Value {
    json!({"id": 1, "type": "message", "date": "2026-01-02T03:04:05", "date_unixtime": "1767323045",
        "from": format!("Person {from}"), "from_id": format!("user{from}"), "text": text})
}

#[test]
fn a_chat_of_two_says_who_its_other_side_is_whatever_the_order_of_its_keys() {
    let messages =
        [telegram(2, "Hello"), telegram(1, "Hi"), json!({"type": "service", "action": "phone_call"}), json!(7)];
    for keys in [["id", "type", "messages"], ["messages", "type", "id"]] {
        let value = |key: &str| match key {
            "id" => json!(2),
            "type" => json!("personal_chat"),
            _ => json!(messages),
        };
        let members: Vec<String> = keys.iter().map(|key| format!("{key:?}: {}", value(key))).collect();
        let outcome = read_files(&[("result.json", &format!("{{{}}}", members.join(",")))], &ReadOptions::default());
        assert_eq!(outcome.said("Person 2"), ["< Hello", "> Hi"], "{outcome:?}");
        assert_eq!(outcome.dossiers.len(), 1);
        assert_eq!(outcome.rejected, ["expected an object or a list of them, found a number"]);
        assert!(
            outcome.skipped[0].starts_with("service messages, which nobody wrote (`phone_call`): 1"),
            "{outcome:?}"
        );
    }
}

#[test]
fn a_group_says_nothing_of_its_owner() {
    let chat = json!({"name": "Jobs", "type": "private_group", "id": 9,
        "messages": [telegram(1, "Hi"), telegram(2, "Hello"), telegram(3, "Hey")]});
    let refused = read_files(&[("result.json", &chat.to_string())], &ReadOptions::default());
    assert!(refused.dossiers.is_empty());
    assert!(
        refused.rejected[0].contains("--self NAME; those who wrote are Person 1, Person 2, Person 3"),
        "{refused:?}"
    );
    let told = read_files(&[("result.json", &chat.to_string())], &owned_by("Person 1"));
    assert_eq!(
        (told.said("Person 2"), told.said("Person 3")),
        (vec!["> Hi".into(), "< Hello".into()], vec!["> Hi".into(), "< Hey".into()])
    );
}

#[test]
fn the_one_who_is_in_all_chats_is_the_owner_and_a_person_in_two_is_one() {
    let chat =
        |id: u32, messages: &[Value]| json!({"type": "private_group", "id": id, "messages": messages}).to_string();
    let (first, second) = (
        chat(1, &[telegram(1, "a"), telegram(2, "b"), telegram(4, "c")]),
        chat(2, &[telegram(1, "d"), telegram(3, "e")]),
    );
    let outcome = read_files(&[("x/result.json", &first), ("y/result.json", &second)], &ReadOptions::default());
    assert_eq!(outcome.dossiers.len(), 3, "{outcome:?}");
    assert_eq!(outcome.said("Person 3"), ["> d", "< e"]);
}

#[test]
fn what_came_before_damage_is_read_and_the_rest_is_told() {
    let messages = json!([telegram(2, "Hello"), telegram(1, "Hi")]);
    let chat = format!(r#"{{"type": "personal_chat", "id": 2, "messages": {messages}}}"#);
    let cut = &chat[..chat.rfind("Hi").expect("there")];
    let outcome = read_files(&[("result.json", cut)], &ReadOptions::default());
    assert_eq!(outcome.said("Person 2"), ["< Hello"]);
    assert!(outcome.rejected[0].ends_with("; rest unread"), "{outcome:?}");
}

#[test]
fn fields_that_nobody_knows_are_told() {
    let mut message = telegram(2, "Hello");
    message["mood"] = json!("good");
    let chat = json!({"type": "personal_chat", "id": 2, "weather": "fine", "messages": [message]}).to_string();
    assert_eq!(
        read_files(&[("result.json", &chat)], &ReadOptions::default()).unknown,
        ["/messages/*/mood", "/weather"]
    );
}

const SAID: &str = "13/06/18, 21:25 - Ana Example: one\ntwo\n\
    13/06/18, 21:26 - Pat Sample: answer\n\
    13/06/18, 21:27 - Ana Example: <Media omitted>\n\
    13/06/18, 21:28 - Ana Example changed their phone number\n";

#[test]
fn a_chat_is_called_after_its_other_side() {
    let outcome = read_files(&[("WhatsApp Chat with Ana Example (1).txt", SAID)], &ReadOptions::default());
    assert_eq!(outcome.said("Ana Example"), ["< one\ntwo", "> answer", "< "]);
    assert_eq!(outcome.dossiers[0].messages[0].at.expect("dated").to_string(), "2018-06-13T21:25:00");
    assert_eq!(outcome.skipped.len(), 1, "{outcome:?}");
    let folder = [("WhatsApp Chat - Ana Example/_chat.txt", SAID), ("notes.md", "")];
    assert_eq!(read_files(&folder, &ReadOptions::default()).dossiers.len(), 1);
    let unnamed = read_files(&[("chat.txt", SAID)], &ReadOptions::default());
    assert!(unnamed.rejected[0].contains("--self"), "{unnamed:?}");
    assert_eq!(read_files(&[("chat.txt", SAID)], &owned_by("Pat Sample")).dossiers.len(), 1);
}

#[test]
fn a_date_that_may_be_two_refuses_its_file() {
    let chat = "3/6/18, 21:25 - Ana Example: a\n4/7/18, 21:26 - Pat Sample: b\n";
    let outcome = read_files(&[("WhatsApp Chat with Ana Example.txt", chat)], &ReadOptions::default());
    assert!(outcome.dossiers.is_empty());
    assert!(outcome.rejected[0].starts_with("could not tell day from month"), "{outcome:?}");
}

#[test]
fn logs_of_programs_are_no_chats_in_a_folder() {
    let log = "[2024-01-01 10:00:00] production.ERROR: it failed\n".repeat(9);
    let outcome = read_files(&[("app.txt", &log), ("notes.txt", &log)], &ReadOptions::default());
    assert_eq!((outcome.dossiers.len(), outcome.skipped.len()), (0, 2), "{outcome:?}");
}

#[test]
fn a_workspace_needs_to_be_told_its_owner_unless_one_is_in_all_conversations_of_two() {
    let users = json!([{"id": "U1", "name": "pat", "profile": {"real_name": "Pat Sample"}},
        {"id": "U2", "name": "ana", "profile": {"real_name": "Ana Example"}},
        {"id": "U3", "name": "bot", "is_bot": true, "profile": {}}])
    .to_string();
    let day = json!([{"type": "message", "user": "U1", "ts": "1453000000.000100", "text": "<@U2> see <https://a.example|here>"},
        {"type": "message", "user": "U2", "ts": "1453000001.000100", "text": "a &lt; b", "thread_ts": "1453000000.000100"},
        {"type": "message", "user": "U3", "ts": "1453000002.000100", "text": "beep"}]).to_string();
    let channels = json!([{"id": "C1", "name": "jobs", "members": ["U1", "U2"]}]).to_string();
    let files = [("users.json", users.as_str()), ("channels.json", &channels), ("jobs/2016-01-17.json", &day)];
    let refused = read_files(&files, &ReadOptions::default());
    assert!(refused.rejected[0].contains("--self"), "{refused:?}");
    let outcome = read_files(&files, &owned_by("Pat Sample"));
    assert_eq!(outcome.said("Ana Example"), ["> @Ana Example see here", "< a < b"], "{outcome:?}");
    assert_eq!(outcome.dossiers[0].messages[1].thread.as_deref(), Some("jobs/1453000000.000100"));
    assert_eq!(outcome.dossiers[0].messages[0].links.len(), 1);
    let dms = json!([{"id": "D1", "members": ["U1", "U2"]}, {"id": "D2", "members": ["U1", "U3"]}]).to_string();
    let files = [("users.json", users.as_str()), ("dms.json", &dms), ("D1/2016-01-17.json", &day)];
    assert_eq!(read_files(&files, &ReadOptions::default()).dossiers.len(), 1);
}

#[test]
fn an_account_s_id_says_when_it_was_made() {
    let author =
        |id: &str, name: &str, is_bot: bool| json!({"id": id, "name": name, "discriminator": "0000", "isBot": is_bot});
    let message = |author: Value, kind: &str| json!({"id": "1", "type": kind, "timestamp": "2026-02-28T10:00:00+01:00", "content": "Hi", "author": author});
    let export = json!({"guild": {}, "channel": {"id": "1", "type": "DirectTextChat", "name": "ana"}, "exportedAt": "", "messages": [
        message(author("175928847299117063", "ana", false), "Default"), message(author("2", "pat", false), "Reply"),
        message(author("3", "beep", true), "Default"), message(author("2", "pat", false), "Call"), {"type": "Default"}]});
    let outcome = read_files(&[("x.json", &export.to_string())], &ReadOptions::default());
    assert_eq!(outcome.said("ana"), ["< Hi", "> Hi"], "{outcome:?}");
    let created = outcome.dossiers[0].accounts[0].created_at.expect("an id of their time");
    assert_eq!(created.to_string(), "2016-04-30T11:18:25Z");
    assert_eq!((outcome.rejected.len(), outcome.skipped.len()), (1, 2), "{outcome:?}");
}

/// Reads whatever it is, by force; nothing is asserted but that it ends.
fn force(format: &str, name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    let options =
        ReadOptions { input_format: Some(format.to_owned()), owner: Some("Pat".to_owned()), ..ReadOptions::default() };
    for item in open(&[Input::Path(path)], &options).expect("forced") {
        if let Item::Record(record) = item {
            record.read().expect("a dossier");
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = "id|name|type|messages|chats|list|from|from_id|text|date|user|ts|files|author|channel|content|profile|x";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}|message|personal_chat|Default".prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys, inner, 0..7).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

#[test]
fn a_folder_may_hold_mail_and_chats_of_several_kinds() {
    let folder = tempfile::tempdir().expect("a folder");
    let mail = "From: Mo Sample <mo@mail.example>\nTo: me@mail.example\nMessage-ID: <1@mail.example>\nDate: Mon, 2 Nov 2026 09:00:00 +0000\nSubject: Hello\n\nBy mail.\n";
    fs::write(folder.path().join("one.eml"), mail).expect("written");
    let chat = "[03.11.26, 09:00:00] Noa Sample: By chat.\n[13.11.26, 09:00:00] Me: Yes.\n";
    fs::write(folder.path().join("WhatsApp Chat with Noa Sample.txt"), chat).expect("written");
    let outcome = read(folder.path(), &ReadOptions::default());
    assert_eq!(outcome.said("Mo Sample"), ["< By mail."], "{outcome:?}");
    assert_eq!(outcome.said("Noa Sample"), ["< By chat.", "> Yes."], "{outcome:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_json_is_read_or_refused(messages in any_json(), day in any_json()) {
        let export = json!({"messages": messages, "chats": {"list": [{"messages": messages}]}, "channel": day}).to_string();
        force("telegram", "result.json", export.as_bytes());
        force("discord", "x.json", export.as_bytes());
        let day = json!([day, messages]).to_string();
        force("slack", "2026-01-01.json", day.as_bytes());
        force("slack", "users.json", day.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for format in ["telegram", "whatsapp", "slack", "discord"] {
            force(format, "x.txt", &bytes);
        }
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in prop::collection::vec("[\\[0-9/.,: APMapm\\-\\]a-c<>()\u{200e}\u{202f}]{0,40}", 0..8)) {
        let text = format!("13/06/18, 21:25 - a: b\n{}", lines.join("\n"));
        force("whatsapp", "x.txt", text.as_bytes());
    }
}
