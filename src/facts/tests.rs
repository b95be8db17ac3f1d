//! Invented dossiers and knowledge for the tests of facts.

use super::catalogue::Field;
use super::category::Category;
use super::element::{Elements, Known, Value};
use super::knowledge::Knowledge;
use crate::content::{Content, ContentFile, embedded};
use crate::dossier::Dossier;

/// Small lists and tables with invented hosts.
pub(crate) fn content() -> Content {
    let files = [
        ("lists/free-mail.txt", "mail.example\n"),
        ("lists/disposable-mail.txt", "throwaway.example\n"),
        ("lists/ats-relays.txt", "hiring-system.example\n"),
        ("lists/url-shorteners.txt", "shrt.example\n"),
        ("lists/payload-hosts.txt", "static-host.example\n"),
        ("lists/code-hosts.txt", "code.example\n"),
        ("lists/meeting-hosts.txt", "meet.example\n"),
        ("lists/network-hosts.txt", "network.example\n"),
        ("lists/link-wrappers.txt", "gateway.example\n"),
        ("lists/lure-domains.txt", "known-lure.example\n"),
        ("lists/front-companies.txt", "hollow works\n"),
        ("lists/defence-primes.txt", "blue harbour systems\n"),
        ("lists/company-forms.txt", "gmbh\ninc\nltd\nplc\n株式会社\n"),
        ("lists/job-words.txt", "apply\ncareer\ncareers\nhr\njobs\nteam\n"),
        ("lists/ordinary-words.txt", "harvest\n"),
        ("lists/executable-extensions.txt", "exe\n"),
        ("lists/archive-extensions.txt", "zip\n"),
        ("lists/shortcut-extensions.txt", "lnk\n"),
        ("lists/hosting-asns.txt", "64500\n"),
        ("lists/vpn-documented.txt", "sample vpn\n"),
        ("lists/test-ranges.txt", "203.0.113.0/24\n"),
        ("lists/assessment-words.txt", "mvp1\nskill-test\n"),
        ("tables/install-commands.tsv", "command\tkind\nhusky\thook\nnode\trunner\n"),
        (
            "tables/brands.tsv",
            "name\tdomain\nNorthwind Aero\tnorthwind.example\nHarvest\tharvest.example\nMeridian Foundry\tmeridianfoundry.example\n",
        ),
        ("lists/image-editors.txt", "imagine pro\n"),
        ("lists/image-generators.txt", "swapwell\n"),
        ("lists/given-names.txt", "petra\n"),
        (
            "tables/places.tsv",
            "name\tkind\tcountry\tregion\tzones\tpopulation\taliases\n\
             United States\tcountry\tUS\t\tAmerica/Denver\t0\t\n\
             Denver\tcity\tUS\tCO\tAmerica/Denver\t700000\t\n\
             Canada\tcountry\tCA\t\tAmerica/Toronto|America/Vancouver\t38000000\t\n\
             Portugal\tcountry\tPT\t\tEurope/Lisbon\t10000000\t\n\
             Ontario\tregion\tCA\tON\tAmerica/Toronto\t14000000\tON\n\
             Toronto\tcity\tCA\tON\tAmerica/Toronto\t2700000\t\n\
             Lisbon\tcity\tPT\t\tEurope/Lisbon\t500000\tLisboa\n",
        ),
        ("tables/technologies.tsv", "name\taliases\treleased\nHexaform\tHexa Form\t2019-05\n"),
        ("tables/organisations.tsv", "name\taliases\tfounded\nYoungling Robotics\t\t2018\n"),
        (
            "tables/title-words.tsv",
            "word\twork\ndeveloper\tbuild\nengineer\tbuild\ndirector\tmanage\nrecruiter\thire\n",
        ),
        ("tables/degrees.tsv", "word\tlevel\nbsc\tbachelor\nmsc\tmaster\nphd\tdoctor\n"),
        (
            "lexicons/recruiter-role.yml",
            "intent: recruiter-role\ndescription: A title of people who hire.\nphrases:\n  en:\n    - literal: recruiter\n      match: [\"Recruiter\"]\n      no_match: [\"Developer\"]\n",
        ),
        (
            "lexicons/years-of-experience.yml",
            "intent: years-of-experience\ndescription: Claims years of experience.\nphrases:\n  en:\n    - pattern: '\\b(?P<value>\\d{1,2})\\+? years of experience'\n      match: [\"12 years of experience\"]\n      no_match: [\"12 years\"]\n",
        ),
        (
            "lexicons/forwarding-address.yml",
            "intent: forwarding-address\ndescription: An address that passes things on.\nphrases:\n  en:\n    - pattern: 'po box'\n      match: [\"PO Box 1\"]\n      no_match: [\"Box 1\"]\n",
        ),
        (
            "lexicons/says-employer.yml",
            "intent: says-employer\ndescription: Says for whom the writer works.\nphrases:\n  en:\n    - pattern: '\\brecruiter (?:for|at) (?P<value>\\w+(?: \\w+)?)'\n      match: [\"I am a recruiter for Acme\"]\n      no_match: [\"I am a recruiter\"]\n",
        ),
    ];
    let files: Vec<_> =
        files.into_iter().map(|(path, text)| ContentFile { path: path.to_owned(), text: text.into() }).collect();
    Content::load(&files).expect("the content loads")
}

/// The lists and tables that the binary carries, without lexicons, which take longest to load.
pub(crate) fn tables() -> Content {
    let files: Vec<_> = embedded().into_iter().filter(|file| !file.path.starts_with("lexicons/")).collect();
    Content::load(&files).expect("the content loads")
}

/// The values of a field of the element at a position, as text; an empty list for a list that is empty, `None` for
/// what is unknown or absent.
pub(crate) fn values(
    elements: &Elements<'_>,
    category: Category,
    position: usize,
    field: Field,
) -> Option<Vec<String>> {
    match elements.get(&elements.of(category)[position], field) {
        Known::Present(facts) => Some(
            facts
                .iter()
                .map(|fact| match &fact.value {
                    Value::Text(text) => text.to_string(),
                    Value::Number(number) => number.to_string(),
                    Value::Flag(flag) => flag.to_string(),
                    Value::Date(date) => date.to_string(),
                })
                .collect(),
        ),
        Known::Absent | Known::Unknown => None,
    }
}

/// One value, as [`values`] gives it.
#[expect(clippy::unnecessary_wraps, reason = "it is compared with what may be unknown")]
pub(crate) fn one(value: &str) -> Option<Vec<String>> {
    Some(vec![value.to_owned()])
}

/// Asserts over the facts of a dossier given as JSON.
pub(crate) fn with_facts(json: serde_json::Value, check: impl FnOnce(&Elements<'_>)) {
    let mut record = serde_json::json!({"schema": crate::dossier::SCHEMA, "id": "d"});
    if let (Some(record), serde_json::Value::Object(parts)) = (record.as_object_mut(), json) {
        record.extend(parts);
    }
    let dossier: Dossier = serde_json::from_value(record).expect("a dossier");
    let content = content();
    let knowledge = Knowledge::new(&content);
    let now = "2026-11-25T12:00:00Z".parse().expect("a date");
    check(&super::facts(&dossier, &knowledge, now));
}

/// The values of a field of a dossier given as JSON, side by side.
pub(crate) fn subject(json: serde_json::Value, field: Field) -> Option<String> {
    let mut found = None;
    with_facts(json, |elements| {
        found = values(elements, Category::Dossier, 0, field).map(|values| values.join(" "));
    });
    found
}
