//! What was written: messages with their links and attachments, and job adverts.

use super::date::Date;
use super::omit::is_default;
use super::text::Text;
use super::work::Organisation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One message to or from the subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Message {
    /// The source's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Messages with the same thread belong together; missing means one thread for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// When it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// Written by the person screened, not by the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_subject: Option<bool>,
    /// By what means it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who sent it, as shown.
    #[serde(skip_serializing_if = "is_default")]
    pub sender: Sender,
    /// Subject line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Text>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Links with their visible text, where the source kept them apart from the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Attached files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Headers of a mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailHeaders>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// By what means a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// LinkedIn.
    Linkedin,
    /// Mail.
    Email,
    /// Text message.
    Sms,
    /// WhatsApp.
    Whatsapp,
    /// Telegram.
    Telegram,
    /// KakaoTalk.
    Kakaotalk,
    /// LINE.
    Line,
    /// WeChat.
    Wechat,
    /// Discord.
    Discord,
    /// Slack.
    Slack,
    /// GitHub.
    Github,
    /// Upwork.
    Upwork,
    /// Anything else.
    Other,
}

impl Channel {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Linkedin => "linkedin",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Kakaotalk => "kakaotalk",
            Self::Line => "line",
            Self::Wechat => "wechat",
            Self::Discord => "discord",
            Self::Slack => "slack",
            Self::Github => "github",
            Self::Upwork => "upwork",
            Self::Other => "other",
        }
    }
}

/// Who sent a message, as shown to its reader.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sender {
    /// Display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Handle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
}

/// A link and the text that a reader saw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An attached file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Attachment {
    /// File name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// MIME type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Hex digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Needs a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<bool>,
}

/// Headers of a mail that say where it really came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MailHeaders {
    /// Where an answer goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The envelope's sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_path: Option<String>,
    /// `pass`, `fail`, `softfail`, `none` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spf: Option<String>,
    /// `pass`, `fail`, `none` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dkim: Option<String>,
    /// `pass`, `fail`, `none` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dmarc: Option<String>,
}

/// A job advert.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JobPost {
    /// The job's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The employer, as the advert says.
    #[serde(skip_serializing_if = "is_default")]
    pub employer: Organisation,
    /// The advert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What is asked of an applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Text>,
    /// What is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefits: Option<Text>,
    /// Where, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Can be done from anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<bool>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posted_at: Option<Date>,
    /// What it pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay: Option<Pay>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where to apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apply_url: Option<String>,
    /// Whom to write to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
    /// Name of the provenance entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What a job pays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Pay {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// ISO 4217 code or token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// For how long a work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<PayPeriod>,
}

/// For how long a work pay is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayPeriod {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl PayPeriod {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}
