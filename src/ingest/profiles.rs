//! What profiles of a network have in common, whichever service handed them out.

use super::dates;
use super::fields::Fields;
use crate::content::Table;
use crate::dossier::{
    Account, Contact, ContactKind, Date, Dossier, EmploymentKind, Language, Location, Name, Observation,
    ObservationKind, Photo, Recommendation, RecommendationDirection, Recommender, Section, Text,
};
use std::sync::LazyLock;

/// Connections from which the network shows no exact number.
const CAP: u64 = 500;

/// Hosts of account pages with their networks.
static NETWORKS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let pages = Table::embedded("tables/account-pages.tsv").unwrap_or_default();
    let pages = pages.rows().iter().filter(|row| row.cell(3) == "handle");
    pages.map(|row| (row.cell(0).to_owned(), row.cell(2).to_owned())).collect()
});

/// Somebody on a network of jobs, with their name. Whether they recruit or look for work is not said.
pub(crate) fn person(name: Option<String>, account: Account) -> Dossier {
    let mut dossier = Dossier { accounts: vec![account], ..Dossier::default() };
    dossier.subject.names = names(name);
    dossier
}

/// Names as somebody bears them, of which no more is known.
pub(crate) fn names(values: impl IntoIterator<Item = String>) -> Vec<Name> {
    values.into_iter().map(|value| Name { value, ..Name::default() }).collect()
}

/// An account with its numbers.
pub(crate) fn account(handle: Option<String>, connections: Option<u64>, followers: Option<u64>) -> Account {
    Account {
        network: Some("linkedin".to_owned()),
        url: handle.as_ref().map(|handle| format!("https://www.linkedin.com/in/{handle}")),
        handle,
        connections: connections.map(|number| number.min(CAP)),
        connections_capped: connections.map(|number| number >= CAP),
        followers,
        ..Account::default()
    }
}

/// What the network tells the person by.
pub(crate) fn handle(dossier: &Dossier) -> Option<String> {
    dossier.accounts.first()?.handle.clone()
}

/// A name in its parts, given name first, where it does not stand as a whole.
pub(crate) fn name(fields: &mut Fields<'_>, whole: &str, parts: [&str; 2]) -> Option<String> {
    let parts: Vec<String> = parts.iter().filter_map(|part| fields.text(part)).collect();
    fields.text(whole).or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
}

/// A claimed place in its parts; `country` is a code of two letters.
pub(crate) fn place(city: Option<String>, region: Option<String>, country: Option<String>) -> Option<Location> {
    let parts: Vec<&str> = [&city, &region, &country].into_iter().flatten().map(String::as_str).collect();
    let text = (!parts.is_empty()).then(|| parts.join(", "))?;
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let country = country.filter(is_code).map(|code| code.to_ascii_uppercase());
    Some(Location { text: Some(text), country, region, city, ..Location::default() })
}

/// A way to reach somebody.
pub(crate) fn contact(kind: ContactKind, value: String) -> Contact {
    Contact { kind, value, network: None, source: None, first_seen: None }
}

/// Adds what a link leads to: an account on a network that is known, or else a page of the person's.
pub(crate) fn link(dossier: &mut Dossier, url: Option<String>) {
    let Some(url) = url else { return };
    match network_of(&url) {
        Some(network) => {
            dossier.accounts.push(Account { network: Some(network), url: Some(url), ..Account::default() });
        }
        None => dossier.contacts.push(contact(ContactKind::Url, url)),
    }
}

/// The network on whose pages an address is.
fn network_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let is_of = |known: &str| host.strip_suffix(known).is_some_and(|below| below.is_empty() || below.ends_with('.'));
    NETWORKS.iter().find(|(known, _)| is_of(known)).map(|(_, network)| network.clone())
}

/// A place as somebody wrote it.
pub(crate) fn written(text: Option<String>) -> Option<Location> {
    text.map(|text| Location { text: Some(text), ..Location::default() })
}

/// A portrait by its address.
pub(crate) fn photos(url: Option<String>) -> Vec<Photo> {
    url.map(|url| Photo { url: Some(url), ..Photo::default() }).into_iter().collect()
}

/// A language and how well it is spoken.
pub(crate) fn language(mut fields: Fields<'_>, name: &str, level: &str) -> Option<Language> {
    let (name, level) = (fields.text(name), fields.text(level));
    fields.finish();
    Some(Language { name: name?, level })
}

/// What somebody wrote about the person, where the service keeps no more than the words.
pub(crate) fn recommendation(text: String) -> Recommendation {
    let direction = RecommendationDirection::Received;
    Recommendation { direction, by: Recommender::default(), at: None, text: Some(Text(text)), source: None }
}

/// Sections that a profile has, even where they are empty: one whose key holds no list is unknown.
pub(crate) fn present(fields: &Fields<'_>, sections: &[(&str, Section)]) -> Vec<Section> {
    let mut present: Vec<Section> =
        sections.iter().filter(|(key, _)| fields.is_list(key)).map(|(_, section)| *section).collect();
    present.dedup();
    present
}

