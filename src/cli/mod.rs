//! The command line: arguments, commands, exit statuses. The only user of standard output, standard error and
//! arguments, and the only writer of files.

mod arg_groups;
mod args;
mod baseline;
mod changes;
mod check;
mod choice;
mod clusters;
mod command;
mod completions;
mod config;
mod config_args;
mod config_show;
mod convert;
mod doctor;
mod evaluate;
mod examples;
mod exit;
mod explain;
mod facts;
mod index;
mod index_args;
mod index_file;
mod input;
mod interrupt;
mod joining;
mod key_file;
mod list;
mod load;
mod man;
mod map;
mod new_rule;
mod observer;
mod output;
mod past;
mod progress;
mod report_args;
mod rules;
mod rules_args;
mod rules_diff;
mod scan;
mod scan_options;
mod schema;
mod stats;
mod suppress;
mod table;
mod watchlist;
mod watchlist_args;

pub use exit::Exit;

use args::{Command, MapCommand};
use config_args::ConfigCommand;
use index_args::IndexCommand;
use rules_args::RulesCommand;
use std::ffi::OsString;
use watchlist_args::WatchlistCommand;

/// Runs a command line, program name first, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let (args, used) = match config::arguments(arguments) {
        Ok(understood) => understood,
        Err(exit) => return exit,
    };
    let ended = match args.command {
        Command::Scan(args) => scan::scan(&args, &used),
        Command::List(args) => list::list(&args),
        Command::Clusters(args) => clusters::clusters(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Rules(RulesCommand::List(args)) => rules::list(&args),
        Command::Rules(RulesCommand::Show(args)) => rules::show(&args),
        Command::Rules(RulesCommand::Check(args)) => check::check(&args),
        Command::Rules(RulesCommand::Diff(args)) => rules_diff::diff(&args),
        Command::Rules(RulesCommand::New(args)) => new_rule::new(&args),
        Command::Index(IndexCommand::Show(args)) => index::show(&args),
        Command::Index(IndexCommand::Forget(args)) => index::forget(&args),
        Command::Suppress(args) => suppress::suppress(&args),
        Command::Evaluate(args) => evaluate::evaluate(&args, &used),
        Command::Facts(args) => facts::facts(&args),
        Command::Convert(args) => convert::convert(&args),
        Command::Map(MapCommand::Suggest(args)) => map::suggest(&args),
        Command::Schema(args) => schema::schema(&args),
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => man::man(&args),
        Command::Doctor(args) => doctor::doctor(&args, &used),
        Command::Config(ConfigCommand::Show(args)) => config_show::show(&args, &used),
        Command::Watchlist(WatchlistCommand::Check(args)) => watchlist::check(&args),
        Command::Watchlist(WatchlistCommand::Hash(args)) => watchlist::hash(&args),
    };
    exit::of(ended)
}
