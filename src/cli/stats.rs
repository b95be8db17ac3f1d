//! `scan --stats`: hits and time of each rule, measured rule by rule on a second pass of one thread.

use super::arg_groups::InputArgs;
use super::{input, output};
use crate::rules::hits_of;
use crate::screen::{Options, Stages};
use anyhow::bail;
use std::path::Path;
use std::time::{Duration, Instant};

/// Prints the rules to standard error, the most costly first.
///
/// # Errors
/// If the input is standard input, which cannot be read twice, or can no longer be read.
pub(super) fn print(args: &InputArgs, stages: &Stages<'_>, options: &Options) -> anyhow::Result<()> {
    if args.inputs.iter().any(|path| path == Path::new("-")) {
        bail!("--stats reads the input a second time, which standard input does not allow (give a file)");
    }
    let rules = stages.detection().rules.rules();
    let mut spent = vec![(0_u64, Duration::ZERO); rules.len()];
    let mut facts = Duration::ZERO;
    let mut dossiers = 0_u64;
    input::for_each(
        args,
        |read| {
            dossiers += 1;
            let started = now();
            let elements = stages.elements(&read.dossier, options);
            facts += started.elapsed();
            for (position, (hits, time)) in spent.iter_mut().enumerate() {
                let started = now();
                let found = hits_of(&stages.detection().rules, position, &elements);
                *time += started.elapsed();
                *hits += u64::from(found > 0);
            }
            Ok(())
        },
        |_| {},
    )?;
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|a, b| (spent[*b].1, &rules[*a].info.name).cmp(&(spent[*a].1, &rules[*b].info.name)));
    let total: Duration = spent.iter().map(|(_, time)| *time).sum();
    output::note(&format!("{dossiers} dossiers, one thread: facts {}, rules {}", micros(facts), micros(total)));
    output::note(&format!("{:>9}  {:>12}  {:>6}  rule", "hits", "time", "share"));
    for position in order {
        let (hits, time) = spent[position];
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
        output::note(&format!("{hits:>9}  {:>12}  {share:>5.1}%  {}", micros(time), rules[position].info.name));
    }
    Ok(())
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

#[expect(clippy::disallowed_methods, reason = "statistics are what the clock is for")]
fn now() -> Instant {
    Instant::now()
}
