//! Adverts and people in every shape, pages of anything else, and hostile ones.

use super::{ADAPTER, items, page};
use crate::dossier::{Locator, PayPeriod, Role};
use crate::ingest::adapter::{Confidence, Context, Glimpse};
use crate::ingest::item::{Item, Read};
use crate::ingest::options::Limits;
use proptest::prelude::*;
use serde_json::{Value, json};

fn context() -> Context {
    Context { source: Locator::file("p.html"), limits: Limits::default(), include_owner: false, owner: None, map: None }
}

fn of_page(text: &str) -> Vec<Item> {
    page(text.as_bytes(), &context())
}

/// What was read, and what was told of the rest.
fn told(items: Vec<Item>) -> (Vec<Read>, Vec<String>) {
    let mut read = Vec::new();
    let mut said = Vec::new();
    for item in items {
        match item {
            Item::Record(record) => read.push(record.read().expect("it was made already")),
            Item::Rejected(rejected) => said.push(format!("{} ! {}", rejected.source, rejected.reason)),
            Item::Skipped(skipped) => said.push(format!("{} - {}", skipped.source, skipped.reason)),
        }
    }
    (read, said)
}

fn one(value: &Value) -> Read {
    let (mut read, said) = told(items(value.to_string().as_bytes(), &Locator::file("x.jsonld"), 128));
    assert_eq!((read.len(), said), (1, Vec::new()));
    read.remove(0)
}

fn script(value: &Value) -> String {
    format!("<script type=\"application/ld+json\">{value}</script>")
}

fn detected(text: &str) -> Option<Confidence> {
    (ADAPTER.detect)(&Glimpse { name: "x", head: text.as_bytes(), entries: None })
}

#[test]
fn an_advert_keeps_pay_links_and_whom_to_write_to() {
    let Read { dossier, unknown_fields, .. } = one(&json!({
        "@context": "https://schema.org/", "@type": "JobPosting", "title": "Clerk", "datePosted": "2026-03-01",
        "description": "<p>Write to <a href=\"mailto:jobs@works.example\">us</a>.</p>", "validThrough": "2026-05-01",
        "hiringOrganization": {"@type": "Organization", "name": "Sample Works", "sameAs": "https://works.example", "logo": "x"},
        "jobLocation": [{"@type": "Place", "address": {"@type": "PostalAddress", "streetAddress": "1 Street",
            "addressLocality": "Lyon", "addressCountry": {"@type": "Country", "name": "FR"}}}, "Turin"],
        "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 30000, "maxValue": "40000", "unitText": "YEAR"}},
        "jobLocationType": "TELECOMMUTE", "identifier": {"@type": "PropertyValue", "name": "Works", "value": 77},
        "skills": ["Spreadsheets", {"@type": "DefinedTerm", "name": "Filing", "description": "of papers"}], "mood": 1,
    }));
    assert_eq!(unknown_fields, ["/mood"]);
    let post = &dossier.job_posts[0];
    assert_eq!((dossier.role, post.remote), (Role::Recruiter, Some(true)));
    assert_eq!(post.contact_email.as_deref(), Some("jobs@works.example"));
    let pay = post.pay.as_ref().expect("pay");
    assert_eq!((pay.min, pay.max, pay.period), (Some(30000.0), Some(40000.0), Some(PayPeriod::Year)));
    assert_eq!(pay.currency.as_deref(), Some("EUR"));
    assert_eq!(post.location.as_deref(), Some("Turin; Lyon, FR"));
    assert_eq!(post.employer.url.as_deref(), Some("https://works.example"));
    assert_eq!(post.requirements.as_ref().map(|text| text.0.as_str()), Some("Spreadsheets\nFiling: of papers"));
    assert_eq!(dossier.extra["id"], "77");
    assert!(dossier.dropped.contains_key("jobLocation/*/address/streetAddress"), "{:?}", dossier.dropped);
}

