//! The condition of a rule: `ask and not 1 of excuse_*`, as an expression over selections.

use crate::content::suggest;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// Every part holds.
    And(Vec<Expression>),
    /// Some part holds.
    Or(Vec<Expression>),
    /// The part does not hold.
    Not(Box<Expression>),
    /// A selection, by position.
    Selection(usize),
    /// `1 of` or `all of` several selections, as written.
    Several(bool, Vec<usize>, String),
}

/// Why a condition cannot be read, and where: an offset in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConditionError {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads a condition over selections of the given names.
///
/// `not` binds closer than `and`, and `and` closer than `or`, as in Sigma.
pub(super) fn parse(written: &str, names: &[&str]) -> Result<Expression, ConditionError> {
    let mut parser = Parser { tokens: tokens(written)?, position: 0, names, end: written.chars().count(), depth: 0 };
    let expression = parser.or()?;
    match parser.next() {
        None => Ok(expression),
        Some(token) => Err(unexpected(&token)),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    offset: usize,
}

fn tokens(written: &str) -> Result<Vec<Token>, ConditionError> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = false;
    for (offset, char) in written.chars().enumerate() {
        match char {
            '(' | ')' => {
                tokens.push(Token { text: char.to_string(), offset });
                open = false;
            }
            _ if char.is_whitespace() => open = false,
            _ if char.is_alphanumeric() || matches!(char, '_' | '-' | '*' | '.' | '?') => match tokens.last_mut() {
                Some(token) if open => token.text.push(char),
                _ => {
                    tokens.push(Token { text: char.to_string(), offset });
                    open = true;
                }
            },
            '|' => {
                return Err(ConditionError {
                    offset,
                    message: "aggregations (`| count() …`) are not supported: a rule sees one element at a time".into(),
                    help: Some("use a field that counts, such as thread.messages".into()),
                });
            }
            _ => {
                return Err(ConditionError {
                    offset,
                    message: format!("`{char}` means nothing in a condition"),
                    help: Some("a condition is made of selections, and, or, not, 1 of, all of, them, ( and )".into()),
                });
            }
        }
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: Vec<Token>,
    position: usize,
    names: &'a [&'a str],
    end: usize,
    depth: usize,
}

/// Deeper conditions are no rule that a person can check.
const MAX_DEPTH: usize = 32;

impl Parser<'_> {
    fn peek_word(&self) -> Option<String> {
        self.tokens.get(self.position).map(|token| token.text.to_ascii_lowercase())
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.position).cloned();
        self.position += usize::from(token.is_some());
        token
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek_word().is_some_and(|next| next == word);
        self.position += usize::from(found);
        found
    }

    fn or(&mut self) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.and()?];
        while self.take("or") {
            parts.push(self.and()?);
        }
        Ok(joined(parts, Expression::Or))
    }

    fn and(&mut self) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.not()?];
        while self.take("and") {
            parts.push(self.not()?);
        }
        Ok(joined(parts, Expression::And))
    }

    fn not(&mut self) -> Result<Expression, ConditionError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ConditionError {
                offset: self.tokens.get(self.position).map_or(self.end, |token| token.offset),
                message: format!("the condition is nested more than {MAX_DEPTH} deep"),
                help: None,
            });
        }
        let result =
            if self.take("not") { self.not().map(|part| Expression::Not(Box::new(part))) } else { self.atom() };
        self.depth -= 1;
        result
    }

    fn atom(&mut self) -> Result<Expression, ConditionError> {
        let Some(token) = self.next() else {
            return Err(ConditionError {
                offset: self.end,
                message: "the condition ends where a selection is expected".into(),
                help: None,
            });
        };
        match token.text.to_ascii_lowercase().as_str() {
            "(" => {
                let inner = self.or()?;
                if self.take(")") {
                    Ok(inner)
                } else {
                    Err(ConditionError {
                        offset: token.offset,
                        message: "this parenthesis is never closed".into(),
                        help: None,
                    })
                }
            }
            "and" | "or" | ")" => Err(unexpected(&token)),
            "1" | "any" | "all" if self.peek_word().is_some_and(|word| word == "of") => {
                self.position += 1;
                self.several(&token)
            }
            number if number.chars().all(|char| char.is_ascii_digit()) => Err(ConditionError {
                offset: token.offset,
                message: format!("`{number} of` is not supported"),
                help: Some("use `1 of` or `all of`".into()),
            }),
            _ => self.selection(&token).map(Expression::Selection),
        }
    }

    fn several(&mut self, quantifier: &Token) -> Result<Expression, ConditionError> {
        let Some(target) = self.next() else {
            return Err(ConditionError {
                offset: self.end,
                message: format!("`{} of` must name selections", quantifier.text),
                help: Some("name them with a wildcard such as `ask_*`, or write `them`".into()),
            });
        };
        let positions: Vec<usize> = if target.text.eq_ignore_ascii_case("them") {
            (0..self.names.len()).filter(|at| !self.names[*at].starts_with('_')).collect()
        } else if target.text.contains('*') {
            (0..self.names.len()).filter(|at| wildcard(&target.text, self.names[*at])).collect()
        } else {
            vec![self.selection(&target)?]
        };
        if positions.is_empty() {
            return Err(ConditionError {
                offset: target.offset,
                message: format!("no selection is named like `{}`", target.text),
                help: Some(format!("selections: {}", self.names.join(", "))),
            });
        }
        let all = quantifier.text.eq_ignore_ascii_case("all");
        Ok(Expression::Several(all, positions, format!("{} of {}", quantifier.text, target.text)))
    }

    fn selection(&self, token: &Token) -> Result<usize, ConditionError> {
        self.names.iter().position(|name| *name == token.text).ok_or_else(|| ConditionError {
            offset: token.offset,
            message: format!("there is no selection `{}`", token.text),
            help: Some(match suggest(&token.text, self.names.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("selections: {}", self.names.join(", ")),
            }),
        })
    }
}

