//! `falseface clusters`: who shares what, without judging anybody.

use super::args::{ClustersArgs, InputArgs};
use super::exit::Exit;
use super::output::{self, Output};
use super::{input, load};
use crate::facts::Knowledge;
use crate::link::{Index, LinkKnowledge, Linked, Proof, noted};
use crate::report;
use crate::screening::Verdict;
use anyhow::ensure;

/// Reads everything twice: for hashes of what each record has, and then again only whoever may share something.
///
/// # Errors
/// If the content is wrong, an input that was named cannot be read or changes meanwhile, or nothing can be written.
pub(super) fn clusters(args: &ClustersArgs) -> anyhow::Result<Exit> {
    let detection = load::detection(&args.content, Some(&args.print))?;
    let knowledge = Knowledge::new(&detection.content);
    let knowledge = LinkKnowledge::new(&knowledge);
    let (input, _spooled) = input::spooled(&args.input)?;
    let input = InputArgs { photos: true, ..input };
    let mut index = Index::default();
    let mut people = 0;
    let rejected = input::for_each(
        &input,
        |read| {
            let (keys, bands) = noted(&read.dossier, &knowledge);
            index.add(people, keys, bands);
            people += 1;
            Ok(())
        },
        output::note,
    )?;
    let groups = index.groups();
    let mut proof = Proof::new(&groups);
    let mut again = 0;
    if groups.candidates() > 0 {
        input::for_each(
            &input,
            |read| {
                if groups.is_candidate(again) {
                    proof.see(&read.dossier, &knowledge);
                }
                again += 1;
                Ok(())
            },
            |_| {},
        )?;
        ensure!(again == people, "the input had {people} records when it was read first, and {again} the second time");
    }
    let Linked { clusters, hubs } = proof.finish(args.link_threshold);
    let mut out = Output::open(args.output.as_deref())?;
    let style = output::style(&args.print, args.output.as_deref(), Verdict::Review);
    report::clusters(args.format, &clusters, &hubs, people as usize, &mut out, style)?;
    out.finish()?;
    Ok(if args.strict && rejected { Exit::Rejected } else { Exit::Success })
}
