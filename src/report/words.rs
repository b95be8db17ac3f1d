//! Numbers and texts as they stand in sentences of every report.

use std::fmt::Display;

/// A number with its noun.
pub(super) fn plural<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let noun = if count == N::from(1) { one } else { many };
    format!("{count} {noun}")
}

/// A share, 0 to 1, in per cent with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}\u{a0}%", share * 100.0)
}

/// The start of a text, with a mark where something is missing.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{percent, plural};

    #[test]
    fn numbers_have_their_nouns() {
        assert_eq!(
            (plural(1_usize, "sign", "signs"), plural(0_u64, "sign", "signs")),
            ("1 sign".into(), "0 signs".into())
        );
        assert_eq!(percent(0.2604), "26.0\u{a0}%");
    }
}
