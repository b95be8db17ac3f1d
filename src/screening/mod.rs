//! The outcome of a run: all that a report may know.
//!
//! Values only. Rules make findings, `score` weighs them, the pipeline collects them.

mod assessment;
mod change;
mod cluster;
mod detector;
mod explanation;
mod finding;
mod joining;
mod run;
mod verdict;

pub use assessment::{
    Assessment, Dated, DatedKind, DetectorResult, Judged, RulePoints, Screened, SubjectLine, Term, TimelineEntry,
};
pub use change::{BaselineUsed, Change, FindingRef, Suppressed, SuppressionsUsed};
pub use cluster::{Cluster, Differences, EarlierRecord, Hub, Tie};
pub use detector::{Detector, PerDetector};
pub use explanation::{Explanation, Leaf, LeafState, Trace, TraceNode};
pub use finding::{Derived, Evidence, Finding, Level, Observable, RuleInfo};
pub use joining::{Contested, JoinedSource, Joining};
pub use run::{Configured, GeoDatabaseUsed, IndexUsed, ListUsed, RuleOff, Run, Screening, Summary, Thresholds};
pub use verdict::Verdict;
