//! Arguments about watchlists, as typed.

use crate::dossier::Date;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum WatchlistCommand {
    /// Check a list and count its entries.
    Check(WatchlistCheckArgs),
    /// Write a list that holds hashes under a key instead of values, for giving away.
    Hash(WatchlistHashArgs),
}

/// Which watchlists to hold dossiers against.
#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    /// Hold everybody against this list of published handles, mails, domains, wallets and the like (repeatable).
    #[arg(long, value_name = "FILE", help_heading = "Watchlists")]
    pub(super) watchlist: Vec<PathBuf>,
    /// The key under which lists are hashed.
    #[arg(long, value_name = "KEYFILE", requires = "watchlist", help_heading = "Watchlists")]
    pub(super) watchlist_key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct WatchlistCheckArgs {
    /// The list.
    #[arg(value_name = "FILE")]
    pub(super) list: PathBuf,
    /// The key under which it is hashed; without it only the shape of hashes is checked.
    #[arg(long, value_name = "KEYFILE")]
    pub(super) watchlist_key: Option<PathBuf>,
    /// The time to which entries must hold [default: the clock]
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<Date>,
    /// Read lists with the lists and tables of this folder added or replaced, as a scan with it will (repeatable).
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct WatchlistHashArgs {
    /// The list.
    #[arg(value_name = "FILE")]
    pub(super) list: PathBuf,
    /// The key to hash under, a file of 32 to 4096 random bytes.
    #[arg(long, value_name = "KEYFILE")]
    pub(super) watchlist_key: PathBuf,
    /// The time to which entries must hold; those that have expired are left out [default: the clock]
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<Date>,
    /// Write to this file instead of standard output; it appears when it is complete.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Read lists with the lists and tables of this folder added or replaced, as a scan with it will (repeatable).
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}
