//! People as People Data Labs hands them out: one person an object, alone or below `data`.
//!
//! Values are lower-cased by the service, and what a plan does not include stands as `true`. What the service infers is
//! never read: a range of pay, a sex, a birth, possible addresses.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, account, contact, name, person};
use crate::dossier::{
    Account, Certification, Contact, ContactKind, Coverage, Dossier, Education, Employment, Location, Organisation,
    Section, Text,
};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a person, an object with `full_name` and `linkedin_username` or `job_title`",
    envelopes: &["data"],
    is: |object| {
        object.contains_key("full_name")
            && (object.contains_key("linkedin_username") || object.contains_key("job_company_name"))
    },
    read: human,
    identity: |dossier| {
        let own = dossier.extra.get(ID)?.as_str().map(str::to_owned);
        dossier.accounts.first().and_then(|account| account.handle.clone()).or(own)
    },
};

/// Under which the service's own number of the person is kept.
const ID: &str = "id";

/// What has no place in the record, or is inferred.
const ASIDE: [&str; 34] = [
    "first_name",
    "last_name",
    "middle_initial",
    "middle_name",
    "last_initial",
    "linkedin_id",
    "facebook_id",
    "facebook_friends",
    "industry",
    "industry_v2",
    "interests",
    "regions",
    "countries",
    "location_names",
    "street_addresses",
    "first_seen",
    "num_sources",
    "num_records",
    "version_status",
    "dataset_version",
    "operation_id",
    "name_aliases",
    "inferred_years_experience",
    "job_last_updated",
    "job_last_changed",
    "job_last_verified",
    "job_summary",
    "job_history",
    "location_last_updated",
    "education_history",
    "headline_history",
    "union_id",
    "summary_history",
    "likelihood",
];

const NAME: &str = "people-data-labs";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "people as People Data Labs hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `full_name` and either `linkedin_username` or `job_company_name`, and `job_title_levels`, also below `data`",
    becomes: "one dossier for each person",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Contacts,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such people.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let beside = ["\"linkedin_username\"", "\"job_company_name\""];
    let is_person = json::has_all(glimpse, &["\"full_name\"", "\"job_title_levels\""])
        && beside.iter().any(|key| json::has(glimpse, key));
    is_person.then_some(Confidence::Certain)
}

/// Reads a file of people.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn human(mut fields: Fields<'_>) -> Dossier {
    fields.drop_truths();
    let sections = [
        ("experience", Section::Employment),
        ("education", Section::Education),
        ("skills", Section::Skills),
        ("certifications", Section::Certifications),
    ];
    let present = profiles::present(&fields, &sections);
    let shown = name(&mut fields, "full_name", ["first_name", "last_name"]);
    let linkedin = account(fields.text("linkedin_username"), fields.count("linkedin_connections"), None);
    let mut dossier = person(shown, linkedin);
    fields.drop("linkedin_url");
    dossier.accounts.retain(|account| account.handle.is_some());
    accounts(&mut fields, &mut dossier.accounts);
    dossier.subject.headline = fields.text("headline").map(Text);
    dossier.subject.about = fields.text("summary").map(Text);
    dossier.subject.location = location(&mut fields);
    let language = |fields| profiles::language(fields, "name", "proficiency");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.employment = fields.objects("experience").into_iter().map(job).collect();
    current(&mut fields, &mut dossier.employment);
    dossier.education = fields.objects("education").into_iter().map(study).collect();
    dossier.certifications = fields.objects("certifications").into_iter().filter_map(certificate).collect();
    dossier.skills = fields.texts("skills");
    dossier.contacts = contacts(&mut fields);
    dossier.extra.extend(fields.value(ID).map(|value| (ID.to_owned(), value)));
    fields.drop_all(&ASIDE);
    for prefix in ["job_title_", "job_company_", "job_onet_", "possible_", "inferred_", "location_"] {
        fields.drop_beginning(prefix);
    }
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