#[test]
fn pay_is_read_as_it_may_stand_and_words_are_kept() {
    let read = |salary: Value| {
        let advert = json!({"@type": "JobPosting", "title": "Clerk", "salaryCurrency": "USD", "baseSalary": salary});
        let Read { dossier, unknown_fields, .. } = one(&advert);
        assert_eq!(unknown_fields, Vec::<String>::new());
        let post = dossier.job_posts.into_iter().next().expect("an advert");
        let pay = post.pay.map(|pay| (pay.min, pay.max, pay.currency.unwrap_or_default()));
        (pay, post.benefits.map(|text| text.0))
    };
    let paid = |min, max, currency: &str| (Some((Some(min), Some(max), currency.to_owned())), None);
    assert_eq!(read(json!(12.125)), paid(12.125, 12.125, "USD"));
    assert_eq!(read(json!("$30,000 - $40,000")), paid(30000.0, 40000.0, "$"));
    assert_eq!(read(json!({"currency": "EUR", "value": "40000.00"})), paid(40000.0, 40000.0, "EUR"));
    assert_eq!(read(json!({"currency": "EUR", "minValue": 3, "maxValue": 4})), paid(3.0, 4.0, "EUR"));
    assert_eq!(read(json!("as agreed")), (None, Some("as agreed".to_owned())));
    assert_eq!(read(json!({"value": "by the page"})), (None, Some("by the page".to_owned())));
}

#[test]
fn tags_that_stand_as_references_are_tags() {
    let advert = json!({"@type": "JobPosting", "description": "&lt;p&gt;Bread &amp;amp; rolls&lt;br&gt;daily"});
    assert_eq!(
        one(&advert).dossier.job_posts[0].text.as_ref().map(|text| text.0.as_str()),
        Some("Bread & rolls\ndaily")
    );
}

#[test]
fn a_person_keeps_work_and_accounts_and_neither_birth_nor_friends() {
    let Read { dossier, unknown_fields, .. } = one(&json!({
        "@type": ["Person"], "name": "Ana Example", "jobTitle": ["Clerk", "Aide"], "gender": "x", "birthDate": "1900-01-01",
        "sameAs": ["https://www.linkedin.com/in/ana-example", "https://ana.example"], "url": "https://ana.example",
        "knows": {"@type": "Person", "name": "Somebody Else"}, "email": "mailto:ana@ana.example",
        "worksFor": [
            {"@type": "Organization", "name": "Sample Works", "member": {"@type": "OrganizationRole", "startDate": 2020}},
            {"@type": "OrganizationRole", "roleName": "Aide", "startDate": "2017", "endDate": "2020",
                "worksFor": {"@type": "Organization", "name": "Old Works"}},
            "Own Works"],
        "alumniOf": {"@type": "EducationalOrganization", "name": "Example College"},
        "address": {"addressLocality": "Lyon", "addressCountry": "FR"}, "knowsLanguage": ["fr", {"@type": "Language", "name": "English"}],
    }));
    assert_eq!(unknown_fields, Vec::<String>::new());
    let jobs: Vec<_> = dossier
        .employment
        .iter()
        .map(|job| {
            let start = job.start.map(|date| date.to_string());
            (job.employer.name.as_deref(), job.title.as_ref().map(|title| title.0.as_str()), start)
        })
        .collect();
    let year = |year: &str| Some(year.to_owned());
    assert_eq!(
        jobs,
        [
            (Some("Sample Works"), None, year("2020")),
            (Some("Old Works"), Some("Aide"), year("2017")),
            (Some("Own Works"), None, None)
        ]
    );
    for key in ["gender", "birthDate", "knows"] {
        assert_eq!(dossier.dropped.get(key), Some(&1), "{:?}", dossier.dropped);
    }
    assert_eq!(dossier.accounts[0].network.as_deref(), Some("linkedin"));
    let contacts: Vec<_> = dossier.contacts.iter().map(|contact| contact.value.as_str()).collect();
    assert_eq!(contacts, ["https://ana.example", "ana@ana.example"]);
    assert_eq!(dossier.subject.languages.len(), 2);
}

