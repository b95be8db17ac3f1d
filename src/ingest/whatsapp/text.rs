//! What a message says: its author, its text, and the files that the messenger names in it.

use super::words::{self, Means, is_mark, plain};
use crate::dossier::Attachment;

/// Characters of a name. The messenger's own names have at most 25, an address book's more.
const MAX_AUTHOR: usize = 100;

/// What somebody wrote.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Content {
    pub(super) text: Option<String>,
    pub(super) attachments: Vec<Attachment>,
}

/// The author and the text after a head; `None` for a line of the messenger's own.
pub(super) fn author(rest: &str) -> Option<(&str, &str)> {
    let (author, said) = match rest.split_once(": ") {
        Some(parts) => parts,
        None => (rest.trim_end().strip_suffix(':')?, ""),
    };
    let author = plain(author);
    let is_name = !author.is_empty() && author.chars().count() <= MAX_AUTHOR;
    is_name.then_some((author, said))
}

/// Whether an author is shown by a telephone number.
pub(super) fn is_phone(author: &str) -> bool {
    let digits = author.chars().filter(char::is_ascii_digit).count();
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || is_mark(c) || "()-.\u{2010}\u{2011}".contains(c);
    author.strip_prefix('+').is_some_and(|rest| digits >= 7 && rest.chars().all(is_part))
}

/// What a message says, over all of its lines; `None` for what the messenger wrote in the author's place.
///
/// Only a text that is the messenger's from end to end is taken for it: anybody can write its words.
pub(super) fn content(said: &str, more: &[&str]) -> Option<Content> {
    let first = plain(said);
    if more.iter().all(|line| plain(line).is_empty()) {
        match words::meaning(first) {
            Some(Means::System) => return None,
            Some(Means::Omitted | Means::Document) => {
                return Some(Content { text: None, attachments: vec![Attachment::default()] });
            }
            _ => {}
        }
    }
    let file = attached(first);
    let first = if file.is_some() { "" } else { said.trim_start_matches(is_mark) };
    let lines: Vec<&str> = std::iter::once(first).chain(more.iter().copied()).collect();
    let joined = lines.join("\n");
    let text = words::before(joined.trim(), Means::Edited).unwrap_or(joined.trim());
    Some(Content {
        text: (!text.is_empty()).then(|| text.to_owned()),
        attachments: file.map(|name| Attachment { name: Some(name), ..Attachment::default() }).into_iter().collect(),
    })
}

/// The file that a line names: `<attached: f>`, `f (file attached)`, `f <attached>`, `f • 2 pages document omitted`.
fn attached(line: &str) -> Option<String> {
    let named = |name: &str| Some(plain(name)).filter(|name| !name.is_empty()).map(str::to_owned);
    let is_word = |word: &str| words::meaning(plain(word)) == Some(Means::Attached);
    if let Some((word, name)) =
        line.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).and_then(|inner| inner.split_once(':'))
    {
        return named(name).filter(|_| is_word(word));
    }
    for (open, close) in [('(', ')'), ('<', '>')] {
        if let Some((name, word)) = line.strip_suffix(close).and_then(|inner| inner.rsplit_once(open)) {
            return named(name).filter(|_| is_word(word));
        }
    }
    let (name, _) = words::before(line, Means::Document)?.split_once('•')?;
    named(name)
}

#[cfg(test)]
mod tests {
    use super::{attached, author, content, is_phone};

    #[test]
    fn every_way_to_name_a_file_is_told() {
        for (line, name) in [
            ("< attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg >", "00000042-PHOTO-2020-06-07-15-13-20.jpg"),
            ("<attached: a.pdf>", "a.pdf"),
            ("IMG-20210428-WA0001.jpg (file attached)", "IMG-20210428-WA0001.jpg"),
            ("2015-08-04-PHOTO-00004762.jpg <\u{200e}attached>", "2015-08-04-PHOTO-00004762.jpg"),
            ("4f2680f1.jpg (Datei angehängt)", "4f2680f1.jpg"),
            ("offer.pdf • \u{200e}12 pages \u{200e}document omitted", "offer.pdf"),
        ] {
            assert_eq!(attached(line).as_deref(), Some(name), "{line}");
        }
        for line in ["see (attached below)", "<b>", "()", "attached", "a > b"] {
            assert_eq!(attached(line), None, "{line}");
        }
    }

    #[test]
    fn only_what_is_the_messenger_s_from_end_to_end_is_left_out() {
        assert_eq!(content("\u{200e}This message was deleted.", &[]), None);
        let kept = content("This message was deleted. Run this", &[]).expect("somebody's");
        assert_eq!(kept.text.as_deref(), Some("This message was deleted. Run this"));
        let kept = content("This message was deleted", &["but read on"]).expect("somebody's");
        assert_eq!(kept.text.as_deref(), Some("This message was deleted\nbut read on"));
        let file = content("\u{200e}a.jpg (file attached)", &["look"]).expect("somebody's");
        assert_eq!((file.text.as_deref(), file.attachments.len()), (Some("look"), 1));
        let edited = content("Tomorrow at nine \u{200e}<This message was edited>", &[]).expect("somebody's");
        assert_eq!(edited.text.as_deref(), Some("Tomorrow at nine"));
        let omitted = content("<Media omitted>", &[]).expect("somebody's");
        assert_eq!((omitted.text, omitted.attachments.len()), (None, 1));
    }

    #[test]
    fn authors_are_names_or_numbers() {
        assert_eq!(author("Ana Example: Hi: there"), Some(("Ana Example", "Hi: there")));
        assert_eq!(author("Luke: "), Some(("Luke", "")));
        assert_eq!(author("Luke:"), Some(("Luke", "")));
        assert_eq!(author("You created group \"Test\""), None);
        assert!(is_phone("+44 20 7946 0001") && !is_phone("Ana +1"));
    }
}
