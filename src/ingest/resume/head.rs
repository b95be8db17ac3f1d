//! The head of a résumé: ways to reach the person, by their shape, and the name, where something else bears it out.

use super::words;
use crate::dossier::{Contact, ContactKind};
use crate::ingest::profiles::contact;
use deunicode::deunicode;

/// Lines that are looked at.
const LINES: usize = 12;
/// Contacts that are kept.
const MOST: usize = 20;

/// The lines before the first heading, at most so many.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    use words::Heading::{CoverLetter, Resume};
    let filled = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    let titles = |line: &&str| matches!(words::heading(line), Some(Resume | CoverLetter));
    filled.skip_while(titles).take_while(|line| words::heading(line).is_none())
}

/// The contacts that the head shows.
pub(super) fn contacts(text: &str) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut add = |kind, value: &str| {
        let contact = contact(kind, value.to_owned());
        if found.len() < MOST && !found.contains(&contact) {
            found.push(contact);
        }
    };
    for line in lines(text) {
        for part in line.split(['|', ';', '•', '·', '\t']) {
            let part = part.trim();
            if let Some(phone) = phone(part) {
                add(ContactKind::Phone, phone);
                continue;
            }
            for word in part.split([' ', ',', '<', '>', '(', ')', '\u{a0}', '\u{3000}']) {
                let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '"' | '\''));
                if let Some(mail) = mail(word) {
                    add(ContactKind::Email, mail);
                } else if is_link(word) {
                    add(ContactKind::Url, word);
                }
            }
        }
    }
    found
}

fn mail(word: &str) -> Option<&str> {
    let word = word.rsplit_once(':').map_or(word, |(_, mail)| mail);
    let (local, host) = word.split_once('@')?;
    (!local.is_empty() && is_host(host)).then_some(word)
}

/// A host with a dot, as addresses write it.
fn is_host(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    let is_part = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = parts.last().copied().unwrap_or_default();
    parts.len() > 1 && parts.iter().all(is_part) && last.len() > 1 && !last.bytes().any(|b| b.is_ascii_digit())
}

/// A web address with its scheme or `www.`, or a host with a path.
fn is_link(word: &str) -> bool {
    let bare = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let host = bare.unwrap_or(word).split(['/', '?', '#']).next().unwrap_or_default();
    is_host(host) && (bare.is_some() || host.starts_with("www.") || word.contains('/'))
}

/// A phone number with nothing but a label before it.
fn phone(part: &str) -> Option<&str> {
    let number = part.rsplit_once(':').map_or(part, |(_, number)| number).trim();
    let is_labelled = number.len() < part.len();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let in_shape =
        number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}'));
    let begins = is_labelled || number.starts_with(['+', '(', '0']);
    // `2019 - 2021` has eight digits too.
    (in_shape && begins && (8..=15).contains(&digits) && super::spans::dated(number).is_none()).then_some(number)
}

/// The first line of the head as the person's name, where the file name or a mail address in the head bears it out.
pub(super) fn name<'t>(text: &'t str, file: &str, contacts: &[Contact]) -> Option<&'t str> {
    let line = lines(text).next()?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name = |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    if line.chars().count() > 60 || words.len() > 5 || !words.iter().all(is_name) {
        return None;
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mails = contacts.iter().filter(|contact| contact.kind == ContactKind::Email);
    let locals = mails.filter_map(|mail| mail.value.split('@').next());
    std::iter::once(stem).chain(locals).any(|other| bears_out(&words, other)).then_some(line)
}

/// Whether another text has the first and the last word of a name, or all of a name in one word of another script.
fn bears_out(name: &[&str], other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let latin = |text: &str| letters(&deunicode(text));
    match name {
        [one] => !one.is_ascii() && one.chars().count() > 1 && letters(other).contains(&letters(one)),
        [first, .., last] => {
            let other = latin(other);
            [first, last].into_iter().map(|word| latin(word)).all(|word| word.len() > 1 && other.contains(&word))
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{contacts, name};

    const HEAD: &str = "Curriculum Vitae\nAna Ejemplo\nana.ejemplo@mail.example | Tel: 020 7946 0001 | +44 20 7946 0002\n\
        www.ana.example, linkedin.example/in/ana; 2019 - 2021\nExperience\nlate@mail.example\n";

    #[test]
    fn contacts_are_told_by_their_shape_and_only_in_the_head() {
        let found: Vec<String> = contacts(HEAD).into_iter().map(|contact| contact.value).collect();
        assert_eq!(
            found,
            [
                "ana.ejemplo@mail.example",
                "020 7946 0001",
                "+44 20 7946 0002",
                "www.ana.example",
                "linkedin.example/in/ana"
            ]
        );
    }

    #[test]
    fn a_name_needs_a_second_witness() {
        let found = contacts(HEAD);
        assert_eq!(name(HEAD, "scan1.pdf", &found), Some("Ana Ejemplo"));
        assert_eq!(name("Ana Ejemplo\n", "scan1.pdf", &[]), None);
        assert_eq!(name("Ána Ejemplo\n", "CV_Ejemplo_Ana.pdf", &[]), Some("Ána Ejemplo"));
        assert_eq!(name("김민수\n", "이력서_김민수.pdf", &[]), Some("김민수"));
        assert_eq!(name("Senior Developer\nAna Ejemplo\n", "Ana Ejemplo.pdf", &[]), None);
    }
}
