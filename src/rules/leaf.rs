//! A leaf of a condition: one field and what its values are tested for, in three values.
//!
//! Compiled from what a rule says; the tree above the leaves is in `part`.

use super::value::{Anchor, equals_lowercase};
use crate::dossier::Date;
use crate::facts::{Element, Elements, Fact, Field, Known, Value};
use crate::screening::LeafState;
use regex::Regex;
use std::net::IpAddr;

/// What became of a condition or a part of it (strong Kleene logic). The order is that of `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Miss,
    NotEvaluable,
    Hit,
}

impl Outcome {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Hit } else { Self::Miss }
    }

    /// Not unknown is unknown.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Miss => Self::Hit,
            Self::NotEvaluable => Self::NotEvaluable,
            Self::Hit => Self::Miss,
        }
    }
}

impl From<Outcome> for LeafState {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Miss => Self::Miss,
            Outcome::NotEvaluable => Self::NotEvaluable,
            Outcome::Hit => Self::Hit,
        }
    }
}

/// One field and what its values are tested for.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) target: Target,
    /// Every test must hold of some value; otherwise some test must.
    pub(super) all: bool,
    /// There must be a value, and the tests must not hold (`neq`).
    pub(super) negated: bool,
    pub(super) tests: Vec<Test>,
}

/// What a leaf looks at.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// A field.
    Field(Field),
    /// Any of the element's free texts.
    Texts(Box<[Field]>),
    /// The rules that have hit; its tests are all [`Test::Rules`].
    Findings,
}

/// What a value is tested for.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// It is one of these, lower-case.
    Words(Box<[Box<str>]>),
    /// It is one of these, letter by letter.
    CasedWords(Box<[Box<str>]>),
    /// It has a match.
    Pattern(Regex),
    /// It compares so.
    Number(Comparison, f64),
    /// It is this.
    Flag(bool),
    /// The field is known to have none.
    Null,
    /// The field is known to have one, or is not.
    Exists(bool),
    /// It is an address inside.
    Network(Network),
    /// It, or a domain that it is part of, is one of these; folded and sorted.
    Listed { values: Box<[Box<str>]>, domains: bool },
    /// It is related so to a value of another field.
    Other { field: Field, anchor: Anchor, cased: bool },
    /// A part of the date compares so.
    DatePart(DatePart, f64),
    /// One of these rules has hit, by position.
    Rules(Box<[u32]>),
}

/// How a number compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A network range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: u128,
    mask: u128,
    v4: bool,
}

/// Rules that have hit and rules that could not be evaluated, for combinations.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outcomes<'a> {
    /// By position, sorted.
    pub(super) hit: &'a [u32],
    /// By position, sorted.
    pub(super) unknown: &'a [u32],
}

impl Leaf {
    /// What became of it for one element.
    pub(super) fn outcome(&self, elements: &Elements<'_>, element: &Element) -> Outcome {
        match &self.target {
            Target::Field(field) => self.outcome_of(elements, element, *field),
            // Unknown before the engine asks about combinations.
            Target::Findings => Outcome::NotEvaluable,
            Target::Texts(fields) if self.all => self
                .tests
                .iter()
                .map(|test| {
                    any(fields.iter().map(|field| match elements.get(element, *field) {
                        Known::Unknown => Outcome::NotEvaluable,
                        Known::Absent => Outcome::Miss,
                        Known::Present(facts) => Outcome::of(facts.iter().any(|fact| test.holds(&fact.value, None))),
                    }))
                })
                .min()
                .unwrap_or(Outcome::Miss),
            Target::Texts(fields) => any(fields.iter().map(|field| self.outcome_of(elements, element, *field))),
        }
    }

    fn outcome_of(&self, elements: &Elements<'_>, element: &Element, field: Field) -> Outcome {
        let facts = match elements.get(element, field) {
            Known::Unknown => return Outcome::NotEvaluable,
            Known::Absent if self.negated => return Outcome::Miss,
            Known::Absent => {
                let holds = |test: &Test| matches!(test, Test::Null | Test::Exists(false));
                return Outcome::of(self.quantified(holds));
            }
            Known::Present(facts) => facts,
        };
        if let [Test::Other { field: other, .. }] = self.tests.as_slice() {
            return match elements.get(element, *other) {
                Known::Unknown => Outcome::NotEvaluable,
                Known::Absent => Outcome::Miss,
                Known::Present(others) => {
                    let holds = facts.iter().any(|fact| self.tests[0].holds(&fact.value, Some(others)));
                    Outcome::of(holds != self.negated)
                }
            };
        }
        let holds = self.quantified(|test| match test {
            Test::Exists(expected) => *expected,
            Test::Null => false,
            _ => facts.iter().any(|fact| test.holds(&fact.value, None)),
        });
        Outcome::of(holds != self.negated)
    }

