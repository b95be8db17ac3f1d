//! Cells as people fill them: several values in one, links with or without a scheme.
//!
//! What cannot be taken apart is left to the caller as it is, never guessed.

/// The values of a cell, and whether they are all of it.
pub(super) struct Values<'c> {
    pub(super) found: Vec<&'c str>,
    /// Nothing but separators is left over.
    pub(super) complete: bool,
}

fn is_separator(c: char) -> bool {
    matches!(c, ';' | '|' | '\n' | '\r' | '\t' | '；' | '、' | '，')
}

/// Mail addresses, separated by anything.
pub(super) fn mails(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| c.is_whitespace() || is_separator(c) || matches!(c, ',' | '/'));
    chosen(parts, |part| {
        let part = part.strip_prefix("mailto:").unwrap_or(part);
        let part = part.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | '[' | ']'));
        let (local, host) = part.rsplit_once('@')?;
        (!local.is_empty() && host.contains('.')).then_some(part)
    })
}

/// Phone numbers, separated by commas, semicolons, bars, lines or a slash between spaces.
pub(super) fn phones(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| is_separator(c) || c == ',').flat_map(|part| part.split(" / "));
    chosen(parts, |part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        (5..=20).contains(&digits).then_some(part)
    })
}

/// Web addresses and handles, separated by white space, commas, semicolons or bars.
pub(super) fn links(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| c.is_whitespace() || is_separator(c)).map(|part| part.trim_end_matches(','));
    chosen(parts, |part| part.contains('.').then_some(part))
}

/// Handles or addresses of accounts.
pub(super) fn handles(cell: &str) -> Values<'_> {
    let parts = cell.split(|c: char| is_separator(c) || c == ',');
    chosen(parts, |part| {
        let part = part.strip_prefix('@').unwrap_or(part);
        (!part.contains(char::is_whitespace) && part.chars().any(char::is_alphanumeric)).then_some(part)
    })
}

/// Words of a list, separated by commas, semicolons, bars, bullets or lines.
pub(super) fn words(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(|c: char| is_separator(c) || matches!(c, ',' | '•' | '·'));
    parts.map(|part| part.trim().trim_start_matches(['-', '*']).trim()).filter(|part| !part.is_empty())
}

fn chosen<'c>(parts: impl Iterator<Item = &'c str>, choose: impl Fn(&'c str) -> Option<&'c str>) -> Values<'c> {
    let mut values = Values { found: Vec::new(), complete: true };
    for part in parts.map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)) {
        match choose(part) {
            Some(value) if values.found.contains(&value) => {}
            Some(value) => values.found.push(value),
            None => values.complete = false,
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_several_values_and_tells_what_is_left() {
        let mails_of = |cell| mails(cell).found;
        assert_eq!(
            mails_of("a@x.example; b@y.example\nmailto:c@z.example"),
            ["a@x.example", "b@y.example", "c@z.example"]
        );
        let named = mails("Ana Example <ana@x.example>");
        assert_eq!((named.found, named.complete), (vec!["ana@x.example"], false));
        assert_eq!(phones("+44 20 7946 0001 / 030/1234567, -").found, ["+44 20 7946 0001", "030/1234567"]);
        assert!(!phones("ask").complete);
        assert_eq!(links("https://a.example/x, www.b.example").found, ["https://a.example/x", "www.b.example"]);
        assert_eq!(handles("@ana_example").found, ["ana_example"]);
        assert_eq!(words("Rust, Go;\n- SQL • C++").collect::<Vec<_>>(), ["Rust", "Go", "SQL", "C++"]);
    }
}
