//! Labels that a reader confuses: the form in which they are equal, and a quick test that they are not.
//!
//! Confusable letters follow Unicode TR 39 (`unicode-security`); the ASCII folds are those that registrars and
//! phishing studies name as homoglyphs.

/// A label of another script in the letters that it is confusable with, without marks.
pub(crate) fn confusable_ascii(unicode: &str) -> String {
    unicode_security::skeleton(unicode)
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The form in which confusable labels are equal: no hyphens, `0`→`o`, `1` and `i`→`l`, `3`→`e`, `4`→`a`,
/// `5`→`s`, `7`→`t`, `8`→`b`, `rn`→`m`, `vv`→`w`.
pub(crate) fn skeleton_of(label: &str, skeleton: &mut String) {
    for letter in label.chars() {
        let letter = match letter {
            '-' => continue,
            '0' => 'o',
            '1' | 'i' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' => 'b',
            'n' if skeleton.ends_with('r') => {
                skeleton.pop();
                'm'
            }
            'v' if skeleton.ends_with('v') => {
                skeleton.pop();
                'w'
            }
            other => other,
        };
        skeleton.push(letter);
    }
}

/// The set of letters and digits of a label, digits taken together.
pub(crate) fn letters_of(label: &str) -> u32 {
    label.bytes().fold(0, |set, byte| {
        set | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + (byte - b'0') % 5),
            _ => 1 << 31,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn skeleton(label: &str) -> String {
        let mut skeleton = String::new();
        skeleton_of(label, &mut skeleton);
        skeleton
    }

    #[test]
    fn confusable_labels_have_one_skeleton() {
        for (first, second) in
            [("acrne", "acme"), ("vvind", "wind"), ("g00d", "good"), ("paypa1", "paypal"), ("a-b", "ab")]
        {
            assert_eq!(skeleton(first), skeleton(second), "{first} {second}");
        }
        assert_eq!(skeleton(&confusable_ascii("аcme")), skeleton("acme"), "the first letter is Cyrillic");
        assert_ne!(skeleton("acme"), skeleton("apex"));
    }

    proptest! {
        #[test]
        fn a_skeleton_is_its_own(label in "[a-z0-9-]{1,20}") {
            let once = skeleton(&label);
            // `rr` then `n` may fold again; what counts is that a skeleton never grows.
            prop_assert!(skeleton(&once).len() <= once.len());
            prop_assert!(!once.contains('-'));
        }

        #[test]
        fn one_edit_changes_at_most_two_letters_of_the_set(label in "[a-z]{3,12}", at in 0_usize..3, letter in "[a-z]") {
            let mut edited = label.clone();
            edited.replace_range(at..=at, &letter);
            prop_assert!((letters_of(&label) ^ letters_of(&edited)).count_ones() <= 2);
        }
    }
}
