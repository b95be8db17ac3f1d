//! Reports: one file for each output format, each a view of the same screening.
//!
//! A report knows the outcome and nothing else. It gets borrowed values in the order of the run and writes to
//! whatever it was given; files and standard output are the command line's business.

mod aside;
mod by_urgency;
mod cell;
mod checklist;
mod clock;
mod clusters;
mod contract;
mod csv;
mod digest;
mod escape;
mod evaluation;
mod explain;
mod framed;
mod html;
mod json_lines;
mod layout;
mod moves;
mod ocsf;
mod order;
mod people;
mod person;
mod recorded;
mod redact_run;
mod redacted;
mod redactor;
mod sarif;
mod stix;
mod summary_table;
mod terminal;
mod tlp;
mod told;
mod urgency;
mod weighed;
mod wire;
mod words;
#[cfg(feature = "spreadsheets")]
mod workbook;

pub use clusters::{ClusterFormat, clusters};
pub use contract::{Renderer, Report, Style};
pub use escape::readable;
pub use evaluation::{html as evaluation_html, json as evaluation_json, terminal as evaluation_terminal};
pub use explain::{difference, explain};
pub use json_lines::json_line;
pub use moves::{moves, moves_json};
pub use order::Order;
pub use recorded::Recorded;
pub use redacted::Redacted;
pub use redactor::Redactor;
pub use tlp::Tlp;
pub use told::rules_off;
pub use wire::output_schema;

use crate::dossier::Date;
use crate::screening::{Thresholds, Verdict};
use std::io::Write;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    Terminal,
    /// For machines: the contract `falseface.output/1`.
    JsonLines,
    /// For reviewers: a page in one file.
    Html,
    /// For a spreadsheet: one row a person.
    Csv,
    /// For a spreadsheet: a workbook with people, findings and what the run was.
    #[cfg(feature = "spreadsheets")]
    Xlsx,
    /// For viewers of code scanning: SARIF 2.1.0.
    Sarif,
    /// For sharing what others may search for: STIX 2.1, marked by `Style::tlp`.
    Stix,
    /// For security information systems: OCSF Detection Findings.
    Ocsf,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::Terminal,
        Self::JsonLines,
        Self::Html,
        Self::Csv,
        #[cfg(feature = "spreadsheets")]
        Self::Xlsx,
        Self::Sarif,
        Self::Stix,
        Self::Ocsf,
    ];

    /// The name in arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::JsonLines => "jsonl",
            Self::Html => "html",
            Self::Csv => "csv",
            #[cfg(feature = "spreadsheets")]
            Self::Xlsx => "xlsx",
            Self::Sarif => "sarif",
            Self::Stix => "stix",
            Self::Ocsf => "ocsf",
        }
    }

    /// Whether it is no text, so that it has no business on a terminal.
    pub fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "spreadsheets")]
            Self::Xlsx => true,
            _ => false,
        }
    }

    /// The verdict from which people are shown where nobody says: the terminal and lists of alerts count the others, what is
    /// shared with others tells nothing of them, all else gets everybody.
    pub fn shown_from(self) -> Verdict {
        match self {
            Self::Terminal | Self::Sarif | Self::Ocsf => Verdict::Review,
            Self::Stix => Verdict::Escalate,
            _ => Verdict::Insufficient,
        }
    }

    /// Whether it says how a run went: what could not be read, and whether it was interrupted.
    pub fn tells_of_the_run(self) -> bool {
        !matches!(self, Self::Stix | Self::Ocsf)
    }

    /// What makes the bytes of one assessment in any thread, in a run at a time.
    pub fn renderer(self, style: Style, thresholds: Thresholds, now: Date) -> Renderer {
        let renderer: Renderer = match self {
            Self::Terminal if style.summary => return Box::new(summary_table::block),
            Self::Terminal => {
                Box::new(move |assessment, bytes| terminal::block(assessment, &style, &thresholds, bytes))
            }
            Self::JsonLines => Box::new(json_line),
            Self::Html => Box::new(move |assessment, bytes| html::block(assessment, &style, &thresholds, now, bytes)),
            Self::Csv => Box::new(move |assessment, bytes| csv::line(assessment, &thresholds, bytes)),
            #[cfg(feature = "spreadsheets")]
            Self::Xlsx => Box::new(move |assessment, bytes| workbook::pieces(assessment, &thresholds, bytes)),
            Self::Sarif => Box::new(sarif::pieces),
            Self::Stix => Box::new(stix::pieces),
            Self::Ocsf => Box::new(ocsf::pieces),
        };
        match style.order {
            Order::Input => renderer,
            Order::Urgency => by_urgency::with_urgency(renderer),
        }
    }
}

/// A report in a format, to a writer that should be buffered.
pub fn open<'w>(format: Format, to: impl Write + Send + 'w, style: Style) -> Box<dyn Report + 'w> {
    let report: Box<dyn Report + 'w> = match format {
        Format::Terminal if style.summary => return Box::new(summary_table::SummaryTable::new(to, style)),
        Format::Terminal => Box::new(terminal::Terminal::new(to, style)),
        Format::JsonLines => Box::new(json_lines::JsonLines::new(to)),
        Format::Html => Box::new(html::Html::new(to, style)),
        Format::Csv => Box::new(csv::Csv::new(to)),
        #[cfg(feature = "spreadsheets")]
        Format::Xlsx => Box::new(workbook::Workbook::new(to)),
        Format::Sarif => Box::new(sarif::Sarif::new(to)),
        Format::Stix => Box::new(stix::Bundle::new(to, style.tlp)),
        Format::Ocsf => Box::new(ocsf::Lines::new(to)),
    };
    match style.order {
        Order::Input => report,
        Order::Urgency => by_urgency::by_urgency(report),
    }
}
