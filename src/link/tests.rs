//! Keys of invented dossiers, with lists and tables of invented hosts.

use super::{Key, KeyKind, LinkKnowledge, keys};
use crate::content::{Content, ContentFile, embedded};
use crate::dossier::Dossier;
use crate::facts::Knowledge;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Small lists and tables with invented hosts.
pub(crate) fn content() -> Content {
    let files = [
        ("lists/free-mail.txt", "freemail.example\n"),
        ("lists/ats-relays.txt", "hiring-system.example\n"),
        ("lists/url-shorteners.txt", "shrt.example\n"),
        ("lists/code-hosts.txt", "code.example\n"),
        ("lists/form-hosts.txt", "pages.example\n"),
        ("lists/meeting-hosts.txt", "meet.example\n"),
        ("lists/messenger-hosts.txt", "chat.example\n"),
        ("lists/network-hosts.txt", "cards.example\nnetwork.example\n"),
        ("lists/company-forms.txt", "ltd\n"),
        ("lists/job-words.txt", "careers\nhr\njobs\n"),
        ("lists/hosting-asns.txt", "64500\n"),
        ("lists/address-words.txt", "apt\nst\nstreet\n"),
        ("lists/unattended-mailboxes.txt", "noreply\n"),
        ("lists/shared-mailboxes.txt", "info\n"),
        ("lists/placeholders.txt", "n/a\nnone\npaper-maker\n"),
        ("lists/placeholder-hosts.txt", "local\nnowhere.example\n"),
        (
            "tables/mail-hosts.tsv",
            "host\tmailbox\tdots\ttag\ndotless.example\tdotless.example\tignored\t+\n\
             old-dotless.example\tdotless.example\tignored\t+\ntagged.example\ttagged.example\tkept\t+\n",
        ),
        (
            "tables/account-pages.tsv",
            "host\tpath\tnetwork\tholds\nnetwork.example\tin\tnetwork\thandle\ncode.example\t\tcode\thandle\n\
             chat.example\t\tchatter\thandle\ncall.example\t\tcaller\tphone\nprivate.code.example\t\tcode\tmail\n\
             oldchatter\t\tchatter\tname\n",
        ),
    ];
    let files: Vec<_> =
        files.into_iter().map(|(path, text)| ContentFile { path: path.to_owned(), text: text.into() }).collect();
    Content::load(&files).expect("the content loads")
}

fn dossier(json: Value) -> Dossier {
    let mut record = json!({"schema": crate::dossier::SCHEMA, "id": "d"});
    if let (Some(record), Value::Object(parts)) = (record.as_object_mut(), json) {
        record.extend(parts);
    }
    serde_json::from_value(record).expect("a dossier")
}

/// Keys of a dossier given as JSON.
pub(crate) fn found(json: Value) -> Vec<Key> {
    let content = content();
    let facts = Knowledge::new(&content);
    keys(&dossier(json), &LinkKnowledge::new(&facts))
}

/// The same as `kind value`.
pub(crate) fn said(json: Value) -> Vec<String> {
    found(json).iter().map(|key| format!("{} {}", key.kind, key.value)).collect()
}

/// A digest that ends in a digit of one's own.
pub(crate) fn digest(of: char) -> String {
    format!("{}{of}", "0f".repeat(31) + "e")
}

#[test]
fn portraits_and_documents_are_told_by_digest() {
    let photos = json!({"subject": {"photos": [
        {"sha256": digest('a'), "phash": "8F0E1D2C3B4A5968"},
        {"sha256": digest('b'), "stock_hit": true},
    ]}});
    assert_eq!(said(photos), [format!("photo {}", digest('a')), "photo_hash dct64:8f0e1d2c3b4a5968".to_owned()]);
    let made = |kind: &str, author: &str, created: &str| {
        let metadata = json!({"author": author, "producer": "Sample  Writer 2", "created": created});
        said(json!({"documents": [{"kind": kind, "sha256": digest('c'), "metadata": metadata}]}))
    };
    let document = format!("document {}", digest('c'));
    let author = "author ana example|sample writer 2|2026-01-10T09:00:01Z".to_owned();
    assert_eq!(made("resume", "Ana Example", "2026-01-10T09:00:01Z"), [document.clone(), author]);
    assert_eq!(made("resume", "Ana Example", "2026-01-10"), std::slice::from_ref(&document), "many files of a day");
    assert_eq!(made("resume", "Paper-Maker", "2026-01-10T09:00:01Z"), [document], "a program's default");
    assert_eq!(made("contract", "Ana Example", "2026-01-10T09:00:01Z"), Vec::<String>::new());
}

