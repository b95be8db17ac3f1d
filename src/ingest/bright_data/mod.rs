//! Records of LinkedIn as Bright Data hands them out: people, job adverts and companies, one an object.

mod company;
mod job;
mod number;
mod person;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use crate::dossier::{Dossier, Provenance, Section};
use number::ID;
use serde_json::Value;

const NAME: &str = "bright-data";

const FORMAT: Format = Format {
    name: NAME,
    expected: "a person with `linkedin_num_id` or `current_company`, an advert with `job_posting_id`, or a company with `employees_in_linkedin`",
    envelopes: &[],
    is: |object| Kind::of(|key| object.contains_key(key)).is_some(),
    read,
    identity: |dossier| {
        let own = dossier.extra.get(ID).and_then(Value::as_str).map(str::to_owned);
        own.or_else(|| dossier.accounts.first()?.handle.clone())
    },
};

/// What a record is of.
#[derive(Clone, Copy)]
enum Kind {
    Person,
    Job,
    Company,
}

impl Kind {
    /// By the keys that it has.
    fn of(has: impl Fn(&str) -> bool) -> Option<Self> {
        if has("job_posting_id") && has("job_title") {
            Some(Self::Job)
        } else if has("employees_in_linkedin") {
            Some(Self::Company)
        } else if has("linkedin_num_id") || has("educations_details") || (has("input_url") && has("current_company")) {
            Some(Self::Person)
        } else {
            None
        }
    }
}

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "people, job adverts and companies of LinkedIn as Bright Data hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `linkedin_num_id`, `educations_details`, `employees_in_linkedin`, `input_url` and `current_company`, or `job_posting_id` and `job_title`",
    becomes: "one dossier for each person, advert or company",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Certifications,
        Section::Recommendations,
        Section::Contacts,
        Section::JobPosts,
        Section::Organisations,
        Section::Photos,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such records.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let has = |key: &str| json::has(glimpse, &format!("\"{key}\""));
    (json::has_all(glimpse, &[]) && Kind::of(has).is_some()).then_some(Confidence::Certain)
}

/// Reads a file of records.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let captured_at = fields.date("timestamp");
    fields.drop_all(&["input", "input_url", "discovery_input", "warning", "warning_code"]);
    let dossier = match Kind::of(|key| fields.has(key)) {
        Some(Kind::Job) => job::advert(fields),
        Some(Kind::Company) => company::company(fields),
        Some(Kind::Person) | None => person::profile(fields),
    };
    Dossier { provenance: vec![Provenance { captured_at, ..Provenance::default() }], ..dossier }
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::{Dossier, Locator, PayPeriod, Role, Section};
    use crate::ingest::parse::Parse;
    use serde_json::{Value, json};

    fn read(answer: &Value) -> (Dossier, Vec<String>) {
        FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("records.json"), 128).expect("a record")
    }

    #[test]
    fn what_the_page_was_misread_for_is_left_out() {
        let (dossier, unknown) = read(&json!({
            "id": "ana-example", "linkedin_id": "ana-example", "linkedin_num_id": "77", "name": "Ana Example",
            "city": "Contact Info", "location": "Lyon", "country_code": "FR", "connections": 2, "followers": 18_700_000,
            "default_avatar": true, "avatar": "https://media.example/none.png", "education": null,
            "experience": [
                {"title": "Sample Works", "company": "Sample Works", "positions": [
                    {"title": "Lead", "start_date": "Jan 2023", "end_date": "Present", "meta": "x"},
                    {"title": "Clerk", "start_date": "2019", "end_date": "Dec 2022"}]},
                {"title": "Waiter", "company": "Old Works", "start_date": "2017", "end_date": "2018", "positions": null},
            ],
            "people_also_viewed": [{"name": "Somebody Else"}], "timestamp": "2026-03-01T04:05:06.000Z",
        }));
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(dossier.accounts[0].connections, None);
        assert_eq!(dossier.dropped.get("connections"), Some(&1));
        assert_eq!(dossier.subject.location.and_then(|place| place.text).as_deref(), Some("Lyon"));
        let jobs: Vec<_> = dossier.employment.iter().map(|job| (job.employer.name.as_deref(), job.current)).collect();
        assert_eq!(jobs, [(Some("Sample Works"), Some(true)), (Some("Sample Works"), None), (Some("Old Works"), None)]);
        assert!(dossier.subject.photos.is_empty() && dossier.provenance[0].captured_at.is_some());
        assert_eq!(dossier.coverage.present, [Section::Accounts, Section::Employment]);
    }

    #[test]
    fn an_advert_is_its_publishers_and_a_company_is_an_organisation() {
        let (advert, unknown) = read(&json!({
            "job_posting_id": "9", "job_title": "Clerk", "company_name": "Sample Works", "job_location": "Lyon",
            "job_description_formatted": "<p>Write to <a href=\"mailto:jobs@works.example\">us</a>.</p>", "job_summary": "Write to us.",
            "job_posted_date": "2026-03-01T00:00:00.000Z", "job_posted_time": "2 days ago", "url": "https://www.linkedin.com/jobs/view/9",
            "base_salary": {"min_amount": 30000, "max_amount": 40000, "currency": "€", "payment_period": "yr"},
            "job_poster": {"name": "Ben Example", "title": "Recruiter", "url": "https://www.linkedin.com/in/ben-example"},
        }));
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(advert.role, Role::Recruiter);
        let post = &advert.job_posts[0];
        assert_eq!(
            (post.text.as_ref().map(|text| text.0.as_str()), post.contact_email.as_deref()),
            (Some("Write to us."), Some("jobs@works.example"))
        );
        assert_eq!(post.pay.as_ref().and_then(|pay| pay.period), Some(PayPeriod::Year));
        assert_eq!(advert.subject.shown_name(), Some("Ben Example"));
        let (company, unknown) = read(&json!({
            "id": "sample-works", "company_id": "5", "name": "Sample Works", "employees_in_linkedin": 12, "founded": 2014,
            "website": "https://works.example", "country_code": "FR,DE", "employees": [{"title": "Ana Example"}],
        }));
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!((company.organisations[0].employees, company.organisations[0].country.as_deref()), (Some(12), None));
        assert_eq!(company.dropped.get("employees"), Some(&1));
        assert_ne!(advert.id, company.id);
    }

    #[test]
    fn an_error_of_the_service_is_no_record() {
        let rejected = FORMAT
            .parse(br#"{"error": "dead page", "input": {}}"#, &Locator::file("x.json"), 128)
            .expect_err("is none");
        assert!(rejected.reason.contains("linkedin_num_id"), "{}", rejected.reason);
    }
}
