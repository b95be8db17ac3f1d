//! Work and what surrounds it: employment, education, references, documents, payments, organisations.

use super::date::Date;
use super::omit::is_default;
use super::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A company, school or other body: what a source said of it, or an analyst's enrichment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Organisation {
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its own domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// When it was founded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founded: Option<Date>,
    /// Number of staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employees: Option<u64>,
    /// When its page on a network was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_created_at: Option<Date>,
    /// Found in a company register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<bool>,
    /// Has a page of vacancies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub careers_page: Option<bool>,
    /// Vacancies that it publishes itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_openings: Option<Vec<String>>,
    /// Published phone numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    /// Domains or names that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affiliates: Vec<String>,
    /// Staff that it publishes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<StaffMember>,
    /// Name of the provenance entry; missing means the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A member of staff whom an organisation publishes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StaffMember {
    /// As published.
    pub name: String,
    /// As published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// As published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<super::person::Contact>,
}

/// One claimed job.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Employment {
    /// The employer, as that source said.
    pub employer: Organisation,
    /// The job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What kind of job.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: EmploymentKind,
    /// First day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Still held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<bool>,
    /// Where, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What kind of job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentKind {
    /// Whole working time.
    FullTime,
    /// Part of the working time.
    PartTime,
    /// For a term.
    Contract,
    /// Self-employed.
    Freelance,
    /// As a trainee.
    Internship,
    /// Not stated.
    #[default]
    Unknown,
}

impl EmploymentKind {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FullTime => "full_time",
            Self::PartTime => "part_time",
            Self::Contract => "contract",
            Self::Freelance => "freelance",
            Self::Internship => "internship",
            Self::Unknown => "unknown",
        }
    }
}

/// One claimed course of study.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Education {
    /// The school, as that source said.
    pub school: Organisation,
    /// The degree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree: Option<String>,
    /// The subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// First day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A claimed certification.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Certification {
    /// Its name.
    pub name: String,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it can be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A recommendation on a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendation {
    /// Received or given.
    pub direction: RecommendationDirection,
    /// The other person.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: Recommender,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Name of the provenance entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Received or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecommendationDirection {
    /// About the subject.
    Received,
    /// By the subject.
    Given,
}

/// The other person of a recommendation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Recommender {
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Their employer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// Somebody who vouches for the subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Reference {
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The employer they speak for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Their title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How they know the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// How to reach them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<super::person::Contact>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A payment asked for or made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Payment {
    /// By what means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<PaymentMethod>,
    /// Who receives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The wallet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wallet: Option<String>,
    /// ISO 4217 code or token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Country of the account, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// Which way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<PaymentDirection>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// By what means a payment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// To a bank account.
    Bank,
    /// The service of that name.
    Paypal,
    /// The service of that name.
    Wise,
    /// The service of that name.
    Payoneer,
    /// To a wallet.
    Crypto,
    /// As a gift card's code.
    GiftCard,
    /// Otherwise.
    Other,
}

impl PaymentMethod {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Paypal => "paypal",
            Self::Wise => "wise",
            Self::Payoneer => "payoneer",
            Self::Crypto => "crypto",
            Self::GiftCard => "gift_card",
            Self::Other => "other",
        }
    }
}

/// Which way a payment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentDirection {
    /// The subject is paid.
    ToSubject,
    /// The subject asked the other side to pay.
    FromCounterpartAsked,
}

impl PaymentDirection {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToSubject => "to_subject",
            Self::FromCounterpartAsked => "from_counterpart_asked",
        }
    }
}

/// A document the subject handed over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Document {
    /// What it is.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: DocumentKind,
    /// File name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Hex digest of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What stands in it and is not shown: white, tiny or switched off. No rule reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_text: Option<Text>,
    /// The name that it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_on_document: Option<String>,
    /// The address that it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_on_document: Option<String>,
    /// What the file says of its making.
    #[serde(skip_serializing_if = "is_default")]
    pub metadata: DocumentMetadata,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A résumé.
    Resume,
    /// A cover letter.
    CoverLetter,
    /// An identity document.
    Identity,
    /// A diploma.
    Diploma,
    /// An invoice.
    Invoice,
    /// A contract.
    Contract,
    /// Work samples.
    Portfolio,
    /// Anything else.
    #[default]
    Other,
}

impl DocumentKind {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::CoverLetter => "cover_letter",
            Self::Identity => "identity",
            Self::Diploma => "diploma",
            Self::Invoice => "invoice",
            Self::Contract => "contract",
            Self::Portfolio => "portfolio",
            Self::Other => "other",
        }
    }
}

/// What a file says of its making.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DocumentMetadata {
    /// The author field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The program that made the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// The program that wrote the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Date>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// IANA name or offset such as `+09:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Who saved it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_by: Option<String>,
    /// The company to which the program was registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The template that it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// How often it was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
}

/// A domain, as enriched by an analyst.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Domain {
    /// The domain.
    pub name: String,
    /// When it was registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Date>,
    /// With whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registrar: Option<String>,
    /// Its name servers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name_servers: Vec<String>,
    /// Whether it resolves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolves: Option<bool>,
    /// Whether it takes mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mx: Option<bool>,
    /// Name of the provenance entry; missing means the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
