//! What every report for a person says in the same words: where somebody stands and why, and what a run was made with.
//!
//! The words are raw, as records and people gave them: whoever writes them makes them readable, once.

use super::escape::argument;
use super::layout::{Ink, Page, moment};
use super::words::plural;
use crate::screening::{
    Assessment, BaselineUsed, Configured, Detector, DetectorResult, EarlierRecord, Evidence, Finding, GeoDatabaseUsed,
    IndexUsed, JoinedSource, ListUsed, RuleOff, RulePoints, Run, Summary, Suppressed, SuppressionsUsed, Thresholds,
    Verdict,
};
use std::collections::BTreeSet;

/// The detectors that were asked, the greatest verdict first, then the greatest score.
pub(super) fn by_verdict(assessment: &Assessment) -> Vec<(Detector, &DetectorResult)> {
    let mut results: Vec<_> =
        assessment.detectors.iter().filter_map(|(detector, result)| Some((detector, result.as_ref()?))).collect();
    results.sort_by(|(_, a), (_, b)| b.verdict.cmp(&a.verdict).then(b.score.total_cmp(&a.score)));
    results
}

/// Verdict in words, score and what it stands against, and how much could be seen at all.
pub(super) fn standing(
    assessment: &Assessment,
    detector: Detector,
    result: &DetectorResult,
    thresholds: Option<&Thresholds>,
) -> String {
    let against = thresholds.map_or_else(String::new, |thresholds| {
        let Thresholds { review, escalate, .. } = thresholds;
        match result.verdict {
            Verdict::Escalate if result.by_published_match => {
                format!(" (escalates from {escalate}; one family alone, by a match with published intelligence)")
            }
            Verdict::Escalate => format!(" (escalates from {escalate})"),
            _ => held_back(result, thresholds).map_or_else(
                || format!(" (review from {review}, escalates from {escalate})"),
                |why| format!(" ({why})"),
            ),
        }
    });
    format!(
        "{}: {:.1} points, {}{against} · {} · a person must decide",
        result.verdict.words(),
        result.score,
        plural(result.families, "family", "families"),
        coverage(assessment, detector),
    )
}

/// Why somebody has points enough to escalate and does not; `None` for everybody else.
pub(super) fn held_back(result: &DetectorResult, thresholds: &Thresholds) -> Option<String> {
    let Thresholds { escalate, families, strong, .. } = thresholds;
    (result.verdict < Verdict::Escalate && result.score >= *escalate).then(|| {
        format!(
            "stays below escalation, which from {escalate} on takes {families} families, a finding of {strong} or more, \
             and more than facts of network and payment"
        )
    })
}

/// How much of a detector could be seen at all.
pub(super) fn coverage(assessment: &Assessment, detector: Detector) -> String {
    format!("{:.0}\u{a0}% of checks could run", assessment.screened.coverage[detector] * 100.0)
}

/// The rules that a score is the sum of, the strongest first, each with its family and its place in it.
pub(super) fn entries(result: &DetectorResult) -> Vec<(&str, usize, &RulePoints)> {
    let mut entries: Vec<(&str, usize, &RulePoints)> = result
        .terms
        .iter()
        .flat_map(|term| term.rules.iter().enumerate().map(|(position, part)| (term.family.as_str(), position, part)))
        .collect();
    entries.sort_by(|(.., a), (.., b)| b.points.total_cmp(&a.points));
    entries
}

/// What of a rule's weight counts, where it is not all.
pub(super) fn share(family: &str, position: usize, part: &RulePoints) -> String {
    let weight = part.weight.abs();
    if part.weight < 0.0 {
        return if part.points > part.weight {
            format!(" (takes {weight} from {family}, as far as there is)")
        } else {
            format!(" (takes {weight} from {family})")
        };
    }
    match position {
        0 => String::new(),
        1 => format!(" ({weight}, halved: also {family})"),
        2 => format!(" ({weight}, a quarter of it: also {family})"),
        _ => format!(" ({weight}, 1/{} of it: also {family})", 1_u64 << position.min(32)),
    }
}

/// A finding's title, and how often it is.
pub(super) fn title(finding: &Finding) -> String {
    let title = &finding.rule.title;
    if finding.count > 1 { format!("{title} ({} times)", finding.count) } else { title.clone() }
}

/// The words that a finding rests on, those first that say most to a reader: a quote before a `true` or the word of a list.
pub(super) fn quotes(finding: &Finding) -> Vec<&Evidence> {
    let mut quotes: Vec<_> = finding.evidence.iter().filter(|piece| !piece.quote.trim().is_empty()).collect();
    quotes.sort_by_key(|piece| {
        let field = piece.pointer.rsplit('/').next().unwrap_or_default();
        matches!(piece.quote.as_str(), "true" | "false") || OF_LISTS.contains(&field)
    });
    quotes
}

