//! What detection content is worth on labelled records, and whom a change of it moves.
//!
//! Pure: outcomes of screening and what people decided go in, numbers come out. Labels never reach a rule: records are
//! screened first and compared afterwards. Reading labels from a file is left to the command line, and how numbers look
//! to reports.

mod assemble;
mod labels;
mod moves;
mod outcome;
mod statistics;
mod tally;
mod units;

pub use assemble::{NothingLabelled, Settings, evaluate};
pub use labels::{Judgement, LabelError, Labels};
pub use moves::{Changes, ContentChange, Move, Moves, PointsMoved, RuleChange, Standings};
pub use outcome::{
    Case, Confusion, Counts, DetectorEvaluation, Evaluation, LanguageConfusion, OperatingPoint, Precision, RuleValue,
    SilentRule, UNKNOWN_LANGUAGE,
};
pub use statistics::{CurvePoint, LikelihoodRatio, Rate, area_under_curve, curve, precision};
pub use tally::Tally;
