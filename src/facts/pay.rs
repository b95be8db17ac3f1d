//! What an advert pays for simple work, against what such work is usually paid.

use crate::content::{Content, fold_into, key};
use crate::dossier::{FoldedBuilder, Pay, PayPeriod};
use std::ops::Range;

/// Bytes after an amount in which the period is looked for: `$1,000 to $2,000 paid to you per week`.
const REACH: usize = 32;

/// Words of pay and of simple work, by the tables `pay-words` and `role-pay`.
#[derive(Debug, Default)]
pub(crate) struct PayKnowledge {
    /// Currencies, the longest word first: `us$` before `$`.
    currencies: Vec<Unit>,
    periods: Vec<Unit>,
    /// Words of a title → usual pay for a year, in US dollars.
    roles: Vec<(Box<str>, f64)>,
}

/// A currency or a period.
#[derive(Debug)]
struct Unit {
    word: Box<str>,
    /// US dollars for one unit, or how many of the period a year has.
    value: f64,
    /// A bare dollar sign, or a period beside which it may mean pesos.
    pesos: bool,
}

impl PayKnowledge {
    /// Reads the tables; without them nothing is compared.
    pub(crate) fn new(content: &Content) -> Self {
        let mut knowledge = Self::default();
        for row in content.table("pay-words").map_or(&[][..], |table| table.rows()) {
            let Ok(value) = row.cell(2).parse() else { continue };
            let (units, pesos) = match row.cell(1) {
                "currency" => (&mut knowledge.currencies, false),
                "dollar-sign" => (&mut knowledge.currencies, true),
                "period" => (&mut knowledge.periods, false),
                _ => (&mut knowledge.periods, true),
            };
            units.push(Unit { word: row.cell(0).into(), value, pesos });
        }
        knowledge.currencies.sort_by_key(|unit| std::cmp::Reverse(unit.word.len()));
        for row in content.table("role-pay").map_or(&[][..], |table| table.rows()) {
            let Ok(value) = row.cell(1).parse() else { continue };
            knowledge.roles.push((key(row.cell(0)).into(), value));
        }
        knowledge
    }

    /// The usual yearly pay of the simple work that a title names, the greatest if it names several.
    pub(crate) fn usual(&self, title: &str) -> Option<f64> {
        let title = key(title);
        let names = |words: &str| {
            title.match_indices(words).any(|(at, _)| !words.is_ascii() || is_apart(&title, at, at + words.len()))
        };
        self.roles.iter().filter(|(words, _)| names(words)).map(|(_, usual)| *usual).reduce(f64::max)
    }

    /// Yearly pay in US dollars, where currency and period are known.
    pub(crate) fn yearly(&self, pay: &Pay) -> Option<f64> {
        let currency = pay.currency.as_deref()?.to_lowercase();
        let unit = self.currencies.iter().find(|unit| *unit.word == *currency && !unit.pesos)?;
        let times = match pay.period? {
            PayPeriod::Hour => 2000.0,
            PayPeriod::Day => 250.0,
            PayPeriod::Week => 50.0,
            PayPeriod::Month => 12.0,
            PayPeriod::Year => 1.0,
        };
        Some(pay.max.or(pay.min)? * unit.value * times)
    }

    /// The greatest pay that a text names with currency and period, for a year in US dollars, and where.
    pub(crate) fn named(&self, text: &str) -> Option<(f64, Range<usize>)> {
        let mut builder = FoldedBuilder::default();
        fold_into(text, &mut builder);
        let folded = builder.folded();
        let text = folded.as_str();
        let mut greatest: Option<(f64, Range<usize>)> = None;
        let mut last: Option<(usize, &Unit)> = None;
        let mut at = 0;
        while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
            let start = at + found;
            let length =
                text[start..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len() - start);
            let mut end = start + length;
            at = end;
            let Some(mut amount) = amount(&text[start..end]) else { continue };
            if text[end..].starts_with('k') && is_apart(text, start, end + 1) {
                amount *= 1000.0;
                end += 1;
            }
            // The end of a range takes the currency of its beginning.
            let carried = last.filter(|(before, _)| start - before <= 4).map(|(_, unit)| unit);
            let Some(currency) = self.currency(text, start, end).or(carried) else { continue };
            last = Some((end, currency));
            if let Some((period, period_end)) = self.period(text, end)
                && !(currency.pesos && period.pesos)
            {
                let yearly = amount * currency.value * period.value;
                if greatest.as_ref().is_none_or(|(most, _)| yearly > *most) {
                    greatest = Some((yearly, start..period_end));
                }
            }
        }
        greatest.map(|(yearly, span)| (yearly, folded.raw_span(span)))
    }

    /// The currency that stands right before or right after an amount.
    fn currency(&self, text: &str, start: usize, end: usize) -> Option<&Unit> {
        let before = text[..start].trim_end_matches(' ');
        let after = text[end..].trim_start_matches(' ');
        let stands = |word: &str| {
            before.strip_suffix(word).is_some_and(|rest| !word.is_ascii() || ends_apart(rest, word))
                || after.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        self.currencies.iter().find(|unit| stands(&unit.word))
    }

    /// The nearest period after an amount, in its sentence.
    fn period(&self, text: &str, end: usize) -> Option<(&Unit, usize)> {
        let near = &text[end..text.floor_char_boundary(end + REACH)];
        let near = near.split(['!', '?', '\n']).next().unwrap_or(near);
        let found = self.periods.iter().filter_map(|unit| {
            let word = &*unit.word;
            let (at, _) = near
                .match_indices(word)
                .find(|(at, _)| !word.is_ascii() || is_apart(text, end + at, end + at + word.len()))?;
            Some((at, unit, end + at + word.len()))
        });
        found.min_by_key(|(at, ..)| *at).map(|(_, unit, end)| (unit, end))
    }
}

/// Whether no letters stand right before and after.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(|c: char| c.is_alphabetic()) && !text[end..].starts_with(|c: char| c.is_alphabetic())
}

/// Whether a currency's word begins where it seems to: a sign always does.
fn ends_apart(rest: &str, word: &str) -> bool {
    !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !rest.ends_with(|c: char| c.is_alphabetic())
}

/// A number with separators of thousands or a decimal part.
fn amount(text: &str) -> Option<f64> {
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.trim_end_matches([',', '.']).split([',', '.']).enumerate() {
        if at > 0 && part.len() != 3 {
            plain.push('.');
        }
        plain.push_str(part);
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::tables;

    #[test]
    fn pay_in_words_comes_to_a_year() {
        let pay = PayKnowledge::new(&tables());
        for (text, expected) in [
            ("Earn USD$1000-2000 per week from home", Some("100000")),
            ("$3,000 weekly", Some("150000")),
            ("up to $45 per hour", Some("90000")),
            ("We pay $18 an hour.", Some("36000")),
            ("$120k - $150k a year", Some("150000")),
            ("300 € pro Tag", Some("81000")),
            ("40 hours a week", None),
            ("a budget of $500,000", None),
            ("$20,000 al mes", None),
            ("", None),
        ] {
            let found = pay.named(text).map(|(yearly, _)| yearly.round().to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_simple_work_has_a_usual_pay() {
        let pay = PayKnowledge::new(&tables());
        assert!(pay.usual("Home Based Typist (Full/Part Time)").is_some());
        assert!(pay.usual("データ入力スタッフ").is_some());
        assert_eq!(pay.usual("Senior Rust Engineer"), None);
    }
}