/// Fields of the record that hold a word of a list of ours, and nobody's words.
const OF_LISTS: [&str; 7] = ["role", "kind", "channel", "network", "currency", "purpose", "country"];

/// Where somebody stands, in words, for a table: not "nothing found" beside what was found.
pub(super) fn result(verdict: Verdict, score: f64) -> &'static str {
    if verdict == Verdict::Nothing && score > 0.0 { "Below review; this is not clearance" } else { verdict.words() }
}

/// That whoever approached may not be who the name says; `None` where nothing is to be verified.
pub(super) fn impersonated(assessment: &Assessment) -> Option<String> {
    let is_told = assessment.verdict >= Verdict::Review && assessment.screened.role.approaches();
    // An advert or a repository without a name is nobody.
    let name = assessment.screened.subject.name.as_deref().filter(|_| is_told)?;
    Some(format!("{name} may be a real person who is being impersonated."))
}

/// A finding that was set aside, by whom and why.
pub(super) fn suppressed(suppressed: &Suppressed) -> String {
    let Suppressed { finding, reason, author, expires } = suppressed;
    format!("{} ({}), by {author} through {expires}: {reason}", finding.rule.title, finding.rule.name)
}

/// What to type to see every condition and value of somebody.
pub(super) fn explain_command(assessment: &Assessment) -> String {
    let screened = &assessment.screened;
    let dossier = argument(&screened.dossier);
    // What rests on several records is seen by whoever reads them all.
    if screened.joined.is_empty() && assessment.clusters.is_empty() && assessment.earlier.is_empty() {
        format!("falseface explain {} --dossier {dossier}", argument(&screened.source.path))
    } else {
        format!("falseface explain INPUT… --dossier {dossier}, with the inputs and options of this scan")
    }
}

/// Who is gone since an earlier report, and where they stood.
pub(super) fn gone(dossier: &str, verdict: Verdict) -> String {
    format!("{dossier} (was: {})", verdict.words())
}

/// What is different since an earlier report, with the titles of the findings that are new.
pub(super) fn change(assessment: &Assessment) -> Option<String> {
    let change = assessment.change.as_ref()?;
    let Some(before) = change.before else { return Some("not in the earlier report".to_owned()) };
    let mut parts = Vec::new();
    if before != assessment.verdict {
        parts.push(format!("was: {}", before.words()));
    }
    let new = assessment.screened.findings.iter().filter(|finding| change.new.contains(&finding.fingerprint));
    let new: Vec<&str> = new.map(|finding| finding.rule.name.as_str()).collect();
    let gone: Vec<&str> = change.gone.iter().map(|finding| finding.rule.as_str()).collect();
    for (words, rules) in [("new: ", new), ("gone: ", gone)] {
        if !rules.is_empty() {
            parts.push(format!("{words}{}", rules.join(", ")));
        }
    }
    Some(parts.join("; "))
}

/// One source of a record that was joined, and what ties it to the others.
pub(super) fn joined(joined: &JoinedSource) -> String {
    let file = joined.source.as_deref().filter(|file| *file != joined.name);
    let file = file.map_or_else(String::new, |file| format!(" ({file})"));
    format!("{}{file} by {}", joined.name, joined.by.join(", "))
}

/// Sections whose absence kept rules of these detectors from being evaluated.
pub(super) fn not_visible(assessment: &Assessment, detectors: impl IntoIterator<Item = Detector>) -> Vec<String> {
    let missing: BTreeSet<_> =
        detectors.into_iter().flat_map(|detector| &assessment.screened.missing[detector]).copied().collect();
    missing.into_iter().map(|section| section.as_str().replace('_', " ")).collect()
}

/// Records of earlier batches, those under another name first.
pub(super) fn earlier(records: &[EarlierRecord]) -> Vec<String> {
    let mut records: Vec<&EarlierRecord> = records.iter().collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.under_other_name));
    let told = |record: &EarlierRecord| {
        let shares: Vec<String> = record.shares.iter().map(|kind| kind.replace('_', " ")).collect();
        let name = match record.under_other_name {
            Some(true) => "under another name",
            Some(false) => "under this name",
            None => "whose name cannot be compared",
        };
        let times = if record.times > 1 { format!(", seen {} times", record.times) } else { String::new() };
        let (shares, scanned) = (shares.join(", "), record.scanned);
        format!("{shares} in common with a record {name}, scanned {scanned}{times}.")
    };
    records.into_iter().map(told).collect()
}

/// The start of a digest, by which a reader knows it.
fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

