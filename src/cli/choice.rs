//! Arguments that are one of a few words, and what is said of any other.

use crate::content::suggest;

/// The value that a word names, among all that there are.
///
/// # Errors
/// Says which words are expected, and the one that may be meant.
pub(super) fn choice<T: Copy>(text: &str, values: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let words = || values.iter().map(|value| word(*value));
    if let Some(at) = words().position(|word| word == text) {
        return Ok(values[at]);
    }
    let near = suggest(text, words()).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
    Err(format!("expected one of {}{near}", words().collect::<Vec<_>>().join(", ")))
}
