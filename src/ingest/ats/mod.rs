//! What applicant-tracking systems know of a candidate, as their interfaces hand it out: one file here for each system.
//!
//! What candidates of all of them have is in [`candidate`]; what a form asked, and fields that a customer made up, in [`forms`];
//! which records are of one person, in [`people`].

pub(super) mod ashby;
mod candidate;
mod forms;
pub(super) mod greenhouse;
pub(super) mod lever;
pub(super) mod linkedin_rsc;
mod merge;
mod people;
pub(super) mod smartrecruiters;
#[cfg(test)]
mod tests;
pub(super) mod workable;