#[test]
fn commits_of_others_are_no_keys() {
    let commit = |name: &str, mail: &str| json!({"author_name": name, "author_email": mail});
    let of = |more: Value, commits: &[Value]| {
        let mut code = json!({"commits": commits});
        if let (Some(code), Value::Object(parts)) = (code.as_object_mut(), more) {
            code.extend(parts);
        }
        said(
            json!({"subject": {"names": [{"value": "Ana Example"}]}, "employment": [{"employer": {"name": "Acme"}}], "code": [code]}),
        )
    };
    let own = ["mailbox ana@freemail.example", "commit_email ana@freemail.example"];
    let (ana, other) = (commit("Ana Example", "Ana@freemail.example"), commit("Petra Novak", "p@freemail.example"));
    assert_eq!(of(json!({}), &[ana.clone(), other.clone()]), own, "the person's, by name");
    let stranger = ["mailbox p@freemail.example", "commit_email p@freemail.example"];
    assert_eq!(of(json!({}), &[other.clone(), other.clone()]), stranger, "the only author");
    for copied in [json!({"fork": true}), json!({"copied_from": {"share": 1.0}})] {
        assert_eq!(of(copied, std::slice::from_ref(&other)), Vec::<String>::new());
    }
    assert_eq!(of(json!({"host": "code", "repository": "Ana/Tool"}), &[]), ["url code.example/ana/tool"]);
    assert_eq!(of(json!({"url": "https://code.example/acme/tool"}), &[]), Vec::<String>::new(), "an employer's");
}

#[test]
fn observations_leave_devices_sessions_and_addresses() {
    let of = |observation: Value| said(json!({"observations": [observation]}));
    let id = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    assert_eq!(
        of(json!({"kind": "login", "ip": "203.0.113.7", "device": id})),
        [format!("device {id}"), "session 203.0.113.7".to_owned()]
    );
    for shared in [
        json!({"kind": "login", "ip": "100.64.3.4"}),
        json!({"kind": "login", "ip": "203.0.113.7", "vpn": "Sample VPN"}),
        json!({"kind": "login", "ip": "203.0.113.7", "asn": 64500}),
        json!({"kind": "reference_check", "ip": "203.0.113.7"}),
        json!({"kind": "login", "device": "LT-100", "address": "12 Sample Street, Toronto"}),
        json!({"kind": "shipment", "address": "Toronto"}),
    ] {
        assert_eq!(of(shared.clone()), Vec::<String>::new(), "{shared}");
    }
    for address in ["12 Sample St., Apt 4, Toronto", "Toronto; Sample Street 12 apt. 4"] {
        assert_eq!(of(json!({"kind": "shipment", "address": address})), ["shipping 12 4 sample toronto"], "{address}");
    }
}

#[test]
fn payments_go_to_wallets_and_accounts() {
    let of = |payment: Value| {
        said(json!({"declarations": [{"kind": "agency", "value": "Talent House Ltd"}], "payments": [payment]}))
    };
    assert_eq!(of(json!({"method": "bank", "account": "XX00 EXAMPLE 0001"})), ["account iban:XX00EXAMPLE0001"]);
    assert_eq!(
        of(json!({"method": "paypal", "account": "Ana.E@dotless.example"})),
        ["mailbox anae@dotless.example", "account paypal:anae@dotless.example"]
    );
    let wallet = "0x52908400098527886e0f7030069857d2e4169ee7";
    for field in ["wallet", "account"] {
        assert_eq!(of(json!({"method": "crypto", field: wallet.to_uppercase()})), [format!("wallet {wallet}")]);
    }
    for none in [
        json!({"method": "bank", "account": "XX00 EXAMPLE 0001", "payee": "Talent House"}),
        json!({"method": "gift_card", "account": "AB12CD34EF56"}),
        json!({"method": "paypal", "account": "no-reply@mail.example"}),
        json!({"method": "bank", "account": "****0001"}),
        json!({"payee": "Ana Example"}),
    ] {
        assert_eq!(of(none.clone()), Vec::<String>::new(), "{none}");
    }
}

#[test]
fn a_domain_is_told_by_its_registration_where_it_is_used() {
    let of = |mail: &str, servers: &[&str]| {
        said(json!({
            "employment": [{"employer": {"name": "Acme", "domain": "acme.example"}}],
            "messages": [{"from_subject": true, "links": [{"href": format!("https://www.{mail}/x")}]}],
            "domains": [{"name": mail, "created_at": "2026-09-01T08:00:00Z", "registrar": "Sample Names", "name_servers": servers}],
        }))
    };
    let servers = ["NS2.host.example.", "ns1.host.example"];
    let expected = ["domain sample names|2026-09-01|ns1.host.example,ns2.host.example"];
    assert_eq!(of("acme-careers.elsewhere-x.example", &servers), expected);
    assert_eq!(of("elsewhere.example", &[]), Vec::<String>::new());
    assert_eq!(of("acme.example", &servers), Vec::<String>::new(), "an employer's");
    assert_eq!(of("freemail.example", &servers), Vec::<String>::new(), "a provider's");
}

