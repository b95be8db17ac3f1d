//! Watchlists: what others published of handles, mails, domains, wallets and the like, held against dossiers.
//!
//! A list is configuration: whatever is wrong with it is told at once, before anything is screened. Its values and
//! those of dossiers are made comparable by the functions that keys are made with, so that both meet however they are
//! written. A list may hold hashes under a key instead of values. What a hit is worth is for rules to say.

mod entry;
mod json;
mod looking;
mod pattern;
mod read;
mod row;
mod seen;
mod share;
mod stix;
mod table;
#[cfg(test)]
mod tests;
mod value;

pub use entry::{Entry, EntryKind, Listed};
pub use looking::Watchlists;
pub use read::{Watchlist, WrongKey};
pub use row::{LeftOut, Mistake};
pub use share::hashed;
