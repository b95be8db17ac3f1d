//! Reads exported job-network profiles and messages and says, for each person, which documented signs of a
//! fake recruiter, a concealed-identity freelancer or a job scam the export shows, with the words that show it.
//!
//! Every finding is proved by pointer, span and quote; what is missing is unknown, never guilt; and rules judge
//! conduct and contradictions, never origin.

pub mod content;
pub mod dossier;
pub mod facts;
pub mod ingest;
pub mod report;
pub mod rules;
pub mod score;
pub mod screening;
