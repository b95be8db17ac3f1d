//! Profiles as the actor dev_fusion of Apify hands them out: what stands on the page, line by line as the page shows it.
//!
//! A job is a title, a line below it (`Employer · Full-time`), a caption (`May 2024 - Present · 1 yr`) and a place. Several
//! jobs with one employer are one entry with the employer as its title, and the jobs below it.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::Format;
use super::json;
use super::profiles::{self, Span, account, contact, handle, name, person, photos, written};
use crate::dossier::{
    Certification, ContactKind, Coverage, Date, Dossier, Education, Employment, Organisation, Section, Text,
};

const FORMAT: Format = Format {
    name: NAME,
    expected: "a profile, an object with `publicIdentifier` and `experiences`",
    envelopes: &[],
    is: |object| object.contains_key("publicIdentifier") && object.contains_key("experiences"),
    read: profile,
    identity: handle,
};

/// Lists about other people, and what has no place in the record.
const ASIDE: [&str; 31] = [
    "companyIndustry",
    "companyLinkedin",
    "companySize",
    "currentJobDuration",
    "currentJobDurationInYrs",
    "topSkillsByEndorsements",
    "addressCountryOnly",
    "addressWithoutCountry",
    "profilePicHighQuality",
    "profilePicAllDimensions",
    "openConnection",
    "updates",
    "honorsAndAwards",
    "volunteerAndAwards",
    // Which of identity, workplace or mail was verified is told in words only.
    "verifications",
    "promos",
    "highlights",
    "projects",
    "publications",
    "patents",
    "courses",
    "testScores",
    "organizations",
    "volunteerCauses",
    "interests",
    "recommendations",
    "creatorWebsite",
    "isPremium",
    "isCreator",
    "isVerified",
    "peopleAlsoViewed",
];

/// Words for where work is done, which stand where a place would.
const WORKPLACES: [&str; 3] = ["On-site", "Hybrid", "Remote"];

const NAME: &str = "apify-devfusion";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "profiles as Apify's dev_fusion hands them out: one object, an array, or one a line",
    recognised_by: "JSON with `publicIdentifier`, `experiences` and either `subComponents` or `addressWithoutCountry`",
    becomes: "one dossier for each profile",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Contacts,
        Section::Photos,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds such profiles.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let beside = ["\"subComponents\"", "\"addressWithoutCountry\""];
    let is_profile = json::has_all(glimpse, &["\"publicIdentifier\"", "\"experiences\""])
        && beside.iter().any(|key| json::has(glimpse, key));
    is_profile.then_some(Confidence::Certain)
}

/// Reads a file of profiles.
fn open(opened: Opened, context: &Context) -> Items {
    json::records(opened, context, &FORMAT)
}

