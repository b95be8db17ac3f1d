//! `falseface rules check`: is the content sound, and does every rule do what its examples say?

use super::exit::Exit;
use super::output::{self, Output};
use super::rules_args::RulesCheckArgs;
use super::{changes, load};
use crate::content::{Content, Diagnostic};
use crate::rules::lint;
use crate::screen::{Detection, Proof, ProofState, Stages, prove};
use std::io::Write;

/// Prints what is wrong, then what each rule's examples came to.
///
/// # Errors
/// If a folder cannot be read or nothing can be printed.
pub(super) fn check(args: &RulesCheckArgs) -> anyhow::Result<Exit> {
    let color = output::color_on_stdout(args.color);
    let files = load::files(&args.folders)?;
    let mut out = Output::open(None)?;
    let detection = match Detection::load(&files, &[]) {
        Ok(detection) => detection,
        Err(found) => {
            print(&mut out, &found, color)?;
            writeln!(out, "{}; examples were not run", output::counted(found.len(), "mistake", "mistakes"))?;
            out.finish()?;
            return Ok(Exit::Found);
        }
    };
    let mut found = Content::check(&detection.content);
    found.extend(lint(&detection.rules, &detection.content));
    print(&mut out, &found, color)?;
    let stages = Stages::new(&detection);
    let proofs = prove(&stages);
    let failed: Vec<&Proof> = proofs.iter().filter(|proof| !proof.state.holds()).collect();
    for proof in &failed {
        writeln!(out, "{}: {} ({}:{}): {}", proof.state.as_str(), proof.rule, proof.file, proof.line, proof.why)?;
    }
    let count = |state: ProofState| proofs.iter().filter(|proof| proof.state == state).count();
    let broken = count(ProofState::Broken);
    writeln!(
        out,
        "{} rules, {}; {} examples: {} reported, {} silent, {} missing, {} noisy{}",
        detection.rules.rules().len(),
        output::counted(found.len(), "mistake", "mistakes"),
        proofs.len(),
        count(ProofState::Reported),
        count(ProofState::Silent),
        count(ProofState::Missing),
        count(ProofState::Noisy),
        if broken > 0 { format!(", {broken} broken") } else { String::new() },
    )?;
    if let Some(revision) = &args.changed_since {
        changes::print(&mut out, revision, args, &files)?;
    }
    out.finish()?;
    Ok(if found.is_empty() && failed.is_empty() { Exit::Success } else { Exit::Found })
}

fn print(out: &mut impl Write, found: &[Diagnostic], color: bool) -> anyhow::Result<()> {
    for diagnostic in found {
        writeln!(out, "{}", diagnostic.render(color))?;
    }
    Ok(())
}
