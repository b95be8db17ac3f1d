//! One person in several records: by identifiers that are exactly the same, or because somebody said so.
//!
//! Nobody is one person by likeness, by a name, or by what several people may have in common. An identifier that
//! records of different names hold says nothing of who they are: it is reported, and joins none of them. Which records are
//! held against each other, and reading them, is left to the floor above.

mod claims;
mod identifier;
mod said;
mod verdict;

pub use claims::Claims;
pub use identifier::{Identifier, hashes};
pub use said::{NotSaid, SamePerson};
pub use verdict::{Joined, Same};

#[cfg(test)]
mod tests;
