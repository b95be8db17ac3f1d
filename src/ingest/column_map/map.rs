//! What the user says of a table's columns: a TOML file, which wins over the headers that are known.

use super::date_order::DateOrder;
use super::field::{self, Field};
use super::headers;
use crate::content::Diagnostic;
use crate::dossier::Role;
use crate::ingest::protected::is_protected;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Which column of a table of candidates is what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    pub(crate) sheet: Option<String>,
    pub(crate) dates: DateOrder,
    pub(crate) role: Option<Role>,
    /// Header as written → field.
    pub(crate) columns: BTreeMap<String, Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    sheet: Option<String>,
    dates: Option<Spanned<String>>,
    role: Option<Spanned<String>>,
    #[serde(default)]
    columns: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl ColumnMap {
    /// Reads a map; `file` is what mistakes call it.
    ///
    /// # Errors
    /// Every mistake, with its line and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let document: Document = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![
                Diagnostic::at_offset(file, text, offset, error.message())
                    .with_help("a map has a table [columns] with lines such as \"Header\" = \"email\", and may have sheet, dates and role"),
            ]
        })?;
        let mut problems = Vec::new();
        let mut wrong = |offset: usize, message: String, help: String| {
            problems.push(Diagnostic::at_offset(file, text, offset, message).with_help(help));
        };
        let dates = document.dates.map(|word| (DateOrder::by_name(word.get_ref()), word));
        if let Some((None, word)) = &dates {
            let message = format!("there is no order of dates {:?}", word.get_ref());
            wrong(word.span().start, message, "write \"day-first\" or \"month-first\"".to_owned());
        }
        let role = document.role.map(|word| (role_of(word.get_ref()), word));
        if let Some((None, word)) = &role {
            let message = format!("there is no role {:?}", word.get_ref());
            let help = "write candidate, contractor, employee, recruiter, counterparty or unknown";
            wrong(word.span().start, message, help.to_owned());
        }
        let mut columns = BTreeMap::new();
        for (header, path) in document.columns {
            let at = path.span().start;
            match Field::parse(path.get_ref(), headers::networks()) {
                None => {
                    let message = format!("there is no field {:?}", path.get_ref());
                    wrong(at, message, field::hint(path.get_ref(), headers::networks()));
                }
                Some(field) => {
                    if is_protected(header.get_ref()) && field != Field::Plain(field::Plain::Ignore) {
                        let message = format!("the column {:?} is protected and never read", header.get_ref());
                        wrong(header.span().start, message, "leave it out of the map".to_owned());
                    }
                    let taken = !field.holds_many() && columns.values().any(|other| *other == field);
                    if taken {
                        let message = format!("a second column is mapped to {}", field.path());
                        wrong(at, message, "map one of them to extra.NAME or ignore".to_owned());
                    }
                    columns.insert(header.into_inner(), field);
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let dates = dates.and_then(|(order, _)| order).unwrap_or_default();
        Ok(Self { sheet: document.sheet, dates, role: role.and_then(|(role, _)| role), columns })
    }
}

/// The role that a word names.
pub(crate) fn role_of(word: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::from(word.trim().to_lowercase())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_names_columns_and_how_to_read_them() {
        let text = "dates = \"day-first\"\nrole = \"contractor\"\n[columns]\n\"Wer?\" = \"name\"\n\"TG\" = \"messenger.telegram\"\n";
        let map = ColumnMap::parse("map.toml", text).expect("reads");
        assert_eq!((map.dates, map.role), (DateOrder::DayFirst, Some(Role::Contractor)));
        assert_eq!(map.columns["TG"], Field::Messenger("telegram".to_owned()));
    }

    #[test]
    fn every_mistake_is_told_with_its_line_and_the_nearest_word() {
        let text = "dates = \"us\"\n[columns]\n\"A\" = \"emial\"\n\"B\" = \"account.githb\"\n\"Gender\" = \"note\"\n\"C\" = \"title\"\n\"D\" = \"title\"\n";
        let found = ColumnMap::parse("map.toml", text).expect_err("is refused");
        let told: Vec<(usize, &str)> = found.iter().map(|one| (one.line, one.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (1, "there is no order of dates \"us\""),
                (3, "there is no field \"emial\""),
                (4, "there is no field \"account.githb\""),
                (7, "a second column is mapped to title"),
                (5, "the column \"Gender\" is protected and never read"),
            ]
        );
        assert!(found[1].help.as_deref().is_some_and(|help| help.contains("\"email\"")));
        assert!(found[2].help.as_deref().is_some_and(|help| help.contains("account.github")));
        assert_eq!(ColumnMap::parse("map.toml", "colums = 1\n").expect_err("is refused")[0].line, 1);
    }
}
