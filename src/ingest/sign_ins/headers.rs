//! The columns of logs of sign-ins: what each is, and what they say of a table.
//!
//! The words are data, `rules/tables/sign-in-headers.tsv`, as the binary carries them. Protected ones are told elsewhere.

use crate::content::Table;
use crate::ingest::column_map::{Judged, judge};
use crate::ingest::protected::{fold, is_protected};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    At,
    /// The same, in UTC where no zone is stated.
    AtUtc,
    /// A mail address or login.
    Subject,
    /// A login where no other column has one, or else a name.
    User,
    /// An id, for where nothing better tells people apart.
    SubjectId,
    Name,
    Role,
    /// Whether a person acted at all.
    ActorType,
    Ip,
    Asn,
    AsOrg,
    Isp,
    Country,
    /// Town, region and country in one.
    Place,
    TimeZone,
    /// A product, or whether there was one.
    Vpn,
    /// Whether there was a proxy; that there was none says nothing of a VPN.
    Proxy,
    RemoteAccess,
    Device,
    UserAgent,
    Browser,
    Os,
    Outcome,
    /// 0 for success, anything else for none.
    ErrorCode,
    /// What happened; says how it ended where no other column does.
    Event,
    /// Known, and without a place in the record.
    Aside,
}

impl Field {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "at" => Self::At,
            "at_utc" => Self::AtUtc,
            "subject" => Self::Subject,
            "user" => Self::User,
            "subject_id" => Self::SubjectId,
            "name" => Self::Name,
            "role" => Self::Role,
            "actor_type" => Self::ActorType,
            "ip" => Self::Ip,
            "asn" => Self::Asn,
            "as_org" => Self::AsOrg,
            "isp" => Self::Isp,
            "country" => Self::Country,
            "place" => Self::Place,
            "time_zone" => Self::TimeZone,
            "vpn" => Self::Vpn,
            "proxy" => Self::Proxy,
            "remote_access" => Self::RemoteAccess,
            "device" => Self::Device,
            "user_agent" => Self::UserAgent,
            "browser" => Self::Browser,
            "os" => Self::Os,
            "outcome" => Self::Outcome,
            "error_code" => Self::ErrorCode,
            "event" => Self::Event,
            "-" => Self::Aside,
            _ => return None,
        })
    }

    fn tells_who(self) -> bool {
        matches!(self, Self::Subject | Self::User | Self::SubjectId)
    }

    fn tells_when(self) -> bool {
        matches!(self, Self::At | Self::AtUtc)
    }
}

/// What the presence of a header says of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Log,
    Hint,
    Nothing,
}

static WORDS: LazyLock<BTreeMap<String, (Field, Says)>> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let headers = Table::embedded("tables/sign-in-headers.tsv").unwrap_or_default();
    let known = headers.rows().iter().filter_map(|row| {
        let says = match row.cell(2) {
            "log" => Says::Log,
            "hint" => Says::Hint,
            _ => Says::Nothing,
        };
        Some((fold(row.cell(0)), (Field::parse(row.cell(1))?, says)))
    });
    known.collect()
});

fn known(header: &str) -> Option<(Field, Says)> {
    if is_protected(header) { None } else { WORDS.get(&fold(header)).copied() }
}

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Read(Field),
    /// Counted and never read.
    Protected,
    Unknown,
}

/// The columns of a header with their names.
pub(super) fn columns(header: &[String]) -> Vec<(String, Column)> {
    let column = |(at, name): (usize, &String)| {
        let column = match known(name) {
            _ if is_protected(name) => Column::Protected,
            Some((field, _)) => Column::Read(field),
            None => Column::Unknown,
        };
        let name = if name.trim().is_empty() { format!("column {}", at + 1) } else { name.trim().to_owned() };
        (name, column)
    };
    header.iter().enumerate().map(column).collect()
}

/// Whether a row may be the header of a log: it says who, and from where or when.
pub(super) fn may_be_header(row: &[String]) -> bool {
    let has = |wanted: fn(Field) -> bool| row.iter().any(|name| known(name).is_some_and(|(field, _)| wanted(field)));
    has(Field::tells_who) && (has(Field::tells_when) || has(|field| field == Field::Ip))
}

/// Whether a row is surely the header of a log: who, when and from where, and what only logs have.
///
/// Forms that applicants fill in keep time, address and browser too; they have columns that no log has.
pub(super) fn is_header(row: &[String]) -> bool {
    let columns: Vec<(Field, Says)> = row.iter().filter_map(|name| known(name)).collect();
    let has = |wanted: fn(Field) -> bool| columns.iter().any(|(field, _)| wanted(*field));
    if !has(Field::tells_who) || !has(Field::tells_when) || !has(|field| field == Field::Ip) {
        return false;
    }
    let says = |wanted: Says| columns.iter().filter(|(_, says)| *says == wanted).count();
    let filled = row.iter().filter(|name| !name.trim().is_empty()).count();
    let is_understood = columns.len() == filled;
    match says(Says::Log) {
        0 => is_understood && says(Says::Hint) > 0,
        // A column that only tables of candidates have needs more than one against it.
        1 => is_understood || judge(row) != Judged::Candidates,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;
    use std::collections::BTreeSet;

    fn row(header: &str) -> Vec<String> {
        header.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn every_row_of_the_table_is_understood() {
        let path = "tables/sign-in-headers.tsv";
        let text = content::embedded().into_iter().find(|file| file.path == path).expect("is carried").text;
        let mut met = BTreeSet::new();
        for row in Table::parse(path, &text).expect("parses").rows() {
            let [header, field, says] = [row.cell(0), row.cell(1), row.cell(2)];
            assert!(met.insert(fold(header)), "{header} stands there twice");
            assert!(!is_protected(header), "{header} is protected and known");
            assert!(Field::parse(field).is_some(), "{header}: no field {field}");
            assert!(matches!(says, "log" | "hint" | "-"), "{header}: {says}");
        }
    }

    #[test]
    fn logs_are_told_and_tables_of_people_are_left_alone() {
        for log in [
            "Date (UTC),Request ID,User agent,User ID,User,Username,IP address,Location,Status,Autonomous system  number",
            "CreatedDateTime,UserPrincipalName,UserDisplayName,AppDisplayName,IPAddress,City,Country,Status",
            "timestamp,event_type,actor.alternate_id,actor.display_name,client.ip_address,outcome.result",
            "Event,Description,Actor,Date,IP address,Login type,Is suspicious",
            "time,email,ip,user_agent",
            "Login time,Display name,Email,IP address,Country",
            "Timestamp,User,Source IP,ASN,Country,VPN",
        ] {
            assert!(is_header(&row(log)), "{log}");
        }
        for other in [
            "Name,Email,Phone,IP address,Skills,Applied at",
            "Timestamp,Full name,Email address,IP,User agent,Cover letter",
            "Entry Date,User IP,User Agent,Source Url,Name,Email,Resume",
            "Date,Email,IP",
            "Login Date,IP Address,User Agent,Login Type",
            "Title,Company,Location,Description,Date",
            "Candidate name,Email,Date,IP address,VPN",
        ] {
            assert!(!is_header(&row(other)), "{other}");
        }
    }
}
