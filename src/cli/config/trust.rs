//! What a configuration may not set that nobody named: it may have come with what is to be looked at.
//!
//! Whatever else such a file sets, reports say so. What they cannot show in time (a file that is written, a key that is
//! used, a limit that no longer holds) it may not set at all.

use super::options::{Kind, Known};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Options that have a command write files.
const WRITES: &[&str] = &["output", "record", "index", "suppressions"];
/// Options that start another program.
const STARTS: &[&str] = &["open"];
/// How options end that name secrets.
const SECRET: &str = "-key";
/// The heading of the options that protect from what is read.
const LIMITS: &str = "Limits";
/// Arguments that name what is read.
const READ: &[&str] = &["inputs", "code", "on"];

/// Why a file that was found may not set an option; `None` if it may.
pub(super) fn refusal(known: &Known) -> Option<&'static str> {
    let key = known.key.as_str();
    if WRITES.contains(&key) {
        Some("it has a file written")
    } else if STARTS.contains(&key) {
        Some("it has another program started")
    } else if known.kind == Kind::Path && key.ends_with(SECRET) {
        Some("it names a secret")
    } else if known.heading.as_deref() == Some(LIMITS) {
        Some("limits protect from what is read")
    } else {
        None
    }
}

/// The folder, among those that are to be read, that holds a configuration which was found: whoever made what is in the
/// folder may have made that too.
pub(super) fn read_with(file: &Path, matches: &ArgMatches) -> Option<PathBuf> {
    let file = file.canonicalize().ok()?;
    let named = READ.iter().filter_map(|id| matches.try_get_many::<PathBuf>(id).ok()?).flatten();
    named
        .filter(|path| path.is_dir())
        .find(|path| path.canonicalize().is_ok_and(|folder| file.starts_with(folder)))
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::{STARTS, WRITES, refusal};
    use crate::cli::command::command;
    use crate::cli::config::options::{Kind, Options};

    /// Options with a path that only reads, and no secret.
    const READS: &[&str] = &["code", "map", "geoip", "rules", "watchlist", "baseline"];

    #[test]
    fn of_every_option_that_names_a_path_it_was_decided_whether_a_found_file_may_set_it() {
        let options = Options::of(&command());
        let paths = options.all().iter().filter(|known| known.kind == Kind::Path);
        for known in paths {
            let is_read = READS.contains(&known.key.as_str());
            assert!(
                is_read != refusal(known).is_some(),
                "decide in trust.rs what a found file may do with `{}`",
                known.key
            );
        }
        for key in ["index-key", "watchlist-key"] {
            assert!(options.by_key(key).is_some_and(|known| refusal(known) == Some("it names a secret")));
        }
        for key in WRITES.iter().chain(STARTS).chain(READS) {
            assert!(options.by_key(key).is_some(), "there is an option `{key}`");
        }
        let limits = options.all().iter().filter(|known| known.key.starts_with("max-"));
        assert!(limits.clone().count() > 5 && limits.into_iter().all(|known| refusal(known).is_some()));
    }
}
