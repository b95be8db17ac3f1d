//! Rules: read, compiled, evaluated, traced.
//!
//! A rule is data: what is seen, why it matters, what else it could be, and its own proof.