fn profile(mut fields: Fields<'_>) -> Dossier {
    let sections = [
        ("experiences", Section::Employment),
        ("educations", Section::Education),
        ("skills", Section::Skills),
        ("licenseAndCertificates", Section::Certifications),
    ];
    let mut present = vec![Section::Accounts];
    present.extend(profiles::present(&fields, &sections));
    let shown = name(&mut fields, "fullName", ["firstName", "lastName"]);
    let public = fields.text("publicIdentifier");
    let mut own = account(public, fields.count("connections"), fields.count("followers"));
    own.url = fields.text("linkedinUrl").or(own.url);
    own.id = fields.text("urn");
    let mut dossier = person(shown, own);
    dossier.subject.headline = fields.text("headline").map(Text);
    dossier.subject.about = fields.text("about").map(Text);
    dossier.subject.location = written(fields.text("addressWithCountry"));
    dossier.subject.photos = photos(fields.text("profilePic"));
    let language = |fields| profiles::language(fields, "title", "caption");
    dossier.subject.languages = fields.objects("languages").into_iter().filter_map(language).collect();
    dossier.employment = fields.objects("experiences").into_iter().flat_map(jobs).collect();
    employer(&mut fields, &mut dossier.employment);
    dossier.education = fields.objects("educations").into_iter().map(study).collect();
    dossier.certifications = fields.objects("licenseAndCertificates").into_iter().filter_map(certificate).collect();
    dossier.skills = fields.objects("skills").into_iter().filter_map(skill).collect();
    let contacts =
        [(ContactKind::Email, fields.text("email")), (ContactKind::Phone, fields.text("mobileNumber"))].into_iter();
    dossier.contacts = contacts.filter_map(|(kind, value)| Some(contact(kind, value?))).collect();
    fields.drop_all(&ASIDE);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

/// What the service found out about the employer of the current job, which stands there alone where no jobs do.
fn employer(fields: &mut Fields<'_>, jobs: &mut Vec<Employment>) {
    let (title, company) = (fields.text("jobTitle"), fields.text("companyName"));
    let (website, founded) = (fields.text("companyWebsite"), fields.date("companyFoundedIn"));
    if jobs.is_empty() && company.is_some() {
        let employer = Organisation { name: company.clone(), ..Organisation::default() };
        jobs.push(Employment { employer, title: title.map(Text), current: Some(true), ..Employment::default() });
    }
    let is_there = |job: &&mut Employment| job.employer.name.is_some() && job.employer.name == company;
    for job in jobs.iter_mut().filter(is_there) {
        job.employer.url.clone_from(&website);
        job.employer.founded = founded;
    }
}

/// An entry: one job, or several with one employer.
fn jobs(mut fields: Fields<'_>) -> Vec<Employment> {
    let title = fields.text("title");
    let below = fields.objects("subComponents");
    let jobs = if fields.truth("breakdown") == Some(true) {
        // Of all of them together: how long, and where the employer is.
        fields.drop_all(&["subtitle", "caption", "metadata"]);
        below.into_iter().map(|part| job(part, title.as_deref())).collect()
    } else {
        let said = fields.text("subtitle").unwrap_or_default();
        let (employer, kind) = said.split_once(" · ").unwrap_or((&said, ""));
        let texts: Vec<String> = below.into_iter().flat_map(description).collect();
        vec![Employment {
            employer: organisation(Some(employer)),
            title: title.map(Text),
            kind: profiles::kind(kind),
            description: joined(&texts),
            ..lasting(&mut fields)
        }]
    };
    fields.drop_all(&["companyId", "companyUrn", "companyLink1", "logo"]);
    fields.finish();
    jobs
}

/// One of several jobs with one employer.
fn job(mut fields: Fields<'_>, employer: Option<&str>) -> Employment {
    let title = fields.text("title").map(Text);
    let kind = fields.text("subtitle").as_deref().map(profiles::kind).unwrap_or_default();
    let lasting = lasting(&mut fields);
    let texts = description(fields);
    Employment { employer: organisation(employer), title, kind, description: joined(&texts), ..lasting }
}

/// From when to when, and where.
fn lasting(fields: &mut Fields<'_>) -> Employment {
    let (start, end, current) = dates(fields);
    let place = fields.text("metadata").map(|said| said.split(" · ").next().unwrap_or_default().to_owned());
    let location = place.filter(|place| !WORKPLACES.contains(&place.as_str()));
    Employment { start, end, current, location, ..Employment::default() }
}

fn dates(fields: &mut Fields<'_>) -> (Option<Date>, Option<Date>, Option<bool>) {
    let Span { start, end, lasts } = fields.parsed("caption", profiles::span).unwrap_or_default();
    (start, end, lasts.then_some(true))
}

/// The texts of an entry; skills and media beside them are the page's.
fn description(mut fields: Fields<'_>) -> Vec<String> {
    let text = |mut part: Fields<'_>| {
        let is_text = part.text("type").is_none_or(|kind| kind == "textComponent");
        let text = part.text("text");
        part.drop_all(&["thumbnail", "title", "subtitle"]);
        part.finish();
        text.filter(|_| is_text)
    };
    let texts = fields.objects("description").into_iter().filter_map(text).collect();
    fields.finish();
    texts
}

