//! Europass: the XML of today's editor (`Candidate`) and of the one before 2020 (`SkillsPassport`, also as JSON).
//!
//! What a person writes about themselves. What nobody may be judged by stands in these files by default: birth, gender,
//! nationality, mother tongue, visas and the picture are never read, and counted.

mod candidate;
mod parts;
mod passport;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::fields::Fields;
use super::foreign::{Format, whole};
use super::item::Item;
use super::{json, xml};
use crate::dossier::{Dossier, Rejected, Section};
use std::io::Read;

const NAME: &str = "europass";

const FORMAT: Format = Format {
    name: NAME,
    expected: "a résumé of Europass, with `SkillsPassport` and `LearnerInfo`, or with `CandidatePerson`",
    envelopes: &["SkillsPassport", "Europass", "Candidate"],
    is: |object| object.contains_key("LearnerInfo") || object.contains_key("CandidatePerson"),
    read,
    // Not by whom it is: a résumé that returns with other dates is another record.
    identity: |_| None,
};

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "résumés of Europass: XML (before and since 2020) and the JSON of the editor before 2020",
    recognised_by: "XML with the root `Candidate` of europass.eu, `SkillsPassport` or `Europass`; JSON with `SkillsPassport` and `LearnerInfo`",
    becomes: "one dossier for each résumé",
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

/// Namespaces of the two editors.
const NAMESPACES: [&str; 2] = ["http://www.europass.eu/1.0", "http://europass.cedefop.europa.eu/Europass"];

/// Whether a file is such a résumé.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let is_one = json::has_all(glimpse, &["\"SkillsPassport\"", "\"LearnerInfo\""])
        || (glimpse.entries.is_none()
            && is_xml(glimpse.head)
            && NAMESPACES.iter().any(|name| json::has(glimpse, name)));
    is_one.then_some(Confidence::Certain)
}

/// Whether a text begins as a document of XML does; so it may, with UTF-16, where every other byte is 0.
fn is_xml(head: &[u8]) -> bool {
    let rest = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    rest.starts_with(b"<")
}

/// Reads a file: one document of XML, or records of JSON.
fn open(opened: Opened, context: &Context) -> Items {
    match opened {
        Opened::Stream { reader, head, .. } if is_xml(&head) || head.starts_with(b"\xFF\xFE") => {
            let context = context.clone();
            Box::new(std::iter::once_with(move || document(reader, &context)))
        }
        other => json::records(other, context, &FORMAT),
    }
}

fn document(reader: impl Read, context: &Context) -> Item {
    let Context { source, limits, .. } = context;
    let rejected = |reason: String| Item::Rejected(Rejected { source: source.clone(), reason });
    let bytes = match whole(reader, limits) {
        Ok(bytes) => bytes,
        Err(reason) => return rejected(reason),
    };
    let value = match xml::read(&bytes, limits.max_depth) {
        Ok(value) => value,
        Err(reason) => return rejected(reason),
    };
    FORMAT.item(value, &bytes, source)
}

