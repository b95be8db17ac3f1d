//! Answers of a code host, histories and folders of repositories, as they are and as they should not be.

use crate::dossier::{Dossier, Section};
use crate::ingest::inputs::Input;
use crate::ingest::item::Item;
use crate::ingest::options::{Limits, ReadOptions};
use crate::ingest::reader::open;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// What was read, with the unknown keys of each; and the reasons of what was not.
type Outcome = (Vec<(Dossier, Vec<String>)>, Vec<String>);

fn outcome(input: Input, options: &ReadOptions) -> Outcome {
    let (mut people, mut lost) = (Vec::new(), Vec::new());
    for item in open(&[input], options).expect("recognised") {
        match item {
            Item::Record(record) => {
                let read = record.read().expect("adapters make valid records");
                people.push((read.dossier, read.unknown_fields));
            }
            Item::Rejected(rejected) => lost.push(rejected.reason),
            Item::Skipped(skipped) => lost.push(skipped.reason),
        }
    }
    (people, lost)
}

fn read(text: &str, format: Option<&str>) -> Outcome {
    let options = ReadOptions { input_format: format.map(str::to_owned), ..ReadOptions::default() };
    outcome(Input::Memory { name: "answer.json".to_owned(), bytes: text.as_bytes().into() }, &options)
}

fn user(login: &str) -> Value {
    json!({"login": login, "node_id": "U_1", "html_url": format!("https://github.com/{login}"), "type": "User"})
}

fn commit(sha: &str, author: &Value, mail: &str) -> Value {
    json!({"sha": sha, "node_id": "C_1", "html_url": format!("https://github.com/ana/shop/commit/{sha}"), "author": author,
        "commit": {"author": {"name": "Ana Example", "email": mail, "date": "2026-08-20T01:02:03Z"}, "message": "Totals"}})
}

#[test]
fn an_answer_is_read_alone_in_a_list_on_pages_and_out_of_a_search() {
    let (one, other) = (user("ana"), user("ben"));
    let shapes = [
        json!([one, other]).to_string(),
        json!([[one], [other]]).to_string(),
        format!("{one}\n{other}\n"),
        json!({"total_count": 2, "incomplete_results": false, "items": [one, other]}).to_string(),
    ];
    for shape in shapes {
        let (people, lost) = read(&shape, None);
        let handles: Vec<_> = people.iter().filter_map(|(person, _)| person.accounts[0].handle.as_deref()).collect();
        assert_eq!((handles, lost.len()), (vec!["ana", "ben"], 0), "{shape}");
    }
}

#[test]
fn what_a_file_says_of_one_account_is_one_dossier() {
    let push = json!({"type": "PushEvent", "actor": {"login": "ANA"}, "repo": {"name": "ana/shop"}, "created_at": "2026-08-21T00:00:00Z",
        "payload": {"commits": [{"sha": "00ff", "author": {"name": "Ana Example", "email": "ana@mail.example"}}]}});
    let repository = json!({"full_name": "ana/shop", "owner": user("Ana"), "pushed_at": "2026-08-20T00:00:00Z", "fork": "no", "stargazers_count": 3});
    let full = json!({"login": "ana", "node_id": "U_1", "name": "Ana Example", "company": "@sample-works", "hireable": true, "public_repos": 0, "new_key": 1});
    let text = [push, commit("00FF", &user("ana"), "x"), commit("00ff", &user("ana"), "x"), repository, full]
        .map(|record| record.to_string())
        .join("\n");
    let (people, lost) = read(&text, None);
    let [(ana, unknown)] = people.as_slice() else { panic!("{people:?} {lost:?}") };
    assert_eq!((ana.accounts.len(), ana.code.len(), ana.employment.len()), (1, 1, 1));
    assert_eq!(ana.employment[0].employer.name.as_deref(), Some("sample-works"));
    let code = &ana.code[0];
    assert_eq!(code.pushed_at.map(|at| at.to_string()).as_deref(), Some("2026-08-21T00:00:00Z"));
    // The push knows no time, the list of commits does.
    assert_eq!(code.commits.len(), 2);
    assert!(
        code.commits.iter().all(|commit| commit.at.is_some())
            && code.commits[0].author_email.as_deref() == Some("ana@mail.example")
    );
    assert_eq!(*unknown, ["/fork", "/new_key"]);
    assert_eq!(ana.dropped.get("hireable"), Some(&1));
    assert!(ana.coverage.present.contains(&Section::Code));
}

