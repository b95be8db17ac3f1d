//! The stages in order: dossiers are read, derived, evaluated, linked, weighed and handed to a report.
//!
//! The stages themselves live below; here is only their order, and the only use of several threads.

mod baseline;
mod conclude;
mod crew;
mod detection;
mod halt;
mod history;
mod joining;
mod kept;
mod memory;
mod met;
mod options;
mod pipeline;
mod prove;
mod stages;
mod suppressions;
mod visits;

pub use baseline::{Baseline, NoBaseline};
pub use conclude::conclude;
pub use detection::Detection;
pub use halt::Halt;
pub use joining::{Join, join};
pub use kept::Spool;
pub use memory::screen;
pub use options::Options;
pub use pipeline::{Outlet, run};
pub use prove::{Proof, ProofState, prove};
pub use stages::{Stages, explain};
pub use suppressions::{Suppression, Suppressions};
pub use visits::link;