    /// What became of it, given which rules have hit.
    pub(super) fn outcome_of_findings(&self, outcomes: Outcomes<'_>) -> Outcome {
        let of = |test: &Test| match test {
            Test::Rules(rules) if meet(rules, outcomes.hit) => Outcome::Hit,
            Test::Rules(rules) if meet(rules, outcomes.unknown) => Outcome::NotEvaluable,
            _ => Outcome::Miss,
        };
        let states = self.tests.iter().map(of);
        let outcome = if self.all { states.min() } else { states.max() }.unwrap_or(Outcome::Miss);
        if self.negated { outcome.negated() } else { outcome }
    }

    fn quantified(&self, holds: impl FnMut(&Test) -> bool) -> bool {
        if self.all { self.tests.iter().all(holds) } else { self.tests.iter().any(holds) }
    }

    /// Whether a value is one that the leaf looks for; any value, where it looks for others than it names.
    pub(super) fn matches(&self, fact: &Fact<'_>, others: Option<&[Fact<'_>]>) -> bool {
        self.negated
            || self.tests.iter().any(|test| matches!(test, Test::Exists(true)) || test.holds(&fact.value, others))
    }

    /// The part of a text that the leaf looks for; `None` where it is the text as a whole.
    pub(super) fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        self.tests.iter().find_map(|test| match test {
            Test::Pattern(regex) => regex.find(text).map(|found| found.range()),
            _ => None,
        })
    }

    /// The fields that it reads.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        let own: &[Field] = match &self.target {
            Target::Field(field) => std::slice::from_ref(field),
            Target::Texts(fields) => fields,
            Target::Findings => &[Field::FindingRule],
        };
        let others = self.tests.iter().filter_map(|test| match test {
            Test::Other { field, .. } => Some(*field),
            _ => None,
        });
        own.iter().copied().chain(others)
    }
}

/// Kleene's `or`.
fn any(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let mut best = Outcome::Miss;
    for outcome in outcomes {
        best = best.max(outcome);
        if best == Outcome::Hit {
            break;
        }
    }
    best
}

/// Whether two sorted lists share a position.
fn meet(rules: &[u32], others: &[u32]) -> bool {
    rules.iter().any(|rule| others.binary_search(rule).is_ok())
}

impl Test {
    /// Whether it holds of a value; `others` are the values of the field that it is compared with.
    fn holds(&self, value: &Value<'_>, others: Option<&[Fact<'_>]>) -> bool {
        match (self, value) {
            (Self::Words(words), Value::Text(text)) => words.iter().any(|word| equals_lowercase(text, word)),
            (Self::CasedWords(words), Value::Text(text)) => words.iter().any(|word| **word == **text),
            (Self::Pattern(regex), Value::Text(text)) => regex.is_match(text),
            (Self::Number(comparison, number), Value::Number(value)) => comparison.holds(*value, *number),
            (Self::Flag(flag), Value::Flag(value)) => flag == value,
            (Self::Network(network), Value::Text(text)) => text.parse().is_ok_and(|address| network.holds(address)),
            (Self::Listed { values, domains }, Value::Text(text)) => listed(values, text, *domains),
            (Self::Other { anchor, cased, .. }, value) => {
                others.unwrap_or_default().iter().any(|other| related(value, &other.value, *anchor, *cased))
            }
            (Self::DatePart(part, number), Value::Date(date)) => part.of(*date) == Some(*number),
            (Self::DatePart(part, number), Value::Text(text)) => {
                text.parse().ok().and_then(|date| part.of(date)) == Some(*number)
            }
            // Dates are compared as they print; the comparison is rare enough to print them.
            (Self::Words(_) | Self::CasedWords(_) | Self::Pattern(_), Value::Date(date)) => {
                self.holds(&Value::Text(date.to_string().into()), None)
            }
            _ => false,
        }
    }
}

