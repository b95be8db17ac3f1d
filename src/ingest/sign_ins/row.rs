//! One row of a log: who, when, and through what.

use super::headers::{Column, Field};
use super::words;
use crate::dossier::{Date, Observation, ObservationKind, Precision, Role, Zone};
use crate::ingest::column_map::{DateOrder, role_of};
use std::net::{IpAddr, SocketAddr};

/// How machines write that there is no value.
const BLANK: [&str; 6] = ["-", "null", "(null)", "none", "n/a", "unknown"];

/// The filled cells of a row that are read: each with its field and the position of its column.
pub(super) struct Row<'r> {
    cells: Vec<(Field, usize, &'r str)>,
}

/// From where and through what somebody signed in, and how it ended; all but when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    ip: Option<String>,
    asn: Option<u32>,
    as_org: Option<String>,
    country: Option<String>,
    time_zone: Option<String>,
    vpn: Option<String>,
    remote_access: Option<String>,
    device: Option<String>,
    user_agent: Option<String>,
    outcome: Option<String>,
}

/// A time as far as it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Unstated,
    At(Date),
    /// Day and month cannot be told apart.
    Ambiguous,
}

impl<'r> Row<'r> {
    pub(super) fn new(columns: &[(String, Column)], cells: &'r [String]) -> Self {
        let read = columns.iter().zip(cells).enumerate().filter_map(|(at, ((_, column), cell))| {
            let cell = cell.trim();
            match column {
                Column::Read(field) if !is_blank(cell) => Some((*field, at, cell)),
                Column::Read(_) | Column::Protected | Column::Unknown => None,
            }
        });
        Self { cells: read.collect() }
    }

    fn all(&self, field: Field) -> impl Iterator<Item = &'r str> {
        self.cells.iter().filter(move |(other, ..)| *other == field).map(|(.., cell)| *cell)
    }

    /// The first filled cell of a field.
    fn one(&self, field: Field) -> Option<&'r str> {
        self.all(field).next()
    }

    fn owned(&self, field: Field) -> Option<String> {
        self.one(field).map(str::to_owned)
    }

    /// Mail address, login or id; nothing if nobody is named.
    pub(super) fn subject(&self) -> Option<&'r str> {
        self.one(Field::Subject).or_else(|| self.one(Field::User)).or_else(|| self.one(Field::SubjectId))
    }

    /// The name beside the login.
    pub(super) fn name(&self) -> Option<&'r str> {
        let user = || self.one(Field::User).filter(|_| self.one(Field::Subject).is_some());
        self.one(Field::Name).or_else(user).filter(|name| Some(*name) != self.subject())
    }

    pub(super) fn role(&self) -> Option<Role> {
        self.one(Field::Role).and_then(role_of)
    }

    /// Whether a service acted, and no person.
    pub(super) fn is_of_service(&self) -> bool {
        self.one(Field::ActorType).is_some_and(|kind| !kind.eq_ignore_ascii_case("user"))
    }

    /// The cells that say when.
    pub(super) fn times(&self) -> impl Iterator<Item = &'r str> {
        self.cells.iter().filter(|(field, ..)| matches!(field, Field::At | Field::AtUtc)).map(|(.., cell)| *cell)
    }

    /// Positions of filled cells that are left out: those without a place, and those that say a second thing of a field.
    pub(super) fn left_out(&self) -> impl Iterator<Item = usize> {
        let role_unread = self.role().is_none();
        self.cells.iter().filter_map(move |(field, at, cell)| {
            let out = match field {
                Field::Aside => true,
                Field::Role => role_unread,
                Field::Place => country(cell.rsplit(',').next().unwrap_or(cell)).is_none(),
                Field::Country => country(cell).is_none(),
                Field::Asn => asn(cell).is_none(),
                _ => false,
            };
            out.then_some(*at)
        })
    }

    /// When it was.
    ///
    /// # Errors
    /// The cell that is no time.
    pub(super) fn at(&self, order: DateOrder) -> Result<Moment, String> {
        let is_utc = self.one(Field::AtUtc).is_some();
        let texts: Vec<&str> = self.times().collect();
        let Some(first) = texts.first() else { return Ok(Moment::Unstated) };
        // Day and time may stand in two columns.
        let joined = texts.join(" ");
        let read = |order: DateOrder| {
            let each = texts.iter().filter_map(|text| time(text, order));
            let exact = each.clone().find(|date| date.precision() == Precision::Second);
            exact.or_else(|| time(&joined, order)).or_else(|| each.clone().next())
        };
        match read(order) {
            Some(date) if is_utc => Ok(Moment::At(in_utc(date))),
            Some(date) => Ok(Moment::At(date)),
            None if read(DateOrder::DayFirst).is_some() => Ok(Moment::Ambiguous),
            None => Err((*first).to_owned()),
        }
    }

    /// From where and through what.
    pub(super) fn seen(&self) -> Seen {
        let place = || self.one(Field::Place).and_then(|place| country(place.rsplit(',').next().unwrap_or(place)));
        let client = || {
            let parts: Vec<&str> = [Field::Browser, Field::Os].into_iter().filter_map(|part| self.one(part)).collect();
            (!parts.is_empty()).then(|| parts.join(" / "))
        };
        Seen {
            ip: self.one(Field::Ip).map(address),
            asn: self.one(Field::Asn).and_then(asn),
            as_org: self.owned(Field::AsOrg).or_else(|| self.owned(Field::Isp)),
            country: self.one(Field::Country).and_then(country).or_else(place),
            time_zone: self.owned(Field::TimeZone),
            vpn: self.vpn(),
            remote_access: self.owned(Field::RemoteAccess),
            device: self.owned(Field::Device),
            user_agent: self.owned(Field::UserAgent).or_else(client),
            outcome: self.outcome(),
        }
    }

    /// A product, or what kind of thing was there; empty where it is said that there was no VPN.
    fn vpn(&self) -> Option<String> {
        let flag = |text: &str| match words::outcome(text).as_deref() {
            Some("success") => Some(true),
            Some("failure") => Some(false),
            _ => None,
        };
        let product = self.one(Field::Vpn);
        match product.map(|product| (product, flag(product))) {
            Some((product, None)) => return Some(product.to_owned()),
            Some((_, Some(true))) => return Some("VPN".to_owned()),
            Some((_, Some(false))) | None => {}
        }
        match self.one(Field::Proxy).map(|proxy| (proxy, flag(proxy))) {
            Some((_, Some(true))) => Some("proxy".to_owned()),
            Some((name, None)) => Some(name.to_owned()),
            // That there was no proxy says nothing of a VPN.
            Some((_, Some(false))) | None => product.map(|_| String::new()),
        }
    }

    /// How it ended, in the record's words where they are known.
    fn outcome(&self) -> Option<String> {
        if let Some(result) = self.one(Field::Outcome) {
            return Some(words::outcome(result).unwrap_or_else(|| result.to_owned()));
        }
        if let Some(code) = self.one(Field::ErrorCode) {
            return Some(if code == "0" { "success" } else { "failure" }.to_owned());
        }
        self.all(Field::Event).find_map(words::outcome)
    }
}