fn joined(texts: &[String]) -> Option<Text> {
    (!texts.is_empty()).then(|| Text(texts.join("\n")))
}

fn organisation(name: Option<&str>) -> Organisation {
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    Organisation { name, ..Organisation::default() }
}

fn study(mut fields: Fields<'_>) -> Education {
    let (school, said) = (fields.text("title"), fields.text("subtitle"));
    let (degree, field) = match said.as_deref().map(|said| said.split_once(", ").ok_or(said)) {
        Some(Ok((degree, field))) => (Some(degree.to_owned()), Some(field.to_owned())),
        Some(Err(degree)) => (Some(degree.to_owned()), None),
        None => (None, None),
    };
    let (start, end, _) = dates(&mut fields);
    let texts: Vec<String> = fields.objects("subComponents").into_iter().flat_map(description).collect();
    fields.drop_all(&["companyId", "companyUrn", "companyLink1", "logo", "breakdown", "metadata"]);
    fields.finish();
    let school = organisation(school.as_deref());
    Education { school, degree, field, start, end, description: joined(&texts), ..Education::default() }
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let (title, issuer) = (fields.text("title"), fields.text("subtitle"));
    let date = fields.parsed("caption", profiles::issued);
    fields.drop_all(&["companyId", "companyUrn", "companyLink1", "logo", "breakdown", "metadata", "subComponents"]);
    fields.finish();
    Some(Certification { name: title?, issuer, issued: date, ..Certification::default() })
}

fn skill(mut fields: Fields<'_>) -> Option<String> {
    let skill = fields.text("title");
    // Who endorsed it.
    fields.drop("subComponents");
    fields.finish();
    skill
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::dossier::{EmploymentKind, Locator, Section};
    use crate::ingest::parse::Parse;
    use serde_json::json;

    #[test]
    fn jobs_stand_alone_or_below_their_employer() {
        let answer = json!({
            "publicIdentifier": "ana-example", "fullName": "Ana Example", "connections": 700, "followers": 710,
            "companyName": "Sample Works", "companyWebsite": "sample-works.example", "companyFoundedIn": 2014,
            "experiences": [
                {"title": "Engineer", "subtitle": "Sample Works · Full-time", "caption": "May 2024 - Present · 1 yr",
                 "metadata": "Lyon, France · Hybrid", "breakdown": false, "subComponents": [{"description": []}]},
                {"title": "Old Works", "subtitle": "Part-time · 1 yr", "caption": "Lyon, France", "breakdown": true,
                 "subComponents": [
                    {"title": "Senior", "caption": "Feb 2024 - May 2024 · 4 mos", "metadata": "On-site", "description": []},
                    {"title": "Junior", "caption": "some day", "description": [
                        {"type": "textComponent", "text": "Did things"}, {"type": "insightComponent", "text": "SQL"}]},
                 ]},
            ],
            "educations": [], "skills": null,
        });
        let (dossier, unknown) =
            FORMAT.parse(answer.to_string().as_bytes(), &Locator::file("profiles.json"), 128).expect("a profile");
        assert_eq!(unknown, ["/experiences/*/subComponents/*/caption"]);
        let [engineer, senior, junior] = &dossier.employment[..] else { panic!("{:?}", dossier.employment) };
        assert_eq!((engineer.kind, engineer.current), (EmploymentKind::FullTime, Some(true)));
        assert_eq!(engineer.location.as_deref(), Some("Lyon, France"));
        assert_eq!(engineer.employer.founded.map(|date| date.to_string()).as_deref(), Some("2014"));
        assert_eq!((senior.employer.name.as_deref(), senior.location.as_deref()), (Some("Old Works"), None));
        assert_eq!(senior.end.map(|date| date.to_string()).as_deref(), Some("2024-05"));
        assert_eq!(junior.description, Some("Did things".into()));
        assert_eq!(dossier.coverage.present, [Section::Accounts, Section::Employment, Section::Education]);
    }
}