/// The network's words for kinds of jobs.
pub(crate) fn kind(word: &str) -> EmploymentKind {
    match word.trim().to_ascii_lowercase().as_str() {
        "full-time" => EmploymentKind::FullTime,
        "part-time" => EmploymentKind::PartTime,
        "contract" | "seasonal" | "temporary" => EmploymentKind::Contract,
        "freelance" | "self-employed" => EmploymentKind::Freelance,
        "internship" | "apprenticeship" => EmploymentKind::Internship,
        _ => EmploymentKind::Unknown,
    }
}

/// A date in words, or in parts and words; and whether there are words that are none, as of a job that is still held.
/// A day is left out: services make it up.
pub(crate) fn date(fields: &mut Fields<'_>, key: &str) -> (Option<Date>, bool) {
    if fields.is_text(key) {
        let text = fields.text(key);
        let date = text.as_deref().and_then(dates::parse);
        return (date, date.is_none() && text.is_some());
    }
    let Some(mut parts) = fields.object(key) else { return (None, false) };
    let (month, year, text) = (parts.text("month"), parts.text("year"), parts.text("text"));
    let _made_up = parts.text("day");
    parts.finish();
    let of_parts = year.and_then(|year| month_of(year.parse().ok()?, month.as_deref()));
    let date = of_parts.or_else(|| text.as_deref().and_then(dates::parse));
    (date, date.is_none() && text.is_some())
}

/// A month of a year; the year alone where the month's word is not known.
fn month_of(year: i16, month: Option<&str>) -> Option<Date> {
    let Some(month) = month else { return Date::from_year(year) };
    match month.parse() {
        Ok(number) => Date::from_month(year, number),
        Err(_) => match dates::month_of(month) {
            Some(number) => Date::from_month(year, number),
            None => Date::from_year(year),
        },
    }
}

/// From when to when something lasted.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    /// Whether it lasts: a word stands where the end would.
    pub(crate) lasts: bool,
}

/// `May 2024 - Present · 1 yr 6 mos`, `2016 - 2020`; nothing where no date begins it.
pub(crate) fn span(text: &str) -> Option<Span> {
    let dates = text.split('·').next()?;
    let (first, last) = match dates.split_once(" - ").or_else(|| dates.split_once(" – ")) {
        Some((first, last)) => (first, Some(last)),
        None => (dates, None),
    };
    let start = Some(dates::parse(first)?);
    let end = last.and_then(dates::parse);
    Some(Span { start, end, lasts: last.is_some() && end.is_none() })
}

/// The date in `Issued Sep 2023`, `Issued Sep 2023 · Expires Sep 2026`: the word before it is of the page's language.
pub(crate) fn issued(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split('·').next()?.split_whitespace().collect();
    let dates = (0..words.len()).flat_map(|from| (from + 1..=words.len()).rev().map(move |to| from..to));
    dates.filter_map(|range| words.get(range)).find_map(|words| dates::parse(&words.join(" ")))
}

/// What was observed of somebody, where nothing is known of devices and networks but perhaps an address.
pub(crate) fn observation(
    kind: ObservationKind,
    at: Option<Date>,
    ip: Option<String>,
    note: Option<Text>,
) -> Observation {
    Observation { at, ip, note, ..Observation::new(kind) }
}

#[cfg(test)]
mod tests {
    use super::{issued, span};

    #[test]
    fn spans_end_in_a_date_in_a_word_or_nowhere() {
        let told = |text: &str| {
            span(text).map(|span| {
                let of = |date: Option<crate::dossier::Date>| date.map(|date| date.to_string()).unwrap_or_default();
                (of(span.start), of(span.end), span.lasts)
            })
        };
        let said = |start: &str, end: &str, lasts| Some((start.to_owned(), end.to_owned(), lasts));
        assert_eq!(told("May 2024 - Present · 1 yr 6 mos"), said("2024-05", "", true));
        assert_eq!(told("Feb 2024 – May 2024 · 4 mos"), said("2024-02", "2024-05", false));
        assert_eq!(told("2016 - 2020"), said("2016", "2020", false));
        assert_eq!(told("Mar 2019 · 1 mo"), said("2019-03", "", false));
        assert_eq!(told("Lisbon, Portugal · Hybrid"), None);
    }

    #[test]
    fn the_word_before_a_date_is_of_any_language() {
        let told = |text: &str| issued(text).map(|date| date.to_string());
        assert_eq!(told("Issued Sep 2023 · Expires Sep 2026").as_deref(), Some("2023-09"));
        assert_eq!(told("Issued Sep 2023 See credential").as_deref(), Some("2023-09"));
        assert_eq!(told("Ausgestellt: 2021").as_deref(), Some("2021"));
        assert_eq!(told("Credential ID 77"), None);
    }
}