impl Seen {
    pub(super) fn observation(&self, at: Option<Date>) -> Observation {
        let Self { ip, asn, as_org, country, time_zone, vpn, remote_access, device, user_agent, outcome } =
            self.clone();
        let new = Observation::new(ObservationKind::Login);
        Observation { at, ip, asn, as_org, country, time_zone, vpn, remote_access, device, user_agent, outcome, ..new }
    }
}

/// Whether a cell says nothing.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.is_empty() || BLANK.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// The code of a country, written as a code or a name.
fn country(text: &str) -> Option<String> {
    words::country(text.trim())
}

/// The number of a network: `AS64500` or `64500`.
fn asn(cell: &str) -> Option<u32> {
    let digits = cell.trim_start_matches(['A', 'a']).trim_start_matches(['S', 's', 'N', 'n']).trim();
    digits.parse().ok().filter(|number| *number > 0)
}

/// An address without its port; the first of several. What is none stays as it is.
fn address(cell: &str) -> String {
    let first = cell.split([',', ';', ' ']).map(str::trim).find(|part| !part.is_empty()).unwrap_or(cell);
    let bare = first.trim_matches(['[', ']']);
    let parsed = bare.parse::<IpAddr>().ok().or_else(|| first.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    parsed.map_or_else(|| cell.to_owned(), |ip| ip.to_string())
}

/// A time in any shape of logs, seconds or milliseconds since 1970 among them.
fn time(cell: &str, order: DateOrder) -> Option<Date> {
    if cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = cell.parse().ok()?;
        return match cell.len() {
            10 => Date::from_timestamp(number),
            13 => Date::from_timestamp(number / 1000),
            _ => None,
        };
    }
    order.date(cell).filter(|date| date.precision() >= Precision::Day)
}

