//! `Candidate`, since 2020: HR-XML 3 with words of the editor's own.

use super::parts::{listed, prose};
use crate::dossier::{
    Account, Certification, ContactKind, Coverage, Date, Dossier, Education, Employment, Language, Name, Organisation,
    Role, Section, Text,
};
use crate::ingest::dates;
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{contact, place};

/// What nobody may be judged by.
const PROTECTED: [&str; 9] = [
    "BirthDate",
    "BirthPlace",
    "NationalityCode",
    "GenderCode",
    "PrimaryLanguageCode",
    "Visa",
    "ResidenceCountryCode",
    "MaritalStatusCode",
    "DisabilitySummary",
];

/// Parts of a profile that stand as they are where no rule reads.
const KEPT: [&str; 4] = ["Projects", "PublicationHistory", "VoluntaryWorks", "NetworksAndMemberships"];

/// Parts of a profile that have no place in the record, or are about other people.
const ASIDE: [&str; 16] = [
    "ID",
    "languageCode",
    "Licenses",
    "EmploymentReferences",
    "CreativeWorks",
    "SocialAndPoliticalActivities",
    "ConferencesAndSeminars",
    "CourseCertifications",
    "HonorsAndAwards",
    "HobbiesAndInterests",
    "Hobbies",
    "Recommendations",
    "Attachment",
    "Others",
    "PositionPreferences",
    "SpecifiedCompetency",
];

pub(super) fn resume(mut fields: Fields<'_>) -> Dossier {
    let mut dossier = Dossier { role: Role::Candidate, ..Dossier::default() };
    if let Some(person) = fields.object("CandidatePerson") {
        identify(person, &mut dossier);
    }
    let mut present = vec![Section::Contacts];
    if let Some(profile) = fields.object("CandidateProfile") {
        present.extend(read(profile, &mut dossier));
    }
    let aside = [
        "DocumentID",
        "AlternateDocumentID",
        "ProcessingInformation",
        "CandidateSupplier",
        "PositionSeekingStatusCode",
        "RenderingInformation",
        "UserArea",
    ];
    fields.drop_all(&aside);
    fields.finish();
    dossier.coverage = Coverage { present, ..Coverage::default() };
    dossier
}

fn identify(mut fields: Fields<'_>, dossier: &mut Dossier) {
    if let Some(mut name) = fields.object("PersonName") {
        let whole = name.text("FormattedName");
        let parts: Vec<String> =
            ["GivenName", "MiddleName", "FamilyName"].iter().filter_map(|key| name.text(key)).collect();
        name.drop_all(&["PreferredName", "LegalName", "Title"]);
        name.finish();
        let value = whole.unwrap_or_else(|| parts.join(" "));
        dossier.subject.names = (!value.is_empty()).then(|| Name { value, ..Name::default() }).into_iter().collect();
    }
    for way in fields.objects("Communication") {
        reached(way, dossier);
    }
    fields.drop_all(&PROTECTED);
    fields.finish();
}

/// A way to reach the person, or where they say they are.
fn reached(mut fields: Fields<'_>, dossier: &mut Dossier) {
    let channel = fields.text("ChannelCode").unwrap_or_default().to_lowercase();
    let usage = fields.text("UseCode").map(|usage| usage.to_lowercase());
    let said = fields.text_of(&["URI", "Text", "URL"]);
    let (dialing, number) = (fields.text("CountryDialing"), fields.text("DialNumber"));
    if let Some(mut address) = fields.object("Address") {
        let (city, region) = (address.text("CityName"), address.text("CountrySubDivisionCode"));
        let code = address.text("CountryCode");
        // Where somebody lives to the house is nobody's business, and a postal code stands for a neighbourhood.
        address.drop_all(&["AddressLine", "PostalCode", "StreetName", "BuildingNumber", "type"]);
        address.finish();
        dossier.subject.location = dossier.subject.location.take().or_else(|| place(city, region, code));
    }
    fields.drop_all(&["CountryCode", "AreaDialing", "Extension", "Preference"]);
    fields.finish();
    if let Some(number) = number {
        let code = dialing.map(|code| format!("+{} ", code.trim_start_matches('+'))).unwrap_or_default();
        dossier.contacts.push(contact(ContactKind::Phone, format!("{code}{number}")));
    }
    let Some(value) = said else { return };
    match channel.as_str() {
        "email" => dossier.contacts.push(contact(ContactKind::Email, value)),
        "social media" => {
            dossier.accounts.push(Account { network: usage, url: Some(value), ..Account::default() });
        }
        "instant messaging" | "instant message" => {
            let mut found = contact(ContactKind::Messenger, value);
            found.network = usage;
            dossier.contacts.push(found);
        }
        _ => dossier.contacts.push(contact(ContactKind::Url, value)),
    }
}

