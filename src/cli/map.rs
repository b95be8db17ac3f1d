//! Maps of tables of candidates: `--map`, and `falseface map suggest`.

use super::args::MapSuggestArgs;
use super::exit::Exit;
use super::output::{self, Output};
use crate::ingest::{self, CANDIDATE_TABLE, ColumnMap, Input, ReadOptions};
use anyhow::{Context, anyhow, bail};
use clap::ColorChoice;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Has every input read as a table of candidates with this map.
///
/// # Errors
/// If the map cannot be read or is wrong (every mistake is printed), or another format was asked for.
pub(super) fn choose(path: &Path, options: &mut ReadOptions) -> anyhow::Result<()> {
    match options.input_format.as_deref() {
        None | Some(CANDIDATE_TABLE) => options.input_format = Some(CANDIDATE_TABLE.to_owned()),
        Some(other) => bail!("--map is for tables of candidates, not for {other} (leave one of both out)"),
    }
    #[expect(clippy::disallowed_methods, reason = "a map is an argument, no export: ingest does not know it")]
    let text = std::fs::read_to_string(path).with_context(|| {
        format!(
            "could not read the map {} (it must be a TOML file; `falseface map suggest` writes one)",
            path.display()
        )
    })?;
    let map = ColumnMap::parse(&path.display().to_string(), &text).map_err(|found| {
        for diagnostic in &found {
            output::note(&diagnostic.render(output::color_on_stderr(ColorChoice::Auto)));
        }
        let count = output::counted(found.len(), "mistake", "mistakes");
        anyhow!("the map {} has {count} (nothing was read)", path.display())
    })?;
    options.map = Some(Arc::new(map));
    Ok(())
}

/// Prints a first map for a table.
///
/// # Errors
/// If the table cannot be read, or nothing can be printed.
pub(super) fn suggest(args: &MapSuggestArgs) -> anyhow::Result<Exit> {
    let input = if args.table == Path::new("-") { Input::Stdin } else { Input::Path(args.table.clone()) };
    let text = ingest::suggest_map(&input, &ReadOptions::default())?;
    let mut out = Output::open(None)?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(Exit::Success)
}
