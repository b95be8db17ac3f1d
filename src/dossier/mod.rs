//! The canonical record: everything that one export says about one person.
//!
//! Adapters fill it, facts are derived from it, and evidence points into it.
//! Only `schema` and `id` are required; whatever is missing is unknown.
//! Protected attributes have no field here. Reading files, deriving facts and
//! judging belong to the floors above.

mod activity;
mod conversation;
mod date;
mod hex;
mod intake;
mod locator;
mod omit;
mod path;
mod person;
mod provenance;
mod quote;
mod text;
mod work;

pub use activity::{Camera, Code, CodeFile, Commit, CopiedFrom, Observation, ObservationKind};
pub use conversation::{Attachment, Channel, JobPost, Link, MailHeaders, Message, Pay, PayPeriod, Sender};
pub use date::{Date, DateError, Interval, Precision, TimeOfDay, Zone};
pub(crate) use hex::hex;
pub use intake::{InputDigest, Rejected, Skipped};
pub use locator::Locator;
pub use path::{Path, Place, Span};
pub use person::{
    Account, AccountChange, AccountStatus, Contact, ContactKind, Declaration, DeclarationKind, Language, Location,
    Name, NameKind, Photo, PhotoSighting, Subject, Verification, VerificationKind, View,
};
pub use provenance::{Coverage, Label, Provenance, Section};
pub use quote::Quote;
pub use text::{Folded, FoldedBuilder, Text};
pub use work::{
    Certification, Document, DocumentKind, DocumentMetadata, Domain, Education, Employment, EmploymentKind,
    Organisation, Payment, PaymentDirection, PaymentMethod, Recommendation, RecommendationDirection, Recommender,
    Reference, StaffMember,
};

use omit::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The value of `schema` that this version reads and writes.
pub const SCHEMA: &str = "falseface.dossier/1";

/// What one export says about one person.
///
/// An empty list means *unknown* unless `coverage.present` names the section.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Dossier {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Unique in its batch.
    pub id: String,
    /// In what capacity the person appears.
    #[serde(skip_serializing_if = "is_default")]
    pub role: Role,
    /// Who the person presents themselves to be.
    #[serde(skip_serializing_if = "is_default")]
    pub subject: Subject,
    /// Accounts on networks and platforms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// Claimed employment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub employment: Vec<Employment>,
    /// Claimed education.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub education: Vec<Education>,
    /// Claimed skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// Claimed certifications.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certifications: Vec<Certification>,
    /// Recommendations received or given on a network.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recommendations: Vec<Recommendation>,
    /// People the subject names as references.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// What the person stated openly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declarations: Vec<Declaration>,
    /// Ways to reach the person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Payments asked for or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// Résumés, invoices, identity documents and the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Repositories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<Code>,
    /// What others observed: logins, interviews, shipments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<Observation>,
    /// Messages to and from the subject.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// Job adverts the subject published or sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub job_posts: Vec<JobPost>,
    /// Organisations, as enriched by an analyst.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Organisation>,
    /// Domains, as enriched by an analyst.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Domain>,
    /// What a human decided; for evaluation only, no rule may read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Opaque to falseface, kept as it is.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Where the values came from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
    /// Which sections the export had, and which it cannot have.
    #[serde(skip_serializing_if = "is_default")]
    pub coverage: Coverage,
    /// What an adapter removed on purpose: field names and counts, never values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dropped: BTreeMap<String, u64>,
}

impl Dossier {
    /// An empty dossier with the current schema and the given id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { schema: SCHEMA.to_owned(), id: id.into(), ..Self::default() }
    }
}

/// In what capacity a person appears in the export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Applies for work.
    Candidate,
    /// Works under a contract.
    Contractor,
    /// Is employed.
    Employee,
    /// Offers work.
    Recruiter,
    /// The other side of a conversation, capacity not stated.
    Counterparty,
    /// Not stated.
    #[default]
    Unknown,
}

impl Role {
    /// Whether the person came to the owner of the export, with an offer or without: who that is, is not known.
    pub fn approaches(self) -> bool {
        matches!(self, Self::Recruiter | Self::Counterparty)
    }

    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Contractor => "contractor",
            Self::Employee => "employee",
            Self::Recruiter => "recruiter",
            Self::Counterparty => "counterparty",
            Self::Unknown => "unknown",
        }
    }
}
