//! What the person did: code they published, and what others observed of them.

use super::date::Date;
use super::omit::is_default;
use super::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A repository.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Code {
    /// `github`, `gitlab`, `bitbucket` or a host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// `owner/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Date>,
    /// When it was last pushed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<Date>,
    /// Whether the host calls it a fork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fork: Option<bool>,
    /// Number of stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u64>,
    /// Main programming language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Text of its front page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readme: Option<Text>,
    /// What an analyst found it to be copied from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied_from: Option<CopiedFrom>,
    /// Manifests and task files only (`package.json`, `.vscode/tasks.json` …).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<CodeFile>,
    /// Its history.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commits: Vec<Commit>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What a repository was found to be copied from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CopiedFrom {
    /// The original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Share of commits or blobs that are identical, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// A file of a repository.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CodeFile {
    /// Path inside the repository.
    pub path: String,
    /// Its text.
    pub text: Text,
}

/// A commit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Commit {
    /// Author time, with its zone where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// Author name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_name: Option<String>,
    /// Author mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_email: Option<String>,
    /// Message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
    /// Hex id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha: Option<String>,
}

/// Something others observed of the subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Observation {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// What was observed.
    pub kind: ObservationKind,
    /// Network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Number of its network, without `AS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asn: Option<u32>,
    /// Name of its network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_org: Option<String>,
    /// Country of the address, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Zone of the device, IANA name or offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// VPN product that was recognised; empty means that none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpn: Option<String>,
    /// Remote-control product or hardware that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote_access: Option<String>,
    /// The device's id or model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The client's self-description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The camera in a call.
    #[serde(default, skip_serializing_if = "is_default")]
    pub camera: Camera,
    /// Name shown in a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Postal address, of a shipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How it ended: `passed`, `declined`, `no_show`, `denied` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Free text of the observer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Name of the provenance entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How a sign-in ended that did not take place, or of which that is not certain. Words of the record.
const UNDONE: [&str; 5] = ["failure", "failed", "denied", "blocked", "interrupted"];

impl Observation {
    /// Something of this kind of which nothing else is known.
    pub fn new(kind: ObservationKind) -> Self {
        Self {
            at: None,
            kind,
            ip: None,
            asn: None,
            as_org: None,
            country: None,
            time_zone: None,
            vpn: None,
            remote_access: None,
            device: None,
            user_agent: None,
            camera: Camera::Unknown,
            display_name: None,
            address: None,
            outcome: None,
            note: None,
            source: None,
        }
    }

    /// Whether it is a sign-in that was tried and not completed: anybody may have tried it, so nothing follows from it.
    pub fn is_mere_attempt(&self) -> bool {
        let undone = |outcome: &String| UNDONE.iter().any(|word| word.eq_ignore_ascii_case(outcome.trim()));
        self.kind == ObservationKind::Login && self.outcome.as_ref().is_some_and(undone)
    }
}

/// What was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObservationKind {
    /// A sign-in.
    Login,
    /// An application sent in.
    Application,
    /// A job interview.
    Interview,
    /// A phone call.
    Call,
    /// A meeting.
    Meeting,
    /// Something sent to the subject.
    Shipment,
    /// A device's inventory.
    Device,
    /// A first day.
    Onboarding,
    /// Work handed in.
    Delivery,
    /// A reference, school or employer answered.
    ReferenceCheck,
}

impl ObservationKind {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Application => "application",
            Self::Interview => "interview",
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Shipment => "shipment",
            Self::Device => "device",
            Self::Onboarding => "onboarding",
            Self::Delivery => "delivery",
            Self::ReferenceCheck => "reference_check",
        }
    }
}

/// The camera in a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// On.
    On,
    /// Off.
    Off,
    /// Asked for and refused.
    Refused,
    /// Not stated.
    #[default]
    Unknown,
}

impl Camera {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}
