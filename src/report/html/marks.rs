//! Untrusted text as markup: escaped and defanged as everywhere, with letters that pass for others made visible.

use crate::report::escape::{quoted, readable};
use crate::screening::Evidence;
use maud::{Markup, Render, html};
use unicode_security::skeleton;

/// Text of an export, for a person to read.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Render for Text<'_> {
    fn render_to(&self, buffer: &mut String) {
        with_look_alikes(&readable(self.0)).render_to(buffer);
    }
}

/// A quote in its surroundings, what satisfied the rule marked.
pub(super) fn evidence(evidence: &Evidence) -> Markup {
    let (text, hit) = quoted(&evidence.before, &evidence.quote, &evidence.after);
    let part = |range: std::ops::Range<usize>| with_look_alikes(text.get(range).unwrap_or_default());
    html! {
        (part(0..hit.start))
        @if !hit.is_empty() { mark { (part(hit.clone())) } }
        (part(hit.end..text.len()))
    }
}

/// A piece of text in which a letter of another script that passes for a Latin one, in a word that is otherwise Latin,
/// is marked and named by its code. A word in one script is left alone, whichever it is.
fn with_look_alikes(text: &str) -> Markup {
    if text.is_ascii() {
        return html! { (text) };
    }
    html! {
        @for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            @if word.is_ascii() || !word.contains(|c: char| c.is_ascii_alphabetic()) {
                (word)
            } @else {
                @for character in word.chars() {
                    @match passes_for(character) {
                        Some(other) => {
                            span.like title={ "U+" (format!("{:04X}", u32::from(character))) ", looks like " (other) } {
                                (character) sub { (format!("U+{:04X}", u32::from(character))) }
                            }
                        }
                        None => (character),
                    }
                }
            }
        }
    }
}

/// The ASCII letter or digit that a character passes for (Unicode Technical Standard 39, section 4).
fn passes_for(character: char) -> Option<char> {
    if character.is_ascii() || !character.is_alphabetic() {
        return None;
    }
    let mut buffer = [0; 4];
    let mut skeleton = skeleton(character.encode_utf8(&mut buffer));
    let first = skeleton.next()?;
    (skeleton.next().is_none() && first.is_ascii_alphanumeric()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{Text, evidence};
    use crate::screening::Evidence;
    use maud::Render;

    #[test]
    fn nothing_of_a_text_is_markup_and_nothing_hides() {
        let shown = Text("<b onload='x'>\"&\u{202e}\u{200b}").render().into_string();
        assert_eq!(shown, "&lt;b onload='x'&gt;&quot;&amp;&lt;U+202E&gt;&lt;U+200B&gt;");
    }

    #[test]
    fn a_letter_that_passes_for_another_is_marked_and_a_word_of_one_script_is_not() {
        let shown = |text: &str| Text(text).render().into_string();
        let marked = shown("p\u{0430}ypal");
        assert!(marked.contains("U+0430, looks like a"), "{marked}");
        for plain in ["Привет", "José Müller", "東京 Ltd", "Ελλάδα"] {
            assert_eq!(shown(plain), plain);
        }
    }

    #[test]
    fn what_satisfied_the_rule_is_marked() {
        let found = Evidence {
            before: "see ".into(),
            quote: "https://a.example".into(),
            after: " <now>".into(),
            ..Evidence::default()
        };
        assert_eq!(evidence(&found).into_string(), "see <mark>hxxps://a[.]example</mark> &lt;now&gt;");
    }
}
