//! The modifiers after a field's name, `message.text|contains|all`, and which of them go together.

use super::encode::Utf16;
use super::leaf::{Comparison, DatePart};
use super::value::Anchor;
use crate::content::suggest;

/// How the values of a field are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of Sigma that stands there or not")]
pub(super) struct Modifiers {
    /// What is compared.
    pub(super) operator: Operator,
    /// Every value must hold of some value of the field.
    pub(super) all: bool,
    /// The opposite holds.
    pub(super) negated: bool,
    /// Letter by letter.
    pub(super) cased: bool,
    /// Values are names of lists.
    pub(super) expand: bool,
    /// Dashes vary.
    pub(super) windash: bool,
    /// Encoded in UTF-16 first.
    pub(super) utf16: Option<Utf16>,
    /// Then encoded in Base64.
    pub(super) base64: Option<Base64>,
    /// Flags of a regular expression.
    pub(super) ignore_case: bool,
    pub(super) multi_line: bool,
    pub(super) dot_all: bool,
}

/// What a field's values are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// With a text, number, flag or null; for a text, in this part of the value.
    Value(Anchor),
    /// With a regular expression.
    Regex,
    /// With a network range.
    Network,
    /// Whether there is one.
    Exists,
    /// With a number.
    Number(Comparison),
    /// With another field.
    Other(Anchor),
    /// A part of the date with a number.
    DatePart(DatePart),
}

/// How a text is encoded in Base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base64 {
    /// By itself.
    Exact,
    /// Inside a longer text, at any offset.
    AnyOffset,
}

/// Every modifier that a rule may use.
pub(super) const MODIFIERS: &[&str] = &[
    "contains",
    "startswith",
    "endswith",
    "all",
    "exists",
    "cased",
    "re",
    "i",
    "m",
    "s",
    "cidr",
    "lt",
    "lte",
    "gt",
    "gte",
    "neq",
    "fieldref",
    "expand",
    "base64",
    "base64offset",
    "wide",
    "utf16le",
    "utf16be",
    "utf16",
    "windash",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
];

/// Why modifiers cannot be used: which of them, by position, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModifierError {
    pub(super) position: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Modifiers {
    /// Reads the modifiers of a field, in the order written.
    pub(super) fn parse(words: &[&str]) -> Result<Self, ModifierError> {
        let mut modifiers = Self {
            operator: Operator::Value(Anchor::Whole),
            all: false,
            negated: false,
            cased: false,
            expand: false,
            windash: false,
            utf16: None,
            base64: None,
            ignore_case: false,
            multi_line: false,
            dot_all: false,
        };
        for (position, word) in words.iter().enumerate() {
            if words[..position].contains(word) {
                return Err(error(position, format!("`{word}` is written twice")));
            }
            modifiers.add(position, word)?;
        }
        modifiers.check(words)?;
        Ok(modifiers)
    }

    fn add(&mut self, position: usize, word: &str) -> Result<(), ModifierError> {
        match word {
            "all" => self.all = true,
            "neq" => self.negated = true,
            "cased" => self.cased = true,
            "expand" => self.expand = true,
            "windash" => self.windash = true,
            "i" => self.ignore_case = true,
            "m" => self.multi_line = true,
            "s" => self.dot_all = true,
            "wide" | "utf16le" => self.encoding(position, Utf16::Little)?,
            "utf16be" => self.encoding(position, Utf16::Big)?,
            "utf16" => self.encoding(position, Utf16::Marked)?,
            "base64" | "base64offset" if self.base64.is_some() => {
                return Err(error(position, "a value is encoded in Base64 once".to_owned()));
            }
            "base64" => self.base64 = Some(Base64::Exact),
            "base64offset" => self.base64 = Some(Base64::AnyOffset),
            _ => {
                let operator = operator(word).ok_or_else(|| unknown(position, word))?;
                self.operator = match (self.operator, operator) {
                    (Operator::Value(Anchor::Whole), operator) => operator,
                    (Operator::Other(Anchor::Whole), Operator::Value(anchor)) => Operator::Other(anchor),
                    _ => return Err(error(position, format!("`{word}` cannot follow another comparison"))),
                };
            }
        }
        Ok(())
    }

    fn encoding(&mut self, position: usize, order: Utf16) -> Result<(), ModifierError> {
        if self.utf16.is_some() || self.base64.is_some() {
            return Err(error(position, "UTF-16 comes once, and before Base64".to_owned()));
        }
        self.utf16 = Some(order);
        Ok(())
    }

    /// Refuses modifiers that would change nothing where they stand.
    fn check(&self, words: &[&str]) -> Result<(), ModifierError> {
        let at = |names: &[&str]| words.iter().position(|word| names.contains(word)).unwrap_or(0);
        let refuse = |names: &[&str], message: &str| Err(error(at(names), format!("`{}` {message}", words[at(names)])));
        let is_text = matches!(self.operator, Operator::Value(_));
        if (self.ignore_case || self.multi_line || self.dot_all) && self.operator != Operator::Regex {
            return refuse(&["i", "m", "s"], "is a flag of `re`");
        }
        if self.cased && !is_text && !matches!(self.operator, Operator::Other(_)) {
            return refuse(&["cased"], "goes with texts only; `re` is cased unless `i` follows");
        }
        if !is_text && (self.expand || self.windash || self.utf16.is_some() || self.base64.is_some()) {
            let names = ["expand", "windash", "wide", "utf16le", "utf16be", "utf16", "base64", "base64offset"];
            return refuse(&names, "changes texts, and goes with contains, startswith, endswith or nothing");
        }
        if self.expand && (self.windash || self.utf16.is_some() || self.base64.is_some()) {
            return refuse(&["expand"], "cannot be combined with an encoding");
        }
        if self.utf16.is_some() && self.base64.is_none() {
            return refuse(&["wide", "utf16le", "utf16be", "utf16"], "must be followed by base64 or base64offset");
        }
        if self.windash && (self.utf16.is_some() || self.base64.is_some()) {
            return refuse(&["windash"], "cannot be combined with an encoding");
        }
        if self.base64 == Some(Base64::AnyOffset) && self.operator != Operator::Value(Anchor::Contains) {
            return refuse(&["base64offset"], "must be followed by contains");
        }
        if self.negated && self.operator == Operator::Exists {
            return refuse(&["neq"], "cannot be combined with exists; write `exists: false`");
        }
        if self.all && matches!(self.operator, Operator::Exists | Operator::Other(_)) {
            return refuse(&["all"], "needs several values");
        }
        Ok(())
    }
}

