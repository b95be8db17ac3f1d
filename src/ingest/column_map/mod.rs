//! What the columns of a table of people are: the headers that are known, the fields that they fill, and a user's map of both.
//!
//! Reading a table by it is left to the adapter.

mod date_order;
mod field;
mod headers;
mod map;

pub(crate) use date_order::DateOrder;
pub(crate) use field::{Field, Plain};
pub(crate) use headers::{Judged, is_header, judge, known, nearest, tells_apart};
pub use map::ColumnMap;
pub(crate) use map::role_of;
