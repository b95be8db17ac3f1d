//! STIX patterns of the simple kind: comparisons for equality, joined by AND and OR.
//!
//! Whatever else the language can say (ranges, lists, time, other operators) is not understood, and the caller is told
//! what it was.

/// More alternatives, or more comparisons in one of them, are no simple pattern.
const MOST: usize = 64;

/// One comparison: `email-addr:value = 'x'`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparison {
    /// Without quotes: `file:hashes.SHA-256`.
    pub(super) path: String,
    pub(super) value: String,
}

/// Alternatives, each of which holds if all of its comparisons do; or what was not understood.
pub(super) fn read(text: &str) -> Result<Vec<Vec<Comparison>>, String> {
    let mut tokens = Tokens { rest: text };
    let mut alternatives = Vec::new();
    let mut all = observation(&mut tokens)?;
    loop {
        match tokens.next()? {
            None => {
                alternatives.extend(all);
                return Ok(alternatives);
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("AND") => {
                all = both(&all, &observation(&mut tokens)?)?;
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("OR") => {
                alternatives.append(&mut all);
                all = observation(&mut tokens)?;
            }
            Some(other) => return Err(other.to_string()),
        }
    }
}

/// What stands between brackets.
fn observation(tokens: &mut Tokens<'_>) -> Result<Vec<Vec<Comparison>>, String> {
    match tokens.next()? {
        Some(Token::Sign('[')) => {}
        other => return Err(named(other)),
    }
    let mut alternatives = Vec::new();
    let mut all = Vec::new();
    loop {
        all.push(comparison(tokens)?);
        match tokens.next()? {
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("AND") => {}
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("OR") => alternatives.push(std::mem::take(&mut all)),
            Some(Token::Sign(']')) => {
                alternatives.push(all);
                return Ok(alternatives);
            }
            other => return Err(named(other)),
        }
        if alternatives.len() > MOST || all.len() > MOST {
            return Err(too_many());
        }
    }
}

fn comparison(tokens: &mut Tokens<'_>) -> Result<Comparison, String> {
    let path = match tokens.next()? {
        Some(Token::Word(path)) if path.contains(':') => path,
        other => return Err(named(other)),
    };
    match tokens.next()? {
        Some(Token::Sign('=')) => {}
        other => return Err(named(other)),
    }
    match tokens.next()? {
        Some(Token::Text(value)) => Ok(Comparison { path: path.replace('\'', ""), value }),
        other => Err(named(other)),
    }
}

/// Every alternative of one with every alternative of the other.
fn both(first: &[Vec<Comparison>], second: &[Vec<Comparison>]) -> Result<Vec<Vec<Comparison>>, String> {
    let longest = |all: &[Vec<Comparison>]| all.iter().map(Vec::len).max().unwrap_or(0);
    if first.len() * second.len() > MOST || longest(first) + longest(second) > MOST {
        return Err(too_many());
    }
    Ok(first.iter().flat_map(|one| second.iter().map(|other| [one.as_slice(), other].concat())).collect())
}

fn too_many() -> String {
    format!("more than {MOST} comparisons or alternatives")
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Sign(char),
    Word(String),
    Text(String),
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sign(sign) => write!(f, "`{sign}`"),
            Self::Word(word) => write!(f, "`{word}`"),
            Self::Text(text) => write!(f, "'{text}'"),
        }
    }
}

fn named(token: Option<Token>) -> String {
    token.map_or_else(|| "the end of the pattern".to_owned(), |token| token.to_string())
}

/// The parts of a pattern.
struct Tokens<'t> {
    rest: &'t str,
}

impl Tokens<'_> {
    fn next(&mut self) -> Result<Option<Token>, String> {
        self.rest = self.rest.trim_start();
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        if first == '\'' {
            return self.text().map(Some);
        }
        let length = self.word();
        let cut = if length == 0 { first.len_utf8() } else { length };
        let (token, rest) = self.rest.split_at(cut);
        self.rest = rest;
        Ok(Some(if length == 0 { Token::Sign(first) } else { Token::Word(token.to_owned()) }))
    }

    /// Bytes of the word or object path that stands next; a part of a path may stand in quotes.
    fn word(&self) -> usize {
        let mut quoted = false;
        for (at, c) in self.rest.char_indices() {
            let part = c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
            match c {
                '\'' if quoted => quoted = false,
                '\'' if self.rest[..at].ends_with('.') => quoted = true,
                _ if quoted || part => {}
                _ => return at,
            }
        }
        self.rest.len()
    }

    /// A text in quotes, with what a backslash stands before taken as it is.
    fn text(&mut self) -> Result<Token, String> {
        let mut value = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            match c {
                '\'' => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(Token::Text(value));
                }
                '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
                _ => value.push(c),
            }
        }
        Err("a quote that is never closed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, read};
    use proptest::prelude::*;

    fn said(pattern: &str) -> Result<Vec<Vec<(String, String)>>, String> {
        let pair = |Comparison { path, value }| (path, value);
        read(pattern).map(|all| all.into_iter().map(|each| each.into_iter().map(pair).collect()).collect())
    }

    #[test]
    fn equality_joined_by_and_and_or_is_understood() {
        let one = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(said("[email-addr:value = 'a@x.example']"), Ok(vec![vec![one("email-addr:value", "a@x.example")]]));
        assert_eq!(
            said("[user-account:account_login='y' AND user-account:account_type = 'github'] OR [url:value='u\\'v']"),
            Ok(vec![
                vec![one("user-account:account_login", "y"), one("user-account:account_type", "github")],
                vec![one("url:value", "u'v")]
            ])
        );
        assert_eq!(said("[file:hashes.'SHA-256' = 'ab']"), Ok(vec![vec![one("file:hashes.SHA-256", "ab")]]));
        let crossed = said("[a:v='1' OR b:v='2'] AND [c:v='3']").expect("understood");
        assert_eq!(crossed, [vec![one("a:v", "1"), one("c:v", "3")], vec![one("b:v", "2"), one("c:v", "3")]]);
    }

    #[test]
    fn anything_else_is_named() {
        for (pattern, named) in [
            ("[url:value LIKE 'x%']", "`LIKE`"),
            ("[url:value != 'x']", "`!`"),
            ("[a:v = 'x'] FOLLOWEDBY [b:v = 'y']", "`FOLLOWEDBY`"),
            ("([a:v = 'x'])", "`(`"),
            ("[a:v IN ('x', 'y')]", "`IN`"),
            ("[a:v = 3]", "`3`"),
            ("[a:v = 'x'", "the end of the pattern"),
            ("[a:v = 'x", "a quote that is never closed"),
            ("", "the end of the pattern"),
        ] {
            assert_eq!(said(pattern), Err(named.to_owned()), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_named(text in "\\PC{0,60}|(\\[|\\]|'|a:v| = |AND |OR |\\\\|\\.'){0,24}") {
            let _ = read(&text);
        }
    }
}
