//! STIX 2.1 (OASIS), for sharing: the domains that somebody at `escalate` made to be taken for another's, and nothing of
//! anybody who may be a victim. `docs/reports.md` says why so little.

mod actors;
mod bundle;
mod objects;

pub(super) use bundle::{Bundle, pieces};
