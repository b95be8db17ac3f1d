//! Lists of invented values against invented dossiers.

use super::{EntryKind, Listed, Mistake, Watchlist, Watchlists, hashed};
use crate::content::Content;
use crate::dossier::Dossier;
use crate::facts::{Category, Elements, Field, Knowledge, Known, Value};
use crate::link::LinkKnowledge;
use crate::link::keyed::HashKey;
use crate::link::tests::content;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

const NOW: &str = "2026-11-25";

/// Calls with the knowledge of invented hosts.
fn with<T>(call: impl FnOnce(&LinkKnowledge<'_>) -> T) -> T {
    static CONTENT: LazyLock<Content> = LazyLock::new(content);
    static FACTS: LazyLock<Knowledge<'static>> = LazyLock::new(|| Knowledge::new(&CONTENT));
    call(&LinkKnowledge::new(&FACTS))
}

fn read(text: &str) -> Result<Watchlist, Vec<Mistake>> {
    with(|knowledge| Watchlist::read("list", text.as_bytes(), NOW.parse().expect("a date"), knowledge))
}

fn list(text: &str) -> Watchlist {
    read(text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn mistakes(text: &str) -> Vec<String> {
    read(text).expect_err("has mistakes").iter().map(ToString::to_string).collect()
}

/// A table with one entry of kind and value, of an actor.
fn one(kind: &str, value: &str) -> String {
    format!("kind,value,source,expires,entity\n{kind},\"{value}\",https://advisory.example/1,2027-06-30,\n")
}

fn dossier(parts: &Json) -> Dossier {
    let mut record = json!({"schema": crate::dossier::SCHEMA, "id": "d"});
    if let (Some(record), Json::Object(parts)) = (record.as_object_mut(), parts.clone()) {
        record.extend(parts);
    }
    serde_json::from_value(record).expect("a dossier")
}

/// What each element says: field and values, with the places of the first value.
fn hits(list: Watchlist, parts: &Json) -> Vec<Vec<(&'static str, Vec<String>)>> {
    with(|knowledge| {
        let dossier = dossier(parts);
        let lists = Watchlists::new(vec![list], knowledge);
        let mut builder = Elements::builder(&dossier);
        builder.element(Category::Dossier, crate::dossier::Path::ROOT);
        let elements = lists.add(builder.finish());
        let fields =
            [Field::WatchlistKind, Field::WatchlistSource, Field::WatchlistEntity, Field::WatchlistIdentifiers];
        let said = |element| {
            let of = |field: Field| {
                let Known::Present(facts) = elements.get(element, field) else { return (field.name(), Vec::new()) };
                let value = |value: &Value<'_>| match value {
                    Value::Text(text) => text.to_string(),
                    other => format!("{other:?}"),
                };
                (field.name(), facts.iter().map(|fact| value(&fact.value)).collect())
            };
            let Known::Present([fact, ..]) = elements.get(element, Field::WatchlistIdentifiers) else {
                return Vec::new();
            };
            let places = fact.origin.places().map(|place| place.path.to_string()).collect();
            fields.map(of).into_iter().chain([("places", places)]).collect()
        };
        elements.of(Category::Watchlist).iter().map(said).collect()
    })
}

/// The places of the one hit of an entry; none if it does not match.
fn places(kind: &str, value: &str, parts: &Json) -> Vec<String> {
    let mut hits = hits(list(&one(kind, value)), parts);
    assert!(hits.len() <= 1, "{hits:?}");
    hits.pop().and_then(|mut said| said.pop()).map(|(_, places)| places).unwrap_or_default()
}

#[test]
fn each_form_says_the_same() {
    let table = "# what we published\n\nKind;Value;Source;Expires;Entity;About;Note\n\
        mailbox;ana@mail.example;https://advisory.example/1;2027-06-30;actor 3;fake_recruiter, job_scam;seen twice\n\
        handle;github:ana-ex;https://advisory.example/1;2027-06-30;actor 3;fake_recruiter|job_scam;\n";
    let tabs = table.replace(';', "\t");
    let lines = r#"
{"kind":"mailbox","value":"Ana@mail.example","source":"https://advisory.example/1","expires":"2027-06-30","entity":"actor 3","about":["fake_recruiter","job_scam"],"note":"x"}
{"kind":"handle","value":"github:@Ana-Ex","source":"https://advisory.example/1","expires":"2027-06-30","entity":"actor 3","about":"job_scam fake_recruiter"}
"#;
    let bundle = json!({"type": "bundle", "id": "bundle--1", "objects": [{
        "type": "indicator", "id": "actor 3", "pattern_type": "stix", "labels": ["job_scam", "fake_recruiter", "other"],
        "pattern": "[email-addr:value = 'ana@mail.example'] OR [user-account:account_login = 'ana-ex' AND user-account:account_type = 'github']",
        "valid_until": "2027-06-30", "external_references": [{"source_name": "advisory", "url": "https://advisory.example/1"}],
    }]});
    let expected = list(lines).entries;
    assert_eq!(expected.len(), 2);
    assert_eq!(expected[0].value, Listed::Plain("ana@mail.example".to_owned()));
    assert_eq!(expected[1].value, Listed::Plain("github:ana-ex".to_owned()));
    let pretty = serde_json::to_string_pretty(&bundle).expect("JSON");
    for text in [table, &tabs, &bundle.to_string(), &pretty, &format!("\u{feff}{table}")] {
        assert_eq!(list(text).entries, expected, "{text}");
    }
}

#[test]
fn a_bundle_names_its_sources_and_what_is_not_understood() {
    let indicator = |id: &str, pattern: &str, more: Json| {
        let mut object = json!({"type": "indicator", "id": id, "pattern": pattern, "valid_until": "2027-06-30T00:00:00Z",
                                "name": "some campaign"});
        if let (Some(object), Json::Object(more)) = (object.as_object_mut(), more) {
            object.extend(more);
        }
        object
    };
    let objects = json!([
        {"type": "identity", "id": "identity--1", "name": "Sample Office"},
        indicator("i1", "[url:value LIKE 'https://%']", json!({})),
        indicator("i2", "[windows-registry-key:key = 'x']", json!({})),
        indicator("i3", "alert tcp", json!({"pattern_type": "snort"})),
        indicator("i4", "[domain-name:value = 'evil.example']", json!({"revoked": true})),
        indicator("i5", "[domain-name:value = 'evil.example']", json!({"created_by_ref": "identity--1"})),
        indicator("i6", "[ipv4-addr:value = '203.0.113.7']", json!({})),
        indicator("i7", "[file:hashes.'SHA-256' = '0f']", json!({})),
        {"type": "malware", "id": "malware--1"},
    ]);
    let bundle = |objects: &Json| serde_json::to_string(&json!({"type": "bundle", "objects": objects})).expect("JSON");
    let said = mistakes(&bundle(&objects));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("64 hex digits") && said[0].contains("`0f`"), "{said:?}");
    let mut without = objects;
    without.as_array_mut().expect("a list").remove(7);
    let list = list(&bundle(&without));
    let sources: Vec<_> = list.entries.iter().map(|entry| (entry.kind.as_str(), entry.source.as_str())).collect();
    assert_eq!(sources, [("domain", "Sample Office"), ("session", "some campaign")]);
    let left_out: Vec<_> = list.left_out.iter().map(|left_out| left_out.what.as_str()).collect();
    assert_eq!(
        left_out,
        [
            "i1: `LIKE` in `[url:value LIKE 'https://%']` is not understood",
            "i2: `windows-registry-key:key` in `[windows-registry-key:key = 'x']` is not understood",
            "i3: the pattern is of type `snort`, not stix",
            "i4: it was revoked",
            "1 of type `malware`: only indicators are compared",
        ]
    );
}

#[test]
fn mistakes_say_where_and_what_to_do_and_all_are_told() {
    let text = "kind,value,source,expires,about\n\
        mailbox,ana@mail.example,,2027-06-30,\n\
        mailbx,ana@mail.example,s,soon,fake\n\
        name,Ana Example,s,2027-06-30,\n\
        phone,020 7946 0991,s,2027-06-30,\n\
        domain,freemail.example,s,2027-06-30,\n\
        domain,ana.pages.example,s,2027-06-30,\n\
        url,https://freemail.example/,s,2027-06-30,\n\
        handle,ana,s,2027-06-30,\n\
        wallet,hmac:1234:56,s,2027-06-30,\n\
        wallet,short,s\n";
    let said = mistakes(text);
    let expected = [
        (2, "a source", "nothing"),
        (3, "a date in expires", "`soon`"),
        (3, "about fake_recruiter", "`fake`"),
        (3, "a kind: phone, mailbox", "`mailbx` (did you mean mailbox?)"),
        (4, "a name beside another identifier", "a name without entity"),
        (5, "with its country code", "`020 7946 0991`"),
        (6, "a domain that one holder has", "`freemail.example`"),
        (7, "a domain that one holder has", "`ana.pages.example`"),
        (8, "an address below the host", "`https://freemail.example/`"),
        (9, "network and handle", "`ana`"),
        (10, "32 hex digits", "`hmac:1234:56`"),
        (11, "a row of 5 cells", "3 cells"),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (mistake, (line, wanted, found)) in said.iter().zip(expected) {
        assert!(mistake.starts_with(&format!("line {line}: expected ")), "{mistake}");
        assert!(mistake.contains(wanted) && mistake.contains(found), "{mistake}");
    }
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    for (text, wanted) in [
        ("", "a header line"),
        ("# nothing\n", "a header line"),
        ("ana@mail.example\n", "a header line"),
        ("kind,value,source,expires\n", "at least one entry"),
        ("kind,value,sourcee,expires\na,b,c,d\n", "did you mean source?"),
        ("[{\"kind\":\"name\"}]", "found a list"),
        ("{\n\"kind\": \"name\"\n}", "an object over several lines"),
        ("{\n\"type\": \"bundle\",\n oops", "a STIX bundle"),
        ("{\"type\":\"bundle\",\"objects\":[]}", "at least one entry"),
        ("{\"type\":\"bundle\",\"objects\":[]}\n{}", "more text"),
        ("{\"kind\":\"url\",\"valeu\":\"x\"}", "unknown field `valeu`"),
        ("{\"kind\":3}", "invalid type"),
    ] {
        let said = mistakes(text);
        assert!(said[0].contains(wanted), "{text}: {said:?}");
    }
    let bytes = [b"{\"kind\":\"name\"}\n{".as_slice(), &[0xff, 0xfe, b'}']].concat();
    let found = with(|knowledge| Watchlist::read("list", &bytes, NOW.parse().expect("a date"), knowledge));
    assert_eq!(found.expect_err("no UTF-8")[0].line, 2);
}

#[test]
fn values_meet_however_they_are_written() {
    let contact = |kind: &str, value: &str| json!({"contacts": [{"kind": kind, "value": value, "network": "chatter"}]});
    for (kind, listed, parts) in [
        ("mailbox", "anaexample@dotless.example", contact("email", "Ana.Example+cv@old-dotless.example")),
        ("phone", "+12025550177", contact("url", "https://call.example/12025550177")),
        ("handle", "Old Chatter:@AnaEx", contact("messenger", "anaex")),
        ("handle", "https://chat.example/anaex", contact("messenger", "@AnaEx")),
        ("url", "https://network.example/in/Ana-Example/", contact("url", "xx.network.example/in/ana-example")),
        ("domain", "evil.example", contact("email", "hr@mail.evil.example")),
        ("domain", "hxxps://www.evil[.]example/", contact("url", "https://evil.example/x")),
        ("domain", "a.evil.example", contact("url", "https://a.evil.example/x")),
        ("mailbox", "7+ana-dev@private.code.example", contact("url", "https://code.example/ana-dev")),
    ] {
        assert_eq!(places(kind, listed, &parts), ["/contacts/0/value"], "{kind} {listed}");
    }
    for (kind, listed, parts) in [
        ("domain", "a.evil.example", contact("url", "https://b.evil.example/x")),
        ("domain", "evil.example", contact("url", "https://notevil.example/x")),
        ("mailbox", "ana.example@mail.example", contact("email", "anaexample@mail.example")),
    ] {
        assert_eq!(places(kind, listed, &parts), Vec::<String>::new(), "{kind} {listed}");
    }
    let wallet = "0x52908400098527886E0F7030069857D2E4169EE7";
    let payments = json!({"payments": [{"method": "crypto", "account": wallet}, {"method": "paypal", "account": "Ana@mail.example"}]});
    assert_eq!(places("wallet", &wallet.to_lowercase(), &payments), ["/payments/0/account"]);
    assert_eq!(places("account", "paypal:ana@mail.example", &payments), ["/payments/1/account"]);
    let address = json!({"observations": [{"kind": "shipment", "address": "12 Sample St., Apt 4, Toronto"}]});
    assert_eq!(places("shipping", "Toronto; Sample Street 12 apt. 4", &address), ["/observations/0/address"]);
}

#[test]
fn what_the_person_wrote_and_advertises_counts_and_what_others_wrote_does_not() {
    let message = |own: bool| {
        json!({"messages": [{"from_subject": own, "text": "Apply at https://forms.evil.example/a, or ask ana@mail.example.",
                             "links": [{"href": "https://chat.example/anaex"}]}]})
    };
    for (kind, value, place) in [
        ("domain", "evil.example", "/messages/0/text"),
        ("url", "forms.evil.example/a", "/messages/0/text"),
        ("mailbox", "ana@mail.example", "/messages/0/text"),
        ("handle", "chatter:anaex", "/messages/0/links/0/href"),
    ] {
        assert_eq!(places(kind, value, &message(true)), [place], "{kind}");
        assert_eq!(places(kind, value, &message(false)), Vec::<String>::new(), "{kind}");
    }
    let post = json!({"job_posts": [{"apply_url": "https://pages.example/d/form-1", "text": "Mail hr@evil.example"}]});
    assert_eq!(places("url", "https://pages.example/d/form-1", &post), ["/job_posts/0/apply_url"]);
    assert_eq!(places("domain", "evil.example", &post), ["/job_posts/0/text"]);
}

/// A list of one actor with a name, a mailbox and a phone, and an entry of nobody in particular.
const ACTOR: &str = "kind,value,source,expires,entity,about\n\
    name,Example Ana,https://a.example/1,2027-06-30,actor 3,\n\
    mailbox,ana@mail.example,https://a.example/1,2027-06-30,actor 3,job_scam\n\
    phone,+1 202 555 0177,https://a.example/2,2027-06-30,actor 3,job_scam\n\
    domain,evil.example,https://a.example/2,2027-06-30,,\n\
    device,3f2504e0-4f89-11d3-9a0c-0305e82c3301,https://a.example/2,2026-11-24,actor 4,\n";

#[test]
fn a_name_needs_something_beside_it() {
    let ana = json!({"subject": {"names": [{"value": "Ana Example"}]}});
    assert!(hits(list(ACTOR), &ana).is_empty(), "by itself a name never matches");
    let known = json!({"subject": {"names": [{"value": "Ana Example"}]}, "contacts": [
        {"kind": "email", "value": "ana@mail.example"}, {"kind": "email", "value": "hr@evil.example"}]});
    let said = hits(list(ACTOR), &known);
    let texts = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        said,
        [
            vec![
                ("watchlist.kind", texts(&["mailbox", "name"])),
                ("watchlist.source", texts(&["https://a.example/1"])),
                ("watchlist.entity", texts(&["actor 3"])),
                ("watchlist.identifiers", texts(&["Number(2.0)"])),
                ("places", texts(&["/contacts/0/value", "/subject/names/0/value"])),
            ],
            vec![
                ("watchlist.kind", texts(&["domain"])),
                ("watchlist.source", texts(&["https://a.example/2"])),
                ("watchlist.entity", Vec::new()),
                ("watchlist.identifiers", texts(&["Number(1.0)"])),
                ("places", texts(&["/contacts/1/value"])),
            ],
        ]
    );
    let alone = ACTOR
        .replace(
            "mailbox,ana@mail.example,https://a.example/1,2027-06-30,actor 3",
            "mailbox,ana@mail.example,https://a.example/1,2027-06-30,actor 5",
        )
        .replace(
            "phone,+1 202 555 0177,https://a.example/2,2027-06-30,actor 3",
            "phone,+1 202 555 0177,https://a.example/2,2027-06-30,actor 5",
        );
    assert!(mistakes(&alone)[0].contains("only names of the entity `actor 3`"));
}

#[test]
fn what_has_expired_is_counted_and_not_used() {
    let read = list(ACTOR);
    assert_eq!((read.entries.len(), read.expired), (4, 1));
    let seen = json!({"observations": [{"kind": "login", "device": "3F2504E0-4F89-11D3-9A0C-0305E82C3301"}]});
    assert!(hits(read, &seen).is_empty());
    let today = list(&ACTOR.replace("2026-11-24", NOW));
    assert_eq!((today.expired, hits(today, &seen).len()), (0, 1), "the last day counts");
}

#[test]
fn entries_that_count_together_need_each_other() {
    let text = "kind,value,source,expires,together\nmailbox,ana@mail.example,s,2027-06-30,a\ndomain,evil.example,s,2027-06-30,a\n";
    let contacts = |values: &[&str]| {
        let contacts: Vec<Json> = values.iter().map(|value| json!({"kind": "email", "value": value})).collect();
        json!({"contacts": contacts})
    };
    assert!(hits(list(text), &contacts(&["ana@mail.example"])).is_empty());
    assert_eq!(hits(list(text), &contacts(&["ana@mail.example", "x@evil.example"])).len(), 2);
    let expired = text.replacen("2027", "2025", 1);
    assert!(hits(list(&expired), &contacts(&["ana@mail.example", "x@evil.example"])).is_empty(), "half of it expired");
}

#[test]
fn hashes_find_what_values_find() {
    let key = HashKey::new(&[7; 32]).expect("a key");
    let shared = hashed(&list(ACTOR), &key);
    assert_eq!(shared.len(), 4, "without the expired one");
    let text = shared.join("\n");
    for secret in ["ana", "Example", "actor", "evil", "0177", "note"] {
        let told = text.replace("advisory.example", "").replace("a.example", "");
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    let parts = json!({"subject": {"names": [{"value": "Ana Example"}]}, "contacts": [
        {"kind": "email", "value": "Ana@mail.example"}, {"kind": "phone", "value": "+1 (202) 555-0177"},
        {"kind": "url", "value": "https://www.evil.example/x"}]});
    let without_actor = |hits: Vec<Vec<(&'static str, Vec<String>)>>| {
        let mut hits: Vec<Vec<_>> = hits
            .into_iter()
            .map(|said| said.into_iter().filter(|(field, _)| *field != "watchlist.entity").collect())
            .collect();
        hits.sort();
        hits
    };
    let mut locked = list(&text);
    let plain = without_actor(hits(list(ACTOR), &parts));
    assert_eq!(plain.len(), 2);
    assert!(hits(list(&text), &parts).is_empty(), "nothing without the key");
    let other = HashKey::new(&[8; 32]).expect("a key");
    let wrong = locked.unlock(Some(&other)).expect_err("another key").to_string();
    assert!(
        wrong.contains(&key.name()) && wrong.contains(&other.name()) && wrong.contains("--watchlist-key"),
        "{wrong}"
    );
    assert!(locked.unlock(None).expect_err("no key").to_string().contains("found none"));
    locked.unlock(Some(&key)).expect("the key");
    assert_eq!(without_actor(hits(locked, &parts)), plain);
}

#[test]
fn every_kind_has_a_word() {
    for kind in EntryKind::all() {
        assert_eq!(EntryKind::by_word(kind.as_str()), Some(kind));
    }
    assert!(read(&one("domain", "sample names|2026-09-01|ns1.host.example")).is_err(), "no registration");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_or_refused(
        start in prop::sample::select(vec!["", "{", "[", "kind,value,source,expires\n", "{\"type\":\"bundle\",\"objects\":[", "\u{feff}", "#\n"]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        text in "(\\PC|[\\[\\]{}\",:\n@=']){0,120}",
    ) {
        for rest in [bytes.as_slice(), text.as_bytes()] {
            let whole = [start.as_bytes(), rest].concat();
            let read = with(|knowledge| Watchlist::read("list", &whole, NOW.parse().expect("a date"), knowledge));
            if let Err(mistakes) = read {
                prop_assert!(!mistakes.is_empty());
            }
        }
    }

    #[test]
    fn any_value_is_compared_or_refused(kind in 0..EntryKind::all().count(), value in "\\PC{0,30}|[a-z:/@.|?+0-9]{0,30}") {
        let kind = EntryKind::all().nth(kind).expect("a kind");
        let row = json!({"kind": kind.as_str(), "value": value, "source": "s", "expires": "2027-06-30", "entity": "e"});
        let other = json!({"kind": "wallet", "value": "ana.sample", "source": "s", "expires": "2027-06-30", "entity": "e"});
        let text = format!("{row}\n{other}");
        if let Ok(list) = read(&text) {
            let Listed::Plain(value) = &list.entries[0].value else { return Ok(()) };
            let again = json!({"kind": list.entries[0].kind.as_str(), "value": value, "source": "s", "expires": "2027-06-30", "entity": "e"});
            let again = self::list(&format!("{again}\n{other}"));
            prop_assert_eq!(&again.entries[0].value, &list.entries[0].value, "what is comparable stays as it is");
        }
    }
}

#[test]
fn deep_and_long_lists_are_refused_or_read() {
    let deep = format!("{{\"type\":\"bundle\",\"objects\":[{}{}]}}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(read(&deep).is_err());
    let pattern = format!(
        "{{\"type\":\"bundle\",\"objects\":[{{\"type\":\"indicator\",\"id\":\"i\",\"pattern\":\"{}\",\"valid_until\":\"2027-01-01\"}}]}}",
        "[a:v='1'] AND ".repeat(20_000)
    );
    assert_eq!(list(&pattern).left_out.len(), 1);
    let rows: Vec<String> = (0..2_000).map(|at| format!("domain,d{at}.evil{at}.example,s,2027-01-01")).collect();
    let long = format!("kind,value,source,expires\n{}", rows.join("\n"));
    assert_eq!(list(&long).entries.len(), 2_000);
}