#[test]
fn the_first_place_counts_and_keys_are_sorted() {
    let keys = found(json!({
        "contacts": [{"kind": "phone", "value": "+12025550178"}, {"kind": "email", "value": "ana@freemail.example"},
                     {"kind": "phone", "value": "+12025550177"}, {"kind": "phone", "value": "+1 202 555 0178"}],
        "messages": [{"from_subject": true, "sender": {"email": "ANA@freemail.example"}}],
    }));
    let places: Vec<_> = keys.iter().map(|key| (key.kind, key.place.path.to_string())).collect();
    let expected = [(KeyKind::Phone, 2), (KeyKind::Phone, 0), (KeyKind::Mailbox, 1)];
    assert_eq!(places, expected.map(|(kind, at)| (kind, format!("/contacts/{at}/value"))));
}

#[test]
fn the_tables_that_the_binary_carries_are_read() {
    let files: Vec<_> = embedded().into_iter().filter(|file| !file.path.starts_with("lexicons/")).collect();
    let content = Content::load(&files).expect("the content loads");
    let column = |table: &str, column| -> Vec<String> {
        content.table(table).expect("is there").rows().iter().map(|row| row.cell(column).to_owned()).collect()
    };
    let words = |allowed: &[&str], found: Vec<String>| found.iter().all(|word| allowed.contains(&word.as_str()));
    assert!(words(&["handle", "phone", "mail", "name"], column("account-pages", 3)));
    assert!(words(&["ignored", "kept"], column("mail-hosts", 2)));
    for list in ["unattended-mailboxes", "shared-mailboxes", "placeholders", "placeholder-hosts"] {
        assert!(content.list(list).is_some_and(|list| list.values().next().is_some()), "{list}");
    }
    let facts = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&facts);
    let mut record = dossier(json!({"contacts": [{"kind": "email", "value": "a.na+cv@freemail.example"}]}));
    record.contacts.extend(record.contacts.clone());
    let values: Vec<_> = keys(&record, &knowledge).into_iter().map(|key| key.value).collect();
    assert_eq!(values, ["ana@freemail.example"]);
}

/// A dossier that has one short string in every field that is read.
fn everywhere(words: &[String; 3]) -> Value {
    let [a, b, c] = words;
    let contacts = |value: &str| {
        ["email", "phone", "url", "messenger", "address"]
            .map(|kind| json!({"kind": kind, "value": value, "network": b}))
    };
    json!({
        "subject": {"names": [{"value": c}], "photos": [{"sha256": a, "phash": b}]},
        "accounts": [{"network": a, "handle": b, "url": c}],
        "employment": [{"employer": {"name": b, "domain": c}}],
        "contacts": contacts(a).into_iter().chain(contacts(c)).collect::<Vec<_>>(),
        "references": [{"contacts": contacts(b)}],
        "declarations": [{"kind": "agency", "value": a}],
        "messages": [{"from_subject": true, "channel": "telegram", "sender": {"email": a, "handle": b, "url": c},
                      "mail": {"reply_to": b}, "attachments": [{"sha256": c}], "links": [{"href": a}]}],
        "job_posts": [{"contact_email": c}],
        "documents": [{"sha256": a, "metadata": {"author": b, "producer": c, "created": "2026-01-10T09:00:01Z"}}],
        "code": [{"host": a, "repository": b, "commits": [{"author_name": c, "author_email": a}]}],
        "observations": [{"kind": "login", "ip": a, "device": b}, {"kind": "shipment", "address": c}],
        "payments": [{"method": "bank", "account": a, "payee": b}, {"wallet": c}, {"method": "crypto", "account": b}],
        "organisations": [{"name": b, "domain": c, "phones": [a]}],
        "domains": [{"name": a, "created_at": "2026-09-01", "registrar": b, "name_servers": [c]}],
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_string_anywhere_is_read(words in proptest::array::uniform3(
        "\\PC{0,12}|[a-z.+]{1,6}@(dotless|mail|acme)\\.example|\\+[0-9 ]{6,14}|https://[a-z.]{1,8}\\.example/[a-z@/%]{0,8}",
    )) {
        let content = content();
        let facts = Knowledge::new(&content);
        let knowledge = LinkKnowledge::new(&facts);
        let mut record = dossier(everywhere(&words));
        let values = |record: &Dossier| -> Vec<(KeyKind, String)> {
            keys(record, &knowledge).into_iter().map(|key| (key.kind, key.value)).collect()
        };
        let first = values(&record);
        prop_assert!(first.iter().all(|(_, value)| !value.trim().is_empty()), "{first:?}");
        prop_assert!(first.is_sorted_by(|a, b| a < b), "sorted, each once");
        record.contacts.reverse();
        prop_assert_eq!(values(&record), first, "the order of contacts changes nothing");
    }
}
