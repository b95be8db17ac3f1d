//! Arguments about the configuration and what it rests on, as typed.

use super::scan_options::ScanOptions;
use clap::Subcommand;
use std::path::PathBuf;

/// Which configuration, for every command.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    /// Take options from this file instead of the `falseface.toml` of this folder or one above.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    pub(super) config: Option<PathBuf>,
    /// Look for no `falseface.toml`.
    #[arg(long, global = true, help_heading = "Configuration")]
    pub(super) no_config: bool,
    /// Take the options of this profile too: security, hr, or one of the configuration.
    #[arg(id = "profile", long = "as", global = true, value_name = "NAME", help_heading = "Configuration")]
    pub(super) profile: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Show every option of `scan` with its value and where that is from.
    Show(ConfigShowArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ConfigShowArgs {
    #[command(flatten)]
    pub(super) options: ScanOptions,
    /// Print one JSON object, for machines: `falseface.config/1`.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    pub(super) options: ScanOptions,
}
