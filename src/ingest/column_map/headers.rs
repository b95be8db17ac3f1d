//! Which headers are known: what they mean, and what they say of the table.
//!
//! The words are data, `rules/tables/candidate-headers.tsv`, as the binary carries them. Protected ones are told elsewhere.

use super::field::Field;
use crate::content::{self, Table};
use crate::ingest::protected::{fold, is_protected};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Where its cells go; none for a column of another kind of table.
    pub(crate) field: Option<Field>,
    says: Says,
}

/// What the presence of a header says of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Person,
    Advert,
    Nothing,
}

/// What a row of headers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Judged {
    /// No header of a table of people.
    Other,
    /// People can be told apart by it, and it may be a table of anything with a contact.
    Contacts,
    /// It names people and how to reach them.
    People,
    /// It has a column that only tables of people have.
    Candidates,
}

struct Words {
    known: BTreeMap<String, Known>,
    /// Networks of accounts and messengers.
    networks: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A table that the binary carries parses: a test reads it.
    let headers = Table::embedded("tables/candidate-headers.tsv").unwrap_or_default();
    let networks: BTreeSet<String> = headers
        .rows()
        .iter()
        .filter_map(|row| row.cell(1).strip_prefix("account.").or_else(|| row.cell(1).strip_prefix("messenger.")))
        .map(str::to_owned)
        .collect();
    let networks: Vec<String> = networks.into_iter().collect();
    let known = headers.rows().iter().map(|row| {
        let says = match row.cell(2) {
            "person" => Says::Person,
            "advert" => Says::Advert,
            _ => Says::Nothing,
        };
        (fold(row.cell(0)), Known { field: Field::parse(row.cell(1), &networks), says })
    });
    let known = known.collect();
    Words { known, networks }
});

/// What is known of a header; nothing of a protected one.
pub(crate) fn known(header: &str) -> Option<&'static Known> {
    if is_protected(header) { None } else { WORDS.known.get(&fold(header)) }
}

/// Networks that accounts and messengers can be of.
pub(crate) fn networks() -> &'static [String] {
    &WORDS.networks
}

/// The known header that is nearest to one that is not, and where it goes.
pub(crate) fn nearest(header: &str) -> Option<&'static Field> {
    // Short words are near to anything.
    let folded = Some(fold(header)).filter(|folded| folded.chars().count() > 3)?;
    let near = content::suggest(&folded, WORDS.known.keys().map(String::as_str))?;
    WORDS.known.get(near)?.field.as_ref()
}

/// What a row is, taken for headers.
pub(crate) fn judge(header: &[String]) -> Judged {
    let known: Vec<&Known> = header.iter().filter_map(|name| known(name)).collect();
    let has = |wanted: fn(&Field) -> bool| known.iter().any(|known| known.field.as_ref().is_some_and(wanted));
    let says = |wanted: Says| known.iter().any(|known| known.says == wanted);
    let (named, reached) = (has(Field::is_name), has(Field::is_contact));
    if !named && !reached {
        return Judged::Other;
    }
    match (says(Says::Person), says(Says::Advert)) {
        (true, false) => Judged::Candidates,
        (true, true) if named => Judged::Candidates,
        (false, false) if named && reached => Judged::People,
        (false, false) if reached || has(Field::is_of_person) => Judged::Contacts,
        // A table of adverts; or one of anything, which has names too: skills, articles, rooms.
        _ => Judged::Other,
    }
}

/// Whether a row, taken for headers, has one by which people can be told apart.
pub(crate) fn tells_apart(header: &[String]) -> bool {
    let fields = header.iter().filter_map(|name| known(name)?.field.as_ref());
    fields.into_iter().any(|field| field.is_name() || field.is_contact())
}

/// Whether a row is surely a header: it tells people apart, and nothing or a second thing about them is named beside.
pub(crate) fn is_header(row: &[String]) -> bool {
    let filled = row.iter().filter(|name| !name.trim().is_empty()).count();
    let understood = row.iter().filter(|name| known(name).is_some() || is_protected(name)).count();
    tells_apart(row) && (filled == 1 || understood > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(header: &str) -> Judged {
        judge(&header.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_row_of_the_tables_is_understood() {
        for file in ["candidate-headers", "protected-headers"] {
            let path = format!("tables/{file}.tsv");
            let text = content::embedded().into_iter().find(|file| file.path == path).expect("is carried").text;
            let mut met = BTreeSet::new();
            for row in Table::parse(&path, &text).expect("parses").rows() {
                let [header, field] = [row.cell(0), row.cell(1)];
                assert!(met.insert(fold(header)), "{file}: {header} stands there twice");
                if file == "candidate-headers" {
                    assert!(!is_protected(header), "{header} is protected and known");
                    assert!(field == "-" || Field::parse(field, networks()).is_some(), "{header}: no field {field}");
                    assert!(matches!(row.cell(2), "person" | "advert" | "-"), "{header}: {}", row.cell(2));
                }
            }
        }
    }

    #[test]
    fn headers_meet_however_they_are_written() {
        for (header, field) in [
            ("E-Mail", "email"),
            (" e_mail ADDRESS:", "email"),
            ("Prenom", "first_name"),
            ("TÉLÉPHONE", "phone"),
            ("Numer telefonu", "phone"),
            ("İsim", "name"),
            ("Ключевые навыки", "skills"),
            ("휴대폰", "phone"),
            ("メールアドレス", "email"),
            ("现居地", "location"),
            ("LinkedIn-URL", "account.linkedin"),
        ] {
            let found = known(header).and_then(|known| known.field.as_ref()).map(Field::path);
            assert_eq!(found.as_deref(), Some(field), "{header}");
        }
        assert!(known("Geburtsdatum").is_none() && is_protected("geburtsdatum ") && is_protected("생년월일"));
    }

    #[test]
    fn a_table_is_told_by_its_columns() {
        assert_eq!(judged("First name,Last name,E-Mail,Title,Skills"), Judged::Candidates);
        assert_eq!(judged("Name,Email,Title,Skills"), Judged::People);
        assert_eq!(judged("Email,Source"), Judged::Contacts);
        assert_eq!(judged("Job title,Description,Requirements,Contact,Email"), Judged::Other);
        assert_eq!(judged("Title,Company,Skills"), Judged::Other);
        assert_eq!(judged("Name,Phone"), Judged::Contacts);
        assert_eq!(judged("Saved at,Link,Name"), Judged::Other);
    }
}
