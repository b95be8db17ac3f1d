//! A phrase's pattern as written, turned into a regular expression over folded text.
//!
//! Literals and small classes are folded as texts are; lists are put in for their names; word boundaries become ones
//! that fit the script beside them. Finding the expressions in texts is left to [`matcher`](crate::content::matcher).

use super::character;
use super::fold;
use super::list::List;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Classes of more characters than this are taken as written: `[^.!?]`, `.`, `\w`.
const SMALL_CLASS: usize = 256;

/// What is wrong with a pattern: message and help.
pub(crate) type Problem = (String, Option<String>);

/// The expression of a pattern.
pub(crate) fn translate(pattern: &str, lists: &BTreeMap<String, List>) -> Result<Hir, Problem> {
    let expanded = expand(pattern, lists)?;
    let hir = regex_syntax::parse(&expanded).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => {
            let at = error.span().start.column;
            (format!("not a regular expression: {} (character {at} of the pattern)", error.kind()), None)
        }
        regex_syntax::Error::Translate(error) => (format!("not a regular expression: {}", error.kind()), None),
        other => (format!("not a regular expression: {other}"), None),
    })?;
    let hir = fold_expression(hir)?;
    if hir.properties().minimum_len().unwrap_or(0) == 0 {
        return Err((
            "the pattern matches the empty text".to_owned(),
            Some("at least one word must be required".to_owned()),
        ));
    }
    Ok(hir)
}

/// The expression of exact words: the words, between boundaries.
pub(crate) fn exact(words: &str) -> Result<Hir, Problem> {
    let folded = fold::key(words);
    if folded.is_empty() {
        return Err(("the literal is empty".to_owned(), None));
    }
    let edge = |c: Option<char>| {
        if c.is_some_and(char::is_alphanumeric) { Hir::look(Look::WordUnicode) } else { Hir::empty() }
    };
    let (first, last) = (folded.chars().next(), folded.chars().next_back());
    fold_expression(Hir::concat(vec![edge(first), Hir::literal(folded.as_bytes()), edge(last)]))
}

/// The pattern with `%name%` replaced by the values of the list, longest first.
fn expand(pattern: &str, lists: &BTreeMap<String, List>) -> Result<String, Problem> {
    let mut expanded = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        expanded.push_str(before);
        let Some((name, end)) = after.split_once('%').filter(|(name, _)| is_name(name)) else {
            expanded.push('%');
            rest = after;
            continue;
        };
        let Some(list) = lists.get(name) else {
            let near = super::diagnostic::suggest(name, lists.keys().map(String::as_str));
            return Err((
                format!("no list is named `{name}`"),
                Some(near.map_or_else(|| format!("add lists/{name}.txt"), |near| format!("did you mean %{near}%?"))),
            ));
        };
        let mut values: Vec<&str> = list.values().collect();
        if values.is_empty() {
            return Err((format!("the list `{name}` is empty"), None));
        }
        // Alternatives are tried in order: the longest that fits is the one that was meant.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        expanded.push_str("(?:");
        for (index, value) in values.into_iter().enumerate() {
            let bar = if index == 0 { "" } else { "|" };
            // Writing to a string cannot fail.
            let _ = write!(expanded, "{bar}{}", regex_syntax::escape(value));
        }
        expanded.push(')');
        rest = end;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// Whether a text can be the name of a list.
fn is_name(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The expression with literals and classes folded and boundaries fitted.
fn fold_expression(hir: Hir) -> Result<Hir, Problem> {
    Ok(match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Hir::literal(character::fold_text(text).as_bytes()),
            Err(_) => return Err(("the pattern names bytes that are no text".to_owned(), None)),
        },
        HirKind::Class(class) => fold_class(class)?,
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min, max, greedy, sub: Box::new(fold_expression(*sub)?) })
        }
        HirKind::Capture(Capture { index, name, sub }) => {
            let sub = fold_expression(*sub)?;
            match name {
                None => sub,
                Some(name) if &*name == "value" => {
                    Hir::capture(Capture { index, name: Some(name), sub: Box::new(sub) })
                }
                Some(name) => {
                    return Err((
                        format!("unknown group `{name}`"),
                        Some("the only named group is `value`".to_owned()),
                    ));
                }
            }
        }
        HirKind::Concat(parts) => {
            let mut parts = parts.into_iter().map(fold_expression).collect::<Result<Vec<_>, _>>()?;
            fit_boundaries(&mut parts);
            Hir::concat(parts)
        }
        HirKind::Alternation(branches) => {
            Hir::alternation(branches.into_iter().map(fold_expression).collect::<Result<Vec<_>, _>>()?)
        }
    })
}

/// What `\d` and `\s` stand for in patterns.
static DIGITS: LazyLock<ClassUnicode> = LazyLock::new(|| class_of(r"\d"));
static SPACES: LazyLock<ClassUnicode> = LazyLock::new(|| class_of(r"\s"));

fn class_of(pattern: &str) -> ClassUnicode {
    match regex_syntax::parse(pattern).map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    }
}