#[test]
fn a_commit_without_an_account_is_its_mail_address_and_programs_are_nobody() {
    let bot = json!({"login": "helper[bot]", "type": "Bot"});
    let records = [
        commit("1", &Value::Null, "Ana@Mail.example"),
        commit("2", &json!({}), "ana@mail.example"),
        commit("3", &bot, "b@x"),
    ];
    let (people, lost) = read(&Value::from(records.to_vec()).to_string(), None);
    assert_eq!((people.len(), people[0].0.code[0].commits.len()), (1, 2));
    assert_eq!(people[0].0.contacts[0].value, "Ana@Mail.example");
    assert_eq!(lost, ["records of what programs did, which are left out: 1 (the first is answer.json#/2)"]);
}

#[test]
fn only_what_the_actor_wrote_is_a_message() {
    let event = |author: &str| {
        json!({"type": "IssueCommentEvent", "actor": {"login": "ana"}, "repo": {"name": "x/y"}, "created_at": "2026-08-20T00:00:00Z",
            "payload": {"issue": {"html_url": "https://github.com/x/y/issues/1", "body": "Of somebody else."},
                "comment": {"html_url": format!("https://github.com/x/y/issues/1#{author}"), "user": {"login": author}, "body": "Hello."}}})
    };
    let (people, _) = read(&json!([event("Ana"), event("ben"), event("Ana")]).to_string(), None);
    let messages = &people[0].0.messages;
    assert_eq!(
        (messages.len(), messages[0].text.as_deref(), messages[0].from_subject),
        (1, Some("Hello."), Some(true))
    );
    assert_eq!(messages[0].thread.as_deref(), Some("https://github.com/x/y/issues/1"));
}

#[test]
fn what_is_no_answer_of_use_is_told_and_the_rest_is_read() {
    let denied = json!({"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"});
    let (people, lost) = read(&json!([denied, {"id": 1}, 7, user("ana")]).to_string(), Some("github"));
    assert_eq!(people.len(), 0, "the file ends where it is no array of objects");
    assert!(lost[0].contains("\"Not Found\"") && lost[1].contains("a user, a repository"), "{lost:?}");
    assert!(lost[2].contains("rest unread"), "{lost:?}");
    let (people, _) = read(&json!([denied, user("ana")]).to_string(), Some("github"));
    assert_eq!(people.len(), 1);
}

#[test]
fn a_file_that_may_not_be_held_ends_where_it_is_full() {
    let options =
        ReadOptions { limits: Limits { max_entry_bytes: 120, ..Limits::default() }, ..ReadOptions::default() };
    let text = format!("{}\n{}\n", user("ana"), user("ben"));
    let (people, lost) =
        outcome(Input::Memory { name: "a.jsonl".to_owned(), bytes: text.into_bytes().into() }, &options);
    assert_eq!((people.len(), lost.len()), (1, 1));
    assert!(lost[0].contains("--max-entry-bytes"), "{lost:?}");
}

#[test]
fn a_history_keeps_zones_and_loses_only_broken_lines() {
    let line = |name: &str, mail: &str, at: &str| {
        format!(
            "{{\"sha\":\"{at}\",\"author_name\":\"{name}\",\"author_email\":\"{mail}\",\"author_date\":\"{at}\",\"repository\":\"ana/shop\"}}\n"
        )
    };
    let text = line("Ana Example", "ana@mail.example", "2026-08-20T01:02:03+09:00")
        + &line("Ben \"B\" Example", "ben@mail.example", "2026-08-20T01:02:03Z")
        + &line("Ana Example", "ANA@mail.example", "2026-01-20T01:02:03-07:00")
        + &line("helper[bot]", "bot@mail.example", "2026-01-20T01:02:03Z");
    let (people, lost) = read(&text, None);
    assert_eq!((people.len(), lost.len()), (1, 2), "{lost:?}");
    let at = people[0].0.code[0].commits.iter().filter_map(|commit| commit.at).map(|at| at.to_string());
    assert_eq!(at.collect::<Vec<_>>(), ["2026-08-20T01:02:03+09:00", "2026-01-20T01:02:03-07:00"]);
}

