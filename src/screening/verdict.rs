//! Where somebody stands, in words that accuse nobody.

/// Where a dossier stands. The words accuse nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Not enough information: no conclusion.
    #[default]
    Insufficient,
    /// Nothing found, or too little; this is not clearance.
    Nothing,
    /// Items to verify.
    Review,
    /// Verify before deciding.
    Escalate,
}

impl Verdict {
    /// Every verdict, from the least to the greatest.
    pub const ALL: [Self; 4] = [Self::Insufficient, Self::Nothing, Self::Review, Self::Escalate];

    /// The word in `jsonl` and in arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Insufficient => "insufficient",
            Self::Nothing => "nothing",
            Self::Review => "review",
            Self::Escalate => "escalate",
        }
    }

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Insufficient => "Not enough information: no conclusion",
            Self::Nothing => "Nothing found; this is not clearance",
            Self::Review => "Items to verify",
            Self::Escalate => "Verify before deciding",
        }
    }
}