fn unexpected(token: &Token) -> ConditionError {
    ConditionError {
        offset: token.offset,
        message: format!("`{}` is not expected here", token.text),
        help: Some("join selections with `and` or `or`".into()),
    }
}

fn joined(mut parts: Vec<Expression>, join: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

/// Whether a name fits a pattern with `*`.
fn wildcard(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => name
            .strip_prefix(head)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.is_char_boundary(at) && wildcard(tail, &rest[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["ask_pay", "ask_code", "norm", "_hidden"];

    fn read(written: &str) -> Result<Expression, ConditionError> {
        parse(written, NAMES)
    }

    #[test]
    fn not_binds_closest_and_or_loosest() {
        use Expression::{And, Not, Or, Selection};
        assert_eq!(
            read("norm or not ask_pay AND ask_code"),
            Ok(Or(vec![Selection(2), And(vec![Not(Box::new(Selection(0))), Selection(1)])]))
        );
        assert_eq!(
            read("(norm or ask_pay) and ask_code"),
            Ok(And(vec![Or(vec![Selection(2), Selection(0)]), Selection(1)]))
        );
        assert_eq!(read("not not norm"), Ok(Not(Box::new(Not(Box::new(Selection(2)))))));
    }

    #[test]
    fn several_selections_are_named_by_wildcard_or_them() {
        let several =
            |all, positions: &[usize], text: &str| Ok(Expression::Several(all, positions.into(), text.into()));
        assert_eq!(read("1 of ask_*"), several(false, &[0, 1], "1 of ask_*"));
        assert_eq!(read("all of them"), several(true, &[0, 1, 2], "all of them"));
        assert_eq!(read("any of *o*"), several(false, &[1, 2], "any of *o*"));
        assert_eq!(read("all of norm"), several(true, &[2], "all of norm"));
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        for (written, offset, part) in [
            ("ask_pay nrm", 8, "not expected"),
            ("nrm", 0, "no selection"),
            ("ask_pay and", 11, "ends where"),
            ("(norm", 0, "never closed"),
            ("norm)", 4, "not expected"),
            ("2 of them", 0, "not supported"),
            ("1 of x_*", 5, "named like"),
            ("norm | count() > 3", 5, "aggregations"),
            ("norm & norm", 5, "means nothing"),
            ("", 0, "ends where"),
        ] {
            let error = read(written).expect_err(written);
            assert_eq!(error.offset, offset, "{written}");
            assert!(error.message.contains(part), "{written}: {}", error.message);
        }
        assert_eq!(read("nrm").expect_err("unknown").help.as_deref(), Some("did you mean `norm`?"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(read(&format!("{}norm{}", "(".repeat(20), ")".repeat(20))).is_ok());
        assert!(read(&format!("{}norm", "not ".repeat(100_000))).is_err());
        assert!(read(&"(".repeat(100_000)).is_err());
    }
}
