//! What the caller decides about screening.

use crate::dossier::Date;
use crate::ingest::Narrow;
use crate::link::DEFAULT_THRESHOLD;
use crate::score::THRESHOLDS;
use crate::screening::{Configured, Detector, Run, Thresholds, Verdict};

use super::detection::Detection;

/// What is asked, of whom, and as of when.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The time of the run: ages are counted up to it.
    pub now: Date,
    /// Which detectors are asked.
    pub detectors: Vec<Detector>,
    /// Where verdicts begin.
    pub thresholds: Thresholds,
    /// Whom to screen, and which of their messages.
    pub narrow: Narrow,
    /// Assessments below are counted but not reported.
    pub min_verdict: Verdict,
    /// The weight of evidence, in decibans, from which on what two records share ties them; `None`: records are assessed
    /// one by one, and nobody asks what they share.
    pub link: Option<f64>,
    /// Number of threads; 0 means one for each processor.
    pub threads: usize,
    /// Records handed out at once; the outcome does not depend on it.
    pub chunk: usize,
    /// Bytes of records that are held until it is known who is assessed once more, so that they need not be read again;
    /// parsed, they take about three times as many. The outcome does not depend on it.
    pub held: usize,
    /// What a configuration had to say, for the record of the run.
    pub configured: Option<Configured>,
}

impl Options {
    /// Every detector, everybody, as of the given time.
    pub fn at(now: Date) -> Self {
        Self {
            now,
            detectors: Detector::ALL.to_vec(),
            thresholds: THRESHOLDS,
            narrow: Narrow::default(),
            min_verdict: Verdict::Insufficient,
            link: Some(DEFAULT_THRESHOLD),
            threads: 0,
            chunk: 256,
            held: 16 << 20,
            configured: None,
        }
    }

    /// What a report says of the run.
    pub fn run(&self, detection: &Detection) -> Run {
        Run {
            tool: concat!("falseface ", env!("CARGO_PKG_VERSION")).to_owned(),
            rules_digest: detection.digest.clone(),
            rules_count: detection.rules.rules().len()
                + detection.rules.off().iter().filter(|off| off.is_whole()).count(),
            rules_off: detection.rules.off().to_vec(),
            now: self.now,
            thresholds: self.thresholds,
            weights: "built-in".to_owned(),
            detectors: self.detectors.clone(),
            watchlists: Vec::new(),
            geoip: Vec::new(),
            index: None,
            joining: None,
            suppressions: None,
            baseline: None,
            is_redacted: false,
            configured: self.configured.clone(),
        }
    }
}