/// Accounts on networks: those with keys of their own, and the list of all that the service found.
fn accounts(fields: &mut Fields<'_>, accounts: &mut Vec<Account>) {
    let mut add = |network: Option<String>, handle: Option<String>, url: Option<String>, id: Option<String>| {
        let (Some(network), Some(named)) = (&network, handle.as_ref().or(url.as_ref())) else { return };
        let is_there = accounts.iter().any(|known| {
            known.network.as_ref() == Some(network) && [&known.handle, &known.url].contains(&&Some(named.clone()))
        });
        if !is_there {
            accounts.push(Account { network: Some(network.clone()), handle, url, id, ..Account::default() });
        }
    };
    for network in ["github", "twitter", "facebook"] {
        let handle = fields.text(&format!("{network}_username"));
        let url = fields.text(&format!("{network}_url"));
        add(Some(network.to_owned()), handle.or_else(|| last_part(url.as_deref()?)), url, None);
    }
    for mut profile in fields.objects("profiles") {
        let (network, handle) = (profile.text("network"), profile.text("username"));
        let (url, id) = (profile.text("url"), profile.text("id"));
        add(network, handle, url, id);
        // When the service saw it, not when it was made.
        profile.drop_all(&["first_seen", "last_seen", "num_sources"]);
        profile.finish();
    }
}

/// The handle in an address such as `twitter.com/ana_example`.
fn last_part(url: &str) -> Option<String> {
    let (_, last) = url.trim_end_matches('/').rsplit_once('/')?;
    (!last.is_empty()).then(|| last.to_owned())
}

fn location(fields: &mut Fields<'_>) -> Option<Location> {
    let (city, region, country) =
        (fields.text("location_locality"), fields.text("location_region"), fields.text("location_country"));
    let whole = fields.text("location_name");
    let found = profiles::place(city, region, country);
    match whole {
        Some(text) => Some(Location { text: Some(text), ..found.unwrap_or_default() }),
        None => found,
    }
}

/// Ways to reach the person, each once.
fn contacts(fields: &mut Fields<'_>) -> Vec<Contact> {
    let mut mails: Vec<String> =
        ["work_email", "recommended_personal_email"].iter().filter_map(|key| fields.text(key)).collect();
    mails.extend(fields.texts("personal_emails"));
    for mut mail in fields.objects("emails") {
        mails.extend(mail.text("address"));
        mail.drop_all(&["type", "first_seen", "last_seen", "num_sources"]);
        mail.finish();
    }
    let mut numbers: Vec<String> =
        fields.text("mobile_phone").into_iter().chain(fields.texts("phone_numbers")).collect();
    for mut phone in fields.objects("phones") {
        numbers.extend(phone.text("number"));
        phone.drop_all(&["first_seen", "last_seen", "num_sources"]);
        phone.finish();
    }
    let mut contacts: Vec<Contact> = Vec::new();
    for (kind, values) in [(ContactKind::Email, mails), (ContactKind::Phone, numbers)] {
        for value in values {
            if !contacts.iter().any(|known| known.value == value) {
                contacts.push(contact(kind, value));
            }
        }
    }
    contacts
}

/// The current job, where it stands by itself and not among the others.
fn current(fields: &mut Fields<'_>, jobs: &mut Vec<Employment>) {
    let (title, company) = (fields.text("job_title"), fields.text("job_company_name"));
    let (start, website) = (fields.date("job_start_date"), fields.text("job_company_website"));
    let founded = fields.date("job_company_founded");
    if jobs.is_empty() && (title.is_some() || company.is_some()) {
        let employer = Organisation { name: company, url: website, founded, ..Organisation::default() };
        jobs.push(Employment { employer, title: title.map(Text), start, current: Some(true), ..Employment::default() });
    }
}

fn job(mut fields: Fields<'_>) -> Employment {
    let title = fields.object("title").and_then(|mut title| {
        let name = title.text("name");
        title.drop_all(&["class", "role", "sub_role", "levels", "raw"]);
        title.finish();
        name
    });
    let (start, end) = (fields.date("start_date"), fields.date("end_date"));
    let is_held = fields.truth("is_primary") == Some(true) && end.is_none();
    let places = fields.texts("location_names");
    let job = Employment {
        employer: fields.object("company").map(organisation).unwrap_or_default(),
        title: title.map(Text),
        start,
        end,
        current: is_held.then_some(true),
        location: places.into_iter().next(),
        description: fields.text("summary").map(Text),
        ..Employment::default()
    };
    fields.drop_all(&["first_seen", "last_seen", "num_sources"]);
    fields.finish();
    job
}

