//! Reads exported job-network profiles and messages and says, for each person, which documented signs of a
//! fake recruiter, a concealed-identity freelancer or a job scam the export shows, with the words that show it.
//!
//! Every finding is proved by pointer, span and quote; what is missing is unknown, never guilt; and rules judge
//! conduct and contradictions, never origin.
//!
//! [`screen()`] is the short way in, for dossiers in memory; [`screen::run`] streams whole exports to a report.

pub mod cli;
pub mod content;
pub mod dossier;
pub mod evaluation;
pub mod facts;
pub mod ingest;
pub mod link;
pub mod report;
pub mod rules;
pub mod score;
pub mod screen;
pub mod screening;

pub use content::Content;
pub use dossier::Dossier;
pub use screen::{Detection, Options, screen};
pub use screening::{Screening, Verdict};