/// The profile, and the sections that it has.
fn read(mut fields: Fields<'_>, dossier: &mut Dossier) -> Vec<Section> {
    let sections = [
        ("EmploymentHistory", Section::Employment),
        ("EducationHistory", Section::Education),
        ("Skills", Section::Skills),
        ("Certifications", Section::Certifications),
    ];
    let present = sections.iter().filter(|(key, _)| fields.has(key)).map(|(_, section)| *section).collect();
    dossier.subject.about = prose(&mut fields, "ExecutiveSummary");
    dossier.subject.headline = fields.text_of(&["Headline", "PositionTitle"]).map(Text);
    let employers = listed(&mut fields, "EmploymentHistory", "EmployerHistory");
    dossier.employment = employers.into_iter().flat_map(jobs).collect();
    let schools = listed(&mut fields, "EducationHistory", "EducationOrganizationAttendance");
    dossier.education = schools.into_iter().map(study).collect();
    let certificates = listed(&mut fields, "Certifications", "Certification");
    dossier.certifications = certificates.into_iter().filter_map(certificate).collect();
    for competency in listed(&mut fields, "PersonQualifications", "PersonCompetency") {
        read_competency(competency, dossier);
    }
    for group in ["Skills", "DigitalSkills"] {
        read_skills(&mut fields, group, dossier);
    }
    for key in KEPT {
        dossier.extra.extend(fields.value(key).map(|value| (key.to_owned(), value)));
    }
    fields.drop_all(&ASIDE);
    fields.finish();
    present
}

/// The jobs with one employer; the employer's period serves a job that has none.
fn jobs(mut fields: Fields<'_>) -> Vec<Employment> {
    let employer = Organisation { name: fields.text("OrganizationName"), ..Organisation::default() };
    let whole = period(&mut fields, "EmploymentPeriod");
    let town = town(&mut fields);
    let job = |mut part: Fields<'_>| {
        let told = period(&mut part, "EmploymentPeriod");
        let (start, end, current) = if told.0.is_none() { whole } else { told };
        let (city, country) = (part.text("City"), part.text("Country"));
        let job = Employment {
            employer: employer.clone(),
            title: part.text("PositionTitle").map(Text),
            start,
            end,
            current: part.text("CurrentIndicator").filter(|word| word == "true").map(|_| true).or(current),
            location: place(city, None, country).and_then(|place| place.text).or_else(|| town.clone()),
            description: prose(&mut part, "Description"),
            ..Employment::default()
        };
        part.drop_all(&["JobCategoryCode", "PositionID", "Attachment", "Link"]);
        part.finish();
        job
    };
    let mut jobs: Vec<Employment> = fields.objects("PositionHistory").into_iter().map(job).collect();
    if jobs.is_empty() {
        let (start, end, current) = whole;
        jobs.push(Employment { employer, start, end, current, location: town, ..Employment::default() });
    }
    fields.drop_all(&["IndustryCode", "Attachment", "Link"]);
    fields.finish();
    jobs
}

/// Where an employer or a school is.
fn town(fields: &mut Fields<'_>) -> Option<String> {
    let mut contact = fields.object("OrganizationContact")?;
    let mut found = None;
    for mut way in contact.objects("Communication") {
        if let Some(mut address) = way.object("Address") {
            let (city, code) = (address.text("CityName"), address.text("CountryCode"));
            address.drop_all(&["AddressLine", "PostalCode", "type"]);
            address.finish();
            found = found.or_else(|| place(city, None, code)).filter(|place| place.text.is_some());
        }
        way.drop_all(&["ChannelCode", "UseCode", "URI", "Text", "URL", "DialNumber", "CountryDialing", "CountryCode"]);
        way.finish();
    }
    contact.finish();
    found.and_then(|place| place.text)
}

type Period = (Option<Date>, Option<Date>, Option<bool>);

fn period(fields: &mut Fields<'_>, key: &str) -> Period {
    let Some(mut inner) = fields.object(key) else { return (None, None, None) };
    let is_held = inner.text_of(&["CurrentIndicator", "Ongoing"]).is_some_and(|word| word == "true");
    let told = (date(&mut inner, "StartDate"), date(&mut inner, "EndDate"), is_held.then_some(true));
    inner.drop("Description");
    inner.finish();
    told
}

