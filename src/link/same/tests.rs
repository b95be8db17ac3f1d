//! Who is one person, of invented records.

use super::{Claims, Same, SamePerson};
use crate::dossier::{Dossier, Locator, SCHEMA};
use crate::facts::Knowledge;
use crate::link::LinkKnowledge;
use crate::link::tests::content;
use serde_json::{Value, json};

/// What is decided over records of names and whatever else, in lines: who is joined by what, and what is contested.
fn decided(records: &[Value], exact: bool, said: &[&str]) -> Vec<String> {
    let content = content();
    let facts = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&facts);
    let claims: Vec<Claims> = (0..)
        .zip(records)
        .map(|(number, record)| {
            let mut whole = json!({"schema": SCHEMA, "id": format!("d{number}")});
            if let (Some(whole), Value::Object(record)) = (whole.as_object_mut(), record.clone()) {
                whole.extend(record);
            }
            let dossier: Dossier = serde_json::from_value(whole).expect("a dossier");
            Claims::of(number, &dossier, Locator::file(format!("f{number}")), &knowledge)
        })
        .collect();
    let said: Vec<_> = said.iter().map(|said| SamePerson::parse(said, &knowledge).expect("understood")).collect();
    let same = Same::decide(&claims, exact, &said, &knowledge);
    let mut lines: Vec<String> = Vec::new();
    for person in same.people {
        lines.push(
            person
                .iter()
                .map(|(number, by)| format!("{number} by {}", by.join(" and ")))
                .collect::<Vec<_>>()
                .join("; "),
        );
    }
    for contested in same.contested {
        lines.push(format!("{} of {}", contested.identifiers.join(" and "), contested.names.join(" and ")));
    }
    lines.extend(same.unheard.iter().map(|identifier| format!("nobody has {identifier}")));
    lines
}

fn person(name: &str, mails: &[&str]) -> Value {
    let contacts: Vec<_> = mails.iter().map(|mail| json!({"kind": "email", "value": mail})).collect();
    let names: Vec<_> =
        Some(name).filter(|name| !name.is_empty()).map(|name| json!({"value": name})).into_iter().collect();
    json!({"subject": {"names": names}, "contacts": contacts})
}

fn sending(name: &str, text: &str) -> Value {
    json!({"subject": {"names": [{"value": name}]}, "messages": [{"from_subject": true, "text": text}]})
}

#[test]
fn one_mailbox_under_one_name_is_one_person() {
    let records = [
        person("Ana Example", &["ana.example@dotless.example"]),
        person("Ana M. Example", &["anaexample+cv@dotless.example"]),
        person("", &["anaexample@dotless.example"]),
        person("Bora Sample", &["bora@mail.example"]),
    ];
    let by = "mailbox anaexample@dotless.example";
    assert_eq!(decided(&records, true, &[]), [format!("0 by {by}; 1 by {by}; 2 by {by}")]);
    assert!(decided(&records, false, &[]).is_empty(), "only where it is asked for");
}

#[test]
fn what_different_names_claim_joins_nobody() {
    for other in ["Bora Sample", "Bora Example"] {
        let records = [person("Ana Example", &["us@mail.example"]), person(other, &["us@mail.example"])];
        assert_eq!(decided(&records, true, &[]), [format!("mailbox us@mail.example of Ana Example and {other}")]);
    }
}

#[test]
fn a_chain_whose_ends_bear_different_names_joins_nobody() {
    let records = [
        person("Ana Example", &["a@mail.example"]),
        person("", &["a@mail.example", "b@mail.example"]),
        person("Bora Sample", &["b@mail.example"]),
    ];
    assert_eq!(
        decided(&records, true, &[]),
        ["mailbox a@mail.example and mailbox b@mail.example of Ana Example and Bora Sample"]
    );
}

#[test]
fn an_address_that_was_sent_joins_only_under_its_holders_name() {
    let holder = || person("Ana Example", &["ana@mail.example"]);
    let by = "mailbox ana@mail.example";
    let own = [holder(), sending("Ana Example", "Write to ana@mail.example.")];
    assert_eq!(decided(&own, true, &[]), [format!("0 by {by}; 1 by {by}")]);
    let other = [holder(), sending("Bora Sample", "Write to ana@mail.example.")];
    assert!(decided(&other, true, &[]).is_empty());
    assert_eq!(decided(&other, false, &["mail:ana@mail.example,id:d1"]).len(), 1, "unless somebody says so");
}

#[test]
fn an_offer_and_an_application_are_two_people() {
    let mut offers = person("Ana Example", &["ana@mail.example"]);
    let mut applies = offers.clone();
    offers["role"] = json!("recruiter");
    applies["role"] = json!("candidate");
    assert_eq!(decided(&[offers, applies], true, &[]), ["mailbox ana@mail.example of Ana Example"]);
}

