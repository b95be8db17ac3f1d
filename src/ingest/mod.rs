//! Reading: from exports to dossiers. An adapter reads one export format; what it cannot read it rejects by name.
//!
//! The only reader of files. Judging is left to the floors above.

mod adapter;
mod dates;
mod delimited;
mod detect;
mod error;
mod html;
mod id;
mod inputs;
mod item;
mod linkedin_archive;
mod narrow;
mod native;
mod options;
mod reader;
mod roster;
mod tap;
mod tree;
mod unpack;

pub use adapter::Adapter;
pub use error::{IngestError, Names};
pub use inputs::Input;
pub use item::{Item, Read, Record};
pub use narrow::Narrow;
pub use options::{Limits, ReadOptions};
pub use reader::{Reader, open};
pub use roster::{RosterLine, roster};

/// Every format that is read: one row each.
pub const ADAPTERS: &[Adapter] = &[
    Adapter {
        name: "native",
        description: "falseface dossiers: JSON Lines, one JSON object, or an array (.gz and .zst too)",
        detect: native::detect,
        open: native::open,
    },
    Adapter {
        name: "linkedin-archive",
        description: "LinkedIn's \"Get a copy of your data\": the .zip, its folder, or messages.csv, Invitations.csv or Connections.csv",
        detect: linkedin_archive::detect,
        open: linkedin_archive::open,
    },
];