#[expect(clippy::disallowed_methods, reason = "the test makes a folder to be read")]
fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn of_a_repository_only_manifests_and_task_files_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| put(folder.path(), name, bytes);
    put(".git/config", b"[remote \"origin\"]\n\turl = https://ana:secret@github.com/nova-mvp1/platform.git\n");
    put(".git/hooks/package.json", b"never");
    put("package.json", b"{\"name\":\"p\"}");
    put(".vscode/tasks.json", b"{\"runOn\":\"folderOpen\"}");
    put("apps/web/package.json", b"{}\xff");
    put("node_modules/x/package.json", b"never");
    put("module/.git", b"gitdir: never");
    put("src/main.rs", b"never");
    put("README.md", b"Read me.");
    put("package-lock.json", &vec![b'x'; 3 << 20]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc", folder.path().join("config")).expect("linked");
    let by_option = outcome(Input::Code(folder.path().to_owned()), &ReadOptions::default());
    let by_name = outcome(Input::Path(folder.path().to_owned()), &ReadOptions::default());
    assert_eq!(by_option, by_name);
    let (people, lost) = by_option;
    let [(dossier, _)] = people.as_slice() else { panic!("{lost:?}") };
    let code = &dossier.code[0];
    let paths: Vec<_> = code.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, [".vscode/tasks.json", "apps/web/package.json", "package-lock.json", "package.json"]);
    assert_eq!(
        (code.url.as_deref(), code.host.as_deref()),
        (Some("https://github.com/nova-mvp1/platform"), Some("github"))
    );
    assert_eq!(code.readme.as_deref(), Some("Read me."));
    assert_eq!(dossier.accounts[0].handle.as_deref(), Some("nova-mvp1"));
    let json = serde_json::to_string(dossier).expect("JSON");
    assert!(!json.contains("never") && !json.contains("secret"), "{json}");
    let told = ["not UTF-8", "first 2097152 bytes", "tools fill", "stay closed"];
    assert!(told.iter().all(|part| lost.iter().any(|reason| reason.contains(part))), "{lost:?}");
    assert_eq!(lost.iter().any(|reason| reason.contains("not followed")), cfg!(unix));
}

#[test]
fn a_folder_with_somebodys_export_is_no_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "package.json", b"{}");
    let input = || Input::Path(folder.path().to_owned());
    assert_eq!(outcome(input(), &ReadOptions::default()).0[0].0.provenance[0].adapter.as_deref(), Some("repository"));
    put(folder.path(), "inbox/a.jsonl", b"{\"schema\":\"falseface.dossier/1\",\"id\":\"a\"}");
    assert_eq!(outcome(input(), &ReadOptions::default()).0[0].0.id, "a");
    let empty = tempfile::tempdir().expect("a folder");
    let (people, lost) = outcome(Input::Code(empty.path().to_owned()), &ReadOptions::default());
    assert!(people.is_empty() && lost[0].contains("found none"), "{lost:?}");
}

#[test]
fn a_repository_is_a_folder() {
    let (people, lost) = read("{}", Some("repository"));
    assert!(people.is_empty() && lost[0].contains("name the folder"), "{lost:?}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = "login|name|sha|commit|author|owner|full_name|actor|repo|type|payload|commits|email|items|total_count|author_email|x";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "PushEvent|IssuesEvent|\\PC{0,12}".prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys, inner, 0..7).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_told(value in any_json(), is_history in any::<bool>()) {
        let format = if is_history { "git-log" } else { "github" };
        let (people, lost) = read(&json!([value]).to_string(), Some(format));
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let holds_none = is_empty(&value) || is_empty(&value["items"]) || value.is_array();
        prop_assert!(!people.is_empty() || !lost.is_empty() || holds_none);
    }

    #[test]
    fn any_bytes_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in ["github", "git-log"] {
            let options = ReadOptions { input_format: Some(format.to_owned()), ..ReadOptions::default() };
            outcome(Input::Memory { name: "a".to_owned(), bytes: bytes.clone().into() }, &options);
        }
    }
}