/// Whether a text, or a domain that it is part of, is in a sorted list of folded values.
fn listed(values: &[Box<str>], text: &str, domains: bool) -> bool {
    let folded;
    let mut text = if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        text
    } else {
        folded = super::value::lowercase(text);
        &folded
    };
    loop {
        if values.binary_search_by(|value| (**value).cmp(text)).is_ok() {
            return true;
        }
        match text.split_once('.') {
            Some((_, parent)) if domains && !parent.is_empty() => text = parent,
            _ => return false,
        }
    }
}

/// Whether two values are equal, or one contains the other.
fn related(value: &Value<'_>, other: &Value<'_>, anchor: Anchor, cased: bool) -> bool {
    let (Value::Text(text), Value::Text(part)) = (value, other) else {
        return anchor == Anchor::Whole && value == other;
    };
    let compare = |text: &str, part: &str| match anchor {
        Anchor::Whole => text == part,
        Anchor::Contains => text.contains(part),
        Anchor::Start => text.starts_with(part),
        Anchor::End => text.ends_with(part),
    };
    if cased { compare(text, part) } else { compare(&super::value::lowercase(text), &super::value::lowercase(part)) }
}

impl Comparison {
    #[expect(clippy::float_cmp, reason = "a rule that names a number means that number")]
    fn holds(self, value: f64, number: f64) -> bool {
        match self {
            Self::Equal => value == number,
            Self::Less => value < number,
            Self::LessOrEqual => value <= number,
            Self::Greater => value > number,
            Self::GreaterOrEqual => value >= number,
        }
    }
}

impl DatePart {
    /// That part of a date; `None` where the date is not known so exactly.
    fn of(self, date: Date) -> Option<f64> {
        let second = date.time().map(|time| time.second);
        match self {
            Self::Minute => second.map(|second| f64::from(second / 60 % 60)),
            Self::Hour => second.map(|second| f64::from(second / 3_600)),
            Self::Day => date.day().map(f64::from),
            Self::Week => week(date).map(f64::from),
            Self::Month => date.month().map(f64::from),
            Self::Year => Some(f64::from(date.year())),
        }
    }
}

/// The week of the year by ISO 8601.
fn week(date: Date) -> Option<i8> {
    let (month, day) = (i8::try_from(date.month()?).ok()?, i8::try_from(date.day()?).ok()?);
    Some(jiff::civil::Date::new(date.year(), month, day).ok()?.iso_week_date().week())
}

impl Network {
    /// A range such as `192.0.2.0/24` or `2001:db8::/32`, or one address.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let (address, length) = match written.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (written, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (bits, width) = bits(address);
        let length = length.unwrap_or(width);
        if length > width {
            return None;
        }
        let mask = u128::MAX.checked_shl(width - length).unwrap_or(0);
        Some(Self { address: bits & mask, mask, v4: address.is_ipv4() })
    }

    fn holds(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.v4 && bits(address).0 & self.mask == self.address
    }
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        for (network, inside, outside) in [
            ("192.0.2.0/24", "192.0.2.77", "192.0.3.1"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("2001:db8::/32", "2001:db8:1::1", "2001:db9::1"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
            ("::/0", "2001:db8::1", "203.0.113.9"),
        ] {
            let network = Network::parse(network).expect("a network");
            assert!(network.holds(inside.parse().expect("an address")));
            assert!(!network.holds(outside.parse().expect("an address")));
        }
        for wrong in ["192.0.2.0/33", "192.0.2", "2001:db8::/129", "/8", ""] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_host_is_listed_by_its_parents_where_domains_count() {
        let values: Box<[Box<str>]> = ["mail.example".into(), "short.example".into()].into();
        assert!(listed(&values, "A.Short.example", true) && listed(&values, "short.example", false));
        assert!(!listed(&values, "a.short.example", false) && !listed(&values, "tooshort.example", true));
    }

    #[test]
    fn a_part_of_a_date_needs_that_precision() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        let exact = date("2026-09-14T08:02:00Z");
        let parts = [DatePart::Minute, DatePart::Hour, DatePart::Day, DatePart::Week, DatePart::Month, DatePart::Year];
        let expected = [2.0, 8.0, 14.0, 38.0, 9.0, 2026.0];
        assert_eq!(parts.map(|part| part.of(exact)), expected.map(Some));
        assert_eq!(DatePart::Hour.of(date("2026-09-14")), None);
        assert_eq!(DatePart::Week.of(date("2026-09")), None);
    }
}
