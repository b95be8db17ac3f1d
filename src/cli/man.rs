//! `falseface man`: manual pages of all commands, one file each or one after the other.

use super::args::ManArgs;
use super::command::plain;
use super::exit::Exit;
use super::output::{self, Output};
use anyhow::Context;
use clap::Command;
use clap_mangen::Man;
use std::io::Write;

/// Writes the pages.
///
/// # Errors
/// If the folder cannot be made or nothing can be written.
pub(super) fn man(args: &ManArgs) -> anyhow::Result<Exit> {
    let pages = pages()?;
    if let Some(folder) = &args.folder {
        let shown = folder.display();
        std::fs::create_dir_all(folder).with_context(|| format!("could not make the folder {shown}"))?;
        for (name, page) in &pages {
            let mut out = Output::open(Some(&folder.join(name)))?;
            out.write_all(page)?;
            out.finish()?;
        }
        output::note(&format!("{} in {shown}", output::counted(pages.len(), "page", "pages")));
    } else {
        let mut out = Output::open(None)?;
        for (_, page) in &pages {
            out.write_all(page)?;
        }
        out.finish()?;
    }
    Ok(Exit::Success)
}

/// Every page by the name of its file, that of the whole first.
fn pages() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut command = plain().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add(command, &mut pages)?;
    Ok(pages)
}

fn add(command: Command, pages: &mut Vec<(String, Vec<u8>)>) -> anyhow::Result<()> {
    let below: Vec<Command> = command.get_subcommands().filter(|below| !below.is_hide_set()).cloned().collect();
    let page = Man::new(command);
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    pages.push((page.get_filename(), bytes));
    below.into_iter().try_for_each(|below| add(below, pages))
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn every_command_has_a_page_that_names_it() {
        let pages = pages().expect("can be made");
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[0], "falseface.1");
        for name in ["falseface-scan.1", "falseface-rules-check.1", "falseface-config-show.1", "falseface-man.1"] {
            assert!(names.contains(&name), "{name} among {names:?}");
        }
        for (name, page) in &pages {
            let page = String::from_utf8_lossy(page);
            assert!(page.contains(".SH NAME") && page.contains(".TH falseface"), "{name}");
        }
    }
}