fn read(fields: Fields<'_>) -> Dossier {
    if fields.has("LearnerInfo") { passport::resume(fields) } else { candidate::resume(fields) }
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, document};
    use crate::dossier::{ContactKind, Dossier, Locator};
    use crate::ingest::adapter::Context;
    use crate::ingest::item::Item;
    use crate::ingest::options::Limits;
    use crate::ingest::parse::Parse;

    fn read(xml: &str) -> (Dossier, Vec<String>) {
        let context = Context {
            source: Locator::file("cv.xml"),
            limits: Limits::default(),
            include_owner: false,
            owner: None,
            map: None,
        };
        match document(xml.as_bytes(), &context) {
            Item::Record(record) => {
                let read = record.read().expect("a résumé");
                (read.dossier, read.unknown_fields)
            }
            other => panic!("{other:?}"),
        }
    }

    fn told(dossier: &Dossier) -> Vec<(Option<&str>, String, String, Option<bool>)> {
        let text = |date: Option<crate::dossier::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        dossier
            .employment
            .iter()
            .map(|job| (job.employer.name.as_deref(), text(job.start), text(job.end), job.current))
            .collect()
    }

    const PASSPORT: &str = r#"<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en"><DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo>
        <LearnerInfo><Identification><PersonName><FirstName>Ana</FirstName><Surname>Example</Surname></PersonName>
        <ContactInfo><Address><Contact><AddressLine>Street 1</AddressLine><Municipality>Lyon</Municipality><Country><Code>FR</Code><Label>France</Label></Country></Contact></Address>
        <Email><Contact>ana@mail.example</Contact></Email><TelephoneList><Telephone><Contact>+33 1 99 00 12 34</Contact><Use><Code>mobile</Code></Use></Telephone></TelephoneList></ContactInfo>
        <Demographics><Birthdate year="1900" month="--04"/><Gender><Code>F</Code></Gender><NationalityList><Nationality><Code>FR</Code></Nationality></NationalityList></Demographics></Identification>
        <WorkExperienceList><WorkExperience><Period><From year="2020" month="--03"/><Current>true</Current></Period><Position><Label>Clerk</Label></Position>
        <Activities>&lt;p&gt;Filed things.&lt;/p&gt;</Activities><Employer><Name>Sample Works</Name></Employer></WorkExperience>
        <WorkExperience><Period><From year="2017"/><To year="2020" month="--02" day="---28"/></Period><Employer><Name>Old Works</Name></Employer><Mood>x</Mood></WorkExperience></WorkExperienceList>
        <Skills><Linguistic><MotherTongueList><MotherTongue><Description><Label>French</Label></Description></MotherTongue></MotherTongueList>
        <ForeignLanguageList><ForeignLanguage><Description><Code>en</Code><Label>English</Label></Description><ProficiencyLevel><Listening>B2</Listening><Reading>C1</Reading></ProficiencyLevel></ForeignLanguage></ForeignLanguageList></Linguistic>
        <Driving><Description><Licence>B</Licence></Description></Driving></Skills></LearnerInfo></SkillsPassport>"#;

    #[test]
    fn a_passport_is_the_same_in_xml_and_json() {
        let (dossier, unknown) = read(PASSPORT);
        assert_eq!(unknown, ["/LearnerInfo/WorkExperienceList/WorkExperience/*/Mood"]);
        let jobs = [
            (Some("Sample Works"), "2020-03".to_owned(), String::new(), Some(true)),
            (Some("Old Works"), "2017".to_owned(), "2020-02-28".to_owned(), None),
        ];
        assert_eq!(told(&dossier), jobs);
        assert_eq!(dossier.employment[0].description, Some("Filed things.".into()));
        for key in ["Birthdate", "Gender", "NationalityList"] {
            let key = format!("LearnerInfo/Identification/Demographics/{key}");
            assert_eq!(dossier.dropped.get(&key), Some(&1), "{:?}", dossier.dropped);
        }
        assert_eq!(dossier.subject.languages.len(), 1, "a mother tongue is never read");
        assert_eq!(dossier.subject.languages[0].level.as_deref(), Some("Listening B2, Reading C1"));
        let json = r#"{"SkillsPassport": {"LearnerInfo": {"Identification": {"PersonName": {"FirstName": "Ana", "Surname": "Example"}},
            "WorkExperience": [{"Period": {"From": {"Year": 2020, "Month": 3}, "Current": true}, "Employer": {"Name": "Sample Works"}}]}}}"#;
        let (dossier, unknown) = FORMAT.parse(json.as_bytes(), &Locator::file("cv.json"), 128).expect("a résumé");
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(told(&dossier), jobs[..1]);
    }

    #[test]
    fn a_candidate_is_read_and_what_nobody_is_judged_by_is_counted() {
        let (dossier, unknown) = read(
            r#"<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="o" xmlns:hr="h" xmlns:eures="e"><hr:DocumentID schemeID="1"/>
            <CandidatePerson><PersonName><oa:GivenName>Ana</oa:GivenName><hr:FamilyName>Example</hr:FamilyName></PersonName>
            <Communication><ChannelCode>Email</ChannelCode><oa:URI>ana@mail.example</oa:URI></Communication>
            <Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>33</CountryDialing><oa:DialNumber>199001234</oa:DialNumber></Communication>
            <Communication><ChannelCode>Social Media</ChannelCode><UseCode>LinkedIn</UseCode><oa:URI>https://www.linkedin.com/in/ana-example</oa:URI></Communication>
            <Communication><UseCode>home</UseCode><Address type="home"><oa:AddressLine>Street 1</oa:AddressLine><oa:CityName>Lyon</oa:CityName><CountryCode>fr</CountryCode></Address></Communication>
            <NationalityCode>fr</NationalityCode><hr:BirthDate>1900-01-01</hr:BirthDate><GenderCode>2</GenderCode><PrimaryLanguageCode name="NORMAL">fra</PrimaryLanguageCode><Visa><hr:IssuingCountryCode>de</hr:IssuingCountryCode></Visa></CandidatePerson>
            <CandidateProfile languageCode="en"><hr:ID schemeID="1"/><EmploymentHistory><EmployerHistory><hr:OrganizationName>Sample Works</hr:OrganizationName>
            <PositionHistory><PositionTitle typeCode="FREETEXT">Clerk</PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2020-03</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod></PositionHistory>
            <PositionHistory><PositionTitle>Aide</PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019</hr:FormattedDateTime></eures:StartDate><eures:EndDate><hr:FormattedDateTime>2020-02-28</hr:FormattedDateTime></eures:EndDate></eures:EmploymentPeriod><Mood>x</Mood></PositionHistory></EmployerHistory></EmploymentHistory>
            <EducationHistory/><PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID><eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension></PersonCompetency>
            <PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID><hr:CompetencyName>SQL</hr:CompetencyName></PersonCompetency></PersonQualifications></CandidateProfile></Candidate>"#,
        );
        assert_eq!(unknown, ["/CandidateProfile/EmploymentHistory/EmployerHistory/*/PositionHistory/*/Mood"]);
        let jobs = [
            (Some("Sample Works"), "2020-03".to_owned(), String::new(), Some(true)),
            (Some("Sample Works"), "2019".to_owned(), "2020-02-28".to_owned(), None),
        ];
        assert_eq!(told(&dossier), jobs);
        for key in ["BirthDate", "GenderCode", "NationalityCode", "PrimaryLanguageCode", "Visa"] {
            assert_eq!(dossier.dropped.get(&format!("CandidatePerson/{key}")), Some(&1), "{:?}", dossier.dropped);
        }
        let contacts: Vec<_> = dossier.contacts.iter().map(|contact| (contact.kind, contact.value.as_str())).collect();
        assert_eq!(contacts, [(ContactKind::Email, "ana@mail.example"), (ContactKind::Phone, "+33 199001234")]);
        assert_eq!(
            (dossier.accounts[0].network.as_deref(), dossier.skills),
            (Some("linkedin"), vec!["SQL".to_owned()])
        );
        assert_eq!(dossier.subject.languages[0].level.as_deref(), Some("B2"));
        assert_eq!(dossier.subject.location.and_then(|place| place.country).as_deref(), Some("FR"));
    }
}
