//! A workbook (.xlsx): people, findings, what records share, notes, and what the run was, each on a sheet of its own.

mod about;
mod book;
mod findings;
mod shared;
mod sheet;

pub(super) use book::{Workbook, pieces};
