//! SARIF 2.1.0 (OASIS), for viewers of code scanning: one result a finding, with its rule and where it stands.
//!
//! Results are written as they come; rules are known only through findings, and stand behind them.

mod level;
mod location;
mod log;
mod result;
mod rule;
mod text;

pub(super) use log::{Sarif, pieces};
