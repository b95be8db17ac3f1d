//! The stages in order: dossiers are read, derived, evaluated, weighed and handed to a report.
//!
//! The stages themselves live below; here is only their order, and the only use of several threads.

mod conclude;
mod detection;
mod memory;
mod options;
mod pipeline;
mod prove;
mod stages;

pub use conclude::conclude;
pub use detection::Detection;
pub use memory::screen;
pub use options::Options;
pub use pipeline::{Halt, run};
pub use prove::{Proof, ProofState, prove};
pub use stages::{Stages, explain};
