//! How loud a result is: never louder than its person's verdict, so that one strong sign alone raises no alarm.

use crate::report::weighed::Weighed;
use crate::screening::{Level, Verdict};

/// SARIF's level that a rule has by itself.
pub(super) fn of_rule(level: Level) -> &'static str {
    match level {
        Level::Critical | Level::High => "error",
        Level::Medium => "warning",
        Level::Low | Level::Informational => "note",
    }
}

/// SARIF's kind and level of a finding. What gives no points is information, and has no level.
pub(super) fn of_finding(weighed: &Weighed<'_>, verdict: Verdict) -> (&'static str, &'static str) {
    if weighed.most() <= 0.0 {
        return ("informational", "none");
    }
    let level = match (of_rule(weighed.finding.rule.level), verdict) {
        (_, Verdict::Nothing | Verdict::Insufficient) => "note",
        ("error", Verdict::Review) => "warning",
        (level, _) => level,
    };
    ("fail", level)
}
