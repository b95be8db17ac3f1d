//! Linking: who is tied to whom.

mod canonical;
mod collector;
mod key;
mod keys;
mod knowledge;
mod mailbox;
mod page;
mod traces;
mod ways;

#[cfg(test)]
mod tests;

pub use key::{Key, KeyKind};
pub use keys::keys;
pub use knowledge::LinkKnowledge;