#[test]
fn the_name_of_a_file_joins_who_names_it_with_who_holds_it() {
    let row = |name: &str, file: &str| {
        let document = json!({"kind": "resume", "name": file});
        json!({"subject": {"names": [{"value": name}]}, "documents": [document]})
    };
    let held = |name: &str, file: &str, digit: char| {
        let mut record = row(name, file);
        record["documents"][0]["sha256"] = json!(digit.to_string().repeat(64));
        if name.is_empty() {
            record["subject"] = json!({});
        }
        record
    };
    let by = "file scan 7.pdf";
    let scanned = [row("Ana Example", "cvs/Scan 7.PDF"), held("", "scan 7.pdf", 'a')];
    assert_eq!(decided(&scanned, true, &[]), [format!("0 by {by}; 1 by {by}")], "a scan says nothing else");
    let among = [row("Ana Example", "cv.pdf"), held("Ana Example", "cv.pdf", 'a'), held("Bora Sample", "cv.pdf", 'b')];
    assert_eq!(decided(&among, true, &[]), ["0 by file cv.pdf; 1 by file cv.pdf"], "the name tells which is meant");
    let unclear = [row("Ana Example", "cv.pdf"), held("", "cv.pdf", 'a'), held("", "cv.pdf", 'b')];
    assert_eq!(decided(&unclear, true, &[]), ["file cv.pdf of Ana Example"]);
    let others = [row("Ana Example", "cv.pdf"), held("Bora Sample", "cv.pdf", 'b')];
    assert_eq!(decided(&others, true, &[]), ["file cv.pdf of Ana Example and Bora Sample"]);
    let two = [row("Ana Example", "cv.pdf"), row("Bora Sample", "cv.pdf"), held("", "cv.pdf", 'a')];
    assert_eq!(decided(&two, true, &[]), ["file cv.pdf of Ana Example and Bora Sample"]);
    let unheld = [row("Ana Example", "cv.pdf"), row("Bora Sample", "cv.pdf")];
    assert!(decided(&unheld, true, &[]).is_empty(), "nobody holds it");
    let strangers = [held("", "cv.pdf", 'a'), held("", "cv.pdf", 'b')];
    assert!(decided(&strangers, true, &[]).is_empty(), "files of one name are not the same");
    let said = [row("Ana Example", "a.pdf"), held("", "scan 7.pdf", 'a')];
    assert_eq!(decided(&said, false, &["file:a.pdf,file:scan 7.pdf"]).len(), 1);
}

#[test]
fn adverts_of_one_mailbox_are_no_person() {
    let advert = json!({"job_posts": [{"title": "Clerk", "contact_email": "jobs@mail.example"}]});
    assert!(decided(&[advert.clone(), advert], true, &[]).is_empty());
}

#[test]
fn ids_that_people_gave_join_nobody_and_those_of_adapters_do() {
    let given = json!({"id": "1", "subject": {"names": [{"value": "Ana Example"}]}});
    assert!(decided(&[given.clone(), given], true, &[]).is_empty());
    let made = json!({"id": "mail-1", "provenance": [{"adapter": "mail"}]});
    assert_eq!(decided(&[made.clone(), made], true, &[]), ["0 by id mail-1; 1 by id mail-1"]);
}

#[test]
fn what_somebody_said_joins_whatever_the_names() {
    let records = [
        person("Ana Example", &["ana@mail.example"]),
        json!({"subject": {"names": [{"value": "Night Owl"}]}, "accounts": [{"network": "code", "handle": "owl"}]}),
    ];
    let said = ["mail:ana@mail.example, code:@Owl, mail:nobody@mail.example"];
    assert_eq!(
        decided(&records, false, &said),
        [
            "0 by handle code:owl, as was said and mailbox ana@mail.example, as was said; 1 by handle code:owl, as was said",
            "nobody has mailbox nobody@mail.example",
        ]
    );
}

#[test]
fn what_cannot_be_understood_is_told() {
    let content = content();
    let facts = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&facts);
    let told = |text: &str| SamePerson::parse(text, &knowledge).expect_err("is refused").to_string();
    assert!(told("mail:ana@mail.example").starts_with("expected two identifiers or more"));
    assert_eq!(told("mail:ana,id:x"), "expected a mail address after mail:, found \"mail:ana\"");
    assert!(told("ana,id:x").starts_with("expected a kind, a colon and a value"));
    assert_eq!(told("tel:0100,id:x"), "expected a number with its country code after tel:, found \"tel:0100\"");
}