fn operator(word: &str) -> Option<Operator> {
    Some(match word {
        "contains" => Operator::Value(Anchor::Contains),
        "startswith" => Operator::Value(Anchor::Start),
        "endswith" => Operator::Value(Anchor::End),
        "re" => Operator::Regex,
        "cidr" => Operator::Network,
        "exists" => Operator::Exists,
        "fieldref" => Operator::Other(Anchor::Whole),
        "lt" => Operator::Number(Comparison::Less),
        "lte" => Operator::Number(Comparison::LessOrEqual),
        "gt" => Operator::Number(Comparison::Greater),
        "gte" => Operator::Number(Comparison::GreaterOrEqual),
        "minute" => Operator::DatePart(DatePart::Minute),
        "hour" => Operator::DatePart(DatePart::Hour),
        "day" => Operator::DatePart(DatePart::Day),
        "week" => Operator::DatePart(DatePart::Week),
        "month" => Operator::DatePart(DatePart::Month),
        "year" => Operator::DatePart(DatePart::Year),
        _ => return None,
    })
}

fn error(position: usize, message: String) -> ModifierError {
    ModifierError { position, message, help: None }
}

fn unknown(position: usize, word: &str) -> ModifierError {
    let help = match suggest(word, MODIFIERS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("modifiers: {}", MODIFIERS.join(", ")),
    };
    ModifierError { position, message: format!("there is no modifier `{word}`"), help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_combine_where_they_mean_something() {
        let modifiers = Modifiers::parse(&["wide", "base64offset", "contains", "all"]).expect("valid");
        assert_eq!(modifiers.operator, Operator::Value(Anchor::Contains));
        assert!(modifiers.all && modifiers.base64 == Some(Base64::AnyOffset));
        assert_eq!(
            Modifiers::parse(&["fieldref", "endswith"]).map(|modifiers| modifiers.operator),
            Ok(Operator::Other(Anchor::End))
        );
        assert!(Modifiers::parse(&["re", "i", "m", "s"]).is_ok_and(|modifiers| modifiers.ignore_case));
        assert!(Modifiers::parse(&["expand", "contains"]).is_ok_and(|modifiers| modifiers.expand));
        assert!(Modifiers::parse(&["gte", "neq"]).is_ok_and(|modifiers| modifiers.negated));
    }

    #[test]
    fn what_would_be_silently_ignored_is_refused_where_it_stands() {
        for (words, position) in [
            (&["contain"][..], 0),
            (&["contains", "re"], 1),
            (&["contains", "startswith"], 1),
            (&["lt", "gt"], 1),
            (&["contains", "i"], 1),
            (&["re", "cased"], 1),
            (&["re", "wide"], 1),
            (&["wide"], 0),
            (&["wide", "contains"], 0),
            (&["base64", "wide"], 1),
            (&["base64", "base64offset", "contains"], 1),
            (&["base64offset"], 0),
            (&["expand", "base64"], 0),
            (&["all", "all"], 1),
            (&["endswith", "fieldref"], 1),
            (&["exists", "neq"], 1),
            (&["exists", "all"], 1),
            (&["windash", "base64"], 0),
        ] {
            let error = Modifiers::parse(words).expect_err(&words.join("|"));
            assert_eq!(error.position, position, "{words:?}: {}", error.message);
        }
        assert_eq!(
            Modifiers::parse(&["contain"]).expect_err("unknown").help.as_deref(),
            Some("did you mean `contains`?")
        );
    }
}
