//! Linking: who is tied to whom, by what, and how strongly. Records are visited twice: first for hashes of what each has,
//! then only those who may share something, for proof.

mod canonical;
mod collector;
mod graph;
mod index;
mod key;
mod keyed;
mod keys;
mod knowledge;
mod mailbox;
mod near_text;
mod page;
mod proof;
mod similarity;
mod traces;
mod watchlist;
mod ways;

#[cfg(test)]
mod tests;

pub use index::{Groups, HUB, Index};
pub use key::{Key, KeyKind};
pub use keyed::{HashKey, NotAKey};
pub use keys::keys;
pub use knowledge::LinkKnowledge;
pub use proof::{DEFAULT_THRESHOLD, Linked, Proof, noted};
pub use watchlist::{Entry, EntryKind, LeftOut, Listed, Mistake, Watchlist, Watchlists, WrongKey, hashed};
