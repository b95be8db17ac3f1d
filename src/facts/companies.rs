//! Names of companies: with and without the legal form.

use crate::content::{List, key};

/// A company's name without its legal form, folded, and whether it had one.
///
/// Several forms in a row are taken away (`Holding GmbH`); a name that is nothing but forms is left alone.
pub(crate) fn without_form(name: &str, forms: &List) -> (String, bool) {
    let folded = key(name);
    let mut rest = folded.trim_matches(is_edge);
    let mut had = false;
    'again: loop {
        for form in forms.values() {
            if let Some(shorter) = strip(rest, form)
                && !shorter.is_empty()
            {
                rest = shorter;
                had = true;
                continue 'again;
            }
        }
        return (rest.to_owned(), had);
    }
}

/// The same with letters and digits only, to compare with handles and domains.
pub(crate) fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name without a form at its end, or at its start if the form is long enough to be no part of a name.
fn strip<'n>(name: &'n str, form: &str) -> Option<&'n str> {
    let form = form.trim_end_matches('.');
    let spaced = form.is_ascii();
    if let Some(rest) = name.strip_suffix(form)
        && (!spaced || rest.ends_with(is_edge))
    {
        return Some(rest.trim_end_matches(is_edge));
    }
    if form.chars().count() < 3 && spaced {
        return None;
    }
    let rest = name.strip_prefix(form)?;
    (!spaced || rest.starts_with(is_edge)).then(|| rest.trim_start_matches(is_edge))
}

fn is_edge(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | '.' | '"' | '\'' | '«' | '»' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::{letters, without_form};
    use crate::content::{Content, ContentFile};

    #[test]
    fn forms_are_taken_from_either_end() {
        let file = ContentFile {
            path: "lists/company-forms.txt".to_owned(),
            text: "co\nco., ltd.\ngmbh\nllc\nooo\nsa\n株式会社\n".into(),
        };
        let content = Content::load(&[file]).expect("loads");
        let forms = content.list("company-forms").expect("is there");
        for (name, core, had) in [
            ("Example GmbH", "example", true),
            ("Sample Works, Co., Ltd.", "sample works", true),
            ("ООО Specimen", "ооо specimen", false),
            ("OOO Specimen", "specimen", true),
            ("株式会社見本", "見本", true),
            ("Coexample", "coexample", false),
            ("LLC", "llc", false),
            ("Sa Mina", "sa mina", false),
        ] {
            assert_eq!(without_form(name, forms), (core.to_owned(), had), "{name}");
        }
        assert_eq!(letters("Example-Works 2"), "exampleworks2");
    }
}
