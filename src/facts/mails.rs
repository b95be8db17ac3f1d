//! Mail addresses in texts.

use super::domains;
use std::ops::Range;

/// Where each mail address of a text stands, in order.
pub(crate) fn find(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || "._-+".contains(c);
        let start = text[..at]
            .rfind(|c| !is_part(c))
            .map_or(0, |last| last + text[last..].chars().next().map_or(1, char::len_utf8));
        let end = text[at + 1..].find(|c| !is_part(c)).map_or(text.len(), |end| at + 1 + end);
        let address = text[start..end].trim_end_matches(['.', '-', '_']);
        domains::mail_host(address).filter(|host| host.contains('.'))?;
        Some(start..start + address.len())
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_are_found_without_what_surrounds_them() {
        let found = |text: &'static str| find(text).map(|span| &text[span]).collect::<Vec<_>>();
        let text = "Write to Ana.Example+cv@mail.example. Or (bora@sample.example)!";
        assert_eq!(found(text), ["Ana.Example+cv@mail.example", "bora@sample.example"]);
        assert_eq!(found("@ana, me @ home, a@b, ü@x.example"), ["ü@x.example"]);
    }
}