/// `<StartDate>2020-03</StartDate>`, or one with a `FormattedDateTime`; words are no date.
fn date(fields: &mut Fields<'_>, key: &str) -> Option<Date> {
    if fields.is_text(key) {
        return fields.date(key);
    }
    let mut inner = fields.object(key)?;
    let date = inner.parsed("FormattedDateTime", dates::parse);
    inner.drop("DateText");
    inner.finish();
    date
}

fn study(mut fields: Fields<'_>) -> Education {
    let (start, end, _) = period(&mut fields, "AttendancePeriod");
    let mut study = Education {
        school: Organisation { name: fields.text("OrganizationName"), ..Organisation::default() },
        degree: fields.text("ProgramName"),
        start,
        end,
        ..Education::default()
    };
    if let Some(mut degree) = fields.object("EducationDegree") {
        study.degree = study.degree.or(degree.text("DegreeName"));
        degree.drop("DegreeName");
        study.field = degree.object("FieldOfStudy").and_then(|mut field| {
            let main = field.text("MainFieldOfStudy");
            field.drop("typeCode");
            field.finish();
            main
        });
        study.description = prose(&mut degree, "OccupationalSkillsCovered");
        degree.drop_all(&["FinalGrade", "Thesis", "DegreeDate", "NumberOfCredits", "TypeOfCredits"]);
        degree.finish();
    }
    let _town = town(&mut fields);
    fields.drop_all(&["EducationLevelCode", "Attachment", "Link", "Comment", "NationalClassification"]);
    fields.finish();
    study
}

fn certificate(mut fields: Fields<'_>) -> Option<Certification> {
    let title = fields.text_of(&["CertificationName", "Title", "CertificationTypeCode"]);
    let issuer = if fields.is_text("IssuingAuthority") {
        fields.text("IssuingAuthority")
    } else {
        fields.object("IssuingAuthority").and_then(|mut issuer| {
            let name = issuer.text_of(&["Name", "OrganizationName"]);
            issuer.finish();
            name
        })
    };
    let from = date(&mut fields, "FirstIssuedDate");
    let url = fields.text("Link");
    fields.drop_all(&["EffectiveTimePeriod", "Description", "Attachment", "Date"]);
    fields.finish();
    Some(Certification { name: title?, issuer, issued: from, url, ..Certification::default() })
}

/// A language with its levels, or a skill.
fn read_competency(mut fields: Fields<'_>, dossier: &mut Dossier) {
    let is_language = fields.text("TaxonomyID").is_some_and(|kind| kind.eq_ignore_ascii_case("language"));
    let (code, name) = (fields.text("CompetencyID"), fields.text("CompetencyName"));
    let mut levels: Vec<String> = Vec::new();
    for mut dimension in fields.objects("CompetencyDimension") {
        let level = dimension.object("Score").and_then(|mut score| {
            let level = score.text("ScoreText");
            score.finish();
            level
        });
        dimension.drop("CompetencyDimensionTypeCode");
        dimension.finish();
        levels.extend(level.filter(|level| !levels.contains(level)));
    }
    fields.drop_all(&["Attachment", "Certificate", "Experience"]);
    fields.finish();
    let Some(name) = name.or(code) else { return };
    if is_language {
        let level = (!levels.is_empty()).then(|| levels.join(", "));
        dossier.subject.languages.push(Language { name, level });
    } else {
        dossier.skills.push(name);
    }
}

/// Skills in groups, each with a title, and in the digital ones a list.
fn read_skills(fields: &mut Fields<'_>, key: &str, dossier: &mut Dossier) {
    if fields.is_text(key) {
        fields.drop(key);
        return;
    }
    let Some(mut skills) = fields.object(key) else { return };
    for (list, item) in [
        ("DigitalSkills", "DigitalSkillsGroup"),
        ("DigitalSkillsGroup", "DigitalSkillsGroup"),
        ("CommunicationAndInterpersonalSkills", "CommunicationAndInterpersonalSkill"),
        ("OrganisationalSkills", "OrganisationalSkill"),
        ("ManagementAndLeadershipSkills", "ManagementAndLeadershipSkill"),
        ("JobRelatedSkills", "JobRelatedSkill"),
        ("OtherSkills", "OtherSkill"),
    ] {
        let groups = if list == item { skills.objects(item) } else { listed(&mut skills, list, item) };
        for mut group in groups {
            dossier.skills.extend(group.text("Title"));
            dossier.skills.extend(group.texts("DigitalSkill"));
            group.drop_all(&["Description", "Attachment", "Link"]);
            group.finish();
        }
    }
    skills.finish();
}
