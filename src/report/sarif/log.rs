//! The log: its beginning, results as they come, and at the end what the run was.
//!
//! A thread makes pieces of a person, one line a finding: the rule's name, the rule, the result, each JSON, tabs
//! between them. JSON has neither tabs nor line feeds of its own.

use super::location::{ArtifactLocation, Place};
use super::result::FindingResult;
use super::rule::Rule;
use super::text::Message;
use crate::dossier::{InputDigest, Rejected, Role, Skipped};
use crate::report::aside::{Note, Notes};
use crate::report::clock::rfc3339;
use crate::report::contract::Report;
use crate::report::framed::as_made;
use crate::report::told;
use crate::report::weighed::weighed;
use crate::report::wire::line::Line;
use crate::report::wire::parts::{Each, append};
use crate::report::wire::run::RunLine;
use crate::report::wire::summary::SummaryLine;
use crate::screening::{Assessment, RuleInfo, Run, Summary, Verdict};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The schema that a log says it follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a run says of itself.
const NOTICE: &str = "A finding is a reason to verify; a person must decide. Nothing found is not clearance.";

/// Writes one log with one run.
pub(crate) struct Sarif<W> {
    to: W,
    run: Option<Run>,
    /// Rules that had a finding, as JSON by the JSON of their names.
    rules: BTreeMap<String, Box<RawValue>>,
    rejected: Notes,
    skipped: Notes,
    /// People of an earlier report.
    gone: Notes,
    has_results: bool,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    rules: Vec<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time_utc: Option<String>,
    tool_execution_notifications: Vec<Notification<'a>>,
    properties: InvocationProperties<'a>,
}

#[derive(Serialize)]
struct InvocationProperties<'a> {
    summary: Line<'a>,
}

#[derive(Serialize)]
struct Notification<'a> {
    descriptor: Descriptor,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    locations: Option<[Place<'a>; 1]>,
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
}

#[derive(Serialize)]
struct Artifact<'a> {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    hashes: Hashes<'a>,
}

#[derive(Serialize)]
struct Hashes<'a> {
    #[serde(rename = "sha-256")]
    sha256: &'a str,
}

#[derive(Serialize)]
struct RunProperties<'a> {
    notice: &'static str,
    run: Line<'a>,
}

impl<W: Write> Sarif<W> {
    pub(crate) fn new(to: W) -> Self {
        Self {
            to,
            run: None,
            rules: BTreeMap::new(),
            rejected: Notes::default(),
            skipped: Notes::default(),
            gone: Notes::default(),
            has_results: false,
        }
    }

    /// A member of the run, behind the results.
    fn member(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        write!(self.to, ",\n\"{name}\":")?;
        serde_json::to_writer(&mut self.to, value)?;
        Ok(())
    }

    fn result(&mut self, piece: &str) -> io::Result<()> {
        let mut parts = piece.splitn(3, '\t');
        let mut part = || as_made(parts.next());
        let (name, rule, result) = (part()?, part()?, part()?);
        if !self.rules.contains_key(name) {
            self.rules.insert(name.to_owned(), RawValue::from_string(rule.to_owned())?);
        }
        self.to.write_all(if self.has_results { b",\n" } else { b"\n" })?;
        self.has_results = true;
        self.to.write_all(result.as_bytes())
    }
}

// What members of a cluster share is a finding of each of them.
impl<W: Write + Send> Report for Sarif<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.run = Some(run.clone());
        write!(self.to, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"results\":[")
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let mut bytes = Vec::new();
        pieces(assessment, &mut bytes);
        self.rendered(assessment.screened.role, &bytes)
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        let pieces = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        pieces.lines().try_for_each(|piece| self.result(piece))
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.rejected.add(&rejected.source, &rejected.reason);
        Ok(())
    }

    fn gone(&mut self, dossier: &str, verdict: Verdict) -> io::Result<()> {
        self.gone.add(None, &format!("in the earlier report, and not here: {}", told::gone(dossier, verdict)));
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> io::Result<()> {
        self.skipped.add(&skipped.source, &skipped.reason);
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.to.write_all(b"]")?;
        let (run, rules) = (self.run.take(), std::mem::take(&mut self.rules));
        let tool = run.as_ref().map_or("falseface", |run| &run.tool);
        let (name, version) = tool.split_once(' ').map_or((tool, None), |(name, version)| (name, Some(version)));
        let rules = rules.values().map(|rule| &**rule).collect();
        self.member("tool", &Tool { driver: Driver { name, version, rules } })?;
        let [rejected, skipped, gone] = [&mut self.rejected, &mut self.skipped, &mut self.gone].map(std::mem::take);
        let invocation = Invocation {
            execution_successful: !summary.partial,
            end_time_utc: run.as_ref().map(|run| rfc3339(run.now)),
            tool_execution_notifications: notifications(&rejected, &skipped, &gone, summary.partial),
            properties: InvocationProperties { summary: Line::Summary(SummaryLine::new(summary)) },
        };
        self.member("invocations", &[invocation])?;
        self.member("artifacts", &Each(&summary.inputs, Artifact::new))?;
        if let Some(run) = &run {
            self.member("properties", &RunProperties { notice: NOTICE, run: Line::Run(RunLine::new(run)) })?;
        }
        self.to.write_all(b"}]}\n")?;
        self.to.flush()
    }
}

/// Appends what threads make of a person.
pub(crate) fn pieces(assessment: &Assessment, bytes: &mut Vec<u8>) {
    for one in weighed(assessment) {
        piece(&one.finding.rule, &FindingResult::new(assessment, &one), bytes);
    }
    for one in &assessment.screened.suppressed {
        piece(&one.finding.rule, &FindingResult::suppressed(assessment, one), bytes);
    }
}

fn piece(rule: &RuleInfo, result: &FindingResult<'_>, bytes: &mut Vec<u8>) {
    append(&rule.name, bytes);
    bytes.push(b'\t');
    append(&Rule::new(rule), bytes);
    bytes.push(b'\t');
    append(result, bytes);
    bytes.push(b'\n');
}

/// What could not be read, what was passed over, and whether the run was interrupted.
fn notifications<'n>(rejected: &'n Notes, skipped: &'n Notes, gone: &'n Notes, partial: bool) -> Vec<Notification<'n>> {
    let mut all = Vec::new();
    for (id, level, notes) in [("rejected", "warning", rejected), ("skipped", "note", skipped), ("gone", "note", gone)]
    {
        let place = |note: &'n Note| note.source.as_ref().map(|source| [Place::of(source)]);
        all.extend(notes.kept().iter().map(|note| Notification::new(id, level, &note.reason, place(note))));
        all.extend(notes.further().map(|further| Notification::new(id, level, &further, None)));
    }
    if partial {
        let words = "Interrupted: what was not read by then is missing.";
        all.push(Notification::new("interrupted", "error", words, None));
    }
    all
}

impl<'n> Notification<'n> {
    fn new(id: &'static str, level: &'static str, words: &str, locations: Option<[Place<'n>; 1]>) -> Self {
        Self { descriptor: Descriptor { id }, level, message: Message::of(words), locations }
    }
}

impl<'a> Artifact<'a> {
    fn new(input: &'a InputDigest) -> Self {
        let location = ArtifactLocation::of(&input.source);
        Self { location, roles: ["analysisTarget"], hashes: Hashes { sha256: &input.sha256 } }
    }
}
