//! Nothing but tests: see `tests/differential.rs`.
