//! Sets of values, and how a host is looked up in them. What a list is for is said by who asks for it.

use super::diagnostic::Diagnostic;
use super::fold;
use std::borrow::Cow;

/// A set of values.
#[derive(Debug, Default)]
pub struct List {
    /// Folded, sorted, each once.
    values: Vec<Cow<'static, str>>,
}

impl List {
    /// Whether it holds the value, folded.
    pub fn contains(&self, value: &str) -> bool {
        self.holds(&fold::key(value))
    }

    /// Whether it holds a host or one of its parent domains.
    ///
    /// `mail.corp.example` is held if the list has itself, `corp.example` or `example`.
    pub fn contains_domain(&self, host: &str) -> bool {
        let host = fold::key(host);
        let mut rest = host.trim_end_matches('.');
        loop {
            if self.holds(rest) {
                return true;
            }
            match rest.split_once('.') {
                Some((_, parent)) if !parent.is_empty() => rest = parent,
                _ => return false,
            }
        }
    }

    /// Its values, folded, sorted.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(AsRef::as_ref)
    }

    /// Whether it holds a value that is folded already.
    pub(crate) fn holds(&self, folded: &str) -> bool {
        self.values.binary_search_by(|value| value.as_ref().cmp(folded)).is_ok()
    }

    /// Adds the lines of a list file.
    #[expect(clippy::ptr_arg, reason = "whether the text lives as long as the program decides what is copied")]
    pub(crate) fn extend(&mut self, text: &Cow<'static, str>) {
        // What the binary carries is not copied.
        match text {
            Cow::Borrowed(text) => self.values.extend(lines(text).map(|(_, value)| fold::key(value))),
            Cow::Owned(text) => self.values.extend(lines(text).map(|(_, value)| fold::key(value).into_owned().into())),
        }
        self.values.sort_unstable();
        self.values.dedup();
    }
}

/// What is untidy in a list file: values out of (byte) order or written twice.
pub(crate) fn check(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut previous = "";
    for (line, value) in lines(text) {
        if value <= previous {
            let what = if value == previous { "is written twice" } else { "is out of order" };
            found.push(
                Diagnostic::at(file, text, line, 1, format!("`{value}` {what} (after `{previous}`)"))
                    .with_help("sort the list: LC_ALL=C sort -u"),
            );
        }
        previous = value;
    }
    found
}

/// The values of a list file with their lines, from 1. A comment starts with `#`, at the start or after white space.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter_map(|(index, line)| {
        let comment = if line.starts_with('#') { Some(0) } else { line.find(" #").or_else(|| line.find("\t#")) };
        let value = line[..comment.unwrap_or(line.len())].trim();
        (!value.is_empty()).then_some((index + 1, value))
    })
}

#[cfg(test)]
mod tests {
    use super::{List, check};

    #[test]
    fn values_are_folded_and_comments_dropped() {
        let mut list = List::default();
        list.extend(&"# free mail\nGMX.example\nmail.example # since 2020\n".into());
        assert!(list.contains("gmx.EXAMPLE") && list.contains("mail.example"));
        assert!(!list.contains("# free mail") && !list.contains(""));
    }

    #[test]
    fn a_host_is_held_by_its_parent_domains_only() {
        let mut list = List::default();
        list.extend(&"short.example\n".into());
        assert!(list.contains_domain("a.b.Short.example.") && list.contains_domain("short.example"));
        assert!(!list.contains_domain("tooshort.example") && !list.contains_domain("example"));
        assert!(!list.contains_domain("") && !list.contains_domain("."));
    }

    #[test]
    fn disorder_is_reported_with_its_line() {
        let found = check("lists/x.txt", "# head\nb\na\na\n");
        assert_eq!(found.iter().map(|diagnostic| diagnostic.line).collect::<Vec<_>>(), [3, 4]);
    }
}
