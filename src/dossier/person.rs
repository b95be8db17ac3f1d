//! Who the person presents themselves to be: names, claims, accounts, contacts, declarations.
//!
//! Claims only; whether they agree with each other is for the facts to say.

use super::date::Date;
use super::omit::is_default;
use super::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who the person presents themselves to be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Subject {
    /// Every name seen, side by side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Name>,
    /// The line under the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<Text>,
    /// The self-description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Where the person *claims* to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Shown to a reader; no rule may read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Portraits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// What further sources say of headline, about and location.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
}

impl Subject {
    /// The name that is shown for the person: the displayed one, or else the first that was seen.
    pub fn shown_name(&self) -> Option<&str> {
        let shown = self.names.iter().find(|name| name.kind == NameKind::Display).or(self.names.first())?;
        Some(&shown.value)
    }
}

/// One name the person goes by.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Name {
    /// As written.
    pub value: String,
    /// Where such a name is used.
    pub kind: NameKind,
    /// Whether the person stated this name openly.
    #[serde(skip_serializing_if = "is_default")]
    pub declared: bool,
    /// Name of the provenance entry; missing means the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Where a name is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// Shown on a profile.
    #[default]
    Display,
    /// On a contract or an identity document.
    Legal,
    /// Used before.
    Former,
    /// A login or handle.
    Username,
    /// The same name in another script.
    Transliteration,
    /// Shown in a meeting.
    Meeting,
    /// On a payment.
    Payee,
}

/// Where the person claims to be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Location {
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// State, province or the like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// IANA time zone name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// A language the person says they speak.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Language {
    /// As written.
    pub name: String,
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
}

/// A portrait, by reference and digest; its pixels are never judged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Photo {
    /// Path relative to the record's own file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Hex digest of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// `dct64:` and 16 hex digits: which of the 8 × 8 lowest waves (DCT-II) of the picture are positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phash: Option<String>,
    /// An analyst found it in a stock library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_hit: Option<bool>,
    /// Where an analyst's reverse search found it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<PhotoSighting>,
    /// Name of the provenance entry; missing means the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A place where a reverse search found a portrait.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoSighting {
    /// The page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name that stood beside the portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a further source says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct View {
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The line under the name, there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<Text>,
    /// The self-description, there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// The claimed place, there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// An account on a network or platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Account {
    /// `linkedin`, `github`, `upwork` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// The public handle or slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The profile's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The network's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When the account was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Date>,
    /// Whether it still stands.
    #[serde(skip_serializing_if = "is_default")]
    pub status: AccountStatus,
    /// What the network verified.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verifications: Vec<Verification>,
    /// Number of connections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections: Option<u64>,
    /// The number is a display limit, such as 500+.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections_capped: Option<bool>,
    /// Number of followers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
    /// Number of accounts followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<u64>,
    /// Number of posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posts: Option<u64>,
    /// Names shown on this account, over time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Recorded changes of profile fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<AccountChange>,
    /// Name of the provenance entry; missing means the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Whether an account still stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Reachable.
    Active,
    /// Closed by its owner or gone.
    Closed,
    /// Limited by the network.
    Restricted,
    /// Not stated.
    #[default]
    Unknown,
}

/// Something the network verified.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verification {
    /// What was verified.
    pub kind: VerificationKind,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
}

/// What a network can verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerificationKind {
    /// An identity document.
    Identity,
    /// A mail address of the employer.
    Workplace,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A means of payment.
    Payment,
}

/// A recorded change of a profile field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AccountChange {
    /// Which field: `name`, `headline`, `photo`, `employer`, `location` …
    pub field: String,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
}

/// What the person stated openly, which takes the suspicion from what agrees with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Declaration {
    /// What was declared.
    pub kind: DeclarationKind,
    /// The value, where it has one: the alias, the agency, the payee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Name of the provenance entry; missing means the only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What a person can declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationKind {
    /// Another name.
    Alias,
    /// Works through or for an agency.
    Agency,
    /// Passes work on to somebody named.
    Subcontractor,
    /// Uses a VPN.
    Vpn,
    /// Is travelling.
    Travel,
    /// Another address.
    Address,
    /// Somebody else receives the pay.
    Payee,
    /// Holds a second job.
    SecondJob,
    /// States that all work is done in house.
    InHouse,
    /// Asked for an accommodation.
    Accommodation,
}

impl DeclarationKind {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Agency => "agency",
            Self::Subcontractor => "subcontractor",
            Self::Vpn => "vpn",
            Self::Travel => "travel",
            Self::Address => "address",
            Self::Payee => "payee",
            Self::SecondJob => "second_job",
            Self::InHouse => "in_house",
            Self::Accommodation => "accommodation",
        }
    }
}

/// A way to reach the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// What it is.
    pub kind: ContactKind,
    /// The address, number or handle.
    pub value: String,
    /// Which messenger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Name of the provenance entry, or where it was seen (`message`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When it was first seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Date>,
}

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A web address.
    Url,
    /// A messenger handle.
    Messenger,
    /// A postal address.
    Address,
}

impl ContactKind {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Messenger => "messenger",
            Self::Address => "address",
        }
    }
}
