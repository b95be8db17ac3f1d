//! OCSF, for security information systems: one Detection Finding (class 2004) a line, for each finding of people at
//! `review` or above. Written for version 1.5.0 of the schema.

mod event;
mod lines;

pub(super) use lines::{Lines, pieces};
