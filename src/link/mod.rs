//! Linking: who is tied to whom, by what, and how strongly. Records are visited twice: first for hashes of what each has,
//! then only those who may share something, for proof.

mod canonical;
mod collector;
mod common;
mod compared;
mod earlier;
mod elements;
mod graph;
mod index;
mod key;
mod keyed;
mod keys;
mod knowledge;
pub mod ledger;
mod mailbox;
mod meetings;
mod membership;
mod near_photo;
mod near_text;
mod ordinary;
mod page;
mod pairing;
mod persona;
mod proof;
pub mod same;
mod seen;
mod setup;
mod similarity;
mod sketch;
mod stints;
mod traces;
mod watchlist;
mod ways;

#[cfg(test)]
mod tests;

pub use earlier::{Earlier, Past, noted, with_earlier};
pub use elements::with_cluster;
pub use index::{Groups, HUB, Index, Noted};
pub use key::{Key, KeyKind};
pub use keyed::{HashKey, NotAKey};
pub use keys::keys;
pub use knowledge::LinkKnowledge;
pub use membership::Membership;
pub use proof::{DEFAULT_THRESHOLD, Linked, Part, Proof};
pub use seen::Seen;
pub use setup::Setup;
pub use sketch::Sketch;
pub use watchlist::{Entry, EntryKind, LeftOut, Listed, Mistake, Watchlist, Watchlists, WrongKey, hashed};