/// A class over folded characters. Folded text has no white space but space and line break, and no digits but ASCII
/// ones that a pattern could mean, which keeps automata small.
fn fold_class(class: Class) -> Result<Hir, Problem> {
    let class = match class {
        Class::Unicode(class) => class,
        Class::Bytes(bytes) => {
            bytes.to_unicode_class().ok_or_else(|| ("the pattern names bytes that are no text".to_owned(), None))?
        }
    };
    let ranges = |ranges: &[(char, char)]| {
        Hir::class(Class::Unicode(ClassUnicode::new(ranges.iter().map(|&(a, z)| ClassUnicodeRange::new(a, z)))))
    };
    let size: usize = class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
    if size > SMALL_CLASS || class.ranges().is_empty() {
        return Ok(if class == *DIGITS { ranges(&[('0', '9')]) } else { Hir::class(Class::Unicode(class)) });
    }
    if class == *SPACES {
        return Ok(ranges(&[('\n', '\n'), (' ', ' ')]));
    }
    let mut single = Vec::new();
    let mut longer = Vec::new();
    for c in class.iter().flat_map(|range| range.start()..=range.end()) {
        let mut buffer = [0; 4];
        let folded = character::fold_text(c.encode_utf8(&mut buffer)).into_owned();
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) => single.push((one, one)),
            (None, _) => {}
            _ => longer.push(Hir::literal(folded.into_bytes())),
        }
    }
    if longer.is_empty() {
        return Ok(ranges(&single));
    }
    longer.push(ranges(&single));
    Ok(Hir::alternation(longer))
}

/// What may stand beside a word boundary.
#[expect(clippy::struct_excessive_bools, reason = "any of the four may be there at once")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Beside {
    /// An ASCII letter, digit or underscore.
    ascii: bool,
    /// Hangul, whose particles attach to the right.
    hangul: bool,
    /// Ideographs, kana: no space on either side.
    unspaced: bool,
    /// Letters of another alphabet, or anything else.
    other: bool,
}

impl Beside {
    const ASCII: Self = Self { ascii: true, hangul: false, unspaced: false, other: false };

    fn of(c: char) -> Self {
        Self {
            ascii: c.is_ascii_alphanumeric() || c == '_',
            hangul: matches!(c, '가'..='힣'),
            unspaced: matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'),
            other: false,
        }
        .or_other()
    }

    fn or_other(self) -> Self {
        Self { other: !(self.ascii || self.hangul || self.unspaced), ..self }
    }

    fn join(self, with: Self) -> Self {
        Self {
            ascii: self.ascii || with.ascii,
            hangul: self.hangul || with.hangul,
            unspaced: self.unspaced || with.unspaced,
            other: self.other || with.other,
        }
    }

    fn only_hangul_or_unspaced(self) -> bool {
        (self.hangul || self.unspaced) && !self.ascii && !self.other
    }
}

/// Makes each word boundary the kind that the letters beside it need.
///
/// Beside an ASCII letter the ASCII boundary is right, because folding leaves Latin words in ASCII: what else may touch
/// them is another script, which ends the word (`telegram으로`). After Hangul, and beside ideographs and kana, there
/// is no boundary to ask for. Elsewhere it is Unicode's.
fn fit_boundaries(parts: &mut [Hir]) {
    for index in 0..parts.len() {
        if !matches!(parts[index].kind(), HirKind::Look(Look::WordUnicode | Look::WordAscii)) {
            continue;
        }
        let before = parts[..index].iter().rev().find_map(|hir| beside(hir, End::Last));
        let after = parts[index + 1..].iter().find_map(|hir| beside(hir, End::First));
        let look = if before == Some(Beside::ASCII) || after == Some(Beside::ASCII) {
            Hir::look(Look::WordAscii)
        } else if before.is_some_and(Beside::only_hangul_or_unspaced)
            || after.is_some_and(|after| after.unspaced && after.only_hangul_or_unspaced())
        {
            Hir::empty()
        } else {
            Hir::look(Look::WordUnicode)
        };
        parts[index] = look;
    }
}

#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// What an expression may start or end with; `None` if it takes no character.
fn beside(hir: &Hir, end: End) -> Option<Beside> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            match end {
                End::First => text.chars().next(),
                End::Last => text.chars().next_back(),
            }
            .map(Beside::of)
        }
        HirKind::Class(Class::Unicode(class)) => {
            if class.ranges().len() > 40 {
                return Some(Beside { ascii: true, hangul: true, unspaced: true, other: true });
            }
            let mut found = Beside::default();
            for range in class.iter() {
                found = found.join(Beside::of(range.start())).join(Beside::of(range.end()));
                // Letters of one kind are neighbours, except that ASCII ranges may span punctuation.
                found.other |= range.len() > 1 && !(range.start().is_alphanumeric() && range.end().is_alphanumeric());
                found.other |= range.len() > 30_000;
            }
            Some(found)
        }
        HirKind::Class(Class::Bytes(_)) => Some(Beside::default().or_other()),
        HirKind::Repetition(repetition) => {
            let inner = beside(&repetition.sub, end)?;
            Some(if repetition.min == 0 { Beside { other: true, ..inner } } else { inner })
        }
        HirKind::Capture(capture) => beside(&capture.sub, end),
        HirKind::Concat(parts) => match end {
            End::First => parts.iter().find_map(|part| beside(part, end)),
            End::Last => parts.iter().rev().find_map(|part| beside(part, end)),
        },
        HirKind::Alternation(branches) => {
            let mut found = None;
            for branch in branches {
                let one = beside(branch, end).unwrap_or(Beside { other: true, ..Beside::default() });
                found = Some(found.map_or(one, |found: Beside| found.join(one)));
            }
            found
        }
    }
}
