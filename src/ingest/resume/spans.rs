//! Spans of time as résumés write them: two dates, or one date and a word for what goes on, at the edge of a line.
//!
//! Only what can be read in one way is a date: a month by name or in numbers with a year of four digits, a year, or a day
//! from the year down or with full stops. Years of two digits, and days between slashes, are not.

use super::words;
use crate::dossier::Date;
use regex::{Captures, Regex};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Bytes of a line that is looked at.
const LONGEST_LINE: usize = 240;
const YEARS: std::ops::RangeInclusive<i16> = 1930..=2100;

/// A span, and what else its line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated<'l> {
    pub(super) start: Date,
    pub(super) end: Option<Date>,
    pub(super) rest: &'l str,
}

static MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let rows = words::rows("tables/resume-dates.tsv");
    rows.into_iter().filter_map(|(word, meaning)| Some((word.to_lowercase(), meaning.parse().ok()?))).collect()
});

/// The expressions of a span at the start of a line, at its end, and of any year.
static SPAN: LazyLock<Option<[Regex; 3]>> = LazyLock::new(|| {
    let rows = words::rows("tables/resume-dates.tsv");
    let choice = |wanted: &dyn Fn(&str) -> bool| {
        let mut words: Vec<String> =
            rows.iter().filter(|(_, meaning)| wanted(meaning)).map(|(word, _)| regex::escape(word)).collect();
        // The longest first: the first that fits is taken.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.join("|")
    };
    let month = choice(&|meaning| meaning.parse::<u8>().is_ok());
    let (now, to) = (choice(&|meaning| meaning == "now"), choice(&|meaning| meaning == "to"));
    let date = |n: u8| {
        format!(
            r"(?:(?P<name{n}>{month})\.?,?\s+(?:de\s+|del\s+)?(?P<name_year{n}>\d{{4}})\b|(?P<year{n}>\d{{4}})(?:\s*[年년]\s*(?P<cjk{n}>\d{{1,2}})\s*[月월]|[年년]|[-./](?P<month{n}>0?[1-9]|1[0-2])\b(?:[-./](?P<day{n}>[0-3]?\d)\b)?|\b)|(?:(?P<dotted{n}>[0-3]?\d)\.)?(?P<first{n}>0?[1-9]|1[0-2])[-./](?P<last{n}>\d{{4}})\b)"
        )
    };
    let dash = r"[-‐‑‒–—―−~〜～]";
    let between = format!(r"(?:\s*{dash}{{1,3}}\s*|\s+(?:{to})\s+)");
    let span = format!(r"{}{between}(?:{}|(?P<now>{now}))", date(1), date(2));
    let edge = r"[\s()\[\]|,;:·•]";
    let compiled = [
        Regex::new(&format!(r"(?i)^{edge}*{span}(?:{edge}+{dash}?\s*(?P<rest>\S.*)|{edge}*)$")),
        Regex::new(&format!(r"(?i)^(?P<rest>\S.*?)(?:{edge}|\s{dash}\s)+{span}{edge}*$")),
        Regex::new(r"\d{4}"),
    ];
    // Every part is ours, and a test compiles them.
    let [Ok(first), Ok(last), Ok(year)] = compiled else { return None };
    Some([first, last, year])
});

/// The span at the edge of a line; `None` where there is none, or more than one reading.
pub(super) fn dated(line: &str) -> Option<Dated<'_>> {
    let line = line.trim();
    let [first, last, year] = SPAN.as_ref()?;
    if line.len() > LONGEST_LINE || !year.is_match(line) {
        return None;
    }
    let found = first.captures(line).or_else(|| last.captures(line))?;
    let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim();
    if year.is_match(rest) {
        return None;
    }
    let start = date(&found, 1)?;
    let end = if found.name("now").is_some() { None } else { Some(date(&found, 2)?) };
    let in_order = end.is_none_or(|end| !end.is_before(start));
    in_order.then_some(Dated { start, end, rest })
}

/// One of the two dates.
fn date(found: &Captures<'_>, n: u8) -> Option<Date> {
    let part = |name: &str| found.name(&format!("{name}{n}")).map(|part| part.as_str());
    let number = |text: &str| text.parse::<u8>().ok();
    let year = ["year", "name_year", "last"].iter().find_map(|name| part(name))?.parse::<i16>().ok()?;
    if !YEARS.contains(&year) {
        return None;
    }
    if let Some(name) = part("name") {
        return Date::from_month(year, *MONTHS.get(&name.to_lowercase())?);
    }
    let Some(month) = ["cjk", "month", "first"].iter().find_map(|name| part(name)) else {
        return Date::from_year(year);
    };
    let month = number(month)?;
    match part("day").or_else(|| part("dotted")) {
        Some(day) => Date::from_day(year, month, number(day)?),
        None => Date::from_month(year, month),
    }
}

#[cfg(test)]
mod tests {
    use super::dated;
    use proptest::prelude::*;

    fn shown(line: &str) -> Option<String> {
        let found = dated(line)?;
        Some(format!("{}/{}/{}", found.start, found.end.map(|end| end.to_string()).unwrap_or_default(), found.rest))
    }

    #[test]
    fn spans_of_many_languages_are_read() {
        for (line, expected) in [
            ("Jan 2019 – Mar 2021", "2019-01/2021-03/"),
            ("Developer, Harbour Ltd\tJan. 2019 - Present", "2019-01//Developer, Harbour Ltd"),
            ("Developer (2019 – 2021)", "2019/2021/Developer"),
            ("03/2019 – 04/2021  Entwickler, Beispiel GmbH", "2019-03/2021-04/Entwickler, Beispiel GmbH"),
            ("01.03.2019 bis 30.04.2021", "2019-03-01/2021-04-30/"),
            ("seit", ""),
            ("janvier 2019 à mars 2021", "2019-01/2021-03/"),
            ("enero de 2019 – actualidad", "2019-01//"),
            ("2019年4月～2021年3月 株式会社サンプル", "2019-04/2021-03/株式会社サンプル"),
            ("2019.04 ~ 현재", "2019-04//"),
            ("Январь 2019 — настоящее время", "2019-01//"),
            ("2019-03 – 2021-12", "2019-03/2021-12/"),
            ("2019-2021", "2019/2021/"),
        ] {
            assert_eq!(shown(line).unwrap_or_default(), expected, "{line}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_no_span() {
        for line in [
            "03/19 – 04/21",
            "03/04/2019 – 05/06/2021",
            "Raised revenue from 2019 to 2021 by half and moved",
            "2021 – 2019",
            "Summer 2019 – 2021, and 2023",
            "+49 2019 – 2021 555",
            "2019",
            "0000 – 9999",
        ] {
            assert_eq!(shown(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_left(line in "[0-9a-zé年月 ./–-]{0,60}") {
            let _ = dated(&line);
        }
    }
}