#[test]
fn people_stand_in_graphs_lists_and_scripts_and_others_are_told() {
    let person = |name: &str| json!({"@type": "http://schema.org/Person", "name": name});
    let graph = json!({"@context": "https://schema.org", "@graph": [person("Ana"), {"@type": "WebSite", "publisher": person("No")}]});
    let list = json!({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": person("Ben")}]});
    let own = json!({"@type": "ProfilePage", "mainEntity": person("Cem")});
    let text = format!("<!doctype html><title>x</title>{}<p>{}{}", script(&graph), script(&list), script(&own));
    let (read, said) = told(of_page(&text));
    let named: Vec<_> = read
        .iter()
        .map(|read| format!("{} {}", read.source, read.dossier.subject.shown_name().unwrap_or_default()))
        .collect();
    let at = |value: &Value| text.find(&value.to_string()).expect("is there");
    assert_eq!(
        named,
        [
            format!("p.html#/@graph/0@{} Ana", at(&graph)),
            format!("p.html#/itemListElement/0/item@{} Ben", at(&list)),
            format!("p.html#/mainEntity@{} Cem", at(&own)),
        ]
    );
    assert_eq!(said, [format!("p.html@{} - neither a Person nor a JobPosting: WebSite", at(&graph))]);
}

#[test]
fn what_holds_nobody_is_told() {
    let said = |text: &str| told(of_page(text)).1.join("\n");
    assert!(said("<html></html>").contains("found a page without a script"));
    assert!(said(&script(&json!({"@graph": []}))).contains("found nothing"));
    assert!(said(&script(&json!({"name": "x"}))).contains("an object without a type"));
    assert!(said("<script type='application/ld+json'>{\"@type\": x}</script>").contains("expected value"));
    assert!(said("<script type='application/ld+json'>{\"@type\": \"Person\"").contains("EOF"));
}

#[test]
fn only_a_page_in_whose_data_one_stands_is_certain() {
    let person = json!({"@context": "https://schema.org", "@type": "Person", "name": "Ana"});
    let article = json!({"@context": "https://schema.org", "@type": "Article", "author": person});
    let page = |value: &Value| format!("<!DOCTYPE html><html><head>{}</head></html>", script(value));
    assert_eq!(detected(&person.to_string()), Some(Confidence::Certain));
    assert_eq!(detected(&page(&person)), Some(Confidence::Certain));
    assert_eq!(detected(&format!("{person}\n{person}\n")), Some(Confidence::Certain), "one a line");
    let escaped = page(&person).replace("https://", "https:\\/\\/");
    assert_eq!(detected(&escaped), Some(Confidence::Certain), "slashes may be escaped");
    assert_eq!(detected(&article.to_string()), None);
    assert_eq!(detected(&page(&article)), None);
    assert_eq!(detected(&page(&person).replace("application/ld+json", "module")), None);
    assert_eq!(detected(&format!("<html><!-- {} --></html>", script(&person))), None);
    let cut = page(&person);
    assert_eq!(detected(&cut[..cut.len() - 30]), Some(Confidence::Possible));
    let other = json!({"$schema": "http://json-schema.org/draft-07/schema#", "@type": "Person", "x": "Person"});
    assert_eq!(detected(&other.to_string()), None, "JSON Schema");
}

/// Keys and values of the vocabulary, in any order.
fn any_json() -> impl Strategy<Value = Value> {
    const KEYS: [&str; 19] = [
        "@type",
        "@graph",
        "mainEntity",
        "item",
        "name",
        "sameAs",
        "worksFor",
        "member",
        "alumniOf",
        "address",
        "image",
        "baseSalary",
        "value",
        "jobLocation",
        "hiringOrganization",
        "skills",
        "identifier",
        "description",
        "knowsLanguage",
    ];
    const WORDS: [&str; 7] = ["Person", "JobPosting", "WebPage", "2020-13", "https://x.example", "&lt;p&gt;", "12"];
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(json!(7)),
        Just(json!(true)),
        prop::sample::select(&WORDS).prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(&KEYS).prop_map(str::to_owned), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_told(value in any_json()) {
        let items = items(value.to_string().as_bytes(), &Locator::file("x.jsonld"), 128);
        prop_assert!(!items.is_empty());
        let (read, said) = told(items);
        prop_assert!(!read.is_empty() || !said.is_empty());
    }

    #[test]
    fn any_page_is_read_or_told(page in "(<script type=|\"application/ld\\+json\"|>|</script|<!--|-->|é|[{}\\[\\]\": a@]|Person){0,20}") {
        prop_assert!(!of_page(&page).is_empty());
        let _ = detected(&page);
    }
}
