//! What the rows of an archive's files say, before anybody knows who the exporter is.

use super::columns::Record;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Somebody as a row names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
}

impl Party {
    /// The profile's address as it is compared: host and path, without scheme, language, query and closing slash.
    pub(super) fn profile(&self) -> Option<String> {
        self.url.as_deref().and_then(profile)
    }

    /// The name as it is compared.
    pub(super) fn plain_name(&self) -> Option<String> {
        self.name.as_deref().map(plain_name)
    }
}

/// A profile's address as it is compared.
pub(super) fn profile(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/')?;
    let path = unescaped(path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/'));
    if path.is_empty() {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let host = if host == "linkedin.com" || host.ends_with(".linkedin.com") { "linkedin.com" } else { host.as_str() };
    // Addresses made of a member's number tell capitals apart, chosen ones do not.
    let path = if path.starts_with("in/ACo") { path } else { path.to_lowercase() };
    Some(format!("{host}/{path}"))
}

/// A path without its percent signs; as it was if they do not stand for UTF-8.
fn unescaped(path: &str) -> String {
    percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Cow::into_owned)
}

/// A name as it is compared.
pub(super) fn plain_name(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A row of `messages.csv`.
pub(super) struct Sent {
    pub(super) line: u64,
    pub(super) thread: Option<String>,
    pub(super) from: Party,
    pub(super) to: Vec<Party>,
    pub(super) date: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) content: Option<String>,
    pub(super) attachments: Vec<String>,
    /// Where the file says so: whether the exporter received it.
    pub(super) incoming: Option<bool>,
    pub(super) draft: bool,
}

impl Sent {
    /// From a row.
    pub(super) fn of(row: &Record) -> Self {
        let is_yes = |column| {
            row.get(column).is_some_and(|cell| cell.eq_ignore_ascii_case("yes") || cell.eq_ignore_ascii_case("true"))
        };
        Self {
            line: row.line,
            thread: row.owned("thread"),
            from: Party { name: row.owned("from"), url: row.owned("from_url") },
            to: recipients(row.get("to"), row.get("to_urls")),
            date: row.owned("date"),
            subject: row.owned("subject"),
            content: row.raw("content").map(str::to_owned),
            attachments: attachments(row.get("attachments")),
            incoming: incoming(row),
            draft: is_yes("draft") || is_yes("thread_draft"),
        }
    }
}

/// A row of `Invitations.csv`.
pub(super) struct Invited {
    pub(super) line: u64,
    pub(super) from: Party,
    pub(super) to: Party,
    pub(super) at: Option<String>,
    pub(super) message: Option<String>,
    pub(super) incoming: Option<bool>,
}

impl Invited {
    /// From a row.
    pub(super) fn of(row: &Record) -> Self {
        Self {
            line: row.line,
            from: Party { name: row.owned("from"), url: row.owned("inviter_url") },
            to: Party { name: row.owned("to"), url: row.owned("invitee_url") },
            at: row.owned("sent_at"),
            message: row.raw("message").map(str::to_owned),
            incoming: incoming(row),
        }
    }
}

fn incoming(row: &Record) -> Option<bool> {
    let direction = row.get("direction")?;
    if direction.eq_ignore_ascii_case("incoming") {
        Some(true)
    } else if direction.eq_ignore_ascii_case("outgoing") {
        Some(false)
    } else {
        None
    }
}

/// Recipients from two cells that list names and addresses in the same order. Names may contain commas,
/// addresses do not: where the numbers differ, one address takes the whole name, and several take none.
fn recipients(names: Option<&str>, urls: Option<&str>) -> Vec<Party> {
    let split = |cell: &str| -> Vec<String> {
        cell.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let urls = urls.map(split).unwrap_or_default();
    let parts = names.map(split).unwrap_or_default();
    match (urls.len(), parts.len()) {
        (0, 0) => Vec::new(),
        (0 | 1, _) => vec![Party { name: names.map(str::to_owned), url: urls.into_iter().next() }],
        (some, others) if some == others => {
            parts.into_iter().zip(urls).map(|(name, url)| Party { name: Some(name), url: Some(url) }).collect()
        }
        _ => urls.into_iter().map(|url| Party { name: None, url: Some(url) }).collect(),
    }
}

/// Attachments of a cell: several addresses, or one name.
fn attachments(cell: Option<&str>) -> Vec<String> {
    let Some(cell) = cell else { return Vec::new() };
    if cell.contains("://") {
        let parts = cell.split(|c: char| c.is_whitespace() || c == ',' || c == ';' || c == '|');
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    } else {
        cell.lines().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_profile_are_one() {
        for url in [
            "https://www.linkedin.com/in/Ana-Example",
            "www.linkedin.com/in/ana-example/",
            "http://de.linkedin.com/in/ana-example?trk=x",
            "https://www.linkedin.com/in/ana%2Dexample",
        ] {
            assert_eq!(profile(url).as_deref(), Some("linkedin.com/in/ana-example"), "{url}");
        }
        assert_eq!(profile("https://www.linkedin.com/in/ACoAAB").as_deref(), Some("linkedin.com/in/ACoAAB"));
        assert_eq!(profile(""), None);
    }

    #[test]
    fn recipients_pair_up_where_they_can() {
        let two = recipients(Some("Ana Example, Ben Example"), Some("https://l/in/a,https://l/in/b"));
        assert_eq!(two[1].name.as_deref(), Some("Ben Example"));
        let one = recipients(Some("Ana Example, PhD"), Some("https://l/in/a"));
        assert_eq!((one.len(), one[0].name.as_deref()), (1, Some("Ana Example, PhD")));
        let unsure = recipients(Some("Ana Example, PhD, Ben Example"), Some("https://l/in/a,https://l/in/b"));
        assert_eq!((unsure.len(), unsure[0].name.as_deref()), (2, None));
    }
}
