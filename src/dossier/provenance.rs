//! Where the values of a dossier came from, what the export had, and what a human decided about it.

use super::date::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A source of values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Provenance {
    /// What `source` keys of array entries refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which adapter read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adapter: Option<String>,
    /// File name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Entry inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Place inside the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Hex digest of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When the source was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<Date>,
    /// What ties this source to the others of one person: `mailbox ana@mail.example`. Empty where nothing was joined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joined_by: Vec<String>,
}

/// Which sections an export had, and which it cannot have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Coverage {
    /// Sections that the export had, even where they were empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<Section>,
    /// Sections that such an export cannot have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Section>,
}

/// A list of the dossier whose presence coverage can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the dossier's list of the same name")]
pub enum Section {
    Accounts,
    Employment,
    Education,
    Skills,
    Certifications,
    Recommendations,
    References,
    Declarations,
    Contacts,
    Payments,
    Documents,
    Code,
    Observations,
    Messages,
    JobPosts,
    Organisations,
    Domains,
    Photos,
}

impl Section {
    /// Every list, in the order of the record.
    pub const ALL: &[Self] = &[
        Self::Accounts,
        Self::Employment,
        Self::Education,
        Self::Skills,
        Self::Certifications,
        Self::Recommendations,
        Self::References,
        Self::Declarations,
        Self::Contacts,
        Self::Payments,
        Self::Documents,
        Self::Code,
        Self::Observations,
        Self::Messages,
        Self::JobPosts,
        Self::Organisations,
        Self::Domains,
        Self::Photos,
    ];

    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Employment => "employment",
            Self::Education => "education",
            Self::Skills => "skills",
            Self::Certifications => "certifications",
            Self::Recommendations => "recommendations",
            Self::References => "references",
            Self::Declarations => "declarations",
            Self::Contacts => "contacts",
            Self::Payments => "payments",
            Self::Documents => "documents",
            Self::Code => "code",
            Self::Observations => "observations",
            Self::Messages => "messages",
            Self::JobPosts => "job_posts",
            Self::Organisations => "organisations",
            Self::Domains => "domains",
            Self::Photos => "photos",
        }
    }
}

/// What a human decided; for evaluation only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Label {
    /// For which detector.
    pub detector: String,
    /// Whether it was the case.
    pub positive: bool,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
