//! Where the cells of a column can go: the targets that maps and the table of headers name.

use crate::content;
use std::borrow::Cow;

/// Where the cells of a column go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// A place of the record.
    Plain(Plain),
    /// An account on a network: a handle or an address.
    Account(String),
    /// A handle of a messenger.
    Messenger(String),
    /// Kept as it is, where no rule reads.
    Extra(String),
}

/// A place of the record that has one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plain {
    Id,
    Role,
    Name,
    FirstName,
    LastName,
    FormerName,
    Email,
    Phone,
    Profile,
    Url,
    Address,
    Headline,
    About,
    Location,
    City,
    Region,
    Country,
    TimeZone,
    Title,
    Employer,
    Start,
    End,
    Work,
    PreviousTitle,
    PreviousEmployer,
    School,
    Degree,
    StudyField,
    Graduated,
    Skills,
    Languages,
    Certifications,
    AppliedAt,
    Ip,
    Note,
    InterviewedAt,
    InterviewNote,
    Resume,
    ResumeText,
    CoverLetterFile,
    CoverLetter,
    Portfolio,
    Ignore,
}

/// Names of the plain fields, whether several columns may be of one, and what they hold.
pub(crate) const PLAIN: &[(&str, Plain, bool, &str)] = &[
    ("id", Plain::Id, false, "the table's own number of the person or the application"),
    ("role", Plain::Role, false, "candidate, contractor, employee, recruiter, counterparty or unknown"),
    ("name", Plain::Name, true, "the whole name"),
    ("first_name", Plain::FirstName, false, "given names; joined with the last name"),
    ("last_name", Plain::LastName, false, "family names"),
    ("former_name", Plain::FormerName, true, "a name used before"),
    ("email", Plain::Email, true, "mail addresses"),
    ("phone", Plain::Phone, true, "phone numbers"),
    ("profile", Plain::Profile, true, "addresses of profiles"),
    ("url", Plain::Url, true, "other web addresses"),
    ("address", Plain::Address, true, "a postal address that something is sent to"),
    ("headline", Plain::Headline, false, "the line under the name"),
    ("about", Plain::About, false, "the self-description"),
    ("location", Plain::Location, false, "where the person says they are"),
    ("city", Plain::City, false, "the town of it"),
    ("region", Plain::Region, false, "the state or province of it"),
    ("country", Plain::Country, false, "the country of it"),
    ("time_zone", Plain::TimeZone, false, "the IANA time zone of it"),
    ("title", Plain::Title, false, "the title of the current job"),
    ("employer", Plain::Employer, false, "the employer of the current job"),
    ("start", Plain::Start, false, "first day of the current job"),
    ("end", Plain::End, false, "last day of it"),
    ("work", Plain::Work, false, "what was done in it"),
    ("previous_title", Plain::PreviousTitle, false, "the title of the job before"),
    ("previous_employer", Plain::PreviousEmployer, false, "the employer of the job before"),
    ("school", Plain::School, false, "the school or university"),
    ("degree", Plain::Degree, false, "the degree"),
    ("study_field", Plain::StudyField, false, "the subject of study"),
    ("graduated", Plain::Graduated, false, "when studies ended"),
    ("skills", Plain::Skills, true, "skills, separated by commas, semicolons, bars or lines"),
    ("languages", Plain::Languages, true, "languages, separated likewise; no rule reads them"),
    ("certifications", Plain::Certifications, true, "certificates, separated likewise"),
    ("applied_at", Plain::AppliedAt, false, "when the application came in"),
    ("ip", Plain::Ip, false, "the network address that it came from"),
    ("note", Plain::Note, true, "what a recruiter noted about it"),
    ("interviewed_at", Plain::InterviewedAt, false, "when the interview was"),
    ("interview_note", Plain::InterviewNote, true, "what the interviewer noted"),
    ("document.resume", Plain::Resume, true, "file name or address of the résumé"),
    ("resume_text", Plain::ResumeText, false, "the text of the résumé"),
    ("document.cover_letter", Plain::CoverLetterFile, true, "file name or address of the cover letter"),
    ("cover_letter", Plain::CoverLetter, false, "the text of the cover letter"),
    ("document.portfolio", Plain::Portfolio, true, "file name or address of work samples"),
    ("ignore", Plain::Ignore, true, "nothing: the column is left out and not reported"),
];

impl Field {
    /// The field of a path; `networks` are those that accounts and messengers can be of.
    pub(crate) fn parse(path: &str, networks: &[String]) -> Option<Self> {
        if let Some((_, plain, ..)) = PLAIN.iter().find(|(name, ..)| *name == path) {
            return Some(Self::Plain(*plain));
        }
        let (group, rest) = path.split_once('.')?;
        let known = || networks.iter().find(|network| *network == rest).cloned();
        match group {
            "account" => known().map(Self::Account),
            "messenger" => known().map(Self::Messenger),
            "extra" => {
                let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                (!rest.is_empty() && rest.len() <= 40 && rest.chars().all(is_word))
                    .then(|| Self::Extra(rest.to_owned()))
            }
            _ => None,
        }
    }

    /// The path.
    pub(crate) fn path(&self) -> Cow<'static, str> {
        match self {
            Self::Plain(plain) => {
                Cow::Borrowed(PLAIN.iter().find(|(_, other, ..)| other == plain).map_or("", |(name, ..)| name))
            }
            Self::Account(network) => Cow::Owned(format!("account.{network}")),
            Self::Messenger(network) => Cow::Owned(format!("messenger.{network}")),
            Self::Extra(name) => Cow::Owned(format!("extra.{name}")),
        }
    }

    /// Whether several columns may be of it.
    pub(crate) fn holds_many(&self) -> bool {
        match self {
            Self::Plain(plain) => PLAIN.iter().any(|(_, other, many, _)| other == plain && *many),
            Self::Account(_) | Self::Messenger(_) => true,
            Self::Extra(_) => false,
        }
    }

    /// Whether it holds a name.
    pub(crate) fn is_name(&self) -> bool {
        matches!(self, Self::Plain(Plain::Name | Plain::FirstName | Plain::LastName))
    }

    /// Whether only a person has what it holds.
    pub(crate) fn is_of_person(&self) -> bool {
        match self {
            Self::Plain(plain) => matches!(
                plain,
                Plain::Phone
                    | Plain::Headline
                    | Plain::Title
                    | Plain::Employer
                    | Plain::Skills
                    | Plain::AppliedAt
                    | Plain::Degree
            ),
            Self::Messenger(_) => true,
            Self::Account(_) | Self::Extra(_) => false,
        }
    }

    /// Whether it holds what tells a person apart besides a name: a mail address or a profile.
    pub(crate) fn is_contact(&self) -> bool {
        matches!(self, Self::Plain(Plain::Email | Plain::Profile) | Self::Account(_))
    }
}

/// What to say of a path that is none: the nearest one, or where all are named.
pub(crate) fn hint(path: &str, networks: &[String]) -> String {
    let grouped = ["account", "messenger"];
    let all: Vec<String> = PLAIN
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .chain(networks.iter().flat_map(|network| grouped.map(|group| format!("{group}.{network}"))))
        .collect();
    match content::suggest(path, all.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"? (docs/formats.md names every field)"),
        None => format!(
            "fields are {}, account.NETWORK, messenger.NETWORK and extra.NAME",
            PLAIN.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ")
        ),
    }
}