/// A company or a school, as the service knows it.
fn organisation(mut fields: Fields<'_>) -> Organisation {
    let found = Organisation {
        name: fields.text("name"),
        url: fields.text("website"),
        domain: fields.text("domain"),
        founded: fields.date("founded"),
        ..Organisation::default()
    };
    let aside = [
        "id",
        "size",
        "industry",
        "industry_v2",
        "location",
        "linkedin_url",
        "linkedin_id",
        "facebook_url",
        "twitter_url",
        "ticker",
        "type",
        "raw",
    ];
    fields.drop_all(&aside);
    fields.finish();
    found
}

fn study(mut fields: Fields<'_>) -> Education {
    let joined = |words: Vec<String>| (!words.is_empty()).then(|| words.join(", "));
    let study = Education {
        school: fields.object("school").map(organisation).unwrap_or_default(),
        degree: joined(fields.texts("degrees")),
        field: joined(fields.texts("majors")),
        start: fields.date("start_date"),
        end: fields.date("end_date"),
        description: fields.text("summary").map(Text),
        ..Education::default()
    };
    fields.drop_all(&["minors", "gpa", "raw", "first_seen", "last_seen", "num_sources"]);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer) = (fields.text("name"), fields.text("organization"));
    let (from, until) = (fields.date("start_date"), fields.date("end_date"));
    fields.finish();
    Some(Certification { name: title?, issuer, issued: from, expires: until, ..Certification::default() })
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::Locator;
    use crate::ingest::parse::Parse;
    use serde_json::json;

    #[test]
    fn what_is_inferred_or_withheld_is_counted_and_what_is_told_twice_stands_once() {
        let answer = json!({"status": 200, "likelihood": 9, "data": {
            "id": "abc_0000", "full_name": "ana example", "sex": "x", "birth_year": 1900, "inferred_salary": "45,000-55,000",
            "linkedin_username": "ana-example", "linkedin_url": "linkedin.com/in/ana-example", "twitter_url": "twitter.com/ana_example",
            "work_email": true, "personal_emails": ["ana@mail.example"], "emails": [{"address": "ana@mail.example", "type": "personal"}],
            "job_title": "clerk", "job_title_levels": ["vp"], "job_company_size": "1-10", "location_name": "lyon, france",
            "possible_phones": [1],
            "experience": [
                {"company": {"name": "sample works", "founded": 2014, "size": "1-10"}, "title": {"name": "clerk", "levels": []},
                 "start_date": "2024-03", "end_date": null, "is_primary": true},
                {"company": null, "title": null, "start_date": "2019", "end_date": "2024", "is_primary": false, "mood": 1},
            ],
            "profiles": [{"network": "linkedin", "username": "ana-example", "url": "linkedin.com/in/ana-example", "first_seen": "2016-01-01"},
                {"network": "gitlab", "username": "ana", "url": "gitlab.com/ana"}],
        }});
        let (dossier, unknown) =
            FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("people.json"), 128).expect("a person");
        assert_eq!(unknown, ["/experience/*/mood"]);
        for key in ["sex", "birth_year", "inferred_salary", "work_email", "possible_phones"] {
            assert_eq!(dossier.dropped.get(key), Some(&1), "{key}: {:?}", dossier.dropped);
        }
        let accounts: Vec<_> = dossier.accounts.iter().filter_map(|account| account.handle.as_deref()).collect();
        assert_eq!(accounts, ["ana-example", "ana_example", "ana"]);
        let contacts: Vec<_> = dossier.contacts.iter().map(|contact| contact.value.as_str()).collect();
        assert_eq!(contacts, ["ana@mail.example"]);
        assert_eq!((dossier.employment[0].current, dossier.employment[1].current), (Some(true), None));
        assert!(dossier.employment[0].employer.founded.is_some());
    }
}
