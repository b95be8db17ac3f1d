//! `falseface list`: who is in an export, without judging anybody.

use super::args::ListArgs;
use super::exit::Exit;
use super::output::{self, Output};
use super::{input, table};
use crate::dossier::Date;
use crate::ingest::{RosterLine, roster};
use std::io::Write;

/// Prints a line for each person, in input order.
///
/// # Errors
/// If an input that was named cannot be read, or nothing can be printed.
pub(super) fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let mut lines = Vec::new();
    input::for_each(
        &args.input,
        |read| {
            lines.push(roster(&read.dossier));
            Ok(())
        },
        output::note,
    )?;
    let mut out = Output::open(None)?;
    print(&mut out, &lines)?;
    out.finish()?;
    Ok(Exit::Success)
}

fn print(out: &mut impl Write, lines: &[RosterLine]) -> anyhow::Result<()> {
    let columns = ["id", "name", "role", "first", "last", "messages", "threads", "profile"];
    let rows: Vec<[String; 8]> = lines.iter().map(row).collect();
    table::print(out, columns, &rows)?;
    writeln!(out, "{}; nobody was judged", output::counted(lines.len(), "person", "people"))?;
    Ok(())
}

fn row(line: &RosterLine) -> [String; 8] {
    let day =
        |date: Option<Date>| date.map_or_else(|| "-".to_owned(), |date| date.to_string().chars().take(10).collect());
    let text = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), output::safe);
    [
        output::safe(&line.id),
        text(line.name.as_deref()),
        line.role.as_str().to_owned(),
        day(line.first),
        day(line.last),
        line.messages.to_string(),
        line.threads.to_string(),
        text(line.url.as_deref()),
    ]
}
