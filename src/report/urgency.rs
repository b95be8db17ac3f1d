//! How urgent somebody is.

use super::told;
use crate::screening::{Assessment, Verdict};
use std::cmp::Ordering;

/// How urgent somebody is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Urgency {
    /// Where they stand.
    pub(super) verdict: Verdict,
    /// The score of the question that comes to it, in decibans.
    pub(super) points: f64,
}

impl Urgency {
    pub(super) fn of(assessment: &Assessment) -> Self {
        let points = told::by_verdict(assessment).first().map_or(0.0, |(_, result)| result.score);
        Self { verdict: assessment.verdict, points }
    }

    /// Appends it in nine bytes.
    pub(super) fn write(self, bytes: &mut Vec<u8>) {
        bytes.push(self.verdict as u8);
        bytes.extend_from_slice(&self.points.to_le_bytes());
    }

    /// The urgency at the beginning of bytes, and the rest; `None` if none was written there.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (verdict, rest) = bytes.split_first()?;
        let (points, rest) = rest.split_first_chunk::<8>()?;
        let verdict = Verdict::ALL.into_iter().find(|one| *one as u8 == *verdict)?;
        Some((Self { verdict, points: f64::from_le_bytes(*points) }, rest))
    }

    /// The more urgent first.
    pub(super) fn first(&self, other: &Self) -> Ordering {
        other.verdict.cmp(&self.verdict).then(other.points.total_cmp(&self.points))
    }
}
