//! `--join` and `--same-person`: several records of one person as one, before anything else looks at them.

use super::arg_groups::{JoinArgs, Joins};
use super::output;
use crate::content::{Content, embedded};
use crate::facts::Knowledge;
use crate::ingest::Reader;
use crate::link::LinkKnowledge;
use crate::link::same::SamePerson;
use crate::screen::{self, Join};
use crate::screening::{Contested, Joining};
use std::sync::atomic::AtomicBool;

/// Whether records are to be joined at all.
pub(super) fn is_asked(args: &JoinArgs) -> bool {
    args.join == Joins::Exact || !args.same_person.is_empty()
}

/// A reader that hands on records of one person as one, where that was asked for. Identifiers are made comparable by the tables
/// that the binary carries.
///
/// # Errors
/// If what was said of a person cannot be understood, or the input cannot be read again.
pub(super) fn join(mut reader: Reader, args: &JoinArgs, threads: usize) -> anyhow::Result<(Reader, Option<Joining>)> {
    if !is_asked(args) {
        return Ok((reader, None));
    }
    let content = Content::load(&embedded()).map_err(|found| anyhow::anyhow!("{found:?}"))?;
    let knowledge = Knowledge::new(&content);
    let knowledge = LinkKnowledge::new(&knowledge);
    let said = args.same_person.iter().map(|text| SamePerson::parse(text, &knowledge)).collect::<Result<_, _>>();
    let said = said.map_err(|error| anyhow::anyhow!("could not use --same-person: {error}"))?;
    let join = Join { exact: args.join == Joins::Exact, said };
    let (reader, joining) = screen::join(&mut reader, &join, &knowledge, threads, &AtomicBool::new(false))?;
    Ok((reader, Some(joining)))
}

/// Tells on standard error what was joined and what could not be.
pub(super) fn tell(joining: &Joining) {
    let Joining { records, people, contested, unheard } = joining;
    output::note(&format!(
        "joined {} of {}",
        output::counted(*records, "record", "records"),
        output::counted(*people, "person", "people")
    ));
    for Contested { identifiers, names, records } in contested {
        let records: Vec<_> = records.iter().map(ToString::to_string).collect();
        output::note(&output::safe(&format!(
            "claimed under different names, so that nobody was joined by it: {} ({}): {}",
            identifiers.join(", "),
            names.join(", "),
            records.join(", ")
        )));
    }
    for identifier in unheard {
        output::note(&output::safe(&format!("said to be somebody's, and in no record: {identifier}")));
    }
}
