//! Reading: from exports to dossiers. An adapter reads one export format; what it cannot read it rejects by name.
//!
//! The only reader of files. Judging is left to the floors above.

mod adapter;
mod adapters;
mod apify_harvestapi;
mod candidate_table;
mod check;
mod column_map;
mod dates;
pub(crate) mod delimited;
mod detect;
mod error;
mod fields;
mod foreign;
mod geoip;
mod html;
mod id;
mod ids;
mod inputs;
mod item;
mod job_adverts;
mod joins;
mod json;
mod json_resume;
mod linkedin_archive;
mod mail;
mod merged;
mod narrow;
mod native;
mod options;
mod parse;
mod photos;
#[cfg(feature = "images")]
mod picture;
mod profiles;
mod protected;
mod proxycurl;
mod reader;
mod roster;
mod sign_ins;
mod suggestion;
mod tap;
mod tree;
mod unpack;

pub use adapter::Adapter;
pub use adapters::ADAPTERS;
pub use candidate_table::NAME as CANDIDATE_TABLE;
pub use column_map::ColumnMap;
pub use error::{IngestError, Names};
pub use geoip::{GeoDatabase, GeoDatabases};
pub use ids::Ids;
pub use inputs::Input;
pub use item::{Item, Read, Record};
pub use joins::Joins;
pub use narrow::Narrow;
pub use options::{Limits, ReadOptions};
pub use reader::{Reader, open};
pub use roster::{RosterLine, roster};
pub use suggestion::suggest_map;
