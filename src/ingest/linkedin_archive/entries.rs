//! Which files of an archive are read, and which are left closed.
//!
//! An archive holds far more than a screening needs: searches, receipts, inferences, address books.
//! Only files of this table are opened; those about the exporter only where the exporter asked to be a dossier.

use super::columns;
use crate::ingest::delimited::Table;

/// What ids and provenance call the format.
pub(super) const NAME: &str = "linkedin-archive";

/// A file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Messages,
    Invitations,
    Connections,
    EndorsementsReceived,
    RecommendationsReceived,
    Profile,
    RecommendationsGiven,
    ProfileSummary,
    Positions,
    Education,
    Skills,
    Languages,
    Certifications,
    EmailAddresses,
    PhoneNumbers,
    WhatsappNumbers,
    Logins,
    SecurityChallenges,
    Registration,
    AccountStatus,
    Verifications,
}

/// What is known of a kind.
pub(super) struct Form {
    pub(super) kind: Kind,
    /// File name without `.csv`, lower case, letters and digits only.
    name: &'static str,
    /// Columns without which it is another file.
    pub(super) required: &'static [&'static str],
    /// About the exporter, not about others.
    pub(super) of_owner: bool,
}

const fn form(kind: Kind, name: &'static str, required: &'static [&'static str], of_owner: bool) -> Form {
    Form { kind, name, required, of_owner }
}

/// One row for each kind.
pub(super) const FORMS: &[Form] = &[
    form(Kind::Messages, "messages", &["from", "to", "date", "content"], false),
    form(Kind::Invitations, "invitations", &["from", "to", "sent_at", "direction"], false),
    form(Kind::Connections, "connections", &["first_name", "last_name", "connected_on"], false),
    form(Kind::EndorsementsReceived, "endorsementreceivedinfo", &["skill", "endorser_first_name"], false),
    form(Kind::RecommendationsReceived, "recommendationsreceived", &["first_name", "last_name", "text"], false),
    form(Kind::Profile, "profile", &["first_name", "last_name"], false),
    form(Kind::RecommendationsGiven, "recommendationsgiven", &["first_name", "last_name", "text"], true),
    form(Kind::ProfileSummary, "profilesummary", &["summary"], true),
    form(Kind::Positions, "positions", &["company", "title"], true),
    form(Kind::Education, "education", &["school"], true),
    form(Kind::Skills, "skills", &["name"], true),
    form(Kind::Languages, "languages", &["name"], true),
    form(Kind::Certifications, "certifications", &["name", "authority"], true),
    form(Kind::EmailAddresses, "emailaddresses", &["email"], true),
    form(Kind::PhoneNumbers, "phonenumbers", &["number"], true),
    form(Kind::WhatsappNumbers, "whatsappphonenumbers", &["number"], true),
    form(Kind::Logins, "logins", &["login_at"], true),
    form(Kind::SecurityChallenges, "securitychallenges", &["challenge_at"], true),
    form(Kind::Registration, "registration", &["registered_at"], true),
    form(Kind::AccountStatus, "accountstatushistory", &["time", "event"], true),
    form(Kind::Verifications, "verifications", &["verification_type"], true),
];

/// What kind of file a name is; the member's number behind it, as in `Shares_252701747.csv`, does not count.
///
/// `guide_messages.csv` and its like have the header of `messages.csv` and are other files: names match as a whole.
pub(super) fn form_of(name: &str) -> Option<&'static Form> {
    let base = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let stem = base.strip_suffix(".csv")?;
    let stem = match stem.rsplit_once('_') {
        Some((front, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => front,
        _ => stem,
    };
    let plain: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    let exact = stem.replace([' ', '_'], "");
    FORMS
        .iter()
        .find(|form| form.name == plain && exact == plain && !(form.kind == Kind::Messages && stem.contains('_')))
}

/// Whether a name is that of a file that only such an archive has.
pub(super) fn marks_archive(name: &str) -> bool {
    form_of(name)
        .is_some_and(|form| matches!(form.kind, Kind::Messages | Kind::Invitations | Kind::Connections | Kind::Profile))
}

/// The one kind of file about others whose columns a file has.
pub(super) fn form_by_header(head: &[u8]) -> Option<&'static Form> {
    FORMS
        .iter()
        .filter(|form| matches!(form.kind, Kind::Messages | Kind::Invitations | Kind::Connections))
        .find(|form| columns::is_sheet(head, form.required))
}

/// Columns that only tables of such an archive have together: those of people would pass for a table of candidates.
const MARKS: &[&[&str]] = &[
    &["FIRST NAME", "LAST NAME", "CONNECTED ON"],
    &["FIRST NAME", "LAST NAME", "MAIDEN NAME", "HEADLINE"],
    &["FIRST NAME", "LAST NAME", "TEXT", "CREATION DATE"],
    &["FIRST NAME", "LAST NAME", "VERIFICATION TYPE"],
    &["FIRST NAME", "LAST NAME", "INVOICE NUMBER"],
    &["EMAIL ADDRESS", "CONFIRMED", "PRIMARY"],
    &["ENDORSEMENT DATE", "SKILL NAME"],
    &["SENDER PROFILE URL", "CONTENT"],
    &["inviterProfileUrl", "inviteeProfileUrl"],
];

/// Whether a file has the columns of one of the archive's tables, about whomever.
pub(super) fn has_columns(head: &[u8]) -> bool {
    let has = |header: &[String], mark: &[&str]| {
        mark.iter().all(|wanted| header.iter().any(|name| name.trim().eq_ignore_ascii_case(wanted)))
    };
    let is_marked = |header: &[String]| MARKS.iter().any(|mark| has(header, mark));
    form_by_header(head).is_some() || Table::open(head.to_vec(), is_marked).is_some()
}

/// How deep a name lies.
pub(super) fn depth(name: &str) -> usize {
    name.matches('/').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_whole_in_any_case_and_folder() {
        let kind = |name| form_of(name).map(|form| form.kind);
        assert_eq!(kind("Complete_LinkedInDataExport_08-20-2026/Messages.csv"), Some(Kind::Messages));
        assert_eq!(kind("Phone Numbers.csv"), Some(Kind::PhoneNumbers));
        assert_eq!(kind("PhoneNumbers.csv"), Some(Kind::PhoneNumbers));
        assert_eq!(kind("Recommendations_Received.csv"), Some(Kind::RecommendationsReceived));
        assert_eq!(kind("Endorsement_Received_Info_252701747.csv"), Some(Kind::EndorsementsReceived));
        for other in [
            "guide_messages.csv",
            "learning_role_play_messages.csv",
            "LearningCoachMessages.csv",
            "messages.html",
            "Contacts.csv",
        ] {
            assert_eq!(kind(other), None, "{other}");
        }
    }
}