/// The same date, in UTC if it has a time without a zone.
fn in_utc(date: Date) -> Date {
    let stated = date
        .time()
        .filter(|time| time.zone == Zone::Unknown)
        .and_then(|time| Date::from_second(date.year(), date.month()?, date.day()?, time.second, Zone::Offset(0)));
    stated.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::super::headers;
    use super::*;

    fn with<T>(header: &str, cells: &[&str], look: impl FnOnce(&Row<'_>) -> T) -> T {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        look(&Row::new(&headers::columns(&header), &cells))
    }

    #[test]
    fn times_are_read_in_the_shapes_of_logs() {
        let at = |header: &str, cells: &[&str], order| match with(header, cells, |row| row.at(order)) {
            Ok(Moment::At(date)) => date.to_string(),
            other => format!("{other:?}"),
        };
        let unknown = DateOrder::Unknown;
        for (header, cells, expected) in [
            ("Date (UTC)", &["2026-03-14T10:11:12Z"][..], "2026-03-14T10:11:12Z"),
            ("Date (UTC)", &["2026-03-14 10:11:12"], "2026-03-14T10:11:12Z"),
            ("timestamp", &["2026-03-14 10:11:12"], "2026-03-14T10:11:12"),
            ("timestamp", &["2026-03-14T10:11:12.5+09:00"], "2026-03-14T10:11:12.5+09:00"),
            ("timestamp", &["1773483072"], "2026-03-14T10:11:12Z"),
            ("timestamp", &["1773483072000"], "2026-03-14T10:11:12Z"),
            ("Date,Time", &["2026-03-14", "10:11:12"], "2026-03-14T10:11:12"),
            ("Date,Time", &["14.03.2026", "10:11"], "2026-03-14T10:11:00"),
            ("Date", &["14/03/2026"], "2026-03-14"),
            ("Date", &["03/04/2026 10:11:12"], "Ok(Ambiguous)"),
            ("Date", &["2026"], "Err(\"2026\")"),
            ("Date", &["soon"], "Err(\"soon\")"),
            ("Date", &["-"], "Ok(Unstated)"),
        ] {
            assert_eq!(at(header, cells, unknown), expected, "{cells:?}");
        }
        assert_eq!(at("Date", &["03/04/2026 10:11:12 PM"], DateOrder::MonthFirst), "2026-03-04T22:11:12");
    }

    #[test]
    fn addresses_networks_and_countries_are_cleaned_and_never_guessed() {
        let ip = |cell: &str| with("IP", &[cell], |row| row.seen().ip.unwrap_or_default());
        assert_eq!(ip("203.0.113.5:51000"), "203.0.113.5");
        assert_eq!(ip("[2001:DB8::1]:443"), "2001:db8::1");
        assert_eq!(ip("2001:db8::12"), "2001:db8::12");
        assert_eq!(ip("10.0.0.4, 203.0.113.5"), "10.0.0.4");
        assert_eq!(ip("intranet"), "intranet");
        let network = |cell: &str| with("ASN", &[cell], |row| row.seen().asn);
        assert_eq!(
            [network("AS64500"), network("64500"), network("Example Net"), network("0")],
            [Some(64500), Some(64500), None, None]
        );
        let country = |header: &str, cell: &str| with(header, &[cell], |row| row.seen().country.unwrap_or_default());
        assert_eq!(country("Location", "Denver, Colorado, US"), "US");
        assert_eq!(country("Country", "United States"), "US");
        assert_eq!(country("Country", "deutschland"), "DE");
        assert_eq!(country("Country", "zz"), "");
        assert_eq!(country("Location", "Head office"), "");
        with("Country,City", &["Atlantis", "Denver"], |row| {
            assert_eq!(row.left_out().collect::<Vec<_>>(), [0, 1]);
        });
    }

    #[test]
    fn a_flag_says_what_it_can_say() {
        let vpn = |header: &str, cells: &[&str]| with(header, cells, |row| row.seen().vpn);
        assert_eq!(vpn("VPN", &["Sample VPN"]).as_deref(), Some("Sample VPN"));
        assert_eq!(vpn("VPN", &["false"]).as_deref(), Some(""));
        assert_eq!(vpn("VPN", &[""]), None);
        assert_eq!(vpn("Is proxy", &["TRUE"]).as_deref(), Some("proxy"));
        assert_eq!(vpn("Is proxy", &["false"]), None);
        assert_eq!(vpn("VPN,Is proxy", &["no", "true"]).as_deref(), Some("proxy"));
    }

    #[test]
    fn how_it_ended_is_said_by_result_code_or_event() {
        let outcome = |header: &str, cells: &[&str]| with(header, cells, |row| row.seen().outcome.unwrap_or_default());
        assert_eq!(outcome("Status,Sign-in error code", &["Interrupted", "50140"]), "interrupted");
        assert_eq!(outcome("ResultType", &["0"]), "success");
        assert_eq!(outcome("ResultType", &["50126"]), "failure");
        assert_eq!(outcome("Event,Description", &["Failed login", "x"]), "failure");
        assert_eq!(outcome("Status", &["200"]), "success");
        assert_eq!(outcome("Status", &["Odd"]), "Odd");
        assert_eq!(outcome("Event", &["Password changed"]), "");
    }

    #[test]
    fn who_it_was_is_the_login_and_then_the_id() {
        let who = |header: &str, cells: &[&str]| {
            with(header, cells, |row| {
                format!("{:?} {:?}", row.subject().unwrap_or_default(), row.name().unwrap_or_default())
            })
        };
        assert_eq!(who("User,Username", &["Ana Example", "ana@x.example"]), "\"ana@x.example\" \"Ana Example\"");
        assert_eq!(who("User,User ID", &["ana@x.example", "7"]), "\"ana@x.example\" \"\"");
        assert_eq!(who("User ID,Name", &["7", "Ana Example"]), "\"7\" \"Ana Example\"");
        assert_eq!(who("actor.alternateId", &["unknown"]), "\"\" \"\"");
    }
}