/// What a run was made with, in lines; the first is the tool, the time and the rules.
pub(super) fn run(run: &Run) -> Vec<String> {
    let digest = short(&run.rules_digest);
    let mut line = format!("{} · {} · offline · rules {digest} ({})", run.tool, moment(run.now), run.rules_count);
    if run.weights != "built-in" {
        line.push_str(" · weights ");
        line.push_str(&run.weights);
    }
    if run.detectors.len() < Detector::ALL.len() {
        let asked: Vec<_> = run.detectors.iter().map(|detector| detector.words()).collect();
        line.push_str(" · asked only: ");
        line.push_str(&asked.join(", "));
    }
    let mut lines = vec![line];
    lines.extend(narrowed(run));
    lines.extend(run.watchlists.iter().map(watchlist));
    lines.extend(run.geoip.iter().map(|GeoDatabaseUsed { file, kind, built, digest }| {
        let digest = short(digest);
        format!("addresses: {kind} of {built} ({file}, {digest})")
    }));
    lines.extend(run.index.iter().map(|IndexUsed { key, batches, records }| {
        let (batches, records) =
            (plural(*batches, "earlier batch", "earlier batches"), plural(*records, "record", "records"));
        format!("index under the key {key}: {batches} with {records}")
    }));
    if let Some(joining) = &run.joining {
        let (records, people) =
            (plural(joining.records, "record", "records"), plural(joining.people, "person", "people"));
        lines.push(format!("joined: {records} of {people}"));
        let unheard = joining.unheard.iter();
        lines.extend(unheard.map(|unheard| format!("said to be somebody's, and in no record: {unheard}")));
    }
    lines
}

/// What made a run say less than it could, or say it otherwise, in lines.
pub(super) fn narrowed(run: &Run) -> Vec<String> {
    let mut lines = Vec::new();
    if run.is_redacted {
        lines.push(
            "redacted: names, contacts, words and files are tokens, the same for the same text under one key"
                .to_owned(),
        );
    }
    lines.extend(rules_off(&run.rules_off));
    if let Some(SuppressionsUsed { digest, used, expired }) = &run.suppressions {
        let digest = short(digest);
        let expired = if *expired > 0 { format!(", {expired} expired, which count again") } else { String::new() };
        lines.push(format!("suppressions {digest}: {} used{expired}", plural(*used, "entry", "entries")));
    }
    if let Some(BaselineUsed { digest, people }) = &run.baseline {
        let digest = short(digest);
        let people = plural(*people, "person", "people");
        lines.push(format!("only what is new, changed or gone since the report {digest} of {people}"));
    }
    lines.extend(run.configured.as_ref().map(configured));
    lines
}

/// What a configuration had to say: its file, the profile, and the options that it set.
fn configured(Configured { file, profile, set }: &Configured) -> String {
    let file = file.as_deref().map(|file| format!(" by {file}"));
    let profile = profile.as_deref().map(|profile| format!(" as {profile}"));
    let set = set.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let set = if set.is_empty() { set } else { format!(": {set}") };
    format!("configured{}{}{set}", file.unwrap_or_default(), profile.unwrap_or_default())
}

/// What a run counted, as the last lines of a report on the terminal.
pub(super) fn counts(page: &mut Page, summary: &Summary) {
    let of = |verdict: Verdict| summary.by_verdict.get(&verdict).copied().unwrap_or(0);
    let mut counts = vec![
        format!("{} escalate", of(Verdict::Escalate)),
        format!("{} review", of(Verdict::Review)),
        format!("{} nothing found", of(Verdict::Nothing)),
        format!("{} not enough information", of(Verdict::Insufficient)),
    ];
    for (count, one, many) in [
        (summary.rejected, "record rejected", "records rejected"),
        (summary.skipped, "file skipped", "files skipped"),
        (summary.hidden, "not shown", "not shown"),
        (summary.unchanged, "as in the earlier report", "as in the earlier report"),
        (summary.gone, "gone", "gone"),
    ] {
        if count > 0 {
            counts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    page.paragraph("", &counts.join(" · "));
    if of(Verdict::Nothing) > 0 {
        page.line("Nothing found is not clearance.");
    }
    if summary.partial {
        let words = page.ink(Ink::Notice, "Interrupted: what was not read by then is missing.");
        page.line(&words);
    }
}

/// The rules that a run leaves out, and for which detectors if not for all; `None` where it leaves out none.
pub fn rules_off(off: &[RuleOff]) -> Option<String> {
    let named = off.iter().map(|RuleOff { rule, detectors }| {
        let detectors: Vec<_> = detectors.iter().map(|detector| detector.words()).collect();
        let only = if detectors.is_empty() { String::new() } else { format!(" (for {})", detectors.join(", ")) };
        format!("{rule}{only}")
    });
    let named = named.collect::<Vec<_>>().join(", ");
    (!off.is_empty()).then(|| format!("{} left out: {named}", plural(off.len(), "rule", "rules")))
}

/// A watchlist of the run: its name and digest, and how much of it was compared.
fn watchlist(list: &ListUsed) -> String {
    let digest = short(&list.digest);
    let entries = plural(list.used, "entry", "entries");
    let counts = [(list.expired, "expired"), (list.left_out, "not compared")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
    let counts = counts.collect::<Vec<_>>().concat();
    format!("watchlist {} {digest}: {entries} used{counts}", list.name)
}
