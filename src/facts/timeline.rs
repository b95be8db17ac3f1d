//! When technologies were released and organisations founded, by the tables `technologies` and `organisations`.

use super::employer_names::EmployerKnowledge;
use crate::content::{Content, IntentId, Row, Table, key};
use crate::dossier::{Date, Folded};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Names of up to this length are words in lower case too: they are read only as the table writes them.
const SHORT: usize = 3;

/// When technologies were released and organisations founded.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    names: Option<AhoCorasick>,
    /// For each name of `names`.
    released: Vec<Technology>,
    /// By the folded name.
    founded: BTreeMap<String, Date>,
    /// A title that says recruiter.
    pub(crate) recruiter_role: Option<IntentId>,
    /// A claim of years of experience, with their number.
    pub(crate) years_of_experience: Option<IntentId>,
}

#[derive(Debug)]
struct Technology {
    name: Box<str>,
    released: Date,
}

/// A technology that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// When it was released.
    pub(crate) released: Date,
}

impl Timeline {
    /// Reads the tables.
    pub(crate) fn new(content: &Content, employers: &EmployerKnowledge<'_>) -> Self {
        let mut timeline = Self {
            recruiter_role: content.intent("recruiter-role"),
            years_of_experience: content.intent("years-of-experience"),
            ..Self::default()
        };
        for (name, released) in content.table("technologies").into_iter().flat_map(|table| dated(table, "released")) {
            timeline.released.push(Technology { name: name.into(), released });
        }
        if !timeline.released.is_empty() {
            timeline.names = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(timeline.released.iter().map(|technology| key(&technology.name).into_owned()))
                .ok();
        }
        for (name, founded) in content.table("organisations").into_iter().flat_map(|table| dated(table, "founded")) {
            let key = employers.key(name);
            // Of two organisations of one name, the older contradicts less.
            timeline.founded.entry(key).and_modify(|date| *date = founded.min(*date)).or_insert(founded);
        }
        timeline
    }

    /// When an organisation of a folded name was founded, by the table.
    pub(crate) fn founded(&self, key: &str) -> Option<Date> {
        self.founded.get(key).copied()
    }

    /// Technologies that a text names, as whole words of its folded form.
    pub(crate) fn technologies<'t>(
        &'t self,
        text: &'t str,
        folded: &'t Folded,
    ) -> impl Iterator<Item = Mention> + use<'t> {
        let words = folded.as_str();
        let found = self.names.iter().flat_map(move |names| names.find_iter(words));
        found.filter_map(move |found| {
            let technology = self.released.get(found.pattern().as_usize())?;
            let span = folded.raw_span(found.range());
            let before = words.get(..found.start())?.chars().next_back();
            let after = words.get(found.end()..)?.chars().next();
            let in_word = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
            let other = matches!(after, Some('+' | '#')) || matches!(before, Some('@' | '-'));
            let is_name = found.len() > SHORT || text.get(span.clone())? == &*technology.name;
            (is_name && !other && !in_word(before) && !in_word(after))
                .then_some(Mention { span, released: technology.released })
        })
    }
}

/// Names and aliases of a table with the date of a column.
fn dated<'t>(table: &'t Table, column: &str) -> impl Iterator<Item = (&'t str, Date)> {
    let date = table.column(column);
    let aliases = table.column("aliases");
    table.rows().iter().filter_map(move |row| Some((row, row.cell(date?).parse::<Date>().ok()?))).flat_map(
        move |(row, date)| {
            let aliases = aliases.map_or("", |column| Row::cell(row, column)).split('|');
            std::iter::once(row.cell(0))
                .chain(aliases)
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(move |name| (name, date))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{ContentFile, fold_into};
    use crate::dossier::FoldedBuilder;

    fn timeline() -> Timeline {
        let files = [
            (
                "tables/technologies.tsv",
                "name\taliases\treleased\nKubernetes\tk8s\t2014-06\nRust\t\t2015-05-15\nGo\tGolang\t2012-03\n",
            ),
            ("tables/organisations.tsv", "name\taliases\tfounded\nWerkwell\tWerkwell Labs\t2015-06\n"),
        ];
        let files =
            files.map(|(path, text)| ContentFile { path: path.to_owned(), text: std::borrow::Cow::Borrowed(text) });
        let content = Content::load(&files).expect("the content loads");
        Timeline::new(&content, &EmployerKnowledge::new(&content))
    }

    #[test]
    fn technologies_are_whole_words() {
        let timeline = timeline();
        let named = |text: &str| -> Vec<String> {
            let mut builder = FoldedBuilder::default();
            fold_into(text, &mut builder);
            timeline.technologies(text, builder.folded()).map(|mention| text[mention.span].to_owned()).collect()
        };
        assert_eq!(named("KUBERNETES, written in Rust."), ["KUBERNETES", "Rust"]);
        assert_eq!(named("Kuberne\u{200b}tes, Kubеrnetes"), ["Kuberne\u{200b}tes", "Kubеrnetes"]);
        assert_eq!(named("k8s; I go on, trusted; Rust-based, Go, golang"), ["k8s", "Rust", "Go", "golang"]);
        assert!(named("antirust, rustic, go-to").is_empty());
    }

    #[test]
    fn organisations_are_found_by_any_of_their_names() {
        let timeline = timeline();
        assert_eq!(timeline.founded("werkwelllabs"), "2015-06".parse().ok());
        assert_eq!(timeline.founded("other"), None);
    }
}
