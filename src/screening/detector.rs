//! The three questions that are asked of a dossier.

use std::ops::{Index, IndexMut};

/// One question asked of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detector {
    /// Does somebody pose as a recruiter?
    FakeRecruiter,
    /// Does a contractor hide who they are or where they work from?
    ConcealedFreelancer,
    /// Is the job a pretext to take money or identity?
    JobScam,
}

impl Detector {
    /// Every detector, in the order of reports.
    pub const ALL: [Self; 3] = [Self::FakeRecruiter, Self::ConcealedFreelancer, Self::JobScam];

    /// The name in rules and in `jsonl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FakeRecruiter => "fake_recruiter",
            Self::ConcealedFreelancer => "concealed_freelancer",
            Self::JobScam => "job_scam",
        }
    }

    /// The words that a person reads; they accuse nobody.
    pub fn words(self) -> &'static str {
        match self {
            Self::FakeRecruiter => "Recruiter contact",
            Self::ConcealedFreelancer => "Contractor consistency",
            Self::JobScam => "Job offer",
        }
    }

    /// The detector of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detector| detector.as_str() == name)
    }
}

/// One value for each detector.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PerDetector<T>(pub [T; 3]);

impl<T> PerDetector<T> {
    /// Each detector with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Detector, &T)> {
        Detector::ALL.into_iter().zip(&self.0)
    }

    /// A value computed for each detector.
    pub fn from_fn(value: impl FnMut(Detector) -> T) -> Self {
        Self(Detector::ALL.map(value))
    }
}

impl<T> Index<Detector> for PerDetector<T> {
    type Output = T;

    fn index(&self, detector: Detector) -> &T {
        &self.0[detector as usize]
    }
}

impl<T> IndexMut<Detector> for PerDetector<T> {
    fn index_mut(&mut self, detector: Detector) -> &mut T {
        &mut self.0[detector as usize]
    }
}
